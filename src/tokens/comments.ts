import type { Scanner } from './scanner.ts'
import { TYPE_COMMENT } from './token.ts'

const IGNORE = 'ignore'

/** End of the comment at `p`: its newline or the end of the source. */
export function commentEnd(s: Scanner, p: number): number {
  const end = s.bytes.indexOf(0x0a, p)
  return end < 0 || end > s.length ? s.length : end
}

/**
 * Treats the comment from `p` to `end` as a type comment if it is one: emits it, or records a `# type: ignore`.
 * Returns where scanning goes on, or −1 for an ordinary comment.
 */
export function scanTypeComment(s: Scanner, p: number, end: number): number {
  const text = typeCommentText(s.bytes, p, end)
  if (text < 0) return -1
  if (!isIgnore(s.bytes, text, end)) {
    s.emit(TYPE_COMMENT, text, end)
    s.blankLine = false
    return end
  }
  s.typeIgnores.push({ lineno: s.lineno, start: text + IGNORE.length, end })
  if (s.blankLine && end < s.length) {
    s.atLineStart = true
    return end + 1
  }
  s.blankLine = false
  return end
}

/** Where the text behind `# type: ` starts, blanks being free; −1 if the comment starts otherwise. */
function typeCommentText(bytes: Uint8Array, p: number, end: number): number {
  for (const c of '# type: ') {
    if (c === ' ') {
      while (bytes[p] === 0x20 || bytes[p] === 0x09) p++
    } else if (p < end && bytes[p] === c.charCodeAt(0)) p++
    else return -1
  }
  return p
}

/** `ignore`, then the end or an ASCII character that is no letter or digit. */
function isIgnore(bytes: Uint8Array, p: number, end: number): boolean {
  if (end - p < IGNORE.length) return false
  for (let i = 0; i < IGNORE.length; i++) if (bytes[p + i] !== IGNORE.charCodeAt(i)) return false
  if (end - p === IGNORE.length) return true
  const c = bytes[p + IGNORE.length]!
  const isLetter = (c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a
  return !(c >= 128 || isLetter || (c >= 0x30 && c <= 0x39))
}
