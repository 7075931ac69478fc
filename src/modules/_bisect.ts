import { drop, keep } from '../memory/counted.ts'
import { defineModule } from '../objects/define_module.ts'
import { typeError, valueError } from '../objects/errors.ts'
import { type Int, intAdd, intFloorDiv } from '../objects/number/int_arith.ts'
import { toIndex } from '../objects/number_protocol.ts'
import { Py_LT, type PyList, type Value } from '../objects/object.ts'
import { call, callMethod, richCompareBool } from '../objects/protocols.ts'
import { getItem, len, sequenceItem } from '../objects/sequence_protocol.ts'
import { listType, None, typeOf } from '../objects/types.ts'

/** `a < b`; plain values need no Python code. */
function less(a: Value, b: Value): boolean {
  if ((typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string')) return a < b
  return richCompareBool(a, b, Py_LT)
}

/** The place of `x` in a sorted sequence, before its equals (`left`) or behind them. */
function search(sequence: Value, x: Value, lo: Int, hi: Value, key: Value, left: boolean): Int {
  if (lo < 0) throw valueError('lo must be non-negative')
  let end: Int = hi === None ? len(sequence) : toIndex(hi)
  if (typeOf(sequence).sq_item === undefined) {
    throw typeError(`'${typeOf(sequence).name}' object does not support indexing`)
  }
  while (lo < end) {
    const middle =
      typeof lo === 'number' && typeof end === 'number' ? Math.floor((lo + end) / 2) : intFloorDiv(intAdd(lo, end), 2)
    let item = typeof middle === 'number' ? sequenceItem(sequence, middle) : getItem(sequence, middle)
    if (key !== None) {
      const element = item
      try {
        item = call(key, [element])
      } finally {
        drop(element)
      }
    }
    try {
      if (left ? less(item, x) : !less(x, item)) lo = intAdd(middle, 1)
      else end = middle
    } finally {
      drop(item)
    }
  }
  return lo
}

function insort(sequence: Value, x: Value, lo: Int, hi: Value, key: Value, left: boolean): void {
  let at: Int
  if (key === None) at = search(sequence, x, lo, hi, key, left)
  else {
    const wanted = call(key, [x])
    try {
      at = search(sequence, wanted, lo, hi, key, left)
    } finally {
      drop(wanted)
    }
  }
  if (typeof sequence === 'object' && sequence.type === listType)
    (sequence as PyList).data.splice(Number(at), 0, keep(x))
  else drop(callMethod(sequence, 'insert', [at, x]))
}

/** The module `_bisect`. */
export const bisectModule = defineModule('_bisect', () => ({
  functions: {
    'bisect_right(a, x, lo: index = 0, hi = None, *, key = None)': (a, x, lo, hi, key) =>
      search(a, x, lo, hi, key, false),
    'insort_right(a, x, lo: index = 0, hi = None, *, key = None)': (a, x, lo, hi, key) =>
      insort(a, x, lo, hi, key, false),
    'bisect_left(a, x, lo: index = 0, hi = None, *, key = None)': (a, x, lo, hi, key) =>
      search(a, x, lo, hi, key, true),
    'insort_left(a, x, lo: index = 0, hi = None, *, key = None)': (a, x, lo, hi, key) =>
      insort(a, x, lo, hi, key, true),
  },
}))
