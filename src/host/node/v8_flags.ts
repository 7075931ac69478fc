import type * as v8 from 'node:v8'

/** By how much the room for short-lived objects grows at once: as far as it may, after the first collection. */
const SEMI_SPACE_GROWTH = 32

/** How much a function runs before V8 optimises it: three times V8's own. */
const INTERRUPT_BUDGET = 200_000

/** A share of the room for short-lived objects, in percent, that is never filled. */
const NEVER = 10_000

/** V8 from when it can load flags; loading Node's module takes time, so it is done where they are set. */
function setFlags(...flags: readonly string[]): void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8') as typeof v8
  for (const flag of flags) setFlagsFromString(flag)
}

/**
 * Sets what Python's thread starts with, from that thread, once Node has set it up: Node comes with a cache of its own
 * code, as we have one of ours, and a cache is good for the same flags only.
 */
export function setStartingFlags(): void {
  setFlags(
    `--semi-space-growth-factor=${SEMI_SPACE_GROWTH}`,
    // Python's thread comes to the tasks of its own loop at its end only, when there is nothing left to collect for.
    // One may have been asked for before this.
    '--no-minor-gc-task',
    `--minor-gc-task-trigger=${NEVER}`,
    `--interrupt-budget=${INTERRUPT_BUDGET}`,
    // What starting and imports run, they run a few times: V8 would spend more than their whole time on functions that it
    // soon throws away. It counts how much they run, and goes by that when it may.
    '--no-opt',
    // The loop goes over to compiled code by being entered anew (`POLL_REENTER`): V8 need not compile it twice, and what
    // it compiles for a frame under way knows less of the values in it.
    '--no-use-osr',
  )
}

/** Lets V8 optimise what is hot. */
export function setRunningFlags(): void {
  setFlags('--opt')
}

/** Sets back what `setRunningFlags` has set, for a cache that the next start can use. */
export function unsetRunningFlags(): void {
  setFlags('--no-opt')
}
