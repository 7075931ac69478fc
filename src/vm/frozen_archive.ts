import { decodeUtf8, encodeUtf8 } from '../base/utf8.ts'
import type { FrozenModules, LibraryDirectory } from './interpreter.ts'

/*
 * What is frozen in one file: the length of an index, as a little-endian 32-bit number, the index as JSON, then the pieces,
 * each at a place that four divides.
 */

/** Places and sizes of pieces by name, counted from behind the index. */
type Places = Record<string, [place: number, size: number]>

interface Index {
  /** Marshalled code by the name under which it was frozen. */
  readonly codes: Places
  /** Images (see `deepfreeze.ts`) of these, and of library modules by the path of their source. */
  readonly images: Places
  readonly library: LibraryDirectory | null
}

/** A file that stays open. */
export interface RandomAccess {
  /** The bytes at an offset, in a buffer of their own; fewer where the file ends. */
  read(offset: number, size: number): Uint8Array
}

/** The frozen modules of an archive made by `packFrozen`; they are read when they are asked for. */
export function frozenArchive(file: RandomAccess): FrozenModules {
  const head = file.read(0, 4)
  const base = 4 + new DataView(head.buffer, head.byteOffset).getUint32(0, true)
  const bytes = file.read(4, base - 4)
  const { codes, images, library } = JSON.parse(decodeUtf8(bytes, 0, bytes.length)) as Index
  const piece = (places: Places, name: string) => {
    if (!Object.hasOwn(places, name)) return null
    const [place, size] = places[name]!
    return file.read(base + place, size)
  }
  return {
    has: (name) => Object.hasOwn(codes, name),
    code: (name) => piece(codes, name),
    image: (name) => piece(images, name),
    library,
  }
}

/** The archive of these pieces: marshalled code by name, images by name or path, and the library's directory. */
export function packFrozen(
  codes: ReadonlyMap<string, Uint8Array>,
  images: ReadonlyMap<string, Uint8Array>,
  library: LibraryDirectory | null,
): Uint8Array {
  let size = 0
  const pieces: [number, Uint8Array][] = []
  const placesOf = (map: ReadonlyMap<string, Uint8Array>): Places => {
    const places: Places = {}
    for (const [name, bytes] of map) {
      places[name] = [size, bytes.length]
      pieces.push([size, bytes])
      size = (size + bytes.length + 3) & ~3
    }
    return places
  }
  const index: Index = { codes: placesOf(codes), images: placesOf(images), library }
  const text = encodeUtf8(JSON.stringify(index))
  const base = (4 + text.length + 3) & ~3
  const archive = new Uint8Array(base + size).fill(0x20, 0, base)
  new DataView(archive.buffer).setUint32(0, base - 4, true)
  archive.set(text, 4)
  for (const [place, bytes] of pieces) archive.set(bytes, base + place)
  return archive
}
