import { PyError } from '../../base/errors.ts'
import { INFO, LAST_AT, LAST_CATEGORY, MAXGROUPS, MAXREPEAT, SRE } from './opcodes.ts'

/** The codes of a pattern: unsigned 32-bit numbers. */
export type Codes = Uint32Array

/**
 * Checks the codes of a pattern as CPython's `_validate` does: that every operand is there and every jump stays inside
 * its construct. Throws `RuntimeError` `invalid SRE code`.
 */
export function validateCode(code: Codes, groups: number): void {
  const end = code.length
  const isSane = groups >= 0 && groups <= MAXGROUPS && end > 0 && code[end - 1] === SRE.SUCCESS
  if (!isSane || !new Validator(code, groups).isValid(0, end - 1)) throw new PyError('RuntimeError', 'invalid SRE code')
}

const INVALID = -1

class Validator {
  private readonly code: Codes
  private readonly groups: number
  /** Whether the range checked last ended with a JUMP. */
  private endedInJump = false

  constructor(code: Codes, groups: number) {
    this.code = code
    this.groups = groups
  }

  isValid(at: number, end: number): boolean {
    return this.isRange(at, end) && !this.endedInJump
  }

  private isRange(at: number, end: number): boolean {
    this.endedInJump = false
    if (at > end) return false
    while (at < end) {
      if (this.code[at] === SRE.JUMP) {
        this.endedInJump = at + 2 === end
        return this.endedInJump
      }
      at = this.operatorEnd(at, end)
      if (at === INVALID || at > end) return false
    }
    this.endedInJump = false
    return true
  }

  /** Where the operator at `at` ends; `INVALID` if something is wrong with it. */
  private operatorEnd(at: number, end: number): number {
    const code = this.code
    switch (code[at]) {
      case SRE.SUCCESS:
      case SRE.FAILURE:
      case SRE.ANY:
      case SRE.ANY_ALL:
        return at + 1
      case SRE.MARK:
        return this.hasOperand(at, end, 2 * this.groups + 1)
      case SRE.LITERAL:
      case SRE.NOT_LITERAL:
      case SRE.LITERAL_IGNORE:
      case SRE.NOT_LITERAL_IGNORE:
      case SRE.LITERAL_UNI_IGNORE:
      case SRE.NOT_LITERAL_UNI_IGNORE:
      case SRE.LITERAL_LOC_IGNORE:
      case SRE.NOT_LITERAL_LOC_IGNORE:
        return this.hasOperand(at, end, 0xffffffff)
      case SRE.AT:
        return this.hasOperand(at, end, LAST_AT)
      case SRE.GROUPREF:
      case SRE.GROUPREF_IGNORE:
      case SRE.GROUPREF_UNI_IGNORE:
      case SRE.GROUPREF_LOC_IGNORE:
        return this.hasOperand(at, end, this.groups - 1)
      case SRE.IN:
      case SRE.IN_IGNORE:
      case SRE.IN_UNI_IGNORE:
      case SRE.IN_LOC_IGNORE: {
        const next = this.skipEnd(at, end)
        return next !== INVALID && this.isCharset(at + 2, next) ? next : INVALID
      }
      case SRE.INFO:
        return this.infoEnd(at, end)
      case SRE.BRANCH:
        return this.branchEnd(at, end)
      case SRE.GROUPREF_EXISTS:
        return this.conditionalEnd(at, end)
      default:
        return this.bodyEnd(at, end)
    }
  }

  private hasOperand(at: number, end: number, maximum: number): number {
    return at + 1 < end && this.code[at + 1]! <= maximum ? at + 2 : INVALID
  }

  /** Where the skip behind an operator leads; it counts from itself. */
  private skipEnd(at: number, end: number): number {
    if (at + 1 >= end) return INVALID
    const next = at + 1 + this.code[at + 1]!
    return next <= end ? next : INVALID
  }

  /** An operator whose body stands between its operands and one closing operator, with which its skip agrees. */
  private bodyEnd(at: number, end: number): number {
    const code = this.code
    const next = this.skipEnd(at, end)
    if (next === INVALID) return INVALID
    let body = at + 2
    let close = next - 1
    switch (code[at]) {
      case SRE.ASSERT:
      case SRE.ASSERT_NOT:
        if (at + 2 >= end || code[at + 2]! >= 0x80000000) return INVALID
        body = at + 3
        break
      case SRE.ATOMIC_GROUP:
        break
      case SRE.REPEAT_ONE:
      case SRE.MIN_REPEAT_ONE:
      case SRE.POSSESSIVE_REPEAT_ONE:
        body = at + 4
        break
      case SRE.REPEAT:
      case SRE.POSSESSIVE_REPEAT:
        body = at + 4
        close = next
        break
      default:
        return INVALID
    }
    if (body === at + 4 && (at + 3 >= end || code[at + 2]! > code[at + 3]! || code[at + 3]! > MAXREPEAT)) return INVALID
    if (body > close || close >= end || !this.isValid(body, close)) return INVALID
    const last = code[close]
    const isClosed = code[at] === SRE.REPEAT ? last === SRE.MAX_UNTIL || last === SRE.MIN_UNTIL : last === SRE.SUCCESS
    return isClosed ? close + 1 : INVALID
  }

  private branchEnd(at: number, end: number): number {
    const code = this.code
    let target = INVALID
    let next = at + 1
    for (;;) {
      if (next >= end) return INVALID
      const skip = code[next]!
      if (skip === 0) break
      const jump = next + skip - 2
      if (next + skip > end || jump <= next || !this.isValid(next + 1, jump)) return INVALID
      if (code[jump] !== SRE.JUMP) return INVALID
      const jumpTarget = jump + 1 + code[jump + 1]!
      if (jumpTarget > end || (target !== INVALID && jumpTarget !== target)) return INVALID
      target = jumpTarget
      next += skip
    }
    return next + 1 === target ? target : INVALID
  }

  private conditionalEnd(at: number, end: number): number {
    const code = this.code
    if (at + 2 >= end || code[at + 1]! >= this.groups) return INVALID
    let next = at + 1 + code[at + 2]!
    if (next < at + 3 || next > end || !this.isRange(at + 3, next)) return INVALID
    if (!this.endedInJump) return next
    const no = next
    next = no - 1 + code[no - 1]!
    return next <= end && this.isValid(no, next) ? next : INVALID
  }

  private infoEnd(at: number, end: number): number {
    const code = this.code
    const next = this.skipEnd(at, end)
    if (next === INVALID || at + 4 >= end) return INVALID
    const flags = code[at + 2]!
    const isPrefix = (flags & INFO.PREFIX) !== 0
    if (flags > 7 || (isPrefix && flags & INFO.CHARSET) || (!isPrefix && flags & INFO.LITERAL)) return INVALID
    let i = at + 5
    if (isPrefix) {
      const length = code[i]!
      i += 2
      if (i + 2 * length > next) return INVALID
      for (let k = 0; k < length; k++) if (code[i + length + k]! >= length) return INVALID
      i += 2 * length
    }
    if (flags & INFO.CHARSET) return this.isCharset(i, next) ? next : INVALID
    return i === next ? next : INVALID
  }

  /** A set of characters up to `end`, the FAILURE that closes it included. */
  private isCharset(at: number, end: number): boolean {
    const code = this.code
    const last = end - 1
    if (last < at || code[last] !== SRE.FAILURE) return false
    while (at < last) {
      switch (code[at++]) {
        case SRE.NEGATE:
          break
        case SRE.LITERAL:
          at++
          break
        case SRE.RANGE:
        case SRE.RANGE_UNI_IGNORE:
          at += 2
          break
        case SRE.CHARSET:
          at += 8
          break
        case SRE.CATEGORY:
          if (at >= last || code[at]! > LAST_CATEGORY) return false
          at++
          break
        case SRE.BIGCHARSET: {
          const blocks = code[at]!
          if (at + 65 > last) return false
          for (let i = 0; i < 256; i++) {
            if (((code[at + 1 + (i >> 2)]! >>> (8 * (i & 3))) & 255) >= blocks) return false
          }
          at += 65 + blocks * 8
          break
        }
        default:
          return false
      }
    }
    return at === last
  }
}
