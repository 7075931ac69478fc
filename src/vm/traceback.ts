import { lineAtOffset } from '../bytecode/linetable.ts'
import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import type { PyException } from '../objects/exception_types.ts'
import { newObject, type PyObject } from '../objects/object.ts'
import { tracebackType } from '../objects/types.ts'
import { type Frame, frameObject } from './frame.ts'

/** The `data` of a traceback. */
export interface TracebackData {
  next: Owned<PyTraceback> | null
  readonly frame: Owned<PyObject<Frame>>
  /** In bytes, as `tb_lasti`. */
  readonly lasti: number
  /** The line; -1 until it is asked for. */
  lineno: number
}

export type PyTraceback = PyObject<TracebackData>

/** The current instruction of a frame, in bytes (`f_lasti`); -1 before the first. */
export function lasti(frame: Frame): number {
  return frame.pc === 0 ? -1 : frame.code.run.offsets[frame.pc - 1]! * 2
}

/** The line of the current instruction, or `null` where it has none. */
export function currentLine(frame: Frame): number | null {
  return frame.pc === 0 ? frame.code.firstlineno : lineAtOffset(frame.code.object, lasti(frame))
}

/** Puts a frame at the front of an exception's traceback (`PyTraceBack_Here`). */
export function addTraceback(exception: PyException, frame: Frame): void {
  const { data } = exception
  data.traceback = newTraceback(data.traceback as Owned<PyTraceback> | null, frame)
}

/** A traceback entry for where a frame stands; it takes over what comes after it. */
export function newTraceback(next: Owned<PyTraceback> | null, frame: Frame): Owned<PyTraceback> {
  const traceback = newObject<TracebackData>(tracebackType, {
    next,
    frame: frameObject(frame),
    lasti: lasti(frame),
    lineno: -1,
  })
  track(traceback)
  return traceback
}

/** The line of a traceback entry. */
export function tracebackLine({ data }: PyTraceback): number | null {
  if (data.lineno >= 0) return data.lineno
  return lineAtOffset(data.frame.data.code.object, data.lasti)
}

/** Replaces an exception's traceback, which it then owns. */
export function setTraceback(exception: PyException, traceback: Owned<PyTraceback> | null): void {
  const old = exception.data.traceback
  exception.data.traceback = traceback
  if (old !== null) drop(old)
}
