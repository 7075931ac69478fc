import { encodeUtf8 } from '../../base/utf8.ts'
import { OPERATOR_LENGTH_SHIFT, operatorAt } from '../../tokens/operators.ts'
import * as token from '../../tokens/token.ts'
import type { Piece, PieceKind } from './piece.ts'
import type { RuleContext } from './rule_context.ts'

/**
 * Runs when an alternative has matched, with the captured pieces. It may raise; with `null` the whole rule fails,
 * without a try of its further alternatives.
 */
type Action = (p: RuleContext, a: Piece, b: Piece, c: Piece) => Piece | null

/**
 * One alternative of a rule: what it matches, and what comes of it (an action, or the kind of piece to make of the
 * captured parts). Without either, its result is what it captured, or its only item.
 *
 * | written | means |
 * |---|---|
 * | `'if'`, `'+='`, `'match'` | a keyword, an operator, a soft keyword |
 * | `NAME`, `NEWLINE` | a token of that kind |
 * | `expression` | a rule |
 * | `x?` `x*` `x+` | optional, any number, at least one |
 * | `x+,` | one or more, separated by `,` (likewise `;` and the bar) |
 * | `&x` `!x` | if `x` follows, unless `x` follows |
 * | `^'x'` | this token must follow, or else "expected 'x'" is raised |
 * | `~` | commit: no other alternative of this rule will be tried |
 * | `(x y \| z)` | a group |
 * | `@x` | capture |
 */
export type Alternative = string | readonly [string, Action | PieceKind]

/** The alternatives of a rule and how it is remembered. */
export interface Remembered {
  readonly memory: 'memo' | 'growing'
  readonly alternatives: readonly Alternative[]
}

export type RuleTable = Readonly<Record<string, readonly Alternative[] | Remembered>>

/** A rule whose result at each token is remembered. Which rules are matters: see `RuleContext.enter`. */
export function memo(...alternatives: Alternative[]): Remembered {
  return { memory: 'memo', alternatives }
}

/** A left-recursive rule: it is matched again and again, each time with its last result in its own place. */
export function growing(...alternatives: Alternative[]): Remembered {
  return { memory: 'growing', alternatives }
}

/** How a rule runs. */
export const PLAIN = 0
export const MEMO = 1
export const GROWING = 2
export const LOOP0 = 3
export const LOOP1 = 4

/** What a step of an alternative does. */
const TOKEN = 0
export const SOFT = 1
export const NUMBER = 2
export const SOFT_NAME = 3
export const FORCED = 4
export const CUT = 5
export const CALL = 6

const REQUIRED = 0
export const OPTIONAL = 1
export const AHEAD = 2
const NOT_AHEAD = 3

/** One item of an alternative, ready to run. */
export interface Step {
  readonly op: number
  readonly mode: number
  /** Token kind, for `TOKEN` and `FORCED`. */
  readonly kind: number
  /** Spelling, for `SOFT` and `FORCED`. */
  readonly text: string
  /** For `CALL`. */
  readonly rule: Rule | null
  /** Whether the result is wanted. */
  keep: boolean
}

export interface Choice {
  readonly steps: readonly Step[]
  readonly action: Action | PieceKind | null
  /** Runs in the second pass only. */
  readonly second: boolean
  /** Token kinds it can start with, in the first and in the second pass; `null` if it need not start with a token. */
  first: readonly (KindSet | null)[]
}

export interface Rule {
  readonly name: string
  readonly shape: number
  /** Number of nested calls that CPython's parser makes for it. */
  readonly weight: number
  /** Rules whose name ends in `_without_invalid` run as in the first pass. */
  readonly plain: boolean
  /** For a remembered rule, a bit of its own; otherwise 0. */
  readonly memoBit: number
  /** The alternatives before this one begin with the rule itself, so none of them can be the first to match. */
  seed: number
  /** The tokens that such an alternative can go on with; `null` if there is none of them. */
  grows: KindSet | null
  choices: readonly Choice[]
  first: readonly (KindSet | null)[]
}

/** Names that are keywords only where the grammar asks for them. */
export const softKeywords = ['match', 'case', '_']

const named = token as Readonly<Record<string, number>>

/** The kinds found so far: operators stand in many rules. */
const spelled = new Map<string, number>([['...', token.ELLIPSIS]])

function kindOf(spelling: string): number {
  let kind = spelled.get(spelling) ?? named[`KW_${spelling.toUpperCase()}`]
  if (kind === undefined) {
    const found = operatorAt(encodeUtf8(`${spelling}  `), 0)
    if (found >> OPERATOR_LENGTH_SHIFT !== spelling.length) throw new Error(`no token is spelled ${spelling}`)
    kind = found & 0xff
  }
  spelled.set(spelling, kind)
  return kind
}

/** All rules of a grammar, ready to run, by name. */
export function compileRules(tables: readonly RuleTable[]): ReadonlyMap<string, Rule> {
  const compiler = new Compiler()
  for (const table of tables) {
    for (const [name, row] of Object.entries(table)) {
      compiler.declare(name, 'memory' in row ? (row.memory === 'memo' ? MEMO : GROWING) : PLAIN)
    }
  }
  for (const table of tables) {
    for (const [name, row] of Object.entries(table)) {
      const alternatives = 'memory' in row ? row.alternatives : row
      compiler.rule(name).choices = alternatives.map((alternative) => compiler.choice(alternative))
    }
  }
  findFirstTokens(compiler.all)
  for (const rule of compiler.named.values()) if (rule.shape === GROWING) findGrowth(rule)
  return compiler.named
}

class Compiler {
  readonly named = new Map<string, Rule>()
  readonly all: Rule[] = []
  private memoCount = 0
  private words: readonly string[] = []
  private at = 0

  declare(name: string, shape: number): Rule {
    const rule: Rule = {
      name,
      shape,
      weight: shape === GROWING ? 2 : 1,
      plain: name.endsWith('_without_invalid'),
      memoBit: shape === MEMO || shape === GROWING ? 1 << this.memoCount++ : 0,
      seed: 0,
      grows: null,
      choices: [],
      first: [],
    }
    this.all.push(rule)
    if (name !== '') this.named.set(name, rule)
    return rule
  }

  rule(name: string): Rule {
    const rule = this.named.get(name)
    if (rule === undefined) throw new Error(`no rule is called ${name}`)
    return rule
  }

  choice(alternative: Alternative): Choice {
    const text = typeof alternative === 'string' ? alternative : alternative[0]
    const action = typeof alternative === 'string' ? null : alternative[1]
    this.words = text.match(/'[^']+'|\w+|[^\s\w]/g)!
    this.at = 0
    return this.sequence(action)
  }

  private sequence(action: Action | PieceKind | null): Choice {
    const start = this.at
    const steps: Step[] = []
    while (this.at < this.words.length && this.words[this.at] !== '|' && this.words[this.at] !== ')') {
      steps.push(this.item())
    }
    if (action === null && steps.length === 1) steps[0]!.keep = true
    if (steps.filter((item) => item.keep).length > 3) throw new Error('an alternative captures more than three parts')
    // CPython guards an alternative by the pass only where the error rule stands alone.
    const second = steps.length === 1 && this.words[start]!.startsWith('invalid_')
    return { steps, action, second, first: [] }
  }

  private item(): Step {
    const captured = this.take('@')
    if (this.take('~')) return step(CUT, REQUIRED)
    if (this.take('^')) {
      const spelling = unquote(this.words[this.at++]!)
      return { ...step(FORCED, REQUIRED), kind: kindOf(spelling), text: spelling }
    }
    const mode = this.take('&') ? AHEAD : this.take('!') ? NOT_AHEAD : REQUIRED
    let result = this.atom(mode)
    if (this.take('?')) result = { ...result, mode: OPTIONAL }
    else if (this.take('*')) result = this.call(LOOP0, [[result]], REQUIRED)
    else if (this.take('+')) {
      const separator = this.words[this.at] ?? ''
      if (',;|'.includes(separator) && separator !== '' && !this.isBar(separator)) {
        this.at++
        result = this.separated(result, separator)
      } else result = this.call(LOOP1, [[result]], REQUIRED)
    }
    result.keep = captured
    return result
  }

  /** A bar after `+` separates alternatives unless it ends the text, where no alternative could follow. */
  private isBar(separator: string): boolean {
    return separator === '|' && this.at + 1 < this.words.length
  }

  private atom(mode: number): Step {
    const word = this.words[this.at++]!
    if (word === '(') {
      const choices = [this.sequence(null)]
      while (this.take('|')) choices.push(this.sequence(null))
      this.at++
      const only = choices.length === 1 ? choices[0]!.steps : []
      if (only.length === 1 && only[0]!.mode === REQUIRED && mode === REQUIRED) return only[0]!
      const rule = this.declare('', PLAIN)
      rule.choices = choices
      return { ...step(CALL, mode), rule }
    }
    if (word.startsWith("'")) {
      const text = unquote(word)
      if (softKeywords.includes(text)) return { ...step(SOFT, mode), text }
      return { ...step(TOKEN, mode), kind: kindOf(text) }
    }
    if (word === 'NUMBER') return { ...step(NUMBER, mode), kind: token.NUMBER }
    if (word === 'SOFT_KEYWORD') return step(SOFT_NAME, mode)
    if (word === word.toUpperCase()) return { ...step(TOKEN, mode), kind: named[word]! }
    return { ...step(CALL, mode), rule: this.rule(word) }
  }

  /** `x (',' x)*` with the items of both parts in one sequence. */
  private separated(item: Step, separator: string): Step {
    const again = this.call(
      LOOP0,
      [
        [
          { ...step(TOKEN, REQUIRED), kind: kindOf(separator) },
          { ...item, keep: true },
        ],
      ],
      REQUIRED,
    )
    return this.call(
      PLAIN,
      [
        [
          { ...item, keep: true },
          { ...again, keep: true },
        ],
      ],
      REQUIRED,
      'seq',
    )
  }

  private call(shape: number, sequences: Step[][], mode: number, action: PieceKind | null = null): Step {
    const rule = this.declare('', shape)
    rule.choices = sequences.map((steps) => {
      if (steps.length === 1) steps[0]!.keep = true
      return { steps, action, second: false, first: [] }
    })
    return { ...step(CALL, mode), rule }
  }

  private take(word: string): boolean {
    if (this.words[this.at] !== word) return false
    this.at++
    return true
  }
}

function unquote(word: string): string {
  return word.slice(1, -1)
}

function step(op: number, mode: number): Step {
  return { op, mode, kind: 0, text: '', rule: null, keep: false }
}

/** A set of token kinds: bit `kind % 32` of word `kind / 32`. */
export type KindSet = Int32Array

export function hasKind(set: KindSet, kind: number): boolean {
  return ((set[kind >> 5]! >> (kind & 31)) & 1) !== 0
}

function emptySet(): KindSet {
  return new Int32Array((token.KW_YIELD >> 5) + 1)
}

function union(into: KindSet, from: KindSet): boolean {
  let changed = false
  for (let i = 0; i < into.length; i++) {
    const joined = into[i]! | from[i]!
    if (joined !== into[i]) {
      into[i] = joined
      changed = true
    }
  }
  return changed
}

function addKind(set: KindSet, kind: number): boolean {
  const before = set[kind >> 5]!
  set[kind >> 5] = before | (1 << (kind & 31))
  return set[kind >> 5] !== before
}

/** What a rule or an alternative can start with, while it is being found out. */
interface Start {
  readonly set: KindSet
  /** It may match nothing, or must be run in any case. */
  free: boolean
}

/** The rules with each behind those that it begins with, but for left recursion. */
function innermostFirst(rules: readonly Rule[]): readonly Rule[] {
  const out: Rule[] = []
  const seen = new Set<Rule>()
  const visit = (rule: Rule): void => {
    if (seen.has(rule)) return
    seen.add(rule)
    for (const choice of rule.choices) for (const item of choice.steps) if (item.rule !== null) visit(item.rule)
    out.push(rule)
  }
  for (const rule of rules) visit(rule)
  return out
}

/**
 * Finds the tokens that each rule and each alternative can start with, by iteration to a fixed point, so that the
 * parser can leave out at once what cannot match. The order of the rules makes few rounds of it.
 */
function findFirstTokens(rules: readonly Rule[]): void {
  const order = innermostFirst(rules)
  for (let pass = 0; pass < 2; pass++) {
    const starts = new Map<Rule, Start>()
    for (const rule of order) starts.set(rule, { set: emptySet(), free: rule.shape === LOOP0 })
    let changed = true
    while (changed) {
      changed = false
      for (const rule of order) {
        const own = starts.get(rule)!
        for (const choice of rule.choices) {
          if (pass === 1 || !choice.second) changed = addFirst(choice, own, starts) || changed
        }
      }
    }
    for (const rule of order) {
      for (const choice of rule.choices) {
        const start = { set: emptySet(), free: false }
        addFirst(choice, start, starts)
        choice.first = [...choice.first, start.free ? null : start.set]
      }
      const own = starts.get(rule)!
      rule.first = [...rule.first, own.free ? null : own.set]
    }
  }
}

/** Finds what a left-recursive rule can go on with behind a result of its own. */
function findGrowth(rule: Rule): void {
  const recursive = rule.choices.filter((choice) => choice.steps[0]!.rule === rule)
  if (recursive.length === 0) return
  rule.seed = recursive.length
  rule.grows = emptySet()
  for (const { steps } of recursive) {
    const next = steps[1]!
    // The error rules are the second pass's, which accepts all that the first does.
    if (next.op === CALL) union(rule.grows, next.rule!.first[1]!)
    else addKind(rule.grows, next.kind)
  }
}

/** Adds what an alternative can start with; true if there was more to add. */
function addFirst(choice: Choice, start: Start, starts: ReadonlyMap<Rule, Start>): boolean {
  let changed = false
  for (const item of choice.steps) {
    if (item.op === CUT || item.mode === AHEAD || item.mode === NOT_AHEAD) continue
    if (item.op === FORCED) break
    let mayBeNothing = item.mode === OPTIONAL
    if (item.op === CALL) {
      const called = starts.get(item.rule!)!
      if (union(start.set, called.set)) changed = true
      mayBeNothing ||= called.free
    } else {
      const kind = item.op === SOFT || item.op === SOFT_NAME ? token.NAME : item.kind
      if (addKind(start.set, kind)) changed = true
    }
    if (!mayBeNothing) return changed
  }
  if (start.free) return changed
  start.free = true
  return true
}
