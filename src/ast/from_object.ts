import { PyError } from '../base/errors.ts'
import { constantRepr } from '../base/repr.ts'
import { Complex, type Constant, canonicalInt, EllipsisType, Float, FrozenSet, WideStr } from '../base/values.ts'
import { enumerations, type Field, type NodeType, nodeTypes } from './fields.ts'
import { typeName } from './json.ts'
import type { Mod } from './nodes.ts'

/** How deep a tree from a user may be. */
export interface DepthOptions {
  /** `sys.getrecursionlimit()`. Default 1000. */
  readonly recursionLimit?: number
  /** Python frames that are active, which count against the limit. Default 0. */
  readonly recursionDepth?: number
}

/** The type of the root that a mode of `compile` wants. */
const ROOTS = { exec: 'Module', eval: 'Expression', single: 'Interactive', func_type: 'FunctionType' } as const

/** Types whose lists may hold None as far as this stage goes: `validateAst` says where it is allowed. */
const MAY_HOLD_NONE: ReadonlySet<string> = new Set(['stmt', 'expr'])

const INT_MAX = 0x7fffffff

/**
 * A fresh tree from an object that a user made, as `compile` takes it (the `obj2ast` functions of CPython's
 * `Python-ast.c`): every node gets all its fields, in order; a missing end of a position is its start
 * (patterns must have theirs).
 *
 * `undefined` is a missing attribute, `null` is None. Throws PyError with CPython's messages: `TypeError` for fields that
 * are missing or of the wrong kind, `ValueError` for None where a node is needed, `OverflowError` for a position out of
 * range, `RecursionError` for a tree too deep. `validateAst` checks what a tree of the right kinds must further obey.
 */
export function astFromObject(value: unknown, mode: keyof typeof ROOTS, options: DepthOptions = {}): Mod {
  const wanted = ROOTS[mode]
  const root = asRecord(value)
  if (root?.['node'] !== wanted) throw new PyError('TypeError', `expected ${wanted} node, got ${pyTypeName(value)}`)
  const reader = new ObjectReader(options.recursionLimit ?? 1000, options.recursionDepth ?? 0)
  return reader.sum('mod', value) as unknown as Mod
}

type Fields = { [name: string]: unknown }

class ObjectReader {
  readonly #limit: number
  #depth: number

  constructor(limit: number, depth: number) {
    this.#limit = limit
    this.#depth = depth
  }

  /** A node of one of the types of a sum such as `expr`; `null` for None. */
  sum(sum: string, value: unknown): Fields | null {
    if (value === null) return null
    const object = asRecord(value)
    const out: Fields = {}
    const position = LOCATED_SUMS.has(sum) ? this.#position(sum, object) : null
    const type = typeof object?.['node'] === 'string' ? nodeTypes.get(object['node']) : undefined
    if (object === null || type === undefined || type.sum !== sum || type.product) {
      throw new PyError('TypeError', `expected some sort of ${sum}, but got ${describe(value)}`)
    }
    out['node'] = type.name
    this.#fields(type, object, out)
    requireFields(type, out)
    return position === null ? out : Object.assign(out, position)
  }

  /** A node of a type that has one form, such as `arguments`: whatever has its fields will do. */
  #product(type: NodeType, value: unknown): Fields {
    const object = asRecord(value)
    const out: Fields = { node: type.name }
    this.#fields(type, object, out)
    const position = type.located ? this.#position(type.name, object) : null
    requireFields(type, out)
    return position === null ? out : Object.assign(out, position)
  }

  #fields(type: NodeType, object: Fields | null, out: Fields): void {
    for (const field of type.fields) {
      const value = object?.[field.name]
      if (field.list) out[field.name] = this.#list(type, field, value)
      else if (field.optional && (value === undefined || value === null)) out[field.name] = missingValue(field)
      else if (value === undefined) throw missing(field.name, type.name)
      else out[field.name] = this.#traverse(field.type, value, type.name)
    }
  }

  #list(type: NodeType, field: Field, value: unknown): unknown[] {
    if (value === undefined) throw missing(field.name, type.name)
    if (!Array.isArray(value)) {
      const got = pyTypeName(value)
      throw new PyError('TypeError', `${type.name} field "${field.name}" must be a list, not a ${got}`)
    }
    const out: unknown[] = []
    for (const item of value as readonly unknown[]) {
      const read = this.#traverse(field.type, item, type.name)
      if (read !== null || MAY_HOLD_NONE.has(field.type)) out.push(read)
      // Nobody looks at these after parsing; in other lists None makes CPython crash.
      else if (field.type !== 'type_ignore') {
        throw new PyError('TypeError', `expected some sort of ${field.type}, but got None`)
      }
    }
    return out
  }

  #position(owner: string, object: Fields | null): Fields {
    const lineno = this.#required('lineno', object, owner)
    const col_offset = this.#required('col_offset', object, owner)
    const [end_lineno, end_col_offset] =
      owner === 'pattern'
        ? [this.#required('end_lineno', object, owner), this.#required('end_col_offset', object, owner)]
        : [this.#end('end_lineno', object, owner) ?? lineno, this.#end('end_col_offset', object, owner) ?? col_offset]
    return { lineno, col_offset, end_lineno, end_col_offset }
  }

  #end(name: string, object: Fields | null, owner: string): unknown {
    const value = object?.[name] ?? null
    return value === null ? null : this.#traverse('int', value, owner)
  }

  #required(name: string, object: Fields | null, owner: string): unknown {
    const value = object?.[name]
    if (value === undefined) throw missing(name, owner)
    return this.#traverse('int', value, owner)
  }

  /** Reads the value of a field, one level deeper. */
  #traverse(type: string, value: unknown, owner: string): unknown {
    if (++this.#depth > this.#limit) {
      throw new PyError('RecursionError', `maximum recursion depth exceeded while traversing '${owner}' node`)
    }
    const out = this.#value(type, value)
    this.#depth--
    return out
  }

  #value(type: string, value: unknown): unknown {
    switch (type) {
      case 'identifier':
        if (value !== null && typeof value !== 'string') {
          throw new PyError('TypeError', 'AST identifier must be of type str')
        }
        return value
      case 'string':
        if (typeof value !== 'string') throw new PyError('TypeError', 'AST string must be of type str')
        return value
      case 'int':
        return readInt(value)
      case 'constant':
        return typeof value === 'bigint' ? canonicalInt(value) : value
    }
    const names = enumerations.get(type)
    if (names !== undefined) {
      if (typeof value === 'string' && names.includes(value)) return value
      throw new PyError('TypeError', `expected some sort of ${type}, but got ${describe(value)}`)
    }
    const product = nodeTypes.get(type)
    return product?.product === true ? this.#product(product, value) : this.sum(type, value)
  }
}

/** The sums whose types have positions. */
const LOCATED_SUMS: ReadonlySet<string> = new Set(
  [...nodeTypes.values()].filter((type) => type.located && !type.product).map((type) => type.sum),
)

/** What stands for an optional field that is left out. */
function missingValue(field: Field): unknown {
  return field.type === 'int' ? 0 : null
}

function missing(field: string, owner: string): PyError {
  return new PyError('TypeError', `required field "${field}" missing from ${owner}`)
}

/** The constructors of the nodes refuse None in fields that are not optional. */
function requireFields(type: NodeType, out: Fields): void {
  for (const field of type.fields) {
    if (field.list || field.optional || field.type === 'constant' || out[field.name] !== null) continue
    throw new PyError('ValueError', `field '${field.name}' is required for ${type.name}`)
  }
}

function readInt(value: unknown): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) {
    if (value > INT_MAX || value < -INT_MAX - 1) {
      throw new PyError('OverflowError', 'Python int too large to convert to C int')
    }
    return Number(value)
  }
  throw new PyError('ValueError', `invalid integer value: ${describe(value)}`)
}

function asRecord(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? (value as Fields) : null
}

/** Whether a value is a constant as `base/values.ts` has it; members of tuples and frozensets are not looked at. */
export function isConstant(value: unknown): value is Constant {
  switch (typeof value) {
    case 'boolean':
    case 'string':
    case 'bigint':
      return true
    case 'number':
      return Number.isInteger(value)
    case 'object':
      return (
        value === null ||
        Array.isArray(value) ||
        value instanceof Uint8Array ||
        value instanceof Float ||
        value instanceof Complex ||
        value instanceof WideStr ||
        value instanceof FrozenSet ||
        value instanceof EllipsisType
      )
  }
  return false
}

/** The name that Python would give the type of a value: its own for a node, a JavaScript one for what Python lacks. */
export function pyTypeName(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (isConstant(value)) return typeName(value)
  const node = asRecord(value)?.['node']
  if (typeof node === 'string') return node
  return typeof value
}

/** A value for a message: `repr` for constants; for nodes CPython's form without the address. */
function describe(value: unknown): string {
  if (!Array.isArray(value) && isConstant(value)) return constantRepr(value)
  if (typeof value === 'number') return String(value)
  return Array.isArray(value) ? `[${value.map(describe).join(', ')}]` : `<${pyTypeName(value)} object>`
}
