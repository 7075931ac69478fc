import { drop, keep } from '../../memory/counted.ts'
import type { Owned, WeakReferences } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { lookupAttr } from '../../objects/attributes.ts'
import { getBuiltin } from '../../objects/builtin_lookup.ts'
import { defineType, tpNew } from '../../objects/define.ts'
import { runtimeError, typeError, valueError } from '../../objects/errors.ts'
import { newOf } from '../../objects/instance.ts'
import { iterSelf } from '../../objects/iterator_types.ts'
import { newList, newTuple, none } from '../../objects/make.ts'
import { newObject, Py_EQ, type PyList, type PyObject, TPFLAGS_HAVE_GC, type Value } from '../../objects/object.ts'
import { call, richCompareBool } from '../../objects/protocols.ts'
import { iter } from '../../objects/sequence_protocol.ts'
import { asTuple } from '../../objects/tuple.ts'
import { builtinType, listType, None, type TypeFor, typeOf } from '../../objects/types.ts'
import { defineItertool, itertool, reduced } from './define.ts'

interface GroupbyData {
  readonly iterator: Owned<PyObject>
  readonly keyFunction: Owned<Value>
  targetKey: Owned<Value> | undefined
  key: Owned<Value> | undefined
  value: Owned<Value> | undefined
  /** The group that may still be asked for items; not owned. */
  group: Grouper | null
}
type Groupby = PyObject<GroupbyData>

interface GrouperData {
  readonly parent: Owned<Groupby>
  readonly targetKey: Owned<Value>
}
type Grouper = PyObject<GrouperData>

export const groupbyType = itertool<GroupbyData>('groupby')
export const grouperType: TypeFor<Grouper> = builtinType('itertools._grouper', TPFLAGS_HAVE_GC)

/** Reads the next value and its key; false at the end. */
function step(data: GroupbyData): boolean {
  const value = data.iterator.type.tp_iternext!(data.iterator)
  if (value === undefined) return false
  let key: Owned<Value>
  if (data.keyFunction === None) key = keep<Value>(value)
  else {
    try {
      key = call(data.keyFunction, [value])
    } catch (error) {
      drop(value)
      throw error
    }
  }
  const { value: oldValue, key: oldKey } = data
  data.value = value
  data.key = key
  drop(oldValue)
  drop(oldKey)
  return true
}

function sameKey(target: Value, key: Value): boolean {
  keep(target)
  keep(key)
  try {
    return richCompareBool(target, key, Py_EQ)
  } finally {
    drop(target)
    drop(key)
  }
}

function newGrouper(parent: Groupby, targetKey: Value): Owned<Grouper> {
  const group = newObject<GrouperData>(grouperType, { parent: keep(parent), targetKey: keep(targetKey) })
  parent.data.group = group
  track(group)
  return group
}

function nextOfGroupby(self: Groupby): Owned<Value> | undefined {
  const { data } = self
  data.group = null
  while (data.key === undefined || (data.targetKey !== undefined && sameKey(data.targetKey, data.key))) {
    if (!step(data)) return undefined
  }
  const old = data.targetKey
  data.targetKey = keep<Value>(data.key)
  drop(old)
  return newTuple([keep<Value>(data.key), newGrouper(self, data.targetKey)])
}

function nextOfGroup(self: Grouper): Owned<Value> | undefined {
  const { data } = self.data.parent
  if (data.group !== self) return undefined
  if (data.value === undefined && !step(data)) return undefined
  if (!sameKey(self.data.targetKey, data.key!)) return undefined
  const { value, key } = data
  data.value = undefined
  data.key = undefined
  drop(key)
  return value
}

function setGroupby({ data }: Groupby, state: Value): void {
  const parts = asTuple(state)?.data
  if (parts === undefined) throw typeError('state is not a tuple')
  if (parts.length !== 3) throw typeError(`function takes exactly 3 arguments (${parts.length} given)`)
  const { key, value, targetKey } = data
  data.key = keep<Value>(parts[0]!)
  data.value = keep<Value>(parts[1]!)
  data.targetKey = keep<Value>(parts[2]!)
  drop(key)
  drop(value)
  drop(targetKey)
}

function defineGroupby(): void {
  defineItertool(groupbyType, {
    make: tpNew('groupby(iterable, key = None)', (type, iterable, key) =>
      newOf<GroupbyData>(type, {
        iterator: iter(iterable),
        keyFunction: keep(key),
        targetKey: undefined,
        key: undefined,
        value: undefined,
        group: null,
      }),
    ),
    next: nextOfGroupby,
    parts: ({ iterator, keyFunction, targetKey, key, value }) => [iterator, keyFunction, targetKey, key, value],
    methods: {
      '__reduce__()': (self) => {
        const { iterator, keyFunction, targetKey, key, value } = self.data
        if (targetKey === undefined || key === undefined || value === undefined) {
          return reduced(self, [iterator, keyFunction])
        }
        const state = newTuple([keep<Value>(key), keep<Value>(value), keep<Value>(targetKey)])
        const result = reduced(self, [iterator, keyFunction], state)
        drop(state)
        return result
      },
      '__setstate__(state, /)': setGroupby,
    },
  })
  defineType(grouperType, () => ({
    slots: {
      tp_new: tpNew('_grouper(parent, tgtkey, /)', (_type, parent, key) => {
        if (typeof parent !== 'object' || parent.type !== groupbyType) {
          throw typeError(`_grouper() argument 1 must be itertools.groupby, not ${typeOf(parent).name}`)
        }
        return newGrouper(parent as Groupby, key)
      }),
      tp_iter: iterSelf,
      tp_iternext: nextOfGroup,
      tp_dealloc: ({ data }) => {
        drop(data.parent)
        drop(data.targetKey)
      },
      tp_traverse: ({ data }, visit) => {
        visit(data.parent)
        if (typeof data.targetKey === 'object') visit(data.targetKey)
      },
    },
    methods: {
      '__reduce__()': (self) => {
        if (self.data.parent.data.group === self) return reduced(self, [self.data.parent, self.data.targetKey])
        return newTuple([getBuiltin('iter'), newTuple([newTuple([])])])
      },
    },
  }))
}

/** Values that CPython keeps in one link of a tee. */
const LINK_SIZE = 57

interface LinkData {
  readonly iterator: Owned<PyObject>
  readonly values: Owned<Value>[]
  next: Owned<Link> | null
  running: boolean
}
type Link = PyObject<LinkData>

interface TeeData {
  link: Owned<Link>
  index: number
  weakrefs: WeakReferences | null
}
type Tee = PyObject<TeeData>

export const teeType: TypeFor<Tee> = builtinType('itertools._tee', TPFLAGS_HAVE_GC)
export const teeLinkType: TypeFor<Link> = builtinType('itertools._tee_dataobject', TPFLAGS_HAVE_GC)

function newLink(iterator: Owned<PyObject>): Owned<Link> {
  const link = newObject<LinkData>(teeLinkType, { iterator, values: [], next: null, running: false })
  track(link)
  return link
}

function newTee(link: Owned<Link>, index: number): Owned<Tee> {
  const tee = newObject<TeeData>(teeType, { link, index, weakrefs: null })
  track(tee)
  return tee
}

/** A tee over an iterable; of a tee a copy. */
function teeOf(iterable: Value): Owned<Tee> {
  const iterator = iter(iterable)
  if (iterator.type === teeType) {
    const { link, index } = (iterator as unknown as Tee).data
    const copy = newTee(keep<Link>(link), index)
    drop(iterator)
    return copy
  }
  return newTee(newLink(iterator), 0)
}

/** The value at an index of a link; `undefined` at the end of the iterator. */
function linkItem({ data }: Link, index: number): Owned<Value> | undefined {
  if (index < data.values.length) return keep<Value>(data.values[index]!)
  if (data.running) throw runtimeError('cannot re-enter the tee iterator')
  data.running = true
  try {
    const item = data.iterator.type.tp_iternext!(data.iterator)
    if (item !== undefined) data.values.push(keep<Value>(item))
    return item
  } finally {
    data.running = false
  }
}

function nextOfTee({ data }: Tee): Owned<Value> | undefined {
  if (data.index >= LINK_SIZE) {
    const { link } = data
    link.data.next ??= newLink(keep<PyObject>(link.data.iterator))
    data.link = keep<Link>(link.data.next)
    data.index = 0
    drop(link)
  }
  const item = linkItem(data.link, data.index)
  if (item !== undefined) data.index++
  return item
}

/** Gives up a chain of links one by one: it may be a million long. */
function deallocLink({ data }: Link): void {
  drop(data.iterator)
  for (const value of data.values) drop(value)
  let { next } = data
  data.next = null
  while (next !== null && next.rc === 1) {
    const after: Owned<Link> | null = next.data.next
    next.data.next = null
    drop(next)
    next = after
  }
  drop(next)
}

function defineTee(): void {
  defineType(teeType, () => ({
    slots: {
      tp_new: tpNew('_tee(iterable, /)', (_type, iterable) => teeOf(iterable)),
      tp_iter: iterSelf,
      tp_iternext: nextOfTee,
      tp_dealloc: ({ data }) => drop(data.link),
      tp_traverse: ({ data }, visit) => visit(data.link),
      tp_weakrefs: ({ data }) => data,
    },
    methods: {
      '__copy__()': ({ data }) => newTee(keep<Link>(data.link), data.index),
      '__reduce__()': (self) =>
        newTuple([
          keep<Value>(self.type),
          newTuple([newTuple([])]),
          newTuple([keep<Value>(self.data.link), self.data.index]),
        ]),
      '__setstate__(state, /)': ({ data }, state) => {
        const parts = asTuple(state)?.data
        if (parts === undefined) throw typeError('state is not a tuple')
        const [link, index] = parts as [Value, Value]
        if (typeof link !== 'object' || link.type !== teeLinkType) {
          throw typeError(`argument 1 must be itertools._tee_dataobject, not ${typeOf(link).name}`)
        }
        if (typeof index !== 'number' || index < 0 || index > LINK_SIZE) throw valueError('Index out of range')
        const old = data.link
        data.link = keep<Link>(link as Link)
        data.index = index
        drop(old)
      },
    },
  }))
  defineType(teeLinkType, () => ({
    slots: {
      tp_new: tpNew('_tee_dataobject(it, values, next, /)', (_type, iterator, values, next) => {
        if (typeof values !== 'object' || values.type !== listType) {
          throw typeError(`_tee_dataobject() argument 2 must be list, not ${typeOf(values).name}`)
        }
        const items = (values as PyList).data
        if (items.length > LINK_SIZE) throw valueError('Invalid arguments')
        if (next !== None && items.length !== LINK_SIZE) throw valueError("_tee_dataobject shouldn't have a next")
        if (next !== None && (typeof next !== 'object' || next.type !== teeLinkType)) {
          throw typeError('_tee_dataobject next should be None or of the same type')
        }
        const link = newLink(keep(iterator as PyObject))
        for (const item of items) link.data.values.push(keep<Value>(item))
        if (next !== None) link.data.next = keep<Link>(next as Link)
        return link
      }),
      tp_dealloc: deallocLink,
      tp_traverse: ({ data }, visit) => {
        visit(data.iterator)
        for (const value of data.values) if (typeof value === 'object') visit(value)
        if (data.next !== null) visit(data.next)
      },
    },
    methods: {
      '__reduce__()': (self) => {
        const { iterator, values, next } = self.data
        return newTuple([
          keep<Value>(self.type),
          newTuple([
            keep<Value>(iterator),
            newList(values.map((value) => keep<Value>(value))),
            next === null ? none() : keep<Value>(next),
          ]),
        ])
      },
    },
  }))
}

/** `itertools.tee`: `n` iterators that each give all that an iterable gives. */
export function tee(iterable: Value, n: number): Owned<Value> {
  if (n < 0) throw valueError('n must be >= 0')
  if (n === 0) return newTuple([])
  const iterator = iter(iterable)
  let copy: Owned<Value> | undefined
  let first: Owned<Value> = iterator
  try {
    copy = lookupAttr(iterator, '__copy__')
    if (copy === undefined) {
      first = teeOf(iterator)
      drop(iterator)
      copy = lookupAttr(first, '__copy__')!
    }
    const result: Owned<Value>[] = [first]
    for (let i = 1; i < n; i++) result.push(call(copy, []))
    return newTuple(result)
  } finally {
    drop(copy)
  }
}

/** Defines `groupby`, the iterators behind `tee`, and what they hold. */
export function defineGroupingTools(): void {
  defineGroupby()
  defineTee()
}
