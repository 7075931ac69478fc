import { PyError } from '../base/errors.ts'
import { constantRepr, strRepr } from '../base/repr.ts'
import { type Constant, strFromUtf16 } from '../base/values.ts'
import { enumerations, type Field, nodeType, positionNames } from './fields.ts'
import type { Node } from './nodes.ts'

/** How `dump` is to write a tree: the parameters of `ast.dump`. */
export interface DumpOptions {
  /** Write the names of fields. Default true. */
  readonly annotate_fields?: boolean
  /** Write positions too. Default false. */
  readonly include_attributes?: boolean
  /** One level of indentation: that many spaces, or that text; `null`, the default, writes all on one line. */
  readonly indent?: number | string | null
}

/**
 * The text of a tree, equal to that of Python 3.11's `ast.dump`, in UTF-16.
 * Throws PyError `RecursionError` for a tree nested too deeply.
 */
export function dump(node: Node, options: DumpOptions = {}): string {
  const { indent = null } = options
  const unit = typeof indent === 'number' ? ' '.repeat(Math.max(indent, 0)) : indent
  const dumper = new Dumper(options.annotate_fields ?? true, options.include_attributes ?? false, unit)
  try {
    return dumper.node(node as unknown as FieldValues, 1)
  } catch (error) {
    if (error instanceof RangeError) throw new PyError('RecursionError', 'maximum recursion depth exceeded')
    throw error
  }
}

/** A node whose fields are taken by name. */
type FieldValues = { readonly node: string } & Readonly<Record<string, unknown>>

class Dumper {
  readonly #annotateFields: boolean
  readonly #includeAttributes: boolean
  readonly #indent: string | null
  /** The last node written has neither fields nor attributes: its parent stays on one line. */
  #simple = false

  constructor(annotateFields: boolean, includeAttributes: boolean, indent: string | null) {
    this.#annotateFields = annotateFields
    this.#includeAttributes = includeAttributes
    this.#indent = indent
  }

  node(node: FieldValues, level: number): string {
    const type = nodeType(node)
    const args: string[] = []
    let allSimple = true
    // As soon as a field is left out, those behind it need their names.
    let keywords = this.#annotateFields
    for (const field of type.fields) {
      const value = node[field.name]
      if (value === undefined || (value === null && field.optional && !field.list)) {
        keywords = true
        continue
      }
      const text = this.#field(field, value, level)
      allSimple &&= this.#simple
      args.push(keywords ? `${field.name}=${text}` : text)
    }
    if (this.#includeAttributes && type.located) {
      for (const name of positionNames) {
        const value = node[name]
        // Only the end positions may be None.
        if (value !== undefined && (value !== null || !name.startsWith('end'))) args.push(`${name}=${value ?? 'None'}`)
      }
    }
    this.#simple = args.length === 0
    if (this.#indent === null || (allSimple && args.length <= 3)) return `${type.name}(${args.join(', ')})`
    return `${type.name}(${this.#lines(args, level)})`
  }

  #field(field: Field, value: unknown, level: number): string {
    if (!field.list) return this.#item(field.type, value, level + 1)
    const items = value as readonly unknown[]
    this.#simple = items.length === 0
    if (items.length === 0) return '[]'
    const texts = items.map((item) => this.#item(field.type, item, level + 2))
    this.#simple = false
    return `[${this.#indent === null ? texts.join(', ') : this.#lines(texts, level + 1)}]`
  }

  #item(type: string, value: unknown, level: number): string {
    this.#simple = true
    if (value === null) return 'None'
    if (type === 'identifier' || type === 'string') return strRepr(strFromUtf16(String(value)))
    if (type === 'int') return String(value)
    if (type === 'constant') return constantRepr(value as Constant)
    if (enumerations.has(type)) return `${value}()`
    return this.node(value as FieldValues, level)
  }

  #lines(items: readonly string[], level: number): string {
    const prefix = `\n${this.#indent!.repeat(level)}`
    return prefix + items.join(`,${prefix}`)
  }
}
