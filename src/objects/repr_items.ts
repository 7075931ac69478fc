import { StrBuilder } from '../base/str_builder.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { newStr } from './make.ts'
import type { PyStr, Value } from './object.ts'
import { reprText } from './protocols.ts'
import { thread } from './thread.ts'

/**
 * The `repr` of a container: `write` puts its parts into the builder. A container inside itself shows as `again`
 * (CPython's `Py_ReprEnter`).
 */
export function reprContainer(self: object, again: string, write: (out: StrBuilder) => void): Owned<PyStr> {
  const { repring } = thread
  if (repring.has(self)) return again
  repring.add(self)
  try {
    const out = new StrBuilder()
    write(out)
    return newStr(out.finish())
  } finally {
    repring.delete(self)
  }
}

/** Writes the `repr` of each item with commas between; the array may change meanwhile. */
export function writeItems(out: StrBuilder, items: readonly Owned<Value>[]): void {
  for (let i = 0; i < items.length; i++) {
    if (i > 0) out.addText(', ')
    writeRepr(out, items[i]!)
  }
}

/** Writes the `repr` of a value that somebody else owns. */
export function writeRepr(out: StrBuilder, value: Value): void {
  keep(value)
  try {
    out.addStr(reprText(value))
  } finally {
    drop(value)
  }
}
