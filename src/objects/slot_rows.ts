import type { PyType } from './object.ts'

/**
 * The special methods, one row each (CPython's `slotdefs`): the method's name, the slot it stands for, how a call of the
 * method becomes a call of the slot and back (`slot_wrappers.ts`), and its signature.
 *
 * Rows of one slot stand together: a type's slot is made from all of them.
 */
export type SlotName = {
  [K in keyof PyType]-?: K extends `${'tp' | 'nb' | 'sq' | 'mp' | 'am'}_${string}` ? K : never
}[keyof PyType]

export type SlotKind =
  | 'unary'
  | 'binaryLeft'
  | 'binaryRight'
  | 'inplace'
  | 'power'
  | 'powerRight'
  | 'bool'
  | 'length'
  | 'hash'
  | 'compare'
  | 'iternext'
  | 'call'
  | 'init'
  | 'new'
  | 'finalize'
  | 'getattribute'
  | 'getattr'
  | 'setattr'
  | 'delattr'
  | 'descrGet'
  | 'descrSet'
  | 'descrDelete'
  | 'item'
  | 'setItem'
  | 'delItem'
  | 'repeat'
  | 'concat'
  | 'contains'
  | 'subscript'
  | 'assSubscript'
  | 'delSubscript'

export interface SlotRow {
  readonly name: string
  readonly slot: SlotName
  readonly kind: SlotKind
  readonly signature: string
  /** The operator of a comparison. */
  readonly op: number
}

const row = (name: string, slot: SlotName, kind: SlotKind, signature = '($self, /)', op = 0): SlotRow => ({
  name,
  slot,
  kind,
  signature,
  op,
})

const VALUE = '($self, value, /)'
const KEY = '($self, key, /)'

function operator(name: string, slot: SlotName): SlotRow[] {
  return [row(`__${name}__`, slot, 'binaryLeft', VALUE), row(`__r${name}__`, slot, 'binaryRight', VALUE)]
}

const inplace = (name: string, slot: SlotName) => row(`__${name}__`, slot, 'inplace', VALUE)

export const slotRows: readonly SlotRow[] = [
  row('__getattribute__', 'tp_getattro', 'getattribute', '($self, name, /)'),
  row('__getattr__', 'tp_getattro', 'getattr', '($self, name, /)'),
  row('__setattr__', 'tp_setattro', 'setattr', '($self, name, value, /)'),
  row('__delattr__', 'tp_setattro', 'delattr', '($self, name, /)'),
  row('__repr__', 'tp_repr', 'unary'),
  row('__hash__', 'tp_hash', 'hash'),
  row('__call__', 'tp_call', 'call', '($self, /, *args, **kwargs)'),
  row('__str__', 'tp_str', 'unary'),
  row('__lt__', 'tp_richcompare', 'compare', VALUE, 0),
  row('__le__', 'tp_richcompare', 'compare', VALUE, 1),
  row('__eq__', 'tp_richcompare', 'compare', VALUE, 2),
  row('__ne__', 'tp_richcompare', 'compare', VALUE, 3),
  row('__gt__', 'tp_richcompare', 'compare', VALUE, 4),
  row('__ge__', 'tp_richcompare', 'compare', VALUE, 5),
  row('__iter__', 'tp_iter', 'unary'),
  row('__next__', 'tp_iternext', 'iternext'),
  row('__get__', 'tp_descr_get', 'descrGet', '($self, instance, owner=None, /)'),
  row('__set__', 'tp_descr_set', 'descrSet', '($self, instance, value, /)'),
  row('__delete__', 'tp_descr_set', 'descrDelete', '($self, instance, /)'),
  row('__init__', 'tp_init', 'init', '($self, /, *args, **kwargs)'),
  row('__new__', 'tp_new', 'new', '(type, /, *args, **kwargs)'),
  row('__del__', 'tp_finalize', 'finalize'),
  row('__await__', 'am_await', 'unary'),
  row('__aiter__', 'am_aiter', 'unary'),
  row('__anext__', 'am_anext', 'unary'),
  ...operator('add', 'nb_add'),
  ...operator('sub', 'nb_subtract'),
  ...operator('mul', 'nb_multiply'),
  ...operator('mod', 'nb_remainder'),
  ...operator('divmod', 'nb_divmod'),
  row('__pow__', 'nb_power', 'power', '($self, value, mod=None, /)'),
  row('__rpow__', 'nb_power', 'powerRight', '($self, value, mod=None, /)'),
  row('__neg__', 'nb_negative', 'unary'),
  row('__pos__', 'nb_positive', 'unary'),
  row('__abs__', 'nb_absolute', 'unary'),
  row('__bool__', 'nb_bool', 'bool'),
  row('__invert__', 'nb_invert', 'unary'),
  ...operator('lshift', 'nb_lshift'),
  ...operator('rshift', 'nb_rshift'),
  ...operator('and', 'nb_and'),
  ...operator('xor', 'nb_xor'),
  ...operator('or', 'nb_or'),
  row('__int__', 'nb_int', 'unary'),
  row('__float__', 'nb_float', 'unary'),
  inplace('iadd', 'nb_inplace_add'),
  inplace('isub', 'nb_inplace_subtract'),
  inplace('imul', 'nb_inplace_multiply'),
  inplace('imod', 'nb_inplace_remainder'),
  row('__ipow__', 'nb_inplace_power', 'inplace', VALUE),
  inplace('ilshift', 'nb_inplace_lshift'),
  inplace('irshift', 'nb_inplace_rshift'),
  inplace('iand', 'nb_inplace_and'),
  inplace('ixor', 'nb_inplace_xor'),
  inplace('ior', 'nb_inplace_or'),
  ...operator('floordiv', 'nb_floor_divide'),
  ...operator('truediv', 'nb_true_divide'),
  inplace('ifloordiv', 'nb_inplace_floor_divide'),
  inplace('itruediv', 'nb_inplace_true_divide'),
  row('__index__', 'nb_index', 'unary'),
  ...operator('matmul', 'nb_matrix_multiply'),
  inplace('imatmul', 'nb_inplace_matrix_multiply'),
  row('__len__', 'mp_length', 'length'),
  row('__getitem__', 'mp_subscript', 'subscript', KEY),
  row('__setitem__', 'mp_ass_subscript', 'assSubscript', '($self, key, value, /)'),
  row('__delitem__', 'mp_ass_subscript', 'delSubscript', KEY),
  row('__len__', 'sq_length', 'length'),
  row('__add__', 'sq_concat', 'concat', VALUE),
  row('__mul__', 'sq_repeat', 'repeat', VALUE),
  row('__rmul__', 'sq_repeat', 'repeat', VALUE),
  row('__getitem__', 'sq_item', 'item', KEY),
  row('__setitem__', 'sq_ass_item', 'setItem', '($self, key, value, /)'),
  row('__delitem__', 'sq_ass_item', 'delItem', KEY),
  row('__contains__', 'sq_contains', 'contains', KEY),
  row('__iadd__', 'sq_inplace_concat', 'concat', VALUE),
  row('__imul__', 'sq_inplace_repeat', 'repeat', VALUE),
]

/** All slots that special methods stand for. */
export const slotNames: readonly SlotName[] = [...new Set(slotRows.map((r) => r.slot))]

function grouped<K>(keyOf: (row: SlotRow) => K): ReadonlyMap<K, readonly SlotRow[]> {
  const groups = new Map<K, SlotRow[]>()
  for (const r of slotRows) {
    const group = groups.get(keyOf(r))
    if (group === undefined) groups.set(keyOf(r), [r])
    else group.push(r)
  }
  return groups
}

/** The rows of each special method's name. */
export const rowsByName = grouped((r) => r.name)

/** The rows of each slot. */
export const rowsBySlot = grouped((r) => r.slot)
