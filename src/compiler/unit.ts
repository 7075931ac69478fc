import type { Constant } from '../base/values.ts'
import type { CodeConstant } from '../bytecode/code.ts'
import type { SymbolTableEntry } from '../symbols/entry.ts'
import type { BasicBlock } from './cfg.ts'

export type ScopeType = 'module' | 'class' | 'function' | 'async function' | 'lambda' | 'comprehension'

/**
 * The code block being compiled: CPython's `struct compiler_unit`, its `u_` fields without the prefix.
 * Code generation fills it, `assemble` turns it into a code object.
 */
export interface CompilerUnit {
  readonly ste: SymbolTableEntry
  readonly name: string
  qualname: string
  readonly scopeType: ScopeType
  /** Constants in the order of first use; equal ones once, as CPython's constant keys tell them apart. */
  readonly consts: CodeConstant[]
  readonly names: readonly string[]
  readonly varnames: readonly string[]
  readonly cellvars: ReadonlyMap<string, number>
  readonly freevars: ReadonlyMap<string, number>
  private: string | null
  argcount: number
  posonlyargcount: number
  kwonlyargcount: number
  /** All blocks in the order in which they were made; the first is the entry. */
  readonly blocks: BasicBlock[]
  curblock: BasicBlock
  /** 0 until known. */
  firstlineno: number
}

/** What the assembler needs to know of the compilation as a whole. */
export interface AssembleContext {
  readonly filename: string
  /** `PyCF_` and future flags that go into `co_flags`. */
  readonly flags: number
  readonly interactive: boolean
  /** 0, 1 or 2: as `-O`. */
  readonly optimize: number
  readonly constCache: ConstCache
}

/**
 * Constants that are equal become one object within a compilation: CPython's `c_const_cache`. Give it a constant
 * (or a byte string, or a tuple of names); it returns the one to use.
 */
export interface ConstCache {
  merge<T extends CodeConstant>(value: T): T
}

/** `cache.merge` for a tuple, which may hold code objects where it is a `co_consts`. */
export function mergeTuple(cache: ConstCache, items: readonly CodeConstant[]): readonly CodeConstant[] {
  return cache.merge(items as readonly Constant[])
}
