import type { ExprNode, Position } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { BasicBlock, Instr } from '../cfg.ts'
import type { Unit } from './state.ts'

/** 1 for opcodes after which a new block begins: jumps, returns and raises, but not the set-up of a handler. */
const endsBlock = new Uint8Array(512)
for (const opcode of [
  op.RETURN_VALUE,
  op.RAISE_VARARGS,
  op.RERAISE,
  op.FOR_ITER,
  op.SEND,
  op.JUMP_IF_FALSE_OR_POP,
  op.JUMP_IF_TRUE_OR_POP,
  op.JUMP,
  op.JUMP_NO_INTERRUPT,
  op.POP_JUMP_IF_FALSE,
  op.POP_JUMP_IF_TRUE,
  op.POP_JUMP_IF_NONE,
  op.POP_JUMP_IF_NOT_NONE,
]) {
  endsBlock[opcode] = 1
}

/** Makes a block that belongs to the unit; it is not in the code until `useBlock` puts it there. */
export function newBlock(u: Unit): BasicBlock {
  const block = new BasicBlock()
  u.blocks.push(block)
  return block
}

/** Lets the code go on in a block. */
export function useBlock(u: Unit, block: BasicBlock): void {
  u.curblock.next = block
  u.curblock = block
  u.needsNewBlock = false
}

function push(u: Unit, instr: Instr): void {
  if (u.needsNewBlock) useBlock(u, newBlock(u))
  u.curblock.instrs.push(instr)
  if (endsBlock[instr.opcode] === 1) {
    u.needsNewBlock = true
    if (instr.opcode === op.RETURN_VALUE) u.curblock.isReturn = true
  }
}

/** Adds an instruction at the unit's position. */
export function emit(u: Unit, opcode: number, oparg = 0): void {
  push(u, new Instr(opcode, oparg, null, u.lineno, u.end_lineno, u.col_offset, u.end_col_offset))
}

/** Adds an instruction that has no line: one that stands for nothing in the source. */
export function emitNoLine(u: Unit, opcode: number, oparg = 0): void {
  push(u, new Instr(opcode, oparg, null, -1, 0, 0, 0))
}

/** Adds a jump, or the set-up of a handler, at the unit's position. */
export function emitJump(u: Unit, opcode: number, target: BasicBlock): void {
  push(u, new Instr(opcode, 0, target, u.lineno, u.end_lineno, u.col_offset, u.end_col_offset))
}

/** Adds a jump that has no line. */
export function emitJumpNoLine(u: Unit, opcode: number, target: BasicBlock): void {
  push(u, new Instr(opcode, 0, target, -1, 0, 0, 0))
}

/** Gives the next instructions the position of a node. */
export function setLoc(u: Unit, at: Position): void {
  u.lineno = at.lineno
  u.end_lineno = at.end_lineno
  u.col_offset = at.col_offset
  u.end_col_offset = at.end_col_offset
}

// Reading the fields of nodes of many kinds is slow; what sees one kind only is worth having for the most frequent ones.

/** `setLoc` for calls. */
export function setCallLoc(u: Unit, at: ExprNode<'Call'>): void {
  u.lineno = at.lineno
  u.end_lineno = at.end_lineno
  u.col_offset = at.col_offset
  u.end_col_offset = at.end_col_offset
}

/** `setLoc` for attributes. */
export function setAttributeLoc(u: Unit, at: ExprNode<'Attribute'>): void {
  u.lineno = at.lineno
  u.end_lineno = at.end_lineno
  u.col_offset = at.col_offset
  u.end_col_offset = at.end_col_offset
}

/** Makes the next instructions artificial: without line and columns. */
export function unsetLoc(u: Unit): void {
  u.lineno = -1
  u.end_lineno = -1
  u.col_offset = -1
  u.end_col_offset = -1
}

/** A copy of the unit's position, for `setLoc`. */
export function saveLoc(u: Unit): Position {
  return {
    lineno: u.lineno,
    col_offset: u.col_offset,
    end_lineno: u.end_lineno,
    end_col_offset: u.end_col_offset,
  }
}
