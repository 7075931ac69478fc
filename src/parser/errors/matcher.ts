import { sliceText } from '../../source/text.ts'
import * as token from '../../tokens/token.ts'
import { grammarRule } from './grammar.ts'
import type { Choice, Rule, Step } from './notation.ts'
import * as notation from './notation.ts'
import { NOTHING, type Piece, piece } from './piece.ts'
import { RuleContext, stackOverflow } from './rule_context.ts'

/** Nesting of rules at which CPython's parser gives up (`MAXSTACK` in Parser/parser.c). */
const MAX_LEVEL = 6000
/** From here on no call is left out, so that the level of every one that CPython makes is counted. */
const EXACT_LEVEL = MAX_LEVEL - 200

/** A remembered result of one rule at one token. */
interface Memo {
  readonly rule: Rule
  result: Piece | null
  mark: number
  readonly next: Memo | undefined
}

/** A rule that is being matched. */
class Frame {
  rule!: Rule
  /** The alternative that is tried, and its index. */
  choice!: Choice
  index = 0
  step = 0
  /** Where the rule began, and where its current round did (a loop has many). */
  start = 0
  round = 0
  /** No further alternative is to be tried. */
  cut = false
  /** Results, of those steps of the current alternative whose results are wanted. */
  kept: Piece[] = []
  /** What a loop has gathered. */
  gathered: Piece[] = []
  /** A left-recursive rule's best result so far, as it is remembered. */
  best: Memo | undefined
  /** The pass to go back to behind a rule that runs as in the first. */
  secondPass = false
}

/**
 * Matches rules as CPython's generated parser does: alternatives in order, results remembered for the same rules, the
 * same tokens taken at the same time. It keeps its own stack, so that depth costs no JavaScript stack and is limited
 * exactly as in CPython.
 *
 * Only what CPython remembers is remembered: a result that was found without the error rules (below a rule named
 * `…_without_invalid`) hides their errors where it is found again, so more or less memory would change what is
 * reported.
 */
export abstract class Matcher extends RuleContext {
  private readonly frames: Frame[] = []
  private depth = -1
  private level = 0
  private memos: (Memo | undefined)[] = []
  /** What the rule that returned last has matched, and where it began. */
  private result: Piece | null = null
  private resultStart = 0

  /** Matches a start rule from the first token; `null` if it does not match. What is raised on the way is thrown. */
  protected match(name: string, secondPass: boolean): Piece | null {
    this.mark = 0
    this.depth = -1
    this.level = 0
    this.memos = []
    this.secondPass = secondPass
    let runsOn = this.enter(grammarRule(name))
    while (this.depth >= 0) runsOn = this.advance(this.frames[this.depth]!, runsOn)
    return this.result
  }

  /** Begins a rule at `mark`; false if its result is there at once. */
  private enter(rule: Rule): boolean {
    const { mark } = this
    if (this.level >= MAX_LEVEL) throw stackOverflow()
    if (mark === this.fill) this.take()
    const first = rule.first[this.secondPass ? 1 : 0]!
    if (first !== null && first[this.tokens.kinds[mark]!] === 0 && this.level < EXACT_LEVEL) {
      this.result = null
      return false
    }
    if (rule.shape === notation.MEMO || rule.shape === notation.GROWING) {
      let memo = this.memos[mark]
      while (memo !== undefined && memo.rule !== rule) memo = memo.next
      if (memo !== undefined) {
        this.result = memo.result
        this.mark = memo.mark
        return false
      }
    }
    return this.push(rule)
  }

  private push(rule: Rule): boolean {
    this.level += rule.weight
    if (this.level > MAX_LEVEL) throw stackOverflow()
    if (++this.depth === this.frames.length) this.frames.push(new Frame())
    const frame = this.frames[this.depth]!
    frame.rule = rule
    frame.start = this.mark
    frame.round = this.mark
    frame.cut = false
    frame.best = rule.shape === notation.GROWING ? this.remember(rule, this.mark, null) : undefined
    if (frame.gathered.length > 0) frame.gathered = []
    frame.secondPass = this.secondPass
    if (rule.plain) this.secondPass = false
    return this.choose(frame, 0) || this.finish(frame, null)
  }

  private remember(rule: Rule, start: number, result: Piece | null): Memo {
    const memo: Memo = { rule, result, mark: this.mark, next: this.memos[start] }
    this.memos[start] = memo
    return memo
  }

  /** Goes back and begins the first alternative from `index` on that can match; false if there is none. */
  private choose(frame: Frame, index: number): boolean {
    const { choices } = frame.rule
    const pass = this.secondPass ? 1 : 0
    this.mark = frame.round
    if (this.mark === this.fill) this.take()
    const kind = this.tokens.kinds[this.mark]!
    for (let i = index; i < choices.length; i++) {
      const choice = choices[i]!
      if (choice.second && pass === 0) continue
      const first = choice.first[pass]!
      if (first !== null && first[kind] === 0 && this.level < EXACT_LEVEL) continue
      frame.choice = choice
      frame.index = i
      frame.step = 0
      if (frame.kept.length > 0) frame.kept = []
      return true
    }
    return false
  }

  /** Goes on with a frame, with the result of the rule that it called if that has returned; false when it returns. */
  private advance(frame: Frame, runsOn: boolean): boolean {
    const { steps } = frame.choice
    if (!runsOn) {
      if (!this.receive(frame, steps[frame.step]!, this.resultStart)) return this.abandon(frame)
      frame.step++
    }
    while (frame.step < steps.length) {
      const step = steps[frame.step]!
      let matches: boolean
      if (step.op === notation.CALL) {
        const start = this.mark
        if (this.enter(step.rule!)) return true
        matches = this.receive(frame, step, start)
      } else matches = this.matchToken(frame, step)
      if (!matches) return this.abandon(frame)
      frame.step++
    }
    return this.complete(frame)
  }

  /** Takes the result of a called rule that began at `start`; false if the alternative fails with it. */
  private receive(frame: Frame, step: Step, start: number): boolean {
    const { result } = this
    if (step.mode >= notation.AHEAD) {
      this.mark = start
      return (result !== null) === (step.mode === notation.AHEAD)
    }
    if (step.keep && (result !== null || step.mode === notation.OPTIONAL)) frame.kept.push(result ?? NOTHING)
    return result !== null || step.mode === notation.OPTIONAL
  }

  private matchToken(frame: Frame, step: Step): boolean {
    if (step.op === notation.CUT) {
      frame.cut = true
      return true
    }
    const { mark } = this
    if (mark === this.fill) this.take()
    const matches = this.tokenMatches(step, mark)
    if (step.mode >= notation.AHEAD) return matches === (step.mode === notation.AHEAD)
    if (!matches) {
      if (step.op === notation.FORCED) this.raiseAt(mark, `expected '${step.text}'`)
      if (step.keep && step.mode === notation.OPTIONAL) frame.kept.push(NOTHING)
      return step.mode === notation.OPTIONAL
    }
    this.mark++
    if (step.op === notation.NUMBER) {
      const number = this.numberToken(mark)
      if (step.keep) frame.kept.push(number)
    } else if (step.keep) {
      const isName = this.tokens.kinds[mark] === token.NAME
      frame.kept.push(isName ? this.nameToken(mark) : piece('token', mark, mark))
    }
    return true
  }

  private tokenMatches(step: Step, index: number): boolean {
    const { tokens } = this
    const kind = tokens.kinds[index]!
    if (step.op !== notation.SOFT && step.op !== notation.SOFT_NAME) return kind === step.kind
    if (kind !== token.NAME) return false
    const text = sliceText(this.source, tokens.starts[index]!, tokens.ends[index]!)
    if (step.op === notation.SOFT) return text === step.text
    // CPython compares only as many characters as the name has, so that `m` passes for `match`.
    return notation.softKeywords.some((keyword) => keyword.startsWith(text))
  }

  /** The alternative has matched. */
  private complete(frame: Frame): boolean {
    const { kept, choice } = frame
    const { action } = choice
    this.start = frame.round
    let result: Piece | null
    if (typeof action === 'function') result = action(this, kept[0]!, kept[1]!, kept[2]!)
    else if (action !== null) result = this.node(action, flatten(kept))
    else if (kept.length > 1) result = piece('seq', frame.round, this.mark - 1, flatten(kept))
    else result = kept.length === 0 ? NOTHING : kept[0]!
    return this.finish(frame, result)
  }

  /** The alternative has failed. */
  private abandon(frame: Frame): boolean {
    if (frame.cut) this.mark = frame.round
    else if (this.choose(frame, frame.index + 1)) return true
    return this.finish(frame, null)
  }

  /** One round of a rule has ended, with all its alternatives failed if `result` is `null`. */
  private finish(frame: Frame, result: Piece | null): boolean {
    switch (frame.rule.shape) {
      case notation.LOOP0:
      case notation.LOOP1:
        return this.repeat(frame, result)
      case notation.GROWING:
        return this.grow(frame, frame.best!, result)
      case notation.MEMO:
        this.remember(frame.rule, frame.start, result)
    }
    return this.leave(frame, result)
  }

  private repeat(frame: Frame, result: Piece | null): boolean {
    const { gathered } = frame
    if (result !== null) {
      gathered.push(result)
      frame.round = this.mark
      if (this.choose(frame, 0)) return true
    }
    this.mark = frame.round
    if (frame.rule.shape === notation.LOOP1 && gathered.length === 0) return this.leave(frame, null)
    frame.gathered = []
    return this.leave(frame, piece('seq', frame.start, this.mark - 1, gathered))
  }

  /** A left-recursive rule is matched again, with its last result in its own place, as long as it gets longer. */
  private grow(frame: Frame, best: Memo, result: Piece | null): boolean {
    if (result !== null && this.mark > best.mark) {
      best.result = result
      best.mark = this.mark
      if (this.choose(frame, 0)) return true
    }
    this.mark = best.mark
    return this.leave(frame, best.result)
  }

  private leave(frame: Frame, result: Piece | null): false {
    this.secondPass = frame.secondPass
    this.level -= frame.rule.weight
    this.depth--
    this.result = result
    this.resultStart = frame.start
    return false
  }
}

/** Joins captured parts: sequences are opened, absent options left out. */
function flatten(parts: readonly Piece[]): readonly Piece[] {
  const out: Piece[] = []
  for (const part of parts) {
    if (part.kind === 'seq') for (const item of part.items) out.push(item)
    else if (part !== NOTHING) out.push(part)
  }
  return out
}
