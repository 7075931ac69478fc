import { drop, keep } from '../memory/counted.ts'
import { toSsize } from '../objects/arguments.ts'
import { defineModule } from '../objects/define_module.ts'
import { typeError, valueError } from '../objects/errors.ts'
import { Py_LT, type PyList, type Value } from '../objects/object.ts'
import { call, callMethod, richCompareBool } from '../objects/protocols.ts'
import { len, sequenceItem } from '../objects/sequence_protocol.ts'
import { listType, None, typeOf } from '../objects/types.ts'

/** `a < b`; plain values need no Python code. */
function less(a: Value, b: Value): boolean {
  if ((typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string')) return a < b
  return richCompareBool(a, b, Py_LT)
}

/** The place of `x` in a sorted sequence, before its equals (`left`) or behind them. */
function search(sequence: Value, x: Value, lo: number, hi: Value, key: Value, left: boolean): number {
  if (lo < 0) throw valueError('lo must be non-negative')
  let end = hi === None ? len(sequence) : toSsize(hi)
  if (typeOf(sequence).sq_item === undefined) {
    throw typeError(`'${typeOf(sequence).name}' object does not support indexing`)
  }
  while (lo < end) {
    const middle = Math.floor((lo + end) / 2)
    let item = sequenceItem(sequence, middle)
    if (key !== None) {
      const element = item
      try {
        item = call(key, [element])
      } finally {
        drop(element)
      }
    }
    try {
      if (left ? less(item, x) : !less(x, item)) lo = middle + 1
      else end = middle
    } finally {
      drop(item)
    }
  }
  return lo
}

function insort(sequence: Value, x: Value, lo: number, hi: Value, key: Value, left: boolean): void {
  let at: number
  if (key === None) at = search(sequence, x, lo, hi, key, left)
  else {
    const wanted = call(key, [x])
    try {
      at = search(sequence, wanted, lo, hi, key, left)
    } finally {
      drop(wanted)
    }
  }
  if (typeof sequence === 'object' && sequence.type === listType) (sequence as PyList).data.splice(at, 0, keep(x))
  else drop(callMethod(sequence, 'insert', [at, x]))
}

/** The module `_bisect`. */
export const bisectModule = defineModule('_bisect', () => ({
  functions: {
    'bisect_right(a, x, lo: ssize = 0, hi = None, *, key = None)': (a, x, lo, hi, key) =>
      search(a, x, lo, hi, key, false),
    'insort_right(a, x, lo: ssize = 0, hi = None, *, key = None)': (a, x, lo, hi, key) =>
      insort(a, x, lo, hi, key, false),
    'bisect_left(a, x, lo: ssize = 0, hi = None, *, key = None)': (a, x, lo, hi, key) =>
      search(a, x, lo, hi, key, true),
    'insort_left(a, x, lo: ssize = 0, hi = None, *, key = None)': (a, x, lo, hi, key) =>
      insort(a, x, lo, hi, key, true),
  },
}))
