import type { Counted } from './header.ts'

/** What the cycle collector knows of itself. */
export interface GcState {
  enabled: boolean
  /** Tracked objects made, less those that ended, since the last collection: `gc.get_count()[0]`. */
  count: number
  /** The count above which the youngest generation is collected. */
  threshold: number
  /** The youngest generation: dead objects stay in it until it is swept. */
  young: Counted[]
  /** Tracked objects that have ended since the older generations were swept, and how many make it worth it. */
  deaths: number
  sweepAt: number
  /** Takes the dead out of the older generations. */
  sweep: () => void
  /** What watches objects being made and ending; `null` while nobody traces allocations. */
  tracer: AllocationTracer | null
}

/** What `tracemalloc` learns of objects. */
export interface AllocationTracer {
  born(object: Counted): void
  died(object: Counted): void
}

/** The collector's state that allocation touches; the rest is `gc.ts`'s own. */
export const gcState: GcState = {
  enabled: true,
  count: 0,
  threshold: 700,
  young: [],
  deaths: 0,
  sweepAt: 50_000,
  sweep: () => {},
  tracer: null,
}

/** Reasons to leave the fast path at the next poll point: bits of `poll.requests`. */
export const POLL_GC = 1
export const POLL_SIGNAL = 2
export const POLL_LIMIT = 4
export const POLL_SWITCH = 8
export const POLL_TRACE = 16
/** The loop shall return and be entered again: V8 goes over to code that it has compiled meanwhile at a call. */
export const POLL_REENTER = 32

/** Words that other threads may write: the first holds the requests, the rest belongs to the platform. */
const POLL_WORDS = 5

/** The word that is not zero while Python starts or ends or modules are imported: short runs of much code. */
export const WORD_IMPORTS = 4

/**
 * The memory of the poll flag. Another thread sets it where the host lets threads share memory; the loop reads it at
 * every poll point, which costs no more than a field of an object.
 */
export const pollWords = new Int32Array(
  typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(4 * POLL_WORDS) : new SharedArrayBuffer(4 * POLL_WORDS),
)

pollWords[WORD_IMPORTS] = 1

/** The one poll flag of the machine; zero when there is nothing to serve. */
export const poll = {
  get requests(): number {
    return pollWords[0]!
  },
  set requests(bits: number) {
    pollWords[0] = bits
  },
}

/** Entries of the young generation that may pile up before the dead among them are looked for. */
const SWEEP_AT = 8192

/** Zero while allocations are traced: then `grown` sees every object, and nothing is paid for it otherwise. */
let grownAt = SWEEP_AT
let sweepAt = SWEEP_AT

/** Puts a new object under the cycle collector's watch; a collection that falls due runs at the next poll point. */
export function track(object: Counted): void {
  const { young } = gcState
  young.push(object)
  if (++gcState.count > gcState.threshold) {
    if (gcState.enabled && gcState.threshold !== 0) poll.requests |= POLL_GC
  }
  if (young.length >= grownAt) grown(object)
}

function grown(object: Counted): void {
  gcState.tracer?.born(object)
  if (gcState.young.length >= sweepAt) sweepYoung()
}

/** Installs a tracer, or takes it away (`null`). */
export function traceAllocations(tracer: AllocationTracer | null): void {
  gcState.tracer = tracer
  grownAt = tracer === null ? sweepAt : 0
}

/** Takes the dead out of the young generation: a program that makes and frees at the same pace never fills it. */
function sweepYoung(): void {
  const { young } = gcState
  let live = 0
  for (let i = 0; i < young.length; i++) {
    const object = young[i]!
    if (object.rc > 0) young[live++] = object
  }
  young.length = live
  sweepAt = Math.max(SWEEP_AT, 2 * live)
  if (gcState.tracer === null) grownAt = sweepAt
}

/** What a builtin that runs for long calls now and then where `pollWords[0]` is not zero; the machine sets it. */
export const builtinPolls: { serve: () => void } = { serve: () => {} }
