import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getAttr, lookupAttr } from '../../objects/attributes.ts'
import type { Value } from '../../objects/object.ts'
import { callMethod, str } from '../../objects/protocols.ts'
import { thread } from '../../objects/thread.ts'
import { None } from '../../objects/types.ts'
import { sysAttribute } from '../../vm/interpreter.ts'
import { writeException } from '../../vm/print_exception.ts'

/** The stream for the report: `sys.stderr`, or what it was when the thread was made; `null` where there is none. Owned. */
function errorStream(owner: Value): Owned<Value> | null {
  const stream = sysAttribute('stderr')
  if (stream !== undefined && stream !== None) return keep(stream)
  if (owner === None) return null
  const early = getAttr(owner, '_stderr')
  if (early !== None) return early
  drop(early)
  return null
}

function threadName(owner: Value): Owned<Value> {
  const name = owner === None ? undefined : lookupAttr(owner, 'name')
  return name ?? String(thread.id)
}

/** Prints the exception that ended a thread (`thread_excepthook`); `owner` is the `Thread`, or None. */
export function reportThreadException(exception: Value, traceback: Value, owner: Value): void {
  const stream = errorStream(owner)
  if (stream === null) return
  const name = threadName(owner)
  const write = (text: Value) => drop(callMethod(stream, 'write', [text]))
  try {
    write('Exception in thread ')
    const shown = str(name)
    write(shown)
    drop(shown)
    write(':\n')
    writeException(exception, stream, traceback)
  } finally {
    drop(name)
    drop(stream)
  }
}
