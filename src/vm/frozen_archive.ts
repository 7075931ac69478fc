import { decodeUtf8, encodeUtf8 } from '../base/utf8.ts'
import type { FrozenModules } from './interpreter.ts'

/*
 * The frozen modules in one piece of data: for each its name and its marshalled code, each with its length before it,
 * as little-endian 32-bit numbers.
 */

/** The frozen modules of an archive made by `packFrozen`; their code is not copied. */
export function frozenArchive(bytes: Uint8Array): FrozenModules {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const codes = new Map<string, Uint8Array>()
  for (let at = 0; at < bytes.length; ) {
    const nameEnd = at + 4 + view.getUint32(at, true)
    const name = decodeUtf8(bytes, at + 4, nameEnd)
    at = nameEnd + 4 + view.getUint32(nameEnd, true)
    codes.set(name, bytes.subarray(nameEnd + 4, at))
  }
  return { code: (name) => codes.get(name) ?? null }
}

/** The archive of these modules: marshalled code by name. */
export function packFrozen(codes: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = []
  for (const [name, code] of codes) for (const part of [encodeUtf8(name), code]) parts.push(length(part), part)
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function length(part: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, part.length, true)
  return bytes
}
