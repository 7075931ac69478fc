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

/** The opcode of CPython that each opcode stands for: the first of two instructions in one. */
const plainOpcodes: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) => code)

for (const [code, plain] of [
  [fast.BINARY_ADD, op.BINARY_OP],
  [fast.BINARY_SUBTRACT, op.BINARY_OP],
  [fast.BINARY_MULTIPLY, op.BINARY_OP],
  [fast.COMPARE_JUMP, op.COMPARE_OP],
  [fast.LOAD_FAST_LOAD_FAST, op.LOAD_FAST],
  [fast.LOAD_FAST_LOAD_CONST, op.LOAD_FAST],
  [fast.STORE_FAST_LOAD_FAST, op.STORE_FAST],
  [fast.LOAD_ATTR_SLOT, op.LOAD_ATTR],
  [fast.STORE_ATTR_SLOT, op.STORE_ATTR],
  [fast.LOAD_METHOD_CLASS, op.LOAD_METHOD],
  [fast.LOAD_FAST_LOAD_ATTR, op.LOAD_FAST],
  [fast.LOAD_FAST_LOAD_FAST_SUBSCR, op.LOAD_FAST],
] as const) {
  plainOpcodes[code] = plain
}

/** Where the instructions of a program stand in its code units. */
interface Layout {
  readonly offsets: Uint32Array
  readonly indexes: Uint32Array
}

/**
 * Instructions as the loop runs them: without caches and EXTENDED_ARG, jumps as indexes of instructions, each a word of
 * its opcode (8 bits) and its argument (24). `words` may be rewritten to faster opcodes.
 */
export class Decoded {
  readonly words: Int32Array
  readonly consts: readonly Owned<Value>[]
  readonly caches: (InlineCache | null)[]
  /** Handlers in order: start, end, target (instruction indexes), stack depth, 1 if the raising instruction is pushed. */
  readonly handlers: Int32Array
  /** Whether the code begins with RESUME. */
  readonly resumes: boolean
  private layout: Layout | null
  private readonly steps: Uint8Array | null
  private plain: Int32Array | null = null

  /** Of `layout` and `steps`, the code units that each instruction takes, one is given. */
  constructor(
    words: Int32Array,
    consts: readonly Owned<Value>[],
    handlers: Int32Array,
    layout: Layout | null,
    steps: Uint8Array | null,
  ) {
    this.words = words
    this.consts = consts
    this.caches = new Array(words.length).fill(null)
    this.handlers = handlers
    this.resumes = words.length > 0 && wordOp(words[0]!) === op.RESUME
    this.layout = layout
    this.steps = steps
  }

  /** The instructions with CPython's opcodes: what the tracing loop runs. */
  get plainWords(): Int32Array {
    this.plain ??= this.words.map((word) => (word & ~255) | plainOpcodes[wordOp(word)]!)
    return this.plain
  }

  /** The first RESUME: what stands before it is not traced. */
  get firstTraceable(): number {
    const resume = this.words.findIndex((word) => wordOp(word) === op.RESUME)
    return resume < 0 ? this.words.length : resume
  }

  /** The code unit at which each instruction stands. */
  get offsets(): Uint32Array {
    this.layout ??= layoutOf(this.words, this.steps!)
    return this.layout.offsets
  }

  /** The instruction at, or after, each code unit. */
  get indexes(): Uint32Array {
    this.layout ??= layoutOf(this.words, this.steps!)
    return this.layout.indexes
  }
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
  for (let i = 0; i < ops.length; i++) specialise(ops, args, i)
  const handlers = table.flatMap((e) => [
    indexes[e.start]!,
    indexes[e.end]!,
    indexes[e.target]!,
    e.depth,
    e.lasti ? 1 : 0,
  ])
  const layout = { offsets: Uint32Array.from(offsets), indexes }
  return new Decoded(packWords(ops, args), consts, Int32Array.from(handlers), layout, null)
}

/** The code units that each instruction takes with the EXTENDED_ARGs before it and the caches behind it. */
export function stepsOf({ words, plainWords, offsets }: Decoded): Uint8Array {
  const steps = new Uint8Array(words.length)
  let at = 0
  for (let i = 0; i < steps.length; i++) {
    const end = offsets[i]! + 1 + opcodeCaches[wordOp(plainWords[i]!)]!
    steps[i] = end - at
    at = end
  }
  return steps
}

function layoutOf(words: Int32Array, steps: Uint8Array): Layout {
  const offsets = new Uint32Array(steps.length)
  let units = 0
  for (let i = 0; i < steps.length; i++) {
    units += steps[i]!
    offsets[i] = units - 1 - opcodeCaches[plainOpcodes[wordOp(words[i]!)]!]!
  }
  const indexes = new Uint32Array(units + 1)
  for (let i = 0, unit = 0; unit <= units; unit++) {
    while (i < offsets.length && offsets[i]! < unit) i++
    indexes[unit] = i
  }
  return { offsets, indexes }
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
