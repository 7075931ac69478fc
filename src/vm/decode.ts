import type { ExceptionTableEntry } from '../bytecode/exceptiontable.ts'
import { HAS_JUMP, JUMPS_BACKWARD, opcodeCaches, opcodeFlags } from '../bytecode/opcode_table.ts'
import * as op from '../bytecode/opcodes.ts'
import type { Owned } from '../memory/header.ts'
import { systemError } from '../objects/errors.ts'
import type { Value } from '../objects/object.ts'
import * as fast from './fast_opcodes.ts'

/** What an instruction has learnt at its place; the opcode says what the fields mean. */
export interface InlineCache {
  version: number
  otherVersion: number
  index: number
  shape: unknown
  value: unknown
}

/**
 * Instructions as the loop runs them: without caches and EXTENDED_ARG, jumps as indexes of instructions, each a word of
 * its opcode (8 bits) and its argument (24). `words` may be rewritten to faster opcodes; `plainWords`, which the tracing
 * loop runs, never are.
 */
export interface Decoded {
  readonly words: Int32Array
  readonly plainWords: Int32Array
  readonly consts: readonly Owned<Value>[]
  readonly caches: (InlineCache | null)[]
  /** The code unit at which each instruction stands. */
  readonly offsets: Uint32Array
  /** The instruction at, or after, each code unit. */
  readonly indexes: Uint32Array
  /** Handlers in order: start, end, target (instruction indexes), stack depth, 1 if the raising instruction is pushed. */
  readonly handlers: Int32Array
  /** The first RESUME: what stands before it is not traced. */
  readonly firstTraceable: number
  /** Whether the code begins with RESUME. */
  readonly resumes: boolean
}

/** The opcode of a word of `words` or `plainWords`. */
export function wordOp(word: number): number {
  return word & 255
}

/** The argument of a word. */
export function wordArg(word: number): number {
  return word >>> 8
}

/** The largest argument, and index of an instruction, that a word can hold. */
const ARG_MAX = 0xffffff

function packWords(ops: readonly number[], args: readonly number[]): Int32Array {
  const words = new Int32Array(ops.length)
  for (let i = 0; i < ops.length; i++) {
    if (args[i]! > ARG_MAX) throw systemError('code object is too large')
    words[i] = (args[i]! << 8) | ops[i]!
  }
  return words
}

/** Decodes a code object's instructions; throws SystemError where one has more than 2^24 of anything. */
export function decode(
  bytes: Uint8Array,
  table: readonly ExceptionTableEntry[],
  consts: readonly Owned<Value>[],
): Decoded {
  const units = bytes.length >> 1
  const indexes = new Uint32Array(units + 1)
  const ops: number[] = []
  const args: number[] = []
  const offsets: number[] = []
  let extended = 0
  for (let unit = 0; unit < units; unit++) {
    const code = bytes[unit * 2]!
    const arg = (extended << 8) | bytes[unit * 2 + 1]!
    indexes[unit] = ops.length
    if (code === op.EXTENDED_ARG) {
      extended = arg
      continue
    }
    extended = 0
    ops.push(code)
    args.push(arg)
    offsets.push(unit)
    for (let caches = opcodeCaches[code]!; caches > 0; caches--) indexes[++unit] = ops.length
  }
  indexes[units] = ops.length
  resolveJumps(ops, args, offsets, indexes)
  const plainWords = packWords(ops, args)
  const resume = ops.indexOf(op.RESUME)
  for (let i = 0; i < ops.length; i++) specialise(ops, args, i)
  return {
    words: packWords(ops, args),
    plainWords,
    consts,
    caches: new Array(ops.length).fill(null),
    offsets: Uint32Array.from(offsets),
    indexes,
    handlers: Int32Array.from(
      table.flatMap((e) => [indexes[e.start]!, indexes[e.end]!, indexes[e.target]!, e.depth, e.lasti ? 1 : 0]),
    ),
    firstTraceable: resume < 0 ? ops.length : resume,
    resumes: resume === 0,
  }
}

function resolveJumps(ops: readonly number[], args: number[], offsets: readonly number[], indexes: Uint32Array): void {
  for (let i = 0; i < ops.length; i++) {
    const flags = opcodeFlags[ops[i]!]!
    if ((flags & HAS_JUMP) === 0) continue
    const after = offsets[i]! + 1 + opcodeCaches[ops[i]!]!
    args[i] = indexes[after + ((flags & JUMPS_BACKWARD) !== 0 ? -args[i]! : args[i]!)]!
  }
}

/** Binary operators (`nb_op` arguments, in place or not) with opcodes of their own. */
const binaryOps: Readonly<Record<number, number>> = {
  0: fast.BINARY_ADD,
  13: fast.BINARY_ADD,
  10: fast.BINARY_SUBTRACT,
  23: fast.BINARY_SUBTRACT,
  5: fast.BINARY_MULTIPLY,
  18: fast.BINARY_MULTIPLY,
}

/** Replaces an instruction by a faster one that needs nothing but what stands in the code. */
function specialise(ops: number[], args: readonly number[], i: number): void {
  const next = ops[i + 1]
  switch (ops[i]) {
    case op.BINARY_OP:
      ops[i] = binaryOps[args[i]!] ?? op.BINARY_OP
      break
    case op.COMPARE_OP:
      if (next !== undefined && isConditionalJump(next)) ops[i] = fast.COMPARE_JUMP
      break
    case op.LOAD_FAST:
      if (next === op.LOAD_ATTR) ops[i] = fast.LOAD_FAST_LOAD_ATTR
      else if (next === op.LOAD_FAST) {
        if (ops[i + 2] === op.BINARY_SUBSCR) ops[i] = fast.LOAD_FAST_LOAD_FAST_SUBSCR
        else if (ops[i + 2] !== op.LOAD_ATTR) ops[i] = fast.LOAD_FAST_LOAD_FAST
      } else if (next === op.LOAD_CONST) ops[i] = fast.LOAD_FAST_LOAD_CONST
      break
    case op.STORE_FAST:
      if (next === op.LOAD_FAST && ops[i + 2] !== op.LOAD_ATTR) ops[i] = fast.STORE_FAST_LOAD_FAST
      break
  }
}

function isConditionalJump(code: number): boolean {
  return (
    code === op.POP_JUMP_FORWARD_IF_FALSE ||
    code === op.POP_JUMP_FORWARD_IF_TRUE ||
    code === op.POP_JUMP_BACKWARD_IF_FALSE ||
    code === op.POP_JUMP_BACKWARD_IF_TRUE
  )
}
