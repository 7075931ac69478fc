import { ExceptionTableWriter } from '../../bytecode/exceptiontable.ts'
import { LineTableWriter } from '../../bytecode/linetable.ts'
import { opcodeCaches } from '../../bytecode/opcode_table.ts'
import { EXTENDED_ARG } from '../../bytecode/opcodes.ts'
import type { BasicBlock } from '../cfg.ts'
import { instrSize, TAKES_ARG, traits } from './traits.ts'

/** The code and the locations of a finished flow graph. */
export interface Emitted {
  readonly code: Uint8Array
  readonly linetable: Uint8Array
}

// One set of buffers for all code objects: assembling is never re-entered.
const lines = new LineTableWriter()
const exceptions = new ExceptionTableWriter()

/** Code objects share memory: an allocation for each would cost more than all that is written into it. */
const CHUNK_SIZE = 1 << 16
let chunk = new Uint8Array(CHUNK_SIZE)
/** The first free byte of the chunk; all from there on are zero. */
let chunkEnd = 0

/** Zeroed memory for `size` bytes, from `chunkEnd` on. */
function reserve(size: number): Uint8Array {
  if (chunkEnd + size > chunk.length) {
    chunk = new Uint8Array(Math.max(size, CHUNK_SIZE))
    chunkEnd = 0
  }
  return chunk
}

/** Writes the `EXTENDED_ARG`s of an argument above 255; returns the offset behind them. */
function writeExtended(code: Uint8Array, at: number, oparg: number): number {
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
  const begin = chunkEnd
  chunkEnd += size * 2
  const bits = traits
  const cacheCounts = opcodeCaches
  lines.reset(firstlineno)
  let at = begin
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    const instrs = block.instrs
    for (let i = 0; i < instrs.length; i++) {
      const instr = instrs[i]!
      const opcode = instr.opcode
      const oparg = (bits[opcode]! & TAKES_ARG) !== 0 ? instr.oparg : 0
      const from = at
      if (oparg > 0xff) at = writeExtended(code, at, oparg)
      code[at] = opcode
      code[at + 1] = oparg & 0xff
      // Inline caches are empty.
      at += 2 + 2 * cacheCounts[opcode]!
      lines.add((at - from) >> 1, instr.lineno, instr.end_lineno, instr.col_offset, instr.end_col_offset)
    }
  }
  return { code: new Uint8Array(code.buffer, begin, size * 2), linetable: lines.finish() }
}

/** Writes the exception table of a flow graph whose jumps and handlers are resolved. */
export function emitHandlers(entry: BasicBlock): Uint8Array {
  exceptions.reset()
  let at = 0
  let handler: BasicBlock | null = null
  let start = 0
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    const instrs = block.instrs
    for (let i = 0; i < instrs.length; i++) {
      const instr = instrs[i]!
      if (instr.except !== handler) {
        if (handler !== null) addHandlerRange(start, at, handler)
        start = at
        handler = instr.except
      }
      at += instrSize(instr.opcode, instr.oparg)
    }
  }
  if (handler !== null) addHandlerRange(start, at, handler)
  return exceptions.finish()
}
