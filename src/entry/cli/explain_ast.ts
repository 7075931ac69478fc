import { type Field, nodeType } from '../../ast/fields.ts'
import type { Node } from '../../ast/nodes.ts'
import { constantRepr, strRepr } from '../../base/repr.ts'
import type { Constant } from '../../base/values.ts'
import type { Style } from './style.ts'

type Item = { readonly label: string; readonly node: Node | null }

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'node' in value

function scalar({ type }: Field, value: unknown): string {
  if (type === 'constant') return constantRepr(value as Constant)
  if (typeof value === 'string') return type === 'identifier' || type === 'string' ? strRepr(value) : value
  return value === null ? 'None' : String(value)
}

/** A node in one line, with its fields that are no nodes, and the nodes below it. */
function describe(node: Node, style: Style): { line: string; children: Item[] } {
  const words: string[] = []
  const children: Item[] = []
  for (const field of nodeType(node).fields) {
    const { name, type, list } = field
    const value = (node as unknown as Record<string, unknown>)[name]
    if (list && Array.isArray(value) && value.some((item) => isNode(item))) {
      value.forEach((item: unknown, i) => {
        children.push({ label: `${name}[${i}]`, node: isNode(item) ? item : null })
      })
    } else if (isNode(value)) children.push({ label: name, node: value })
    else if (list && Array.isArray(value)) {
      if (value.length > 0) words.push(`${name}=[${value.map((item) => scalar(field, item)).join(', ')}]`)
    } else if (value !== null || type === 'constant') {
      const text = scalar(field, value)
      words.push(`${name}=${type === 'constant' ? style.literal(text) : style.name(text)}`)
    }
  }
  const place = 'end_lineno' in node ? style.faint(` ${placeOf(node)}`) : ''
  return { line: `${style.keyword(node.node)}${words.length > 0 ? ` ${words.join(' ')}` : ''}${place}`, children }
}

function placeOf(node: { lineno: number; col_offset: number; end_lineno: number; end_col_offset: number }): string {
  return `${node.lineno}:${node.col_offset}-${node.end_lineno}:${node.end_col_offset}`
}

/** The syntax tree as an indented tree; walks with its own stack, since trees are as deep as programs like. */
export function* astLines(root: Node, style: Style): Generator<string> {
  const top = describe(root, style)
  yield top.line
  const stack = [{ items: top.children, at: 0, indent: '' }]
  while (stack.length > 0) {
    const level = stack[stack.length - 1]!
    const item = level.items[level.at++]
    if (item === undefined) {
      stack.pop()
      continue
    }
    const last = level.at === level.items.length
    const branch = style.faint(`${level.indent}${last ? '└─' : '├─'}`)
    if (item.node === null) {
      yield `${branch} ${item.label}: None`
      continue
    }
    const { line, children } = describe(item.node, style)
    yield `${branch} ${item.label}: ${line}`
    if (children.length > 0) stack.push({ items: children, at: 0, indent: `${level.indent}${last ? '   ' : '│  '}` })
  }
}
