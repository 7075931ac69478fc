import { FRAME, foldCase, growStack, isBoundary, type Machine, POLL_INTERVAL } from '../../src/modules/_sre/machine.ts'
import { NO_LIMIT, ONE_SIZE, OP, type Program } from '../../src/modules/_sre/program.ts'

/** Words that any frame may need beside the marks. */
const FRAME_ROOM = 16

/** Whether the rest of a match may begin at `p`, as far as `first` tells. */
function mayBegin(text: string, entries: Uint8Array, first: number, p: number, end: number): boolean {
  if (first === -1) return true
  if (p >= end) return false
  const c = text.charCodeAt(p)
  return first < -1 ? c === -2 - first : entries[first + Math.min(c, 256)] === 1
}

/** How far the item of a repeat at `pc` can be repeated from `p`, up to `limit`. */
function repeatItem(text: string, program: Program, pc: number, p: number, limit: number): number {
  const code = program.code
  const operand = code[pc + 4]!
  switch (code[pc + 3]) {
    case OP.CHAR:
      while (p < limit && text.charCodeAt(p) === operand) p++
      return p
    case OP.SET: {
      const entries = program.tables.entries
      while (p < limit) {
        const c = text.charCodeAt(p)
        if (c < 256 ? entries[operand + c] === 0 : !program.tables.hasHigh(code[pc + 5]!, c)) break
        p++
      }
      return p
    }
    default:
      return limit
  }
}

/** The last place from `p` down to `least` where the tail of a repeat may begin; below `least` if there is none. */
function lastBeginning(
  text: string,
  entries: Uint8Array,
  first: number,
  p: number,
  least: number,
  end: number,
): number {
  if (first === -1) return p
  if (p >= end) p = end - 1
  if (first < -1) {
    const ch = -2 - first
    while (p >= least && text.charCodeAt(p) !== ch) p--
    return p
  }
  while (p >= least) {
    const c = text.charCodeAt(p)
    if (entries[first + Math.min(c, 256)] === 1) break
    p--
  }
  return p
}

/** The first place from `p` to `limit` where the tail of a lazy repeat may begin; -1 if the item ends before. */
function nextBeginning(text: string, program: Program, pc: number, p: number, limit: number, end: number): number {
  const { code, tables } = program
  const entries = tables.entries
  const first = code[pc + 6]!
  const kind = code[pc + 3]!
  const operand = code[pc + 4]!
  for (; ; p++) {
    const c = p < end ? text.charCodeAt(p) : -1
    if (first === -1) return p
    if (c < 0) return -1
    if (first < -1 ? c === -2 - first : entries[first + Math.min(c, 256)] === 1) return p
    if (p >= limit) return -1
    if (kind === OP.CHAR) {
      if (c !== operand) return -1
    } else if (kind === OP.SET) {
      if (c < 256 ? entries[operand + c] === 0 : !tables.hasHigh(code[pc + 5]!, c)) return -1
    }
  }
}

/** The choice of a branch from `entry` on whose beginning fits; the closing entry if there is none. */
function nextChoice(text: string, program: Program, entry: number, p: number, end: number): number {
  const code = program.code
  while (code[entry + 1] !== 0 && !mayBegin(text, program.tables.entries, code[entry]!, p, end)) entry += 2
  return entry
}

/** Whether the text of a group comes again at `p`. */
function repeatsGroup(text: string, from: number, to: number, p: number, end: number, fold: number): boolean {
  if (p + to - from > end) return false
  for (; from < to; from++, p++) {
    const a = text.charCodeAt(from)
    const b = text.charCodeAt(p)
    if (a !== b && (fold === 0 || foldCase(a, fold) !== foldCase(b, fold))) return false
  }
  return true
}

/** Whether the condition of an AT operator holds at `p`. */
function holdsAt(text: string, code: number, p: number, end: number): boolean {
  switch (code) {
    case 0: // beginning
    case 2: // beginning of the string
      return p === 0
    case 1: // beginning of a line
      return p === 0 || text.charCodeAt(p - 1) === 10
    case 5: // end
      return p === end || (p === end - 1 && text.charCodeAt(p) === 10)
    case 6: // end of a line
      return p === end || text.charCodeAt(p) === 10
    case 7: // end of the string
      return p === end
    default: {
      if (end === 0) return false
      const before = p > 0 ? text.charCodeAt(p - 1) : -1
      const after = p < end ? text.charCodeAt(p) : -1
      // Of each pair the second code is the complement.
      const isNegated = code === 4 || code === 9 || code === 11
      return isBoundary(code, before, after) !== isNegated
    }
  }
}

/**
 * Runs a program on the text from `ptr` on: CPython's `SRE(match)`. On success the machine has the end of the match, its
 * marks, `lastmark` and `lastindex`. `isTop` says that `matchAll` and `mustAdvance` count.
 *
 * What is restored when a choice fails, and what not, is as in CPython: marks are saved inside of repeats only. The loop
 * keeps everything in local variables; that is why it is one function.
 */
export function run(machine: Machine, text: string, ptr: number, isTop: boolean): boolean {
  const program = machine.program
  const code = program.code
  const tables = program.tables
  const entries = tables.entries
  const end = machine.end
  const floor = program.markCount
  const room = FRAME_ROOM + floor
  let stack = machine.stack
  let budget = machine.budget
  let sp = floor
  let pc = 0
  let lastmark = -1
  let lastindex = -1
  /** Where the record of the innermost repeat begins, or -1. */
  let repeat = -1
  /** Where the frame of the innermost assertion, atomic group or possessive repeat ends, or -1. */
  let boundary = -1

  for (;;) {
    if (sp + room > stack.length) stack = growStack(stack, room)
    switch (code[pc]) {
      case OP.CHAR:
        if (ptr < end && text.charCodeAt(ptr) === code[pc + 1]) {
          ptr++
          pc += 2
          continue
        }
        break
      case OP.SET:
        if (ptr < end) {
          const c = text.charCodeAt(ptr)
          if (c < 256 ? entries[code[pc + 1]! + c] === 1 : tables.hasHigh(code[pc + 2]!, c)) {
            ptr++
            pc += 3
            continue
          }
        }
        break
      case OP.ANY_ALL:
        if (ptr < end) {
          ptr++
          pc++
          continue
        }
        break
      case OP.STRING: {
        const length = code[pc + 1]!
        if (end - ptr < length) break
        let i = 0
        while (i < length && text.charCodeAt(ptr + i) === code[pc + 2 + i]) i++
        if (i < length) break
        ptr += length
        pc += 2 + length
        continue
      }
      case OP.MARK: {
        const mark = code[pc + 1]!
        if ((mark & 1) === 1) lastindex = (mark >> 1) + 1
        if (mark > lastmark) {
          for (let i = lastmark + 1; i < mark; i++) stack[i] = -1
          lastmark = mark
        }
        stack[mark] = ptr
        pc += 2
        continue
      }
      case OP.AT:
        if (holdsAt(text, code[pc + 1]!, ptr, end)) {
          pc += 2
          continue
        }
        break
      case OP.JUMP:
        pc = code[pc + 1]!
        continue
      case OP.BRANCH: {
        const entry = nextChoice(text, program, pc + 1, ptr, end)
        if (code[entry + 1] === 0) break
        const other = nextChoice(text, program, entry + 2, ptr, end)
        if (code[other + 1] !== 0) {
          if (repeat >= 0) for (let i = 0; i <= lastmark; i++) stack[sp++] = stack[i]!
          stack[sp] = other
          stack[sp + 1] = ptr
          stack[sp + 2] = lastmark
          stack[sp + 3] = lastindex
          stack[sp + 4] = FRAME.BRANCH
          sp += 5
        }
        pc = code[entry + 1]!
        continue
      }
      case OP.GREEDY_ONE: {
        const least = ptr + code[pc + 1]!
        if (least > end) break
        const limit = code[pc + 2]! < end - ptr ? ptr + code[pc + 2]! : end
        const stop = repeatItem(text, program, pc, ptr, limit)
        if (stop < least) break
        const first = code[pc + 6]!
        if (code[pc + 7] === 1) {
          if (!mayBegin(text, entries, first, stop, end)) break
          ptr = stop
          pc += ONE_SIZE
          continue
        }
        ptr = lastBeginning(text, entries, first, stop, least, end)
        if (ptr < least) break
        if (ptr > least) {
          if (repeat >= 0) for (let i = 0; i <= lastmark; i++) stack[sp++] = stack[i]!
          stack[sp] = pc
          stack[sp + 1] = ptr
          stack[sp + 2] = least
          stack[sp + 3] = lastmark
          stack[sp + 4] = lastindex
          stack[sp + 5] = FRAME.GREEDY
          sp += 6
        }
        pc += ONE_SIZE
        continue
      }
      case OP.LAZY_ONE: {
        const least = ptr + code[pc + 1]!
        if (least > end || repeatItem(text, program, pc, ptr, least) < least) break
        const limit = code[pc + 2]! < end - ptr ? ptr + code[pc + 2]! : end
        ptr = nextBeginning(text, program, pc, least, limit, end)
        if (ptr < 0) break
        if (ptr < limit) {
          if (repeat >= 0) for (let i = 0; i <= lastmark; i++) stack[sp++] = stack[i]!
          stack[sp] = pc
          stack[sp + 1] = ptr
          stack[sp + 2] = limit
          stack[sp + 3] = lastmark
          stack[sp + 4] = lastindex
          stack[sp + 5] = FRAME.LAZY
          sp += 6
        }
        pc += ONE_SIZE
        continue
      }
      case OP.POSSESSIVE_ONE: {
        const least = ptr + code[pc + 1]!
        if (least > end) break
        const limit = code[pc + 2]! < end - ptr ? ptr + code[pc + 2]! : end
        ptr = repeatItem(text, program, pc, ptr, limit)
        if (ptr < least) break
        pc += ONE_SIZE
        continue
      }
      case OP.REPEAT:
        stack[sp] = -1
        stack[sp + 1] = pc
        stack[sp + 2] = repeat
        stack[sp + 3] = -1
        stack[sp + 4] = FRAME.REPEAT
        repeat = sp
        sp += 5
        pc = code[pc + 3]!
        continue
      case OP.MAX_UNTIL: {
        if (--budget <= 0) {
          machine.poll()
          budget = POLL_INTERVAL
        }
        const count = stack[repeat]! + 1
        const body = stack[repeat + 1]!
        if (count < code[body + 1]!) {
          stack[repeat] = count
          stack[sp] = repeat
          stack[sp + 1] = FRAME.COUNT
          sp += 2
          pc = body + 5
          continue
        }
        const limit = code[body + 2]!
        if (
          (count < limit || limit === NO_LIMIT) &&
          ptr !== stack[repeat + 3] &&
          mayBegin(text, entries, code[body + 4]!, ptr, end)
        ) {
          stack[repeat] = count
          for (let i = 0; i <= lastmark; i++) stack[sp++] = stack[i]!
          stack[sp] = stack[repeat + 3]!
          stack[sp + 1] = ptr
          stack[sp + 2] = repeat
          stack[sp + 3] = pc
          stack[sp + 4] = lastmark
          stack[sp + 5] = lastindex
          stack[sp + 6] = FRAME.MAX_BODY
          sp += 7
          stack[repeat + 3] = ptr
          pc = body + 5
          continue
        }
        stack[sp] = repeat
        stack[sp + 1] = FRAME.TAIL
        sp += 2
        repeat = stack[repeat + 2]!
        pc++
        continue
      }
      case OP.MIN_UNTIL: {
        if (--budget <= 0) {
          machine.poll()
          budget = POLL_INTERVAL
        }
        const count = stack[repeat]! + 1
        const body = stack[repeat + 1]!
        if (count < code[body + 1]!) {
          stack[repeat] = count
          stack[sp] = repeat
          stack[sp + 1] = FRAME.COUNT
          sp += 2
          pc = body + 5
          continue
        }
        const outer = stack[repeat + 2]!
        if (outer >= 0) for (let i = 0; i <= lastmark; i++) stack[sp++] = stack[i]!
        stack[sp] = ptr
        stack[sp + 1] = repeat
        stack[sp + 2] = pc
        stack[sp + 3] = lastmark
        stack[sp + 4] = lastindex
        stack[sp + 5] = FRAME.MIN_TAIL
        sp += 6
        repeat = outer
        pc++
        continue
      }
      case OP.POSSESSIVE:
        if (code[pc + 2] === 0) {
          pc = code[pc + 3]!
          continue
        }
        if (code[pc + 1] === 0) for (let i = 0; i <= lastmark; i++) stack[sp++] = stack[i]!
        stack[sp] = ptr
        stack[sp + 1] = pc
        stack[sp + 2] = lastmark
        stack[sp + 3] = lastindex
        stack[sp + 4] = 0
        stack[sp + 5] = boundary
        stack[sp + 6] = repeat
        stack[sp + 7] = FRAME.POSSESSIVE
        sp += 8
        boundary = sp
        pc += 4
        continue
      case OP.ATOMIC:
        stack[sp] = boundary
        stack[sp + 1] = code[pc + 1]!
        stack[sp + 2] = repeat
        stack[sp + 3] = FRAME.ATOMIC
        sp += 4
        boundary = sp
        pc += 2
        continue
      case OP.ASSERT:
        if (ptr < code[pc + 2]!) break
        stack[sp] = ptr
        stack[sp + 1] = code[pc + 1]!
        stack[sp + 2] = boundary
        stack[sp + 3] = repeat
        stack[sp + 4] = FRAME.ASSERT
        sp += 5
        boundary = sp
        ptr -= code[pc + 2]!
        pc += 3
        continue
      case OP.ASSERT_NOT:
        if (ptr < code[pc + 2]!) {
          pc = code[pc + 1]!
          continue
        }
        if (repeat >= 0) for (let i = 0; i <= lastmark; i++) stack[sp++] = stack[i]!
        stack[sp] = ptr
        stack[sp + 1] = code[pc + 1]!
        stack[sp + 2] = lastmark
        stack[sp + 3] = lastindex
        stack[sp + 4] = boundary
        stack[sp + 5] = repeat
        stack[sp + 6] = FRAME.ASSERT_NOT
        sp += 7
        boundary = sp
        ptr -= code[pc + 2]!
        pc += 3
        continue
      case OP.GROUPREF: {
        const group = code[pc + 1]!
        if (group >= lastmark) break
        const from = stack[group]!
        const to = stack[group + 1]!
        if (from < 0 || to < from || !repeatsGroup(text, from, to, ptr, end, code[pc + 2]!)) break
        ptr += to - from
        pc += 3
        continue
      }
      case OP.GROUPREF_EXISTS: {
        const group = code[pc + 1]!
        const isSet = group < lastmark && stack[group]! >= 0 && stack[group + 1]! >= stack[group]!
        pc = isSet ? pc + 3 : code[pc + 2]!
        continue
      }
      case OP.SUCCESS:
        if (boundary < 0) {
          if (isTop && ((machine.matchAll && ptr !== end) || (machine.mustAdvance && ptr === machine.start))) break
          machine.ptr = ptr
          machine.lastmark = lastmark
          machine.lastindex = lastindex
          machine.stack = stack
          machine.budget = budget
          return true
        }
        // Everything above the innermost boundary is given up.
        sp = boundary
        switch (stack[sp - 1]) {
          case FRAME.ASSERT:
            ptr = stack[sp - 5]!
            pc = stack[sp - 4]!
            boundary = stack[sp - 3]!
            repeat = stack[sp - 2]!
            sp -= 5
            continue
          case FRAME.ATOMIC:
            boundary = stack[sp - 4]!
            pc = stack[sp - 3]!
            repeat = stack[sp - 2]!
            sp -= 4
            continue
          case FRAME.ASSERT_NOT:
            boundary = stack[sp - 3]!
            repeat = stack[sp - 2]!
            sp -= repeat >= 0 ? 8 + stack[sp - 5]! : 7
            break
          default: {
            // One more round of a possessive repeat; a round that took nothing is the last.
            const operator = stack[sp - 7]!
            const count = stack[sp - 4]! + 1
            const least = code[operator + 1]!
            const limit = code[operator + 2]!
            const outerBoundary = stack[sp - 3]!
            repeat = stack[sp - 2]!
            const last = stack[sp - 8]!
            sp -= 8
            if (count - 1 >= least) sp -= stack[sp + 2]! + 1
            if (count >= least && ((count >= limit && limit !== NO_LIMIT) || (count > least && ptr === last))) {
              boundary = outerBoundary
              pc = code[operator + 3]!
              continue
            }
            if (count >= least) for (let i = 0; i <= lastmark; i++) stack[sp++] = stack[i]!
            stack[sp] = ptr
            stack[sp + 1] = operator
            stack[sp + 2] = lastmark
            stack[sp + 3] = lastindex
            stack[sp + 4] = count
            stack[sp + 5] = outerBoundary
            stack[sp + 6] = repeat
            stack[sp + 7] = FRAME.POSSESSIVE
            sp += 8
            boundary = sp
            pc = operator + 4
            continue
          }
        }
        break
      default:
        break
    }

    // The way forward is blocked: back to the last choice.
    if (--budget <= 0) {
      machine.poll()
      budget = POLL_INTERVAL
    }
    for (;;) {
      if (sp <= floor) {
        machine.stack = stack
        machine.budget = budget
        return false
      }
      switch (stack[sp - 1]) {
        case FRAME.BRANCH: {
          lastindex = stack[sp - 2]!
          lastmark = stack[sp - 3]!
          ptr = stack[sp - 4]!
          const entry = stack[sp - 5]!
          let bottom = sp - 5
          if (repeat >= 0) {
            bottom -= lastmark + 1
            for (let i = 0; i <= lastmark; i++) stack[i] = stack[bottom + i]!
          }
          const other = nextChoice(text, program, entry + 2, ptr, end)
          if (code[other + 1] === 0) sp = bottom
          else stack[sp - 5] = other
          pc = code[entry + 1]!
          break
        }
        case FRAME.GREEDY: {
          lastindex = stack[sp - 2]!
          lastmark = stack[sp - 3]!
          const least = stack[sp - 4]!
          pc = stack[sp - 6]!
          let bottom = sp - 6
          if (repeat >= 0) {
            bottom -= lastmark + 1
            for (let i = 0; i <= lastmark; i++) stack[i] = stack[bottom + i]!
          }
          ptr = lastBeginning(text, entries, code[pc + 6]!, stack[sp - 5]! - 1, least, end)
          if (ptr > least) stack[sp - 5] = ptr
          else {
            sp = bottom
            if (ptr < least) continue
          }
          pc += ONE_SIZE
          break
        }
        case FRAME.LAZY: {
          lastindex = stack[sp - 2]!
          lastmark = stack[sp - 3]!
          const limit = stack[sp - 4]!
          pc = stack[sp - 6]!
          let bottom = sp - 6
          if (repeat >= 0) {
            bottom -= lastmark + 1
            for (let i = 0; i <= lastmark; i++) stack[i] = stack[bottom + i]!
          }
          ptr = stack[sp - 5]!
          ptr =
            repeatItem(text, program, pc, ptr, ptr + 1) === ptr
              ? -1
              : nextBeginning(text, program, pc, ptr + 1, limit, end)
          if (ptr >= 0 && ptr < limit) stack[sp - 5] = ptr
          else {
            sp = bottom
            if (ptr < 0) continue
          }
          pc += ONE_SIZE
          break
        }
        case FRAME.REPEAT:
          repeat = stack[sp - 3]!
          sp -= 5
          continue
        case FRAME.COUNT:
          stack[stack[sp - 2]!]!--
          sp -= 2
          continue
        case FRAME.TAIL:
          repeat = stack[sp - 2]!
          sp -= 2
          continue
        case FRAME.MAX_BODY: {
          lastindex = stack[sp - 2]!
          lastmark = stack[sp - 3]!
          pc = stack[sp - 4]!
          repeat = stack[sp - 5]!
          ptr = stack[sp - 6]!
          stack[repeat + 3] = stack[sp - 7]!
          stack[repeat]!--
          sp -= 8 + lastmark
          for (let i = 0; i <= lastmark; i++) stack[i] = stack[sp + i]!
          stack[sp] = repeat
          stack[sp + 1] = FRAME.TAIL
          sp += 2
          repeat = stack[repeat + 2]!
          pc++
          break
        }
        case FRAME.MIN_TAIL: {
          lastindex = stack[sp - 2]!
          lastmark = stack[sp - 3]!
          const body = stack[stack[sp - 5]! + 1]!
          ptr = stack[sp - 6]!
          const outer = repeat
          repeat = stack[sp - 5]!
          sp -= 6
          if (outer >= 0) {
            sp -= lastmark + 1
            for (let i = 0; i <= lastmark; i++) stack[i] = stack[sp + i]!
          }
          const count = stack[repeat]! + 1
          const limit = code[body + 2]!
          if ((count >= limit && limit !== NO_LIMIT) || ptr === stack[repeat + 3]) continue
          if (!mayBegin(text, entries, code[body + 4]!, ptr, end)) continue
          stack[repeat] = count
          stack[sp] = stack[repeat + 3]!
          stack[sp + 1] = repeat
          stack[sp + 2] = FRAME.MIN_BODY
          sp += 3
          stack[repeat + 3] = ptr
          pc = body + 5
          break
        }
        case FRAME.MIN_BODY:
          repeat = stack[sp - 2]!
          stack[repeat + 3] = stack[sp - 3]!
          stack[repeat]!--
          sp -= 3
          continue
        case FRAME.ASSERT:
          boundary = stack[sp - 3]!
          sp -= 5
          continue
        case FRAME.ASSERT_NOT:
          boundary = stack[sp - 3]!
          lastindex = stack[sp - 4]!
          lastmark = stack[sp - 5]!
          pc = stack[sp - 6]!
          ptr = stack[sp - 7]!
          sp -= 7
          if (repeat >= 0) {
            sp -= lastmark + 1
            for (let i = 0; i <= lastmark; i++) stack[i] = stack[sp + i]!
          }
          break
        case FRAME.ATOMIC:
          boundary = stack[sp - 4]!
          sp -= 4
          continue
        default: {
          const operator = stack[sp - 7]!
          repeat = stack[sp - 2]!
          boundary = stack[sp - 3]!
          const isEnough = stack[sp - 4]! >= code[operator + 1]!
          if (!isEnough) {
            sp -= 8
            continue
          }
          lastindex = stack[sp - 5]!
          lastmark = stack[sp - 6]!
          ptr = stack[sp - 8]!
          sp -= 9 + lastmark
          for (let i = 0; i <= lastmark; i++) stack[i] = stack[sp + i]!
          pc = code[operator + 3]!
          break
        }
      }
      break
    }
  }
}
