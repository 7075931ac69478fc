import type { Node } from '../../ast/nodes.ts'
import { PyError } from '../../base/errors.ts'
import type { CodeObject } from '../../bytecode/code.ts'
import { BUILD_TUPLE, LOAD_CLOSURE, LOAD_CONST, MAKE_FUNCTION, RESUME } from '../../bytecode/opcodes.ts'
import {
  CELL,
  DEF_FREE_CLASS,
  FREE,
  GLOBAL_EXPLICIT,
  NUMBER_UNIT,
  SCOPE_MASK,
  SCOPE_OFFSET,
  type SymbolTableEntry,
} from '../../symbols/entry.ts'
import { mangle } from '../../symbols/mangle.ts'
import { assemble } from '../assemble.ts'
import type { ScopeType } from '../unit.ts'
import { addConst } from './constants.ts'
import { emit } from './emit.ts'
import { type Compilation, Unit } from './state.ts'

/** `MAKE_FUNCTION`: a tuple of cells is on the stack. */
const HAS_CLOSURE = 0x08

/** The table of the many blocks that have no cell or no free variables. */
const NO_NAMES: ReadonlyMap<string, number> = new Map()

/** The unit of the module itself. */
export function enterModule(c: Compilation): Unit {
  const u = makeUnit(c, null, c.symtable.top, '<module>', 'module', 1)
  u.lineno = 0
  emit(u, RESUME, 0)
  u.lineno = 1
  return u
}

/** The unit of the block that a node opens inside another one (`compiler_enter_scope`). */
export function enterScope(parent: Unit, name: string, scopeType: ScopeType, node: Node, lineno: number): Unit {
  const ste = parent.c.symtable.blocks.get(node)
  if (ste === undefined) throw new PyError('KeyError', 'unknown symbol table entry')
  const u = makeUnit(parent.c, parent, ste, name, scopeType, lineno)
  u.qualname = qualifiedName(u, parent)
  emit(u, RESUME, 0)
  return u
}

/** Makes the code object of a finished unit. `addNone`: falling off its end returns None, not the top of the stack. */
export function exitScope(u: Unit, addNone: boolean): CodeObject {
  return assemble(u, u.c, addNone)
}

function makeUnit(
  c: Compilation,
  parent: Unit | null,
  ste: SymbolTableEntry,
  name: string,
  scopeType: ScopeType,
  lineno: number,
): Unit {
  numberParameters(ste)
  let cellvars = NO_NAMES
  let freevars = NO_NAMES
  if (ste.free || ste.childFree) {
    cellvars = numbered(ste, CELL, 0, 0)
    freevars = numbered(ste, FREE, DEF_FREE_CLASS, cellvars.size)
  }
  if (ste.needsClassClosure) {
    cellvars = new Map([['__class__', 0]])
    freevars = numbered(ste, FREE, DEF_FREE_CLASS, 1)
  }
  return new Unit(c, parent, ste, name, scopeType, lineno, ste.varnames.slice(), cellvars, freevars)
}

/** Numbers the symbols of a block anew: a block inside of `finally` is compiled once for each way out. */
function numberParameters(ste: SymbolTableEntry): void {
  const { symbols, varnames } = ste
  if (ste.numbered) {
    symbols.forEach((flags, name) => {
      symbols.set(name, flags & (NUMBER_UNIT - 1))
    })
  }
  ste.numbered = true
  for (let i = 0; i < varnames.length; i++) {
    const name = varnames[i]!
    symbols.set(name, symbols.get(name)! + (i + 1) * NUMBER_UNIT)
  }
}

/** The names of one scope, or with one flag, sorted and numbered from `offset`. */
function numbered(ste: SymbolTableEntry, scope: number, flag: number, offset: number): ReadonlyMap<string, number> {
  const found: string[] = []
  ste.symbols.forEach((flags, name) => {
    if (((flags >> SCOPE_OFFSET) & SCOPE_MASK) === scope || (flags & flag) !== 0) found.push(name)
  })
  if (found.length === 0) return NO_NAMES
  if (found.length > 1) found.sort(compareByCodePoint)
  const table = new Map<string, number>()
  for (let i = 0; i < found.length; i++) table.set(found[i]!, offset + i)
  return table
}

/** Python's order of strings. UTF-16 puts surrogates, thus code points above U+FFFF, before U+E000…U+FFFF. */
function compareByCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return (x >= 0xd800 && x < 0xe000 ? x + 0x10000 : x) - (y >= 0xd800 && y < 0xe000 ? y + 0x10000 : y)
  }
  return a.length - b.length
}

/** `__qualname__` of what a block defines (`compiler_set_qualname`). */
function qualifiedName(u: Unit, parent: Unit): string {
  if (parent.parent === null && parent.scopeType === 'module') return u.name
  const type = u.scopeType
  if (type === 'function' || type === 'async function' || type === 'class') {
    if (parent.ste.scope(mangle(parent.private, u.name)) === GLOBAL_EXPLICIT) return u.name
  }
  const outer = parent.scopeType
  const inFunction = outer === 'function' || outer === 'async function' || outer === 'lambda'
  return `${parent.qualname}${inFunction ? '.<locals>' : ''}.${u.name}`
}

/**
 * Makes a function of a code object on the stack; its defaults and annotations are there already, as `flags` tell.
 * `child` is the unit that the code object came from.
 */
export function makeClosure(u: Unit, code: CodeObject, child: Unit, flags: number): void {
  const free = child.freevars
  if (free.size !== 0) {
    for (const name of free.keys()) emit(u, LOAD_CLOSURE, closureIndex(u, name, child))
    emit(u, BUILD_TUPLE, free.size)
    flags |= HAS_CLOSURE
  }
  emit(u, LOAD_CONST, addConst(u, code))
  emit(u, MAKE_FUNCTION, flags)
}

/** A name may be both local and free in a class; then the cell of the function around it is meant. */
function closureIndex(u: Unit, name: string, child: Unit): number {
  const isCell = (u.scopeType === 'class' && name === '__class__') || u.ste.scope(name) === CELL
  const index = (isCell ? u.cellvars : u.freevars).get(name)
  if (index === undefined) {
    throw new PyError('SystemError', `compiler_lookup_arg(name='${name}') failed in ${u.name} for ${child.name}`)
  }
  return index
}
