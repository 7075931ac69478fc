/**
 * `.pyc` files: a header of 16 bytes (PEP 552) and a marshalled code object; and where they lie (PEP 3147, PEP 488).
 * The checks and their messages are those of `importlib._bootstrap_external`. No file is touched here.
 */
import { PyError } from '../base/errors.ts'
import { bytesRepr, strRepr } from '../base/repr.ts'
import { sourceHash } from '../base/siphash.ts'
import { CodeObject } from './code.ts'
import { loads } from './marshal_read.ts'
import { dumps } from './marshal_write.ts'

/** How a `.pyc` is found to be stale: by the source's time and size, by its hash, or not at all. */
export type InvalidationMode = 'timestamp' | 'checked-hash' | 'unchecked-hash'

/** 3495 and `\r\n`: the format of CPython 3.11. */
export const PYC_MAGIC: readonly number[] = [0xa7, 0x0d, 0x0d, 0x0a]

const HEADER_SIZE = 16
const FLAG_HASH = 1
const FLAG_CHECK_SOURCE = 2

const CACHE_TAG = 'cpython-311'
const CACHE_FOLDER = '__pycache__'
const OPTIMIZATION_PREFIX = 'opt-'

/** The header of a `.pyc`. The time and size are 0 in a hash-based one, the hash is null in one with a timestamp. */
interface PycHeader {
  readonly mode: InvalidationMode
  /** Seconds since 1970, modulo 2^32. */
  readonly mtime: number
  /** Bytes of the source, modulo 2^32. */
  readonly size: number
  readonly hash: Uint8Array | null
}

/** A `.pyc` that was read. */
export interface PycFile extends PycHeader {
  readonly code: CodeObject
}

/** What is known of a `.pyc` that is to be read. */
export interface ReadPycOptions {
  /** The module's name, for messages. */
  readonly name: string
  /** The file's path, for messages. */
  readonly path?: string
  /** The source's time in seconds: a `.pyc` with another timestamp is stale. */
  readonly mtime?: number
  /** The source's size in bytes: as `mtime`. */
  readonly size?: number
  /** The source: a hash-based `.pyc` with another hash is stale. */
  readonly source?: Uint8Array
  /** Which hash-based files are checked, as `--check-hash-based-pycs`; `default`: those that ask for it. */
  readonly checkHash?: 'default' | 'always' | 'never'
}

/** What goes into the header of a `.pyc`. */
export interface WritePycOptions {
  /** `timestamp` by default. */
  readonly mode?: InvalidationMode
  /** The source's time in seconds, for `timestamp`. */
  readonly mtime?: number
  /** The source's size in bytes, for `timestamp`. */
  readonly size?: number
  /** The source, for the hash modes. */
  readonly source?: Uint8Array
}

/**
 * Reads and checks the header of a `.pyc`.
 *
 * @throws PyError ImportError for a wrong magic number or unknown flags, EOFError for less than a header.
 */
function readPycHeader(bytes: Uint8Array, name: string): PycHeader {
  if (bytes.length < 4 || PYC_MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new PyError('ImportError', `bad magic number in ${strRepr(name)}: ${bytesRepr(bytes.subarray(0, 4))}`)
  }
  if (bytes.length < HEADER_SIZE) {
    throw new PyError('EOFError', `reached EOF while reading pyc header of ${strRepr(name)}`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = view.getUint32(4, true)
  if ((flags & ~(FLAG_HASH | FLAG_CHECK_SOURCE)) !== 0) {
    throw new PyError('ImportError', `invalid flags ${flags} in ${strRepr(name)}`)
  }
  if ((flags & FLAG_HASH) === 0) {
    return { mode: 'timestamp', mtime: view.getUint32(8, true), size: view.getUint32(12, true), hash: null }
  }
  const mode = (flags & FLAG_CHECK_SOURCE) !== 0 ? 'checked-hash' : 'unchecked-hash'
  return { mode, mtime: 0, size: 0, hash: bytes.slice(8, HEADER_SIZE) }
}

const uint32 = (value: number): number => (Math.trunc(value) % 0x100000000) >>> 0

/** Refuses a header that does not fit what is known of the source, as far as that is given. */
function checkFresh(header: PycHeader, options: ReadPycOptions): void {
  const { name, mtime, size, source, checkHash = 'default' } = options
  if (header.hash === null) {
    const stale =
      (mtime !== undefined && uint32(mtime) !== header.mtime) || (size !== undefined && uint32(size) !== header.size)
    if (stale) throw new PyError('ImportError', `bytecode is stale for ${strRepr(name)}`)
    return
  }
  const checked = checkHash === 'always' || (checkHash === 'default' && header.mode === 'checked-hash')
  if (!checked || source === undefined) return
  const hash = sourceHash(source)
  if (header.hash.some((byte, i) => byte !== hash[i])) {
    throw new PyError('ImportError', `hash in bytecode doesn't match hash of source ${strRepr(name)}`)
  }
}

/**
 * Reads a `.pyc`; compares it with its source as far as `options` tell of that.
 *
 * @throws PyError ImportError, EOFError, or what marshal throws for damaged data.
 */
export function readPyc(bytes: Uint8Array, options: ReadPycOptions): PycFile {
  const header = readPycHeader(bytes, options.name)
  checkFresh(header, options)
  const code = loads(bytes.subarray(HEADER_SIZE))
  if (!(code instanceof CodeObject)) {
    const path = options.path === undefined ? 'None' : strRepr(options.path)
    throw new PyError('ImportError', `Non-code object in ${path}`)
  }
  return { ...header, code }
}

/**
 * Makes the bytes of a `.pyc`.
 *
 * @throws PyError TypeError if the source is missing for a hash mode.
 */
export function writePyc(code: CodeObject, options: WritePycOptions = {}): Uint8Array {
  const { mode = 'timestamp', mtime = 0, size = 0, source } = options
  const data = dumps(code)
  const bytes = new Uint8Array(HEADER_SIZE + data.length)
  bytes.set(PYC_MAGIC)
  bytes.set(data, HEADER_SIZE)
  const view = new DataView(bytes.buffer)
  if (mode === 'timestamp') {
    view.setUint32(8, uint32(mtime), true)
    view.setUint32(12, uint32(size), true)
    return bytes
  }
  if (source === undefined) throw new PyError('TypeError', 'a hash-based pyc needs its source')
  view.setUint32(4, mode === 'checked-hash' ? FLAG_HASH | FLAG_CHECK_SOURCE : FLAG_HASH, true)
  bytes.set(sourceHash(source), 8)
  return bytes
}

/** How paths are taken apart. */
export interface PathOptions {
  /** The characters that separate folders, the preferred one first: `/` by default, `\/` on Windows. */
  readonly separators?: string
}

interface SplitPath {
  readonly head: string
  readonly tail: string
}

function splitPath(path: string, separators: string): SplitPath {
  let i = path.length
  while (i > 0 && !separators.includes(path[i - 1]!)) i--
  return i === 0 ? { head: '', tail: path } : { head: path.slice(0, i - 1), tail: path.slice(i) }
}

function joinPath(parts: readonly string[], separators: string): string {
  const trimmed = parts.filter((part) => part !== '').map((part) => trimEnd(part, separators))
  return trimmed.join(separators[0])
}

function trimEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}

const isAlphanumeric = (text: string): boolean => /^[\p{L}\p{N}]+$/u.test(text)

/**
 * Where the `.pyc` of a source file lies: `__pycache__/NAME.cpython-311[.opt-N].pyc` beside it, as
 * `importlib.util.cache_from_source`.
 *
 * @param optimization the level as text; empty for none.
 * @throws PyError ValueError if that is not alphanumeric.
 */
export function cacheFromSource(path: string, optimization = '', { separators = '/' }: PathOptions = {}): string {
  const { head, tail } = splitPath(path, separators)
  const dot = tail.lastIndexOf('.')
  const base = dot < 0 ? '' : tail.slice(0, dot)
  const rest = tail.slice(dot + 1)
  let name = (base === '' ? rest : base) + (dot < 0 ? '' : '.') + CACHE_TAG
  if (optimization !== '') {
    if (!isAlphanumeric(optimization)) throw new PyError('ValueError', `${strRepr(optimization)} is not alphanumeric`)
    name += `.${OPTIMIZATION_PREFIX}${optimization}`
  }
  return joinPath([head, CACHE_FOLDER, `${name}.pyc`], separators)
}

/**
 * The source file whose `.pyc` lies at this path, as `importlib.util.source_from_cache`.
 *
 * @throws PyError ValueError if the path is none of a `.pyc` in a `__pycache__`.
 */
export function sourceFromCache(path: string, { separators = '/' }: PathOptions = {}): string {
  const { head, tail } = splitPath(path, separators)
  const folder = splitPath(head, separators)
  if (folder.tail !== CACHE_FOLDER) {
    throw new PyError('ValueError', `${CACHE_FOLDER} not bottom-level directory in ${strRepr(path)}`)
  }
  const parts = tail.split('.')
  if (parts.length !== 3 && parts.length !== 4) {
    throw new PyError('ValueError', `expected only 2 or 3 dots in ${strRepr(tail)}`)
  }
  if (parts.length === 4) {
    const optimization = parts[2]!
    if (!optimization.startsWith(OPTIMIZATION_PREFIX)) {
      const prefix = strRepr(OPTIMIZATION_PREFIX)
      throw new PyError('ValueError', `optimization portion of filename does not start with ${prefix}`)
    }
    if (!isAlphanumeric(optimization.slice(OPTIMIZATION_PREFIX.length))) {
      throw new PyError('ValueError', `optimization level ${strRepr(optimization)} is not an alphanumeric value`)
    }
  }
  return joinPath([folder.head, `${parts[0]}.py`], separators)
}
