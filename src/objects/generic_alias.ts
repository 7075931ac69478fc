import { canonicalInt } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { genericGetAttr, getAttr, setAttr } from './attributes.ts'
import { getBuiltin } from './builtin_lookup.ts'
import { defineType } from './define.ts'
import { isException, typeError } from './errors.ts'
import { PyExc_AttributeError, PyExc_TypeError } from './exception_types.ts'
import { newOf } from './instance.ts'
import { newText, newTuple } from './make.ts'
import {
  type KeywordNames,
  Py_EQ,
  Py_NE,
  type PyList,
  type PyObject,
  type PyStr,
  type PyTuple,
  type PyType,
  TPFLAGS_HAVE_GC,
  type Value,
} from './object.ts'
import { call, hash, richCompare, richCompareBool } from './protocols.ts'
import { contains, iter } from './sequence_protocol.ts'
import { genericAliasHook, unionHook } from './type_hooks.ts'
import { parametersOf, substituteParameters, typeItemRepr } from './type_substitution.ts'
import { builtinType, genericAliasType, isInstanceOf, None, NotImplemented, type TypeFor, tupleType } from './types.ts'

/** The `data` of `list[int]`. */
interface GenericAliasData {
  readonly origin: Owned<Value>
  readonly args: Owned<PyTuple>
  /** The type variables in `args`, once asked for. */
  parameters: Owned<PyTuple> | null
  /** Whether it is `*tuple[int]`, unpacked. */
  readonly starred: boolean
  weakrefs: WeakReferences | null
}

export type PyGenericAlias = PyObject<GenericAliasData>

/** Whether a value is a `types.GenericAlias`. */
export function isGenericAlias(value: Value): value is PyGenericAlias {
  return isInstanceOf(value, genericAliasType)
}

/** `origin[args]`, both borrowed; what is no tuple becomes a tuple of one (`Py_GenericAlias`). */
function newGenericAlias(
  origin: Value,
  args: Value,
  starred = false,
  type: PyType = genericAliasType,
): Owned<PyGenericAlias> {
  const tuple = isInstanceOf(args, tupleType) ? keep(args as PyTuple) : newTuple([keep(args)])
  return newOf<GenericAliasData>(type, { origin: keep(origin), args: tuple, parameters: null, starred, weakrefs: null })
}

function parameters({ data }: PyGenericAlias): PyTuple {
  data.parameters ??= parametersOf(data.args)
  return data.parameters
}

/** Attributes of the alias itself; all others are those of the origin. */
const OWN = [
  '__class__',
  '__origin__',
  '__args__',
  '__unpacked__',
  '__parameters__',
  '__typing_unpacked_tuple_args__',
  '__mro_entries__',
  '__reduce_ex__',
  '__reduce__',
  '__copy__',
  '__deepcopy__',
] as const
const own: ReadonlySet<Value> = new Set(OWN)

function getAttribute(self: PyGenericAlias, name: PyStr): Owned<Value> | undefined {
  return own.has(name) ? genericGetAttr(self, name) : getAttr(self.data.origin, name)
}

function aliasRepr({ data }: PyGenericAlias): Owned<Value> {
  const args = data.args.data.map((arg) => typeItemRepr(arg))
  const inside = args.length === 0 ? '()' : args.join(', ')
  return newText(`${data.starred ? '*' : ''}${typeItemRepr(data.origin)}[${inside}]`)
}

function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (!isGenericAlias(rhs) || (op !== Py_EQ && op !== Py_NE)) return NotImplemented as Owned<Value>
  const [a, b] = [(lhs as PyGenericAlias).data, rhs.data]
  const equal =
    a.starred === b.starred && richCompareBool(a.origin, b.origin, Py_EQ) && richCompare(a.args, b.args, Py_EQ) === true
  return equal === (op === Py_EQ)
}

/** `list[int](…)`: an object of the origin, which is told what it was made as. */
function callAlias(self: PyGenericAlias, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const made = call(self.data.origin, args, kwnames)
  try {
    setAttr(made, '__orig_class__', self)
  } catch (error) {
    if (!isException(error, PyExc_AttributeError) && !isException(error, PyExc_TypeError)) {
      drop(made)
      throw error
    }
    drop(error)
  }
  return made
}

function subscript(self: PyGenericAlias, item: Value): Owned<Value> {
  const { origin, args, starred } = self.data
  const substituted = substituteParameters(self, args, parameters(self), item)
  try {
    return newGenericAlias(origin, substituted, starred)
  } finally {
    drop(substituted)
  }
}

function reduce({ data, type }: PyGenericAlias): Owned<Value> {
  if (!data.starred) return newTuple([keep<Value>(type), newTuple([keep<Value>(data.origin), keep<Value>(data.args)])])
  const plain = newGenericAlias(data.origin, data.args)
  try {
    return newTuple([getBuiltin('next'), newTuple([iter(plain) as Owned<Value>])])
  } finally {
    drop(plain)
  }
}

function names(self: PyGenericAlias): Owned<Value> {
  const dir = getBuiltin('dir')
  let list: Owned<PyList>
  try {
    list = call(dir, [self.data.origin]) as Owned<PyList>
  } finally {
    drop(dir)
  }
  for (const name of OWN) if (!contains(list, name)) list.data.push(name)
  return list
}

function noCheck(name: string): never {
  throw typeError(`${name}() argument 2 cannot be a parameterized generic`)
}

const aliasIteratorType = builtinType<PyObject<{ alias: Owned<PyGenericAlias> | null }>>(
  'generic_alias_iterator',
  TPFLAGS_HAVE_GC,
)

function release({ data }: PyGenericAlias): void {
  drop(data.origin)
  drop(data.args)
  drop(data.parameters)
}

/** Defines `types.GenericAlias` and the iterator that unpacks it. */
export function defineGenericAliasType(): void {
  genericAliasHook.make = newGenericAlias
  defineType(genericAliasType as TypeFor<PyGenericAlias>, () => ({
    slots: {
      tp_new: (type: PyType, args: readonly Value[], kwnames: KeywordNames) => {
        if (kwnames !== null && kwnames.length > 0) throw typeError('GenericAlias() takes no keyword arguments')
        if (args.length !== 2) throw typeError(`GenericAlias expected 2 arguments, got ${args.length}`)
        return newGenericAlias(args[0]!, args[1]!, false, type)
      },
      tp_repr: aliasRepr,
      tp_hash: ({ data }) => canonicalInt(BigInt.asIntN(64, BigInt(hash(data.origin)) ^ BigInt(hash(data.args)))),
      tp_call: callAlias,
      tp_getattro: getAttribute,
      tp_richcompare: compare,
      tp_iter: (self) => newOf(aliasIteratorType, { alias: keep<PyGenericAlias>(self) }) as Owned<Value>,
      mp_subscript: subscript,
      nb_or: (lhs, rhs) => unionHook.or(lhs, rhs),
      tp_weakrefs: ({ data }) => data,
      tp_dealloc: release,
      tp_traverse: ({ data }, visit) => {
        if (typeof data.origin === 'object') visit(data.origin)
        visit(data.args)
        if (data.parameters !== null) visit(data.parameters)
      },
    },
    methods: {
      '__mro_entries__(bases, /)': ({ data }) => newTuple([keep<Value>(data.origin)]),
      '__instancecheck__(instance, /)': () => noCheck('isinstance'),
      '__subclasscheck__(subclass, /)': () => noCheck('issubclass'),
      '__reduce__()': reduce,
      '__dir__()': names,
    },
    getset: {
      __parameters__: (self) => keep<Value>(parameters(self)),
      __typing_unpacked_tuple_args__: ({ data }) =>
        keep<Value>(data.starred && data.origin === (tupleType as Value) ? data.args : None),
    },
    members: {
      __origin__: ({ data }) => keep<Value>(data.origin),
      __args__: ({ data }) => keep<Value>(data.args),
      __unpacked__: ({ data }) => data.starred as Owned<Value>,
    },
  }))
  defineType(aliasIteratorType, () => ({
    slots: {
      tp_iter: (self) => keep<Value>(self),
      tp_iternext: ({ data }: PyObject<{ alias: Owned<PyGenericAlias> | null }>) => {
        const { alias } = data
        if (alias === null) return undefined
        data.alias = null
        const starred = newGenericAlias(alias.data.origin, alias.data.args, true)
        drop(alias)
        return starred
      },
      tp_dealloc: ({ data }) => drop(data.alias),
      tp_traverse: ({ data }, visit) => {
        if (data.alias !== null) visit(data.alias)
      },
    },
    methods: {
      '__reduce__()': ({ data }) => {
        const args = data.alias === null ? newTuple([]) : newTuple([keep<Value>(data.alias)])
        return newTuple([getBuiltin('iter'), args])
      },
    },
  }))
}
