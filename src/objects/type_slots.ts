import { typeLookup } from './attributes.ts'
import type { BuiltinData } from './define.ts'
import type { DictTable } from './dict_table.ts'
import { none } from './make.ts'
import { type PyType, TPFLAGS_HEAPTYPE, type Value } from './object.ts'
import { hashNotImplemented, slotFunction } from './slot_functions.ts'
import { rowsByName, rowsBySlot, type SlotName, type SlotRow, slotNames } from './slot_rows.ts'
import type { WrapperData } from './slot_wrappers.ts'
import { typeDict, typeModified } from './type_dict.ts'
import { extendsOneBase, inheritSlots, instanceSlots, slotsChanged, slotsOf } from './type_ready.ts'
import {
  builtinFunctionType,
  classmethodType,
  functionType,
  isSubtype,
  None,
  objectType,
  staticmethodType,
  wrapperDescriptorType,
} from './types.ts'

/*
 * From the special methods of a class to its slots (CPython's `update_one_slot` and its callers).
 */

/**
 * Gives a new class its slots. It inherits them; then those are made anew that its own special methods, or those of
 * several bases, decide.
 */
export function setSlots(type: PyType): void {
  const { mro } = type
  type.tp_new = type.base!.tp_new
  const single = extendsOneBase(type)
  // A class has inherited already what its MRO has.
  const inherited = single && (mro[1]!.flags & TPFLAGS_HEAPTYPE) !== 0 ? 2 : mro.length
  for (let i = 1; i < inherited; i++) inheritSlots(type, mro[i]!)
  const own = type.dict!
  if (own.findString('__eq__') >= 0 && own.findString('__hash__') < 0) own.set('__hash__', none())
  if (single) {
    type.data.presentSlots = slotsLike(type, slotsOf(mro[1]!))
    makeOwnSlots(type, own)
  } else makeMergedSlots(type)
}

/** The list of a base's slots if those that any class may have of itself are among them. */
function slotsLike(type: PyType, present: readonly string[]): readonly string[] | null {
  for (let i = 0; i < instanceSlots.length; i++) {
    const slot = instanceSlots[i]!
    if (type[slot] !== undefined && !present.includes(slot)) return null
  }
  return present
}

/** The rows of a key of a class's namespace. */
function rowsOf(key: Value | undefined): readonly SlotRow[] | undefined {
  // Special names begin with two underscores: few keys need to be looked up.
  if (typeof key !== 'string' || key.charCodeAt(0) !== 0x5f || key.charCodeAt(1) !== 0x5f) return undefined
  return rowsByName.get(key)
}

/** Makes the slots that a class's own special methods stand for. */
function makeOwnSlots(type: PyType, { keys, values }: DictTable): void {
  for (let i = 0; i < keys.length; i++) {
    const rows = rowsOf(keys[i])
    if (rows === undefined) continue
    const general = isGeneral(values[i]!)
    for (let j = 0; j < rows.length; j++) {
      const { slot } = rows[j]!
      if (general) setSlot(type, slot, slotFunction(slot))
      else updateSlot(type, slot)
    }
  }
}

/** Makes the slots that special methods of several bases decide: those that are not as `object` has them. */
function makeMergedSlots(type: PyType): void {
  const { mro } = type
  const touched = new Set<SlotName>()
  for (let i = 0; i < mro.length; i++) {
    if (mro[i] === objectType) continue
    const { keys } = typeDict(mro[i]!)
    for (let j = 0; j < keys.length; j++) {
      const rows = rowsOf(keys[j])
      if (rows !== undefined) for (let k = 0; k < rows.length; k++) touched.add(rows[k]!.slot)
    }
  }
  for (let i = 0; i < slotNames.length; i++) {
    const slot = slotNames[i]!
    const inherited = type[slot]
    if ((inherited !== undefined && inherited !== objectType[slot]) || touched.has(slot)) updateSlot(type, slot)
  }
}

/** Whether a class's own special method always makes its slot the one that looks the method up. */
function isGeneral(method: Value): boolean {
  if (typeof method !== 'object') return false
  return method.type === functionType || method.type === staticmethodType || method.type === classmethodType
}

function setSlot(type: PyType, slot: SlotName, value: unknown): void {
  ;(type as unknown as Record<string, unknown>)[slot] = value
  const { presentSlots } = type.data
  if (presentSlots !== null && value !== undefined && !presentSlots.includes(slot)) slotsChanged(type)
}

/** Makes the slots anew that a special method stands for, in a type and in those derived from it that inherit it. */
export function updateSlots(type: PyType, name: string): void {
  for (const row of rowsByName.get(name) ?? []) updateSlot(type, row.slot)
  if (type.data.subclasses === null) return
  for (const subclass of type.data.subclasses) {
    if (typeDict(subclass).findString(name) < 0) updateSlots(subclass, name)
  }
}

/** Makes all slots of a class anew, and of those derived from it. */
export function updateAllSlots(type: PyType): void {
  typeModified(type)
  for (const name of rowsByName.keys()) updateSlots(type, name)
}

/** Decides one slot from the special methods that the MRO has. */
function updateSlot(type: PyType, slot: SlotName): void {
  let specific: unknown
  let general: unknown
  let useGeneral = false
  const rows = rowsBySlot.get(slot)!
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    const method = typeLookup(type, row.name)
    if (method === undefined) continue
    const wrapper = wrapperOf(method, row.name)
    if (wrapper !== undefined) {
      if (mayFill(type, row)) general = slotFunction(slot)
      const fits = specific === undefined || specific === wrapper.fn
      if (fits && wrapper.row.kind === row.kind && isSubtype(type, wrapper.type)) specific = wrapper.fn
      else useGeneral = true
    } else if (slot === 'tp_new' && isBuiltinNew(method)) specific = type.tp_new
    else if (slot === 'tp_hash' && method === None) specific = hashNotImplemented
    else {
      useGeneral = true
      general = slotFunction(slot)
    }
  }
  const value = specific !== undefined && !useGeneral ? specific : general
  setSlot(type, slot, value)
}

/** The slot of a builtin type that a method of this name stands for. */
function wrapperOf(method: Value, name: string): WrapperData | undefined {
  if (typeof method !== 'object' || method.type !== wrapperDescriptorType) return undefined
  const data = method.data as WrapperData
  return data.row.name === name ? data : undefined
}

/** Whether a slot may be filled for a builtin's method: not if the type has exactly one other slot of the same name. */
function mayFill(type: PyType, row: SlotRow): boolean {
  let filled: SlotName | undefined
  for (const other of rowsByName.get(row.name)!) {
    if (type[other.slot] === undefined) continue
    if (filled !== undefined && filled !== other.slot) return true
    filled = other.slot
  }
  return filled === undefined || filled === row.slot
}

function isBuiltinNew(method: Value): boolean {
  if (typeof method !== 'object' || method.type !== builtinFunctionType) return false
  const { def } = method.data as BuiltinData
  return def.raw && def.name === '__new__'
}
