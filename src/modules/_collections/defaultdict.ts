import { StrBuilder } from '../../base/str_builder.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { defineType } from '../../objects/define.ts'
import { asDict, updateDict } from '../../objects/dict.ts'
import { keyError, typeError } from '../../objects/errors.ts'
import { newStr, newTuple, none } from '../../objects/make.ts'
import {
  type KeywordNames,
  type PyDict,
  TPFLAGS_BASETYPE,
  TPFLAGS_DICT_SUBCLASS,
  TPFLAGS_HAVE_GC,
  type Value,
} from '../../objects/object.ts'
import { call, callMethod, reprText } from '../../objects/protocols.ts'
import { iter, setItem } from '../../objects/sequence_protocol.ts'
import { thread } from '../../objects/thread.ts'
import { genericAliasHook } from '../../objects/type_hooks.ts'
import { shortName } from '../../objects/type_names.ts'
import { builtinType, dictType, isInstanceOf, None, NotImplemented, type TypeFor } from '../../objects/types.ts'

const FLAGS = TPFLAGS_HAVE_GC | TPFLAGS_BASETYPE | TPFLAGS_DICT_SUBCLASS

export const defaultdictType: TypeFor<PyDict> = builtinType('collections.defaultdict', FLAGS, dictType)

/** The factory, borrowed; it stands in the table, which is all the data that a dict has. */
function factoryOf(self: PyDict): Value | null {
  return self.data.factory
}

function setFactory(self: PyDict, factory: Value | undefined): void {
  const old = self.data.factory
  self.data.factory = factory === undefined ? null : keep(factory)
  drop(old)
}

function init(self: PyDict, args: readonly Value[], kwnames: KeywordNames): void {
  const positional = args.length - (kwnames?.length ?? 0)
  let rest = args
  let factory: Value | undefined
  if (positional > 0) {
    factory = args[0]!
    if (factory === None) factory = undefined
    else if (typeof factory !== 'object' || factory.type.tp_call === undefined) {
      throw typeError('first argument must be callable or None')
    }
    rest = args.slice(1)
  }
  setFactory(self, factory)
  dictType.tp_init!(self, rest, kwnames)
}

function missing(self: PyDict, key: Value): Owned<Value> {
  const factory = factoryOf(self)
  if (factory === null || factory === None) throw keyError(key)
  keep(factory)
  let value: Owned<Value>
  try {
    value = call(factory, [])
  } finally {
    drop(factory)
  }
  try {
    setItem(self, key, value)
  } catch (error) {
    drop(value)
    throw error
  }
  return value
}

function reprOf(self: PyDict): Owned<Value> {
  const base = asStr(dictType.tp_repr!(self))!
  const factory = factoryOf(self)
  const out = new StrBuilder()
  out.addText(`${shortName(self.type)}(`)
  if (factory === null) out.addText('None')
  else if (thread.repring.has(factory as object)) out.addText('...')
  else {
    thread.repring.add(factory as object)
    try {
      out.addStr(reprText(factory))
    } finally {
      thread.repring.delete(factory as object)
    }
  }
  out.addText(', ')
  out.addStr(base)
  out.addText(')')
  return newStr(out.finish())
}

function copy(self: PyDict): Owned<Value> {
  return call(self.type, [factoryOf(self) ?? None, self])
}

function union(lhs: Value, rhs: Value): Owned<Value> {
  const self = isInstanceOf(lhs, defaultdictType) ? lhs : rhs
  if (asDict(lhs) === undefined || asDict(rhs) === undefined) return NotImplemented as Owned<Value>
  const made = call((self as PyDict).type, [factoryOf(self as PyDict) ?? None, lhs])
  try {
    updateDict((made as PyDict).data, rhs)
  } catch (error) {
    drop(made)
    throw error
  }
  return made
}

/** Defines `defaultdict`. */
export function defineDefaultdict(): void {
  defineType(defaultdictType, () => ({
    slots: {
      tp_init: init,
      tp_repr: reprOf,
      tp_dealloc: (self) => {
        drop(self.data.factory)
        self.data.factory = null
        self.data.clear()
      },
      tp_traverse: (self, visit) => {
        const factory = factoryOf(self)
        if (factory !== null && typeof factory === 'object') visit(factory)
        dictType.tp_traverse!(self, visit)
      },
      tp_clear: (self) => {
        setFactory(self, undefined)
        self.data.clear()
      },
      nb_or: union,
    },
    methods: {
      '__missing__(key, /)': missing,
      'copy()': copy,
      '__copy__()': copy,
      '__reduce__()': (self) => {
        const factory = factoryOf(self)
        const items = callMethod(self, 'items', [])
        try {
          const args = newTuple(factory === null ? [] : [keep(factory)])
          return newTuple([keep<Value>(self.type), args, none(), none(), iter(items)])
        } finally {
          drop(items)
        }
      },
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
    members: {
      default_factory: {
        get: (self) => {
          const factory = factoryOf(self)
          return factory === null ? none() : keep(factory)
        },
        set: setFactory,
      },
    },
  }))
}
