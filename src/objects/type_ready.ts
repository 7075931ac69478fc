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
  const lists: (readonly PyType[])[] = []
  for (let i = 0; i < bases.length; i++) {
    const base = bases[i]!
    if (bases.indexOf(base) < i) throw typeError(`duplicate base class ${base.name}`)
    lists.push(base.mro)
  }
  lists.push(bases)
  /** How many of each list are taken. */
  const taken = new Array<number>(lists.length).fill(0)
  const out = [type]
  for (;;) {
    const candidate = nextInOrder(lists, taken)
    if (candidate === undefined) break
    out.push(candidate)
    for (let i = 0; i < lists.length; i++) if (lists[i]![taken[i]!] === candidate) taken[i]!++
  }
  const left = lists.map((list, i) => list[taken[i]!]).filter((head) => head !== undefined)
  if (left.length === 0) return out
  const names = [...new Set(left.map((head) => head.name))].join(', ')
  throw typeError(`Cannot create a consistent method resolution\norder (MRO) for bases ${names}`)
}

/** The first head of a list that stands behind the head of none; `taken` tells where the heads are. */
function nextInOrder(lists: readonly (readonly PyType[])[], taken: readonly number[]): PyType | undefined {
  for (let i = 0; i < lists.length; i++) {
    const head = lists[i]![taken[i]!]
    if (head === undefined) continue
    let free = true
    for (let j = 0; free && j < lists.length; j++) free = lists[j]!.indexOf(head, taken[j]! + 1) < 0
    if (free) return head
  }
  return undefined
}

/** Whether a class has one base, whose MRO its own continues. */
export function extendsOneBase(type: PyType): boolean {
  const { bases, base, mro } = type
  if (bases.length !== 1 || mro.length !== base!.mro.length + 1 || mro[0] !== type) return false
  const theirs = base!.mro
  for (let i = 0; i < theirs.length; i++) if (mro[i + 1] !== theirs[i]) return false
  return true
}

/** Slots that come together: a type that has one of them inherits neither. */
const COMPARING: readonly SlotName[] = ['tp_hash', 'tp_richcompare']

const NO_SLOTS: readonly string[] = []

/** Slots by which instances of any class written in Python end and are watched. */
export const instanceSlots = ['tp_dealloc', 'tp_traverse', 'tp_clear', 'tp_weakrefs'] as const

/** Slots that no special method stands for. */
const plainSlots = [...instanceSlots, 'tp_alloc', 'am_send', 'bf_getbuffer'] as const

const inheritedSlots: readonly string[] = [...new Set<string>([...slotNames, ...plainSlots])]

/** The slots that a type has, of those that others inherit; a type has few of them. */
export function slotsOf(type: PyType): readonly string[] {
  const { data } = type
  if (data.presentSlots === null) {
    const slots = type as unknown as Record<string, unknown>
    data.presentSlots = inheritedSlots.filter((slot) => slots[slot] !== undefined)
  }
  return data.presentSlots
}

/** To be called when a slot of a type that may be a base already has been set. */
export function slotsChanged(type: PyType): void {
  type.data.presentSlots = null
}

/** Takes over from a base the slots that a type does not have itself (`inherit_slots`). */
export function inheritSlots(type: PyType, base: PyType): void {
  const slots = type as unknown as Record<string, unknown>
  const theirs = base as unknown as Record<string, unknown>
  let blocked: readonly string[] = NO_SLOTS
  if (type.tp_hash !== undefined || type.tp_richcompare !== undefined) blocked = COMPARING
  const present = slotsOf(base)
  for (let i = 0; i < present.length; i++) {
    const slot = present[i]!
    if (slots[slot] === undefined && !blocked.includes(slot)) slots[slot] = theirs[slot]
  }
}

/** Takes over flags from the base, and from the first of the MRO that has one whether it is a sequence or a mapping. */
export function inheritFlags(type: PyType): void {
  if (type.base !== null) type.flags |= type.base.flags & BASE_FLAGS
  const { mro } = type
  for (let i = 0; i < mro.length; i++) {
    if ((type.flags & COLLECTION_FLAGS) !== 0) return
    type.flags |= mro[i]!.flags & COLLECTION_FLAGS
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
  for (let i = 0; i < slotRows.length; i++) {
    const row = slotRows[i]!
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
