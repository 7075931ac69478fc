import { type Str, strFromUtf16 } from '../base/values.ts'
import * as code from '../bytecode/code.ts'
import { CodeObject } from '../bytecode/code.ts'
import { LOAD_CONST, RETURN_VALUE } from '../bytecode/opcodes.ts'
import { BasicBlock, Instr } from './cfg.ts'
import { lastInstr } from './flowgraph/blocks.ts'
import { emit, emitHandlers } from './flowgraph/emit.ts'
import { resolveHandlers } from './flowgraph/handlers.ts'
import { normalizeJumps, resolveJumps } from './flowgraph/jumps.ts'
import { duplicateExits, guaranteeExitLines, propagateLines } from './flowgraph/lines.ts'
import { layOutLocals } from './flowgraph/localsplus.ts'
import { extendBlock, normalizeBlock } from './flowgraph/normalize.ts'
import { optimizeFlowGraph } from './flowgraph/optimize.ts'
import { computeStackDepth } from './flowgraph/stackdepth.ts'
import { ENDS_FLOW, JUMPS, traits } from './flowgraph/traits.ts'
import { type AssembleContext, type CompilerUnit, mergeTuple } from './unit.ts'

/** The compiler flag of top-level `await`. */
const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000

/** Compiler flags that show in `co_flags`: CPython's `PyCF_MASK`. */
const PyCF_MASK =
  code.CO_FUTURE_DIVISION |
  code.CO_FUTURE_ABSOLUTE_IMPORT |
  code.CO_FUTURE_WITH_STATEMENT |
  code.CO_FUTURE_PRINT_FUNCTION |
  code.CO_FUTURE_UNICODE_LITERALS |
  code.CO_FUTURE_BARRY_AS_BDFL |
  code.CO_FUTURE_GENERATOR_STOP |
  code.CO_FUTURE_ANNOTATIONS

/** Never written to, so one will do for all. */
const NO_BYTES = new Uint8Array(0)

/**
 * Turns a compiled code block into a code object, as the `assemble` of CPython's `compile.c` does: passes over the
 * flow graph, layout of the locals, encoding. The unit, its blocks and instructions are used up.
 *
 * @param addNone whether falling off the end returns `None`; without it, what is on the stack
 */
export function assemble(unit: CompilerUnit, ctx: AssembleContext, addNone: boolean): CodeObject {
  const { blocks, consts } = unit
  const cache = ctx.constCache
  addImplicitReturn(unit, addNone)
  // CPython's list of blocks starts with the newest one; copying exits into each other depends on it.
  for (let i = blocks.length - 1; i >= 0; i--) normalizeBlock(blocks[i]!)
  for (let i = blocks.length - 1; i >= 0; i--) extendBlock(blocks[i]!)

  const entry = blocks[0]!
  if (unit.firstlineno === 0) unit.firstlineno = entry.instrs[0]?.lineno || 1
  const flags = codeFlags(unit, ctx)
  const isGenerator = (flags & (code.CO_GENERATOR | code.CO_COROUTINE | code.CO_ASYNC_GENERATOR)) !== 0
  const locals = layOutLocals(unit, entry, isGenerator)

  optimizeFlowGraph(entry, blocks, consts, cache)
  duplicateExits(blocks)
  const constCount = propagateLines(entry) + 1
  if (consts.length > constCount) consts.length = constCount
  guaranteeExitLines(entry, unit.firstlineno)
  // An int32 to V8 too: a field that has held a double makes it throw code away.
  const stacksize = computeStackDepth(entry, unit.ste.generator || unit.ste.coroutine ? 1 : 0) | 0
  const handlers = hasHandlers(entry)
  if (handlers) resolveHandlers(entry)
  normalizeJumps(entry)
  const emitted = emit(entry, resolveJumps(entry), unit.firstlineno)

  // In CPython's order: of equal ones the first is what all others become.
  const co_exceptiontable = cache.merge(handlers ? emitHandlers(entry) : NO_BYTES)
  const co_linetable = cache.merge(emitted.linetable)
  const co_code = cache.merge(emitted.code)
  const co_names = cache.merge(nameStrings(unit.names))
  const co_consts = mergeTuple(cache, consts)
  const co_localsplusnames = cache.merge(locals.names)
  return new CodeObject({
    co_argcount: unit.posonlyargcount + unit.argcount,
    co_posonlyargcount: unit.posonlyargcount,
    co_kwonlyargcount: unit.kwonlyargcount,
    co_stacksize: stacksize,
    co_flags: flags,
    co_code,
    co_consts,
    co_names,
    co_localsplusnames,
    // CPython does not merge these, but has a single empty byte string.
    co_localspluskinds: locals.kinds.length === 0 ? cache.merge(NO_BYTES) : locals.kinds,
    co_filename: filenameOf(ctx),
    co_name: strFromUtf16(unit.name),
    co_qualname: strFromUtf16(unit.qualname),
    co_firstlineno: unit.firstlineno,
    co_linetable,
    co_exceptiontable,
  })
}

/** Makes the last block end with a return, if it does not yet. */
function addImplicitReturn(unit: CompilerUnit, addNone: boolean): void {
  let block = unit.curblock
  if (block.isReturn) return
  if (block.instrs.length !== 0 && (traits[lastInstr(block).opcode]! & (JUMPS | ENDS_FLOW)) !== 0) {
    const next = new BasicBlock()
    unit.blocks.push(next)
    block.next = next
    unit.curblock = block = next
  }
  if (addNone) {
    let index = unit.consts.indexOf(null)
    if (index < 0) index = unit.consts.push(null) - 1
    block.instrs.push(new Instr(LOAD_CONST, index, null, -1, -1, -1, -1))
  }
  block.instrs.push(new Instr(RETURN_VALUE, 0, null, -1, -1, -1, -1))
}

function codeFlags(unit: CompilerUnit, ctx: AssembleContext): number {
  const ste = unit.ste
  let flags = ctx.flags & PyCF_MASK
  if (ste.type === 'function') {
    flags |= code.CO_NEWLOCALS | code.CO_OPTIMIZED
    if (ste.nested) flags |= code.CO_NESTED
    if (ste.generator) flags |= ste.coroutine ? code.CO_ASYNC_GENERATOR : code.CO_GENERATOR
    else if (ste.coroutine) flags |= code.CO_COROUTINE
    if (ste.varargs) flags |= code.CO_VARARGS
    if (ste.varkeywords) flags |= code.CO_VARKEYWORDS
  } else if (ste.type === 'module' && ste.coroutine && !ste.generator) {
    if ((ctx.flags & PyCF_ALLOW_TOP_LEVEL_AWAIT) !== 0) flags |= code.CO_COROUTINE
  }
  return flags
}

let lastFilename = ''
let lastFilenameStr: Str = ''

/** The file name as a Python string; all code objects of a compilation have the same one. */
function filenameOf(ctx: AssembleContext): Str {
  if (ctx.filename !== lastFilename) {
    lastFilename = ctx.filename
    lastFilenameStr = strFromUtf16(lastFilename)
  }
  return lastFilenameStr
}

function nameStrings(names: readonly string[]): Str[] {
  const out: Str[] = []
  for (let i = 0; i < names.length; i++) out.push(strFromUtf16(names[i]!))
  return out
}

function hasHandlers(entry: BasicBlock): boolean {
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) if (block.hasBlockPush) return true
  return false
}
