import {
  HAS_FREE,
  HAS_HANDLER,
  HAS_JUMP,
  HAVE_ARGUMENT,
  OPCODE_LIMIT,
  opcodeCaches,
  opcodeFlags,
} from '../../bytecode/opcode_table.ts'
import * as op from '../../bytecode/opcodes.ts'

/** What the passes ask about an opcode, as bits of `traits[opcode]`. */
export const JUMPS = 1
/** Sets up a handler: `SETUP_FINALLY`, `SETUP_CLEANUP`, `SETUP_WITH`. */
export const PUSHES_BLOCK = 2
/** Its argument is written; without this the argument counts as 0. */
export const TAKES_ARG = 4
/** Leaves the code block: a return or a raise. */
export const EXITS = 8
/** Control never goes on to the next instruction. */
export const ENDS_FLOW = 16
/** The peephole pass looks at it. */
export const PEEPHOLE = 32
/** Its argument is a cell or free variable, to be turned into an index of `co_localsplusnames`. */
export const USES_CELL = 64

/** Bits by opcode. */
export const traits = new Uint8Array(OPCODE_LIMIT)

for (let opcode = 0; opcode < OPCODE_LIMIT; opcode++) {
  const flags = opcodeFlags[opcode]!
  let bits = opcode >= HAVE_ARGUMENT ? TAKES_ARG : 0
  if ((flags & HAS_JUMP) !== 0) bits |= JUMPS | PEEPHOLE
  if ((flags & HAS_HANDLER) !== 0) bits |= PUSHES_BLOCK | PEEPHOLE
  if ((flags & HAS_FREE) !== 0) bits |= USES_CELL
  traits[opcode] = bits
}
for (const opcode of [op.RETURN_VALUE, op.RAISE_VARARGS, op.RERAISE]) traits[opcode]! |= EXITS | ENDS_FLOW
for (const opcode of [op.JUMP, op.JUMP_NO_INTERRUPT]) traits[opcode]! |= ENDS_FLOW
for (const opcode of [op.LOAD_CONST, op.BUILD_TUPLE, op.SWAP, op.PUSH_NULL, op.NOP]) traits[opcode]! |= PEEPHOLE

/** The number of code units of an instruction: its `EXTENDED_ARG`s, itself and its caches. */
export function instrSize(opcode: number, oparg: number): number {
  const size = 1 + opcodeCaches[opcode]!
  if (oparg <= 0xff || (traits[opcode]! & TAKES_ARG) === 0) return size
  return size + (oparg > 0xffffff ? 3 : oparg > 0xffff ? 2 : 1)
}
