import { encodeUtf8 } from '../base/utf8.ts'
import { O_CLOEXEC, O_RDONLY, platform, SEEK_END, SystemFault } from './platform.ts'

/** What the machine itself asks of the platform, past Python's streams and files. */

const CHUNK = 1 << 16

const EBADF = 9

/** The bytes of a file, or `null` where there is none that can be read. */
export function readFile(path: string): Uint8Array | null {
  const { fds } = platform()
  let fd: number
  try {
    fd = fds.open(path, O_RDONLY | O_CLOEXEC, 0)
  } catch (error) {
    if (error instanceof SystemFault) return null
    throw error
  }
  try {
    return readAll(fd)
  } catch (error) {
    if (error instanceof SystemFault) return null
    throw error
  } finally {
    fds.close(fd)
  }
}

/** All that can be read from a descriptor. Throws SystemFault. */
export function readAll(fd: number): Uint8Array {
  const { fds } = platform()
  let bytes = new Uint8Array(CHUNK)
  let size = 0
  for (;;) {
    if (size === bytes.length) {
      const larger = new Uint8Array(2 * size)
      larger.set(bytes)
      bytes = larger
    }
    const count = fds.read(fd, bytes.subarray(size))
    if (count === 0) return bytes.subarray(0, size)
    size += count
  }
}

/** Writes text to the process's error stream: fatal errors, `-v`, `-X importtime`. Failures are of no interest. */
export function writeError(text: string): void {
  const { fds } = platform()
  let bytes = encodeUtf8(text)
  try {
    while (bytes.length > 0) bytes = bytes.subarray(fds.write(2, bytes))
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
  }
}

/** Seconds of a clock that only goes forward, with their fraction. */
export function perfCounter(): number {
  return Number(platform().clock.monotonic()) / 1e9
}

/** A file that is read at places; it stays open under a number of which programs do not know. */
export class KeptFile {
  private readonly path: string
  private readonly fd: number

  private constructor(path: string, fd: number) {
    this.path = path
    this.fd = fd
  }

  /** Opens a file under this number, since programs count on the lowest for what they open; throws SystemFault. */
  static open(path: string, fd: number): KeptFile {
    const { fds } = platform()
    const opened = fds.open(path, O_RDONLY | O_CLOEXEC, 0)
    fds.dup2(opened, fd, false)
    fds.close(opened)
    return new KeptFile(path, fd)
  }

  get size(): number {
    return platform().fds.lseek(this.fd, 0, SEEK_END)
  }

  /** The bytes at an offset, fewer where the file ends; throws SystemFault. */
  read(offset: number, size: number): Uint8Array {
    const bytes = new Uint8Array(size)
    let at = 0
    while (at < size) {
      const count = this.readSome(bytes.subarray(at), offset + at)
      if (count === 0) break
      at += count
    }
    return bytes.subarray(0, at)
  }

  /** Programs may close every number that there is. */
  private readSome(into: Uint8Array, offset: number): number {
    const { fds } = platform()
    try {
      return fds.pread(this.fd, into, offset)
    } catch (error) {
      if (!(error instanceof SystemFault) || error.errno !== EBADF) throw error
      KeptFile.open(this.path, this.fd)
      return fds.pread(this.fd, into, offset)
    }
  }
}
