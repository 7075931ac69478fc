import { decodeUtf8 } from '../base/utf8.ts'

/** A file in a zip archive. */
export interface ZipEntry {
  readonly name: string
  /** 0: stored, 8: deflated. */
  readonly method: number
  readonly compressedSize: number
  readonly size: number
  /** Where the file's own header stands. */
  readonly offset: number
  readonly time: number
  readonly date: number
  readonly crc: number
}

const END_SIZE = 22
const END_MAGIC = 0x06054b50
const ENTRY_SIZE = 46
const ENTRY_MAGIC = 0x02014b50

/** Bytes of the header that stands before a file's data, without its name and its extra field. */
export const LOCAL_HEADER_SIZE = 30

/** Where the directory of an archive stands, from its last 22 bytes; `null` where these are no end of an archive. */
export function directoryPlace(end: Uint8Array): { readonly offset: number; readonly size: number } | null {
  if (end.length !== END_SIZE) return null
  const view = new DataView(end.buffer, end.byteOffset, END_SIZE)
  if (view.getUint32(0, true) !== END_MAGIC) return null
  return { size: view.getUint32(12, true), offset: view.getUint32(16, true) }
}

/** How many bytes from an archive's end `directoryPlace` needs. */
export const DIRECTORY_END_SIZE = END_SIZE

/** The entries of an archive's directory, in its order; it ends at what is no entry. */
export function readDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: ZipEntry[] = []
  let at = 0
  while (at + ENTRY_SIZE <= bytes.length && view.getUint32(at, true) === ENTRY_MAGIC) {
    const nameEnd = at + ENTRY_SIZE + view.getUint16(at + 28, true)
    entries.push({
      name: decodeUtf8(bytes, at + ENTRY_SIZE, nameEnd),
      method: view.getUint16(at + 10, true),
      compressedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
      time: view.getUint16(at + 12, true),
      date: view.getUint16(at + 14, true),
      crc: view.getUint32(at + 16, true),
    })
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}
