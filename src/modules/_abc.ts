import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { getAttr, lookupAttr, setAttr, typeLookup } from '../objects/attributes.ts'
import { fillModules } from '../objects/deferred_module.ts'
import { defineType } from '../objects/define.ts'
import { defineModule } from '../objects/define_module.ts'
import { newException, runtimeError, typeError } from '../objects/errors.ts'
import { PyExc_AssertionError } from '../objects/exception_types.ts'
import { newOf } from '../objects/instance.ts'
import { isSubclass } from '../objects/instance_check.ts'
import { newList, newTuple } from '../objects/make.ts'
import {
  type PyList,
  type PyObject,
  type PyTuple,
  type PyType,
  TPFLAGS_HAVE_GC,
  TPFLAGS_MAPPING,
  TPFLAGS_SEQUENCE,
  type Value,
} from '../objects/object.ts'
import { isAbstract } from '../objects/property.ts'
import { call, callMethod, isTrue } from '../objects/protocols.ts'
import { forEach, toArray } from '../objects/sequence_protocol.ts'
import { typeDict } from '../objects/type_dict.ts'
import { listSubclasses } from '../objects/type_object.ts'
import { isImmutable } from '../objects/type_ready.ts'
import {
  builtinType,
  frozensetType,
  isInstanceOf,
  isType,
  listType,
  NotImplemented,
  setType,
  tupleType,
  typeOf,
  typeType,
} from '../objects/types.ts'
import { newWeakRef, refType } from '../objects/weakref.ts'

/** Dead classes that a set may hold besides the living ones. */
const DEAD_MAX = 32

/**
 * Classes that are not kept alive, in the order in which they came. No reference is counted, and a count of zero tells
 * that a class has ended; JavaScript's own weak references would keep it until the thread rests, which it never does.
 */
class WeakClasses {
  private readonly known = new Set<PyType>()
  /** The size from which on the dead are looked for. */
  private full = DEAD_MAX

  has(type: PyType): boolean {
    return this.known.has(type)
  }

  add(type: PyType): void {
    this.known.add(type)
    if (this.known.size > this.full) this.full = 2 * this.members().length + DEAD_MAX
  }

  clear(): void {
    this.known.clear()
    this.full = DEAD_MAX
  }

  /** Those that live, borrowed; forgets the others. */
  members(): PyType[] {
    for (const type of this.known) if (type.rc <= 0) this.known.delete(type)
    return [...this.known]
  }
}

/** What an abstract class knows of other classes. */
interface AbcData {
  readonly registry: WeakClasses
  readonly cache: WeakClasses
  readonly negativeCache: WeakClasses
  /** The value of `invalidations` that the negative cache goes with. */
  negativeCacheVersion: number
}

const abcDataType = builtinType<PyObject<AbcData>>('_abc._abc_data', TPFLAGS_HAVE_GC)

/** Calls of `register` on any class: each may make a negative answer wrong. */
let invalidations = 0

function newAbcData(): Owned<PyObject<AbcData>> {
  return newOf<AbcData>(abcDataType, {
    registry: new WeakClasses(),
    cache: new WeakClasses(),
    negativeCache: new WeakClasses(),
    negativeCacheVersion: invalidations,
  })
}

/** Does something with the data of an abstract class. */
function withData<T>(cls: Value, use: (data: AbcData) => T): T {
  const impl = getAttr(cls, '_abc_impl')
  try {
    if (typeOf(impl) !== abcDataType) throw typeError('_abc_impl is set to a wrong type')
    return use((impl as Owned<PyObject<AbcData>>).data)
  } finally {
    drop(impl)
  }
}

/** The names of the methods that a class still has to define (`compute_abstract_methods`). */
function abstractMethods(cls: Value): Owned<Value>[] {
  const names: Owned<Value>[] = []
  const namespace = getAttr(cls, '__dict__')
  let items: Owned<Value> | undefined
  let bases: Owned<Value> | undefined
  try {
    items = callMethod(namespace, 'items', [])
    forEach(items, (item) => {
      const pair = toArray(item)
      try {
        if (pair.length !== 2) throw typeError('items() returned item which size is not 2')
        if (isAbstract(pair[1]!)) names.push(keep<Value>(pair[0]!))
      } finally {
        dropAll(pair)
      }
    })
    bases = getAttr(cls, '__bases__')
    if (!isInstanceOf(bases, tupleType)) throw typeError('__bases__ is not tuple')
    for (const base of (bases as Owned<PyTuple>).data) inheritedAbstract(cls, base, names)
    return names
  } catch (error) {
    dropAll(names)
    throw error
  } finally {
    drop(bases)
    drop(items)
    drop(namespace)
  }
}

function inheritedAbstract(cls: Value, base: Value, names: Owned<Value>[]): void {
  const inherited = lookupAttr(base, '__abstractmethods__')
  if (inherited === undefined) return
  try {
    forEach(inherited, (name) => {
      const value = lookupAttr(cls, name as string)
      if (value === undefined) return
      try {
        if (isAbstract(value)) names.push(keep<Value>(name))
      } finally {
        drop(value)
      }
    })
  } finally {
    drop(inherited)
  }
}

const COLLECTION_FLAGS = TPFLAGS_SEQUENCE | TPFLAGS_MAPPING

function initialize(cls: Value): void {
  const names = newList(abstractMethods(cls))
  let set: Owned<Value>
  try {
    set = call(frozensetType, [names])
  } finally {
    drop(names)
  }
  const data = newAbcData()
  try {
    setAttr(cls, '__abstractmethods__', set)
    setAttr(cls, '_abc_impl', data)
  } finally {
    drop(data)
    drop(set)
  }
  if (isType(cls)) takeCollectionFlag(cls)
}

/** Reads and removes `__abc_tpflags__`: how instances match in patterns. */
function takeCollectionFlag(cls: PyType): void {
  const table = typeDict(cls)
  const flags = table.get('__abc_tpflags__')
  if (flags === undefined) return
  if (typeof flags === 'number') {
    if ((flags & COLLECTION_FLAGS) === COLLECTION_FLAGS) {
      throw typeError('__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING')
    }
    cls.flags |= flags & COLLECTION_FLAGS
  }
  table.delete('__abc_tpflags__')
}

function setCollectionFlag(type: PyType, flag: number): void {
  if (isImmutable(type) || (type.flags & COLLECTION_FLAGS) === flag) return
  type.flags = (type.flags & ~COLLECTION_FLAGS) | flag
  if (type.data.subclasses === null) return
  for (const subclass of [...type.data.subclasses]) setCollectionFlag(subclass, flag)
}

function register(cls: Value, subclass: Value): Owned<Value> {
  if (!isType(subclass)) throw typeError('Can only register classes')
  if (isSubclass(subclass, cls)) return keep<Value>(subclass)
  if (isSubclass(cls, subclass)) throw runtimeError('Refusing to create an inheritance cycle')
  withData(cls, ({ registry }) => registry.add(subclass))
  invalidations++
  const flag = isType(cls) ? cls.flags & COLLECTION_FLAGS : 0
  if (flag !== 0) setCollectionFlag(subclass, flag)
  return keep<Value>(subclass)
}

function instanceCheck(cls: Value, instance: Value): Owned<Value> {
  const subclass = getAttr(instance, '__class__')
  try {
    return withData(cls, (data) => checkInstance(cls, data, subclass, typeOf(instance)))
  } finally {
    drop(subclass)
  }
}

function checkInstance(cls: Value, data: AbcData, subclass: Value, type: PyType): Owned<Value> {
  if (isType(subclass) && data.cache.has(subclass)) return true
  if (subclass === (type as Value)) {
    if (data.negativeCacheVersion === invalidations && data.negativeCache.has(type)) return false
    return callMethod(cls, '__subclasscheck__', [subclass])
  }
  const result = callMethod(cls, '__subclasscheck__', [subclass])
  if (isTrue(result)) return result
  drop(result)
  return callMethod(cls, '__subclasscheck__', [type])
}

function subclassCheck(cls: Value, subclass: Value): boolean {
  if (!isType(subclass)) throw typeError('issubclass() arg 1 must be a class')
  return withData(cls, (data) => {
    if (data.cache.has(subclass)) return true
    if (data.negativeCacheVersion < invalidations) {
      data.negativeCache.clear()
      data.negativeCacheVersion = invalidations
    } else if (data.negativeCache.has(subclass)) return false
    const answer = decide(cls, data, subclass)
    if (answer !== 'registered') (answer ? data.cache : data.negativeCache).add(subclass)
    return answer !== false
  })
}

/** Whether a class that no cache knows is a subclass; `registered` where the registry itself names it. */
function decide(cls: Value, data: AbcData, subclass: PyType): boolean | 'registered' {
  const hook = callMethod(cls, '__subclasshook__', [subclass])
  drop(hook)
  if (typeof hook === 'boolean') return hook
  if (hook !== NotImplemented) {
    throw newException(PyExc_AssertionError, ['__subclasshook__ must return either False, True, or NotImplemented'])
  }
  if (subclass.mro.includes(cls as PyType)) return true
  if (data.registry.has(subclass)) return 'registered'
  if (anyIsBase(subclass, data.registry.members())) return true
  const isPlain = typeLookup(typeOf(cls), '__subclasses__') === typeLookup(typeType, '__subclasses__')
  const subclasses = isPlain ? listSubclasses(cls as PyType) : callMethod(cls, '__subclasses__', [])
  try {
    if (!isInstanceOf(subclasses, listType)) throw typeError('__subclasses__() must return a list')
    return anyIsBase(subclass, (subclasses as Owned<PyList>).data)
  } finally {
    drop(subclasses)
  }
}

function anyIsBase(subclass: PyType, classes: readonly Value[]): boolean {
  for (const each of [...classes]) {
    keep(each)
    try {
      if (isSubclass(subclass, each)) return true
    } finally {
      drop(each)
    }
  }
  return false
}

/** The classes as a set of weak references. */
function dump(classes: WeakClasses): Owned<Value> {
  const list = newList(classes.members().map((type) => newWeakRef(refType, type, undefined) as Owned<Value>))
  try {
    return call(setType, [list])
  } finally {
    drop(list)
  }
}

/** The module `_abc`. */
export const abcModule = defineModule('_abc', () => {
  defineType(abcDataType, () => ({ slots: { tp_new: () => newAbcData() as Owned<Value> } }))
  return {
    functions: {
      'get_cache_token()': (): Owned<Value> => {
        fillModules()
        return invalidations
      },
      '_abc_init(self, /)': initialize,
      '_reset_registry(self, /)': (self) => withData(self, ({ registry }) => registry.clear()),
      '_reset_caches(self, /)': (self) =>
        withData(self, ({ cache, negativeCache }) => {
          cache.clear()
          negativeCache.clear()
        }),
      '_get_dump(self, /)': (self) =>
        withData(self, ({ registry, cache, negativeCache, negativeCacheVersion }) =>
          newTuple([dump(registry), dump(cache), dump(negativeCache), negativeCacheVersion]),
        ),
      '_abc_register(self, subclass, /)': register,
      '_abc_instancecheck(self, instance, /)': instanceCheck,
      '_abc_subclasscheck(self, subclass, /)': (self, subclass): Owned<Value> => subclassCheck(self, subclass),
    },
  }
})
