import { isXidContinue, isXidStart } from '../base/unicode.ts'
import { strCodePoints } from '../base/values.ts'
import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { asStr, checkText, utf16 } from './access.ts'
import { lookupAttr, lookupSpecial, typeLookup } from './attributes.ts'
import {
  addInstanceDescriptors,
  addSlotMember,
  instanceClear,
  instanceDealloc,
  instanceTraverse,
  instanceWeakrefs,
} from './class_instances.ts'
import type { DictTable } from './dict_table.ts'
import { newException, toException, typeError, valueError } from './errors.ts'
import { PyExc_RuntimeError } from './exception_types.ts'
import { newText, newTuple, none } from './make.ts'
import {
  type KeywordNames,
  newObject,
  type PyDict,
  type PyObject,
  type PyTuple,
  PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  TPFLAGS_HEAPTYPE,
  TPFLAGS_MANAGED_DICT,
  TPFLAGS_READY,
  type Value,
} from './object.ts'
import { call, shown } from './protocols.ts'
import { toArray } from './sequence_protocol.ts'
import { Shape } from './shape.ts'
import { superLookup } from './super.ts'
import { newTypeVersion } from './type_dict.ts'
import { bestBase, POINTER } from './type_layout.ts'
import { updateMro } from './type_mro.ts'
import { addSubclass, extendsOneBase, inheritFlags } from './type_ready.ts'
import { setSlots } from './type_slots.ts'
import {
  cellType,
  classmethodType,
  dictType,
  functionType,
  isInstanceOf,
  isSubtype,
  isType,
  objectType,
  staticmethodType,
  tupleType,
  typeOf,
  typeType,
} from './types.ts'

/*
 * Classes made at run time: `type(name, bases, namespace)` (CPython's `type_new`).
 */

const NO_ARGUMENTS: readonly Value[] = []
const NO_NAMES: readonly string[] = []
const INIT_SUBCLASS = '__init_subclass__'

/** The globals' `__name__` of the running frame, for `__module__`; the machine sets it. */
export const frameHooks: { moduleName: () => Value | undefined } = { moduleName: () => undefined }

/** The metaclass that all bases agree on (`_PyType_CalculateMetaclass`). */
export function calculateMetaclass(metatype: PyType, bases: readonly Value[]): PyType {
  let winner = metatype
  for (let i = 0; i < bases.length; i++) {
    const type = typeOf(bases[i]!)
    if (winner === type || isSubtype(winner, type)) continue
    if (isSubtype(type, winner)) {
      winner = type
      continue
    }
    throw typeError(
      'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
    )
  }
  return winner
}

/** `type.__new__(metatype, name, bases, namespace, **kwargs)`. */
export function newType(metatype: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const count = args.length - (kwnames?.length ?? 0)
  if (count !== 3) throw typeError(`type.__new__() takes exactly 3 arguments (${count} given)`)
  const [name, bases, namespace] = args as [Value, Value, Value]
  checkArgument(name, asStr(name) !== undefined, 1, 'str')
  checkArgument(bases, isInstanceOf(bases, tupleType), 2, 'tuple')
  checkArgument(namespace, isInstanceOf(namespace, dictType), 3, 'dict')
  let winner = metatype
  let basesTuple: Owned<PyTuple>
  if ((bases as PyTuple).data.length === 0) basesTuple = newTuple([keep<Value>(objectType)])
  else {
    winner = metaclassFor(metatype, (bases as PyTuple).data)
    if (winner !== metatype && winner.tp_new !== newType) return winner.tp_new!(winner, args, kwnames)
    basesTuple = keep(bases as PyTuple)
  }
  const type = build(winner, name, basesTuple, (namespace as PyDict).data)
  try {
    setNames(type)
    initSubclass(type, args.length === 3 ? NO_ARGUMENTS : args.slice(3), kwnames)
  } catch (error) {
    drop(type)
    throw error
  }
  return type
}

function checkArgument(value: Value, good: boolean, number: number, what: string): void {
  if (!good) throw typeError(`type.__new__() argument ${number} must be ${what}, not ${typeOf(value).name}`)
}

function metaclassFor(metatype: PyType, bases: readonly Value[]): PyType {
  for (let i = 0; i < bases.length; i++) {
    const base = bases[i]!
    if (isType(base)) continue
    const method = lookupAttr(base, '__mro_entries__')
    if (method === undefined) continue
    drop(method)
    throw typeError("type() doesn't support MRO entry resolution; use types.new_class()")
  }
  return calculateMetaclass(metatype, bases)
}

function checkBases(bases: readonly Value[]): asserts bases is readonly PyType[] {
  for (let i = 0; i < bases.length; i++) if (!isType(bases[i]!)) throw typeError('bases must be types')
}

/** Makes a class; it takes over the tuple of bases. */
function build(metatype: PyType, name: Value, basesTuple: Owned<PyTuple>, namespace: DictTable): Owned<PyType> {
  const bases: readonly Value[] = basesTuple.data
  let slots: SlotPlan
  let base: PyType
  try {
    checkBases(bases)
    base = bestBase(bases)
    slots = planSlots(name, base, bases, namespace)
    checkText(name)
    if (utf16(name).includes('\0')) throw valueError('type name must not contain null characters')
    const doc = namespace.get('__doc__')
    if (doc !== undefined) checkText(doc)
  } catch (error) {
    drop(basesTuple)
    throw error
  }
  const type = new PyType(metatype, utf16(name)) as Owned<PyType>
  if ((metatype.flags & TPFLAGS_HEAPTYPE) !== 0) metatype.rc++
  type.flags = TPFLAGS_HEAPTYPE | TPFLAGS_BASETYPE | TPFLAGS_HAVE_GC
  type.tracked = true
  type.base = keep(base)
  type.bases = bases
  type.data.basesTuple = basesTuple
  type.dict = namespace.copy()
  type.data.module = ''
  type.data.qualname = keep(name)
  // Its descriptors refer to it: only the collector can end it, even if it is never completed.
  track(type)
  try {
    complete(type, slots)
  } catch (error) {
    drop(type)
    throw error
  }
  return type
}

function complete(type: PyType, slots: SlotPlan): void {
  fillNamespace(type)
  layOut(type, slots)
  const table = type.dict!
  if (table.findString('__doc__') < 0) table.set('__doc__', none())
  updateMro(type)
  type.version = newTypeVersion()
  setSlots(type)
  inheritFlags(type)
  type.flags |= TPFLAGS_READY
  const { bases } = type
  for (let i = 0; i < bases.length; i++) addSubclass(bases[i]!, type)
}

/** The names that every class has: `__module__`, `__qualname__`; and the implicit class and static methods. */
function fillNamespace(type: PyType): void {
  const table = type.dict!
  if (table.findString('__module__') < 0) {
    const module = frameHooks.moduleName()
    if (module !== undefined) table.set('__module__', keep(module))
  }
  const qualname = table.get('__qualname__')
  if (qualname !== undefined) {
    if (asStr(qualname) === undefined) {
      throw typeError(`type __qualname__ must be a str, not ${typeOf(qualname).name}`)
    }
    const old = type.data.qualname as Owned<Value>
    type.data.qualname = keep(qualname)
    drop(old)
    table.delete('__qualname__')
  }
  wrap(table, '__new__', staticmethodType)
  wrap(table, '__init_subclass__', classmethodType)
  wrap(table, '__class_getitem__', classmethodType)
  const cell = table.get('__classcell__')
  if (cell === undefined) return
  if (typeOf(cell) !== cellType) {
    throw typeError(`__classcell__ must be a nonlocal cell, not ${shown(typeOf(cell))}`)
  }
  const { data } = cell as PyObject<{ value: Owned<Value> | undefined }>
  const old = data.value
  data.value = keep<Value>(type)
  drop(old)
  table.delete('__classcell__')
}

function wrap(table: DictTable, name: string, wrapper: PyType): void {
  const value = table.get(name)
  if (typeof value !== 'object' || value.type !== functionType) return
  const wrapped = newObject(wrapper, { callable: keep<Value>(value), dict: null })
  track(wrapped)
  table.set(name, wrapped as Owned<Value>)
}

/** What a class adds to its base's instances. */
interface SlotPlan {
  /** Mangled and sorted; `null` where there is no `__slots__`. */
  readonly names: readonly string[] | null
  readonly dict: boolean
  readonly weakref: boolean
}

/** Reads `__slots__` (`type_new_slots`). */
function planSlots(className: Value, base: PyType, bases: readonly PyType[], namespace: DictTable): SlotPlan {
  const mayDict = base.data.dictoffset === 0
  const mayWeakref = base.data.weaklistoffset === 0 && base.data.itemsize === 0
  const given = namespace.get('__slots__')
  if (given === undefined) return { names: null, dict: mayDict, weakref: mayWeakref }
  const items = asStr(given) === undefined ? toArray(given) : [keep(given)]
  try {
    if (items.length > 0 && base.data.itemsize !== 0) {
      throw typeError(`nonempty __slots__ not supported for subtype of '${base.name}'`)
    }
    let dict = false
    let weakref = false
    for (const item of items) {
      checkIdentifier(item)
      if (item === '__dict__') {
        if (!mayDict || dict) throw typeError('__dict__ slot disallowed: we already got one')
        dict = true
      } else if (item === '__weakref__') {
        if (!mayWeakref || weakref) {
          throw typeError('__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0')
        }
        weakref = true
      }
    }
    const names = slotNamesOf(utf16(className), items, dict, weakref, namespace)
    for (const other of bases) {
      if (other === base) continue
      dict ||= mayDict && other.data.dictoffset !== 0
      weakref ||= mayWeakref && other.data.weaklistoffset !== 0
    }
    return { names, dict, weakref }
  } finally {
    dropAll(items)
  }
}

function slotNamesOf(
  className: string,
  items: readonly Value[],
  dict: boolean,
  weakref: boolean,
  namespace: DictTable,
): readonly string[] {
  const names: string[] = []
  for (const item of items) {
    if ((dict && item === '__dict__') || (weakref && item === '__weakref__')) continue
    const name = mangle(className, utf16(item))
    const isOwn = name === '__qualname__' || name === '__classcell__'
    if (!isOwn && namespace.get(newText(name)) !== undefined) {
      throw valueError(`${shown(newText(name))} in __slots__ conflicts with class variable`)
    }
    names.push(name)
  }
  return names.sort()
}

function checkIdentifier(item: Value): void {
  const text = asStr(item)
  if (text === undefined) throw typeError(`__slots__ items must be strings, not '${typeOf(item).name}'`)
  const points = strCodePoints(text)
  const good = points.every((cp, i) => cp === 0x5f || (i === 0 ? isXidStart(cp) : isXidContinue(cp)))
  if (points.length === 0 || !good) throw typeError('__slots__ must be identifiers')
}

/** A private name within a class (`_Py_Mangle`). */
function mangle(className: string, name: string): string {
  if (!name.startsWith('__') || name.endsWith('__') || name.includes('.')) return name
  const stripped = className.replace(/^_+/, '')
  return stripped === '' ? name : `_${stripped}${name}`
}

/** Decides what instances are made of: the slots of `__slots__`, a dict, weak references (`type_new_descriptors`). */
function layOut(type: PyType, { names, dict, weakref }: SlotPlan): void {
  const base = type.base!
  const { data } = type
  const added = names ?? NO_NAMES
  let size = base.data.basicsize + POINTER * added.length
  data.itemsize = base.data.itemsize
  data.dictoffset = base.data.dictoffset
  data.weaklistoffset = base.data.weaklistoffset
  if (dict && data.itemsize !== 0) {
    data.dictoffset = -POINTER
    size += POINTER
  }
  if (weakref) {
    data.weaklistoffset = size
    size += POINTER
  }
  type.flags |= base.flags & TPFLAGS_MANAGED_DICT
  if (dict && data.itemsize === 0) {
    type.flags |= TPFLAGS_MANAGED_DICT
    data.dictoffset = -size - 3 * POINTER
  }
  data.basicsize = size
  data.slots = names
  const first = base.data.slotCount
  data.slotCount = first + added.length
  data.solidBase = base.data.solidBase ?? ((base.flags & TPFLAGS_HEAPTYPE) === 0 ? base : null)
  type.tp_dict = base.tp_dict
  data.noDict = data.dictoffset === 0 || type.tp_dict !== undefined
  data.rootShape = new Shape([], data.slotCount, null)
  for (let i = 0; i < added.length; i++) addSlotMember(type, added[i]!, first + i)
  addInstanceDescriptors(type, dict, weakref)
  if (data.weaklistoffset !== 0) type.tp_weakrefs = base.tp_weakrefs ?? instanceWeakrefs
  if (isSubtype(base, typeType)) return
  type.tp_dealloc = instanceDealloc
  type.tp_traverse = instanceTraverse
  type.tp_clear = instanceClear
}

/** Whether the namespace of a class holds anything whose type has `__set_name__`. */
function hasNamed({ values }: DictTable): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (typeof value !== 'object' || value.type === functionType) continue
    if (typeLookup(value.type, '__set_name__') !== undefined) return true
  }
  return false
}

/** Calls `__set_name__` of what the namespace holds (PEP 487). */
function setNames(type: PyType): void {
  if (!hasNamed(type.dict!)) return
  const table = type.dict!.copy()
  try {
    for (let i = table.next(0); i >= 0; i = table.next(i + 1)) {
      const value = table.values[i]!
      const key = table.keys[i]!
      const method = lookupSpecial(value, '__set_name__')
      if (method === undefined) continue
      try {
        drop(call(method, [type, key]))
      } catch (error) {
        throw setNameError(error, value, key, type)
      } finally {
        drop(method)
      }
    }
  } finally {
    table.clear()
  }
}

function setNameError(error: unknown, value: Value, key: Value, type: PyType): unknown {
  const cause = toException(error)
  const what = `Error calling __set_name__ on '${typeOf(value).name}' instance ${shown(key)} in '${type.name}'`
  const wrapped = newException(PyExc_RuntimeError, [newText(what)])
  drop(wrapped.data.context)
  wrapped.data.cause = keep(cause)
  wrapped.data.context = cause
  wrapped.data.suppressContext = true
  return wrapped
}

/** Whether the `__init_subclass__` that a class inherits is that of `object`, which does nothing. */
function inheritsPlainInit(type: PyType): boolean {
  if (!extendsOneBase(type)) return false
  return typeLookup(type.base!, INIT_SUBCLASS) === typeLookup(objectType, INIT_SUBCLASS)
}

/** `super(type, type).__init_subclass__(**kwargs)`. */
function initSubclass(type: PyType, args: readonly Value[], kwnames: KeywordNames): void {
  if (args.length === 0 && inheritsPlainInit(type)) return
  if (!type.mro.includes(type)) throw typeError('super(type, obj): obj must be an instance or subtype of type')
  const method = superLookup(type, type, type, INIT_SUBCLASS)
  if (method === undefined) return
  try {
    drop(call(method, args, kwnames))
  } finally {
    drop(method)
  }
}
