import { decodeErrorMessage, decodeUtf8, findUtf8Fault } from '../base/utf8.ts'

/** A decoded text, or the message of the exception that Python's decoder raises. */
export interface Decoded {
  readonly text: string
  readonly error: string | null
}

/** Decodes with the codec that Python knows by this name, strictly. */
export function decodeWith(name: string, bytes: Uint8Array): Decoded {
  if (name === 'iso-8859-1') return { text: latin1(bytes), error: null }
  if (name === 'ascii') {
    const at = bytes.findIndex((c) => c >= 0x80)
    if (at < 0) return { text: latin1(bytes), error: null }
    return { text: '', error: decodeErrorMessage('ascii', bytes[at]!, at, at + 1, 'ordinal not in range(128)') }
  }
  return { text: '', error: `unknown encoding: ${name}` }
}

/** Decodes with U+FFFD for what is faulty; `null` encoding is strict UTF-8, for which a fault gives `null`. */
export function decodeReplacing(encoding: string | null, bytes: Uint8Array): string | null {
  if (encoding === null && findUtf8Fault(bytes, 0, bytes.length) !== null) return null
  if (encoding === null || encoding === 'utf-8') return decodeUtf8(bytes, 0, bytes.length)
  const decoded = decodeWith(encoding, bytes)
  return decoded.error === null ? decoded.text : null
}

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096))
  return text
}
