import type { Expr, Position, Stmt, StmtNode } from '../../ast/nodes.ts'
import type { CodeConstant } from '../../bytecode/code.ts'
import type { WarningHandler } from '../../source/errors.ts'
import type { SymbolTable, SymbolTableEntry } from '../../symbols/entry.ts'
import type { ErrorContext, SourceLineReader } from '../../symbols/errors.ts'
import { BasicBlock } from '../cfg.ts'
import type { ConstantPool } from '../const_cache.ts'
import type { AssembleContext, CompilerUnit, ScopeType } from '../unit.ts'

/** `PyCF_ALLOW_TOP_LEVEL_AWAIT` of `Include/cpython/compile.h`. */
const ALLOW_TOP_LEVEL_AWAIT = 0x2000

/** Code that would use more stack than this builds things piece by piece. */
export const STACK_USE_GUIDELINE = 30

/** The two visitors that every area of code generation needs; handed over as values so that modules stay acyclic. */
export interface Visitors {
  expr(u: Unit, e: Expr): void
  stmt(u: Unit, s: Stmt): void
}

/** What a compilation is given and shares between its units: CPython's `struct compiler`. */
export interface CompilationFields {
  readonly filename: string
  /** `PyCF_` and future flags, those of the module's own future statements included. */
  readonly flags: number
  readonly optimize: number
  readonly interactive: boolean
  readonly constCache: ConstantPool
  readonly symtable: SymbolTable
  /** Line of the last future statement, -1 without one. */
  readonly futureLine: number
  /** `from __future__ import annotations` is on. */
  readonly textAnnotations: boolean
  readonly warn: WarningHandler | null
  readonly sourceLine: SourceLineReader | null
  readonly visitors: Visitors
}

/** The state that all units of one compilation share. */
export class Compilation implements AssembleContext, ErrorContext {
  readonly filename: string
  readonly flags: number
  readonly optimize: number
  readonly interactive: boolean
  readonly constCache: ConstantPool
  readonly symtable: SymbolTable
  readonly futureLine: number
  readonly textAnnotations: boolean
  readonly warn: WarningHandler | null
  readonly sourceLine: SourceLineReader | null
  readonly visitors: Visitors
  /** Expressions whose first operand is being visited, innermost last, and what is to follow for each. */
  readonly pending: Expr[] = []
  readonly pendingSteps: number[] = []

  constructor(fields: CompilationFields) {
    this.filename = fields.filename
    this.flags = fields.flags
    this.optimize = fields.optimize
    this.interactive = fields.interactive
    this.constCache = fields.constCache
    this.symtable = fields.symtable
    this.futureLine = fields.futureLine
    this.textAnnotations = fields.textAnnotations
    this.warn = fields.warn
    this.sourceLine = fields.sourceLine
    this.visitors = fields.visitors
  }
}

/** A statement around the one being compiled that `return`, `break` or `continue` must unwind: `struct fblockinfo`. */
export type FrameBlock =
  | { readonly kind: 'while' | 'for'; readonly block: BasicBlock; readonly exit: BasicBlock }
  | { readonly kind: 'finally try'; readonly finalbody: readonly Stmt[] }
  | { readonly kind: 'with'; readonly stmt: StmtNode<'With'> }
  | { readonly kind: 'async with'; readonly stmt: StmtNode<'AsyncWith'> }
  | { readonly kind: 'handler cleanup'; readonly name: string | null }
  | {
      readonly kind:
        | 'try except'
        | 'finally end'
        | 'pop value'
        | 'exception handler'
        | 'exception group handler'
        | 'async comprehension'
    }

/**
 * The code block being generated: CPython's `struct compiler_unit`. Every function of code generation takes it; its
 * position (`lineno` …) is the one that the next instructions get.
 */
export class Unit implements CompilerUnit, Position {
  readonly c: Compilation
  readonly parent: Unit | null
  readonly ste: SymbolTableEntry
  readonly name: string
  qualname: string
  readonly scopeType: ScopeType
  readonly consts: CodeConstant[] = []
  /** The keys of `consts` (see ConstantPool). */
  readonly constKeys: number[] = []
  /** Keys of constants to their index, from where there are too many to be searched. */
  constIndex: Map<number, number> | null = null
  readonly names: string[] = []
  readonly nameIndex = new Map<string, number>()
  readonly varnames: string[]
  readonly cellvars: ReadonlyMap<string, number>
  readonly freevars: ReadonlyMap<string, number>
  private: string | null
  argcount = 0
  posonlyargcount = 0
  kwonlyargcount = 0
  readonly blocks: BasicBlock[]
  curblock: BasicBlock
  /** The last instruction ended its block: the next one starts a new one. */
  needsNewBlock = false
  firstlineno: number
  readonly frameBlocks: FrameBlock[] = []
  /** How many instructions the rotations of patterns took. */
  rotations = 0
  lineno: number
  end_lineno: number
  col_offset = 0
  end_col_offset = 0

  constructor(
    c: Compilation,
    parent: Unit | null,
    ste: SymbolTableEntry,
    name: string,
    scopeType: ScopeType,
    lineno: number,
    varnames: string[],
    cellvars: ReadonlyMap<string, number>,
    freevars: ReadonlyMap<string, number>,
  ) {
    this.c = c
    this.parent = parent
    this.ste = ste
    this.name = name
    this.qualname = name
    this.scopeType = scopeType
    this.varnames = varnames
    this.cellvars = cellvars
    this.freevars = freevars
    this.private = parent === null ? null : parent.private
    this.curblock = new BasicBlock()
    this.blocks = [this.curblock]
    this.firstlineno = lineno
    this.lineno = lineno
    this.end_lineno = lineno
  }
}

/** Whether `await` is allowed here although this is a module (`IS_TOP_LEVEL_AWAIT`). */
export function isTopLevelAwait(u: Unit): boolean {
  return (u.c.flags & ALLOW_TOP_LEVEL_AWAIT) !== 0 && u.ste.type === 'module'
}

/** Generates the code of an expression; leaves the unit's position as it was. */
export function visitExpr(u: Unit, e: Expr): void {
  u.c.visitors.expr(u, e)
}

export function visitExprs(u: Unit, list: readonly Expr[]): void {
  const visitors = u.c.visitors
  for (let i = 0; i < list.length; i++) visitors.expr(u, list[i]!)
}

/** Generates the code of statements; leaves the unit's position wherever the last of them put it. */
export function visitStmts(u: Unit, list: readonly Stmt[]): void {
  const visitors = u.c.visitors
  for (let i = 0; i < list.length; i++) visitors.stmt(u, list[i]!)
}
