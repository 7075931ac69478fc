/*
 * The room that a list has in CPython, for `__sizeof__`. JavaScript's arrays do not tell theirs, so it is worked out: a
 * list is taken to have grown from empty by `append`, unless it is known to have been made at its size.
 */

/** Lists from this length on are remembered if they were made at once; for shorter ones it would cost too much. */
const REMEMBER_MIN = 64

const madeAtOnce = new WeakMap<readonly unknown[], number>()

/** Remembers that a list was made with the items that it has. */
export function noteMadeAtOnce(items: readonly unknown[]): void {
  if (items.length >= REMEMBER_MIN) madeAtOnce.set(items, items.length)
}

/** Items that CPython has room for in this list (`list_resize`, `list_preallocate_exact`). */
export function allocatedItems(items: readonly unknown[]): number {
  const { length } = items
  if (madeAtOnce.get(items) === length) return length + (length & 1)
  let room = 0
  while (room < length) room = (room + 1 + ((room + 1) >> 3) + 6) & ~3
  return room
}
