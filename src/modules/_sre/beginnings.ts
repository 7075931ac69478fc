import { type CharTables, NO_TABLE } from './char_tables.ts'
import { charTest } from './characters.ts'
import { SRE } from './opcodes.ts'
import type { Codes } from './validate.ts'

/** Which characters may come next: 257 entries as in `CharTables`; null where also nothing may come. */
type Beginning = Uint8Array | null

/** Constructs within constructs beyond which the answer is "anything". */
const MAX_DEPTH = 40

/** Work beyond which the answers of one pattern are "anything": operators looked at. */
const MAX_WORK = 20_000

/**
 * Finds out with which characters the rest of a match may begin at a place of a pattern's codes. The answer may have
 * more characters than can really come, never fewer: so the engine drops a choice only where it would fail at once.
 */
export class Beginnings {
  private readonly codes: Codes
  private readonly tables: CharTables
  private readonly known = new Map<number, Beginning>()
  private readonly answers = new Map<number, number>()
  /** Where the body of each UNTIL begins. */
  private readonly bodies = new Map<number, number>()
  private work = 0
  /**
   * Whether a mark must be set even where the match fails just behind it. CPython does not restore marks in a possessive
   * repeat that stands in no other repeat, so that a group may keep what a failed round left.
   */
  private readonly keepsMarks: boolean

  constructor(codes: Codes, tables: CharTables) {
    this.keepsMarks = codes.includes(SRE.POSSESSIVE_REPEAT)
    this.codes = codes
    this.tables = tables
  }

  /** For a place: a table of `CharTables`, `-2 - ch` for a single character, or `NO_TABLE` for anything. */
  of(at: number): number {
    const known = this.answers.get(at)
    if (known !== undefined) return known
    const answer = this.find(at)
    this.answers.set(at, answer)
    return answer
  }

  /** Tells of the body of a repeat before places inside of it are asked for. */
  enterRepeat(body: number, until: number): void {
    this.bodies.set(until, body)
  }

  private find(at: number): number {
    const literal = this.literalAt(at)
    if (literal >= 0) return -2 - literal
    const beginning = this.collect(at, 0)
    return beginning === null || beginning.every((entry) => entry === 1) ? NO_TABLE : this.tables.rough(beginning)
  }

  private literalAt(at: number): number {
    const codes = this.codes
    while ((codes[at] === SRE.MARK && !this.keepsMarks) || codes[at] === SRE.AT) at += 2
    return codes[at] === SRE.LITERAL ? codes[at + 1]! : -1
  }

  private collect(at: number, depth: number): Beginning {
    const known = this.known.get(at)
    if (known !== undefined) return known
    // Until the answer is there, it is "anything": that is what a repeat of something that may be empty gets.
    this.known.set(at, null)
    if (depth > MAX_DEPTH || ++this.work > MAX_WORK) return null
    const entries = new Uint8Array(257)
    const result = this.walk(at, depth, entries) ? entries : null
    this.known.set(at, result)
    return result
  }

  /** Adds what may begin at `at`; false if that is anything. */
  private walk(at: number, depth: number, into: Uint8Array): boolean {
    const codes = this.codes
    for (;;) {
      const next = at + 1 + codes[at + 1]!
      switch (codes[at]) {
        case SRE.FAILURE:
          return true
        case SRE.MARK:
          if (this.keepsMarks) return false
          at += 2
          break
        case SRE.AT:
          at += 2
          break
        case SRE.MAX_UNTIL:
        case SRE.MIN_UNTIL: {
          const body = this.bodies.get(at)
          if (body === undefined || !this.merge(body, depth, into)) return false
          at++
          break
        }
        case SRE.JUMP:
        case SRE.INFO:
        case SRE.ASSERT:
        case SRE.ASSERT_NOT:
          at = next
          break
        case SRE.LITERAL:
          into[Math.min(codes[at + 1]!, 256)] = 1
          return true
        case SRE.BRANCH:
          for (at++; codes[at] !== 0; at += codes[at]!) if (!this.merge(at + 1, depth, into)) return false
          return true
        case SRE.REPEAT_ONE:
        case SRE.MIN_REPEAT_ONE:
        case SRE.POSSESSIVE_REPEAT_ONE:
          if (codes[at + 3] !== 0 && !this.addCharacter(at + 4, into)) return false
          if (codes[at + 2] !== 0) return true
          at = next
          break
        case SRE.REPEAT:
          this.enterRepeat(at + 4, next)
          if (!this.merge(at + 4, depth, into)) return false
          if (codes[at + 2] !== 0) return true
          at = next + 1
          break
        case SRE.POSSESSIVE_REPEAT:
          if (!this.merge(at + 4, depth, into)) return false
          if (codes[at + 2] !== 0) return true
          at = next + 1
          break
        case SRE.ATOMIC_GROUP:
          return this.merge(at + 2, depth, into)
        case SRE.GROUPREF_EXISTS:
          if (!this.merge(at + 3, depth, into)) return false
          at = at + 1 + codes[at + 2]!
          break
        default:
          return this.addCharacter(at, into)
      }
    }
  }

  private merge(at: number, depth: number, into: Uint8Array): boolean {
    const other = this.collect(at, depth + 1)
    if (other === null) return false
    for (let i = 0; i < 257; i++) into[i]! |= other[i]!
    return true
  }

  /** Adds what an operator for one character matches; false for an operator that may match nothing. */
  private addCharacter(at: number, into: Uint8Array): boolean {
    if (this.codes[at] === SRE.LITERAL) {
      into[Math.min(this.codes[at + 1]!, 256)] = 1
      return true
    }
    if (this.codes[at] === SRE.ANY_ALL) {
      into.fill(1)
      return true
    }
    const test = charTest(this.codes, at)
    if (test === null) return false
    for (let ch = 0; ch < 256; ch++) if (test(ch)) into[ch] = 1
    into[256] = 1
    return true
  }
}
