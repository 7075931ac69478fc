import { keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from './access.ts'
import { toIndexSized } from './arguments.ts'
import { attributeError, typeError } from './errors.ts'
import { none } from './make.ts'
import type { KeywordNames, PyObject, PyStr, PyType, Value } from './object.ts'
import { len, nextOrStop } from './sequence_protocol.ts'
import type { SlotKind, SlotRow } from './slot_rows.ts'
import { isInstanceOf, isSubtype, None, typeOf, typeType } from './types.ts'

/*
 * From a slot to its special method: what `int.__add__(1, 2)` does (CPython's `wrap_…` functions).
 */

/** How many arguments a special method takes besides `self`, at least and at most. */
const arities: Readonly<Partial<Record<SlotKind, readonly [number, number]>>> = {
  unary: [0, 0],
  bool: [0, 0],
  length: [0, 0],
  hash: [0, 0],
  iternext: [0, 0],
  finalize: [0, 0],
  power: [1, 2],
  powerRight: [1, 2],
  setattr: [2, 2],
  descrGet: [1, 2],
  descrSet: [2, 2],
  setItem: [2, 2],
  assSubscript: [2, 2],
}

type AnySlot = (...args: unknown[]) => unknown

/** Calls the slot function `fn` as the special method of this row would. */
export function callSlot(
  row: SlotRow,
  fn: unknown,
  self: Value,
  args: readonly Value[],
  kwnames: KeywordNames,
): Owned<Value> {
  const slot = fn as AnySlot
  if (row.kind === 'call') return slot(self, args, kwnames) as Owned<Value>
  if (row.kind === 'init') {
    slot(self, args, kwnames)
    return none()
  }
  if (kwnames !== null && kwnames.length > 0) throw typeError(`wrapper ${row.name}() takes no keyword arguments`)
  const [min, max] = arities[row.kind] ?? [1, 1]
  if (args.length < min || args.length > max) throw arityError(min, max, args.length)
  return callKind(row, slot, self, args)
}

function arityError(min: number, max: number, given: number): unknown {
  if (min === max) return typeError(`expected ${min} argument${min === 1 ? '' : 's'}, got ${given}`)
  return given < min
    ? typeError(` expected at least ${min} argument${min === 1 ? '' : 's'}, got ${given}`.trimStart())
    : typeError(` expected at most ${max} argument${max === 1 ? '' : 's'}, got ${given}`.trimStart())
}

function callKind(row: SlotRow, slot: AnySlot, self: Value, args: readonly Value[]): Owned<Value> {
  const first = args[0]!
  switch (row.kind) {
    case 'unary':
    case 'bool':
    case 'hash':
    case 'length':
      return slot(self) as Owned<Value>
    case 'binaryLeft':
    case 'inplace':
    case 'subscript':
    case 'concat':
    case 'contains':
      return slot(self, first) as Owned<Value>
    case 'binaryRight':
      return slot(first, self) as Owned<Value>
    case 'power':
      return slot(self, first, args[1] ?? None) as Owned<Value>
    case 'powerRight':
      return slot(first, self, args[1] ?? None) as Owned<Value>
    case 'compare':
      return slot(self, first, row.op) as Owned<Value>
    case 'iternext':
      return nextOrStop(slot as (iterator: PyObject) => Owned<Value> | undefined, self as PyObject)
    case 'repeat':
      return slot(self, toIndexSized(first)) as Owned<Value>
    case 'item':
      return slot(self, wrapIndex(self, first)) as Owned<Value>
    case 'getattribute':
    case 'getattr':
      return getattribute(slot, self, first)
    case 'descrGet': {
      const instance = first === None ? undefined : first
      const owner = args[1] === None ? undefined : args[1]
      if (instance === undefined && owner === undefined) throw typeError('__get__(None, None) is invalid')
      return slot(self, instance, owner) as Owned<Value>
    }
    default:
      assign(row, slot, self, args)
      return none()
  }
}

function assign(row: SlotRow, slot: AnySlot, self: Value, args: readonly Value[]): void {
  const first = args[0]!
  switch (row.kind) {
    case 'setattr':
    case 'delattr':
      if (asStr(first) === undefined) throw nameError(first)
      checkSetattr(self, slot, row.name)
      slot(self, first, args[1])
      break
    case 'setItem':
    case 'delItem':
      slot(self, wrapIndex(self, first), args[1])
      break
    default:
      slot(self, first, args[1])
  }
}

function nameError(name: Value): unknown {
  return typeError(`attribute name must be string, not '${typeOf(name).name}'`)
}

function getattribute(slot: AnySlot, self: Value, name: Value): Owned<Value> {
  if (asStr(name) === undefined) throw nameError(name)
  const value = slot(self, name as PyStr) as Owned<Value> | undefined
  if (value === undefined) throw attributeError(self, name as PyStr)
  return value
}

function wrapIndex(self: Value, index: Value): number {
  const at = toIndexSized(index)
  return at < 0 && typeOf(self).sq_length !== undefined ? at + len(self) : at
}

/** `object.__setattr__(int, …)` must not get around the rules of the type (CPython's `hackcheck`). */
function checkSetattr(self: Value, slot: AnySlot, name: string): void {
  if (!isInstanceOf(self, typeType)) return
  let type: PyType | null = typeOf(self)
  while (type !== null && (type.flags & (1 << 9)) !== 0) type = type.base
  if (type !== null && (type.tp_setattro as unknown) !== slot && isSubtype(typeOf(self), type)) {
    throw typeError(`can't apply this ${name} to ${type.name} object`)
  }
}

/** The data of a `wrapper_descriptor`: a slot of a type, seen as a method. */
export interface WrapperData {
  readonly row: SlotRow
  readonly fn: unknown
  readonly type: PyType
}

/** The data of a `method-wrapper`: one bound to an object. */
export interface MethodWrapperData {
  readonly descriptor: Owned<PyObject<WrapperData>>
  readonly self: Owned<Value>
}

/** A reference to what a bound wrapper holds. */
export function bindWrapper(descriptor: PyObject<WrapperData>, self: Value): MethodWrapperData {
  return { descriptor: keep(descriptor), self: keep(self) }
}
