import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { asStr, utf16 } from './access.ts'
import { getAttr, lookupAttr, typeLookup } from './attributes.ts'
import type { DescriptorData, GetSetData } from './define.ts'
import type { DictTable } from './dict_table.ts'
import { attributeError, typeError, valueError } from './errors.ts'
import { clearInstance, extraOf, getSlot, setSlot, traverseInstance } from './instance.ts'
import { none } from './make.ts'
import {
  type InstanceExtra,
  type KeywordNames,
  newObject,
  type PyDict,
  type PyInstance,
  type PyObject,
  type PyTuple,
  PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  TPFLAGS_HEAPTYPE,
  TPFLAGS_READY,
  type Value,
} from './object.ts'
import { call } from './protocols.ts'
import { toArray } from './sequence_protocol.ts'
import { Shape } from './shape.ts'
import { hashNotImplemented, slotFunction } from './slot_functions.ts'
import { rowsByName, rowsBySlot, type SlotName, type SlotRow, slotNames } from './slot_rows.ts'
import type { WrapperData } from './slot_wrappers.ts'
import { newTypeVersion, typeDict } from './type_dict.ts'
import { addSubclass, c3, inheritSlots } from './type_ready.ts'
import {
  classmethodType,
  functionType,
  isInstanceOf,
  isSubtype,
  memberDescriptorType,
  None,
  objectType,
  staticmethodType,
  typeOf,
  typeType,
  wrapperDescriptorType,
} from './types.ts'

/*
 * Classes made at run time: `type(name, bases, namespace)` (CPython's `type_new`).
 */

/** The globals' `__name__` of the running frame, for `__module__`; the machine sets it. */
export const frameHooks: { moduleName: () => Value | undefined } = { moduleName: () => undefined }

/** The metaclass that all bases agree on (`_PyType_CalculateMetaclass`). */
export function calculateMetaclass(metatype: PyType, bases: readonly Value[]): PyType {
  let winner = metatype
  for (const base of bases) {
    const type = typeOf(base)
    if (isSubtype(winner, type)) continue
    if (isSubtype(type, winner)) {
      winner = type
      continue
    }
    throw typeError(
      'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
    )
  }
  return winner
}

/** The type whose `data` the instances of a type have. */
export function solidBase(type: PyType): PyType {
  return type.data.solidBase ?? type
}

/** The base that decides the layout of instances; TypeError where two bases cannot be joined (`best_base`). */
function bestBase(bases: readonly PyType[]): PyType {
  let winner: PyType | undefined
  let base = bases[0]!
  for (const candidate of bases) {
    if ((candidate.flags & TPFLAGS_BASETYPE) === 0) {
      throw typeError(`type '${candidate.name}' is not an acceptable base type`)
    }
    const solid = layoutOf(candidate)
    if (winner === undefined || isSubtype(solid, winner)) {
      if (winner !== solid) base = candidate
      winner = solid
    } else if (!isSubtype(winner, solid)) {
      throw typeError('multiple bases have instance lay-out conflict')
    }
  }
  return base
}

/** The nearest type in the line of bases that adds to the layout of instances: a builtin one, or one with slots. */
function layoutOf(type: PyType): PyType {
  let at: PyType = type
  while ((at.flags & TPFLAGS_HEAPTYPE) !== 0 && at.base !== null && at.data.slotCount === at.base.data.slotCount) {
    at = at.base
  }
  return sameLayout(at)
}

/** Builtin types that add nothing to their base's layout, such as most exceptions. */
function sameLayout(type: PyType): PyType {
  let at = type
  while (
    (at.flags & TPFLAGS_HEAPTYPE) === 0 &&
    at.base !== null &&
    at.base !== objectType &&
    at.tp_new === at.base.tp_new
  ) {
    at = at.base
  }
  return at
}

/** `type.__new__(metatype, name, bases, namespace, **kwargs)`. */
export function newType(metatype: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const count = args.length - (kwnames?.length ?? 0)
  if (count !== 3) throw typeError(`type.__new__() takes exactly 3 arguments (${count} given)`)
  const [name, basesArgument, namespace] = args as [Value, Value, Value]
  checkArgument(name, asStr(name) !== undefined, 1, 'str')
  checkArgument(basesArgument, typeof basesArgument === 'object' && Array.isArray(basesArgument.data), 2, 'tuple')
  checkArgument(namespace, typeof namespace === 'object' && isDict(namespace), 3, 'dict')
  let bases = (basesArgument as PyTuple).data as readonly Value[]
  const winner = calculateMetaclass(metatype, bases)
  if (winner !== metatype && winner.tp_new !== newType) return winner.tp_new!(winner, args, kwnames)
  if (bases.length === 0) bases = [objectType]
  for (const base of bases) {
    if (isInstanceOf(base, typeType)) continue
    if (lookupAttr(base, '__mro_entries__') !== undefined) {
      throw typeError("type() doesn't support MRO entry resolution; use types.new_class()")
    }
    throw typeError('bases must be types')
  }
  const type = build(winner, utf16(name), bases as readonly PyType[], (namespace as PyDict).data)
  try {
    setNames(type)
    initSubclass(type, args.slice(3), kwnames)
  } catch (error) {
    drop(type)
    throw error
  }
  return type
}

function checkArgument(value: Value, good: boolean, number: number, what: string): void {
  if (!good) throw typeError(`type.__new__() argument ${number} must be ${what}, not ${typeOf(value).name}`)
}

function isDict(value: PyObject): boolean {
  return (value.type.flags & (1 << 29)) !== 0
}

function build(metatype: PyType, name: string, bases: readonly PyType[], namespace: DictTable): Owned<PyType> {
  const base = bestBase(bases)
  if (name.includes('\0')) throw valueError('type name must not contain null characters')
  const type = new PyType(metatype, name) as Owned<PyType>
  metatype.rc++
  type.flags = TPFLAGS_HEAPTYPE | TPFLAGS_BASETYPE | TPFLAGS_HAVE_GC | TPFLAGS_READY
  type.tracked = true
  type.base = base
  for (const each of bases) keep(each)
  type.bases = bases
  type.dict = namespace.copy()
  type.data.module = ''
  type.data.solidBase = base.data.solidBase ?? ((base.flags & TPFLAGS_HEAPTYPE) === 0 ? base : null)
  fillNamespace(type, name)
  layOut(type, base, bases)
  type.mro = computeMro(type, metatype, bases)
  type.version = newTypeVersion()
  setSlots(type, bases)
  for (const each of bases) addSubclass(each, type)
  track(type)
  return type
}

/** The names that every class has: `__module__`, `__qualname__`, `__doc__`; and the implicit class and static methods. */
function fillNamespace(type: PyType, name: string): void {
  const table = type.dict!
  if (table.findString('__module__') < 0) {
    const module = frameHooks.moduleName()
    if (module !== undefined) table.set('__module__', keep(module))
  }
  const qualname = table.get('__qualname__')
  if (qualname === undefined) type.data.qualname = name
  else {
    if (asStr(qualname) === undefined) {
      throw typeError(`type __qualname__ must be a str, not ${typeOf(qualname).name}`)
    }
    type.data.qualname = keep(qualname)
    table.delete('__qualname__')
  }
  if (table.findString('__doc__') < 0) table.set('__doc__', none())
  wrap(table, '__new__', staticmethodType)
  wrap(table, '__init_subclass__', classmethodType)
  wrap(table, '__class_getitem__', classmethodType)
  const cell = table.get('__classcell__')
  if (cell !== undefined) {
    const holder = cell as PyObject<{ value: Owned<Value> | undefined }>
    holder.data.value = keep<Value>(type)
    table.delete('__classcell__')
  }
}

function wrap(table: DictTable, name: string, wrapper: PyType): void {
  const value = table.get(name)
  if (typeof value === 'object' && value.type === functionType) {
    table.set(name, newObject(wrapper, { callable: keep<Value>(value), dict: null }) as Owned<Value>)
  }
}

/** Decides what instances are made of: the slots of `__slots__`, a dict, weak references. */
function layOut(type: PyType, base: PyType, bases: readonly PyType[]): void {
  const slots = type.dict!.get('__slots__')
  const inheritsDict = bases.some((b) => hasDict(b))
  const inheritsWeak = bases.some((b) => b.tp_weakrefs !== undefined)
  let wantsDict = true
  let wantsWeak = true
  let names: string[] = []
  if (slots !== undefined) {
    wantsDict = wantsWeak = false
    for (const name of slotList(type, slots)) {
      if (name === '__dict__') {
        if (inheritsDict) throw typeError('__dict__ slot disallowed: either we already got one, or __itemsize__ != 0')
        wantsDict = true
      } else if (name === '__weakref__') {
        if (inheritsWeak)
          throw typeError('__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0')
        wantsWeak = true
      } else names.push(name)
    }
    names = names.sort()
  }
  const first = base.data.slotCount ?? 0
  type.data.slotCount = first + names.length
  type.data.noDict = !(wantsDict || inheritsDict)
  type.data.rootShape = new Shape([], type.data.slotCount, null)
  for (let i = 0; i < names.length; i++) addMember(type, names[i]!, first + i)
  if (wantsWeak || inheritsWeak) type.tp_weakrefs = base.tp_weakrefs ?? instanceWeakrefs
  if (isSubtype(base, typeType)) return
  type.tp_dealloc = instanceDealloc
  type.tp_traverse = instanceTraverse
  type.tp_clear = instanceClear
}

/** Whether instances of a type have a `__dict__`. */
function hasDict(type: PyType): boolean {
  if (type.tp_dict !== undefined) return true
  return type.data.rootShape !== null && type.data.rootShape !== undefined && !type.data.noDict
}

function slotList(type: PyType, slots: Value): string[] {
  const values = asStr(slots) === undefined ? toArray(slots) : [keep(slots)]
  const names = values.map((value) => {
    if (asStr(value) === undefined) {
      throw typeError(`__slots__ items must be strings, not '${typeOf(value).name}'`)
    }
    const name = utf16(value)
    if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name)) throw typeError('__slots__ must be identifiers')
    return name
  })
  return names.map((name) => {
    const mangled = mangle(type.name, name)
    if (
      mangled !== '__dict__' &&
      mangled !== '__weakref__' &&
      mangled !== '__classcell__' &&
      mangled !== '__qualname__'
    ) {
      if (type.dict!.findString(mangled) >= 0) throw valueError(`'${name}' in __slots__ conflicts with class variable`)
    }
    return mangled
  })
}

/** A private name within a class (`_Py_Mangle`). */
function mangle(className: string, name: string): string {
  if (!name.startsWith('__') || name.endsWith('__') || name.includes('.')) return name
  const stripped = className.replace(/^_+/, '')
  return stripped === '' ? name : `_${stripped}${name}`
}

function addMember(type: PyType, name: string, slot: number): void {
  const data: GetSetData = {
    name,
    type,
    get: (self: PyInstance) => {
      const value = getSlot(self, slot)
      if (value === undefined) throw attributeError(self, name)
      return keep<Value>(value)
    },
    set: (self: PyInstance, value: Value | undefined) => {
      const old = getSlot(self, slot)
      if (value === undefined && old === undefined) throw attributeError(self, name)
      setSlot(self, slot, value === undefined ? undefined : keep(value))
      drop(old)
    },
  }
  type.dict!.set(name, newObject(memberDescriptorType, data) as Owned<Value>)
}

function instanceWeakrefs(self: PyObject, create: boolean): InstanceExtra | null {
  return create ? extraOf(self as PyInstance) : (self as PyInstance).extra
}

/** Ends an instance: slots, dict, then what the builtin base holds, then the reference to the class. */
function instanceDealloc(self: PyObject): void {
  const instance = self as PyInstance
  const { type } = instance
  clearInstance(instance)
  const solid = type.data.solidBase
  if (solid?.tp_dealloc !== undefined) solid.tp_dealloc(self)
  drop(type)
}

function instanceTraverse(self: PyObject, visit: (child: PyObject) => void): void {
  traverseInstance(self as PyInstance, visit)
  self.type.data.solidBase?.tp_traverse?.(self, visit)
}

function instanceClear(self: PyObject): void {
  clearInstance(self as PyInstance)
  self.type.data.solidBase?.tp_clear?.(self)
}

function computeMro(type: PyType, metatype: PyType, bases: readonly PyType[]): readonly PyType[] {
  type.mro = c3(type, bases)
  const method = metatype === typeType ? undefined : typeLookup(metatype, 'mro')
  if (method === undefined || method === typeLookup(typeType, 'mro')) return type.mro
  const bound = getAttr(type, 'mro')
  try {
    const result = call(bound, [])
    const order = toArray(result)
    drop(result)
    for (const each of order) {
      if (!isInstanceOf(each, typeType)) throw typeError(`mro() returned a non-class ('${typeOf(each).name}')`)
    }
    return order as unknown as PyType[]
  } finally {
    drop(bound)
  }
}

/** Inherits slots, then makes those anew that the class's own special methods, or several bases, decide. */
function setSlots(type: PyType, bases: readonly PyType[]): void {
  for (const base of type.mro.slice(1)) inheritSlots(type, base)
  const own = type.dict!
  if (own.findString('__eq__') >= 0 && own.findString('__hash__') < 0) own.set('__hash__', none())
  const touched = new Set<SlotName>()
  if (bases.length > 1) for (const slot of slotNames) touched.add(slot)
  else {
    for (const key of own.keys) {
      const rows = typeof key === 'string' ? rowsByName.get(key) : undefined
      if (rows !== undefined) for (const row of rows) touched.add(row.slot)
    }
  }
  for (const slot of touched) updateSlot(type, slot)
}

/** Makes the slots anew that a special method stands for, in a type and in those derived from it. */
export function updateSlots(type: PyType, name: string): void {
  for (const row of rowsByName.get(name) ?? []) updateSlot(type, row.slot)
  if (type.data.subclasses === null) return
  for (const subclass of type.data.subclasses) {
    if (subclass.dict === null || subclass.dict.findString(name) < 0) updateSlots(subclass, name)
  }
}

/** Decides one slot from the special methods that the MRO has (`update_one_slot`). */
function updateSlot(type: PyType, slot: SlotName): void {
  let specific: unknown
  let generic = false
  let any = false
  for (const row of rowsBySlot.get(slot)!) {
    const method = typeLookup(type, row.name)
    if (method === undefined) continue
    any = true
    const fn = wrappedSlot(type, row, method)
    if (fn === undefined) generic = true
    else if (specific === undefined || specific === fn) specific = fn
    else generic = true
  }
  const value = !any ? undefined : generic ? slotFunction(slot) : specific
  ;(type as unknown as Record<string, unknown>)[slot] = value
}

/** The builtin slot behind a special method, if it may stand for it. */
function wrappedSlot(type: PyType, row: SlotRow, method: Value): unknown {
  if (typeof method !== 'object') return undefined
  if (method === None && row.slot === 'tp_hash') return hashNotImplemented
  if (method.type === wrapperDescriptorType) {
    const data = method.data as WrapperData
    return data.row.name === row.name && data.row.slot === row.slot && isSubtype(type, data.type) ? data.fn : undefined
  }
  if (row.slot === 'tp_new') {
    const { def, self } = method.data as DescriptorData & { self?: PyType }
    if (def?.raw === true && def.name === '__new__' && self !== undefined) return self.tp_new
  }
  return undefined
}

/** Calls `__set_name__` of what the namespace holds (PEP 487). */
function setNames(type: PyType): void {
  const { keys, values } = type.dict!.copy()
  for (let i = 0; i < keys.length; i++) {
    const value = values[i]!
    if (typeof value !== 'object' || typeLookup(value.type, '__set_name__') === undefined) continue
    const method = getSpecial(value, '__set_name__')
    try {
      drop(call(method, [type, keys[i]!]))
    } finally {
      drop(method)
    }
  }
  for (let i = 0; i < keys.length; i++) {
    drop(keys[i])
    drop(values[i])
  }
}

function getSpecial(value: PyObject, name: string): Owned<Value> {
  const attribute = typeLookup(value.type, name)!
  const get = typeof attribute === 'object' ? attribute.type.tp_descr_get : undefined
  return get === undefined ? keep(attribute) : get(attribute as PyObject, value, value.type)
}

/** `super(type, type).__init_subclass__(**kwargs)`. */
function initSubclass(type: PyType, args: readonly Value[], kwnames: KeywordNames): void {
  for (const base of type.mro.slice(1)) {
    const attribute = typeDict(base).get('__init_subclass__')
    if (attribute === undefined) continue
    const get = typeof attribute === 'object' ? attribute.type.tp_descr_get : undefined
    const method = get === undefined ? keep(attribute) : get(attribute as PyObject, undefined, type)
    try {
      drop(call(method, args, kwnames))
    } finally {
      drop(method)
    }
    return
  }
}
