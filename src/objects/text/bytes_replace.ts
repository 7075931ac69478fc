/** Replacing and filling up bytes. Results are always new. */
import { PyError } from '../../base/errors.ts'
import { newBytes } from './bytes_sequence.ts'
import { latin1FromText, textFromLatin1 } from './latin1.ts'
import { strExpandTabs, strZfill } from './str_padding.ts'
import { strReplace } from './str_replace.ts'

const SPACE = 0x20

/** `value.replace(from, to, count)`; a negative count is all. Throws `MemoryError`. */
export function bytesReplace(value: Uint8Array, from: Uint8Array, to: Uint8Array, count = -1): Uint8Array {
  return throughText(value, (text) => strReplace(text, textFromLatin1(from), textFromLatin1(to), count) as string)
}

/** `value.expandtabs(tabSize)`. Throws `MemoryError`. */
export function bytesExpandTabs(value: Uint8Array, tabSize: number): Uint8Array {
  return throughText(value, (text) => strExpandTabs(text, tabSize) as string)
}

/** `value.zfill(width)`. Throws `MemoryError`. */
export function bytesZfill(value: Uint8Array, width: number): Uint8Array {
  return throughText(value, (text) => strZfill(text, width) as string)
}

/** What does the same to strings of one-byte characters, the host does best. */
function throughText(value: Uint8Array, change: (text: string) => string): Uint8Array {
  return latin1FromText(change(textFromLatin1(value)))
}

/** `value.center(width, fill)`: of an odd number of fill bytes the left gets more where the width is odd. */
export function bytesCenter(value: Uint8Array, width: number, fill = SPACE): Uint8Array {
  const missing = Math.max(0, width - value.length)
  return padded(value, Math.floor(missing / 2) + (missing & width & 1), missing, fill)
}

/** `value.ljust(width, fill)`. */
export function bytesLjust(value: Uint8Array, width: number, fill = SPACE): Uint8Array {
  return padded(value, 0, Math.max(0, width - value.length), fill)
}

/** `value.rjust(width, fill)`. */
export function bytesRjust(value: Uint8Array, width: number, fill = SPACE): Uint8Array {
  const missing = Math.max(0, width - value.length)
  return padded(value, missing, missing, fill)
}

function padded(value: Uint8Array, left: number, missing: number, fill: number): Uint8Array {
  const out = newBytes(value.length + missing).fill(fill)
  out.set(value, left)
  return out
}

/** `value.translate(table, delete)`; without table, bytes are only left out. Throws `ValueError`. */
export function bytesTranslate(value: Uint8Array, table: Uint8Array | null, deleted?: Uint8Array): Uint8Array {
  if (table !== null && table.length !== 256) {
    throw new PyError('ValueError', 'translation table must be 256 characters long')
  }
  const out = new Uint8Array(value.length)
  let size = 0
  const isDeleted = new Uint8Array(256)
  if (deleted !== undefined) for (const byte of deleted) isDeleted[byte] = 1
  for (let i = 0; i < value.length; i++) {
    if (isDeleted[value[i]] === 0) out[size++] = table === null ? value[i] : table[value[i]]
  }
  return size === out.length ? out : out.slice(0, size)
}

/** `bytes.maketrans(from, to)`. Throws `ValueError`. */
export function bytesMakeTrans(from: Uint8Array, to: Uint8Array): Uint8Array {
  if (from.length !== to.length) {
    throw new PyError('ValueError', 'maketrans arguments must have same length')
  }
  const table = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  for (let i = 0; i < from.length; i++) table[from[i]] = to[i]
  return table
}
