import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { genericGetAttr, getAttr } from './attributes.ts'
import { defineType } from './define.ts'
import { isGenericAlias } from './generic_alias.ts'
import { newOf } from './instance.ts'
import { newText, newTuple } from './make.ts'
import { binaryOp } from './number_protocol.ts'
import { Py_EQ, Py_NE, type PyObject, type PyStr, type PyTuple, type Value } from './object.ts'
import { call, hash, richCompare, richCompareBool } from './protocols.ts'
import { unionHook } from './type_hooks.ts'
import { parametersOf, substituteParameters, typeItemRepr } from './type_substitution.ts'
import {
  frozensetType,
  isType,
  None,
  NotImplemented,
  noneType,
  setType,
  type TypeFor,
  typeOf,
  unionType,
} from './types.ts'

/** The `data` of `int | str`. */
interface UnionData {
  readonly args: Owned<PyTuple>
  /** The type variables in `args`, once asked for. */
  parameters: Owned<PyTuple> | null
}

export type PyUnion = PyObject<UnionData>

function isUnion(value: Value): value is PyUnion {
  return typeOf(value) === unionType
}

/** A union of types, taken over. */
function newUnion(args: Owned<PyTuple>): Owned<PyUnion> {
  return newOf<UnionData>(unionType, { args, parameters: null })
}

function canJoin(value: Value): boolean {
  return value === None || isType(value) || isGenericAlias(value) || isUnion(value)
}

/** The types that an operand of `|` stands for, borrowed. */
function typesOf(value: Value): readonly Value[] {
  if (isUnion(value)) return value.data.args.data
  return [value === None ? noneType : value]
}

function isSameType(a: Value, b: Value): boolean {
  return isGenericAlias(a) && isGenericAlias(b) ? richCompareBool(a, b, Py_EQ) : a === b
}

/** `lhs | rhs` of types; each type once (`_Py_union_type_or`). */
function unite(lhs: Value, rhs: Value): Owned<Value> {
  if (!canJoin(lhs) || !canJoin(rhs)) return NotImplemented as Owned<Value>
  const left = typesOf(lhs)
  const added = typesOf(rhs).filter((type) => !left.some((other) => isSameType(other, type)))
  if (added.length === 0) return keep<Value>(lhs === None ? noneType : lhs)
  return newUnion(newTuple([...left, ...added].map((type) => keep(type))))
}

function parameters({ data }: PyUnion): PyTuple {
  data.parameters ??= parametersOf(data.args)
  return data.parameters
}

function subscript(self: PyUnion, item: Value): Owned<Value> {
  const args = substituteParameters(self, self.data.args, parameters(self), item)
  try {
    const [first, ...rest] = args.data
    if (first === undefined) return newUnion(keep<PyTuple>(args))
    let union: Owned<Value> = keep<Value>(first)
    for (const arg of rest) {
      const next = union
      try {
        union = binaryOp(next, arg, 7)
      } finally {
        drop(next)
      }
    }
    return union
  } finally {
    drop(args)
  }
}

/** Equality as sets of types. */
function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (!isUnion(rhs) || (op !== Py_EQ && op !== Py_NE)) return NotImplemented as Owned<Value>
  const sets: Owned<Value>[] = []
  try {
    for (const union of [lhs as PyUnion, rhs]) sets.push(call(setType, [union.data.args]))
    return richCompare(sets[0]!, sets[1]!, op)
  } finally {
    dropAll(sets)
  }
}

function unionHash({ data }: PyUnion): number | bigint {
  const set = call(frozensetType, [data.args])
  try {
    return hash(set)
  } finally {
    drop(set)
  }
}

function getAttribute(self: PyUnion, name: PyStr): Owned<Value> | undefined {
  return name === '__module__' ? getAttr(unionType, name) : genericGetAttr(self, name)
}

/** Defines `types.UnionType`. */
export function defineUnionType(): void {
  unionHook.or = unite
  defineType(unionType as TypeFor<PyUnion>, () => ({
    slots: {
      tp_repr: ({ data }) =>
        newText(data.args.data.map((arg) => (arg === (noneType as Value) ? 'None' : typeItemRepr(arg))).join(' | ')),
      tp_hash: unionHash,
      tp_richcompare: compare,
      tp_getattro: getAttribute,
      mp_subscript: subscript,
      nb_or: unite,
      tp_dealloc: ({ data }) => {
        drop(data.args)
        drop(data.parameters)
      },
      tp_traverse: ({ data }, visit) => {
        visit(data.args)
        if (data.parameters !== null) visit(data.parameters)
      },
    },
    getset: { __parameters__: (self) => keep<Value>(parameters(self)) },
    members: { __args__: ({ data }) => keep<Value>(data.args) },
  }))
}
