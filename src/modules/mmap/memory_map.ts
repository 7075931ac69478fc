import { platform, S_IFMT, S_IFREG } from '../../vm/platform.ts'

export const ACCESS_DEFAULT = 0
export const ACCESS_READ = 1
export const ACCESS_WRITE = 2
export const ACCESS_COPY = 3

/**
 * Memory that stands for a part of a file, or for none. JavaScript cannot map files: the part is read when the map is
 * made, and what is written to a shared map goes to the file at once. What others write to the file meanwhile is not seen.
 */
export class MemoryMap {
  bytes: Uint8Array
  /** Where the next read or write happens. */
  at = 0
  /** Views that programs have of the memory: it must not move while there are any. */
  exports = 0
  readonly access: number
  readonly offset: number
  /** A descriptor of our own, or -1. */
  private fd: number
  /** Whether the file gets what is written. */
  private readonly isShared: boolean

  constructor(fd: number, size: number, access: number, offset: number, isShared: boolean) {
    this.bytes = new Uint8Array(size)
    this.access = access
    this.offset = offset
    this.isShared = isShared && fd >= 0 && access !== ACCESS_READ
    this.fd = fd < 0 ? -1 : platform().fds.dup(fd, false)
    if (this.fd >= 0) this.load()
  }

  private load(): void {
    const { fds } = platform()
    let at = 0
    while (at < this.bytes.length) {
      const count = fds.pread(this.fd, this.bytes.subarray(at), this.offset + at)
      if (count === 0) return
      at += count
    }
  }

  get isOfFile(): boolean {
    return this.fd >= 0
  }

  /** The size of the file below, or `null` where there is none. */
  fileSize(): number | null {
    return this.fd < 0 ? null : platform().fds.fstat(this.fd).size
  }

  /** Writes a part of the memory to the file; past the file's end there is nothing to write to. */
  save(from: number, to: number): void {
    if (!this.isShared || from >= to) return
    const { fds } = platform()
    const stat = fds.fstat(this.fd)
    const isFile = (stat.mode & S_IFMT) === S_IFREG
    const end = isFile ? Math.min(to, stat.size - this.offset) : to
    for (let at = from; at < end; ) at += fds.pwrite(this.fd, this.bytes.subarray(at, end), this.offset + at)
  }

  resize(size: number): void {
    if (this.fd >= 0) platform().fds.ftruncate(this.fd, this.offset + size)
    const resized = new Uint8Array(size)
    resized.set(this.bytes.subarray(0, size))
    this.bytes = resized
  }

  /** Gives up the descriptor. */
  close(): void {
    if (this.fd >= 0) platform().fds.close(this.fd)
    this.fd = -1
  }
}
