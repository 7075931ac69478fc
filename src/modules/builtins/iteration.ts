import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { utf16 } from '../../objects/access.ts'
import { getAttr } from '../../objects/attributes.ts'
import { isException, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_StopIteration } from '../../objects/exception_types.ts'
import { type KeywordNames, Py_GT, Py_LT, type PyObject, type Value } from '../../objects/object.ts'
import { call, isTrue, richCompareBool } from '../../objects/protocols.ts'
import { iter, next, nextOrStop, toList } from '../../objects/sequence_protocol.ts'
import { None, typeOf } from '../../objects/types.ts'
import { newAnextAwaitable } from '../../vm/async_generators.ts'

/** Whether some item is true, or false if `wanted` is false; it stops at the first. */
function someItem(iterable: Value, wanted: boolean): boolean {
  const iterator = iter(iterable)
  try {
    for (let item = next(iterator); item !== undefined; item = next(iterator)) {
      let truth: boolean
      try {
        truth = isTrue(item)
      } finally {
        drop(item)
      }
      if (truth === wanted) return true
    }
    return false
  } finally {
    drop(iterator)
  }
}

/** `all(iterable)`. */
export function all(iterable: Value): boolean {
  return !someItem(iterable, false)
}

/** `any(iterable)`. */
export function any(iterable: Value): boolean {
  return someItem(iterable, true)
}

/** `next(iterator[, default])`. */
export function nextItem(iterator: Value, otherwise: Value | undefined): Owned<Value> {
  const advance = typeOf(iterator).tp_iternext
  if (advance === undefined) throw typeError(`'${typeOf(iterator).name}' object is not an iterator`)
  if (otherwise === undefined) return nextOrStop(advance, iterator as PyObject)
  let item: Owned<Value> | undefined
  try {
    item = advance(iterator as PyObject)
  } catch (error) {
    if (!isException(error, PyExc_StopIteration)) throw error
    drop(error)
  }
  return item ?? keep(otherwise)
}

/** What `min` and `max` get as keyword arguments, borrowed. */
interface ExtremeOptions {
  key: Value | undefined
  otherwise: Value | undefined
}

function extremeOptions(name: string, args: readonly Value[], kwnames: KeywordNames): ExtremeOptions {
  const options: ExtremeOptions = { key: undefined, otherwise: undefined }
  if (kwnames === null) return options
  const positional = args.length - kwnames.length
  kwnames.forEach((keyword, i) => {
    const value = args[positional + i]!
    if (keyword === 'key') options.key = value
    else if (keyword === 'default') options.otherwise = value
    else throw typeError(`'${utf16(keyword)}' is an invalid keyword argument for ${name}()`)
  })
  return options
}

/** `min` and `max`. */
export function extreme(name: 'min' | 'max', args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const positional = args.length - (kwnames === null ? 0 : kwnames.length)
  if (positional === 0) throw typeError(`${name} expected at least 1 argument, got 0`)
  const { key, otherwise } = extremeOptions(name, args, kwnames)
  const op = name === 'min' ? Py_LT : Py_GT
  if (positional > 1) {
    if (otherwise !== undefined) {
      throw typeError(`Cannot specify a default for ${name}() with multiple positional arguments`)
    }
    let i = 0
    return best(() => (i < positional ? keep(args[i++]!) : undefined), key, op)!
  }
  const iterator = iter(args[0]!)
  try {
    const found = best(() => next(iterator), key, op)
    if (found !== undefined) return found
  } finally {
    drop(iterator)
  }
  if (otherwise === undefined) throw valueError(`${name}() arg is an empty sequence`)
  return keep(otherwise)
}

/** The first of the best items; `undefined` if there are none. */
function best(advance: () => Owned<Value> | undefined, key: Value | undefined, op: number): Owned<Value> | undefined {
  let bestItem: Owned<Value> | undefined
  let bestValue: Owned<Value> | undefined
  let item: Owned<Value> | undefined
  let value: Owned<Value> | undefined
  try {
    for (item = advance(); item !== undefined; item = advance()) {
      value = key === undefined || key === None ? keep<Value>(item) : call(key, [item])
      if (bestValue === undefined || isBetter(value, bestValue, op)) {
        const [oldItem, oldValue] = [bestItem, bestValue]
        bestItem = item
        bestValue = value
        drop(oldValue)
        drop(oldItem)
      } else {
        drop(item)
        drop(value)
      }
      item = undefined
      value = undefined
    }
  } catch (error) {
    for (const held of [value, item, bestValue, bestItem]) drop(held)
    throw error
  }
  drop(bestValue)
  return bestItem
}

function isBetter(value: Value, than: Value, op: number): boolean {
  if (typeof value === 'number' && typeof than === 'number') return op === Py_LT ? value < than : value > than
  return richCompareBool(value, than, op)
}

/** `sorted(iterable, /, *, key=None, reverse=False)`: `list.sort` looks at the keywords. */
export function sorted(args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const positional = args.length - (kwnames === null ? 0 : kwnames.length)
  if (positional !== 1) throw typeError(`sorted expected 1 argument, got ${positional}`)
  const list = toList(args[0]!)
  let sort: Owned<Value> | undefined
  try {
    sort = getAttr(list, 'sort')
    drop(call(sort, args.slice(1), kwnames))
  } catch (error) {
    drop(list)
    throw error
  } finally {
    drop(sort)
  }
  return list
}

/** `aiter(async_iterable)` (`PyObject_GetAIter`). */
export function asyncIter(value: Value): Owned<Value> {
  const { am_aiter: begin, name } = typeOf(value)
  if (begin === undefined) throw typeError(`'${name}' object is not an async iterable`)
  const iterator = begin(value)
  const found = typeOf(iterator)
  if (found.am_anext === undefined) {
    drop(iterator)
    throw typeError(`aiter() returned not an async iterator of type '${found.name}'`)
  }
  return iterator
}

/** `anext(aiterator[, default])`. */
export function asyncNext(iterator: Value, otherwise: Value | undefined): Owned<Value> {
  const { am_anext: advance, name } = typeOf(iterator)
  if (advance === undefined) throw typeError(`'${name}' object is not an async iterator`)
  const awaitable = advance(iterator)
  if (otherwise === undefined) return awaitable
  try {
    return newAnextAwaitable(awaitable, otherwise)
  } finally {
    drop(awaitable)
  }
}
