import { DictTable } from './dict_table.ts'
import type { PyType } from './object.ts'

/** The attributes of a type itself. A builtin type fills them when they are first asked for. */
export function typeDict(type: PyType): DictTable {
  if (type.dict === null) type.dict = new DictTable()
  if (type.pending !== null) {
    const fill = type.pending
    type.pending = null
    fill()
  }
  return type.dict
}

let versions = 0

/** A version that no type has had. */
export function newTypeVersion(): number {
  return ++versions
}

/** Tells all caches that attributes of a type have changed; classes derived from it change with it (`PyType_Modified`). */
export function typeModified(type: PyType): void {
  type.version = ++versions
  // To clear a map makes a new table even of an empty one.
  if (type.lookups.size > 0) type.lookups.clear()
  type.keyKind = 0
  if (type.data.subclasses !== null) for (const subclass of type.data.subclasses) typeModified(subclass)
}
