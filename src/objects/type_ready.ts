import { keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { typeError } from './errors.ts'
import {
  newObject,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_DISALLOW_INSTANTIATION,
  TPFLAGS_HEAPTYPE,
  TPFLAGS_IMMUTABLETYPE,
  TPFLAGS_MAPPING,
  TPFLAGS_MATCH_SELF,
  TPFLAGS_READY,
  TPFLAGS_SEQUENCE,
  type Value,
} from './object.ts'
import { hashNotImplemented } from './slot_functions.ts'
import { type SlotName, slotNames, slotRows } from './slot_rows.ts'
import type { WrapperData } from './slot_wrappers.ts'
import { newTypeVersion, typeDict } from './type_dict.ts'
import { setBuiltinSizes } from './type_layout.ts'
import { None, objectType, wrapperDescriptorType } from './types.ts'

/** Flags that a type takes over from its base: what builtin types it derives from, and how it matches in patterns. */
const BASE_FLAGS = 0xff000000 | TPFLAGS_MATCH_SELF | 0
const COLLECTION_FLAGS = TPFLAGS_SEQUENCE | TPFLAGS_MAPPING

/** The C3 linearisation; `bases` must have theirs. TypeError where there is no consistent order (PEP 253). */
export function c3(type: PyType, bases: readonly PyType[]): PyType[] {
  if (bases.length === 1) return [type, ...bases[0]!.mro]
  const seen = new Set<PyType>()
  for (const base of bases) {
    if (seen.has(base)) throw typeError(`duplicate base class ${base.name}`)
    seen.add(base)
  }
  const lists = [...bases.map((base) => [...base.mro]), [...bases]]
  const out = [type]
  for (;;) {
    const open = lists.filter((list) => list.length > 0)
    if (open.length === 0) return out
    const candidate = open.find(([head]) => !open.some((list) => list.indexOf(head!, 1) > 0))?.[0]
    if (candidate === undefined) {
      const names = [...new Set(open.map((list) => list[0]!.name))].join(', ')
      throw typeError(`Cannot create a consistent method resolution\norder (MRO) for bases ${names}`)
    }
    out.push(candidate)
    for (const list of open) if (list[0] === candidate) list.shift()
  }
}

/** Slots that come together: a type that has one of them inherits none of the group. */
const groups: readonly (readonly SlotName[])[] = [['tp_hash', 'tp_richcompare']]

const NO_SLOTS: readonly string[] = []

/** Slots that no special method stands for. */
const plainSlots = [
  'tp_dealloc',
  'tp_traverse',
  'tp_clear',
  'tp_weakrefs',
  'tp_alloc',
  'am_send',
  'bf_getbuffer',
] as const

const inheritedSlots: readonly string[] = [...new Set<string>([...slotNames, ...plainSlots])]

/** The slots that a type has, of those that others inherit; a type has few of them. */
const presentSlots = new WeakMap<PyType, readonly string[]>()

function slotsOf(type: PyType): readonly string[] {
  let present = presentSlots.get(type)
  if (present === undefined) {
    const slots = type as unknown as Record<string, unknown>
    present = inheritedSlots.filter((slot) => slots[slot] !== undefined)
    presentSlots.set(type, present)
  }
  return present
}

/** To be called when a slot of a type that may be a base already has been set or cleared. */
export function slotsChanged(type: PyType): void {
  presentSlots.delete(type)
}

/** Takes over from a base the slots that a type does not have itself (`inherit_slots`). */
export function inheritSlots(type: PyType, base: PyType): void {
  const slots = type as unknown as Record<string, unknown>
  const theirs = base as unknown as Record<string, unknown>
  let blocked: readonly string[] = NO_SLOTS
  for (const group of groups) {
    if (group.some((slot) => type[slot] !== undefined)) blocked = blocked.length === 0 ? group : [...blocked, ...group]
  }
  for (const slot of slotsOf(base)) {
    if (slots[slot] === undefined && !blocked.includes(slot)) slots[slot] = theirs[slot]
  }
}

/** Takes over flags from the base, and from the first of the MRO that has one whether it is a sequence or a mapping. */
export function inheritFlags(type: PyType): void {
  if (type.base !== null) type.flags |= type.base.flags & BASE_FLAGS
  for (const base of type.mro) {
    if ((type.flags & COLLECTION_FLAGS) !== 0) return
    type.flags |= base.flags & COLLECTION_FLAGS
  }
}

/** Completes a builtin type whose own slots (named in `own`) are set. `fill` puts its attributes into its dict. */
export function readyBuiltinType(type: PyType, own: ReadonlySet<string>, fill: () => void): void {
  setBuiltinSizes(type)
  const comparesOnly = own.has('tp_richcompare') && !own.has('tp_hash')
  if (type === objectType) {
    type.bases = []
    type.base = null
    type.mro = [type]
  } else {
    type.mro = c3(type, type.bases)
    if (comparesOnly) type.tp_hash = hashNotImplemented
    type.tp_dict ??= type.base!.tp_dict
    // A builtin type that says nothing about making instances cannot be called, unless it is there to derive from.
    const saysNothing = type.base === objectType && !own.has('tp_new')
    if (saysNothing && (type.flags & TPFLAGS_BASETYPE) === 0) type.flags |= TPFLAGS_DISALLOW_INSTANTIATION
    for (const base of type.mro.slice(1)) inheritSlots(type, base)
    if ((type.flags & TPFLAGS_DISALLOW_INSTANTIATION) !== 0) type.tp_new = undefined
    inheritFlags(type)
    type.data.rootShape ??= type.base!.data.rootShape
    for (const base of type.bases) addSubclass(base, type)
  }
  type.version = newTypeVersion()
  type.flags |= TPFLAGS_READY
  type.lookups.clear()
  type.pending = () => {
    addSlotWrappers(type, own)
    fill()
    if (comparesOnly) typeDict(type).set('__hash__', keep(None))
  }
}

/** Enters a class into the list behind `__subclasses__`. */
export function addSubclass(base: PyType, type: PyType): void {
  base.data.subclasses ??= new Set()
  base.data.subclasses.add(type)
}

/** The special methods of a builtin type's own slots. */
function addSlotWrappers(type: PyType, own: ReadonlySet<string>): void {
  const table = typeDict(type)
  for (const row of slotRows) {
    if (!own.has(row.slot) || row.kind === 'new' || row.kind === 'getattr' || row.kind === 'finalize') continue
    if (table.findString(row.name) >= 0) continue
    const data: WrapperData = { row, fn: type[row.slot], type }
    table.set(row.name, newObject(wrapperDescriptorType, data) as Owned<Value>)
  }
}

/** Whether attributes of a type can be set. */
export function isImmutable(type: PyType): boolean {
  return (type.flags & TPFLAGS_IMMUTABLETYPE) !== 0 && (type.flags & TPFLAGS_HEAPTYPE) === 0
}
