import { keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import type { PyDict, PyObject, Value } from '../objects/object.ts'
import { recursion, thread } from '../objects/thread.ts'
import { recursionError } from './calls.ts'
import type { PyCode } from './code.ts'
import { EXIT_RUN, Frame, machine, run } from './frame.ts'

/** Runs a code object in a namespace (`PyEval_EvalCode`); all borrowed. What it returns is owned. */
export function evalCode(code: PyCode, globals: PyDict, builtins: PyDict, locals: PyObject): Owned<Value> {
  if (thread.depth >= recursion.limit) throw recursionError()
  const frame = new Frame(code.data, globals, builtins)
  frame.ownCode = keep<PyCode>(code)
  keep(globals)
  keep(builtins)
  frame.locals = keep<PyObject>(locals)
  frame.back = machine.frame
  frame.exit = EXIT_RUN
  thread.depth++
  return run(frame)
}
