import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { defineType } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { isException, typeError } from '../../objects/errors.ts'
import { PyExc_TypeError } from '../../objects/exception_types.ts'
import { newObject, type PyObject, TPFLAGS_HAVE_GC, type Value } from '../../objects/object.ts'
import { call, richCompare } from '../../objects/protocols.ts'
import { iter, next } from '../../objects/sequence_protocol.ts'
import { builtinType, None, type TypeFor, typeOf } from '../../objects/types.ts'
import { defineLruCache, lruCacheType } from './lru_cache.ts'
import { definePartial, partialType } from './partial.ts'

interface KeyWrapperData {
  readonly compare: Owned<Value>
  object: Owned<Value> | undefined
}
type KeyWrapper = PyObject<KeyWrapperData>

/** What `cmp_to_key` gives: called with an object, it makes a key for it. */
const keyWrapperType: TypeFor<KeyWrapper> = builtinType('functools.KeyWrapper', TPFLAGS_HAVE_GC)

function newKeyWrapper(compare: Value, object: Value | undefined): Owned<KeyWrapper> {
  const data: KeyWrapperData = { compare: keep(compare), object: object === undefined ? undefined : keep(object) }
  const key = newObject(keyWrapperType, data)
  track(key)
  return key
}

function compareKeys(lhs: Value, rhs: Value, op: number): Owned<Value> {
  const self = lhs as KeyWrapper
  if (typeof rhs !== 'object' || rhs.type !== keyWrapperType) throw typeError('other argument must be K instance')
  const x = self.data.object
  const y = (rhs as KeyWrapper).data.object
  if (x === undefined || y === undefined) throw typeError('object')
  const result = call(self.data.compare, [x, y])
  try {
    return richCompare(result, 0, op)
  } finally {
    drop(result)
  }
}

/** The one argument of a function that may be named. */
function oneArgument(fn: string, name: string, args: readonly Value[], kwnames: readonly Value[] | null): Value {
  if (args.length === 0) throw typeError(`${fn}() missing required argument '${name}' (pos 1)`)
  if (args.length > 1) throw typeError(`${fn}() takes at most 1 argument (${args.length} given)`)
  if (kwnames !== null && kwnames.length > 0 && kwnames[0] !== name) {
    throw typeError(`'${String(kwnames[0])}' is an invalid keyword argument for ${fn}()`)
  }
  return args[0]!
}

function defineKeyWrapper(): void {
  defineType(keyWrapperType, () => ({
    slots: {
      tp_call: (self, args, kwnames) =>
        newKeyWrapper((self as KeyWrapper).data.compare, oneArgument('K', 'obj', args, kwnames)),
      tp_richcompare: compareKeys,
      tp_dealloc: ({ data }) => {
        drop(data.compare)
        drop(data.object)
      },
      tp_traverse: ({ data }, visit) => {
        if (typeof data.compare === 'object') visit(data.compare)
        if (typeof data.object === 'object') visit(data.object)
      },
    },
    members: {
      obj: {
        get: ({ data }) => keep<Value>(data.object ?? None),
        set: ({ data }, value) => {
          const old = data.object
          data.object = value === undefined ? undefined : keep(value)
          drop(old)
        },
      },
    },
  }))
}

function iterOver(iterable: Value): Owned<PyObject> {
  try {
    return iter(iterable)
  } catch (error) {
    const type = typeOf(iterable)
    if (type.tp_iter !== undefined || type.sq_item !== undefined || !isException(error, PyExc_TypeError)) throw error
    drop(error)
    throw typeError('reduce() arg 2 must support iteration')
  }
}

function reduce(fn: Value, iterable: Value, initial: Value | undefined): Owned<Value> {
  const iterator = iterOver(iterable)
  let result: Owned<Value> | undefined = initial === undefined ? undefined : keep(initial)
  try {
    for (let item = next(iterator); item !== undefined; item = next(iterator)) {
      if (result === undefined) {
        result = item
        continue
      }
      const previous: Owned<Value> = result
      result = undefined
      try {
        result = call(fn, [previous, item])
      } finally {
        drop(previous)
        drop(item)
      }
    }
  } catch (error) {
    drop(result)
    throw error
  } finally {
    drop(iterator)
  }
  if (result === undefined) throw typeError('reduce() of empty iterable with no initial value')
  return result
}

/** The module `_functools`. */
export const functoolsModule = defineModule('_functools', () => {
  definePartial()
  defineLruCache()
  defineKeyWrapper()
  return {
    functions: {
      'reduce(function, iterable, initial = NULL, /)': reduce,
      'cmp_to_key(mycmp)': (mycmp) => newKeyWrapper(mycmp, undefined),
    },
    types: [partialType, lruCacheType],
  }
})
