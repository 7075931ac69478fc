import { PyError } from '../../base/errors.ts'
import { Beginnings } from './beginnings.ts'
import { CharTables, NO_TABLE } from './char_tables.ts'
import { type CharTest, charTest, setTest } from './characters.ts'
import { INFO, SRE } from './opcodes.ts'
import type { Codes } from './validate.ts'

/**
 * The engine's operators. A pattern's codes are translated once: characters classes become tables, jumps absolute, runs
 * of literals one operator, and each choice knows which characters its continuation may begin with.
 *
 * `first` below is such knowledge: a table, `-2 - ch` for one character, or `NO_TABLE` where anything may come.
 */
export const OP = {
  FAIL: 0,
  SUCCESS: 1,
  /** ch */
  CHAR: 2,
  /** table, test */
  SET: 3,
  ANY_ALL: 4,
  /** count, ch… */
  STRING: 5,
  /** mark */
  MARK: 6,
  /** code */
  AT: 7,
  /** target */
  JUMP: 8,
  /** (first, target)…, 0, 0 */
  BRANCH: 9,
  /** min, limit, item (kind, 2 operands), first of the tail, whether the item and the tail's beginning are disjoint */
  GREEDY_ONE: 10,
  /** as GREEDY_ONE */
  LAZY_ONE: 11,
  /** as GREEDY_ONE */
  POSSESSIVE_ONE: 12,
  /** min, limit, its UNTIL, first of the body; then the body */
  REPEAT: 13,
  MAX_UNTIL: 14,
  MIN_UNTIL: 15,
  /** min, limit, target behind it; then the body */
  POSSESSIVE: 16,
  /** target behind it; then the body */
  ATOMIC: 17,
  /** target behind it, width to go back; then the body */
  ASSERT: 18,
  /** as ASSERT */
  ASSERT_NOT: 19,
  /** mark, fold (0 none, 1 ASCII, 2 Unicode) */
  GROUPREF: 20,
  /** mark, target if the group is not set */
  GROUPREF_EXISTS: 21,
} as const

/** Words of GREEDY_ONE and its like. */
export const ONE_SIZE = 8

/** Stands for "any number" as a repeat's limit. */
export const NO_LIMIT = 0x7fffffff

/** A pattern made ready for the engine. It holds no state of a match. */
export class Program {
  readonly code: Int32Array
  readonly tables: CharTables
  /** How many marks the groups need: two for each, and two more that the validation of codes lets pass. */
  readonly markCount: number
  /** The fewest characters that a match takes. */
  readonly minWidth: number
  /** Which characters a match may begin with. */
  readonly first: number
  /** The text with which every match begins, as code points; empty where there is none. */
  readonly prefix: readonly number[]
  /** Whether the prefix is the whole pattern. */
  readonly isLiteral: boolean
  /** Whether the pattern begins with `^` or `\A`. */
  readonly isAnchored: boolean
  /** Whether the pattern begins with `^` under `re.MULTILINE`. */
  readonly isLineAnchored: boolean

  /** Takes codes that `validateCode` has accepted. Throws `RuntimeError` for what only hand-made codes contain. */
  constructor(codes: Codes, groups: number) {
    const translator = new Translator(codes)
    const hasInfo = codes[0] === SRE.INFO
    const start = hasInfo ? 1 + codes[1]! : 0
    translator.translate(start, codes.length)
    this.code = Int32Array.from(translator.out)
    this.tables = translator.tables
    this.markCount = 2 * groups + 2
    this.minWidth = hasInfo ? codes[3]! : 0
    const flags = hasInfo ? codes[2]! : 0
    this.prefix = flags & INFO.PREFIX ? [...codes.subarray(7, 7 + codes[5]!)] : []
    this.isLiteral = (flags & INFO.LITERAL) !== 0
    this.isLineAnchored = codes[start] === SRE.AT && codes[start + 1] === 1
    this.isAnchored = codes[start] === SRE.AT && (codes[start + 1] === 0 || codes[start + 1] === 2)
    this.first = flags & INFO.CHARSET ? this.tables.exact(setTest(codes, 5)) : translator.beginnings.of(start)
  }
}

class Translator {
  readonly out: number[] = []
  readonly tables = new CharTables()
  readonly beginnings: Beginnings
  private readonly codes: Codes
  /** Where each translated code went. */
  private readonly places = new Map<number, number>()
  /** Operands that wait for the place of a code: pairs of place and code. */
  private waiting: number[] = []
  private readonly targets = new Set<number>()

  constructor(codes: Codes) {
    this.codes = codes
    this.beginnings = new Beginnings(codes, this.tables)
  }

  translate(start: number, end: number): void {
    this.translateRange(start, end)
    for (let i = 0; i < this.waiting.length; i += 2) {
      this.out[this.waiting[i]!] = this.places.get(this.waiting[i + 1]!)!
    }
  }

  private emitTarget(target: number): void {
    this.waiting.push(this.out.length, target)
    this.targets.add(target)
    this.out.push(0)
  }

  private translateRange(at: number, end: number): void {
    while (at < end) {
      this.places.set(at, this.out.length)
      at = this.translateOperator(at, end)
    }
    this.places.set(end, this.out.length)
  }

  /** Translates one operator, or a run of literals; returns where the next one is. */
  private translateOperator(at: number, end: number): number {
    const { codes, out } = this
    switch (codes[at]) {
      case SRE.FAILURE:
        out.push(OP.FAIL)
        return at + 1
      case SRE.SUCCESS:
        out.push(OP.SUCCESS)
        return at + 1
      case SRE.LITERAL:
        return this.translateLiterals(at, end)
      case SRE.MARK:
        out.push(OP.MARK, codes[at + 1]!)
        return at + 2
      case SRE.AT:
        out.push(OP.AT, codes[at + 1]!)
        return at + 2
      case SRE.JUMP:
        out.push(OP.JUMP)
        this.emitTarget(at + 1 + codes[at + 1]!)
        return at + 2
      case SRE.INFO:
        return at + 1 + codes[at + 1]!
      case SRE.BRANCH:
        return this.translateBranch(at)
      case SRE.REPEAT_ONE:
      case SRE.MIN_REPEAT_ONE:
      case SRE.POSSESSIVE_REPEAT_ONE:
        return this.translateRepeatOne(at)
      case SRE.GROUPREF:
      case SRE.GROUPREF_IGNORE:
      case SRE.GROUPREF_LOC_IGNORE:
      case SRE.GROUPREF_UNI_IGNORE:
        out.push(OP.GROUPREF, codes[at + 1]! * 2, foldOf(codes[at]!))
        return at + 2
      case SRE.GROUPREF_EXISTS:
        out.push(OP.GROUPREF_EXISTS, codes[at + 1]! * 2)
        this.emitTarget(at + 1 + codes[at + 2]!)
        return at + 3
      default:
        return this.translateBody(at) ?? this.translateCharacter(at)
    }
  }

  private translateLiterals(at: number, end: number): number {
    const { codes, out } = this
    const text = [codes[at + 1]!]
    at += 2
    while (at < end && codes[at] === SRE.LITERAL && !this.targets.has(at)) {
      text.push(codes[at + 1]!)
      at += 2
    }
    if (text.length === 1) out.push(OP.CHAR, text[0]!)
    else out.push(OP.STRING, text.length, ...text)
    return at
  }

  /** An operator that matches one character. */
  private translateCharacter(at: number): number {
    const { codes, out } = this
    if (codes[at] === SRE.ANY_ALL) {
      out.push(OP.ANY_ALL)
      return at + 1
    }
    const test = charTest(codes, at)
    if (test === null) throw new PyError('RuntimeError', 'internal: unknown opcode')
    out.push(OP.SET)
    this.emitTest(test)
    return at + characterSize(codes, at)
  }

  private emitTest(test: CharTest): void {
    const table = this.tables.exact(test)
    this.out.push(table, this.tables.testOf(table))
  }

  private translateBranch(at: number): number {
    const { codes, out } = this
    out.push(OP.BRANCH)
    let next = at + 1
    for (; codes[next] !== 0; next += codes[next]!) {
      out.push(this.beginnings.of(next + 1))
      this.emitTarget(next + 1)
    }
    out.push(0, 0)
    for (next = at + 1; codes[next] !== 0; next += codes[next]!) this.translateRange(next + 1, next + codes[next]!)
    return next + 1
  }

  private translateRepeatOne(at: number): number {
    const { codes, out } = this
    const operator = codes[at]
    const kind =
      operator === SRE.REPEAT_ONE ? OP.GREEDY_ONE : operator === SRE.MIN_REPEAT_ONE ? OP.LAZY_ONE : OP.POSSESSIVE_ONE
    const next = at + 1 + codes[at + 1]!
    const first = this.beginnings.of(next)
    out.push(kind, boundOf(codes[at + 2]!), boundOf(codes[at + 3]!))
    let table = NO_TABLE
    if (codes[at + 4] === SRE.LITERAL) out.push(OP.CHAR, codes[at + 5]!, 0)
    else if (codes[at + 4] === SRE.ANY_ALL) out.push(OP.ANY_ALL, 0, 0)
    else {
      const test = charTest(codes, at + 4)
      if (test === null) throw new PyError('RuntimeError', 'internal: unknown opcode')
      out.push(OP.SET)
      this.emitTest(test)
      table = out[out.length - 2]!
    }
    const item = codes[at + 4] === SRE.LITERAL ? -2 - codes[at + 5]! : table
    out.push(first, this.tables.areDisjoint(item, first) ? 1 : 0)
    return next
  }

  /** An operator with a body of any kind; undefined for another operator. */
  private translateBody(at: number): number | undefined {
    const { codes, out } = this
    const next = at + 1 + codes[at + 1]!
    switch (codes[at]) {
      case SRE.REPEAT:
        this.beginnings.enterRepeat(at + 4, next)
        out.push(OP.REPEAT, boundOf(codes[at + 2]!), boundOf(codes[at + 3]!))
        this.emitTarget(next)
        out.push(this.beginnings.of(at + 4))
        return at + 4
      case SRE.MAX_UNTIL:
        out.push(OP.MAX_UNTIL)
        return at + 1
      case SRE.MIN_UNTIL:
        out.push(OP.MIN_UNTIL)
        return at + 1
      case SRE.POSSESSIVE_REPEAT:
        out.push(OP.POSSESSIVE, boundOf(codes[at + 2]!), boundOf(codes[at + 3]!))
        this.emitTarget(next + 1)
        return at + 4
      case SRE.ATOMIC_GROUP:
        out.push(OP.ATOMIC)
        this.emitTarget(next)
        return at + 2
      case SRE.ASSERT:
      case SRE.ASSERT_NOT:
        out.push(codes[at] === SRE.ASSERT ? OP.ASSERT : OP.ASSERT_NOT)
        this.emitTarget(next)
        out.push(codes[at + 2]!)
        return at + 3
      default:
        return undefined
    }
  }
}

/** A bound of a repeat; no text is so long that one above `NO_LIMIT` differs from none. */
function boundOf(bound: number): number {
  return Math.min(bound, NO_LIMIT)
}

function foldOf(operator: number): number {
  return operator === SRE.GROUPREF ? 0 : operator === SRE.GROUPREF_UNI_IGNORE ? 2 : 1
}

/** How many codes an operator takes that matches one character. */
function characterSize(codes: Codes, at: number): number {
  switch (codes[at]) {
    case SRE.ANY:
      return 1
    case SRE.IN:
    case SRE.IN_IGNORE:
    case SRE.IN_UNI_IGNORE:
    case SRE.IN_LOC_IGNORE:
      return 1 + codes[at + 1]!
    default:
      return 2
  }
}
