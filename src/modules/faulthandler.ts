import type { Owned } from '../memory/header.ts'
import { POLL_LIMIT, poll } from '../memory/state.ts'
import { utf16 } from '../objects/access.ts'
import { defineModule } from '../objects/define_module.ts'
import { missing, runtimeError, valueError } from '../objects/errors.ts'
import type { Value } from '../objects/object.ts'
import { thread } from '../objects/thread.ts'
import { None } from '../objects/types.ts'
import { type Frame, machine } from '../vm/frame.ts'
import { sysAttribute } from '../vm/interpreter.ts'
import { platform } from '../vm/platform.ts'
import { pollServers } from '../vm/polls.ts'
import { currentFrames } from '../vm/threads.ts'
import { currentLine } from '../vm/traceback.ts'
import { fileDescriptor } from './select.ts'

/** Frames of one thread that are shown at most, and characters of a name. */
const FRAMES_MAX = 100
const TEXT_MAX = 500

const state = { enabled: false }

/** The dump that `dump_traceback_later` asked for. */
interface Later {
  readonly fd: number
  readonly interval: bigint
  due: bigint
  readonly repeat: boolean
  readonly exit: boolean
  readonly header: string
}

let later: Later | null = null

/** The descriptor of a file argument; `sys.stderr` where it is missing. */
function descriptorOf(file: Value | undefined): number {
  if (file !== undefined && file !== None) return fileDescriptor(file)
  const stderr = sysAttribute('stderr')
  if (stderr === undefined) throw runtimeError('unable to get sys.stderr')
  if (stderr === None) throw runtimeError('sys.stderr is None')
  return fileDescriptor(stderr)
}

function write(fd: number, text: string): void {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; ) at += platform().fds.write(fd, bytes.subarray(at))
}

/** A name as C's dump shows it: cut, and in ASCII. */
function shown(text: string): string {
  let out = ''
  for (const char of text.slice(0, TEXT_MAX)) {
    const cp = char.codePointAt(0)!
    if (cp >= 0x20 && cp < 0x7f) out += char
    else if (cp < 0x100) out += `\\x${cp.toString(16).padStart(2, '0')}`
    else if (cp < 0x10000) out += `\\u${cp.toString(16).padStart(4, '0')}`
    else out += `\\U${cp.toString(16).padStart(8, '0')}`
  }
  return text.length > TEXT_MAX ? out + '...' : out
}

function dumpFrames(fd: number, innermost: Frame): void {
  let count = 0
  for (let frame: Frame | null = innermost; frame !== null; frame = frame.back) {
    if (count++ >= FRAMES_MAX) {
      write(fd, '  ...\n')
      return
    }
    const line = currentLine(frame)
    const where = `  File "${shown(utf16(frame.code.filename))}", line ${line ?? '???'} in ${shown(utf16(frame.code.name))}\n`
    write(fd, where)
  }
}

const identity = (id: number) => `0x${id.toString(16).padStart(16, '0')}`

function dump(fd: number, allThreads: boolean): void {
  if (!allThreads) {
    write(fd, 'Stack (most recent call first):\n')
    if (machine.frame !== null) dumpFrames(fd, machine.frame)
    return
  }
  let first = true
  for (const [id, frame] of currentFrames()) {
    if (!first) write(fd, '\n')
    first = false
    const label = id === thread.id ? 'Current thread' : 'Thread'
    write(fd, `${label} ${identity(id)} (most recent call first):\n`)
    dumpFrames(fd, frame)
  }
}

/** `h:mm:ss`, with microseconds where there are any. */
function timeoutHeader(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1e6)
  const rest = microseconds % 1e6
  const two = (n: number) => String(n).padStart(2, '0')
  const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `Timeout (${clock}${rest === 0 ? '' : `.${String(rest).padStart(6, '0')}`})!\n`
}

/** Looks whether a dump is due; it is asked at every poll point while one is awaited. */
function serveLater(): boolean {
  if (later === null) return false
  if (platform().clock.monotonic() < later.due) {
    poll.requests |= POLL_LIMIT
    return false
  }
  const { fd, exit, header, repeat } = later
  write(fd, header)
  dump(fd, true)
  if (exit) platform().processes.exit(1)
  if (repeat) {
    later.due += later.interval
    poll.requests |= POLL_LIMIT
  } else later = null
  return false
}

let serving = false

function startLater(timeout: number, repeat: boolean, file: Value | undefined, exit: boolean): void {
  const microseconds = Math.ceil(timeout * 1e6)
  if (microseconds <= 0) throw valueError('timeout must be greater than 0')
  const interval = BigInt(microseconds) * 1000n
  const fd = descriptorOf(file)
  const due = platform().clock.monotonic() + interval
  later = { fd, interval, due, repeat, exit, header: timeoutHeader(microseconds) }
  if (!serving) pollServers.push({ bit: POLL_LIMIT, serve: serveLater })
  serving = true
  poll.requests |= POLL_LIMIT
}

/**
 * The module `faulthandler`. There are no faults that end the process here, so that `enable` only remembers; a dump that
 * was asked for later is written at the first poll point after its time.
 */
export const faulthandlerModule = defineModule('faulthandler', () => ({
  functions: {
    'enable(file = NULL, all_threads: bool = True)': (file) => {
      descriptorOf(file)
      state.enabled = true
    },
    'disable()': (): Owned<Value> => {
      const was = state.enabled
      state.enabled = false
      return was
    },
    'is_enabled()': (): Owned<Value> => state.enabled,
    'dump_traceback(file = NULL, all_threads: bool = True)': (file, all) => dump(descriptorOf(file), all),
    'dump_traceback_later(timeout: double, repeat: bool = False, file = NULL, exit: bool = False)': startLater,
    'cancel_dump_traceback_later()': () => {
      later = null
    },
    'register(signum: int, file = NULL, all_threads: bool = True, chain: bool = False)': () => {
      throw missing('faulthandler.register')
    },
    'unregister(signum: int, /)': (): Owned<Value> => false,
  },
}))
