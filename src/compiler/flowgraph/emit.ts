import { ExceptionTableWriter } from '../../bytecode/exceptiontable.ts'
import { LineTableWriter } from '../../bytecode/linetable.ts'
import { opcodeCaches } from '../../bytecode/opcode_table.ts'
import { EXTENDED_ARG } from '../../bytecode/opcodes.ts'
import type { BasicBlock } from '../cfg.ts'
import { TAKES_ARG, traits } from './traits.ts'

/** What a finished flow graph comes to. */
export interface Emitted {
  readonly code: Uint8Array
  readonly linetable: Uint8Array
  readonly exceptiontable: Uint8Array
}

// One set of buffers for all code objects: assembling is never re-entered.
const lines = new LineTableWriter()
const exceptions = new ExceptionTableWriter()
let buffer = new Uint8Array(4096)

function reserve(size: number): Uint8Array {
  if (size > buffer.length) buffer = new Uint8Array(size * 2)
  return buffer
}

/** Writes one instruction with its `EXTENDED_ARG`s and empty caches at a byte offset; returns the offset behind it. */
function writeInstr(code: Uint8Array, at: number, opcode: number, oparg: number): number {
  if (oparg > 0xff && (traits[opcode]! & TAKES_ARG) !== 0) {
    if (oparg > 0xffff) {
      if (oparg > 0xffffff) {
        code[at++] = EXTENDED_ARG
        code[at++] = oparg >>> 24
      }
      code[at++] = EXTENDED_ARG
      code[at++] = (oparg >> 16) & 0xff
    }
    code[at++] = EXTENDED_ARG
    code[at++] = (oparg >> 8) & 0xff
  }
  code[at++] = opcode
  code[at++] = (traits[opcode]! & TAKES_ARG) !== 0 ? oparg & 0xff : 0
  for (let i = opcodeCaches[opcode]! * 2; i > 0; i--) code[at++] = 0
  return at
}

function addHandlerRange(start: number, end: number, handler: BasicBlock): void {
  const depth = handler.startdepth - 1 - (handler.preserveLasti ? 1 : 0)
  exceptions.add(start, end, handler.offset, depth, handler.preserveLasti)
}

/**
 * Writes the code, the location table and the exception table of a flow graph whose jumps are resolved.
 *
 * @param size the length of the code in code units
 */
export function emit(entry: BasicBlock, size: number, firstlineno: number): Emitted {
  const code = reserve(size * 2)
  lines.reset(firstlineno)
  exceptions.reset()
  let at = 0
  let handler: BasicBlock | null = null
  let start = 0
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    const instrs = block.instrs
    for (let i = 0; i < instrs.length; i++) {
      const instr = instrs[i]!
      if (instr.except !== handler) {
        if (handler !== null) addHandlerRange(start, at >> 1, handler)
        start = at >> 1
        handler = instr.except
      }
      const end = writeInstr(code, at, instr.opcode, instr.oparg)
      lines.add((end - at) >> 1, instr.lineno, instr.end_lineno, instr.col_offset, instr.end_col_offset)
      at = end
    }
  }
  if (handler !== null) addHandlerRange(start, at >> 1, handler)
  return { code: code.slice(0, at), linetable: lines.finish(), exceptiontable: exceptions.finish() }
}
