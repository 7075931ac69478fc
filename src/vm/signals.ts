import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { POLL_SIGNAL } from '../memory/state.ts'
import type { Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { None } from '../objects/types.ts'
import { EINTR } from './errno.ts'
import { machine } from './frame.ts'
import { type Platform, platform, SystemFault } from './platform.ts'
import { pollServers } from './polls.ts'
import { frameObject } from './traceback.ts'

/** `signal.NSIG`: one more than the highest number of a signal. */
export const NSIG = 65

/** Python's handlers by the signal's number; `undefined` where the signal is not Python's to handle. */
export const signalHandlers: (Owned<Value> | undefined)[] = new Array(NSIG).fill(undefined)

/** The descriptor that a byte is written to for each signal; −1 for none (`signal.set_wakeup_fd`). */
export const wakeup = { fd: -1, warnOnFullBuffer: true }

/** Signals that have come and wait for their handler, in order. */
const waiting: number[] = []

function writeWakeup(signum: number): void {
  try {
    platform().fds.write(wakeup.fd, new Uint8Array([signum]))
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
  }
}

/** Runs the handlers of all signals that have come (`PyErr_CheckSignals`); throws what a handler throws. */
export function checkSignals(): void {
  for (const signum of platform().signals.take()) {
    if (wakeup.fd >= 0) writeWakeup(signum)
    waiting.push(signum)
  }
  while (waiting.length > 0) runHandler(waiting.shift()!)
}

/** Whether signals wait to be handled. */
export function signalsWait(): boolean {
  return waiting.length > 0
}

/** Handles a signal as if it had come now. */
export function simulateSignal(signum: number): void {
  if (signalHandlers[signum] === undefined) return
  if (wakeup.fd >= 0) writeWakeup(signum)
  waiting.push(signum)
  checkSignals()
}

function runHandler(signum: number): void {
  const handler = signalHandlers[signum]
  if (handler === undefined || typeof handler !== 'object') return
  const frame: Owned<Value> = machine.frame === null ? keep(None) : frameObject(machine.frame)
  keep(handler)
  try {
    drop(call(handler, [signum, frame]))
  } finally {
    drop(handler)
    drop(frame)
  }
}

pollServers.push({
  bit: POLL_SIGNAL,
  serve: () => {
    checkSignals()
    return false
  },
})

/** Makes a call that signals may interrupt, again after their handlers have run (PEP 475). */
export function interruptible<T>(operation: (machine: Platform) => T): T {
  for (;;) {
    try {
      return operation(platform())
    } catch (error) {
      if (!(error instanceof SystemFault) || error.errno !== EINTR) throw error
      checkSignals()
    }
  }
}
