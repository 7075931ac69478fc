import { nodeType } from './fields.ts'
import type { Node, Position } from './nodes.ts'
import { iterChildNodes, walk } from './walk.ts'

/** A node under construction, whose position may be missing. */
type Placeable = { -readonly [K in keyof Position]?: Position[K] | null }

/**
 * Gives each node below `node` that lacks a position that of the node around it, the outermost line 1, column 0.
 * Changes the tree and returns it. As `ast.fix_missing_locations`.
 */
export function fixMissingLocations<N extends Node>(node: N): N {
  const pending: { node: Node; at: Position }[] = [
    { node, at: { lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 0 } },
  ]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    let { at } = next
    if (nodeType(next.node).located) {
      const place = next.node as unknown as Placeable
      place.lineno ??= at.lineno
      place.col_offset ??= at.col_offset
      place.end_lineno ??= at.end_lineno
      place.end_col_offset ??= at.end_col_offset
      at = next.node as unknown as Position
    }
    for (const child of iterChildNodes(next.node)) pending.push({ node: child, at })
  }
  return node
}

/** Moves a node and all below it down by `n` lines. Changes the tree and returns it. As `ast.increment_lineno`. */
export function incrementLineno<N extends Node>(node: N, n = 1): N {
  for (const child of walk(node)) {
    if (child.node !== 'TypeIgnore' && !nodeType(child).located) continue
    const place = child as unknown as Placeable
    place.lineno = (place.lineno ?? 0) + n
    if (child.node !== 'TypeIgnore' && place.end_lineno !== null) place.end_lineno = (place.end_lineno ?? 0) + n
  }
  return node
}
