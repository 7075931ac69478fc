import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
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
import type { PyObject, Value } from './object.ts'
import { type SequenceIteratorData, sequenceItem, sequenceIteratorType } from './sequence_protocol.ts'
import { typeOf } from './types.ts'

type ArrayIterator = PyObject<ArrayIteratorData>

/** What makes an iterator anew: `(iter, (container,), index)`; for an exhausted one over an empty container. */
function reduceIterator(name: string, container: Owned<Value>, index: Value | undefined): Owned<Value> {
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

/** Defines the iterators over lists, tuples and sequences. */
export function defineIteratorTypes(): void {
  defineArrayIterators()
  defineSequenceIterator()
}
