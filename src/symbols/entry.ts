import type { Node } from '../ast/nodes.ts'

/** Flags of a name in one block: the numbers of CPython's `pycore_symtable.h`. */
export const DEF_GLOBAL = 1
export const DEF_LOCAL = 2
export const DEF_PARAM = 2 << 1
export const DEF_NONLOCAL = 2 << 2
export const USE = 2 << 3
export const DEF_FREE_CLASS = 2 << 5
export const DEF_IMPORT = 2 << 6
export const DEF_ANNOT = 2 << 7
export const DEF_COMP_ITER = 2 << 8
export const DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT
export const SCOPE_OFFSET = 11
export const SCOPE_MASK = DEF_GLOBAL | DEF_LOCAL | DEF_PARAM | DEF_NONLOCAL
/** Flags and scope lie below it; what code generation knows of a name is kept in multiples of it. */
export const NUMBER_UNIT = 0x8000

/** Scopes, as stored in the flags above `SCOPE_OFFSET`. */
export const LOCAL = 1
export const GLOBAL_EXPLICIT = 2
export const GLOBAL_IMPLICIT = 3
export const FREE = 4
export const CELL = 5

export type BlockType = 'function' | 'class' | 'module' | 'annotation'
export type ComprehensionKind = 'none' | 'list' | 'dict' | 'set' | 'generator'

/** A place of a `global` or `nonlocal` statement, for errors found after the walk. */
export interface Directive {
  readonly name: string
  readonly lineno: number
  readonly col_offset: number
  readonly end_lineno: number
  readonly end_col_offset: number
}

/** The symbols of one block: CPython's `PySTEntryObject`, its `ste_` fields without the prefix. */
export class SymbolTableEntry {
  readonly type: BlockType
  readonly name: string
  /**
   * Mangled names to flags, in the order of first mention. Code generation adds the name's number in `co_varnames` or
   * `co_names` once it has one, so that a name needs one look into a table for both.
   */
  readonly symbols = new Map<string, number>()
  /** Mangled parameter names in order. */
  readonly varnames: string[] = []
  readonly children: SymbolTableEntry[] = []
  directives: Directive[] | null = null
  nested = false
  free = false
  childFree = false
  generator = false
  coroutine = false
  comprehension: ComprehensionKind = 'none'
  varargs = false
  varkeywords = false
  returnsValue = false
  /** An annotated assignment stands in the block. */
  annotated = false
  needsClassClosure = false
  /** Code was generated for the block: its symbols may have numbers. */
  numbered = false
  compIterTarget = false
  /** Depth of comprehension range expressions being visited. */
  compIterExpr = 0
  readonly lineno: number
  readonly col_offset: number
  readonly end_lineno: number
  readonly end_col_offset: number

  constructor(
    type: BlockType,
    name: string,
    lineno: number,
    col_offset: number,
    end_lineno: number,
    end_col_offset: number,
  ) {
    this.type = type
    this.name = name
    this.lineno = lineno
    this.col_offset = col_offset
    this.end_lineno = end_lineno
    this.end_col_offset = end_col_offset
  }

  /** The scope of a name (`LOCAL` … `CELL`), 0 where the block does not mention it. */
  scope(name: string): number {
    const flags = this.symbols.get(name)
    return flags === undefined ? 0 : (flags >> SCOPE_OFFSET) & SCOPE_MASK
  }
}

/** The symbol tables of a module: its block and, for each node that opens one, that node's block. */
export interface SymbolTable {
  readonly top: SymbolTableEntry
  readonly blocks: Map<Node, SymbolTableEntry>
}
