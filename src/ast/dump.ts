import { PyError } from '../base/errors.ts'
import { constantRepr, strRepr } from '../base/repr.ts'
import { type Constant, strFromUtf16 } from '../base/values.ts'
import { enumerations, type Field, type NodeType, nodeType, positionNames } from './fields.ts'
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
 * Throws PyError `RecursionError` for lines nested too deeply; on one line trees of any depth can be written.
 */
export function dump(node: Node, options: DumpOptions = {}): string {
  const { indent = null } = options
  const unit = typeof indent === 'number' ? ' '.repeat(Math.max(indent, 0)) : indent
  const dumper = new Dumper(options.annotate_fields ?? true, options.include_attributes ?? false, unit)
  return dumper.dump(node as unknown as FieldValues)
}

/** Deeper lines are refused: the text grows with the square of the depth, and CPython gives up long before. */
const MAX_LINE_LEVEL = 10_000

/** A node whose fields are taken by name. */
type FieldValues = { readonly node: string } & Readonly<Record<string, unknown>>

/** Text, or a node that is to be written in its place and the level of its lines. */
type Piece = string | { readonly node: FieldValues; readonly level: number }

class Dumper {
  readonly #annotateFields: boolean
  readonly #includeAttributes: boolean
  readonly #indent: string | null
  /** What starts a line of each level. */
  readonly #prefixes: string[] = []
  readonly #out: string[] = []
  /** What is still to be written, the next last. */
  readonly #pending: Piece[] = []
  /** The node being written: its text since the last child, and the pieces before. */
  #text = ''
  #pieces: Piece[] = []

  constructor(annotateFields: boolean, includeAttributes: boolean, indent: string | null) {
    this.#annotateFields = annotateFields
    this.#includeAttributes = includeAttributes
    this.#indent = indent
  }

  dump(root: FieldValues): string {
    this.#pending.push({ node: root, level: 1 })
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      if (typeof next === 'string') this.#out.push(next)
      else this.#write(next.node, next.level)
    }
    return this.#out.join('')
  }

  #write(node: FieldValues, level: number): void {
    const type = nodeType(node)
    this.#text = ''
    this.#pieces = []
    const lines = this.#indent !== null && !this.#fitsOnLine(type, node)
    const separator = lines ? `,${this.#prefix(level)}` : ', '
    // The first item has the prefix only.
    let before = lines ? this.#prefix(level) : ''
    // As soon as a field is left out, those behind it need their names.
    let keywords = this.#annotateFields
    this.#text += `${type.name}(`
    for (const field of type.fields) {
      const value = node[field.name]
      if (isLeftOut(field, value)) {
        keywords = true
        continue
      }
      this.#text += keywords ? `${before}${field.name}=` : before
      this.#field(field, value, level)
      before = separator
    }
    if (this.#includeAttributes && type.located) {
      for (const name of positionNames) {
        const value = node[name]
        if (isPositionLeftOut(name, value)) continue
        this.#text += `${before}${name}=${value}`
        before = separator
      }
    }
    this.#text += ')'
    this.#flush()
  }

  /** Hands on the pieces of a node: up to its first child they are next in the text. */
  #flush(): void {
    const pieces = this.#pieces
    if (pieces.length === 0) {
      this.#out.push(this.#text)
      return
    }
    this.#pending.push(this.#text)
    for (let i = pieces.length - 1; i >= 0; i--) this.#pending.push(pieces[i]!)
  }

  #field(field: Field, value: unknown, level: number): void {
    if (!field.list) {
      this.#item(field.type, value, level + 1)
      return
    }
    const items = value as readonly unknown[]
    if (items.length === 0) {
      this.#text += '[]'
      return
    }
    const prefix = this.#indent === null ? '' : this.#prefix(level + 1)
    const separator = this.#indent === null ? ', ' : `,${prefix}`
    this.#text += `[${prefix}`
    for (let i = 0; i < items.length; i++) {
      if (i > 0) this.#text += separator
      this.#item(field.type, items[i], level + 2)
    }
    this.#text += ']'
  }

  #item(type: string, value: unknown, level: number): void {
    if (value === null) this.#text += 'None'
    else if (type === 'identifier' || type === 'string') this.#text += strRepr(strFromUtf16(String(value)))
    else if (type === 'int') this.#text += String(value)
    else if (type === 'constant') this.#text += constantRepr(value as Constant)
    else if (enumerations.has(type)) this.#text += `${value}()`
    else {
      this.#pieces.push(this.#text, { node: value as FieldValues, level })
      this.#text = ''
    }
  }

  /** Up to three items that are names, constants or empty stand on one line. */
  #fitsOnLine(type: NodeType, node: FieldValues): boolean {
    let count = this.#includeAttributes && type.located ? this.#positionCount(node) : 0
    for (const field of type.fields) {
      const value = node[field.name]
      if (isLeftOut(field, value)) continue
      if (++count > 3) return false
      if (field.list ? (value as readonly unknown[]).length > 0 : !this.#isSimple(value)) return false
    }
    return count <= 3
  }

  /** Whether a value is no node, or one without fields to show. */
  #isSimple(value: unknown): boolean {
    if (typeof value !== 'object' || value === null || !('node' in value)) return true
    const node = value as FieldValues
    const type = nodeType(node)
    if (this.#includeAttributes && type.located && this.#positionCount(node) > 0) return false
    return type.fields.every((field) => isLeftOut(field, node[field.name]))
  }

  #positionCount(node: FieldValues): number {
    let count = 0
    for (const name of positionNames) if (!isPositionLeftOut(name, node[name])) count++
    return count
  }

  #prefix(level: number): string {
    if (level > MAX_LINE_LEVEL) throw new PyError('RecursionError', 'maximum recursion depth exceeded')
    for (let i = this.#prefixes.length; i <= level; i++) this.#prefixes.push(`\n${this.#indent!.repeat(i)}`)
    return this.#prefixes[level]!
  }
}

function isLeftOut(field: Field, value: unknown): boolean {
  return value === undefined || (value === null && field.optional && !field.list)
}

/** The ends of a position may be None, and are then left out. */
function isPositionLeftOut(name: string, value: unknown): boolean {
  return value === undefined || (value === null && name.startsWith('end'))
}
