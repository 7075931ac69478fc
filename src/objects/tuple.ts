import { dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { toSubscript } from './arguments.ts'
import { defineType } from './define.ts'
import { indexError, memoryError, typeError, valueError } from './errors.ts'
import { newOf } from './instance.ts'
import { newArrayIterator, tupleIteratorType } from './iterators.ts'
import {
  compareItems,
  countItem,
  findItem,
  indexOfItem,
  repeatItems,
  sliceItems,
  toOwned,
  traverseItems,
} from './list.ts'
import { newTuple } from './make.ts'
import { hashTuple } from './number/hash.ts'
import {
  type KeywordNames,
  Py_EQ,
  Py_NE,
  type PyTuple,
  type PyType,
  TPFLAGS_TUPLE_SUBCLASS,
  type Value,
} from './object.ts'
import { hash } from './protocols.ts'
import { reprContainer, writeItems } from './repr_items.ts'
import { toArray } from './sequence_protocol.ts'
import { isIndex, isSlice, sliceRange } from './slice.ts'
import { genericAliasHook } from './type_hooks.ts'
import { NotImplemented, tupleType, typeOf } from './types.ts'

/** The tuple behind a value, subclasses included. */
export function asTuple(value: Value): PyTuple | undefined {
  return typeof value === 'object' && (value.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0 ? (value as PyTuple) : undefined
}

/** `tuple(iterable)`. */
export function toTuple(iterable: Value): Owned<PyTuple> {
  if (typeof iterable === 'object' && iterable.type === tupleType) return keep(iterable as PyTuple)
  return newTuple(toArray(iterable))
}

function newTupleOf(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const keywords = kwnames === null ? 0 : kwnames.length
  if (keywords > 0 && (type === tupleType || type.tp_init === tupleType.tp_init)) {
    throw typeError('tuple() takes no keyword arguments')
  }
  const count = args.length - keywords
  if (count > 1) throw typeError(`tuple expected at most 1 argument, got ${count}`)
  if (type === tupleType) return count === 0 ? newTuple([]) : toTuple(args[0]!)
  return newOf<readonly Owned<Value>[]>(type, count === 0 ? [] : toArray(args[0]!))
}

function subscript(self: PyTuple, key: Value): Owned<Value> {
  const items = self.data
  if (isIndex(key)) {
    let at = toSubscript(key)
    if (at < 0) at += items.length
    if (at < 0 || at >= items.length) throw indexError('tuple index out of range')
    return keep<Value>(items[at]!)
  }
  if (!isSlice(key)) throw typeError(`tuple indices must be integers or slices, not ${typeOf(key).name}`)
  const range = sliceRange(key, items.length)
  if (range.count === items.length && range.step === 1 && self.type === tupleType) return keep<Value>(self)
  return newTuple(sliceItems(items, range))
}

function concat(self: PyTuple, other: Value): Owned<Value> {
  if (self.data.length === 0 && typeof other === 'object' && other.type === tupleType) return keep<Value>(other)
  const tuple = asTuple(other)
  if (tuple === undefined) throw typeError(`can only concatenate tuple (not "${typeOf(other).name}") to tuple`)
  if (tuple.data.length === 0 && self.type === tupleType) return keep<Value>(self)
  const items = self.data.concat(tuple.data)
  for (let i = 0; i < items.length; i++) keep(items[i]!)
  return newTuple(items)
}

function compareTuples(lhs: Value, rhs: Value, op: number): Owned<Value> {
  const left = asTuple(lhs)
  const right = asTuple(rhs)
  if (left === undefined || right === undefined) return NotImplemented as Owned<Value>
  if ((op === Py_EQ || op === Py_NE) && left.data.length !== right.data.length && allPlain(left)) return op === Py_NE
  return compareItems(left.data, right.data, op)
}

/** Whether no item's comparison can be seen by the program: then lengths decide equality at once. */
function allPlain({ data }: PyTuple): boolean {
  for (let i = 0; i < data.length; i++) if (typeof data[i] === 'object') return false
  return true
}

function hashOf({ data }: PyTuple): number | bigint {
  const hashes: (number | bigint)[] = []
  for (let i = 0; i < data.length; i++) {
    const item = data[i]!
    hashes.push(typeof item === 'number' ? (item === -1 ? -2 : item) : hash(item))
  }
  return hashTuple(hashes)
}

function reprOf(self: PyTuple): Owned<Value> {
  if (self.data.length === 0) return '()'
  return reprContainer(self, '(...)', (out) => {
    out.addText('(')
    writeItems(out, self.data)
    out.addText(self.data.length === 1 ? ',)' : ')')
  })
}

/** Defines `tuple`. */
export function defineTupleType(): void {
  defineType(tupleType, () => ({
    slots: {
      tp_new: newTupleOf,
      tp_repr: reprOf,
      tp_hash: hashOf,
      tp_richcompare: compareTuples,
      tp_iter: (self) => newArrayIterator(tupleIteratorType, self),
      tp_dealloc: (self) => dropAll(self.data),
      tp_traverse: traverseItems,
      sq_length: (self) => self.data.length,
      mp_length: (self) => self.data.length,
      sq_concat: concat,
      sq_repeat: (self, count) => {
        if (self.type === tupleType && (count === 1 || self.data.length === 0)) return keep<Value>(self)
        if (count > 0 && self.data.length * count > 2 ** 31) throw memoryError()
        return newTuple(repeatItems(self.data, count))
      },
      sq_item: (self, at) => {
        if (at < 0 || at >= self.data.length) throw indexError('tuple index out of range')
        return keep<Value>(self.data[at]!)
      },
      sq_contains: (self, value) => findItem(self.data, value, 0, Infinity) >= 0,
      mp_subscript: subscript,
    },
    methods: {
      '__getnewargs__()': (self) => newTuple([newTuple(toOwned(self.data))]),
      'index(value, start = 0, stop = sys.maxsize, /)': (self, value, start, stop) => {
        const at = indexOfItem(self.data, value, start, stop)
        if (at < 0) throw valueError('tuple.index(x): x not in tuple')
        return at
      },
      'count(value, /)': (self, value) => countItem(self.data, value),
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
  }))
}

/**
 * An iterator that gives tuples: it keeps the first, and fills it anew as long as nobody else has it, and nothing comes in
 * that can be part of a cycle: the collector may have taken its eyes off the tuple.
 */
export interface TupleGiver {
  result: Owned<PyTuple> | null
}

function isHarmless(item: Value): boolean {
  return typeof item !== 'object' || !item.type.tracked
}

/** The next tuple of an iterator, of items that are taken over. */
export function giveTuple(giver: TupleGiver, items: readonly Owned<Value>[]): Owned<PyTuple> {
  const { result } = giver
  if (result === null) {
    const made = newTuple(items)
    giver.result = keep<PyTuple>(made)
    return made
  }
  if (result.rc !== 1 || !items.every(isHarmless)) return newTuple(items)
  // What goes may run Python code that asks for the next one: by then there is another reference.
  const given = keep<PyTuple>(result)
  const old = result.data
  ;(result as { data: readonly Owned<Value>[] }).data = items
  dropAll(old)
  return given
}
