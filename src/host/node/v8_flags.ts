import type * as v8 from 'node:v8'

/** The room for short-lived objects, in MB: what starting and a dozen imports make fits in, and is never moved. */
const ROOM_MB = 32

/** V8's own room at the start, in MB. */
const ROOM_OF_V8_MB = 1

/** How long a new thread takes to set up its heap, in milliseconds, and Node by far not to load its modules there. */
const HEAP_SETUP_TIME = 1

/** How much a function runs before V8 optimises it: three times V8's own. */
const INTERRUPT_BUDGET = 200_000

/** A share of the room for short-lived objects, in percent, that is never filled. */
const NEVER = 10_000

type FlagSetter = (flag: string) => void

/** V8's flags as Node lets programs set them. */
const setFlag: FlagSetter = (flag) => (process.getBuiltinModule('node:v8') as typeof v8).setFlagsFromString(flag)

/** The part of Node's older interface to its own modules that a start needs; Node deprecates it, and keeps it. */
interface ProcessWithBindings {
  binding?(name: 'v8'): { setFlagsFromString?: FlagSetter }
  noDeprecation?: boolean
}

/**
 * What sets flags where that must take little time: the module `node:v8` loads a dozen others of Node's, for 2 ms, and then
 * calls this function.
 */
function quickFlagSetter(): FlagSetter {
  const host = process as ProcessWithBindings
  const { noDeprecation = false } = host
  host.noDeprecation = true
  try {
    return host.binding?.('v8').setFlagsFromString ?? setFlag
  } catch {
    return setFlag
  } finally {
    host.noDeprecation = noDeprecation
  }
}

/**
 * Starts a thread whose heap has much room for short-lived objects at once: moving what starting makes costs more than
 * that room. V8 reads the size when a heap is set up, and Node's Worker has no option for it; the flag is set back before
 * Node looks into its cache on the new thread. Where the thread is slower than that, the room grows when it is full.
 */
export function startWithRoom<T>(start: () => T): T {
  const set = quickFlagSetter()
  set(`--min-semi-space-size=${ROOM_MB}`)
  try {
    const started = start()
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HEAP_SETUP_TIME)
    return started
  } finally {
    set('--min-semi-space-size=0')
  }
}

/**
 * Sets what Python's thread starts with, from that thread, once Node has set it up: Node comes with a cache of its own
 * code, as we have one of ours, and a cache is good for the same flags only.
 */
export function setStartingFlags(): void {
  const flags = [
    // Where `startWithRoom` came too late: V8 makes the room larger when it is full.
    `--semi-space-growth-factor=${ROOM_MB / ROOM_OF_V8_MB}`,
    // Python's thread comes to the tasks of its own loop at its end only, when there is nothing left to collect for.
    // One may have been asked for before this.
    '--no-minor-gc-task',
    `--minor-gc-task-trigger=${NEVER}`,
    `--interrupt-budget=${INTERRUPT_BUDGET}`,
    // An object of Python's dies when its last reference goes, however many were alive at a moment when V8 looked: made in
    // the old generation, they would pile up there (half as long again for a program of generators).
    '--no-allocation-site-pretenuring',
    // What starting and imports run, they run a few times: V8 would spend more than their whole time on functions that it
    // soon throws away. It counts how much they run, and goes by that when it may.
    '--no-opt',
    // The loop goes over to compiled code by being entered anew (`POLL_REENTER`): V8 need not compile it twice, and what
    // it compiles for a frame under way knows less of the values in it.
    '--no-use-osr',
  ]
  const set = quickFlagSetter()
  for (const flag of flags) set(flag)
}

/** Lets V8 optimise what is hot. */
export function setRunningFlags(): void {
  setFlag('--opt')
}

/** Sets back what `setRunningFlags` has set, for a cache that the next start can use. */
export function unsetRunningFlags(): void {
  setFlag('--no-opt')
}

/** Whether `setRunningFlags` has been called: known to both threads. */
export class RunningFlags {
  readonly shared: Int32Array<SharedArrayBuffer>

  constructor(shared = new Int32Array(new SharedArrayBuffer(4))) {
    this.shared = shared
  }

  get areSet(): boolean {
    return this.shared[0] !== 0
  }

  set(): void {
    this.shared[0] = 1
    setRunningFlags()
  }
}
