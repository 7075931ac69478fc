import { CO_OPTIMIZED } from '../bytecode/code.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { none } from '../objects/make.ts'
import type { PyDict, PyObject, PyTuple, Value } from '../objects/object.ts'
import { newCallFrame } from './calls.ts'
import type { PyCode } from './code.ts'
import { evalCode } from './execute.ts'
import { EXIT_RUN, machine, run } from './frame.ts'
import { newFunction } from './function.ts'
import { builtinsFromGlobals } from './globals.ts'

/**
 * Runs a code object as `exec` does (`PyEval_EvalCode`); all borrowed, the result owned. `closure` holds the cells for
 * its free variables.
 */
export function runCode(code: PyCode, globals: PyDict, locals: PyObject, closure: PyTuple | null = null): Owned<Value> {
  const builtins = builtinsFromGlobals(globals)
  const { flags, argcount, kwonlyargcount, generator } = code.data
  const plain = closure === null && !generator && argcount + kwonlyargcount === 0 && (flags & CO_OPTIMIZED) === 0
  if (plain) return evalCode(code, globals, builtins, locals)
  const name = globals.data.get('__name__')
  const func = newFunction(code, globals, builtins, name ?? none())
  if (closure !== null) (func.data as { closure: Owned<PyTuple> | null }).closure = keep<PyTuple>(closure)
  try {
    const frame = newCallFrame(func, [], null)
    if ((flags & CO_OPTIMIZED) === 0) frame.locals = keep<PyObject>(locals)
    frame.back = machine.frame
    frame.exit = EXIT_RUN
    return run(frame)
  } finally {
    drop(func)
  }
}
