import type { Owned } from '../memory/header.ts'
import { toException } from '../objects/errors.ts'
import type { PyException } from '../objects/exception_types.ts'
import { thread } from '../objects/thread.ts'
import { Blocked, cutStack, EXIT_RUN, endFrame, type Frame, machine } from './frame.ts'
import { failGenerator } from './generators.ts'
import { addTraceback } from './traceback.ts'
import { traceException, traceUnwind } from './tracing.ts'

/** Behind the instruction that raised, in the frame that handles it: tracing asks for it. */
export const unwound = { pc: 0 }

/** The number of the handler that serves an instruction, or -1; the innermost comes first in the table's order. */
function findHandler(handlers: Int32Array, at: number): number {
  for (let i = 0; i < handlers.length; i += 5) {
    if (handlers[i]! <= at && at < handlers[i + 1]!) return i
  }
  return -1
}

/** Whether a frame has a handler for what is raised where it stands. */
export function isHandled(f: Frame): boolean {
  return findHandler(f.code.run.handlers, f.pc - 1) >= 0
}

/**
 * Unwinds the frames from `f` on until one handles what was thrown there, and gives that frame, ready to run on; throws
 * the exception where the frame that `run` was called for does not handle it. `reraised` says that this frame is in the
 * traceback already, and that `f.pc` is set: to where the exception first came from, if it is not `pc`. Gives `null` where
 * the thread waits: the loop must be left, and the instruction run again. `leaving`: the first frame is left without asking
 * its handlers.
 */
export function unwind(
  f: Frame,
  sp: number,
  pc: number,
  thrown: unknown,
  reraised: boolean,
  leaving = false,
): Frame | null {
  if (thrown instanceof Blocked) {
    f.pc = pc - 1
    f.sp = sp
    return null
  }
  let exception: Owned<PyException> = toException(thrown)
  for (;;) {
    const at = pc - 1
    f.kwnames = null
    if (!reraised && !leaving) {
      f.pc = pc
      addTraceback(exception, f)
      if (thread.trace !== null) {
        f.sp = sp
        exception = traceException(f, exception)
      }
    }
    reraised = false
    const { handlers } = f.code.run
    const handler = leaving ? -1 : findHandler(handlers, at)
    if (handler >= 0) {
      const depth = handlers[handler + 3]!
      cutStack(f, sp, depth)
      f.sp = f.code.nlocalsplus + depth
      // The instruction to blame, which for a RERAISE is the one that raised first.
      if (handlers[handler + 4] === 1) f.stack[f.sp++] = f.pc - 1
      f.stack[f.sp++] = exception
      unwound.pc = f.pc
      f.pc = handlers[handler + 2]!
      machine.frame = f
      return f
    }
    cutStack(f, sp, 0)
    f.sp = f.code.nlocalsplus
    if (!leaving && (thread.trace !== null || thread.profile !== null)) exception = traceUnwind(f, exception)
    leaving = false
    const { back, exit } = f
    if (f.generator !== null) exception = failGenerator(f.generator, exception)
    thread.depth--
    machine.frame = back
    endFrame(f)
    if (exit === EXIT_RUN) throw exception
    f = back!
    sp = f.sp
    pc = f.pc
  }
}
