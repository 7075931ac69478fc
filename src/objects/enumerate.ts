import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { toSsize } from './arguments.ts'
import { lookupSpecial } from './attributes.ts'
import { defineType, tpNew } from './define.ts'
import { isException, typeError } from './errors.ts'
import { PyExc_IndexError, PyExc_StopIteration } from './exception_types.ts'
import { newOf } from './instance.ts'
import { iterSelf } from './iterator_types.ts'
import { newTuple } from './make.ts'
import { type Int, intAdd } from './number/int_arith.ts'
import { toIndex } from './number_protocol.ts'
import { type KeywordNames, type PyObject, type PyType, TPFLAGS_DICT_SUBCLASS, type Value } from './object.ts'
import { call } from './protocols.ts'
import { iter, len, sequenceItem } from './sequence_protocol.ts'
import { genericAliasHook } from './type_hooks.ts'
import { enumerateType, None, reversedType, type TypeFor, typeOf } from './types.ts'

interface EnumerateData {
  readonly iterator: Owned<PyObject>
  index: Int
}

function nextPair({ data }: PyObject<EnumerateData>): Owned<Value> | undefined {
  const { iterator } = data
  const item = iterator.type.tp_iternext!(iterator)
  if (item === undefined) return undefined
  const { index } = data
  data.index = typeof index === 'number' && index < Number.MAX_SAFE_INTEGER ? index + 1 : intAdd(index, 1)
  return newTuple([index, item])
}

function defineEnumerate(): void {
  defineType(enumerateType as TypeFor<PyObject<EnumerateData>>, () => ({
    slots: {
      tp_new: tpNew('enumerate(iterable, start = 0)', (type, iterable, start) => {
        const index = toIndex(start)
        return newOf<EnumerateData>(type, { iterator: iter(iterable), index })
      }),
      tp_iter: iterSelf,
      tp_iternext: nextPair,
      tp_dealloc: ({ data }) => drop(data.iterator),
      tp_traverse: ({ data }, visit) => visit(data.iterator),
    },
    methods: {
      '__reduce__()': (self) =>
        newTuple([keep<Value>(self.type), newTuple([keep<Value>(self.data.iterator), self.data.index])]),
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
  }))
}

interface ReversedData {
  sequence: Owned<Value> | undefined
  index: number
}

/** Whether an object has the slots of a sequence and is no dict (`PySequence_Check`). */
export function isSequence(value: Value): boolean {
  const { flags, sq_item } = typeOf(value)
  return (flags & TPFLAGS_DICT_SUBCLASS) === 0 && sq_item !== undefined
}

function newReversed(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  if (type === reversedType && kwnames !== null && kwnames.length > 0) {
    throw typeError('reversed() takes no keyword arguments')
  }
  if (args.length !== 1) throw typeError(`reversed expected 1 argument, got ${args.length}`)
  const sequence = args[0]!
  const method = lookupSpecial(sequence, '__reversed__')
  if (method !== undefined) {
    try {
      if (method === None) throw notReversible(sequence)
      return call(method, [])
    } finally {
      drop(method)
    }
  }
  if (!isSequence(sequence)) throw notReversible(sequence)
  const index = Number(len(sequence)) - 1
  return newOf<ReversedData>(type, { sequence: keep(sequence), index })
}

function notReversible(value: Value): unknown {
  return typeError(`'${typeOf(value).name}' object is not reversible`)
}

function nextReversed({ data }: PyObject<ReversedData>): Owned<Value> | undefined {
  const { sequence } = data
  if (sequence === undefined) return undefined
  if (data.index >= 0) {
    try {
      const item = sequenceItem(sequence, data.index)
      data.index--
      return item
    } catch (error) {
      if (!isException(error, PyExc_IndexError) && !isException(error, PyExc_StopIteration)) throw error
      drop(error)
    }
  }
  data.index = -1
  data.sequence = undefined
  drop(sequence)
  return undefined
}

function defineReversed(): void {
  defineType(reversedType as TypeFor<PyObject<ReversedData>>, () => ({
    slots: {
      tp_new: newReversed,
      tp_iter: iterSelf,
      tp_iternext: nextReversed,
      tp_dealloc: ({ data }) => drop(data.sequence),
      tp_traverse: ({ data }, visit) => {
        if (typeof data.sequence === 'object') visit(data.sequence)
      },
    },
    methods: {
      '__length_hint__()': ({ data }) => {
        if (data.sequence === undefined) return 0
        const position = data.index + 1
        return len(data.sequence) < position ? 0 : position
      },
      '__reduce__()': (self) => {
        const { sequence, index } = self.data
        if (sequence === undefined) return newTuple([keep<Value>(self.type), newTuple([newTuple([])])])
        return newTuple([keep<Value>(self.type), newTuple([keep<Value>(sequence)]), index])
      },
      '__setstate__(state, /)': ({ data }, state) => {
        const index = toSsize(state)
        if (data.sequence === undefined) return
        data.index = Math.min(Math.max(index, -1), len(data.sequence) - 1)
      },
    },
  }))
}

/** Defines `enumerate` and `reversed`. */
export function defineEnumerateTypes(): void {
  defineEnumerate()
  defineReversed()
}
