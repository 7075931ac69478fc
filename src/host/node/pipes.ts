import { O_NONBLOCK, O_RDONLY, O_WRONLY, POLLERR, POLLHUP, POLLIN, POLLOUT, SystemFault } from '../../vm/platform.ts'
import type { Bridge } from './bridge.ts'

const EAGAIN = 11
const EBADF = 9
const EINTR = 4
const EPIPE = 32

/** Bytes that a pipe holds before a writer that does not want to wait is refused (Linux's). */
const CAPACITY = 65536

/** Bytes on their way to a child before writing waits. */
const AHEAD_MAX = 1 << 20

let numbers = 0

/**
 * A pipe of our own: Node can make none. A child's end of it is one of Node's streams on the main thread, which sends
 * what the child writes, and is sent what we write for it.
 */
export class Pipe {
  readonly number = ++numbers
  readers = 0
  writers = 0
  /** Whether a child holds an end, and so may read or write. */
  childReads = false
  childWrites = false
  /** The other direction of a socket whose end a child reads: it ends when the child reads no more. */
  back: Pipe | null = null
  private readonly chunks: Uint8Array[] = []
  size = 0
  /** Bytes sent for a child that it has not taken. */
  ahead = 0
  readonly bridge: Bridge
  private readonly known: Map<number, Pipe>

  /** `known`: the pipes that the main thread may speak of, while anyone holds an end of them. */
  constructor(bridge: Bridge, known: Map<number, Pipe>) {
    this.bridge = bridge
    this.known = known
    known.set(this.number, this)
  }

  /** Forgets the pipe if nobody holds an end any more. */
  release(): void {
    if (this.broken && this.ended) this.known.delete(this.number)
  }

  get ended(): boolean {
    return this.writers === 0 && !this.childWrites
  }

  get broken(): boolean {
    return this.readers === 0 && !this.childReads
  }

  add(bytes: Uint8Array): void {
    this.chunks.push(bytes.slice())
    this.size += bytes.length
  }

  /** Moves bytes out of the pipe. */
  take(into: Uint8Array): number {
    let done = 0
    while (done < into.length && this.chunks.length > 0) {
      const chunk = this.chunks[0]!
      const part = chunk.length <= into.length - done ? chunk : chunk.subarray(0, into.length - done)
      into.set(part, done)
      done += part.length
      if (part === chunk) this.chunks.shift()
      else this.chunks[0] = chunk.subarray(part.length)
    }
    this.size -= done
    if (this.childWrites && done > 0) this.bridge.tell('pipeTaken', this.number, done)
    return done
  }

  read(into: Uint8Array, nonblocking: boolean): number {
    for (;;) {
      this.bridge.drain()
      if (this.size > 0) return this.take(into)
      if (this.ended) return 0
      if (nonblocking) throw new SystemFault(EAGAIN)
      if (this.bridge.signalled) throw new SystemFault(EINTR)
      this.bridge.sleep(Number.POSITIVE_INFINITY)
    }
  }

  write(bytes: Uint8Array, nonblocking: boolean): number {
    this.bridge.drain()
    if (this.broken) throw new SystemFault(EPIPE)
    if (this.childReads) return this.send(bytes, nonblocking)
    if (nonblocking) {
      const room = CAPACITY - this.size
      if (room <= 0 || (bytes.length <= 4096 && room < bytes.length)) throw new SystemFault(EAGAIN)
      if (room < bytes.length) bytes = bytes.subarray(0, room)
    }
    this.add(bytes)
    return bytes.length
  }

  private send(bytes: Uint8Array, nonblocking: boolean): number {
    while (this.ahead > 0 && this.ahead + bytes.length > (nonblocking ? CAPACITY : AHEAD_MAX)) {
      if (nonblocking) throw new SystemFault(EAGAIN)
      if (this.bridge.signalled) throw new SystemFault(EINTR)
      this.bridge.sleep(Number.POSITIVE_INFINITY)
      this.bridge.drain()
      if (this.broken) throw new SystemFault(EPIPE)
    }
    this.ahead += bytes.length
    this.bridge.tell('pipeWrite', this.number, bytes.slice())
    return bytes.length
  }
}

/** What descriptors share that were made from each other by `dup`: an open file. */
export interface OpenFile {
  refs: number
  flags: number
  /** The descriptor of the process behind it; -1 where there is none. */
  readonly real: number
  read(into: Uint8Array): number
  write(bytes: Uint8Array): number
  close(): void
  /** Which of the events are there now. */
  ready(events: number): number
}

/** One end of a pipe, or both directions of a socket. */
export class PipeEnd implements OpenFile {
  refs = 0
  flags: number
  readonly real = -1
  readonly incoming: Pipe | null
  readonly outgoing: Pipe | null

  constructor(incoming: Pipe | null, outgoing: Pipe | null, flags: number) {
    this.incoming = incoming
    this.outgoing = outgoing
    this.flags = flags
    if (incoming !== null) incoming.readers++
    if (outgoing !== null) outgoing.writers++
  }

  private get nonblocking(): boolean {
    return (this.flags & O_NONBLOCK) !== 0
  }

  read(into: Uint8Array): number {
    if (this.incoming === null) throw new SystemFault(EBADF)
    return this.incoming.read(into, this.nonblocking)
  }

  write(bytes: Uint8Array): number {
    if (this.outgoing === null) throw new SystemFault(EBADF)
    return this.outgoing.write(bytes, this.nonblocking)
  }

  close(): void {
    const { incoming, outgoing } = this
    if (incoming !== null) {
      incoming.readers--
      // A child that goes on writing is told.
      if (incoming.broken && incoming.childWrites) incoming.bridge.tell('pipeUnread', incoming.number)
      incoming.release()
    }
    if (outgoing === null) return
    outgoing.writers--
    if (outgoing.writers === 0 && outgoing.childReads) outgoing.bridge.tell('pipeEnd', outgoing.number)
    outgoing.release()
  }

  ready(events: number): number {
    let found = 0
    const { incoming, outgoing } = this
    if (incoming !== null) {
      if (incoming.size > 0) found |= events & POLLIN
      if (incoming.ended) found |= outgoing === null ? POLLHUP : events & POLLIN
    }
    if (outgoing !== null) {
      if (outgoing.broken) found |= POLLERR
      else if (outgoing.childReads ? outgoing.ahead < CAPACITY : outgoing.size < CAPACITY) found |= events & POLLOUT
    }
    return found
  }
}

/** The two ends of a new pipe. */
export function newPipe(bridge: Bridge, pipes: Map<number, Pipe>, flags: number): [PipeEnd, PipeEnd] {
  const pipe = new Pipe(bridge, pipes)
  return [new PipeEnd(pipe, null, O_RDONLY | flags), new PipeEnd(null, pipe, O_WRONLY | flags)]
}
