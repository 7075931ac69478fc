import type { Constant } from '../base/values.ts'
import { nodeType } from './fields.ts'
import type { Node } from './nodes.ts'

/** What a field may hold. */
export type FieldValue = Node | Constant | readonly (Node | string | null)[]

/** The fields of a node with their values, in order; fields that it lacks are passed over. As `ast.iter_fields`. */
export function* iterFields(node: Node): Generator<[name: string, value: FieldValue]> {
  const values = node as unknown as Readonly<Record<string, FieldValue | undefined>>
  for (const { name } of nodeType(node).fields) {
    const value = values[name]
    if (value !== undefined) yield [name, value]
  }
}

/**
 * The nodes directly inside a node, in the order of its fields. As `ast.iter_child_nodes`, except that operators and
 * contexts are no nodes here.
 */
export function* iterChildNodes(node: Node): Generator<Node> {
  const values = node as unknown as Readonly<Record<string, FieldValue | undefined>>
  for (const { name, type, list } of nodeType(node).fields) {
    // The value of a constant may be an array too: a tuple, which holds no nodes.
    if (type === 'constant') continue
    const value = values[name]
    if (list && Array.isArray(value)) {
      for (const item of value) if (isNode(item)) yield item
    } else if (isNode(value)) yield value
  }
}

/** A node and all below it, those nearer to it first. As `ast.walk`. */
export function* walk(node: Node): Generator<Node> {
  const queue: Node[] = [node]
  for (let i = 0; i < queue.length; i++) {
    const next = queue[i]!
    for (const child of iterChildNodes(next)) queue.push(child)
    yield next
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'node' in value
}
