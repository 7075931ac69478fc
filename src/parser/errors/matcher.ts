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

/** A result at one token, of all the rules (by their bits) that have come to it. */
interface Memo {
  rules: number
  readonly result: Piece | null
  readonly mark: number
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
  /** Results of those steps of the current alternative whose results are wanted: `kept` of at most three. */
  kept = 0
  a: Piece = NOTHING
  b: Piece = NOTHING
  c: Piece = NOTHING
  /** What a loop has gathered. */
  gathered: Piece[] = []
  /** A left-recursive rule's best result so far, and its end. */
  best: Piece | null = null
  bestMark = 0
  /** The alternatives from this one on are not to be tried. */
  end = 0
  /** The pass to go back to behind a rule that runs as in the first. */
  secondPass = false

  keep(result: Piece): void {
    if (this.kept === 0) this.a = result
    else if (this.kept === 1) this.b = result
    else this.c = result
    this.kept++
  }

  /** The kept results as one list: sequences are opened, absent options left out. */
  keptItems(): readonly Piece[] {
    if (this.kept === 0) return noItems
    const out: Piece[] = []
    if (this.kept > 0) addItems(out, this.a)
    if (this.kept > 1) addItems(out, this.b)
    if (this.kept > 2) addItems(out, this.c)
    return out
  }
}

const noItems: readonly Piece[] = []

function addItems(out: Piece[], part: Piece): void {
  if (part.kind === 'seq') for (const item of part.items) out.push(item)
  else if (part !== NOTHING) out.push(part)
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
  /** For each token, the results remembered there. */
  private memos: (Memo | undefined)[] = []
  /** For each token, the bits of the rules that are remembered there to match, and not to match. */
  private matched = new Int32Array(0)
  private failed = new Int32Array(0)
  /** What the rule that returned last has matched, and where it began. */
  private result: Piece | null = null
  private resultStart = 0

  /** Matches a start rule from token `from` on; `null` if it does not match. What is raised on the way is thrown. */
  protected match(name: string, secondPass: boolean, from: number): Piece | null {
    this.mark = from
    this.fill = Math.max(this.fill, from)
    this.depth = -1
    this.level = 0
    this.memos = new Array<Memo | undefined>(this.tokens.count)
    this.matched = new Int32Array(this.tokens.count)
    this.failed = new Int32Array(this.tokens.count)
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
    if (first !== null && !notation.hasKind(first, this.tokens.kinds[mark]!) && this.level < EXACT_LEVEL) {
      this.result = null
      return false
    }
    if ((this.failed[mark]! & rule.memoBit) !== 0) {
      this.result = null
      return false
    }
    if ((this.matched[mark]! & rule.memoBit) !== 0) {
      let memo = this.memos[mark]!
      while ((memo.rules & rule.memoBit) === 0) memo = memo.next!
      this.result = memo.result
      this.mark = memo.mark
      return false
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
    frame.end = rule.choices.length
    if (rule.shape === notation.GROWING) {
      frame.best = null
      frame.bestMark = this.mark
      this.failed[this.mark]! |= rule.memoBit
    }
    if (frame.gathered.length > 0) frame.gathered = []
    frame.secondPass = this.secondPass
    if (rule.plain) this.secondPass = false
    return this.choose(frame, rule.seed) || this.finish(frame, null)
  }

  /** Remembers what a rule that began at `start` has come to, as CPython does with the place that it has reached. */
  private remember(rule: Rule, start: number, result: Piece | null): void {
    const { mark } = this
    if (result === null && mark === start) {
      this.failed[start]! |= rule.memoBit
      return
    }
    this.matched[start]! |= rule.memoBit
    const memo = this.memos[start]
    if (memo !== undefined && memo.result === result && memo.mark === mark) memo.rules |= rule.memoBit
    else this.memos[start] = { rules: rule.memoBit, result, mark, next: memo }
  }

  private forget(rule: Rule, start: number): void {
    this.failed[start]! &= ~rule.memoBit
    if ((this.matched[start]! & rule.memoBit) === 0) return
    let memo = this.memos[start]!
    while ((memo.rules & rule.memoBit) === 0) memo = memo.next!
    memo.rules &= ~rule.memoBit
  }

  /** Goes back and begins the first alternative from `index` on that can match; false if there is none. */
  private choose(frame: Frame, index: number): boolean {
    const { choices } = frame.rule
    const pass = this.secondPass ? 1 : 0
    this.mark = frame.round
    if (this.mark === this.fill) this.take()
    const kind = this.tokens.kinds[this.mark]!
    for (let i = index; i < frame.end; i++) {
      const choice = choices[i]!
      if (choice.second && pass === 0) continue
      const first = choice.first[pass]!
      if (first !== null && !notation.hasKind(first, kind) && this.level < EXACT_LEVEL) continue
      frame.choice = choice
      frame.index = i
      frame.step = 0
      frame.kept = 0
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
    if (step.keep && (result !== null || step.mode === notation.OPTIONAL)) frame.keep(result ?? NOTHING)
    return result !== null || step.mode === notation.OPTIONAL
  }

  private matchToken(frame: Frame, step: Step): boolean {
    if (step.op === notation.CUT) {
      frame.end = 0
      return true
    }
    const { mark } = this
    if (mark === this.fill) this.take()
    const matches = this.tokenMatches(step, mark)
    if (step.mode >= notation.AHEAD) return matches === (step.mode === notation.AHEAD)
    if (!matches) {
      if (step.op === notation.FORCED) this.raiseAt(mark, `expected '${step.text}'`)
      if (step.keep && step.mode === notation.OPTIONAL) frame.keep(NOTHING)
      return step.mode === notation.OPTIONAL
    }
    this.mark++
    if (step.op === notation.NUMBER) {
      const number = this.numberToken(mark)
      if (step.keep) frame.keep(number)
    } else if (step.keep) {
      const isName = this.tokens.kinds[mark] === token.NAME
      frame.keep(isName ? this.nameToken(mark) : piece('token', mark, mark))
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
    const { action } = frame.choice
    this.start = frame.round
    let result: Piece | null
    if (typeof action === 'function') result = action(this, frame.a, frame.b, frame.c)
    else if (action !== null) result = this.node(action, frame.keptItems())
    else if (frame.kept > 1) result = piece('seq', frame.round, this.mark - 1, frame.keptItems())
    else result = frame.kept === 0 ? NOTHING : frame.a
    return this.finish(frame, result)
  }

  /** The alternative has failed. */
  private abandon(frame: Frame): boolean {
    return this.choose(frame, frame.index + 1) || this.finish(frame, null)
  }

  /** One round of a rule has ended, with all its alternatives failed if `result` is `null`. */
  private finish(frame: Frame, result: Piece | null): boolean {
    switch (frame.rule.shape) {
      case notation.LOOP0:
      case notation.LOOP1:
        return this.repeat(frame, result)
      case notation.GROWING:
        return this.grow(frame, result)
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

  /**
   * A left-recursive rule is matched again, with its last result in its own place, as long as it gets longer. Only
   * those alternatives are tried that begin with the rule itself: the others would end where they did before.
   */
  private grow(frame: Frame, result: Piece | null): boolean {
    const { rule } = frame
    if (result !== null && this.mark > frame.bestMark) {
      frame.best = result
      frame.bestMark = this.mark
      this.forget(rule, frame.start)
      this.remember(rule, frame.start, result)
      if (this.mark === this.fill) this.take()
      const mayGrow = rule.grows === null || notation.hasKind(rule.grows, this.tokens.kinds[this.mark]!)
      if (rule.grows !== null) frame.end = rule.seed
      if ((mayGrow || this.level >= EXACT_LEVEL) && this.choose(frame, 0)) return true
    }
    this.mark = frame.bestMark
    return this.leave(frame, frame.best)
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
