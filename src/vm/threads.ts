import { BEFORE_WITH, CALL, CALL_FUNCTION_EX } from '../bytecode/opcodes.ts'
import { drop, exchangeTrashcan, keep, type Trashcan } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { POLL_SIGNAL, POLL_SWITCH, poll } from '../memory/state.ts'
import type { BuiltinData, DescriptorData } from '../objects/define.ts'
import { isException, runtimeError } from '../objects/errors.ts'
import { PyExc_SystemExit } from '../objects/exception_types.ts'
import type { KeywordNames, PyObject, Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { newThreadState, switchThread, type ThreadState, thread } from '../objects/thread.ts'
import { builtinFunctionType, functionType, methodDescriptorType, methodType } from '../objects/types.ts'
import { unraisable } from '../objects/unraisable.ts'
import { newCallFrame } from './calls.ts'
import { wordArg, wordOp } from './decode.ts'
import { Blocked, EXIT_RUN, type Frame, machine } from './frame.ts'
import type { PyFunction } from './function.ts'
import type { MethodData } from './method.ts'
import { platform } from './platform.ts'
import { pollServers, servePollsInBuiltin } from './polls.ts'
import { selectLoop } from './tracing.ts'

/*
 * Threads over heap frames. There is one JavaScript stack, and all threads stand on it.
 *
 * A thread is a chain of stretches: the frames between one call of `run` and the next, which a builtin that calls back
 * has made. Only the innermost stretch can go on, and between two instructions it is nothing but its frames: it goes on
 * wherever a loop is called for it. So a thread whose innermost stretch is its first one is left and taken up at will.
 * One with more of them keeps the stack below the innermost; while it waits there, the others run on top of it, and so
 * does it itself, whenever somebody further up waits in turn. What such a stretch ends with is kept as its outcome, until
 * those above have left and the builtin that asked for it can have it.
 *
 * Hence a thread inside a builtin can wait for whatever the innermost stretches of the others can give. It cannot wait
 * for what a thread below it does after its own builtin is done: when nothing else is left, that is a RuntimeError.
 *
 * A builtin that waits leaves its loop by throwing `Blocked`, and its instruction is run again from the beginning.
 */

/** A thread of the program, the main one included. */
interface Fiber {
  readonly state: ThreadState
  /** The innermost frame, while it does not run; `null` before its first slice. */
  frame: Frame | null
  /** What it runs, given up at its end; `null` for the main thread. */
  readonly start: {
    readonly callable: Owned<Value>
    readonly args: readonly Owned<Value>[]
    kwnames: KeywordNames
  } | null
  wait: Wait | null
  /** The wait of the instruction that it goes on with: the instruction may find that it must wait on. */
  again: Wait | null
  /** Whether it runs, or waits in the middle of an instruction: then it is its part of the stack that goes on. */
  running: boolean
  /** How many of its stretches stand on JavaScript's stack and have given way to others. */
  held: number
  /** What the innermost of these has ended with. */
  outcome: Outcome | null
  readonly trashcan: Trashcan
}

interface Outcome {
  readonly result: Owned<Value> | undefined
  readonly error: unknown
}

/** What a thread waits for. */
interface Wait {
  readonly ready: () => boolean
  /** By `platform().clock.monotonic`; `null` for no limit. */
  readonly deadline: bigint | null
  /** Sleeps for so long, or until what comes from outside of the program is there; `null` if threads alone can give it. */
  readonly outside: Sleep | null
  /** The instruction that waits. */
  readonly frame: Frame | null
  readonly pc: number
  /** Set where the wait cannot end. */
  hopeless: boolean
}

type Sleep = (nanoseconds: bigint) => void

const main: Fiber = newFiber(thread, null)
main.running = true
const fibers: Fiber[] = []
let current = main
let lastId = 1

function newFiber(state: ThreadState, start: Fiber['start']): Fiber {
  return {
    state,
    frame: null,
    start,
    wait: null,
    again: null,
    running: false,
    held: 0,
    outcome: null,
    trashcan: { nesting: 0, waiting: [] },
  }
}

/** `sys.setswitchinterval()` in nanoseconds. */
export const switching = { interval: 5_000_000n }

/** Slices for which a thread goes on inside a builtin before others run on top of it, where they could hold it up. */
const PATIENCE = 100n

/** `_thread._count()`. */
export function threadCount(): number {
  return fibers.length
}

/** Whether there are threads besides the main one. */
export function hasThreads(): boolean {
  return fibers.length > 0
}

/** Whether a builtin must wait by `waitUntil`: there are other threads, or there were when this wait began. */
export function waitsAmongThreads(): boolean {
  return fibers.length > 0 || earlierWait(current) !== null
}

/** The wait that the instruction under way began with when it was run before. */
function earlierWait({ again }: Fiber): Wait | null {
  return again !== null && again.frame === machine.frame && again.pc === (again.frame?.pc ?? 0) ? again : null
}

/** Runs a thread on from its frame. */
function goOn(fiber: Fiber): Owned<Value> | undefined {
  fiber.again = fiber.wait
  fiber.wait = null
  return machine.loop(fiber.frame!, undefined)
}

/** The innermost frame of every thread, by the thread's id. */
export function currentFrames(): Map<number, Frame> {
  const frames = new Map<number, Frame>()
  if (machine.frame !== null) frames.set(thread.id, machine.frame)
  for (const fiber of [main, ...fibers]) {
    if (fiber !== current && fiber.frame !== null) frames.set(fiber.state.id, fiber.frame)
  }
  return frames
}

/** The states of all threads: the running one, then the others. */
export function threadStates(): ThreadState[] {
  return [thread, ...[main, ...fibers].map(({ state }) => state).filter((state) => state !== thread)]
}

/** What is done before a program has its first thread besides the main one. */
export const threadStart = { before: (): void => {} }

/** Starts a thread that calls `callable`; all borrowed. Its id. */
export function startThread(callable: Value, args: readonly Value[], kwnames: KeywordNames): number {
  if (fibers.length === 0) threadStart.before()
  const state = newThreadState(++lastId)
  fibers.push(newFiber(state, { callable: keep(callable), args: args.map((arg) => keep(arg)), kwnames }))
  poll.requests |= POLL_SWITCH
  return state.id
}

/** The frame of a Python function that a thread begins with; anything else is called in one piece. */
function firstFrame(callable: Value, args: readonly Value[], kwnames: KeywordNames): Frame | null {
  let func = callable
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

/** Makes a thread the running one, from its frame on. */
function become(fiber: Fiber, nesting: number): void {
  if (fiber !== current) {
    exchangeTrashcan(current.trashcan, fiber.trashcan)
    current = fiber
    switchThread(fiber.state)
  }
  machine.frame = fiber.frame
  machine.nesting = nesting
  selectLoop()
  sliceEnd = platform().clock.monotonic() + switching.interval
}

/** Runs another thread for a slice: until it gives way, waits, or its innermost stretch ends. */
function runSlice(fiber: Fiber): void {
  const outer = current
  const { nesting } = machine
  become(fiber, 0)
  fiber.running = true
  try {
    const result = advance(fiber)
    fiber.frame = machine.frame
    if (result !== undefined) {
      if (fiber.held > 0) fiber.outcome = { result, error: undefined }
      else {
        drop(result)
        end(fiber)
      }
    }
  } catch (error) {
    fiber.frame = machine.frame
    if (fiber.held > 0) fiber.outcome = { result: undefined, error }
    else fail(fiber, error)
  } finally {
    fiber.running = false
    become(outer, nesting)
  }
}

function advance(fiber: Fiber): Owned<Value> | undefined {
  if (fiber.frame !== null) return goOn(fiber)
  const { callable, args, kwnames } = fiber.start!
  const frame = firstFrame(callable, args, kwnames)
  return frame === null ? call(callable, args, kwnames) : machine.loop(frame, undefined)
}

function fail(fiber: Fiber, error: unknown): void {
  if (isException(error, PyExc_SystemExit)) drop(error)
  else unraisable(error, fiber.start!.callable, 'in thread started by')
  end(fiber)
}

function end(fiber: Fiber): void {
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
  drop(fiber.start!.callable)
  for (const arg of fiber.start!.args) drop(arg)
}

let sliceEnd = 0n

/** Whether a thread that waits should look at its instruction again. */
function isDue(fiber: Fiber): boolean {
  const { wait } = fiber
  if (wait === null || wait.hopeless || wait.ready()) return true
  if (fiber === main && (poll.requests & POLL_SIGNAL) !== 0) return true
  return wait.deadline !== null && platform().clock.monotonic() >= wait.deadline
}

function isRunnable(fiber: Fiber): boolean {
  return !fiber.running && fiber.outcome === null && isDue(fiber)
}

/** Gives each other thread that can run a slice; false if there was none. */
function runOthers(): boolean {
  const self = current
  let any = false
  for (const fiber of [main, ...fibers]) {
    // One that has ended meanwhile has no frame any more.
    if (fiber === self || !isRunnable(fiber) || (fiber !== main && !fibers.includes(fiber))) continue
    any = true
    runSlice(fiber)
  }
  return any
}

pollServers.push({
  bit: POLL_SWITCH,
  serve: () => {
    if (fibers.length === 0) return false
    poll.requests |= POLL_SWITCH
    const now = platform().clock.monotonic()
    if (now < sliceEnd && (current === main || (poll.requests & POLL_SIGNAL) === 0)) return false
    // A thread that runs on top of this one inside a builtin might wait for what this one gives when its own is done.
    if (machine.nesting === 0 || current === main) return true
    return now >= sliceEnd + switching.interval * PATIENCE && !isImporting()
  },
})

/** Whether the running thread imports a module: the others are likely to wait for the same lock soon. */
function isImporting(): boolean {
  for (let frame = machine.frame; frame !== null; frame = frame.back) {
    if (frame.code.filename === '<frozen importlib._bootstrap>') return true
  }
  return false
}

/**
 * Goes on with a stretch that `run` was called for and whose loop was left: others had to run, or the loop has changed.
 * As a loop, it gives `undefined` where it was left again.
 */
machine.resume = () => {
  const self = current
  if (machine.reentered || (fibers.length === 0 && self.wait === null)) {
    machine.reentered = false
    return machine.loop(machine.frame!, undefined)
  }
  self.frame = machine.frame
  self.running = false
  self.held++
  try {
    napBriefly(self)
    for (;;) {
      // One that keeps the stack and can go on does so first: those below wait for it.
      if (self.wait !== null && isDue(self)) break
      const ran = runOthers()
      const { outcome } = self
      if (outcome !== null) {
        self.outcome = null
        if (outcome.result === undefined) throw outcome.error
        return outcome.result
      }
      if (isDue(self)) break
      if (!ran) idle()
    }
  } finally {
    self.held--
    self.running = true
    machine.frame = self.frame
  }
  sliceEnd = platform().clock.monotonic() + switching.interval
  return goOn(self)
}

/** Builtins that wait before they do anything else, so that their call can be made again. */
const repeatable: ReadonlySet<string> = new Set([
  ...['acquire', 'acquire_lock', '__enter__', '_acquire_restore', 'get', 'sleep', 'select', 'poll', 'wait', 'waitpid'],
  ...['read', 'recv', 'recv_into', 'accept', 'sigwait', 'sigwaitinfo', 'sigtimedwait'],
])

/** Whether the current instruction does nothing but call the builtin that wants to wait. */
function isRepeatable(): boolean {
  const { frame } = machine
  if (frame === null || frame.pc === 0) return false
  const word = frame.run.plainWords[frame.pc - 1]!
  const op = wordOp(word)
  if (op === BEFORE_WITH) return true
  const { stack, sp } = frame
  const arg = wordArg(word)
  let callable: Value | undefined
  if (op === CALL) callable = stack[sp - arg - 2] ?? stack[sp - arg - 1]
  else if (op === CALL_FUNCTION_EX) callable = stack[sp - ((arg & 1) !== 0 ? 3 : 2)]
  if (typeof callable !== 'object') return false
  const { type, data } = callable
  if (type !== builtinFunctionType && type !== methodDescriptorType) return false
  return repeatable.has((data as BuiltinData | DescriptorData).def.name)
}

/**
 * Waits until `ready` holds: true; or until `deadline` (of the monotonic clock; `null` for none) has passed: false. Other
 * threads run and signals are served meanwhile. A builtin that calls this must not have done anything yet: the
 * instruction that called it may be run again from its beginning. `outside`: how to sleep where what is waited for comes
 * from outside of the program.
 */
export function waitUntil(ready: () => boolean, deadline: bigint | null, outside: Sleep | null = null): boolean {
  const self = current
  const earlier = earlierWait(self)
  let limit = deadline
  self.again = null
  if (earlier !== null) {
    limit = earlier.deadline
    servePollsInBuiltin()
    if (!ready() && earlier.hopeless) {
      throw runtimeError('this thread waits inside a builtin for a thread that cannot run before the builtin is done')
    }
  }
  if (ready()) return true
  const { frame } = machine
  const wait: Wait = { ready, deadline: limit, outside, frame, pc: frame?.pc ?? 0, hopeless: false }
  if (limit !== null && platform().clock.monotonic() >= limit) return false
  self.wait = wait
  if (fibers.length > 0 && isRepeatable()) throw new Blocked()
  return waitHere(self, wait)
}

/** Waits in the middle of an instruction: the thread keeps the stack. */
function waitHere(self: Fiber, wait: Wait): boolean {
  self.frame = machine.frame
  try {
    for (;;) {
      const ran = runOthers()
      if (wait.ready()) return true
      if (wait.deadline !== null && platform().clock.monotonic() >= wait.deadline) return false
      if (!ran) idle()
      // A signal's handler does not wait for this.
      self.wait = null
      servePollsInBuiltin()
      self.wait = wait
      if (wait.hopeless && !wait.ready()) {
        throw runtimeError('this thread waits inside a builtin for a thread that cannot run before the builtin is done')
      }
    }
  } finally {
    self.wait = null
  }
}

/** Sleeps out a short wait: whoever ran on top meanwhile would keep the thread much longer. */
function napBriefly({ wait }: Fiber): void {
  if (wait === null || wait.deadline === null || wait.outside !== null) return
  const left = wait.deadline - platform().clock.monotonic()
  if (left > 0n && left <= NAP_MIN && current !== main) sleep(left)
}

/** Longest time to sleep before looking again: when nothing tells a time, and when things come from several places. */
const NAP_MAX = 50_000_000n
const NAP_MIN = 1_000_000n

/** Sleeps while no thread can run; where none ever will, the running one is told. */
function idle(): void {
  const now = platform().clock.monotonic()
  let nap = NAP_MAX
  let outside: Sleep | null = null
  let open = 0
  let stuck = false
  for (const fiber of [main, ...fibers]) {
    const { wait, outcome } = fiber
    if (outcome !== null || (fiber !== current && fiber.running && isDue(fiber))) stuck = true
    if (wait === null || outcome !== null) continue
    if (wait.deadline !== null || wait.outside !== null) open++
    if (wait.deadline !== null && wait.deadline - now < nap) nap = wait.deadline - now
    if (wait.outside === null) continue
    if (outside !== null) nap = nap < NAP_MIN ? nap : NAP_MIN
    outside ??= wait.outside
  }
  if (stuck && open === 0) current.wait!.hopeless = true
  else if (nap > 0n) (outside ?? sleep)(nap)
}

function sleep(nanoseconds: bigint): void {
  platform().clock.sleep(nanoseconds)
}

/** As `outside` of a wait for what can only be asked for now and then. */
export function sleepBriefly(nanoseconds: bigint): void {
  sleep(nanoseconds < NAP_MIN ? nanoseconds : NAP_MIN)
}
