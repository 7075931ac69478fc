import { PyError } from '../../base/errors.ts'
import { asciiLower, isWord, unicodeLower } from './characters.ts'
import type { Program } from './program.ts'

/** What the engine stacks up to come back to; the kind is the last word of each frame. */
export const FRAME = {
  /** [marks] entry ptr lastmark lastindex */
  BRANCH: 0,
  /** [marks] operator ptr least lastmark lastindex */
  GREEDY: 1,
  /** [marks] operator ptr limit lastmark lastindex */
  LAZY: 2,
  /** count operator outer last-ptr: the record of a repeat, which `repeat` points to */
  REPEAT: 3,
  /** repeat: its count goes down */
  COUNT: 4,
  /** repeat: becomes the current one again */
  TAIL: 5,
  /** marks last-ptr ptr repeat until lastmark lastindex */
  MAX_BODY: 6,
  /** [marks] ptr repeat until lastmark lastindex */
  MIN_TAIL: 7,
  /** last-ptr repeat */
  MIN_BODY: 8,
  /** ptr target boundary repeat */
  ASSERT: 9,
  /** [marks] ptr target lastmark lastindex boundary repeat */
  ASSERT_NOT: 10,
  /** boundary target repeat */
  ATOMIC: 11,
  /** [marks] ptr operator lastmark lastindex count boundary repeat */
  POSSESSIVE: 12,
} as const

/** Steps between two calls of the poll function. */
export const POLL_INTERVAL = 65_536

/** The most words that a stack may have: 2 GB of memory. */
const MAX_STACK = 2 ** 29

/** Called now and then during a long match; throws to end it. */
export type Poll = () => void

/**
 * The state of a match: CPython's `SRE_STATE`. The first words of the stack are the marks, the rest are frames, so that
 * no match needs more than one array, and none uses the host's stack.
 */
export class Machine {
  readonly program: Program
  readonly poll: Poll
  /** Where matching must end: `endpos`. */
  end: number
  /** Where the match begins. */
  start: number
  /** Where the match ends. */
  ptr = 0
  lastmark = -1
  lastindex = -1
  /** Only a match up to `end` counts (`fullmatch`). */
  matchAll = false
  /** An empty match at `start` does not count. */
  mustAdvance = false
  budget = POLL_INTERVAL
  stack: Int32Array

  constructor(program: Program, start: number, end: number, poll: Poll) {
    this.program = program
    this.poll = poll
    this.start = start
    this.end = end
    this.stack = takeStack(program.markCount)
  }
}

let spare: Int32Array | null = null

/** The one stack that is kept between matches; a match that begins inside another's poll gets its own. */
function takeStack(marks: number): Int32Array {
  const stack = spare
  spare = null
  return stack !== null && stack.length > marks ? stack : new Int32Array(Math.max(1024, 2 * marks))
}

/** Gives back the stack of a machine that is done with it, unless it grew very large. */
export function releaseStack(machine: Machine): void {
  if (machine.stack.length <= 1 << 20) spare = machine.stack
}

/** A larger stack with the same contents. Throws `MemoryError` where there is no larger one. */
export function growStack(stack: Int32Array, needed: number): Int32Array {
  const size = Math.min(Math.max(stack.length * 2, stack.length + needed), MAX_STACK)
  if (size < stack.length + needed) throw new PyError('MemoryError', '')
  let grown: Int32Array
  try {
    grown = new Int32Array(size)
  } catch {
    throw new PyError('MemoryError', '')
  }
  grown.set(stack)
  return grown
}

/** The letter case in which group references compare: as it is, lowered in ASCII, lowered in Unicode. */
export function foldCase(ch: number, fold: number): number {
  return fold === 0 ? ch : fold === 1 ? asciiLower(ch) : unicodeLower(ch)
}

/** `\b` and its like for the characters before and after a place, -1 for none. */
export function isBoundary(code: number, before: number, after: number): boolean {
  const isUnicode = code >= 10
  const isWordBefore = before >= 0 && isWord(before, isUnicode)
  return isWordBefore !== (after >= 0 && isWord(after, isUnicode))
}
