import { type NumericEffect, opcodeEffect } from './opcode_effect.ts'
import type { ArgKind, CacheEntry } from './opcodes.ts'
import * as opcodes from './opcodes.ts'

/** The first opcode number that carries an argument (CPython's `HAVE_ARGUMENT`). */
export const HAVE_ARGUMENT = 90

/** What `stackEffect` gives for a number that is no opcode (CPython's `PY_INVALID_STACK_EFFECT`). */
export const INVALID_STACK_EFFECT = 0x7fffffff

/** Bits of `opcodeFlags`. */
export const HAS_JUMP = 1
/** The jump goes backward; jumps of pseudo instructions go either way and do not have it. */
export const JUMPS_BACKWARD = 2
export const HAS_CONST = 4
/** The argument is an index into `co_names`; shifted left by one for `LOAD_GLOBAL`. */
export const HAS_NAME = 8
export const HAS_LOCAL = 16
export const HAS_FREE = 32
export const HAS_COMPARE = 64
/** A pseudo instruction that opens a block with a handler. */
export const HAS_HANDLER = 128

const FLAG_OF: Readonly<Record<ArgKind, number>> = {
  none: 0,
  raw: 0,
  const: HAS_CONST,
  name: HAS_NAME,
  global: HAS_NAME,
  local: HAS_LOCAL,
  free: HAS_FREE,
  jrel: HAS_JUMP,
  handler: HAS_HANDLER,
  compare: HAS_COMPARE,
  nb_op: 0,
  format: 0,
  function: 0,
}

/** Numbers run from 0 to one below this; pseudo instructions included. */
export const OPCODE_LIMIT = opcodes.opcodeRows.length

const names: string[] = []
const numbers = new Map<string, number>()
for (const [name, value] of Object.entries(opcodes)) {
  if (typeof value !== 'number') continue
  names[value] = name
  numbers.set(name, value)
}

/** The name of an opcode; `<113>` for a number without one, as CPython's `opname` has it. */
export function opcodeName(opcode: number): string {
  return names[opcode] ?? `<${opcode}>`
}

/** The number of an opcode's name, pseudo instructions included. */
export function opcodeNumber(name: string): number | undefined {
  return numbers.get(name)
}

/** All names with their numbers, in the order of the numbers: CPython's `opmap`, and the pseudo instructions. */
export function opcodeMap(): ReadonlyMap<string, number> {
  return new Map([...numbers].sort((a, b) => a[1] - b[1]))
}

/** Whether an opcode carries an argument. */
export function hasArg(opcode: number): boolean {
  return opcode >= HAVE_ARGUMENT
}

/** How an opcode's argument is read; `raw` or `none` for a number without a row. */
export function argKind(opcode: number): ArgKind {
  return opcodes.opcodeRows[opcode]?.arg ?? (hasArg(opcode) ? 'raw' : 'none')
}

/** Code units of inline caches behind each opcode. */
export const opcodeCaches = new Uint8Array(OPCODE_LIMIT)
/** The bits `HAS_JUMP`, `HAS_CONST`, … of each opcode. */
export const opcodeFlags = new Uint8Array(OPCODE_LIMIT)

for (const row of opcodes.opcodeRows) {
  if (row === undefined) continue
  opcodeCaches[row.code] = row.caches
  const backward = names[row.code]!.includes('JUMP_BACKWARD') ? JUMPS_BACKWARD : 0
  opcodeFlags[row.code] = FLAG_OF[row.arg] | backward
}

/** The inline cache entries behind an opcode, in order. */
export function opcodeCacheEntries(opcode: number): readonly CacheEntry[] {
  return opcodes.opcodeRows[opcode]?.cache ?? []
}

/** Whether an instruction may jump (not counting the pseudo instructions that open handlers). */
export function isJump(opcode: number): boolean {
  return (opcodeFlags[opcode]! & HAS_JUMP) !== 0
}

/** Whether an instruction jumps backward. */
export function isBackwardJump(opcode: number): boolean {
  return (opcodeFlags[opcode]! & JUMPS_BACKWARD) !== 0
}

/** Whether a pseudo instruction opens a block with a handler. */
export function isBlockPush(opcode: number): boolean {
  return (opcodeFlags[opcode]! & HAS_HANDLER) !== 0
}

/** In `constants` below: the effect depends on the argument. */
const VARIES = 0x7ffe
const INVALID = 0x7fff

/* Per opcode, four numbers: falling through, jumping, the larger of both, and where it varies its place in `terms`. */
const constants = new Int16Array(OPCODE_LIMIT * 4).fill(INVALID)
/* Per varying effect the number of its terms, its constant, then factor, shift, mask, equals of each term. */
const terms = new Int32Array(256)
let termsEnd = 0

/** Effects by their notation: many opcodes share one. */
const effects = new Map<string, NumericEffect>()

for (const row of opcodes.opcodeRows) {
  if (row === undefined) continue
  const effect = effects.get(row.effect) ?? opcodeEffect(row.effect)
  effects.set(row.effect, effect)
  const at = row.code * 4
  if (effect.terms.length > 0) {
    constants.fill(VARIES, at, at + 3)
    constants[at + 3] = termsEnd
    terms.set([effect.terms.length, effect.through], termsEnd)
    termsEnd += 2
    for (const term of effect.terms) {
      terms.set([term.factor, term.shift, term.mask, term.equals], termsEnd)
      termsEnd += 4
    }
  } else {
    constants[at] = effect.through
    constants[at + 1] = effect.jump
    constants[at + 2] = Math.max(effect.through, effect.jump)
  }
}

/** Whether the effect of an opcode depends on its argument. */
export function hasVaryingEffect(opcode: number): boolean {
  return constants[opcode * 4] === VARIES
}

function varyingEffect(start: number, oparg: number): number {
  const end = start + 2 + 4 * terms[start]!
  let effect = terms[start + 1]!
  for (let at = start + 2; at < end; at += 4) {
    const value = (oparg >> terms[at + 1]!) & terms[at + 2]!
    const equals = terms[at + 3]!
    effect += terms[at]! * (equals < 0 ? value : value === equals ? 1 : 0)
  }
  return effect
}

/**
 * By how much an instruction changes the stack's depth, as CPython's `dis.stack_effect`.
 *
 * @param jump whether it jumps (for the pseudo instructions that open a handler: whether the handler is entered);
 *   `'max'` gives the larger of both, as `dis.stack_effect` does without `jump`.
 * @returns `INVALID_STACK_EFFECT` for a number that is no opcode.
 */
export function stackEffect(opcode: number, oparg: number, jump: boolean | 'max'): number {
  if (opcode < 0 || opcode >= OPCODE_LIMIT) return INVALID_STACK_EFFECT
  const at = opcode * 4
  const effect = constants[at + (jump === false ? 0 : jump === true ? 1 : 2)]!
  if (effect < VARIES) return effect
  return effect === VARIES ? varyingEffect(constants[at + 3]!, oparg) : INVALID_STACK_EFFECT
}
