const HASH = 0x23
const NEWLINE = 0x0a

/**
 * The encoding that the first two lines declare (PEP 263), in the normal form of CPython's `get_normal_name`, or
 * `null`. Only lines that end in `\n` are looked at, and the second only if the first is blank or a comment.
 */
export function findCookie(bytes: Uint8Array, length: number): string | null {
  const firstEnd = newlineBefore(bytes, 0, length)
  if (firstEnd < 0) return null
  const first = cookieOfLine(bytes, 0, firstEnd)
  if (first !== null || !isBlankOrComment(bytes, 0, firstEnd)) return first
  const secondEnd = newlineBefore(bytes, firstEnd + 1, length)
  return secondEnd < 0 ? null : cookieOfLine(bytes, firstEnd + 1, secondEnd + 1)
}

function newlineBefore(bytes: Uint8Array, from: number, length: number): number {
  const end = bytes.indexOf(NEWLINE, from)
  return end < length ? end : -1
}

/** The cookie in the comment that is all of one line; CPython stops searching six bytes before the line's end. */
function cookieOfLine(bytes: Uint8Array, start: number, end: number): string | null {
  let i = start
  for (; i < end - 6 && bytes[i] !== HASH; i++) if (!isBlank(bytes[i]!)) return null
  for (; i < end - 6; i++) {
    if (!isCoding(bytes, i)) continue
    let nameStart = i + 7
    while (bytes[nameStart] === 0x20 || bytes[nameStart] === 0x09) nameStart++
    let nameEnd = nameStart
    let name = ''
    for (; isNameByte(bytes[nameEnd] ?? 0); nameEnd++) name += String.fromCharCode(bytes[nameEnd]!)
    if (name !== '') return normalName(name)
  }
  return null
}

/** Whether a line holds nothing but blanks and a comment, so that the next one may still declare the encoding. */
function isBlankOrComment(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = bytes[i]!
    if (c === HASH || c === NEWLINE || c === 0x0d) return true
    if (!isBlank(c)) return false
  }
  return true
}

function isBlank(c: number): boolean {
  return c === 0x20 || c === 0x09 || c === 0x0c
}

/** Whether `coding:` or `coding=` stands at `i`. */
function isCoding(bytes: Uint8Array, i: number): boolean {
  for (let k = 0; k < 6; k++) if (bytes[i + k] !== 'coding'.charCodeAt(k)) return false
  return bytes[i + 6] === 0x3a || bytes[i + 6] === 0x3d
}

function isNameByte(c: number): boolean {
  return (
    (c >= 0x30 && c <= 0x39) ||
    (c >= 0x41 && c <= 0x5a) ||
    (c >= 0x61 && c <= 0x7a) ||
    c === 0x2d ||
    c === 0x5f ||
    c === 0x2e
  )
}

/** `utf-8` and `iso-8859-1` for their spellings, judged by the first twelve characters; any other name as it is. */
export function normalName(name: string): string {
  const key = name.slice(0, 12).toLowerCase().replaceAll('_', '-')
  if (key === 'utf-8' || key.startsWith('utf-8-')) return 'utf-8'
  for (const latin of ['latin-1', 'iso-8859-1', 'iso-latin-1']) {
    if (key === latin || key.startsWith(latin + '-')) return 'iso-8859-1'
  }
  return name
}
