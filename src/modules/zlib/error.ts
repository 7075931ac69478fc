import type { ZStream } from 'pako'
import { newException } from '../../objects/errors.ts'
import { exceptionClass } from '../exception_class.ts'

export const Z_BUF_ERROR = -5
export const Z_STREAM_ERROR = -2
const Z_DATA_ERROR = -3

export const ZlibError = exceptionClass('zlib', 'error')

const MEANINGS = new Map([
  [Z_BUF_ERROR, 'incomplete or truncated stream'],
  [Z_STREAM_ERROR, 'inconsistent stream state'],
  [Z_DATA_ERROR, 'invalid input data'],
])

/** The exception for a status of the library, to be thrown; `stream` is `null` where zlib would not have looked into it. */
export function zlibError(stream: ZStream | null, status: number, doing: string) {
  // Of a stream that has ended zlib sees nothing, and so sets no message; the library does.
  const own = stream === null || stream.state === null ? '' : stream.msg
  const meaning = own !== '' ? own : MEANINGS.get(status)
  return newException(ZlibError, [`Error ${status} ${doing}${meaning === undefined ? '' : `: ${meaning}`}`])
}
