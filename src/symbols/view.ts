import { PyError } from '../base/errors.ts'
import {
  CELL,
  DEF_ANNOT,
  DEF_BOUND,
  DEF_IMPORT,
  DEF_LOCAL,
  DEF_NONLOCAL,
  DEF_PARAM,
  FREE,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  LOCAL,
  SCOPE_MASK,
  SCOPE_OFFSET,
  type SymbolTableEntry,
  USE,
} from './entry.ts'

const scopeOf = (flags: number) => (flags >> SCOPE_OFFSET) & SCOPE_MASK
const isLocalScope = (flags: number) => scopeOf(flags) === LOCAL || scopeOf(flags) === CELL
const isGlobalScope = (flags: number) => scopeOf(flags) === GLOBAL_IMPLICIT || scopeOf(flags) === GLOBAL_EXPLICIT

/** One block of a program, as Python's `symtable.SymbolTable`. Make one with `symbolTableView`. */
export class SymbolTableView {
  protected readonly entry: SymbolTableEntry
  protected readonly filename: string
  readonly #symbols = new Map<string, SymbolView>()
  readonly #children = new Map<SymbolTableEntry, SymbolTableView>()

  constructor(entry: SymbolTableEntry, filename: string) {
    this.entry = entry
    this.filename = filename
  }

  /** `'module'`, `'function'` or `'class'`. */
  get_type(): SymbolTableEntry['type'] {
    return this.entry.type
  }

  /** The name of the function or class; `'top'`, `'lambda'`, `'listcomp'` and so on where it has none. */
  get_name(): string {
    return this.entry.name
  }

  /** The first line of the block, 0 for a module. */
  get_lineno(): number {
    return this.entry.lineno
  }

  /** Whether the local variables of the block have fixed places, as those of functions have. */
  is_optimized(): boolean {
    return this.entry.type === 'function'
  }

  /** Whether the block is inside a function. */
  is_nested(): boolean {
    return this.entry.nested
  }

  has_children(): boolean {
    return this.entry.children.length > 0
  }

  /** Names of the symbols in the order in which the block mentions them. */
  get_identifiers(): string[] {
    return [...this.entry.symbols.keys()]
  }

  /** The symbol of a (mangled) name. Throws PyError `KeyError` for a name that the block does not mention. */
  lookup(name: string): SymbolView {
    let symbol = this.#symbols.get(name)
    if (symbol === undefined) {
      const flags = this.entry.symbols.get(name)
      if (flags === undefined) throw new PyError('KeyError', name)
      const namespaces = this.entry.children.filter((child) => child.name === name)
      symbol = new SymbolView(
        name,
        flags,
        namespaces.map((child) => this.#child(child)),
        this.entry.name === 'top',
      )
      this.#symbols.set(name, symbol)
    }
    return symbol
  }

  get_symbols(): SymbolView[] {
    return this.get_identifiers().map((name) => this.lookup(name))
  }

  /** The blocks directly inside this one. */
  get_children(): SymbolTableView[] {
    return this.entry.children.map((child) => this.#child(child))
  }

  toString(): string {
    const kind = this instanceof FunctionView ? 'Function ' : this instanceof ClassView ? 'Class ' : ''
    if (this.entry.name === 'top') return `<${kind}SymbolTable for module ${this.filename}>`
    return `<${kind}SymbolTable for ${this.entry.name} in ${this.filename}>`
  }

  #child(entry: SymbolTableEntry): SymbolTableView {
    let view = this.#children.get(entry)
    if (view === undefined) this.#children.set(entry, (view = symbolTableView(entry, this.filename)))
    return view
  }
}

/** The block of a function, lambda or comprehension, as Python's `symtable.Function`. */
export class FunctionView extends SymbolTableView {
  get_parameters(): string[] {
    return this.#matching((flags) => (flags & DEF_PARAM) !== 0)
  }

  get_locals(): string[] {
    return this.#matching(isLocalScope)
  }

  get_globals(): string[] {
    return this.#matching(isGlobalScope)
  }

  get_nonlocals(): string[] {
    return this.#matching((flags) => (flags & DEF_NONLOCAL) !== 0)
  }

  get_frees(): string[] {
    return this.#matching((flags) => scopeOf(flags) === FREE)
  }

  #matching(test: (flags: number) => boolean): string[] {
    return this.get_identifiers().filter((name) => test(this.entry.symbols.get(name)!))
  }
}

/** The block of a class, as Python's `symtable.Class`. */
export class ClassView extends SymbolTableView {
  /** Names of the blocks directly inside the class, each once. */
  get_methods(): string[] {
    return [...new Set(this.entry.children.map((child) => child.name))]
  }
}

/** One name in one block, as Python's `symtable.Symbol`. */
export class SymbolView {
  readonly #name: string
  readonly #flags: number
  readonly #namespaces: readonly SymbolTableView[]
  readonly #moduleScope: boolean

  constructor(name: string, flags: number, namespaces: readonly SymbolTableView[], moduleScope: boolean) {
    this.#name = name
    this.#flags = flags
    this.#namespaces = namespaces
    this.#moduleScope = moduleScope
  }

  get_name(): string {
    return this.#name
  }

  /** Whether the block uses the name. */
  is_referenced(): boolean {
    return (this.#flags & USE) !== 0
  }

  is_parameter(): boolean {
    return (this.#flags & DEF_PARAM) !== 0
  }

  is_global(): boolean {
    return isGlobalScope(this.#flags) || this.#isModuleVariable()
  }

  is_nonlocal(): boolean {
    return (this.#flags & DEF_NONLOCAL) !== 0
  }

  /** Whether a `global` statement names it. */
  is_declared_global(): boolean {
    return scopeOf(this.#flags) === GLOBAL_EXPLICIT
  }

  is_local(): boolean {
    return isLocalScope(this.#flags) || this.#isModuleVariable()
  }

  is_annotated(): boolean {
    return (this.#flags & DEF_ANNOT) !== 0
  }

  /** Whether the name belongs to a function further out. */
  is_free(): boolean {
    return scopeOf(this.#flags) === FREE
  }

  is_imported(): boolean {
    return (this.#flags & DEF_IMPORT) !== 0
  }

  is_assigned(): boolean {
    return (this.#flags & DEF_LOCAL) !== 0
  }

  /** Whether a function or class of this name is defined in the block. */
  is_namespace(): boolean {
    return this.#namespaces.length > 0
  }

  get_namespaces(): readonly SymbolTableView[] {
    return this.#namespaces
  }

  /** The one block bound to the name. Throws PyError `ValueError` if there are none or several. */
  get_namespace(): SymbolTableView {
    if (this.#namespaces.length === 0) throw new PyError('ValueError', 'name is not bound to any namespaces')
    if (this.#namespaces.length > 1) throw new PyError('ValueError', 'name is bound to multiple namespaces')
    return this.#namespaces[0]!
  }

  #isModuleVariable(): boolean {
    return this.#moduleScope && (this.#flags & DEF_BOUND) !== 0
  }
}

/** The view of a block and, through it, of those inside: what Python's `symtable.symtable()` returns. */
export function symbolTableView(entry: SymbolTableEntry, filename: string): SymbolTableView {
  if (entry.type === 'function') return new FunctionView(entry, filename)
  if (entry.type === 'class') return new ClassView(entry, filename)
  return new SymbolTableView(entry, filename)
}
