import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getAttr, setAttr } from '../../objects/attributes.ts'
import { none } from '../../objects/make.ts'
import type { Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { None } from '../../objects/types.ts'
import { interpreter } from '../../vm/interpreter.ts'
import { platform, SystemFault } from '../../vm/platform.ts'
import { openFile } from './open.ts'
import { textIOWrapperType } from './textio.ts'
import { asks } from './types.ts'

/** `sys.stdin`, `sys.stdout` and `sys.stderr`, owned. */
export interface StandardStreams {
  readonly stdin: Owned<Value>
  readonly stdout: Owned<Value>
  readonly stderr: Owned<Value>
}

/** Makes the streams of an interpreter by its configuration (CPython's `init_sys_streams`). */
export function createStandardStreams(): StandardStreams {
  const { stdioErrors } = interpreter.config
  return {
    stdin: stream(0, '<stdin>', stdioErrors),
    stdout: stream(1, '<stdout>', stdioErrors),
    stderr: stream(2, '<stderr>', 'backslashreplace'),
  }
}

/** The stream of a descriptor; None where that is closed. */
function stream(fd: number, name: string, errors: string): Owned<Value> {
  try {
    platform().fds.fstat(fd)
  } catch (error) {
    if (error instanceof SystemFault) return none()
    throw error
  }
  const { bufferedStdio, stdioEncoding } = interpreter.config
  const writing = fd > 0
  const unbuffered = !bufferedStdio && writing
  const buffer = openFile(fd, { mode: writing ? 'wb' : 'rb', buffering: unbuffered ? 0 : -1, closefd: false })
  try {
    const raw = unbuffered ? buffer : getAttr(buffer, 'raw')
    let lines: boolean
    try {
      setAttr(raw, 'name', name)
      lines = bufferedStdio && (asks(raw, 'isatty') || fd === 2)
    } finally {
      if (!unbuffered) drop(raw)
    }
    const newline: Value = writing ? '\n' : None
    const text = call(textIOWrapperType, [buffer, stdioEncoding, errors, newline, lines, !bufferedStdio])
    setAttr(text, 'mode', writing ? 'w' : 'r')
    return text
  } finally {
    drop(buffer)
  }
}
