import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { toIndexSized } from '../../objects/arguments.ts'
import { getAttr } from '../../objects/attributes.ts'
import { defineType, tpNew } from '../../objects/define.ts'
import { instanceDictAttribute } from '../../objects/dict.ts'
import { DictTable } from '../../objects/dict_table.ts'
import { typeError } from '../../objects/errors.ts'
import { clearInstance, extraOf, newInstance, traverseInstance } from '../../objects/instance.ts'
import { hashHigh, hashLow } from '../../objects/keys.ts'
import { newTuple } from '../../objects/make.ts'
import {
  immortal,
  type KeywordNames,
  type PyInstance,
  PyObject,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  TPFLAGS_METHOD_DESCRIPTOR,
  type Value,
} from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { Shape } from '../../objects/shape.ts'
import { builtinType, intType, None, objectType, strType, type TypeFor, typeOf } from '../../objects/types.ts'
import { newMethod } from '../../vm/method.ts'

interface CacheData {
  readonly fn: Owned<Value>
  /** Results by key, the one used longest ago first. */
  readonly results: DictTable
  /** Most results that are kept; -1 for no limit. */
  readonly maxsize: number
  readonly typed: boolean
  readonly infoType: Owned<Value>
  hits: number
  misses: number
}
type PyCache = PyInstance<CacheData>

const FLAGS = TPFLAGS_HAVE_GC | TPFLAGS_BASETYPE | TPFLAGS_METHOD_DESCRIPTOR

export const lruCacheType: TypeFor<PyCache> = builtinType('functools._lru_cache_wrapper', FLAGS)

/** Stands in a key between positional and keyword arguments. */
const KEYWORD_MARK = immortal(new PyObject(objectType, undefined))

/** The key of a call: the argument itself where one int or str is all, else a tuple. */
function makeKey(args: readonly Value[], kwnames: KeywordNames, typed: boolean): Owned<Value> {
  const keywords = kwnames === null ? 0 : kwnames.length
  if (keywords === 0 && !typed && args.length === 1) {
    const type = typeOf(args[0]!)
    if (type === intType || type === strType) return keep(args[0]!)
  }
  const positional = args.length - keywords
  const parts: Owned<Value>[] = []
  for (let i = 0; i < positional; i++) parts.push(keep(args[i]!))
  if (keywords > 0) parts.push(keep<Value>(KEYWORD_MARK))
  for (let i = 0; i < keywords; i++) parts.push(keep(kwnames![i]!), keep(args[positional + i]!))
  if (typed) for (const arg of args) parts.push(keep<Value>(typeOf(arg)))
  return newTuple(parts)
}

function callCached(self: PyCache, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const { data } = self
  if (data.maxsize === 0) {
    data.misses++
    return call(data.fn, args, kwnames)
  }
  const key = makeKey(args, kwnames, data.typed)
  try {
    const { results } = data
    const how = results.prepare(key)
    const low = hashLow
    const high = hashHigh
    const entry = how === 0 ? results.find(key) : results.findHashed(key, low, high)
    if (entry >= 0) {
      const result = keep<Value>(results.values[entry]!)
      data.hits++
      if (data.maxsize > 0 && entry !== results.keys.length - 1) results.moveToEnd(entry)
      return result
    }
    data.misses++
    const result = call(data.fn, args, kwnames)
    try {
      // The call may have kept a result for this key: the older one stays.
      if ((how === 0 ? results.find(key) : results.findHashed(key, low, high)) < 0) {
        makeRoom(data)
        results.setKnown(key, keep(result), how, low, high)
      }
    } catch (error) {
      drop(result)
      throw error
    }
    return result
  } finally {
    drop(key)
  }
}

/** Forgets the result that was used longest ago, if the cache is full. */
function makeRoom({ results, maxsize }: CacheData): void {
  if (maxsize < 0 || results.used < maxsize) return
  const oldest = results.next(0)
  const value = results.values[oldest]
  const key = results.take(oldest)
  drop(key)
  drop(value)
}

/** Defines the wrapper that `functools.lru_cache` puts around a function. */
export function defineLruCache(): void {
  lruCacheType.data.rootShape = new Shape([], 0, null)
  defineType(lruCacheType, () => ({
    slots: {
      tp_new: tpNew(
        'lru_cache(user_function, maxsize, typed: bool, cache_info_type)',
        (type, fn, maxsize, typed, info) => {
          if (typeOf(fn).tp_call === undefined) throw typeError('the first argument must be callable')
          let limit = -1
          if (maxsize !== None) {
            if (asInt(maxsize) === undefined && typeOf(maxsize).nb_index === undefined) {
              throw typeError('maxsize should be integer or None')
            }
            limit = Math.max(0, toIndexSized(maxsize))
          }
          const results = new DictTable()
          return newInstance<CacheData>(type, {
            fn: keep(fn),
            results,
            maxsize: limit,
            typed,
            infoType: keep(info),
            hits: 0,
            misses: 0,
          })
        },
      ),
      tp_call: (self, args, kwnames) => callCached(self as PyCache, args, kwnames),
      tp_descr_get: (self, instance) =>
        instance === undefined || instance === None ? keep<Value>(self) : newMethod(self, instance),
      tp_dealloc: (self) => {
        clearInstance(self)
        self.data.results.clear()
        drop(self.data.fn)
        drop(self.data.infoType)
      },
      tp_traverse: (self, visit) => {
        traverseInstance(self, visit)
        const { fn, infoType, results } = self.data
        if (typeof fn === 'object') visit(fn)
        if (typeof infoType === 'object') visit(infoType)
        for (const key of results.keys) if (typeof key === 'object') visit(key)
        for (const value of results.values) if (typeof value === 'object') visit(value)
      },
      tp_clear: (self) => {
        clearInstance(self)
        self.data.results.clear()
      },
      tp_weakrefs: (self) => extraOf(self),
    },
    methods: {
      'cache_info()': ({ data }) => {
        const maxsize = data.maxsize < 0 ? None : data.maxsize
        return call(data.infoType, [data.hits, data.misses, maxsize, data.results.used])
      },
      'cache_clear()': ({ data }) => {
        data.hits = 0
        data.misses = 0
        data.results.clear()
      },
      '__reduce__()': (self) => getAttr(self, '__qualname__'),
      '__copy__()': (self) => keep<Value>(self),
      '__deepcopy__(memo, /)': (self) => keep<Value>(self),
    },
    getset: {
      __dict__: instanceDictAttribute,
    },
  }))
}
