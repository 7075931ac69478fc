import {
  boolops,
  cmpops,
  excepthandlers,
  expr_contexts,
  exprs,
  located,
  mods,
  operators,
  patterns,
  stmts,
  typeIgnores,
  unaryops,
  unlocated,
} from './nodes.ts'

/** One field of a node type, as its row in `nodes.ts` declares it. */
export interface Field {
  readonly name: string
  /** `expr`, `stmt`, `identifier`, `int`, … */
  readonly type: string
  /** The field holds a list. */
  readonly list: boolean
  /** The field, or an item of the list, may be `null`. */
  readonly optional: boolean
}

/** One type of node. */
export interface NodeType {
  readonly name: string
  /** The ASDL type to which it belongs, such as `expr`; its own name for a product type such as `alias`. */
  readonly sum: string
  /** A type of one form, such as `arguments`, as opposed to one of several such as `expr`. */
  readonly product: boolean
  /** It has `lineno`, `col_offset`, `end_lineno` and `end_col_offset`. */
  readonly located: boolean
  readonly fields: readonly Field[]
}

/** The names of the position attributes, in CPython's order (`_attributes`). */
export const positionNames = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'] as const

/** Types whose values are names: expression contexts and operators. */
export const enumerations: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['expr_context', expr_contexts],
  ['boolop', boolops],
  ['operator', operators],
  ['unaryop', unaryops],
  ['cmpop', cmpops],
])

/** All types of nodes by name, read from the rows of `nodes.ts`. */
export const nodeTypes: ReadonlyMap<string, NodeType> = readTables()

/** The type of a node. Throws TypeError for an object that is none. */
export function nodeType(node: { readonly node: string }): NodeType {
  const type = nodeTypes.get(node.node)
  if (type === undefined) throw new TypeError(`Not a syntax tree node: ${node.node}`)
  return type
}

function readTables(): Map<string, NodeType> {
  const types = new Map<string, NodeType>()
  const add = (rows: Record<string, string>, sum: string | null, hasPosition: boolean) => {
    for (const [name, row] of Object.entries(rows)) {
      const fields = row === '' ? [] : row.split(', ').map(readField)
      types.set(name, { name, sum: sum ?? name, product: sum === null, located: hasPosition, fields })
    }
  }
  add(mods, 'mod', false)
  add(stmts, 'stmt', true)
  add(exprs, 'expr', true)
  add(patterns, 'pattern', true)
  add(typeIgnores, 'type_ignore', false)
  add(excepthandlers, 'excepthandler', true)
  add(located, null, true)
  add(unlocated, null, false)
  return types
}

function readField(text: string): Field {
  const colon = text.indexOf(': ')
  let type = text.slice(colon + 2)
  const list = type.endsWith('*')
  if (list) type = type.slice(0, -1)
  const optional = type.endsWith('?')
  if (optional) type = type.slice(0, -1)
  return { name: text.slice(0, colon), type, list, optional }
}
