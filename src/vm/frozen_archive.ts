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
  /** Blocks of docstrings with the first name in each, in the order of names. */
  readonly docs: readonly [first: string, place: number, size: number][]
  readonly library: LibraryDirectory | null
}

/** About how many bytes of docstrings are read at once. */
const DOCS_BLOCK = 8192

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
  const { codes, images, docs, library } = JSON.parse(decodeUtf8(bytes, 0, bytes.length)) as Index
  const textAt = (place: number, length: number) => {
    const block = file.read(base + place, length)
    return decodeUtf8(block, 0, block.length)
  }
  const piece = (places: Places, name: string) => {
    if (!Object.hasOwn(places, name)) return null
    const [place, size] = places[name]!
    return file.read(base + place, size)
  }
  return {
    has: (name) => Object.hasOwn(codes, name),
    code: (name) => piece(codes, name),
    image: (name) => piece(images, name),
    docs: (name) => {
      let at = docs.length - 1
      while (at >= 0 && docs[at]![0] > name) at--
      return at < 0 ? '' : textAt(docs[at]![1], docs[at]![2])
    },
    library,
  }
}

/**
 * Docstrings in blocks, each with the first name in it: a line for each, with what it describes (`list`, `list.append`,
 * `math.sin`), a tab, and the text as JSON, in the order of the names.
 */
function packDocs(docs: ReadonlyMap<string, string>): [first: string, text: string][] {
  const blocks: [string, string][] = []
  for (const name of [...docs.keys()].sort()) {
    const last = blocks[blocks.length - 1]
    const line = `${name}\t${JSON.stringify(docs.get(name)!)}\n`
    if (last === undefined || last[1].length + line.length > DOCS_BLOCK) blocks.push([name, line])
    else last[1] += line
  }
  return blocks
}

/** The archive of these pieces: marshalled code by name, images by name or path, docstrings, and the library's directory. */
export function packFrozen(
  codes: ReadonlyMap<string, Uint8Array>,
  images: ReadonlyMap<string, Uint8Array>,
  library: LibraryDirectory | null,
  docs: ReadonlyMap<string, string>,
): Uint8Array {
  let size = 0
  const pieces: [number, Uint8Array][] = []
  const add = (bytes: Uint8Array): [place: number, size: number] => {
    const place = size
    pieces.push([place, bytes])
    size = (place + bytes.length + 3) & ~3
    return [place, bytes.length]
  }
  const placesOf = (map: ReadonlyMap<string, Uint8Array>): Places => {
    const places: Places = {}
    for (const [name, bytes] of map) places[name] = add(bytes)
    return places
  }
  const blocks = packDocs(docs).map(([first, text]): [string, number, number] => [first, ...add(encodeUtf8(text))])
  const index: Index = { codes: placesOf(codes), images: placesOf(images), docs: blocks, library }
  const text = encodeUtf8(JSON.stringify(index))
  const base = (4 + text.length + 3) & ~3
  const archive = new Uint8Array(base + size).fill(0x20, 0, base)
  new DataView(archive.buffer).setUint32(0, base - 4, true)
  archive.set(text, 4)
  for (const [place, bytes] of pieces) archive.set(bytes, base + place)
  return archive
}
