import { FrozenSet, type Str, strToUtf16, WideStr } from '../base/values.ts'
import { CodeObject } from './code.ts'
import { List, type MarshalValue, MutableSet } from './marshal_values.ts'

/**
 * How many places of a tree hold each object: the order of a set's items depends on reference counts. Most sets hold
 * nothing but names, whose counts do not matter, so the tree is walked when the first count is wanted.
 */
export class Places {
  private readonly root: MarshalValue
  private counted = false
  private readonly objects = new Map<unknown, number>()
  /** Wide strings by their UTF-16 text. */
  private readonly wide = new Map<string, number>()

  constructor(root: MarshalValue) {
    this.root = root
  }

  /** The count of an object by identity, of an int or a string by value. */
  ofObject(object: unknown): number {
    if (!this.counted) this.count()
    return this.objects.get(object) ?? 0
  }

  ofWide(text: string): number {
    if (!this.counted) this.count()
    return this.wide.get(text) ?? 0
  }

  /** Counts one place; true if it is the first of its object. */
  private place(value: MarshalValue): boolean {
    if (value instanceof WideStr) {
      const text = strToUtf16(value)
      this.wide.set(text, (this.wide.get(text) ?? 0) + 1)
      return false
    }
    const count = this.objects.get(value) ?? 0
    this.objects.set(value, count + 1)
    return count === 0
  }

  /** Walks all objects that can be reached, each once; a stack of its own keeps depth off JavaScript's. */
  private count(): void {
    this.counted = true
    const todo: MarshalValue[] = [this.root]
    for (;;) {
      const value = todo.pop()
      if (value === undefined) return
      if (!this.place(value)) continue
      if (Array.isArray(value)) for (const item of value) todo.push(item)
      else if (value instanceof CodeObject) {
        todo.push(
          value.co_consts,
          value.co_names,
          value.co_localsplusnames,
          value.co_linetable,
          value.co_exceptiontable,
        )
      } else if (value instanceof FrozenSet || value instanceof List || value instanceof MutableSet) {
        for (const item of value.items) todo.push(item)
      } else if (value instanceof Map) {
        for (const [key, item] of value) todo.push(key, item)
      }
    }
  }
}

/** Whether a constant consists of ASCII letters, digits and underscores, and so is interned by its code object. */
export function isNameLike(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c > 0x7a || (c < 0x61 && c !== 0x5f && (c < 0x41 || c > 0x5a) && (c < 0x30 || c > 0x39))) return false
  }
  return true
}

/** Whether a string is one of CPython's singletons. */
export function isSingleCharacter(text: Str): boolean {
  return typeof text === 'string' && text.length === 1 && text.charCodeAt(0) < 256
}
