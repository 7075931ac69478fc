import type { StrBuilder } from '../../base/str_builder.ts'
import { drop, dropAll, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { defineType } from '../../objects/define.ts'
import { asDict, instanceDictAttribute, mergeTable } from '../../objects/dict.ts'
import { DictTable } from '../../objects/dict_table.ts'
import { typeError } from '../../objects/errors.ts'
import {
  clearInstance,
  extraOf,
  instanceDict,
  newInstance,
  setInstanceDict,
  traverseInstance,
} from '../../objects/instance.ts'
import { toOwned } from '../../objects/list.ts'
import { newDict, newTuple, none } from '../../objects/make.ts'
import {
  type KeywordNames,
  type PyDict,
  type PyInstance,
  type PyTuple,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  type Value,
} from '../../objects/object.ts'
import { call, strText } from '../../objects/protocols.ts'
import { reprContainer, writeRepr } from '../../objects/repr_items.ts'
import { Shape } from '../../objects/shape.ts'
import { asTuple } from '../../objects/tuple.ts'
import { genericAliasHook } from '../../objects/type_hooks.ts'
import { builtinType, dictType, None, type TypeFor, tupleType, typeOf } from '../../objects/types.ts'

interface PartialData {
  fn: Owned<Value>
  args: Owned<PyTuple>
  keywords: Owned<PyDict>
}
type PyPartial = PyInstance<PartialData>

export const partialType: TypeFor<PyPartial> = builtinType('functools.partial', TPFLAGS_HAVE_GC | TPFLAGS_BASETYPE)

function isCallable(value: Value): boolean {
  return typeOf(value).tp_call !== undefined
}

/** Whether a partial has attributes of its own, which a partial around it must keep apart. */
function hasAttributes(self: PyPartial): boolean {
  const { extra, shape } = self
  return shape.names.length > 0 || (extra !== null && extra.dict !== null)
}

function newPartial(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const keywords = kwnames === null ? 0 : kwnames.length
  const positional = args.length - keywords
  if (positional < 1) throw typeError("type 'partial' takes at least one argument")
  const fn = args[0]!
  if (!isCallable(fn)) throw typeError('the first argument must be callable')
  const inner =
    type === partialType && typeof fn === 'object' && fn.type === partialType && !hasAttributes(fn as PyPartial)
      ? (fn as PyPartial).data
      : null
  const bound = inner === null ? [] : toOwned(inner.args.data)
  for (let i = 1; i < positional; i++) bound.push(keep(args[i]!))
  const table = inner === null ? new DictTable() : inner.keywords.data.copy()
  for (let i = 0; i < keywords; i++) table.set(kwnames![i]!, keep(args[positional + i]!))
  return newInstance<PartialData>(type, {
    fn: keep(inner === null ? fn : inner.fn),
    args: newTuple(bound),
    keywords: newDict(table),
  })
}

function callPartial(self: PyPartial, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const { fn, args: bound, keywords } = self.data
  const table = keywords.data
  if (table.used === 0) return call(fn, bound.data.concat(args as readonly Owned<Value>[]), kwnames)
  const given = kwnames === null ? 0 : kwnames.length
  const positional = args.length - given
  const all = new DictTable()
  const names: Value[] = []
  const values: Value[] = [...bound.data, ...args.slice(0, positional)]
  try {
    mergeTable(all, table)
    for (let i = 0; i < given; i++) all.set(kwnames![i]!, keep(args[positional + i]!))
    for (let i = all.next(0); i >= 0; i = all.next(i + 1)) {
      names.push(all.keys[i]!)
      values.push(all.values[i]!)
    }
    return call(fn, values, names)
  } finally {
    all.clear()
  }
}

function reprOf(self: PyPartial): Owned<Value> {
  const { type, data } = self
  return reprContainer(self, '...', (out) => {
    out.addText(`${type.name}(`)
    writeRepr(out, data.fn)
    for (const arg of toOwned(data.args.data)) {
      out.addText(', ')
      writeRepr(out, arg)
      drop(arg)
    }
    writeKeywords(out, data.keywords.data)
    out.addText(')')
  })
}

function writeKeywords(out: StrBuilder, table: DictTable): void {
  for (let i = table.next(0); i >= 0; i = table.next(i + 1)) {
    const key = keep<Value>(table.keys[i]!)
    const value = keep<Value>(table.values[i]!)
    try {
      out.addText(', ')
      out.addStr(strText(key))
      out.addText('=')
      writeRepr(out, value)
    } finally {
      drop(key)
      drop(value)
    }
  }
}

function setState(self: PyPartial, state: Value): void {
  const parts = asTuple(state)?.data
  const invalid = () => typeError('invalid partial state')
  if (parts === undefined || parts.length !== 4) throw invalid()
  const [fn, args, keywords, dict] = parts as [Value, Value, Value, Value]
  const given = asTuple(args)
  const named = keywords === None ? null : asDict(keywords)
  if (!isCallable(fn) || given === undefined || named === undefined || (dict !== None && asDict(dict) === undefined)) {
    throw invalid()
  }
  const { data } = self
  const old = [data.fn, data.args, data.keywords]
  data.fn = keep(fn)
  data.args = given.type === tupleType ? keep(given) : newTuple(toOwned(given.data))
  data.keywords = named === null ? newDict() : named.type === dictType ? keep(named) : newDict(named.data.copy())
  dropAll(old)
  if (dict !== None || hasAttributes(self)) setInstanceDict(self, dict === None ? undefined : (dict as PyDict))
}

/** Defines `functools.partial`. */
export function definePartial(): void {
  partialType.data.rootShape = new Shape([], 0, null)
  defineType(partialType, () => ({
    slots: {
      tp_new: newPartial,
      tp_call: (self, args, kwnames) => callPartial(self as PyPartial, args, kwnames),
      tp_repr: reprOf,
      tp_dealloc: (self) => {
        clearInstance(self)
        drop(self.data.fn)
        drop(self.data.args)
        drop(self.data.keywords)
      },
      tp_traverse: (self, visit) => {
        traverseInstance(self, visit)
        if (typeof self.data.fn === 'object') visit(self.data.fn)
        visit(self.data.args)
        visit(self.data.keywords)
      },
      tp_weakrefs: (self) => extraOf(self),
    },
    methods: {
      '__reduce__()': (self) => {
        const { fn, args, keywords } = self.data
        const dict = hasAttributes(self) ? keep<Value>(instanceDict(self)) : none()
        const state = newTuple([keep<Value>(fn), keep<Value>(args), keep<Value>(keywords), dict])
        return newTuple([keep<Value>(self.type), newTuple([keep<Value>(fn)]), state])
      },
      '__setstate__(state, /)': setState,
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
    members: {
      func: ({ data }) => keep<Value>(data.fn),
      args: ({ data }) => keep<Value>(data.args),
      keywords: ({ data }) => keep<Value>(data.keywords),
    },
    getset: {
      __dict__: instanceDictAttribute,
    },
  }))
}
