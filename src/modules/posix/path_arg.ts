import { drop } from '../../memory/counted.ts'
import { asInt, asStr } from '../../objects/access.ts'
import { lookupSpecial } from '../../objects/attributes.ts'
import { bufferBytes, hasBuffer } from '../../objects/buffer.ts'
import { isBytes } from '../../objects/bytes_like.ts'
import { overflowError, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_DeprecationWarning } from '../../objects/exception_types.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import type { Value } from '../../objects/object.ts'
import { None, typeOf } from '../../objects/types.ts'
import { warn } from '../../objects/warn.ts'
import { fspath, systemPath } from '../../vm/fspath.ts'
import { osError } from '../../vm/os_error.ts'
import { type Path, platform, SystemFault } from '../../vm/platform.ts'
import { interruptible } from '../../vm/signals.ts'

/** What a function of `posix` was told to work on. */
export interface PathArg {
  /** The path, for the platform. */
  readonly path: Path
  /** The descriptor given in place of a path, or −1. */
  readonly fd: number
  /** What was given, borrowed: errors name it. */
  readonly given: Value
  /** Whether it was bytes, and so names must be too. */
  readonly bytes: boolean
}

/** What else than a path an argument may be. */
export interface PathOptions {
  readonly fd?: boolean
  /** None means the current directory. */
  readonly none?: boolean
  /** The argument's name, `path` by default. */
  readonly name?: string
}

function wanted({ fd, none }: PathOptions): string {
  if (fd === true)
    return none === true ? 'string, bytes, os.PathLike, integer or None' : 'string, bytes, os.PathLike or integer'
  return none === true ? 'string, bytes, os.PathLike or None' : 'string, bytes or os.PathLike'
}

/** A C `int` for a descriptor. */
export function toFd(value: Value): number {
  const number = toIndex(value)
  if (number > 0x7fffffff) throw overflowError('fd is greater than maximum')
  if (number < -0x80000000) throw overflowError('fd is less than minimum')
  return Number(number)
}

/** Reads a path argument of the function `name` (CPython's `path_converter`). */
export function pathArg(value: Value, name: string, options: PathOptions = {}): PathArg {
  if (value === None && options.none === true) return { path: '.', fd: -1, given: None, bytes: false }
  if (asStr(value) !== undefined) return { path: systemPath(value), fd: -1, given: value, bytes: false }
  if (isBytes(value)) return { path: systemPath(value), fd: -1, given: value, bytes: true }
  if (options.fd === true && (asInt(value) !== undefined || typeOf(value).nb_index !== undefined)) {
    return { path: '', fd: toFd(value), given: value, bytes: false }
  }
  if (hasBuffer(value)) {
    const text = `${name}: ${options.name ?? 'path'} should be ${wanted(options)}, not ${typeOf(value).name}`
    warn(PyExc_DeprecationWarning, text, 1)
    const bytes = bufferBytes(value).slice()
    if (bytes.includes(0)) throw valueError('embedded null byte')
    return { path: bytes, fd: -1, given: value, bytes: true }
  }
  if (hasPathMethod(value)) {
    const path = fspath(value)
    try {
      return { path: systemPath(path), fd: -1, given: value, bytes: isBytes(path) }
    } finally {
      drop(path)
    }
  }
  throw typeError(`${name}: ${options.name ?? 'path'} should be ${wanted(options)}, not ${typeOf(value).name}`)
}

function hasPathMethod(value: Value): boolean {
  const method = lookupSpecial(value, '__fspath__')
  drop(method)
  return method !== undefined
}

/** The descriptor of a `dir_fd` argument, or −1 for none. */
export function dirFd(value: Value): number {
  if (value === None) return -1
  if (asInt(value) === undefined && typeOf(value).nb_index === undefined) {
    throw typeError(`argument should be integer or None, not ${typeOf(value).name}`)
  }
  return toFd(value)
}

/** A path relative to an open directory. */
export function within(path: Path, directory: number): Path {
  if (directory < 0 || startsAtRoot(path)) return path
  const base = platform().fds.pathOf(directory)
  if (typeof path === 'string' && typeof base === 'string') return `${base}/${path}`
  const [left, right] = [bytesOf(base), bytesOf(path)]
  const out = new Uint8Array(left.length + 1 + right.length)
  out.set(left)
  out[left.length] = 47
  out.set(right, left.length + 1)
  return out
}

const bytesOf = (path: Path) => (typeof path === 'string' ? new TextEncoder().encode(path) : path)

function startsAtRoot(path: Path): boolean {
  return typeof path === 'string' ? path.startsWith('/') : path[0] === 47
}

/** Does something with a path; the OSError of a refusal names it, and a second one. */
export function onPath<T>(arg: PathArg, operation: () => T, second?: PathArg): T {
  try {
    return interruptible(operation)
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
    throw osError(error.errno, arg.given === None ? undefined : arg.given, second?.given)
  }
}

/** ValueError where arguments exclude each other. */
export function refuseTogether(refuse: boolean, name: string, what: string): void {
  if (refuse) throw valueError(`${name}: ${what}`)
}
