import { typeError } from './errors.ts'
import {
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  TPFLAGS_HEAPTYPE,
  TPFLAGS_MANAGED_DICT,
  type TypeData,
} from './object.ts'
import { sizesOf } from './type_sizes.ts'
import { isSubtype, objectType } from './types.ts'

/*
 * Which classes go together by the layout of their instances. The rules, and hence the numbers, are CPython's, as
 * programs see by them which bases and which assignments to `__class__` are refused.
 */

/** Bytes of a pointer: of a slot. */
export const POINTER = 8

/** Gives a builtin type the sizes of its instances: its own or those of its base, which must have them. */
export function setBuiltinSizes(type: PyType): void {
  const { data, base } = type
  const own = sizesOf(type.name)
  const from = own ?? base?.data
  if (from === undefined) return
  data.basicsize = from.basicsize
  data.itemsize = from.itemsize
  data.dictoffset = from.dictoffset === 0 && base !== null ? base.data.dictoffset : from.dictoffset
  data.weaklistoffset = from.weaklistoffset === 0 && base !== null ? base.data.weaklistoffset : from.weaklistoffset
}

/** Whether a class adds this field as the last thing of its instances. */
function addsFieldLast(type: PyType, base: PyType, field: 'dictoffset' | 'weaklistoffset', size: number): boolean {
  const offset = type.data[field]
  if (offset === 0 || base.data[field] !== 0 || offset + POINTER !== size) return false
  return (type.flags & TPFLAGS_HEAPTYPE) !== 0
}

/** Whether a type adds more to its base's instances than a dict and weak references (`extra_ivars`). */
function addsToLayout(type: PyType, base: PyType): boolean {
  const ours = type.data
  const theirs = base.data
  let size = ours.basicsize
  if (ours.itemsize !== 0 || theirs.itemsize !== 0) {
    return size !== theirs.basicsize || ours.itemsize !== theirs.itemsize
  }
  if (addsFieldLast(type, base, 'weaklistoffset', size)) size -= POINTER
  if ((type.flags & TPFLAGS_MANAGED_DICT) === 0 && addsFieldLast(type, base, 'dictoffset', size)) size -= POINTER
  if (addsFieldLast(type, base, 'weaklistoffset', size)) size -= POINTER
  return size !== theirs.basicsize
}

/** The nearest type in the line of bases that decides the layout of instances (`solid_base`). */
export function solidLayout(type: PyType): PyType {
  const base = type.base === null ? objectType : solidLayout(type.base)
  return addsToLayout(type, base) ? type : base
}

/** The base whose instances a class's instances extend; TypeError where two bases cannot be joined (`best_base`). */
export function bestBase(bases: readonly PyType[]): PyType {
  let base = bases[0]!
  if (bases.length === 1 && (base.flags & TPFLAGS_BASETYPE) !== 0) return base
  let winner: PyType | undefined
  for (const each of bases) {
    if ((each.flags & TPFLAGS_BASETYPE) === 0) throw typeError(`type '${each.name}' is not an acceptable base type`)
    const solid = solidLayout(each)
    if (winner === undefined) winner = solid
    else if (isSubtype(winner, solid)) continue
    else if (isSubtype(solid, winner)) {
      winner = solid
      base = each
    } else throw typeError('multiple bases have instance lay-out conflict')
  }
  return base
}

const SIZES = ['basicsize', 'itemsize', 'dictoffset', 'weaklistoffset'] as const

/** Whether instances of a class are laid out exactly as its base's. */
function isLaidOutAsBase({ base, data, flags }: PyType): boolean {
  if (base === null) return false
  const theirs: TypeData = base.data
  return SIZES.every((size) => data[size] === theirs[size]) && ((flags ^ base.flags) & TPFLAGS_HAVE_GC) === 0
}

/** Whether two classes of one base add the same slots, dict and weak references. */
function sameSlotsAdded(a: PyType, b: PyType): boolean {
  if ((a.flags & b.flags & TPFLAGS_HEAPTYPE) === 0) return false
  const [ours, theirs] = [a.data, b.data]
  let size = a.base!.data.basicsize
  if (ours.dictoffset === size && theirs.dictoffset === size) size += POINTER
  if (ours.weaklistoffset === size && theirs.weaklistoffset === size) size += POINTER
  if (ours.slots !== null && theirs.slots !== null) {
    if (ours.slots.join(' ') !== theirs.slots.join(' ')) return false
    size += POINTER * ours.slots.length
  }
  return size === ours.basicsize && size === theirs.basicsize
}

/** TypeError unless instances of one class may become instances of the other (`compatible_for_assignment`). */
export function checkAssignable(from: PyType, to: PyType, attribute: string): void {
  // CPython frees instances of types with and without garbage collection by different functions.
  if (((from.flags ^ to.flags) & TPFLAGS_HAVE_GC) !== 0) {
    throw typeError(`${attribute} assignment: '${to.name}' deallocator differs from '${from.name}'`)
  }
  let [a, b] = [from, to]
  while (isLaidOutAsBase(a)) a = a.base!
  while (isLaidOutAsBase(b)) b = b.base!
  const alike = a === b || (a.base === b.base && a.base !== null && sameSlotsAdded(a, b))
  if (alike && ((from.flags ^ to.flags) & TPFLAGS_MANAGED_DICT) === 0) return
  throw typeError(`${attribute} assignment: '${to.name}' object layout differs from '${from.name}'`)
}
