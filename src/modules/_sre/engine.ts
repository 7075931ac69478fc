import { PyError } from '../../base/errors.ts'
import { type Str, WideStr } from '../../base/values.ts'
import { Machine, type Poll, releaseStack } from './machine.ts'
import { run as runOnString } from './match_string.generated.ts'
import { run as runOnUnits, type Units } from './match_units.generated.ts'
import type { Program } from './program.ts'

/** What a pattern is matched with. */
export type Subject = Str | Uint8Array

/**
 * What matched: the `regs` of a match object. `spans` has the start and end of the match and then of each group, -1
 * where a group took no part. `lastindex` is -1 for none.
 */
export interface Match {
  readonly spans: readonly number[]
  readonly lastindex: number
}

const LINE_FEED = [10]

const noPoll: Poll = () => undefined

/** `Pattern.match`, or `Pattern.fullmatch` if `isFull`, of the text from `pos` to `endpos`, which are clamped. */
export function matchAt(
  program: Program,
  subject: Subject,
  pos: number,
  endpos: number,
  isFull: boolean,
  poll: Poll = noPoll,
): Match | null {
  const matcher = new Matcher(program, subject, pos, endpos, poll)
  const match = matcher.attempt(isFull) ? matcher.result() : null
  matcher.close()
  return match
}

/** `Pattern.search`. */
export function search(
  program: Program,
  subject: Subject,
  pos: number,
  endpos: number,
  poll: Poll = noPoll,
): Match | null {
  const matcher = new Matcher(program, subject, pos, endpos, poll)
  const match = matcher.find() ? matcher.result() : null
  matcher.close()
  return match
}

/**
 * A text on which a pattern is tried again and again, each time from where the last match ended: the state behind
 * `finditer`, `findall`, `split`, `sub` and scanners. After an empty match the next may not be empty at the same place.
 */
export class Matcher {
  private readonly machine: Machine
  private readonly program: Program
  private readonly text: string
  /** The code points or bytes of a subject that is no plain string. */
  private readonly units: Units | null
  readonly pos: number
  readonly endpos: number
  /** Whether the last attempt failed: then a scanner is done. */
  private isDone = false

  constructor(program: Program, subject: Subject, pos: number, endpos: number, poll: Poll = noPoll) {
    this.program = program
    this.text = typeof subject === 'string' ? subject : ''
    this.units = typeof subject === 'string' ? null : subject instanceof WideStr ? subject.codePoints : subject
    const length = this.units === null ? this.text.length : this.units.length
    this.pos = Math.min(Math.max(pos, 0), length)
    this.endpos = Math.min(Math.max(endpos, 0), length)
    this.machine = new Machine(program, this.pos, this.endpos, poll)
  }

  /** Start of the last match. */
  get start(): number {
    return this.machine.start
  }

  /** End of the last match. */
  get end(): number {
    return this.machine.ptr
  }

  /** The next match of a scanner: by `match` where the last one ended, or by `search` from there. */
  next(isSearch: boolean): Match | null {
    if (this.isDone) return null
    const isFound = isSearch ? this.find() : this.attempt(false)
    if (!isFound) {
      this.isDone = true
      this.close()
      return null
    }
    const match = this.result()
    this.advance()
    return match
  }

  /** Goes on from the end of the match just found. */
  advance(): void {
    const machine = this.machine
    machine.mustAdvance = machine.ptr === machine.start
    machine.start = machine.ptr
  }

  /** Gives the working memory back; the matcher is not used afterwards. */
  close(): void {
    releaseStack(this.machine)
  }

  /** Matches at the current start. */
  attempt(isFull: boolean): boolean {
    const machine = this.machine
    machine.matchAll = isFull
    if (machine.end - machine.start < this.program.minWidth) return false
    return this.run(machine.start, true)
  }

  private run(at: number, isTop: boolean): boolean {
    return this.units === null
      ? runOnString(this.machine, this.text, at, isTop)
      : runOnUnits(this.machine, this.units, at, isTop)
  }

  /** Finds the first match from the current start on; then the machine's start is that of the match. */
  find(): boolean {
    const { machine, program } = this
    let at = machine.start
    if (at > machine.end || machine.end - at < program.minWidth) return false
    if (program.prefix.length > 0) return this.findPrefixed(at)
    if (this.mayBegin(at) && this.run(at, true)) return true
    machine.mustAdvance = false
    if (program.isAnchored) return false
    const last = machine.end - program.minWidth
    for (;;) {
      at = program.isLineAnchored ? this.nextLine(at + 1, last) : this.nextStart(at + 1, last)
      if (at < 0) return false
      machine.start = at
      if (this.run(at, false)) return true
    }
  }

  private mayBegin(at: number): boolean {
    return this.nextStart(at, at) === at
  }

  /** The first place from `at` to `last` where a match may begin; -1 if there is none. */
  private nextStart(at: number, last: number): number {
    const { text, units } = this
    const first = this.program.first
    if (first === -1) return at <= last ? at : -1
    const end = Math.min(last, this.machine.end - 1)
    if (first < -1) return this.indexOf([-2 - first], at, end + 1)
    const entries = this.program.tables.entries
    if (units === null) {
      for (; at <= end; at++) {
        const c = text.charCodeAt(at)
        if (entries[first + Math.min(c, 256)] === 1) return at
      }
      return -1
    }
    for (; at <= end; at++) {
      const c = units[at]!
      if (entries[first + Math.min(c, 256)] === 1) return at
    }
    return -1
  }

  /** The first beginning of a line from `at` to `last` where a match may begin; -1 if there is none. */
  private nextLine(at: number, last: number): number {
    while (at <= last) {
      const feed = this.indexOf(LINE_FEED, at - 1, this.machine.end)
      at = feed + 1
      if (feed < 0 || at > last) return -1
      if (this.mayBegin(at)) return at
      at++
    }
    return -1
  }

  private findPrefixed(at: number): boolean {
    const { machine, program } = this
    const prefix = program.prefix
    machine.mustAdvance = false
    for (;;) {
      at = this.indexOf(prefix, at, machine.end)
      if (at < 0) return false
      machine.start = at
      if (program.isLiteral) {
        machine.ptr = at + prefix.length
        machine.lastmark = -1
        machine.lastindex = -1
        return true
      }
      if (this.run(at, false)) return true
      at++
    }
  }

  /** Where these code points begin from `at` on, all of them before `end`; -1 if nowhere. */
  private indexOf(codePoints: readonly number[], at: number, end: number): number {
    const { text, units } = this
    const length = codePoints.length
    if (units === null && end * 2 > text.length) {
      for (const cp of codePoints) if (cp > 0xffff) return -1
      const found = text.indexOf(String.fromCharCode(...codePoints), at)
      return found + length > end ? -1 : found
    }
    for (; at + length <= end; at++) {
      let i = 0
      while (i < length && (units === null ? text.charCodeAt(at + i) : units[at + i]) === codePoints[i]) i++
      if (i === length) return at
    }
    return -1
  }

  /**
   * The match just found. Throws `SystemError` where a group ends before it begins, as CPython does for some lookbehind
   * assertions.
   */
  result(): Match {
    const { machine, program } = this
    const { stack, lastmark } = machine
    const count = program.markCount - 2
    const spans = [machine.start, machine.ptr]
    for (let mark = 0; mark < count; mark += 2) {
      const start = mark < lastmark ? stack[mark]! : -1
      const end = mark < lastmark ? stack[mark + 1]! : -1
      if (start < 0 || end < 0) spans.push(-1, -1)
      else if (start <= end) spans.push(start, end)
      else {
        throw new PyError('SystemError', 'The span of capturing group is wrong, please report a bug for the re module.')
      }
    }
    return { spans, lastindex: machine.lastindex }
  }
}
