import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt } from '../objects/access.ts'
import { defineType } from '../objects/define.ts'
import { newException, runtimeError, typeError, valueError } from '../objects/errors.ts'
import { PyExc_AttributeError } from '../objects/exception_types.ts'
import { none } from '../objects/make.ts'
import type { PyObject, Value } from '../objects/object.ts'
import { address } from '../objects/object_object.ts'
import { shown, textOf } from '../objects/protocols.ts'
import { boolType, frameType, intType, None, type TypeFor, typeOf } from '../objects/types.ts'
import { type Frame, frameObject, releaseFrame, traceOf, traverseFrame } from './frame.ts'
import { setLineNumber } from './frame_lineno.ts'
import { frameLocals } from './frame_locals.ts'
import { finalizeGenerator } from './generator_types.ts'
import type { GeneratorData } from './generators.ts'
import { currentLine, lasti } from './traceback.ts'
import { setFrameTrace } from './tracing.ts'

export type PyFrame = PyObject<Frame>

/** Gives up the variables of an ended frame. */
function clearLocals(frame: Frame): void {
  const { stack, code } = frame
  for (let i = 0; i < code.nlocalsplus; i++) {
    const value = stack[i]
    stack[i] = undefined
    drop(value)
  }
}

/** The end of a frame object: that of an ended frame takes the frame with it. */
function dealloc(self: PyFrame): void {
  const frame = self.data
  frame.object = null
  if (!frame.ended) return
  const { backObject } = frame
  frame.backObject = null
  clearLocals(frame)
  releaseFrame(frame)
  drop(backObject)
}

function clear({ data: frame }: PyFrame): void {
  if (frame.ended) {
    if (frame.tracing !== null) setFrameTrace(frame, null)
    clearLocals(frame)
    return
  }
  const generator = frame.generator as GeneratorData | null
  if (generator === null || generator.running) throw runtimeError('cannot clear an executing frame')
  finalizeGenerator(generator.self!)
}

function back({ data: frame }: PyFrame): Owned<Value> {
  if (frame.ended) return frame.backObject === null ? none() : keep<Value>(frame.backObject)
  return frame.back === null ? none() : frameObject(frame.back)
}

function setLine({ data }: PyFrame, value: Value | undefined): void {
  if (value === undefined) throw newException(PyExc_AttributeError, ['cannot delete attribute'])
  if (typeOf(value) !== intType) throw valueError('lineno must be an integer')
  setLineNumber(data, asInt(value)!)
}

function boolAttribute(field: 'lines' | 'opcodes') {
  return {
    get: ({ data }: PyFrame): Owned<Value> => (data.tracing === null ? field === 'lines' : data.tracing[field]),
    set: ({ data }: PyFrame, value: Value | undefined) => {
      if (value === undefined && field === 'lines') throw typeError("can't delete numeric/char attribute")
      if (value === undefined || typeOf(value) !== boolType) throw typeError('attribute value type must be bool')
      traceOf(data)[field] = value as boolean
    },
  }
}

/** Defines `frame`. */
export function defineFrameType(): void {
  defineType(frameType as TypeFor<PyFrame>, () => ({
    slots: {
      tp_repr: (self): Owned<Value> => {
        const { code } = self.data
        const line = currentLine(self.data)
        return `<frame at ${address(self)}, file ${shown(code.filename)}, line ${line ?? -1}, code ${textOf(code.name)}>`
      },
      tp_dealloc: dealloc,
      tp_traverse: ({ data }, visit) => {
        if (!data.ended) return
        traverseFrame(data, visit)
        if (data.backObject !== null) visit(data.backObject)
      },
      tp_clear: ({ data }) => {
        if (!data.ended) return
        if (data.tracing !== null) setFrameTrace(data, null)
        clearLocals(data)
      },
    },
    methods: {
      'clear()': clear,
      '__sizeof__()': ({ data }): Owned<Value> => 56 + 64 + 8 * (data.code.nlocalsplus + data.code.stacksize),
    },
    members: { f_trace_lines: boolAttribute('lines') },
    getset: {
      f_back: back,
      f_locals: ({ data }) => {
        traceOf(data).fastAsLocals = true
        return keep<Value>(frameLocals(data))
      },
      f_lineno: { get: ({ data }): Owned<Value> => currentLine(data) ?? none(), set: setLine },
      f_trace: {
        get: ({ data }) => (data.tracing === null || data.tracing.trace === null ? none() : keep(data.tracing.trace)),
        set: ({ data }, value) => setFrameTrace(data, value === undefined || value === None ? null : keep(value)),
      },
      f_lasti: ({ data }): Owned<Value> => lasti(data),
      f_globals: ({ data }) => keep<Value>(data.globals),
      f_builtins: ({ data }) => keep<Value>(data.builtins),
      f_code: ({ data }) => keep<Value>(data.code.self!),
      f_trace_opcodes: boolAttribute('opcodes'),
    },
  }))
}
