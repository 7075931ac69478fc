import { enumerations, type Field, type NodeType, nodeTypes } from '../../ast/fields.ts'
import type { Mod } from '../../ast/nodes.ts'
import { type Complex, type Constant, Ellipsis as EllipsisConstant, Float, FrozenSet } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt, asStr, utf16 } from '../../objects/access.ts'
import { lookupAttr } from '../../objects/attributes.ts'
import {
  enterRecursive,
  leaveRecursive,
  overflowError,
  runtimeError,
  typeError,
  valueError,
} from '../../objects/errors.ts'
import { isInstance } from '../../objects/instance_check.ts'
import {
  type PyList,
  type PyObject,
  type PySet,
  type PyTuple,
  TPFLAGS_LIST_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { shown } from '../../objects/protocols.ts'
import * as types from '../../objects/types.ts'
import type { CompileMode } from '../../vm/compile_source.ts'
import { astClasses } from './classes.ts'

type Fields = { [name: string]: unknown }

const LOCATED: ReadonlySet<string> = new Set(
  [...nodeTypes.values()].filter((type) => type.located && !type.product).map((type) => type.sum),
)

/** The constructors of each sum, in the order in which they are tried. */
const constructors = new Map<string, NodeType[]>()
for (const type of nodeTypes.values()) {
  if (type.product) continue
  const list = constructors.get(type.sum)
  if (list === undefined) constructors.set(type.sum, [type])
  else list.push(type)
}

const roots: Readonly<Record<string, string>> = { exec: 'Module', eval: 'Expression', single: 'Interactive' }

/**
 * The tree that Python's nodes stand for (`PyAST_obj2mod`), with CPython's checks and messages. It has still to be
 * validated.
 */
export function treeFromObject(value: Value, mode: CompileMode): Mod {
  const root = roots[mode] ?? 'Module'
  if (!isInstance(value, astClasses().byName.get(root)!)) {
    throw typeError(`expected ${root} node, got ${types.typeOf(value).name}`)
  }
  return readSum('mod', value) as unknown as Mod
}

function missingField(name: string, owner: string): unknown {
  return typeError(`required field "${name}" missing from ${owner}`)
}

/** Reads a value one level deeper. */
function traverse<T>(owner: string, read: () => T): T {
  enterRecursive(` while traversing '${owner}' node`)
  try {
    return read()
  } finally {
    leaveRecursive()
  }
}

/** A node of one of the constructors of a sum such as `expr`; `null` for None. */
function readSum(sum: string, value: Value): Fields | null {
  if (value === types.None) return null
  const { byName } = astClasses()
  const out: Fields = { node: '' }
  const position = LOCATED.has(sum) ? readPosition(sum, value) : null
  for (const type of constructors.get(sum)!) {
    if (!isInstance(value, byName.get(type.name)!)) continue
    out['node'] = type.name
    readFields(type, value, out)
    requireFields(type, out)
    return position === null ? out : Object.assign(out, position)
  }
  throw typeError(`expected some sort of ${sum}, but got ${shown(value)}`)
}

/** A node of a type of one form, such as `arguments`: whatever has its fields will do. */
function readProduct(type: NodeType, value: Value): Fields {
  const out: Fields = { node: type.name }
  readFields(type, value, out)
  const position = type.located ? readPosition(type.name, value) : null
  requireFields(type, out)
  return position === null ? out : Object.assign(out, position)
}

function readFields(type: NodeType, value: Value, out: Fields): void {
  for (const field of type.fields) {
    const found = lookupAttr(value, field.name)
    try {
      if (field.list) {
        if (found === undefined) throw missingField(field.name, type.name)
        out[field.name] = readList(type, field, found)
      } else if (field.optional && (found === undefined || found === types.None)) {
        out[field.name] = field.type === 'int' ? 0 : null
      } else if (found === undefined) throw missingField(field.name, type.name)
      else out[field.name] = traverse(type.name, () => readValue(field.type, found))
    } finally {
      drop(found)
    }
  }
}

function readList(type: NodeType, field: Field, value: Value): unknown[] {
  if (typeof value !== 'object' || (value.type.flags & TPFLAGS_LIST_SUBCLASS) === 0) {
    throw typeError(`${type.name} field "${field.name}" must be a list, not a ${types.typeOf(value).name}`)
  }
  const { data } = value as PyList
  const { length } = data
  const out: unknown[] = []
  for (let i = 0; i < length; i++) {
    const item = keep<Value>(data[i]!)
    try {
      out.push(traverse(type.name, () => readValue(field.type, item)))
    } finally {
      drop(item)
    }
    if (data.length !== length) {
      throw runtimeError(`${type.name} field "${field.name}" changed size during iteration`)
    }
  }
  return out
}

function readPosition(owner: string, value: Value): Fields {
  const required = (name: string): number => {
    const found = lookupAttr(value, name)
    if (found === undefined) throw missingField(name, owner)
    return readPlace(owner, found)
  }
  const end = (name: string, start: number): number => {
    const found = lookupAttr(value, name)
    return found === undefined || found === types.None ? start : readPlace(owner, found)
  }
  const lineno = required('lineno')
  const col_offset = required('col_offset')
  if (owner === 'pattern') {
    return { lineno, col_offset, end_lineno: required('end_lineno'), end_col_offset: required('end_col_offset') }
  }
  return {
    lineno,
    col_offset,
    end_lineno: end('end_lineno', lineno),
    end_col_offset: end('end_col_offset', col_offset),
  }
}

function readPlace(owner: string, found: Owned<Value>): number {
  try {
    return traverse(owner, () => readInt(found))
  } finally {
    drop(found)
  }
}

function readInt(value: Value): number {
  const number = asInt(value)
  if (number === undefined) throw valueError(`invalid integer value: ${shown(value)}`)
  if (number > 0x7fffffff || number < -0x80000000) {
    throw overflowError('Python int too large to convert to C int')
  }
  return Number(number)
}

function readValue(type: string, value: Value): unknown {
  switch (type) {
    case 'identifier':
      if (value === types.None) return null
      if (types.typeOf(value) !== types.strType) throw typeError('AST identifier must be of type str')
      return utf16(value)
    case 'string':
      if (types.typeOf(value) === types.strType) return utf16(value)
      if (types.typeOf(value) === types.bytesType) return String.fromCharCode(...(value as PyObject<Uint8Array>).data)
      throw typeError('AST string must be of type str')
    case 'int':
      return readInt(value)
    case 'constant':
      return readConstant(value)
  }
  const names = enumerations.get(type)
  if (names !== undefined) return readName(type, names, value)
  const product = nodeTypes.get(type)
  return product?.product === true ? readProduct(product, value) : readSum(type, value)
}

function readName(type: string, names: readonly string[], value: Value): string {
  const { byName } = astClasses()
  for (const name of names) if (isInstance(value, byName.get(name)!)) return name
  throw typeError(`expected some sort of ${type}, but got ${shown(value)}`)
}

/** The constructors of nodes refuse None in fields that are not optional. */
function requireFields(type: NodeType, out: Fields): void {
  for (const { name, list, optional, type: kind } of type.fields) {
    if (list || optional || kind === 'constant' || out[name] !== null) continue
    throw valueError(`field '${name}' is required for ${type.name}`)
  }
}

/** The compiler's constant for a Python value of one of the types that a `Constant` may hold. */
function readConstant(value: Value): Constant {
  if (typeof value !== 'object') return value
  switch (value.type) {
    case types.noneType:
      return null
    case types.ellipsisType:
      return EllipsisConstant
    case types.strType:
      return asStr(value)!
    case types.floatType:
      return new Float((value as PyObject<number>).data)
    case types.complexType:
      return value.data as Complex
    case types.bytesType:
      return (value as PyObject<Uint8Array>).data
    case types.tupleType:
      return (value as PyTuple).data.map(readConstant)
    case types.frozensetType:
      return new FrozenSet((value as PySet).data.toKeys().map(readConstant))
  }
  throw typeError(`got an invalid type in Constant: ${value.type.name}`)
}
