import { errnoOf } from '../../vm/errno.ts'
import { type Path, SystemFault } from '../../vm/platform.ts'

/** Numbers of Node's own error codes that stand for a refused call. */
const nodeCodes: Readonly<Record<string, number>> = {
  ERR_INVALID_ARG_VALUE: 22,
  ERR_OUT_OF_RANGE: 22,
  ERR_FS_FILE_TOO_LARGE: 27,
  ERR_UNKNOWN_SIGNAL: 22,
}

/** What a failed call of Node throws on: a `SystemFault` where the system refused, else the error itself. */
export function fault(error: unknown): unknown {
  const { code, errno } = error as NodeJS.ErrnoException
  if (typeof errno === 'number' && errno < 0) return new SystemFault(-errno)
  if (typeof code === 'string') {
    const number = nodeCodes[code]
    if (number !== undefined) return new SystemFault(number)
    if (/^E[A-Z0-9]+$/.test(code)) return new SystemFault(errnoOf(code))
  }
  return error
}

/** A path as Node takes it. */
export function nodePath(path: Path): string | Buffer {
  if (typeof path === 'string') return path
  return Buffer.from(path.buffer, path.byteOffset, path.byteLength)
}

/** A path as the system gave it: text where the bytes are valid UTF-8. */
export function fromBytes(bytes: Uint8Array): Path {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  return text.includes('\ufffd') ? bytes : text
}
