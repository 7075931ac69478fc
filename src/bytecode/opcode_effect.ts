/**
 * One part of a stack effect that depends on the argument: `factor * (oparg >> shift & mask)`, or `factor` if that
 * value equals `equals` (which is −1 where there is no comparison).
 */
interface EffectTerm {
  factor: number
  readonly shift: number
  readonly mask: number
  readonly equals: number
}

/** A stack effect in numbers. `through` and `jump` are constants, `terms` are to be added to either. */
export interface NumericEffect {
  readonly through: number
  readonly jump: number
  readonly terms: readonly EffectTerm[]
}

/** What a count such as `2 * oparg`, `oparg - 1` or `oparg >> 1 & 1` is made of. */
const COUNT = /^(?:(\d+) \* )?oparg(?: >> (\d+))?(?: & (0x[0-9a-f]+|\d+))?(?: == (\d+))?(?: - (\d+))?$/

class Sum {
  constant = 0
  readonly terms = new Map<string, EffectTerm>()

  addCount(count: string, sign: number): void {
    const match = COUNT.exec(count)
    if (match === null) throw new Error(`a count that is not understood: ${count}`)
    const [, factor = '1', shift = '0', mask = '-1', equals = '-1', minus = '0'] = match
    const key = `${shift} ${mask} ${equals}`
    let term = this.terms.get(key)
    if (term === undefined) {
      term = { factor: 0, shift: Number(shift), mask: Number(mask), equals: Number(equals) }
      this.terms.set(key, term)
    }
    term.factor += sign * Number(factor)
    if (term.factor === 0) this.terms.delete(key)
    this.constant -= sign * Number(minus)
  }

  /** Adds the values of one side of an effect; those in parentheses are not counted. */
  addSide(side: string, sign: number): void {
    for (const part of side.split(',')) {
      const value = part.trim()
      if (value === '' || value.startsWith('(')) continue
      const bracket = value.indexOf('[')
      if (bracket < 0) this.constant += sign
      else this.addCount(value.slice(bracket + 1, -1), sign)
    }
  }
}

function sumOf(effect: string): Sum {
  const [before, after] = effect.split('--')
  if (before === undefined || after === undefined) throw new Error(`a stack effect without --: ${effect}`)
  const sum = new Sum()
  sum.addSide(before, -1)
  sum.addSide(after, 1)
  return sum
}

/**
 * Derives the numbers from a stack effect in the notation of `opcodes.ts`.
 *
 * @throws Error if the notation is not understood, or an effect that differs by jumping depends on the argument.
 */
export function opcodeEffect(effect: string): NumericEffect {
  const [through, jump, more] = effect.split('| jump:')
  if (more !== undefined) throw new Error(`a stack effect with two jumps: ${effect}`)
  const plain = sumOf(through!)
  const taken = jump === undefined ? plain : sumOf(jump)
  const terms = [...plain.terms.values()]
  if (taken !== plain && terms.length + taken.terms.size > 0) {
    throw new Error(`a jump whose effect depends on its argument: ${effect}`)
  }
  return { through: plain.constant, jump: taken.constant, terms }
}
