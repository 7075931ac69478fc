import type { Node } from './nodes.ts'

/**
 * A copy of a tree: its nodes and lists are new, its constants shared. Works with its own stack, since trees are as
 * deep as programs like.
 */
export function copyTree<T extends Node>(root: T): T {
  const result = { ...root }
  const pending: object[] = [result]
  const copied = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (!Array.isArray(value) && !('node' in value)) return value
    const copy = Array.isArray(value) ? [...value] : { ...value }
    pending.push(copy)
    return copy
  }
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const fields = item as Record<string, unknown>
    for (const key of Object.keys(fields)) fields[key] = copied(fields[key])
  }
  return result
}
