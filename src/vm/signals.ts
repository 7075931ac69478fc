import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { POLL_SIGNAL, poll } from '../memory/state.ts'
import type { Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { thread } from '../objects/thread.ts'
import { None } from '../objects/types.ts'
import { EINTR } from './errno.ts'
import { frameObject, machine } from './frame.ts'
import { type Platform, platform, SystemFault } from './platform.ts'
import { pollServers } from './polls.ts'

/** `signal.NSIG`: one more than the highest number of a signal. */
export const NSIG = 65

/** Python's handlers by the signal's number; `undefined` where the signal is not Python's to handle. */
export const signalHandlers: (Owned<Value> | undefined)[] = new Array(NSIG).fill(undefined)

/** The descriptor that a byte is written to for each signal; −1 for none (`signal.set_wakeup_fd`). */
export const wakeup = { fd: -1, warnOnFullBuffer: true }

/** Signals that have come and wait for their handler, in order. */
const waiting: number[] = []

/** The id of the thread that handles signals. */
export const MAIN_THREAD = 1

/** Signals that wait until they are let through (`pthread_sigmask`). */
export let blockedSignals: ReadonlySet<number> = new Set()

/** Changes which signals wait. What nobody handles must be caught to wait, and does its work when it is let through. */
export function setBlocked(signals: ReadonlySet<number>): void {
  const { signals: machine } = platform()
  for (const signum of signals) {
    if (!blockedSignals.has(signum) && machine.disposition(signum) === 'default')
      machine.setDisposition(signum, 'handle')
  }
  const freed = [...blockedSignals].filter((signum) => !signals.has(signum))
  blockedSignals = signals
  for (const signum of freed) {
    if (typeof signalHandlers[signum] === 'object' || machine.disposition(signum) !== 'handle') continue
    machine.setDisposition(signum, 'default')
    if (takeWaiting(signum)) machine.raise(signum)
  }
}

function writeWakeup(signum: number): void {
  try {
    platform().fds.write(wakeup.fd, new Uint8Array([signum]))
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
  }
}

/** Runs the handlers of all signals that have come (`PyErr_CheckSignals`); throws what a handler throws. */
export function checkSignals(): void {
  if (thread.id !== MAIN_THREAD) return
  noteSignals()
  for (let i = 0; i < waiting.length; ) {
    const signum = waiting[i]!
    if (blockedSignals.has(signum)) i++
    else {
      waiting.splice(i, 1)
      runHandler(signum)
    }
  }
}

/** Looks which signals have come, and lets them wait. */
export function noteSignals(): void {
  for (const signum of platform().signals.take()) arrived(signum)
}

function arrived(signum: number): void {
  if (wakeup.fd >= 0) writeWakeup(signum)
  if (!waiting.includes(signum)) waiting.push(signum)
}

/** The signals that have come and were not handled. */
export function waitingSignals(): readonly number[] {
  return waiting
}

/** Takes a signal that waits, unhandled; false if it does not. */
export function takeWaiting(signum: number): boolean {
  const at = waiting.indexOf(signum)
  if (at >= 0) waiting.splice(at, 1)
  return at >= 0
}

/** Lets a signal come without the system's doing; false if that would have to handle it. */
export function deliver(signum: number): boolean {
  if (typeof signalHandlers[signum] !== 'object' && !blockedSignals.has(signum)) return false
  arrived(signum)
  return true
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
    // Another thread leaves them to the main one, which runs next.
    if (thread.id !== MAIN_THREAD) poll.requests |= POLL_SIGNAL
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
