import { strToUtf16 } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { lookupAttr } from '../../objects/attributes.ts'
import { isException, newException, toException } from '../../objects/errors.ts'
import {
  PyExc_KeyboardInterrupt,
  PyExc_RuntimeError,
  PyExc_SystemExit,
  type PyException,
} from '../../objects/exception_types.ts'
import { none } from '../../objects/make.ts'
import type { Value } from '../../objects/object.ts'
import { call, callMethod, strText } from '../../objects/protocols.ts'
import { None } from '../../objects/types.ts'
import { audit } from '../../vm/audit.ts'
import { interpreter, setSysAttribute, sysAttribute } from '../../vm/interpreter.ts'
import { writeException } from '../../vm/print_exception.ts'
import { writeError } from '../../vm/system.ts'
import { writeTo } from '../../vm/warning_display.ts'
import { writeUnraisable } from '../sys/unraisable.ts'

/** How a run ended. */
export interface Ending {
  readonly status: number
  /** Whether an interrupt from the keyboard went through the whole program. */
  readonly interrupted: boolean
  /** Whether the program asked for its end (`SystemExit`). */
  readonly exited: boolean
}

/** Writes text to `sys.stderr`, or past it where there is none (`PySys_WriteStderr`). */
export function writeStderr(text: string): void {
  const stream = sysAttribute('stderr')
  if (stream === undefined || stream === None) {
    writeError(text)
    return
  }
  try {
    writeTo(stream, text)
  } catch (error) {
    drop(toException(error))
    writeError(text)
  }
}

/** The exit status that a SystemExit asks for (`_Py_HandleSystemExit`); what is no number is written. */
function exitStatus(exception: PyException): number {
  const code = lookupAttr(exception, 'code')
  const value: Value = code ?? exception
  if (value === None) return 0
  const number = asInt(value)
  if (number !== undefined) {
    drop(code)
    return Number(BigInt.asIntN(32, BigInt(number)))
  }
  let text = ''
  try {
    text = strToUtf16(strText(value))
  } catch (error) {
    drop(toException(error))
  }
  writeStderr(`${text}\n`)
  drop(code)
  return 1
}

/** Shows an exception on `sys.stderr` (`PyErr_Display`); what fails at that is ignored. */
export function displayException(exception: PyException): void {
  const stream = sysAttribute('stderr')
  if (stream === None) return
  try {
    if (stream === undefined) throw newException(PyExc_RuntimeError, ['lost sys.stderr'])
    writeException(exception, stream)
    drop(callMethod(stream, 'flush', []))
  } catch (error) {
    drop(toException(error))
    writeError(`${exception.type.name}: ${safeText(exception)}\n`)
  }
}

function safeText(value: Value): string {
  try {
    return strToUtf16(strText(value))
  } catch (error) {
    drop(toException(error))
    return '<exception str() failed>'
  }
}

function setLastException(exception: PyException): void {
  const { traceback } = exception.data
  setSysAttribute('last_type', keep<Value>(exception.type))
  setSysAttribute('last_value', keep<Value>(exception))
  setSysAttribute('last_traceback', traceback === null ? none() : keep<Value>(traceback))
}

/** Gives an exception to `sys.excepthook`; the status if the hook itself asks for the end. */
function callExceptHook(exception: PyException): number | null {
  const hook = sysAttribute('excepthook')
  const traceback: Value = exception.data.traceback ?? None
  try {
    audit('sys.excepthook', hook ?? None, exception.type, exception, traceback)
  } catch (error) {
    const refused = toException(error)
    const silent = isException(refused, PyExc_RuntimeError)
    if (!silent) writeUnraisable(refused, undefined, 'in audit hook')
    drop(refused)
    if (silent) return null
  }
  if (hook === undefined) {
    writeStderr('sys.excepthook is missing\n')
    displayException(exception)
    return null
  }
  keep(hook)
  try {
    drop(call(hook, [exception.type, exception, traceback]))
  } catch (error) {
    const second = toException(error)
    try {
      if (isException(second, PyExc_SystemExit)) return exitStatus(second)
      writeStderr('Error in sys.excepthook:\n')
      displayException(second)
      writeStderr('\nOriginal exception was:\n')
      displayException(exception)
    } finally {
      drop(second)
    }
  } finally {
    drop(hook)
  }
  return null
}

/** Ends a run by what it threw, which it takes over: SystemExit gives its status, the rest is shown (`PyErr_Print`). */
export function endByException(error: unknown, inspect = interpreter.config.flags.inspect !== 0): Ending {
  const exception: Owned<PyException> = toException(error)
  try {
    if (isException(exception, PyExc_SystemExit) && !inspect) {
      return { status: exitStatus(exception), interrupted: false, exited: true }
    }
    const interrupted = exception.type === PyExc_KeyboardInterrupt
    setLastException(exception)
    const status = callExceptHook(exception)
    return { status: status ?? 1, interrupted, exited: status !== null }
  } finally {
    drop(exception)
  }
}
