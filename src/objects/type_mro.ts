import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { typeLookup } from './attributes.ts'
import { typeError } from './errors.ts'
import { newTuple } from './make.ts'
import type { PyTuple, PyType, Value } from './object.ts'
import { toArray } from './sequence_protocol.ts'
import { callSpecial } from './slot_functions.ts'
import { typeModified } from './type_dict.ts'
import { bestBase, checkAssignable, solidLayout } from './type_layout.ts'
import { addSubclass, c3 } from './type_ready.ts'
import { updateAllSlots } from './type_slots.ts'
import { isSubtype, isType, typeOf, typeType } from './types.ts'

/** Checks what a metaclass's `mro()` gave (`mro_check`). */
function checkOrder(type: PyType, order: readonly Value[]): asserts order is readonly PyType[] {
  const solid = solidLayout(type)
  for (const each of order) {
    if (!isType(each)) throw typeError(`mro() returned a non-class ('${typeOf(each).name}')`)
    if (!isSubtype(solid, solidLayout(each))) {
      throw typeError(`mro() returned base with unsuitable layout ('${each.name}')`)
    }
  }
}

/** The method resolution order that `type.mro()`, or its replacement in a metaclass, gives: an owned tuple. */
function invokeMro(type: PyType): Owned<PyTuple> {
  if (type.type === typeType || typeLookup(type.type, 'mro') === typeLookup(typeType, 'mro')) {
    return newTuple(mroImplementation(type).map((each) => keep<Value>(each)))
  }
  const result = callSpecial(type, 'mro', [])
  let order: Owned<Value>[]
  try {
    order = toArray(result)
  } finally {
    drop(result)
  }
  try {
    if (order.length === 0) throw typeError('type MRO must not be empty')
    checkOrder(type, order)
  } catch (error) {
    dropAll(order)
    throw error
  }
  return newTuple(order)
}

/** What `type.mro()` gives, borrowed. */
export function mroImplementation(type: PyType): PyType[] {
  for (const base of type.bases) {
    if (base.mro.length === 0) throw typeError(`Cannot extend an incomplete type '${base.name}'`)
  }
  return c3(type, type.bases)
}

/**
 * Computes the method resolution order of a class anew; the old tuple, owned, or `undefined` where a custom `mro()` has
 * set another one meanwhile, which then stays.
 */
export function updateMro(type: PyType): Owned<PyTuple> | null | undefined {
  const old = type.data.mroTuple
  const tuple = invokeMro(type)
  if (type.data.mroTuple !== old) {
    drop(tuple)
    return undefined
  }
  setMro(type, tuple)
  return old
}

/** Gives a class its method resolution order, which it takes over. */
function setMro(type: PyType, tuple: Owned<PyTuple> | null): void {
  type.data.mroTuple = tuple
  type.mro = tuple === null ? [] : (tuple.data as readonly Value[] as readonly PyType[])
  typeModified(type)
}

interface MroChange {
  readonly type: PyType
  readonly now: Owned<PyTuple>
  readonly old: Owned<PyTuple> | null
}

/** Updates the order of a class and of all that derive from it, noting what was changed (`mro_hierarchy`). */
function updateHierarchy(type: PyType, changes: MroChange[]): void {
  const old = updateMro(type)
  if (old === undefined) return
  changes.push({ type, now: keep<PyTuple>(type.data.mroTuple!), old })
  if (type.data.subclasses === null) return
  for (const subclass of [...type.data.subclasses]) updateHierarchy(subclass, changes)
}

function checkBases(type: PyType, bases: readonly Value[]): asserts bases is readonly PyType[] {
  for (const base of bases) {
    if (!isType(base)) throw typeError(`${type.name}.__bases__ must be tuple of classes, not '${typeOf(base).name}'`)
    let inChain = false
    for (let at: PyType | null = base; at !== null; at = at.base) inChain ||= at === type
    if (inChain || isSubtype(base, type)) throw typeError('a __bases__ item causes an inheritance cycle')
  }
}

/** Gives a class other bases (`type.__bases__ = …`); the tuple is borrowed. */
export function setBases(type: PyType, tuple: PyTuple): void {
  const bases: readonly Value[] = tuple.data
  if (bases.length === 0) {
    throw typeError(`can only assign non-empty tuple to ${type.name}.__bases__, not ()`)
  }
  checkBases(type, bases)
  const base = bestBase(bases)
  checkAssignable(type.base!, base, '__bases__')
  const old = { tuple: type.data.basesTuple, bases: type.bases, base: type.base }
  type.data.basesTuple = keep(tuple)
  type.bases = bases
  type.base = keep(base)
  const changes: MroChange[] = []
  try {
    updateHierarchy(type, changes)
  } catch (error) {
    for (const { type: changed, now, old: before } of changes.reverse()) {
      if (changed.data.mroTuple === now) {
        setMro(changed, before)
        drop(now)
      }
      drop(now)
    }
    if (type.data.basesTuple === tuple) {
      type.data.basesTuple = old.tuple
      type.bases = old.bases
      type.base = old.base
      drop(tuple)
      drop(base)
    }
    throw error
  }
  for (const { now, old: before } of changes) {
    drop(now)
    drop(before)
  }
  if (type.data.basesTuple === tuple) {
    for (const each of old.bases) each.data.subclasses?.delete(type)
    for (const each of bases) addSubclass(each, type)
    updateAllSlots(type)
  }
  drop(old.tuple)
  drop(old.base)
}
