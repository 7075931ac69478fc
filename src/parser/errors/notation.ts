import { encodeUtf8 } from '../../base/utf8.ts'
import { OPERATOR_LENGTH_SHIFT, operatorAt } from '../../tokens/operators.ts'
import * as token from '../../tokens/token.ts'
import type { Piece, PieceKind } from './piece.ts'
import type { RuleContext } from './rule_context.ts'

/**
 * Runs when an alternative has matched, with the captured pieces. It may raise; with `null` the whole rule fails,
 * without a try of its further alternatives.
 */
export type Action = (p: RuleContext, a: Piece, b: Piece, c: Piece) => Piece | null

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
export const TOKEN = 0
export const SOFT = 1
export const NUMBER = 2
export const SOFT_NAME = 3
export const FORCED = 4
export const CUT = 5
export const CALL = 6

export const REQUIRED = 0
export const OPTIONAL = 1
export const AHEAD = 2
export const NOT_AHEAD = 3

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
  first: readonly (Uint8Array | null)[]
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
  grows: Uint8Array | null
  choices: readonly Choice[]
  first: readonly (Uint8Array | null)[]
}

/** Names that are keywords only where the grammar asks for them. */
export const softKeywords = ['match', 'case', '_']

const named = token as Readonly<Record<string, number>>

function kindOf(spelling: string): number {
  const keyword = named[`KW_${spelling.toUpperCase()}`]
  if (keyword !== undefined) return keyword
  if (spelling === '...') return token.ELLIPSIS
  const found = operatorAt(encodeUtf8(`${spelling}  `), 0)
  if (found >> OPERATOR_LENGTH_SHIFT !== spelling.length) throw new Error(`no token is spelled ${spelling}`)
  return found & 0xff
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

const TOKEN_KINDS = token.KW_YIELD + 1

/**
 * Finds the tokens that each rule and each alternative can start with, by iteration to a fixed point, so that the
 * parser can leave out at once what cannot match. `null` stands for a rule that may match nothing or must be run in
 * any case.
 */
function findFirstTokens(rules: readonly Rule[]): void {
  for (let pass = 0; pass < 2; pass++) {
    const sets = new Map<Rule | Choice, Uint8Array>()
    const free = new Set<Rule | Choice>()
    for (const rule of rules) {
      sets.set(rule, new Uint8Array(TOKEN_KINDS))
      for (const choice of rule.choices) sets.set(choice, new Uint8Array(TOKEN_KINDS))
    }
    let changed = true
    while (changed) {
      changed = false
      for (const rule of rules) {
        for (const choice of rule.choices) {
          if (addFirst(choice, sets, free)) changed = true
          if (choice.second && pass === 0) continue
          if (free.has(choice) && !free.has(rule)) {
            free.add(rule)
            changed = true
          }
          if (union(sets.get(rule)!, sets.get(choice)!)) changed = true
        }
        if (rule.shape === LOOP0 && !free.has(rule)) {
          free.add(rule)
          changed = true
        }
      }
    }
    for (const rule of rules) {
      rule.first = [...rule.first, free.has(rule) ? null : sets.get(rule)!]
      for (const choice of rule.choices) choice.first = [...choice.first, free.has(choice) ? null : sets.get(choice)!]
    }
  }
}

/** Finds what a left-recursive rule can go on with behind a result of its own. */
function findGrowth(rule: Rule): void {
  const recursive = rule.choices.filter((choice) => choice.steps[0]!.rule === rule)
  if (recursive.length === 0) return
  rule.seed = recursive.length
  rule.grows = new Uint8Array(TOKEN_KINDS)
  for (const { steps } of recursive) {
    const next = steps[1]!
    // The error rules are the second pass's, which accepts all that the first does.
    if (next.op === CALL) union(rule.grows, next.rule!.first[1]!)
    else rule.grows[next.kind] = 1
  }
}

function addFirst(choice: Choice, sets: Map<Rule | Choice, Uint8Array>, free: Set<Rule | Choice>): boolean {
  const set = sets.get(choice)!
  let changed = false
  for (const item of choice.steps) {
    if (item.op === CUT || item.mode === AHEAD || item.mode === NOT_AHEAD) continue
    if (item.op === FORCED) break
    if (item.op === CALL) {
      if (union(set, sets.get(item.rule!)!)) changed = true
    } else {
      const kind = item.op === SOFT || item.op === SOFT_NAME ? token.NAME : item.kind
      if (set[kind] === 0) {
        set[kind] = 1
        changed = true
      }
    }
    if (item.mode !== OPTIONAL && !(item.op === CALL && free.has(item.rule!))) return changed
  }
  if (!free.has(choice)) {
    free.add(choice)
    changed = true
  }
  return changed
}

function union(into: Uint8Array, from: Uint8Array): boolean {
  let changed = false
  for (let i = 0; i < into.length; i++) {
    if (from[i] === 1 && into[i] === 0) {
      into[i] = 1
      changed = true
    }
  }
  return changed
}
