import { dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { defineType, type GetSetData, tpNew } from './define.ts'
import { typeError } from './errors.ts'
import { getSlot, newInstance, setSlot } from './instance.ts'
import { newDict, newTuple, none } from './make.ts'
import {
  newObject,
  type PyDict,
  type PyInstance,
  type PyObject,
  type PyTuple,
  type PyType,
  TPFLAGS_DICT_SUBCLASS,
  TPFLAGS_DISALLOW_INSTANTIATION,
  TPFLAGS_HAVE_GC,
  TPFLAGS_TUPLE_SUBCLASS,
  type Value,
} from './object.ts'
import { shown } from './protocols.ts'
import { toArray } from './sequence_protocol.ts'
import { builtinType, memberDescriptorType, None, tupleType } from './types.ts'

/** An instance: a tuple of the visible items; hidden fields stand in the slots of the instance. */
export type PyStructSequence = PyInstance<readonly Owned<Value>[]>

/** What a struct sequence type has (CPython's `PyStructSequence_Desc`). */
export interface StructSequenceSpec {
  /** With its module, as `time.struct_time`. */
  readonly name: string
  /** Names of all fields; `null` for one without a name. */
  readonly fields: readonly (string | null)[]
  /** Number of fields that are items of the tuple; all by default. */
  readonly visible?: number
  /** Whether programs can make instances. */
  readonly instantiable?: boolean
}

const specs = new WeakMap<PyType, StructSequenceSpec>()

function visibleOf(spec: StructSequenceSpec): number {
  return spec.visible ?? spec.fields.length
}

/** A type of named tuples of C (`structseq.c`). Call it where `tuple` has been defined. */
export function structSequenceType(spec: StructSequenceSpec): PyType {
  const instantiable = spec.instantiable !== false
  const flags = TPFLAGS_HAVE_GC | TPFLAGS_TUPLE_SUBCLASS | (instantiable ? 0 : TPFLAGS_DISALLOW_INSTANTIATION)
  const type = builtinType<PyStructSequence>(spec.name, flags, tupleType)
  const visible = visibleOf(spec)
  type.data.slotCount = spec.fields.length - visible
  specs.set(type, spec)
  defineType(type, () => ({
    slots: {
      tp_repr: reprOf,
      ...(instantiable && {
        tp_new: tpNew(`${type.name}(sequence, dict = NULL)`, (self: PyType, sequence: Value, dict: Value | undefined) =>
          fromSequence(self, sequence, dict),
        ),
      }),
      tp_dealloc: (self: PyStructSequence) => {
        dropAll(self.data)
        for (let i = 0; i < type.data.slotCount; i++) dropAll([getSlot(self, i)])
      },
      tp_traverse: (self: PyStructSequence, visit) => {
        for (const item of self.data) if (typeof item === 'object') visit(item)
        for (let i = 0; i < type.data.slotCount; i++) {
          const value = getSlot(self, i)
          if (typeof value === 'object') visit(value)
        }
      },
    },
    methods: { '__reduce__()': (self) => reduce(self) },
    attributes: {
      n_fields: spec.fields.length,
      n_sequence_fields: visible,
      n_unnamed_fields: spec.fields.filter((name) => name === null).length,
      __match_args__: newTuple(spec.fields.slice(0, visible).filter((name) => name !== null) as string[]),
      ...members(type, spec),
    },
  }))
  return type
}

function members(type: PyType, spec: StructSequenceSpec): Record<string, Value> {
  const out: Record<string, Value> = {}
  spec.fields.forEach((name, i) => {
    if (name === null) return
    const data: GetSetData = { name, type, get: (self: PyStructSequence) => keep(field(self, i)), set: undefined }
    out[name] = newObject(memberDescriptorType, data)
  })
  return out
}

/** A field by its number, hidden ones behind the items; borrowed. */
export function field(self: PyStructSequence, index: number): Value {
  const item = self.data[index]
  return item ?? getSlot(self, index - self.data.length) ?? None
}

/** An instance of the values, which it takes over: items first, then hidden fields. */
export function newStructSequence(type: PyType, values: readonly Owned<Value>[]): Owned<PyStructSequence> {
  const spec = specs.get(type)!
  const visible = visibleOf(spec)
  const self = newInstance<readonly Owned<Value>[]>(type, values.slice(0, visible))
  for (let i = visible; i < spec.fields.length; i++) setSlot(self, i - visible, values[i] ?? none())
  return self
}

function fromSequence(type: PyType, sequence: Value, dict: Value | undefined): Owned<Value> {
  const spec = specs.get(type)!
  const visible = visibleOf(spec)
  const max = spec.fields.length
  const name = spec.name
  if (dict !== undefined && !(typeof dict === 'object' && (dict.type.flags & TPFLAGS_DICT_SUBCLASS) !== 0)) {
    throw typeError(`${name}() takes a dict as second arg, if any`)
  }
  const items = toArray(sequence)
  if (visible !== max) {
    if (items.length < visible) throw wrongLength(name, `an at least ${visible}`, items)
    if (items.length > max) throw wrongLength(name, `an at most ${max}`, items)
  } else if (items.length !== visible) throw wrongLength(name, `a ${visible}`, items)
  for (let i = items.length; i < max; i++) {
    const key = spec.fields[i]
    const value = dict === undefined || key === null ? undefined : (dict as PyDict).data.get(key!)
    items.push(value === undefined ? none() : keep(value))
  }
  return newStructSequence(type, items)
}

function wrongLength(name: string, wanted: string, items: Owned<Value>[]): unknown {
  const count = items.length
  dropAll(items)
  return typeError(`${name}() takes ${wanted}-sequence (${count}-sequence given)`)
}

function reprOf(self: PyStructSequence): Owned<Value> {
  const spec = specs.get(self.type)!
  // As CPython does it: the names of the named fields in turn, whatever the items' own are.
  const names = spec.fields.filter((name) => name !== null)
  const parts = self.data.map((item, i) => `${names[i]}=${shown(item)}`)
  return `${spec.name}(${parts.join(', ')})`
}

function reduce(self: PyStructSequence): Owned<PyTuple> {
  const spec = specs.get(self.type)!
  const dict = newHidden(self, spec)
  const items = newTuple(self.data.map((item) => keep<Value>(item)))
  return newTuple([keep<Value>(self.type), newTuple([items, dict])])
}

function newHidden(self: PyStructSequence, spec: StructSequenceSpec): Owned<PyObject> {
  const dict = newDict()
  for (let i = self.data.length; i < spec.fields.length; i++) {
    const name = spec.fields[i]
    if (name !== null && name !== undefined) dict.data.set(name, keep(field(self, i)))
  }
  return dict
}
