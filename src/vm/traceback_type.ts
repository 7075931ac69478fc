import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { defineType, tpNew } from '../objects/define.ts'
import { typeError, valueError } from '../objects/errors.ts'
import { newList, none } from '../objects/make.ts'
import { newObject, type Value } from '../objects/object.ts'
import { frameType, None, type TypeFor, tracebackType, typeOf } from '../objects/types.ts'
import type { PyFrame } from './frame_type.ts'
import { type PyTraceback, type TracebackData, tracebackLine } from './traceback.ts'

function setNext(self: PyTraceback, value: Value | undefined): void {
  if (value === undefined) throw typeError("can't delete tb_next attribute")
  if (value !== None && typeOf(value) !== tracebackType) {
    throw typeError(`expected traceback object, got '${typeOf(value).name}'`)
  }
  const next = value === None ? null : (value as PyTraceback)
  for (let at: PyTraceback | null = next; at !== null; at = at.data.next) {
    if (at === self) throw valueError('traceback loop detected')
  }
  const old = self.data.next
  self.data.next = next === null ? null : keep(next)
  drop(old)
}

function construct(next: Value, frame: Value, lasti: number, lineno: number): Owned<PyTraceback> {
  if (typeOf(frame) !== frameType) {
    throw typeError(`TracebackType() argument 'tb_frame' must be frame, not ${typeOf(frame).name}`)
  }
  if (next !== None && typeOf(next) !== tracebackType) {
    throw typeError(`expected traceback object or None, got '${typeOf(next).name}'`)
  }
  const traceback = newObject<TracebackData>(tracebackType, {
    next: next === None ? null : keep(next as PyTraceback),
    frame: keep(frame as PyFrame),
    lasti,
    lineno,
  })
  track(traceback)
  return traceback
}

/** Defines `traceback`. */
export function defineTracebackType(): void {
  defineType(tracebackType as TypeFor<PyTraceback>, () => ({
    slots: {
      tp_new: tpNew(
        'TracebackType(tb_next, tb_frame, tb_lasti: int, tb_lineno: int)',
        (_type, next, frame, lasti, lineno) => construct(next, frame, lasti, lineno),
      ),
      tp_dealloc: ({ data }) => {
        drop(data.next)
        drop(data.frame)
      },
      tp_traverse: ({ data }, visit) => {
        if (data.next !== null) visit(data.next)
        visit(data.frame)
      },
      tp_clear: ({ data }) => {
        const { next } = data
        data.next = null
        drop(next)
      },
    },
    methods: { '__dir__()': () => newList(['tb_frame', 'tb_next', 'tb_lasti', 'tb_lineno']) },
    members: {
      tb_frame: ({ data }) => keep<Value>(data.frame),
      tb_lasti: ({ data }): Owned<Value> => data.lasti,
    },
    getset: {
      tb_next: { get: ({ data }) => (data.next === null ? none() : keep<Value>(data.next)), set: setNext },
      tb_lineno: (self): Owned<Value> => tracebackLine(self) ?? none(),
    },
  }))
}
