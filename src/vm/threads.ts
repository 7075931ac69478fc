import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { POLL_SWITCH, poll } from '../memory/state.ts'
import { isException, runtimeError } from '../objects/errors.ts'
import { PyExc_SystemExit } from '../objects/exception_types.ts'
import type { KeywordNames, PyObject, Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { newThreadState, switchThread, type ThreadState, thread } from '../objects/thread.ts'
import { functionType, methodType } from '../objects/types.ts'
import { unraisable } from '../objects/unraisable.ts'
import { newCallFrame } from './calls.ts'
import { Blocked, EXIT_RUN, type Frame, machine } from './frame.ts'
import type { PyFunction } from './function.ts'
import type { MethodData } from './method.ts'
import { platform } from './platform.ts'
import { pollServers } from './polls.ts'

/*
 * Threads over heap frames. There is one JavaScript stack: the thread at its bottom (the main one) runs the others on top
 * of itself, each for a slice, at poll points and while it waits. A thread that is between two instructions, with none of
 * its frames inside a builtin, is nothing but its chain of frames, and can be left and taken up again at will. One whose
 * frames are inside a builtin (a key function of `sorted`, say) keeps the stack until that builtin is done; if it waits
 * there for what only a thread below it can give, that is a RuntimeError.
 */

/** A thread that is not the main one. */
interface Fiber {
  readonly state: ThreadState
  /** The innermost frame, while it does not run; `null` before its first slice. */
  frame: Frame | null
  /** What it runs; given up at its end. */
  readonly callable: Owned<Value>
  readonly args: readonly Owned<Value>[]
  readonly kwnames: KeywordNames
  wait: Wait | null
  running: boolean
  done: boolean
}

/** What a thread waits for. */
interface Wait {
  readonly ready: () => boolean
  /** By `platform().clock.monotonic`; `null` for no limit. */
  readonly deadline: bigint | null
}

const fibers: Fiber[] = []
let current: Fiber | null = null
let lastId = 1

/** `sys.setswitchinterval()` in nanoseconds. */
export const switching = { interval: 5_000_000n }

/** `_thread._count()`. */
export function threadCount(): number {
  return fibers.length
}

/** The innermost frame of every thread, by the thread's id. */
export function currentFrames(): Map<number, Frame> {
  const frames = new Map<number, Frame>()
  if (machine.frame !== null) frames.set(thread.id, machine.frame)
  for (const { state, frame } of fibers) if (frame !== null && !frames.has(state.id)) frames.set(state.id, frame)
  return frames
}

/** The states of all threads: the running one, then the others. */
export function threadStates(): ThreadState[] {
  return [thread, ...fibers.map(({ state }) => state).filter((state) => state !== thread)]
}

/** Starts a thread that calls `callable`; all borrowed. Its id. */
export function startThread(callable: Value, args: readonly Value[], kwnames: KeywordNames): number {
  const state = newThreadState(++lastId)
  fibers.push({
    state,
    frame: null,
    callable: keep(callable),
    args: args.map((arg) => keep(arg)),
    kwnames,
    wait: null,
    running: false,
    done: false,
  })
  poll.requests |= POLL_SWITCH
  return state.id
}

/** The frame of a Python function that a thread begins with; anything else is called in one piece. */
function firstFrame({ callable, args, kwnames }: Fiber): Frame | null {
  let func: Value = callable
  const all: Value[] = [...args]
  if (typeof func === 'object' && func.type === methodType) {
    const { func: inner, self } = (func as PyObject<MethodData>).data
    all.unshift(self)
    func = inner
  }
  if (typeof func !== 'object' || func.type !== functionType) return null
  const frame = newCallFrame(func as PyFunction, all, kwnames)
  frame.exit = EXIT_RUN
  return frame
}

/** Runs a thread for a slice: until it gives way, waits or ends. */
function runSlice(fiber: Fiber): void {
  const outer = { current, state: thread, frame: machine.frame, nesting: machine.nesting }
  current = fiber
  fiber.running = true
  switchThread(fiber.state)
  machine.nesting = 0
  machine.frame = null
  sliceEnd = platform().clock.monotonic() + switching.interval
  try {
    const result = advance(fiber)
    if (result === undefined) fiber.frame = machine.frame
    else {
      drop(result)
      end(fiber)
    }
  } catch (error) {
    end(fiber)
    if (isException(error, PyExc_SystemExit)) drop(error)
    else unraisable(error, fiber.callable)
  } finally {
    fiber.running = false
    current = outer.current
    switchThread(outer.state)
    machine.frame = outer.frame
    machine.nesting = outer.nesting
    sliceEnd = platform().clock.monotonic() + switching.interval
  }
}

function advance(fiber: Fiber): Owned<Value> | undefined {
  if (fiber.frame !== null) return machine.loop(fiber.frame, undefined)
  const frame = firstFrame(fiber)
  return frame === null ? call(fiber.callable, fiber.args, fiber.kwnames) : machine.loop(frame, undefined)
}

function end(fiber: Fiber): void {
  fiber.done = true
  fiber.frame = null
  const at = fibers.indexOf(fiber)
  if (at >= 0) fibers.splice(at, 1)
  if (fibers.length === 0) poll.requests &= ~POLL_SWITCH
  for (const sentinel of fiber.state.sentinels) {
    ;(sentinel as Owned<PyObject<{ locked: boolean }>>).data.locked = false
    drop(sentinel)
  }
  drop(fiber.state.context)
  fiber.state.context = null
  drop(fiber.callable)
  for (const arg of fiber.args) drop(arg)
}

let sliceEnd = 0n

function isRunnable(fiber: Fiber): boolean {
  if (fiber.running || fiber.done) return false
  const { wait } = fiber
  if (wait === null || wait.ready()) return true
  return wait.deadline !== null && platform().clock.monotonic() >= wait.deadline
}

/** Gives each thread that can run a slice; false if there was none. */
function runOthers(): boolean {
  let any = false
  for (const fiber of [...fibers]) {
    if (!isRunnable(fiber)) continue
    any = true
    runSlice(fiber)
  }
  return any
}

/** Whether the running thread can be left as it stands. */
function isLeavable(): boolean {
  return current !== null && machine.nesting === 0
}

pollServers.push({
  bit: POLL_SWITCH,
  serve: () => {
    if (fibers.length > 0) poll.requests |= POLL_SWITCH
    if (platform().clock.monotonic() < sliceEnd) return false
    if (isLeavable()) return true
    // A thread inside a builtin goes on: one that ran on top of it might wait for what only this one can give.
    if (current !== null) return false
    runOthers()
    sliceEnd = platform().clock.monotonic() + switching.interval
    return false
  },
})

/**
 * Waits until `ready` holds: true; or until `deadline` (of the monotonic clock; `null` for none) has passed: false. Other
 * threads run meanwhile. A builtin that calls this must not have done anything yet: the instruction that called it may be
 * run again from its beginning. `nap` lets signals be served while nothing else can run.
 */
export function waitUntil(ready: () => boolean, deadline: bigint | null, nap: (nanoseconds: bigint) => void): boolean {
  if (current !== null && current.wait !== null) {
    const { wait } = current
    current.wait = null
    if (ready()) return true
    if (wait.deadline !== null && platform().clock.monotonic() >= wait.deadline) return false
    deadline = wait.deadline
  }
  if (ready()) return true
  if (current !== null && isLeavable()) {
    current.wait = { ready, deadline }
    throw new Blocked()
  }
  for (;;) {
    const ran = runOthers()
    if (ready()) return true
    const now = platform().clock.monotonic()
    if (deadline !== null && now >= deadline) return false
    if (ran) continue
    if (current !== null && deadline === null && !fibers.some(({ wait }) => wait !== null && wait.deadline !== null)) {
      throw runtimeError('this thread waits inside a builtin for a thread that cannot run before the builtin is done')
    }
    nap(untilNext(now, deadline))
  }
}

/** Longest time to sleep before looking again, when nothing tells a time. */
const NAP_MAX = 50_000_000n

function untilNext(now: bigint, deadline: bigint | null): bigint {
  let nap = NAP_MAX
  if (deadline !== null && deadline - now < nap) nap = deadline - now
  for (const { wait } of fibers) {
    const other = wait?.deadline ?? null
    if (other !== null && other - now < nap) nap = other - now
  }
  return nap < 0n ? 0n : nap
}

/** Whether there are threads besides the main one. */
export function hasThreads(): boolean {
  return fibers.length > 0
}
