import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { defineType } from '../objects/define.ts'
import { defineModule } from '../objects/define_module.ts'
import { valueError } from '../objects/errors.ts'
import { idOf } from '../objects/ids.ts'
import { newDict, newList, newText } from '../objects/make.ts'
import { newObject, type PyDict, type PyList, type PyObject, TPFLAGS_HAVE_GC, type Value } from '../objects/object.ts'
import { recursion, thread } from '../objects/thread.ts'
import { builtinType } from '../objects/types.ts'
import type { BlockType, SymbolTableEntry } from '../symbols/entry.ts'
import * as entries from '../symbols/entry.ts'
import { futureFeatures } from '../symbols/future.ts'
import { buildSymtable } from '../symbols/symtable.ts'
import { type CompileMode, parseProgram } from '../vm/compile_source.ts'
import { filenameArgument, sourceArgument } from './builtins/source.ts'

/** A block as programs see it; it owns what it holds. */
interface EntryData {
  readonly entry: SymbolTableEntry
  readonly symbols: Owned<PyDict>
  readonly varnames: Owned<PyList>
  readonly children: Owned<PyList>
}

type PyEntry = PyObject<EntryData>

const entryType = builtinType<PyEntry>('symtable entry', TPFLAGS_HAVE_GC)

const blockNumbers: Readonly<Record<BlockType, number>> = { function: 0, class: 1, module: 2, annotation: 3 }

function newEntry(entry: SymbolTableEntry): Owned<PyEntry> {
  const symbols = newDict()
  for (const [name, flags] of entry.symbols) symbols.data.set(newText(name), flags)
  const made = newObject<EntryData>(entryType, {
    entry,
    symbols,
    varnames: newList(entry.varnames.map((name) => newText(name))),
    children: newList(entry.children.map(newEntry)),
  })
  track(made)
  return made
}

function defineEntryType(): void {
  defineType(entryType, () => ({
    slots: {
      tp_repr: (self): Owned<Value> => {
        const { name, lineno } = self.data.entry
        return newText(`<symtable entry ${name}(${idOf(self)}), line ${lineno}>`)
      },
      tp_dealloc: ({ data }) => {
        drop(data.symbols)
        drop(data.varnames)
        drop(data.children)
      },
      tp_traverse: ({ data }, visit) => {
        visit(data.symbols)
        visit(data.varnames)
        visit(data.children)
      },
    },
    members: {
      id: (self) => idOf(self),
      name: ({ data }) => newText(data.entry.name),
      symbols: ({ data }) => keep<Value>(data.symbols),
      varnames: ({ data }) => keep<Value>(data.varnames),
      children: ({ data }) => keep<Value>(data.children),
      nested: ({ data }) => (data.entry.nested ? 1 : 0),
      type: ({ data }) => blockNumbers[data.entry.type],
      lineno: ({ data }) => data.entry.lineno,
    },
  }))
}

function symtable(source: Value, filename: string, mode: CompileMode): Owned<Value> {
  const text = sourceArgument(source, 'symtable', 'string or bytes')
  const tree = parseProgram(text, { filename, mode, flags: 0, optimize: 0 })
  const future = futureFeatures(tree, { filename, sourceLine: null }, 0)
  const options = { recursionLimit: recursion.limit, recursionDepth: thread.depth }
  return newEntry(buildSymtable(tree, filename, future, options).top)
}

/** The module `_symtable`. */
export const symtableModule = defineModule('_symtable', () => {
  defineEntryType()
  return {
    functions: {
      'symtable(source, filename, startstr: text, /)': (source, filename, start): Owned<Value> => {
        const name = filenameArgument(filename)
        if (start !== 'exec' && start !== 'eval' && start !== 'single') {
          throw valueError("symtable() arg 3 must be 'exec' or 'eval' or 'single'")
        }
        return symtable(source, name, start)
      },
    },
    attributes: {
      USE: entries.USE,
      DEF_GLOBAL: entries.DEF_GLOBAL,
      DEF_NONLOCAL: entries.DEF_NONLOCAL,
      DEF_LOCAL: entries.DEF_LOCAL,
      DEF_PARAM: entries.DEF_PARAM,
      DEF_FREE: 2 << 4,
      DEF_FREE_CLASS: entries.DEF_FREE_CLASS,
      DEF_IMPORT: entries.DEF_IMPORT,
      DEF_BOUND: entries.DEF_BOUND,
      DEF_ANNOT: entries.DEF_ANNOT,
      TYPE_FUNCTION: blockNumbers.function,
      TYPE_CLASS: blockNumbers.class,
      TYPE_MODULE: blockNumbers.module,
      LOCAL: entries.LOCAL,
      GLOBAL_EXPLICIT: entries.GLOBAL_EXPLICIT,
      GLOBAL_IMPLICIT: entries.GLOBAL_IMPLICIT,
      FREE: entries.FREE,
      CELL: entries.CELL,
      SCOPE_OFF: entries.SCOPE_OFFSET,
      SCOPE_MASK: entries.SCOPE_MASK,
    },
  }
})
