import type { Str } from '../../base/values.ts'

const CR = 13
const LF = 10

/** Where the line that begins at `from` ends (behind its end), or −1. `newline` is `null` for universal ends of lines. */
export function findLineEnd(text: Str, from: number, newline: string | null): number {
  if (typeof text !== 'string') return findInPoints(text.codePoints, from, newline)
  if (newline !== null) {
    const found = text.indexOf(newline, from)
    return found < 0 ? -1 : found + newline.length
  }
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === LF) return i + 1
    if (unit === CR) return text.charCodeAt(i + 1) === LF ? i + 2 : i + 1
  }
  return -1
}

function findInPoints(points: readonly number[], from: number, newline: string | null): number {
  if (newline === '\n') {
    const found = points.indexOf(LF, from)
    return found < 0 ? -1 : found + 1
  }
  for (let i = from; i < points.length; i++) {
    const point = points[i]
    if (newline === null) {
      if (point === LF) return i + 1
      if (point === CR) return points[i + 1] === LF ? i + 2 : i + 1
    } else if (point === CR && (newline.length === 1 || points[i + 1] === LF)) return i + newline.length
  }
  return -1
}
