import { asStr, utf16 } from '../objects/access.ts'
import type { PyList } from '../objects/object.ts'
import { isInstanceOf, listType } from '../objects/types.ts'
import { decodeWith } from '../source/codecs.ts'
import { findCookie } from '../source/cookie.ts'
import { sysAttribute } from './interpreter.ts'
import { readFile } from './system.ts'

/** The file that a code's file name means: the name itself, or its last part in a directory of `sys.path`. */
function findSource(filename: string): Uint8Array | null {
  const found = readFile(filename)
  if (found !== null) return found
  const path = sysAttribute('path')
  if (path === undefined || !isInstanceOf(path, listType)) return null
  const tail = filename.slice(filename.lastIndexOf('/') + 1)
  for (const entry of (path as PyList).data) {
    if (asStr(entry) === undefined) continue
    const folder = utf16(entry)
    if (folder.includes('\0')) continue
    const bytes = readFile(folder === '' || folder.endsWith('/') ? folder + tail : `${folder}/${tail}`)
    if (bytes !== null) return bytes
  }
  return null
}

/**
 * Lines of source files for tracebacks, without their line ends. One reader serves one traceback: a file is read once
 * for it.
 */
export class SourceLines {
  private readonly files = new Map<string, readonly string[] | null>()

  /** A line of a file, from 1 on; `null` where it cannot be read. */
  line(filename: string, lineno: number): string | null {
    if (filename.startsWith('<') && filename.endsWith('>')) return null
    let lines = this.files.get(filename)
    if (lines === undefined) {
      lines = readLines(filename)
      this.files.set(filename, lines)
    }
    return lines?.[lineno - 1] ?? null
  }
}

function readLines(filename: string): readonly string[] | null {
  if (filename.includes('\0')) return null
  const bytes = findSource(filename)
  if (bytes === null) return null
  const { text } = decodeWith(findCookie(bytes, bytes.length) ?? 'utf-8', bytes)
  const lines = text.split(/\r\n|\r|\n/)
  if (lines[lines.length - 1] === '') lines.pop()
  return lines
}
