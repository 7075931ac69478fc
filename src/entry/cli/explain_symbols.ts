import type { SymbolTableView } from '../../symbols/view.ts'
import type { Style } from './style.ts'

/** The questions that a symbol answers, in the order in which they are shown. */
const kinds = ['parameter', 'imported', 'assigned', 'annotated', 'referenced', 'namespace'] as const

type Symbol = ReturnType<SymbolTableView['lookup']>

function scopeOf(symbol: Symbol): string {
  if (symbol.is_free()) return 'free'
  if (symbol.is_declared_global()) return 'global (declared)'
  if (symbol.is_nonlocal()) return 'nonlocal'
  if (symbol.is_local()) return 'local'
  return symbol.is_global() ? 'global' : 'cell'
}

/** The blocks of a program, each with a line for each of its names: its scope, and what happens to it. */
export function* symbolLines(table: SymbolTableView, style: Style, depth = 0): Generator<string> {
  const pad = '  '.repeat(depth)
  const place = table.get_lineno() > 0 ? style.faint(` (line ${table.get_lineno()})`) : ''
  yield `${pad}${style.keyword(table.get_type())} ${style.name(table.get_name())}${place}`
  const rows = [...table.get_identifiers()].map((name) => {
    const symbol = table.lookup(name)
    return { name, scope: scopeOf(symbol), uses: kinds.filter((kind) => symbol[`is_${kind}`]()) }
  })
  const nameWidth = Math.max(0, ...rows.map((row) => row.name.length))
  const scopeWidth = Math.max(0, ...rows.map((row) => row.scope.length))
  for (const { name, scope, uses } of rows) {
    const left = `${style.name(name.padEnd(nameWidth))}  ${scope.padEnd(uses.length > 0 ? scopeWidth : 0)}`
    yield `${pad}  ${left}${uses.length > 0 ? style.faint(`  ${uses.join(', ')}`) : ''}`
  }
  for (const child of table.get_children()) yield* symbolLines(child, style, depth + 1)
}

/** The same for programs. */
export function symbolsToJson(table: SymbolTableView): unknown {
  return {
    type: table.get_type(),
    name: table.get_name(),
    lineno: table.get_lineno(),
    nested: table.is_nested(),
    symbols: [...table.get_identifiers()].map((name) => {
      const symbol = table.lookup(name)
      return { name, scope: scopeOf(symbol), uses: kinds.filter((kind) => symbol[`is_${kind}`]()) }
    }),
    children: table.get_children().map(symbolsToJson),
  }
}
