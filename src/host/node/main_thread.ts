import type * as childProcess from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import * as fs from 'node:fs'
import type * as nodeOs from 'node:os'
import type { Readable, Writable } from 'node:stream'
import type * as tty from 'node:tty'
import type { MessagePort } from 'node:worker_threads'
import { type Path, SystemFault } from '../../vm/platform.ts'
import {
  type Calls,
  type Message,
  type News,
  type SpawnFromWorker,
  WORD_EVENTS,
  WORD_IMPORTS,
  WORD_POLL,
  WORD_SIGNALS,
} from './bridge.ts'
import { fault } from './faults.ts'
import type { TerminalEditor } from './terminal_editor.ts'

const ENOENT = 2
const ENOTDIR = 20
const ENOTTY = 25
const SIGCHLD = 17

/** `POLL_SIGNAL` and `POLL_REENTER` of the memory floor. */
const POLL_SIGNAL = 2
const POLL_REENTER = 32

/**
 * When it is looked whether the program still imports, in milliseconds: first when Python has mostly started, then at these
 * intervals, while imports last at longer ones, since a look takes time from them. And how much time imports may take.
 */
const FIRST_LOOK = 40
const LOOK_INTERVAL = 25
const LOOK_INTERVAL_MAX = 100
const IMPORT_TIME_MAX = 1500

/** How often the loop is entered anew, in milliseconds; a program that has run for as many intervals gets along with less. */
const REENTER_OFTEN = 5
const REENTER_SELDOM = 50
const INTERVALS_OFTEN = 1000

const os = () => process.getBuiltinModule('node:os') as typeof nodeOs

function signalName(signum: number): NodeJS.Signals | undefined {
  const { signals } = os().constants
  return (Object.keys(signals) as NodeJS.Signals[]).find((name) => signals[name] === signum)
}

/** Signals that no process can catch. */
const UNCATCHABLE = [9, 19]

function text(path: Path): string {
  return typeof path === 'string' ? path : Buffer.from(path).toString('latin1')
}

/** `ChildProcess.spawn`, which unlike `child_process.spawn` tells at once why a program cannot be started. */
type SpawnableProcess = ChildProcess & { spawn(options: object): number }

/** Whether a child's standard error goes where its standard output goes. */
function sharesOutput([, out, err]: SpawnFromWorker['stdio']): boolean {
  if (out === null || err === null || typeof out !== 'object' || typeof err !== 'object') return false
  return out.pipe === err.pipe
}

/** The options of a child. Node has one pipe for each descriptor: to share one, a shell joins them before the program. */
function childOptions(request: SpawnFromWorker, executable: string): object {
  const { args, env, cwd, stdio, newSession, uid, gid } = request
  const strings = args.map(text)
  const joined = sharesOutput(stdio)
  if (joined) fs.accessSync(executable, fs.constants.X_OK)
  return {
    file: joined ? '/bin/sh' : executable,
    args: joined ? ['sh', '-c', 'exec "$0" "$@" 2>&1', executable, ...strings.slice(1)] : strings,
    envPairs: env === null ? Object.entries(process.env).map(([name, value]) => `${name}=${value}`) : env.map(text),
    cwd: cwd === null ? undefined : text(cwd),
    detached: newSession,
    stdio: stdio.map((entry, fd) => {
      if (entry === null || (joined && fd === 2)) return 'ignore'
      return typeof entry === 'number' ? entry : 'pipe'
    }),
    ...(uid === null ? {} : { uid }),
    ...(gid === null ? {} : { gid }),
  }
}

/** Bytes that a child may be ahead of the program that reads from it. */
const AHEAD_MAX = 1 << 20

/** One child's end of a pipe. */
interface ChildPipe {
  stream: Readable | Writable
  ahead: number
}

/**
 * What the main thread does for the thread that runs Python: it catches signals, reads standard input, starts children,
 * keeps time, edits lines, while that thread computes or sleeps.
 */
export class MainThread {
  private readonly port: MessagePort
  private readonly words: Int32Array
  private readonly handlers = new Map<number, () => void>()
  private readonly pipes = new Map<number, ChildPipe>()
  private readonly toChildren = new Map<number, Writable>()
  private readonly ends = new Set<number>()
  private timer: { handle: NodeJS.Timeout; due: number; interval: number } | null = null
  private input: { ended: boolean; waiting: boolean } | null = null
  private editor: TerminalEditor | null = null
  private history: string[] = []

  /** `onRun` is called when the program has started and imported what it needs. */
  constructor(port: MessagePort, words: Int32Array, onRun: () => void) {
    this.port = port
    this.words = words
    this.awaitRun(onRun)
    port.on('message', (message: { call?: keyof Calls; tell?: string; args: never[] }) => {
      if (message.call !== undefined) this.answer(message.call, message.args)
      else this.told(message.tell!, message.args)
    })
  }

  /** Calls `onRun` once the program is found busy with something else than imports, twice one after the other. */
  private awaitRun(onRun: () => void, interval = FIRST_LOOK, busy = false): void {
    const look = () => {
      const { user, system } = process.cpuUsage()
      const imports = this.words[WORD_IMPORTS] !== 0 && user + system < 1000 * IMPORT_TIME_MAX
      if (imports) return this.awaitRun(onRun, Math.min(2 * interval, LOOK_INTERVAL_MAX))
      if (!busy) return this.awaitRun(onRun, LOOK_INTERVAL, true)
      onRun()
      this.reenter(0)
    }
    setTimeout(look, interval).unref()
  }

  /** Has the loop go over to what V8 has compiled meanwhile. */
  private reenter(count: number): void {
    Atomics.or(this.words, WORD_POLL, POLL_REENTER)
    setTimeout(() => this.reenter(count + 1), count < INTERVALS_OFTEN ? REENTER_OFTEN : REENTER_SELDOM).unref()
  }

  private send(message: Message): void {
    this.port.postMessage(message)
    this.wake()
  }

  private news(news: News): void {
    this.send({ news })
  }

  private wake(): void {
    Atomics.add(this.words, WORD_EVENTS, 1)
    Atomics.notify(this.words, WORD_EVENTS)
  }

  private answer(name: keyof Calls, args: never[]): void {
    try {
      const call = this.calls[name] as (...args: never[]) => unknown
      this.send({ answer: call(...args) })
    } catch (error) {
      const refused = fault(error)
      if (refused instanceof SystemFault) this.send({ errno: refused.errno })
      else this.send({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }

  private told(name: string, args: readonly unknown[]): void {
    if (name === 'pipeWrite') this.writeToChild(args[0] as number, args[1] as Uint8Array)
    else if (name === 'pipeUnread') this.pipes.get(args[0] as number)?.stream.destroy()
    else if (name === 'pipeEnd') this.endOfInput(args[0] as number)
    else if (name === 'pipeTaken') this.taken(args[0] as number, args[1] as number)
    else if (name === 'completed') this.editor?.completed(args[0] as number, args[1] as never)
  }

  /** Lets the Python thread know of a signal. It is told again until it has looked: its own writes may lose the flag. */
  signalled(signum: number): void {
    Atomics.or(this.words, WORD_SIGNALS + (signum > 32 ? 1 : 0), 1 << ((signum - 1) & 31))
    this.remind()
  }

  private remind(): void {
    if (this.words[WORD_SIGNALS] === 0 && this.words[WORD_SIGNALS + 1] === 0) return
    Atomics.or(this.words, WORD_POLL, POLL_SIGNAL)
    this.wake()
    setTimeout(() => this.remind(), 10).unref()
  }

  private readonly calls: Calls = {
    chdir: (path) => process.chdir(text(path)),
    umask: (mask) => process.umask(mask),
    terminalSize: (fd) => {
      for (const stream of [process.stdout, process.stderr]) {
        if (stream.isTTY === true) return stream.getWindowSize()
      }
      const { isatty, WriteStream } = process.getBuiltinModule('node:tty') as typeof tty
      if (!isatty(fd)) throw new SystemFault(ENOTTY)
      return new WriteStream(fd).getWindowSize()
    },
    readInput: (size) => this.readInput(size),
    inputReady: () => {
      this.openInput()
      return this.input!.ended || process.stdin.readableLength > 0
    },
    setDisposition: (signum, disposition) => this.setDisposition(signum, disposition),
    kill: (pid, signum) => {
      if (pid === process.pid && this.handlers.has(signum)) this.handlers.get(signum)!()
      else process.kill(pid, signum)
    },
    setTimer: (seconds, interval) => this.setTimer(seconds, interval),
    getTimer: () => this.getTimer(),
    spawn: (request) => this.spawn(request),
    getPriority: (pid) => os().getPriority(pid),
    setPriority: (pid, priority) => os().setPriority(pid, priority),
    exit: (status) => this.exit(status),
    dieBySignal: (signum) => {
      this.editor?.close()
      const name = signalName(signum)!
      process.removeAllListeners(name)
      process.kill(process.pid, signum)
      setTimeout(() => process.exit(128 + signum), 100)
    },
    readLine: (prompt) => void this.edit(prompt),
    setHistory: (lines) => {
      this.history = [...lines].reverse()
    },
  }

  /** Lets the user edit a line; the editor is loaded when the first is asked for. */
  private async edit(prompt: string): Promise<void> {
    this.input = null
    const { TerminalEditor: Editor } = await import('./terminal_editor.ts')
    this.editor ??= new Editor({
      line: (line) => this.news({ kind: 'line', line }),
      complete: (id, line) => this.news({ kind: 'complete', id, line }),
      interrupt: () => this.signalled(2),
    })
    this.editor.history = this.history
    this.editor.readLine(prompt)
  }

  /** Ends the process; what a terminal was set to is put back. */
  exit(status: number): void {
    this.editor?.close()
    process.exit(status)
  }

  private openInput(): void {
    if (this.input !== null) return
    const input = { ended: false, waiting: false }
    this.input = input
    const ready = () => {
      if (input.waiting) this.news({ kind: 'input' })
      input.waiting = false
    }
    process.stdin.on('readable', ready)
    const ended = () => {
      input.ended = true
      ready()
    }
    process.stdin.on('end', ended)
    process.stdin.on('error', ended)
  }

  private readInput(size: number): Uint8Array | null {
    this.openInput()
    const input = this.input!
    process.stdin.ref?.()
    const available = process.stdin.readableLength
    const got: Buffer | null = process.stdin.read(available > 0 ? Math.min(size, available) : undefined)
    if (got !== null) {
      if (got.length <= size) return got
      process.stdin.unshift(got.subarray(size))
      return got.subarray(0, size)
    }
    if (input.ended) return new Uint8Array(0)
    input.waiting = true
    return null
  }

  private setDisposition(signum: number, disposition: string): boolean {
    const name = signalName(signum)
    if (name === undefined || UNCATCHABLE.includes(signum)) return false
    const old = this.handlers.get(signum)
    if (old !== undefined) process.removeListener(name, old)
    this.handlers.delete(signum)
    if (disposition === 'default') return true
    const handler = disposition === 'ignore' ? () => {} : () => this.signalled(signum)
    try {
      process.on(name, handler)
    } catch {
      return false
    }
    this.handlers.set(signum, handler)
    return true
  }

  private setTimer(seconds: number, interval: number): [number, number] {
    const before = this.getTimer()
    if (this.timer !== null) clearTimeout(this.timer.handle)
    this.timer = null
    if (seconds > 0) this.startTimer(seconds, interval)
    return before
  }

  private startTimer(seconds: number, interval: number): void {
    const handle = setTimeout(() => {
      this.timer = null
      if (interval > 0) this.startTimer(interval, interval)
      const handler = this.handlers.get(14)
      if (handler !== undefined) handler()
      else process.kill(process.pid, 14)
    }, seconds * 1000)
    this.timer = { handle, due: performance.now() + seconds * 1000, interval }
  }

  private getTimer(): [number, number] {
    if (this.timer === null) return [0, 0]
    return [Math.max(1e-6, (this.timer.due - performance.now()) / 1000), this.timer.interval]
  }

  private spawn(request: SpawnFromWorker): number {
    const { ChildProcess: Child } = process.getBuiltinModule('node:child_process') as typeof childProcess
    let errno = ENOENT
    for (const executable of request.executables) {
      const child = new Child() as SpawnableProcess
      const refused = child.spawn(childOptions(request, text(executable)))
      if (refused === 0 && child.pid !== undefined) {
        this.connect(child, request.stdio)
        return child.pid
      }
      child.on('error', () => {})
      errno = refused < 0 ? -refused : ENOENT
      if (errno !== ENOENT && errno !== ENOTDIR) break
    }
    throw new SystemFault(errno)
  }

  private connect(child: ChildProcess, stdio: SpawnFromWorker['stdio']): void {
    child.on('error', () => {})
    stdio.forEach((entry, fd) => {
      if (entry === null || typeof entry === 'number') return
      const stream = child.stdio[fd]
      // One of two descriptors for the same pipe has no stream of its own.
      if (stream === null || stream === undefined) return
      if (entry.mode === 'read') this.feed(entry.pipe, stream as Writable)
      else this.listen(entry.pipe, stream as Readable)
    })
    child.on('exit', (code, signal) => {
      const status = signal === null ? (code ?? 0) << 8 : os().constants.signals[signal]
      this.news({ kind: 'exit', pid: child.pid!, status })
      if (this.handlers.has(SIGCHLD)) this.signalled(SIGCHLD)
    })
  }

  private feed(pipe: number, stream: Writable): void {
    this.toChildren.set(pipe, stream)
    const closed = () => {
      this.toChildren.delete(pipe)
      this.news({ kind: 'taken', pipe, size: 0, closed: true })
    }
    stream.on('error', closed)
    stream.on('close', closed)
    if (this.ends.has(pipe)) stream.end()
  }

  private listen(pipe: number, stream: Readable): void {
    const state: ChildPipe = { stream, ahead: 0 }
    this.pipes.set(pipe, state)
    stream.on('data', (data: Buffer) => {
      state.ahead += data.length
      if (state.ahead > AHEAD_MAX) stream.pause()
      this.news({ kind: 'pipe', pipe, data: new Uint8Array(data) })
    })
    const ended = () => {
      if (this.pipes.delete(pipe)) this.news({ kind: 'pipe', pipe, data: null })
    }
    stream.on('end', ended)
    stream.on('close', ended)
    stream.on('error', ended)
  }

  private taken(pipe: number, size: number): void {
    const state = this.pipes.get(pipe)
    if (state === undefined) return
    state.ahead -= size
    if (state.ahead <= AHEAD_MAX / 2) (state.stream as Readable).resume()
  }

  private writeToChild(pipe: number, data: Uint8Array): void {
    const stream = this.toChildren.get(pipe)
    if (stream === undefined || stream.destroyed) return
    stream.write(data, () => this.news({ kind: 'taken', pipe, size: data.length, closed: false }))
  }

  private endOfInput(pipe: number): void {
    this.ends.add(pipe)
    this.toChildren.get(pipe)?.end()
  }
}
