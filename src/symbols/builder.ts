import type { Node, Position } from '../ast/nodes.ts'
import {
  type BlockType,
  DEF_COMP_ITER,
  DEF_GLOBAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  type Directive,
  SymbolTableEntry,
} from './entry.ts'
import { compilationTooDeep, type ErrorContext, rangedSyntaxError, type SourceLineReader } from './errors.ts'
import { mangle } from './mangle.ts'

/** Levels of the compiler's own recursion for each level of Python's recursion limit. */
const COMPILER_STACK_FRAME_SCALE = 3

/** The state of the walk that collects definitions and uses: CPython's `struct symtable`. */
export class SymtableBuilder implements ErrorContext {
  readonly filename: string
  readonly sourceLine: SourceLineReader | null
  readonly futureAnnotations: boolean
  readonly blocks = new Map<Node, SymbolTableEntry>()
  readonly top: SymbolTableEntry
  /** Open blocks around and including `cur`, outermost first. */
  readonly stack: SymbolTableEntry[]
  cur: SymbolTableEntry
  /** Symbols of the module, which also hold what any block declares global. */
  readonly global: Map<string, number>
  /** Name of the innermost class, for mangling. */
  private: string | null = null
  /** Depth at which CPython's recursive walk would be now, and the depth that it refuses. */
  depth: number
  readonly limit: number

  constructor(
    module: Node,
    context: ErrorContext,
    futureAnnotations: boolean,
    recursionLimit: number,
    recursionDepth: number,
  ) {
    this.filename = context.filename
    this.sourceLine = context.sourceLine
    this.futureAnnotations = futureAnnotations
    this.depth = recursionDepth * COMPILER_STACK_FRAME_SCALE
    this.limit = recursionLimit * COMPILER_STACK_FRAME_SCALE
    this.top = new SymbolTableEntry('module', 'top', 0, 0, 0, 0)
    this.blocks.set(module, this.top)
    this.cur = this.top
    this.stack = [this.top]
    this.global = this.top.symbols
  }

  /** Opens the block of `node`. Annotation blocks are seen by nobody: they only collect errors. */
  enterBlock(type: BlockType, name: string, node: Node, at: Position): SymbolTableEntry {
    const prev = this.cur
    const entry = new SymbolTableEntry(type, name, at.lineno, at.col_offset, at.end_lineno, at.end_col_offset)
    entry.nested = prev.nested || prev.type === 'function'
    entry.compIterExpr = prev.compIterExpr
    this.blocks.set(node, entry)
    this.stack.push(entry)
    this.cur = entry
    if (type !== 'annotation') prev.children.push(entry)
    return entry
  }

  exitBlock(): void {
    this.stack.pop()
    this.cur = this.stack[this.stack.length - 1]!
  }

  /** Counts one level of CPython's recursion. */
  descend(): void {
    if (++this.depth > this.limit) throw compilationTooDeep()
  }

  /** The flags that a name has in the current block so far. */
  lookup(name: string): number {
    return this.cur.symbols.get(mangle(this.private, name)) ?? 0
  }

  /** Records a definition or use in the current block. */
  define(name: string, flag: number, at: Position): void {
    this.defineIn(this.cur, name, flag, at)
  }

  /** Records a definition or use in a block. */
  defineIn(entry: SymbolTableEntry, name: string, flag: number, at: Position): void {
    const mangled = this.private === null ? name : mangle(this.private, name)
    const symbols = entry.symbols
    const old = symbols.get(mangled)
    let flags = flag
    if (old !== undefined) {
      if ((flag & old & DEF_PARAM) !== 0) this.fail(`duplicate argument '${name}' in function definition`, at)
      flags |= old
    }
    if (entry.compIterTarget) {
      if ((flags & (DEF_GLOBAL | DEF_NONLOCAL)) !== 0) {
        this.fail(`comprehension inner loop cannot rebind assignment expression target '${name}'`, at)
      }
      flags |= DEF_COMP_ITER
    }
    if (flags !== old) symbols.set(mangled, flags)
    if ((flag & DEF_PARAM) !== 0) entry.varnames.push(mangled)
    else if ((flag & DEF_GLOBAL) !== 0) this.global.set(mangled, flag | (this.global.get(mangled) ?? 0))
  }

  /** Remembers where the current block declares a name, for errors found by the analysis. */
  recordDirective(name: string, at: Position): void {
    const directive: Directive = {
      name: mangle(this.private, name),
      lineno: at.lineno,
      col_offset: at.col_offset,
      end_lineno: at.end_lineno,
      end_col_offset: at.end_col_offset,
    }
    if (this.cur.directives === null) this.cur.directives = [directive]
    else this.cur.directives.push(directive)
  }

  /** Throws a SyntaxError at a node. */
  fail(msg: string, at: Position): never {
    throw rangedSyntaxError(this, msg, at)
  }
}
