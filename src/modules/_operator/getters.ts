import type { StrBuilder } from '../../base/str_builder.ts'
import { drop, dropAll, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { getAttr } from '../../objects/attributes.ts'
import { defineType } from '../../objects/define.ts'
import { typeError } from '../../objects/errors.ts'
import { newOf } from '../../objects/instance.ts'
import { newStr, newTuple } from '../../objects/make.ts'
import {
  type KeywordNames,
  type PyObject,
  type PyStr,
  type PyTuple,
  type PyType,
  TPFLAGS_HAVE_GC,
  type Value,
} from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { reprContainer, writeItems, writeRepr } from '../../objects/repr_items.ts'
import { getItem } from '../../objects/sequence_protocol.ts'
import { importHook } from '../../objects/type_hooks.ts'
import { builtinType, type TypeFor, tupleType } from '../../objects/types.ts'

/** The one argument that a getter is called with. */
function subject(name: string, args: readonly Value[], kwnames: KeywordNames): Value {
  if (kwnames !== null && kwnames.length > 0) throw typeError(`${name}() takes no keyword arguments`)
  if (args.length !== 1) throw typeError(`${name} expected 1 argument, got ${args.length}`)
  return args[0]!
}

/** What all of several getters give, as a tuple. */
function collect(count: number, get: (i: number) => Owned<Value>): Owned<Value> {
  const items: Owned<Value>[] = []
  try {
    for (let i = 0; i < count; i++) items.push(get(i))
  } catch (error) {
    dropAll(items)
    throw error
  }
  return newTuple(items)
}

function checkKeywords(name: string, kwnames: KeywordNames): void {
  if (kwnames !== null && kwnames.length > 0) throw typeError(`${name}() takes no keyword arguments`)
}

interface ItemGetterData {
  readonly keys: Owned<PyTuple>
}
type ItemGetter = PyObject<ItemGetterData>

export const itemgetterType: TypeFor<ItemGetter> = builtinType('operator.itemgetter', TPFLAGS_HAVE_GC)

function callItemgetter(self: ItemGetter, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const owner = subject('itemgetter', args, kwnames)
  const keys = self.data.keys.data
  if (keys.length > 1) return collect(keys.length, (i) => getItem(owner, keys[i]!))
  const key = keys[0]!
  // Records are most often tuples: their items need no protocol.
  if (typeof key === 'number' && typeof owner === 'object' && owner.type === tupleType) {
    const item = (owner as PyTuple).data[key]
    if (item !== undefined) return keep<Value>(item)
  }
  return getItem(owner, key)
}

function reprOf(self: PyObject, args: readonly Owned<Value>[]): Owned<Value> {
  const { name } = self.type
  return reprContainer(self, `${name}(...)`, (out) => {
    out.addText(`${name}(`)
    writeItems(out, args)
    out.addText(')')
  })
}

function defineItemgetter(): void {
  defineType(itemgetterType, () => ({
    slots: {
      tp_new: (type: PyType, args: readonly Value[], kwnames: KeywordNames) => {
        checkKeywords('itemgetter', kwnames)
        if (args.length < 1) throw typeError('itemgetter expected 1 argument, got 0')
        return newOf<ItemGetterData>(type, { keys: newTuple(args.map((arg) => keep(arg))) })
      },
      tp_call: (self, args, kwnames) => callItemgetter(self as ItemGetter, args, kwnames),
      tp_repr: (self) => reprOf(self, self.data.keys.data),
      tp_dealloc: ({ data }) => drop(data.keys),
      tp_traverse: ({ data }, visit) => visit(data.keys),
    },
    methods: { '__reduce__()': (self) => newTuple([keep<Value>(self.type), keep<Value>(self.data.keys)]) },
  }))
}

interface AttrGetterData {
  readonly names: Owned<PyTuple>
  /** The parts of each dotted name. */
  readonly paths: readonly (readonly PyStr[])[]
}
type AttrGetter = PyObject<AttrGetterData>

export const attrgetterType: TypeFor<AttrGetter> = builtinType('operator.attrgetter', TPFLAGS_HAVE_GC)

function pathOf(name: Value): readonly PyStr[] {
  const text = asStr(name)
  if (text === undefined) throw typeError('attribute name must be a string')
  if (typeof text === 'string') return text.split('.')
  return [newStr(text)]
}

function getPath(owner: Value, path: readonly PyStr[]): Owned<Value> {
  let value = keep(owner)
  for (const name of path) {
    const previous = value
    try {
      value = getAttr(previous, name)
    } finally {
      drop(previous)
    }
  }
  return value
}

function defineAttrgetter(): void {
  defineType(attrgetterType, () => ({
    slots: {
      tp_new: (type: PyType, args: readonly Value[], kwnames: KeywordNames) => {
        checkKeywords('attrgetter', kwnames)
        if (args.length < 1) throw typeError('attrgetter expected 1 argument, got 0')
        const paths = args.map(pathOf)
        return newOf<AttrGetterData>(type, { names: newTuple(args.map((arg) => keep(arg))), paths })
      },
      tp_call: (self, args, kwnames) => {
        const owner = subject('attrgetter', args, kwnames)
        const { paths } = (self as AttrGetter).data
        return paths.length === 1 ? getPath(owner, paths[0]!) : collect(paths.length, (i) => getPath(owner, paths[i]!))
      },
      tp_repr: (self) => reprOf(self, self.data.names.data),
      tp_dealloc: ({ data }) => drop(data.names),
      tp_traverse: ({ data }, visit) => visit(data.names),
    },
    methods: { '__reduce__()': (self) => newTuple([keep<Value>(self.type), keep<Value>(self.data.names)]) },
  }))
}

interface MethodCallerData {
  readonly name: Owned<PyStr>
  readonly args: readonly Owned<Value>[]
  readonly kwnames: readonly Owned<Value>[] | null
}
type MethodCaller = PyObject<MethodCallerData>

export const methodcallerType: TypeFor<MethodCaller> = builtinType('operator.methodcaller', TPFLAGS_HAVE_GC)

function reprMethodcaller(self: MethodCaller): Owned<Value> {
  const { name, args, kwnames } = self.data
  const { name: typeName } = self.type
  return reprContainer(self, `${typeName}(...)`, (out: StrBuilder) => {
    out.addText(`${typeName}(`)
    writeRepr(out, name)
    const positional = args.length - (kwnames?.length ?? 0)
    args.forEach((arg, i) => {
      out.addText(', ')
      if (i >= positional) {
        out.addStr(asStr(kwnames![i - positional]!)!)
        out.addText('=')
      }
      writeRepr(out, arg)
    })
    out.addText(')')
  })
}

/** `(methodcaller, (name, *args))`, with keywords `(partial(methodcaller, name, **keywords), args)`. */
function reduceMethodcaller(self: MethodCaller): Owned<Value> {
  const { name, args, kwnames } = self.data
  const positional = args.slice(0, args.length - (kwnames?.length ?? 0)).map((arg) => keep<Value>(arg))
  if (kwnames === null) return newTuple([keep<Value>(self.type), newTuple([keep<Value>(name), ...positional])])
  const functools = importHook.module('functools')
  const partial = getAttr(functools, 'partial')
  drop(functools)
  try {
    const made = call(partial, [self.type, name, ...args.slice(positional.length)], kwnames)
    return newTuple([made, newTuple(positional)])
  } finally {
    drop(partial)
  }
}

function defineMethodcaller(): void {
  defineType(methodcallerType, () => ({
    slots: {
      tp_new: (type: PyType, args: readonly Value[], kwnames: KeywordNames) => {
        const positional = args.length - (kwnames?.length ?? 0)
        if (positional < 1) throw typeError('methodcaller needs at least one argument, the method name')
        if (asStr(args[0]!) === undefined) throw typeError('method name must be a string')
        return newOf<MethodCallerData>(type, {
          name: keep(args[0] as PyStr),
          args: args.slice(1).map((arg) => keep(arg)),
          kwnames: kwnames === null || kwnames.length === 0 ? null : kwnames.map((name) => keep(name)),
        })
      },
      tp_call: (self, args, kwnames) => {
        const owner = subject('methodcaller', args, kwnames)
        const { data } = self as MethodCaller
        const method = getAttr(owner, data.name)
        try {
          return call(method, data.args, data.kwnames)
        } finally {
          drop(method)
        }
      },
      tp_repr: reprMethodcaller,
      tp_dealloc: ({ data }) => {
        drop(data.name)
        dropAll(data.args)
      },
      tp_traverse: ({ data }, visit) => {
        for (const arg of data.args) if (typeof arg === 'object') visit(arg)
      },
    },
    methods: { '__reduce__()': reduceMethodcaller },
  }))
}

/** Defines `itemgetter`, `attrgetter` and `methodcaller`. */
export function defineGetters(): void {
  defineItemgetter()
  defineAttrgetter()
  defineMethodcaller()
}
