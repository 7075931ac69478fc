import {
  CELL,
  DEF_BOUND,
  DEF_FREE_CLASS,
  DEF_GLOBAL,
  DEF_NONLOCAL,
  FREE,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  LOCAL,
  SCOPE_OFFSET,
  type SymbolTableEntry,
} from './entry.ts'
import { type ErrorContext, rangedSyntaxError } from './errors.ts'

/** What the blocks around a block know of a name. */
const UNKNOWN = 0
const BOUND = 1
const DECLARED_GLOBAL = 2

/** A block and the one around it, for walks that need neither recursion nor links in the entries. */
interface Nested {
  readonly entry: SymbolTableEntry
  readonly parent: Nested | null
  /** Names that the block or its children read from blocks further out. */
  free: Set<string> | null
}

/**
 * Decides the scope of every name and stores it in the flags: the second pass of CPython's `symtable.c`.
 *
 * CPython hands copies of the sets of bound and global names down the tree. Here a name is looked up outwards through
 * the blocks instead, which has the same outcome: the nearest block that binds it or declares it global decides, class
 * blocks are passed over except for `__class__`. Blocks are taken in CPython's order, so the first error is the same.
 */
export function analyze(top: SymbolTableEntry, context: ErrorContext): void {
  const blocks = blocksInOrder(top)
  for (let i = 0; i < blocks.length; i++) scopeNames(blocks[i]!, context)
  // Children stand after their parent: backwards, the free names of a block are complete when it is reached.
  for (let i = blocks.length - 1; i >= 0; i--) resolveFree(blocks[i]!)
}

/** A block, then its children from first to last, each followed by its own. */
function blocksInOrder(top: SymbolTableEntry): Nested[] {
  const out: Nested[] = []
  const pending: Nested[] = [{ entry: top, parent: null, free: null }]
  for (;;) {
    const block = pending.pop()
    if (block === undefined) return out
    out.push(block)
    const { children } = block.entry
    for (let i = children.length - 1; i >= 0; i--) pending.push({ entry: children[i]!, parent: block, free: null })
  }
}

function scopeNames(block: Nested, context: ErrorContext): void {
  const { entry } = block
  const { symbols } = entry
  symbols.forEach((flags, name) => {
    const scope = nameScope(block, name, flags, context)
    if (scope === FREE) {
      entry.free = true
      if (block.free === null) block.free = new Set()
      block.free.add(name)
    }
    symbols.set(name, flags | (scope << SCOPE_OFFSET))
  })
}

function nameScope(block: Nested, name: string, flags: number, context: ErrorContext): number {
  const { entry } = block
  if ((flags & DEF_GLOBAL) !== 0) {
    if ((flags & DEF_NONLOCAL) !== 0) failAtDirective(entry, name, `name '${name}' is nonlocal and global`, context)
    return GLOBAL_EXPLICIT
  }
  if ((flags & DEF_NONLOCAL) !== 0) {
    if (block.parent === null) {
      failAtDirective(entry, name, 'nonlocal declaration not allowed at module level', context)
    }
    if (lookOutwards(block, name) !== BOUND) {
      failAtDirective(entry, name, `no binding for nonlocal '${name}' found`, context)
    }
    return FREE
  }
  if ((flags & DEF_BOUND) !== 0) return LOCAL
  // Outside of functions nothing but the cell of a class can be bound further out.
  if (!entry.nested && name !== '__class__') return GLOBAL_IMPLICIT
  const outer = lookOutwards(block, name)
  if (outer === BOUND) return FREE
  if (outer === UNKNOWN && entry.nested) entry.free = true
  return GLOBAL_IMPLICIT
}

/** What the nearest block around that says anything of a name says. Reads the flags of the first pass only. */
function lookOutwards(block: Nested, name: string): number {
  for (let outer = block.parent; outer !== null; outer = outer.parent) {
    const { entry } = outer
    if (entry.type === 'class') {
      if (name === '__class__') return BOUND
      continue
    }
    const flags = entry.symbols.get(name)
    if (flags === undefined) continue
    if ((flags & DEF_GLOBAL) !== 0) return DECLARED_GLOBAL
    if ((flags & DEF_NONLOCAL) === 0 && (flags & DEF_BOUND) !== 0) return entry.type === 'function' ? BOUND : UNKNOWN
  }
  return UNKNOWN
}

/** Makes cells of what children read from this block and passes their other free names on. */
function resolveFree(block: Nested): void {
  const { entry, parent } = block
  if (parent !== null && (entry.free || entry.childFree)) parent.entry.childFree = true
  if (block.free === null || parent === null) return
  for (const name of block.free) offerFree(parent, name)
}

/** A child of the block has `name` free. */
function offerFree(block: Nested, name: string): void {
  const { entry } = block
  const flags = entry.symbols.get(name)
  if (entry.type === 'class') {
    if (name === '__class__') {
      entry.needsClassClosure = true
      return
    }
    if (flags !== undefined && (flags & (DEF_BOUND | DEF_GLOBAL)) !== 0) entry.symbols.set(name, flags | DEF_FREE_CLASS)
  } else if (entry.type === 'function' && flags !== undefined && flags >> SCOPE_OFFSET === LOCAL) {
    entry.symbols.set(name, (flags & ((1 << SCOPE_OFFSET) - 1)) | (CELL << SCOPE_OFFSET))
    return
  } else if (flags !== undefined && flags >> SCOPE_OFFSET === CELL) return
  if (flags === undefined) entry.symbols.set(name, FREE << SCOPE_OFFSET)
  if (block.free === null) block.free = new Set()
  block.free.add(name)
}

function failAtDirective(entry: SymbolTableEntry, name: string, msg: string, context: ErrorContext): never {
  const directive = entry.directives?.find((d) => d.name === name)
  if (directive === undefined) throw new Error(`No directive for '${name}'`)
  throw rangedSyntaxError(context, msg, directive)
}
