import { StrBuilder } from '../base/str_builder.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { defineType } from './define.ts'
import { typeError, valueError } from './errors.ts'
import { newStr, newTuple, none } from './make.ts'
import { toIndex } from './number_protocol.ts'
import { type KeywordNames, Py_EQ, Py_GE, Py_LE, type PyTuple, type PyType, type Value } from './object.ts'
import { richCompare } from './protocols.ts'
import { writeItems } from './repr_items.ts'
import { isSlice, longIndices, newSlice, type PySlice } from './slice.ts'
import { None, NotImplemented, sliceType, type TypeFor } from './types.ts'

function newSliceOf(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  if (type === sliceType && kwnames !== null && kwnames.length > 0)
    throw typeError('slice() takes no keyword arguments')
  if (args.length < 1) throw typeError('slice expected at least 1 argument, got 0')
  if (args.length > 3) throw typeError(`slice expected at most 3 arguments, got ${args.length}`)
  if (args.length === 1) return newSlice(none(), keep(args[0]!), none())
  return newSlice(keep(args[0]!), keep(args[1]!), keep(args[2] ?? None))
}

function partsTuple({ data }: PySlice): Owned<PyTuple> {
  return newTuple([keep<Value>(data.start), keep<Value>(data.stop), keep<Value>(data.step)])
}

function compareSlices(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (!isSlice(lhs) || !isSlice(rhs)) return NotImplemented as Owned<Value>
  if (lhs === rhs) return op === Py_EQ || op === Py_LE || op === Py_GE
  const left = partsTuple(lhs)
  const right = partsTuple(rhs)
  try {
    return richCompare(left, right, op)
  } finally {
    drop(left)
    drop(right)
  }
}

/** Defines `slice`. */
export function defineSliceType(): void {
  defineType(sliceType as TypeFor<PySlice>, () => ({
    slots: {
      tp_new: newSliceOf,
      tp_repr: ({ data }) => {
        const out = new StrBuilder()
        out.addText('slice(')
        writeItems(out, [data.start, data.stop, data.step])
        out.addText(')')
        return newStr(out.finish())
      },
      tp_richcompare: compareSlices,
      tp_dealloc: ({ data }) => {
        drop(data.step)
        drop(data.start)
        drop(data.stop)
      },
      tp_traverse: ({ data }, visit) => {
        if (typeof data.start === 'object') visit(data.start)
        if (typeof data.stop === 'object') visit(data.stop)
        if (typeof data.step === 'object') visit(data.step)
      },
    },
    methods: {
      'indices(object, /)': (self, object) => {
        const length = toIndex(object)
        if (length < 0) throw valueError('length should not be negative')
        const { start, stop, step } = longIndices(self, length)
        return newTuple([start, stop, step])
      },
      '__reduce__()': (self) => newTuple([keep<Value>(sliceType), partsTuple(self)]),
    },
    members: {
      start: ({ data }) => keep<Value>(data.start),
      stop: ({ data }) => keep<Value>(data.stop),
      step: ({ data }) => keep<Value>(data.step),
    },
  }))
}
