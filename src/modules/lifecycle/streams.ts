import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getAttr, setAttr } from '../../objects/attributes.ts'
import { none } from '../../objects/make.ts'
import type { PyDict, Value } from '../../objects/object.ts'
import { call, callMethod, isTrue } from '../../objects/protocols.ts'
import { None } from '../../objects/types.ts'
import { importModule } from '../../vm/import.ts'
import { interpreter, setSysAttribute } from '../../vm/interpreter.ts'
import { platform, SystemFault } from '../../vm/platform.ts'

interface StreamSpec {
  readonly name: 'stdin' | 'stdout' | 'stderr'
  readonly fd: number
  readonly errors: string
}

function isOpen(fd: number): boolean {
  try {
    platform().fds.fstat(fd)
    return true
  } catch (error) {
    if (error instanceof SystemFault) return false
    throw error
  }
}

/** A standard stream (`create_stdio`); None where the descriptor is closed. */
function newStream(io: Value, { name, fd, errors }: StreamSpec): Owned<Value> {
  if (!isOpen(fd)) return none()
  const { bufferedStdio, stdioEncoding } = interpreter.config
  const writes = fd !== 0
  const buffering = !bufferedStdio && writes ? 0 : -1
  const open = getAttr(io, 'open')
  const buffer = call(open, [fd, writes ? 'wb' : 'rb', buffering, None, None, None, false])
  drop(open)
  const raw = buffering === 0 ? keep(buffer) : getAttr(buffer, 'raw')
  setAttr(raw, 'name', `<${name}>`)
  const terminal = callMethod(raw, 'isatty', [])
  const isTerminal = isTrue(terminal)
  drop(terminal)
  drop(raw)
  const lineBuffering = bufferedStdio && (isTerminal || fd === 2)
  const wrapper = getAttr(io, 'TextIOWrapper')
  const stream = call(wrapper, [buffer, stdioEncoding, errors, '\n', lineBuffering, !bufferedStdio])
  drop(wrapper)
  drop(buffer)
  setAttr(stream, 'mode', writes ? 'w' : 'r')
  return stream
}

/** Makes `sys.stdin`, `sys.stdout`, `sys.stderr` and the builtin `open` (`init_sys_streams`). */
export function installStreams(builtins: PyDict): void {
  const { stdioErrors } = interpreter.config
  const io = importModule('_io')
  builtins.data.set('open', getAttr(io, 'open'))
  const specs: readonly StreamSpec[] = [
    { name: 'stdin', fd: 0, errors: stdioErrors },
    { name: 'stdout', fd: 1, errors: stdioErrors },
    { name: 'stderr', fd: 2, errors: 'backslashreplace' },
  ]
  for (const spec of specs) {
    const stream = newStream(io, spec)
    setSysAttribute(`__${spec.name}__`, keep(stream))
    setSysAttribute(spec.name, stream)
  }
  drop(io)
}
