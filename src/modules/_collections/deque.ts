import { drop, keep } from '../../memory/counted.ts'
import type { Owned, WeakReferences } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { asInt } from '../../objects/access.ts'
import { defineType, tpNew } from '../../objects/define.ts'
import { indexError, memoryError, runtimeError, typeError, valueError } from '../../objects/errors.ts'
import { newOf } from '../../objects/instance.ts'
import { iterSelf } from '../../objects/iterator_types.ts'
import { newTuple, none } from '../../objects/make.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import {
  type KeywordNames,
  newObject,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_LE,
  Py_LT,
  Py_NE,
  type PyObject,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  TPFLAGS_SEQUENCE,
  type Value,
} from '../../objects/object.ts'
import { call, callMethod, richCompareBool, shown } from '../../objects/protocols.ts'
import { reprContainer, writeRepr } from '../../objects/repr_items.ts'
import { forEach, iter, next, toArray } from '../../objects/sequence_protocol.ts'
import { positionIndex } from '../../objects/slice.ts'
import { genericAliasHook } from '../../objects/type_hooks.ts'
import { shortName } from '../../objects/type_names.ts'
import { builtinType, isSubtype, None, NotImplemented, type TypeFor, typeOf } from '../../objects/types.ts'
import { Ring } from './ring.ts'

/** The `data` of a deque. */
class DequeData extends Ring {
  /** Largest length; -1 for none. */
  limit = -1
  /** Changes with every change of length or order. */
  state = 0
  weakrefs: WeakReferences | null = null
}

export type PyDeque = PyObject<DequeData>

const FLAGS = TPFLAGS_HAVE_GC | TPFLAGS_BASETYPE | TPFLAGS_SEQUENCE
/** Items in a block of CPython's, for `__sizeof__`. */
const BLOCK = 64

export const dequeType: TypeFor<PyDeque> = builtinType('collections.deque', FLAGS)

interface DequeIteratorData {
  deque: Owned<PyDeque>
  index: number
  left: number
  state: number
}
type DequeIterator = PyObject<DequeIteratorData>

export const dequeIteratorType: TypeFor<DequeIterator> = builtinType('_collections._deque_iterator', TPFLAGS_HAVE_GC)
export const dequeReverseIteratorType: TypeFor<DequeIterator> = builtinType(
  '_collections._deque_reverse_iterator',
  TPFLAGS_HAVE_GC,
)

const isDeque = (value: Value): value is PyDeque => typeof value === 'object' && isSubtype(value.type, dequeType)

function append({ data }: PyDeque, item: Owned<Value>): void {
  data.push(item)
  data.state++
  if (data.limit >= 0 && data.length > data.limit) drop(data.shift())
}

function appendLeft({ data }: PyDeque, item: Owned<Value>): void {
  data.unshift(item)
  data.state++
  if (data.limit >= 0 && data.length > data.limit) drop(data.pop())
}

function clear({ data }: PyDeque): void {
  const items = data.toArray()
  data.reset()
  data.state++
  for (let i = 0; i < items.length; i++) drop(items[i])
}

function extend(self: PyDeque, iterable: Value, add: (self: PyDeque, item: Owned<Value>) => void): void {
  if (iterable === self) {
    for (const item of toArray(iterable)) add(self, item)
    return
  }
  forEach(iterable, (item) => add(self, keep(item)))
}

function newLike(self: PyDeque): Owned<PyDeque> {
  const data = new DequeData()
  data.limit = self.data.limit
  return newOf(dequeType, data)
}

/** `deque.copy()`; a subclass is asked to make its own. */
function copy(self: PyDeque): Owned<Value> {
  if (self.type === dequeType) {
    const result = newLike(self)
    extend(result, self, append)
    return result
  }
  const made = call(self.type, self.data.limit < 0 ? [self] : [self, self.data.limit])
  if (!isDeque(made)) {
    const { name } = typeOf(made)
    drop(made)
    throw typeError(`${self.type.name}() must return a deque, not ${name}`)
  }
  return made
}

function init(self: PyDeque, args: readonly Value[], kwnames: KeywordNames): void {
  let [iterable, maxlen] = args as (Value | undefined)[]
  const positional = args.length - (kwnames?.length ?? 0)
  if (positional < 2) maxlen = undefined
  if (positional < 1) iterable = undefined
  if (args.length > 2) throw typeError(`deque() takes at most 2 arguments (${args.length} given)`)
  kwnames?.forEach((name, i) => {
    const place = name === 'iterable' ? 0 : name === 'maxlen' ? 1 : -1
    if (place < 0) throw typeError(`'${String(name)}' is an invalid keyword argument for deque()`)
    if (place < positional) {
      throw typeError(`argument for deque() given by name ('${String(name)}') and position (${place + 1})`)
    }
    if (place === 0) iterable = args[positional + i]
    else maxlen = args[positional + i]
  })
  let limit = -1
  if (maxlen !== undefined && maxlen !== None) {
    if (asInt(maxlen) === undefined) throw typeError('an integer is required')
    const number = toIndex(maxlen)
    if (number < 0) throw valueError('maxlen must be non-negative')
    limit = Number(number)
  }
  self.data.limit = limit
  if (self.data.length > 0) clear(self)
  if (iterable !== undefined) extend(self, iterable, append)
}

function changed(): unknown {
  return runtimeError('deque mutated during iteration')
}

/** The position of an item that equals `value`, or -1; RuntimeError if the comparison changes the deque. */
function find({ data }: PyDeque, value: Value, start: number, stop: number): number {
  const { state } = data
  for (let i = start; i < stop; i++) {
    const item = keep<Value>(data.get(i))
    let equal: boolean
    try {
      equal = richCompareBool(item, value, Py_EQ)
    } finally {
      drop(item)
    }
    if (equal) return i
    if (state !== data.state) throw changed()
  }
  return -1
}

function count({ data }: PyDeque, value: Value): number {
  const { state } = data
  let n = 0
  for (let i = 0; i < data.length; i++) {
    const item = keep<Value>(data.get(i))
    try {
      if (richCompareBool(item, value, Py_EQ)) n++
    } finally {
      drop(item)
    }
    if (state !== data.state) throw changed()
  }
  return n
}

function removeAt({ data }: PyDeque, index: number): Owned<Value> {
  data.state++
  return data.removeAt(index)
}

function indexOf(self: PyDeque, value: Value, start: Value | undefined, stop: Value | undefined): number {
  const { length } = self.data
  let from = start === undefined ? 0 : positionIndex(start)
  let to = stop === undefined ? length : positionIndex(stop)
  if (from < 0) from = Math.max(0, from + length)
  if (to < 0) to = Math.max(0, to + length)
  const at = find(self, value, from, Math.min(to, length))
  if (at < 0) throw valueError(`${shown(value)} is not in deque`)
  return at
}

function remove(self: PyDeque, value: Value): void {
  const { data } = self
  const { length, state } = data
  for (let i = 0; i < length; i++) {
    const item = keep<Value>(data.get(i))
    let equal: boolean
    try {
      equal = richCompareBool(item, value, Py_EQ)
    } finally {
      drop(item)
    }
    if (state !== data.state) throw indexError('deque mutated during remove().')
    if (equal) {
      drop(removeAt(self, i))
      return
    }
  }
  throw valueError('deque.remove(x): x not in deque')
}

function insert(self: PyDeque, index: number, value: Value): void {
  const { data } = self
  if (data.limit === data.length) throw indexError('deque already at its maximum size')
  const at = index < 0 ? Math.max(0, index + data.length) : Math.min(index, data.length)
  data.state++
  data.insertAt(at, keep(value))
}

function itemAt({ data }: PyDeque, index: number): Owned<Value> {
  if (index < 0 || index >= data.length) throw indexError('deque index out of range')
  return keep<Value>(data.get(index))
}

function setItem(self: PyDeque, index: number, value: Value | undefined): void {
  const { data } = self
  if (index < 0 || index >= data.length) throw indexError('deque index out of range')
  if (value === undefined) drop(removeAt(self, index))
  else {
    const old = data.get(index)
    data.put(index, keep(value))
    drop(old)
  }
}

function repeatInPlace(self: PyDeque, times: number): void {
  const { data } = self
  if (data.length === 0 || times === 1) return
  if (times <= 0) {
    clear(self)
    return
  }
  const items = data.toArray()
  if (data.limit < 0 && items.length * times > 2 ** 31) throw memoryError()
  // A bounded deque keeps the end only: what would fall out again need not go in.
  const rounds = data.limit < 0 ? times - 1 : Math.min(times - 1, Math.ceil(data.limit / items.length) + 1)
  for (const item of items) keep(item)
  try {
    for (let n = 0; n < rounds; n++) for (let i = 0; i < items.length; i++) append(self, keep<Value>(items[i]!))
  } finally {
    for (const item of items) drop(item)
  }
}

function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (!isDeque(lhs) || !isDeque(rhs)) return NotImplemented as Owned<Value>
  if (op === Py_EQ || op === Py_NE) {
    if (lhs === rhs) return op === Py_EQ
    if (lhs.data.length !== rhs.data.length) return op === Py_NE
  }
  const left = iter(lhs)
  const right = iter(rhs)
  try {
    for (;;) {
      const a = next(left)
      const b = next(right)
      try {
        if (a === undefined || b === undefined) return compareEnds(a, b, op)
        if (richCompareBool(a, b, Py_EQ)) continue
        if (op === Py_EQ) return false
        if (op === Py_NE) return true
        return richCompareBool(a, b, op)
      } finally {
        drop(a)
        drop(b)
      }
    }
  } finally {
    drop(left)
    drop(right)
  }
}

function compareEnds(a: Value | undefined, b: Value | undefined, op: number): boolean {
  switch (op) {
    case Py_LT:
      return b !== undefined
    case Py_LE:
      return a === undefined
    case Py_EQ:
      return a === b
    case Py_NE:
      return a !== b
    case Py_GT:
      return a !== undefined
    case Py_GE:
      return b === undefined
    default:
      return false
  }
}
function reprOf(self: PyDeque): Owned<Value> {
  const { data, type } = self
  return reprContainer(self, '[...]', (out) => {
    const items = data.toArray()
    for (const item of items) keep(item)
    try {
      out.addText(`${shortName(type)}([`)
      items.forEach((item, i) => {
        if (i > 0) out.addText(', ')
        writeRepr(out, item)
      })
      out.addText(data.limit < 0 ? '])' : `], maxlen=${data.limit})`)
    } finally {
      for (const item of items) drop(item)
    }
  })
}

function newIterator(type: TypeFor<DequeIterator>, self: PyDeque): Owned<Value> {
  const { length, state } = self.data
  const index = type === dequeIteratorType ? 0 : length - 1
  const iterator = newObject<DequeIteratorData>(type, { deque: keep(self), index, left: length, state })
  track(iterator)
  return iterator
}

function nextItem({ data }: DequeIterator, step: number): Owned<Value> | undefined {
  const ring = data.deque.data
  if (data.state !== ring.state) {
    data.left = 0
    throw changed()
  }
  if (data.left === 0) return undefined
  const item = keep<Value>(ring.get(data.index))
  data.index += step
  data.left--
  return item
}

function defineIterator(type: TypeFor<DequeIterator>, step: 1 | -1): void {
  defineType(type, () => ({
    slots: {
      tp_new: tpNew(`${shortName(type)}(iterable, index: ssize = 0, /)`, (made, iterable, index) => {
        if (typeof iterable !== 'object' || iterable.type !== dequeType) {
          throw typeError(`${type.name}() argument 1 must be collections.deque, not ${typeOf(iterable).name}`)
        }
        const iterator = newIterator(made as TypeFor<DequeIterator>, iterable as PyDeque) as Owned<DequeIterator>
        for (let i = 0; i < index; i++) {
          const item = nextItem(iterator, step)
          if (item === undefined) break
          drop(item)
        }
        return iterator
      }),
      tp_iter: iterSelf,
      tp_iternext: (self) => nextItem(self, step),
      tp_dealloc: ({ data }) => drop(data.deque),
      tp_traverse: ({ data }, visit) => visit(data.deque),
    },
    methods: {
      '__length_hint__()': ({ data }) => data.left,
      '__reduce__()': ({ data, type: own }) =>
        newTuple([keep<Value>(own), newTuple([keep<Value>(data.deque), data.deque.data.length - data.left])]),
    },
  }))
}

const dequeMethods = {
  'append(object, /)': (self: PyDeque, object: Value) => append(self, keep(object)),
  'appendleft(object, /)': (self: PyDeque, object: Value) => appendLeft(self, keep(object)),
  'clear()': clear,
  '__copy__()': copy,
  'copy()': copy,
  'count(value, /)': count,
  'extend(iterable, /)': (self: PyDeque, iterable: Value) => extend(self, iterable, append),
  'extendleft(iterable, /)': (self: PyDeque, iterable: Value) => extend(self, iterable, appendLeft),
  'index(value, start = NULL, stop = NULL, /)': indexOf,
  'insert(index: ssize, object, /)': insert,
  'pop()': ({ data }: PyDeque): Owned<Value> => {
    const item = data.pop()
    if (item === undefined) throw indexError('pop from an empty deque')
    data.state++
    return item
  },
  'popleft()': ({ data }: PyDeque): Owned<Value> => {
    const item = data.shift()
    if (item === undefined) throw indexError('pop from an empty deque')
    data.state++
    return item
  },
  'remove(value, /)': remove,
  'reverse()': ({ data }: PyDeque) => {
    data.reverse()
    data.state++
  },
  'rotate(n: ssize = 1, /)': ({ data }: PyDeque, n: number) => {
    if (data.length > 1) data.rotate(n)
    data.state++
  },
  '__reversed__()': (self: PyDeque) => newIterator(dequeReverseIteratorType, self),
  '__reduce__()': (self: PyDeque): Owned<Value> => {
    const state = callMethod(self, '__getstate__', [])
    const args: Owned<Value>[] = self.data.limit < 0 ? [] : [newTuple([]), self.data.limit]
    return newTuple([keep<Value>(self.type), newTuple(args), state, iter(self)])
  },
  '__sizeof__()': ({ data }: PyDeque): Owned<Value> => {
    const blocks = Math.floor((data.length + BLOCK / 2) / BLOCK) + 1
    return 216 + blocks * (BLOCK + 2) * 8
  },
}

/** Defines `deque` and its iterators. */
export function defineDeque(): void {
  defineType(dequeType, () => ({
    slots: {
      tp_new: (type: PyType) => newOf(type, new DequeData()),
      tp_init: init,
      tp_repr: reprOf,
      tp_richcompare: compare,
      tp_iter: (self) => newIterator(dequeIteratorType, self),
      tp_dealloc: clear,
      tp_traverse: ({ data }, visit) => {
        for (const item of data.toArray()) if (typeof item === 'object') visit(item)
      },
      tp_clear: clear,
      tp_weakrefs: ({ data }) => data,
      sq_length: ({ data }) => data.length,
      sq_concat: (self, other) => {
        if (!isDeque(other)) throw typeError(`can only concatenate deque (not "${typeOf(other).name}") to deque`)
        const result = copy(self) as Owned<PyDeque>
        extend(result, other, append)
        return result
      },
      sq_repeat: (self, times) => {
        const result = copy(self) as Owned<PyDeque>
        repeatInPlace(result, times)
        return result
      },
      sq_item: itemAt,
      sq_ass_item: setItem,
      sq_contains: (self, value) => find(self, value, 0, self.data.length) >= 0,
      sq_inplace_concat: (self, other) => {
        extend(self, other, append)
        return keep<Value>(self)
      },
      sq_inplace_repeat: (self, times) => {
        repeatInPlace(self, times)
        return keep<Value>(self)
      },
    },
    methods: dequeMethods,
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
    getset: { maxlen: ({ data }) => (data.limit < 0 ? none() : data.limit) },
  }))
  defineIterator(dequeIteratorType, 1)
  defineIterator(dequeReverseIteratorType, -1)
}
