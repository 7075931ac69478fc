import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { Path, SpawnRequest } from '../../vm/platform.ts'
import { SystemFault } from '../../vm/platform.ts'

/** Words of the memory that both threads share: `pollWords` of the memory floor. */
export const WORD_POLL = 0
/** Grows with each event, so that a sleeper can tell that one came. */
export const WORD_EVENTS = 1
/** Signals that have come: bit n−1 of the first word for signal n up to 32, of the second from 33 on. */
export const WORD_SIGNALS = 2
/** Not zero while Python starts, ends or imports modules. */
export const WORD_IMPORTS = 4

/** What the thread of Python asks of the main thread, which knows what Node tells no other thread. */
export interface Calls {
  chdir(path: Path): void
  umask(mask: number): number
  /** Takes bytes of standard input, when there are some: at once where `wait` is false. `null` tells to wait. */
  readInput(size: number): Uint8Array | null
  inputReady(): boolean
  terminalSize(fd: number): [columns: number, lines: number]
  setDisposition(signum: number, disposition: string): boolean
  kill(pid: number, signum: number): void
  setTimer(seconds: number, interval: number): [number, number]
  getTimer(): [number, number]
  spawn(request: SpawnFromWorker): number
  getPriority(pid: number): number
  setPriority(pid: number, priority: number): void
  exit(status: number): void
  dieBySignal(signum: number): void
  readLine(prompt: string): void
  setHistory(lines: readonly string[]): void
}

/** A child to start; its descriptors are real ones, or the pipes of the machine's own by their number. */
export interface SpawnFromWorker extends Omit<SpawnRequest, 'fds'> {
  readonly stdio: readonly (number | { pipe: number; mode: 'read' | 'write' } | null)[]
}

/** What the main thread tells without being asked. */
export type News =
  | { readonly kind: 'input' }
  | { readonly kind: 'pipe'; readonly pipe: number; readonly data: Uint8Array | null }
  | { readonly kind: 'taken'; readonly pipe: number; readonly size: number; readonly closed: boolean }
  | { readonly kind: 'exit'; readonly pid: number; readonly status: number }
  | { readonly kind: 'line'; readonly line: string | null | undefined }
  | { readonly kind: 'complete'; readonly id: number; readonly line: string }

/** An answer to a call, or news. */
export type Message =
  | { readonly answer: unknown }
  | { readonly errno: number }
  | { readonly failure: string }
  | { readonly news: News }

/** The way from where Python runs to what Node allows on its main thread only. */
export interface Bridge {
  /** The memory that both threads share, by the words named above. */
  readonly words: Int32Array
  /** Who wants news, by kind. */
  readonly listeners: { [K in News['kind']]?: (news: Extract<News, { kind: K }>) => void }
  /** Asks and waits for the answer. */
  call<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): ReturnType<Calls[K]>
  /** Tells something that has no answer. */
  tell(name: string, ...args: unknown[]): void
  /** Passes on all news that have come. */
  drain(): void
  /** Whether a signal waits to be served. */
  readonly signalled: boolean
  /** Sleeps until something has happened since the last `drain`, at most so many milliseconds; false if nothing did. */
  sleep(milliseconds: number): boolean
}

/** The bridge of a worker thread. */
export class ThreadBridge implements Bridge {
  private readonly port: MessagePort
  readonly words: Int32Array
  private seen = 0
  readonly listeners: Bridge['listeners'] = {}

  constructor(port: MessagePort, words: Int32Array) {
    this.port = port
    this.words = words
  }

  call<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): ReturnType<Calls[K]> {
    this.port.postMessage({ call: name, args })
    for (;;) {
      const seen = Atomics.load(this.words, WORD_EVENTS)
      const got = this.receive()
      if (got === undefined) {
        Atomics.wait(this.words, WORD_EVENTS, seen)
        continue
      }
      if ('answer' in got) return got.answer as ReturnType<Calls[K]>
      if ('errno' in got) throw new SystemFault(got.errno)
      throw new Error(got.failure)
    }
  }

  tell(name: string, ...args: unknown[]): void {
    this.port.postMessage({ tell: name, args })
  }

  /** The next answer; news before it are given to who wants them. */
  private receive(): Exclude<Message, { news: News }> | undefined {
    for (;;) {
      const got = receiveMessageOnPort(this.port)
      if (got === undefined) return undefined
      const message = got.message as Message
      if (!('news' in message)) return message
      this.pass(message.news)
    }
  }

  private pass(news: News): void {
    this.listeners[news.kind]?.(news as never)
  }

  drain(): void {
    this.seen = Atomics.load(this.words, WORD_EVENTS)
    this.receive()
  }

  get signalled(): boolean {
    return this.words[WORD_SIGNALS] !== 0 || this.words[WORD_SIGNALS + 1] !== 0
  }

  sleep(milliseconds: number): boolean {
    return Atomics.wait(this.words, WORD_EVENTS, this.seen, milliseconds) !== 'timed-out'
  }
}
