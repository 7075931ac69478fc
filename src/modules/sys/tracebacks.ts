import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getAttr } from '../../objects/attributes.ts'
import type { Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { None } from '../../objects/types.ts'
import { importModule } from '../../vm/import.ts'

function callTraceback(name: string, args: readonly Value[], kwnames: readonly Value[] | null): void {
  const module = importModule('traceback')
  let func: Owned<Value> | undefined
  try {
    func = getAttr(module, name)
    drop(call(func, args, kwnames))
  } finally {
    drop(func)
    drop(module)
  }
}

/** Writes a traceback with its heading to a stream (`PyTraceBack_Print`). */
export function writeTraceback(traceback: Value, stream: Value): void {
  drop(call(getAttr(stream, 'write'), ['Traceback (most recent call last):\n']))
  callTraceback('print_tb', [traceback, None, stream], null)
}

/** Writes an exception with its traceback and what led to it to a stream (`_PyErr_Display`). */
export function writeException(exception: Value, stream: Value): void {
  keep(exception)
  try {
    callTraceback('print_exception', [exception, stream], ['file'])
  } finally {
    drop(exception)
  }
}
