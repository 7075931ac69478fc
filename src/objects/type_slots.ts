import { typeLookup } from './attributes.ts'
import type { BuiltinData } from './define.ts'
import { none } from './make.ts'
import type { PyType, Value } from './object.ts'
import { hashNotImplemented, slotFunction } from './slot_functions.ts'
import { rowsByName, rowsBySlot, type SlotName, type SlotRow, slotNames } from './slot_rows.ts'
import type { WrapperData } from './slot_wrappers.ts'
import { typeDict, typeModified } from './type_dict.ts'
import { inheritSlots, slotsChanged } from './type_ready.ts'
import { builtinFunctionType, isSubtype, None, wrapperDescriptorType } from './types.ts'

/*
 * From the special methods of a class to its slots (CPython's `update_one_slot` and its callers).
 */

/** Inherits slots, then makes those anew that the class's own special methods, or several bases, decide. */
export function setSlots(type: PyType): void {
  type.tp_new = type.base!.tp_new
  for (const base of type.mro) if (base !== type) inheritSlots(type, base)
  const own = type.dict!
  if (own.findString('__eq__') >= 0 && own.findString('__hash__') < 0) own.set('__hash__', none())
  const touched = new Set<SlotName>()
  if (type.bases.length > 1 || type.mro[1] !== type.base) for (const slot of slotNames) touched.add(slot)
  else {
    for (const key of own.keys) {
      const rows = typeof key === 'string' ? rowsByName.get(key) : undefined
      if (rows !== undefined) for (const row of rows) touched.add(row.slot)
    }
  }
  for (const slot of touched) updateSlot(type, slot)
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
  for (const row of rowsBySlot.get(slot)!) {
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
  ;(type as unknown as Record<string, unknown>)[slot] = value
  slotsChanged(type)
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
