import * as fs from 'node:fs'
import * as tty from 'node:tty'
import { pollWords } from '../../memory/state.ts'
import { SystemFault } from '../../vm/platform.ts'
import { type Bridge, type Calls, WORD_SIGNALS } from './bridge.ts'
import { fault } from './faults.ts'

const ENOSYS = 38
const ENOTTY = 25
const EAGAIN = 11

/** What can be done at once on the main thread itself: no signal is noticed, no child started, while Python runs there. */
const calls: Partial<Calls> = {
  chdir: (path) => process.chdir(typeof path === 'string' ? path : Buffer.from(path).toString('latin1')),
  umask: (mask) => process.umask(mask),
  terminalSize: (fd) => {
    const stream = [process.stdout, process.stderr].find((output) => output.isTTY === true)
    if (stream === undefined || !tty.isatty(fd)) throw new SystemFault(ENOTTY)
    return stream.getWindowSize()
  },
  readInput: (size) => {
    const bytes = new Uint8Array(size)
    for (;;) {
      try {
        return bytes.subarray(0, fs.readSync(0, bytes))
      } catch (error) {
        const refused = fault(error)
        if (!(refused instanceof SystemFault) || refused.errno !== EAGAIN) throw refused
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
      }
    }
  },
  inputReady: () => true,
  setDisposition: (signum) => signum !== 9 && signum !== 19,
  kill: (pid, signum) => void process.kill(pid, signum),
  getTimer: () => [0, 0],
  exit: (status) => process.exit(status),
  dieBySignal: (signum) => process.exit(128 + signum),
}

/** The bridge where Python runs on the main thread. */
export class LocalBridge implements Bridge {
  readonly words = pollWords
  readonly listeners: Bridge['listeners'] = {}

  call<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): ReturnType<Calls[K]> {
    const call = calls[name] as ((...args: unknown[]) => unknown) | undefined
    if (call === undefined) throw new SystemFault(ENOSYS)
    try {
      return call(...args) as ReturnType<Calls[K]>
    } catch (error) {
      throw fault(error)
    }
  }

  tell(): void {}

  drain(): void {}

  get signalled(): boolean {
    return this.words[WORD_SIGNALS] !== 0 || this.words[WORD_SIGNALS + 1] !== 0
  }

  sleep(milliseconds: number): boolean {
    return Atomics.wait(this.words, WORD_SIGNALS, 0, milliseconds) !== 'timed-out'
  }
}
