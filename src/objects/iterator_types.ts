import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { toSsize } from './arguments.ts'
import { getBuiltin } from './builtin_lookup.ts'
import { defineType, type TypeSpec } from './define.ts'
import { isException } from './errors.ts'
import { PyExc_IndexError, PyExc_StopIteration } from './exception_types.ts'
import {
  type ArrayIteratorData,
  listIteratorType,
  listReverseIteratorType,
  nextOfArray,
  previousOfArray,
  tupleIteratorType,
} from './iterators.ts'
import { newList, newTuple } from './make.ts'
import { newObject, Py_EQ, type PyObject, TPFLAGS_HAVE_GC, type Value } from './object.ts'
import { call, richCompareBool } from './protocols.ts'
import { type SequenceIteratorData, sequenceItem, sequenceIteratorType } from './sequence_protocol.ts'
import { builtinType, type TypeFor, typeOf } from './types.ts'

type ArrayIterator = PyObject<ArrayIteratorData>

/** What makes an iterator anew: `(iter, (container,), index)`; for an exhausted one over an empty container. */
export function reduceIterator(name: string, container: Owned<Value>, index: Value | undefined): Owned<Value> {
  const args = newTuple([container])
  const parts: Owned<Value>[] = [getBuiltin(name), args]
  if (index !== undefined) parts.push(keep(index))
  return newTuple(parts)
}

/** The `__iter__` of iterators. */
export function iterSelf(self: Value): Owned<Value> {
  return keep(self)
}

function traverseOwner({ data }: PyObject<{ owner: Owned<PyObject> | null }>, visit: (child: PyObject) => void): void {
  if (data.owner !== null) visit(data.owner)
}

function arrayIteratorSpec(next: (self: ArrayIterator) => Owned<Value> | undefined) {
  return {
    tp_iter: iterSelf,
    tp_iternext: next,
    tp_dealloc: ({ data }: ArrayIterator) => drop(data.owner),
    tp_traverse: traverseOwner,
  } satisfies TypeSpec<ArrayIterator, string, string, string>['slots']
}

function defineArrayIterators(): void {
  for (const type of [listIteratorType, tupleIteratorType]) {
    defineType(type, () => ({
      slots: arrayIteratorSpec(nextOfArray),
      methods: {
        '__length_hint__()': ({ data }) => (data.items === null ? 0 : Math.max(0, data.items.length - data.index)),
        '__reduce__()': ({ data }) => {
          if (data.owner !== null) return reduceIterator('iter', keep<Value>(data.owner), data.index)
          return reduceIterator('iter', type === listIteratorType ? newList([]) : newTuple([]), undefined)
        },
        '__setstate__(state, /)': ({ data }, state) => {
          const index = toSsize(state)
          if (data.items !== null) data.index = Math.min(Math.max(index, 0), data.items.length)
        },
      },
    }))
  }
  defineType(listReverseIteratorType, () => ({
    slots: arrayIteratorSpec(previousOfArray),
    methods: {
      '__length_hint__()': ({ data }) =>
        data.items === null || data.items.length < data.index + 1 ? 0 : data.index + 1,
      '__reduce__()': ({ data }) =>
        data.owner === null
          ? reduceIterator('iter', newList([]), undefined)
          : reduceIterator('reversed', keep<Value>(data.owner), data.index),
      '__setstate__(state, /)': ({ data }, state) => {
        const index = toSsize(state)
        if (data.items !== null) data.index = Math.min(Math.max(index, -1), data.items.length - 1)
      },
    },
  }))
}

function nextOfSequence({ data }: PyObject<SequenceIteratorData>): Owned<Value> | undefined {
  const { sequence } = data
  if (sequence === null) return undefined
  try {
    const item = sequenceItem(sequence, data.index)
    data.index++
    return item
  } catch (error) {
    if (!isException(error, PyExc_IndexError) && !isException(error, PyExc_StopIteration)) throw error
    drop(error)
    data.sequence = null
    drop(sequence)
    return undefined
  }
}

function defineSequenceIterator(): void {
  defineType(sequenceIteratorType, () => ({
    slots: {
      tp_iter: iterSelf,
      tp_iternext: nextOfSequence,
      tp_dealloc: ({ data }) => drop(data.sequence),
      tp_traverse: ({ data }, visit) => {
        if (typeof data.sequence === 'object' && data.sequence !== null) visit(data.sequence)
      },
    },
    methods: {
      '__length_hint__()': ({ data }) => {
        const { sequence } = data
        if (sequence === null) return 0
        const length = typeOf(sequence).sq_length ?? typeOf(sequence).mp_length
        if (length === undefined) return 0
        return Math.max(0, length(sequence) - data.index)
      },
      '__reduce__()': ({ data }) =>
        data.sequence === null
          ? reduceIterator('iter', newTuple([]), undefined)
          : reduceIterator('iter', keep<Value>(data.sequence), data.index),
      '__setstate__(state, /)': ({ data }, state) => {
        const index = toSsize(state)
        if (data.sequence !== null) data.index = Math.max(0, index)
      },
    },
  }))
}

interface CallableIteratorData {
  callable: Owned<Value> | undefined
  sentinel: Owned<Value> | undefined
}

/** The type of `iter(callable, sentinel)`. */
export const callableIteratorType: TypeFor<PyObject<CallableIteratorData>> = builtinType(
  'callable_iterator',
  TPFLAGS_HAVE_GC,
)

/** `iter(callable, sentinel)`. */
export function newCallableIterator(callable: Value, sentinel: Value): Owned<PyObject> {
  const data: CallableIteratorData = { callable: keep(callable), sentinel: keep(sentinel) }
  const iterator = newObject(callableIteratorType, data)
  track(iterator)
  return iterator
}

function endCallable(data: CallableIteratorData): void {
  const { callable, sentinel } = data
  data.callable = undefined
  data.sentinel = undefined
  drop(callable)
  drop(sentinel)
}

function nextOfCallable({ data }: PyObject<CallableIteratorData>): Owned<Value> | undefined {
  if (data.callable === undefined) return undefined
  let item: Owned<Value>
  const callable = keep<Value>(data.callable)
  try {
    item = call(callable, [])
  } catch (error) {
    if (!isException(error, PyExc_StopIteration)) throw error
    drop(error)
    endCallable(data)
    return undefined
  } finally {
    drop(callable)
  }
  // The call may have exhausted this very iterator.
  if (data.sentinel === undefined) {
    drop(item)
    return undefined
  }
  const sentinel = keep<Value>(data.sentinel)
  let done = true
  try {
    done = richCompareBool(item, sentinel, Py_EQ)
  } finally {
    drop(sentinel)
    if (done) drop(item)
  }
  if (!done) return item
  endCallable(data)
  return undefined
}

/** Defines the iterators over lists, tuples, sequences and callables. */
export function defineIteratorTypes(): void {
  defineArrayIterators()
  defineSequenceIterator()
  defineType(callableIteratorType, () => ({
    slots: {
      tp_iter: iterSelf,
      tp_iternext: nextOfCallable,
      tp_dealloc: ({ data }) => {
        drop(data.callable)
        drop(data.sentinel)
      },
      tp_traverse: ({ data }, visit) => {
        if (typeof data.callable === 'object') visit(data.callable)
        if (typeof data.sentinel === 'object') visit(data.sentinel)
      },
    },
    methods: {
      '__reduce__()': ({ data }) => {
        if (data.callable === undefined) return reduceIterator('iter', newTuple([]), undefined)
        return newTuple([getBuiltin('iter'), newTuple([keep<Value>(data.callable), keep<Value>(data.sentinel!)])])
      },
    },
  }))
}
