import { IMMORTAL } from '../memory/counted.ts'
import type { Owned, WeakReferable } from '../memory/header.ts'
import type { DictTable } from './dict_table.ts'
import type { SetTable } from './set_table.ts'
import type { Shape } from './shape.ts'

/**
 * A Python value.
 *
 * | Python | here |
 * |---|---|
 * | `int` | `number` where |n| ≤ 2^53−1, else `bigint`: one value, one form |
 * | `str` | `string` whose code units are its code points, or a `PyObject<WideStr>` if any is above U+FFFF |
 * | `bool` | `true`, `false` |
 * | everything else | an object with the header |
 * | NULL (unbound, exhausted, missing) | `undefined`, never seen by Python code |
 *
 * An int or str of a subclass is an object whose `data` is the plain value.
 */
export type Value = number | bigint | string | boolean | PyObject

/** The keyword names of a call: the last `kwnames.length` arguments belong to them. */
export type KeywordNames = readonly Value[] | null

/*
 * The law of four shapes: exactly these four classes carry the header, because a place in the code that meets a fifth
 * hidden class becomes four times slower. A type's own state goes into `data`. The two that are made most often do not
 * extend `PyObject`, though they have all it has: a call of `super` that is not inlined costs more than the object.
 */

/** An object of a builtin type. `data` is what the type's file says: a list's array, a function's record. */
export class PyObject<D = unknown> {
  rc: number
  type: PyType
  data: D

  constructor(type: PyType, data: D) {
    this.rc = 1
    this.type = type
    this.data = data
  }
}

/**
 * A float; a class of its own so that V8 keeps `data` a double. Its count starts beyond any number of references, so that
 * giving one up is never the end of it: numbers are not counted.
 */
export class PyFloat {
  rc: number
  type: PyType
  data: number

  constructor(type: PyType, data: number) {
    this.rc = IMMORTAL
    this.type = type
    this.data = data
  }
}

/**
 * An instance of a class written in Python (its `data` is that of the builtin type it derives from), or of a builtin
 * type whose instances have attributes of their own, such as exceptions.
 */
export class PyInstance<D = unknown> {
  rc: number
  type: PyType
  data: D
  /** Which attribute stands in which slot; slots of `__slots__` come first. */
  shape: Shape
  s0: Owned<Value> | undefined
  s1: Owned<Value> | undefined
  s2: Owned<Value> | undefined
  s3: Owned<Value> | undefined
  s4: Owned<Value> | undefined
  s5: Owned<Value> | undefined
  /** What few instances have: further slots, a real dict, weak references. */
  extra: InstanceExtra | null

  constructor(type: PyType, data: D, shape: Shape) {
    this.rc = 1
    this.type = type
    this.data = data
    this.shape = shape
    this.s0 = undefined
    this.s1 = undefined
    this.s2 = undefined
    this.s3 = undefined
    this.s4 = undefined
    this.s5 = undefined
    this.extra = null
  }
}

/** Slots that stand in the instance itself. */
export const INLINE_SLOTS = 6

/** The parts of an instance that few have. */
export interface InstanceExtra extends WeakReferable {
  /** Slots from number `INLINE_SLOTS` on. */
  readonly slots: (Owned<Value> | undefined)[]
  /** The instance's `__dict__`, once it was asked for: it then holds all attributes, and the shape none. */
  dict: Owned<PyDict> | null
}

export type PyDict = PyObject<DictTable>
export type PySet = PyObject<SetTable>
export type PyList = PyObject<Owned<Value>[]>
export type PyTuple = PyObject<readonly Owned<Value>[]>
/** Any `str` value of the exact type. */
export type PyStr = string | PyObject

type Unary = (self: Value) => Owned<Value>
/** Gives `NotImplemented` where it does not know the operands. */
type Binary = (lhs: Value, rhs: Value) => Owned<Value>
type Ternary = (base: Value, exponent: Value, modulus: Value) => Owned<Value>

/** How a dict finds a key of a type; see `dict_table.ts`. */
export type KeyKind = 0 | 1 | 2 | 3 | 4 | 5 | 6

/** Rich comparison operators: CPython's numbers. */
export const Py_LT = 0
export const Py_LE = 1
export const Py_EQ = 2
export const Py_NE = 3
export const Py_GT = 4
export const Py_GE = 5

/**
 * A Python type. The slots have CPython's names and meaning; parameters are borrowed, results owned. Where C returns
 * NULL without an exception, a slot returns `undefined`.
 */
export class PyType extends PyObject<TypeData> {
  /** CPython's `tp_name`, which messages show: of builtin types with the module unless it is `builtins`, else `__name__`. */
  name: string
  base: PyType | null = null
  bases: readonly PyType[] = []
  mro: readonly PyType[] = []
  /** What `__dict__` shows; a builtin type fills it when it is first looked into (`typeDict`). */
  dict: DictTable | null = null
  /** Fills `dict`; `null` once done. */
  pending: (() => void) | null = null
  /** Changes whenever an attribute of the type or of a base changes; unique among all types. */
  version = 0
  flags = 0
  tracked = false
  keyKind: KeyKind = 0
  /** Attributes found in the MRO, by name, `null` for what is not there; emptied when `version` changes. */
  readonly lookups: Map<string, Value | null> = new Map()

  tp_dealloc: ((self: PyObject) => void) | undefined = undefined
  tp_finalize: ((self: PyObject) => void) | undefined = undefined
  tp_traverse: ((self: PyObject, visit: (child: PyObject) => void) => void) | undefined = undefined
  tp_clear: ((self: PyObject) => void) | undefined = undefined
  tp_weakrefs: ((self: PyObject, create: boolean) => WeakReferable | null) | undefined = undefined
  /** The instance dict of builtin objects that have one (modules, functions, …), made if `create` is true. */
  tp_dict: ((self: PyObject, create: boolean) => PyDict | null) | undefined = undefined

  tp_repr: Unary | undefined = undefined
  tp_str: Unary | undefined = undefined
  tp_hash: ((self: Value) => number | bigint) | undefined = undefined
  /** `kwnames` names the last arguments. */
  tp_call: ((self: PyObject, args: readonly Value[], kwnames: KeywordNames) => Owned<Value>) | undefined = undefined
  tp_new: ((type: PyType, args: readonly Value[], kwnames: KeywordNames) => Owned<Value>) | undefined = undefined
  tp_init: ((self: Value, args: readonly Value[], kwnames: KeywordNames) => void) | undefined = undefined
  /** Makes an empty object of this type, for `tp_new`s that serve subclasses. */
  tp_alloc: ((type: PyType) => Owned<PyObject>) | undefined = undefined
  /** `undefined` for a missing attribute, without an exception. */
  tp_getattro: ((self: Value, name: PyStr) => Owned<Value> | undefined) | undefined = undefined
  /** Sets, or deletes where `value` is `undefined`. */
  tp_setattro: ((self: Value, name: PyStr, value: Value | undefined) => void) | undefined = undefined
  tp_richcompare: ((lhs: Value, rhs: Value, op: number) => Owned<Value>) | undefined = undefined
  tp_iter: Unary | undefined = undefined
  /** `undefined` when exhausted. */
  tp_iternext: ((self: PyObject) => Owned<Value> | undefined) | undefined = undefined
  /** `instance` is `undefined` for access through the type. */
  tp_descr_get: ((self: PyObject, instance: Value | undefined, owner: PyType | undefined) => Owned<Value>) | undefined =
    undefined
  tp_descr_set: ((self: PyObject, instance: Value, value: Value | undefined) => void) | undefined = undefined

  nb_add: Binary | undefined = undefined
  nb_subtract: Binary | undefined = undefined
  nb_multiply: Binary | undefined = undefined
  nb_remainder: Binary | undefined = undefined
  nb_divmod: Binary | undefined = undefined
  nb_power: Ternary | undefined = undefined
  nb_negative: Unary | undefined = undefined
  nb_positive: Unary | undefined = undefined
  nb_absolute: Unary | undefined = undefined
  nb_bool: ((self: Value) => boolean) | undefined = undefined
  nb_invert: Unary | undefined = undefined
  nb_lshift: Binary | undefined = undefined
  nb_rshift: Binary | undefined = undefined
  nb_and: Binary | undefined = undefined
  nb_xor: Binary | undefined = undefined
  nb_or: Binary | undefined = undefined
  nb_int: Unary | undefined = undefined
  nb_float: Unary | undefined = undefined
  nb_inplace_add: Binary | undefined = undefined
  nb_inplace_subtract: Binary | undefined = undefined
  nb_inplace_multiply: Binary | undefined = undefined
  nb_inplace_remainder: Binary | undefined = undefined
  nb_inplace_power: Ternary | undefined = undefined
  nb_inplace_lshift: Binary | undefined = undefined
  nb_inplace_rshift: Binary | undefined = undefined
  nb_inplace_and: Binary | undefined = undefined
  nb_inplace_xor: Binary | undefined = undefined
  nb_inplace_or: Binary | undefined = undefined
  nb_floor_divide: Binary | undefined = undefined
  nb_true_divide: Binary | undefined = undefined
  nb_inplace_floor_divide: Binary | undefined = undefined
  nb_inplace_true_divide: Binary | undefined = undefined
  nb_index: Unary | undefined = undefined
  nb_matrix_multiply: Binary | undefined = undefined
  nb_inplace_matrix_multiply: Binary | undefined = undefined

  sq_length: ((self: Value) => number) | undefined = undefined
  sq_concat: Binary | undefined = undefined
  sq_repeat: ((self: Value, count: number) => Owned<Value>) | undefined = undefined
  /** The index is not negative unless the caller's was below minus the length. */
  sq_item: ((self: Value, index: number) => Owned<Value>) | undefined = undefined
  sq_ass_item: ((self: Value, index: number, value: Value | undefined) => void) | undefined = undefined
  sq_contains: ((self: Value, value: Value) => boolean) | undefined = undefined
  sq_inplace_concat: Binary | undefined = undefined
  sq_inplace_repeat: ((self: Value, count: number) => Owned<Value>) | undefined = undefined

  mp_length: ((self: Value) => number) | undefined = undefined
  mp_subscript: Binary | undefined = undefined
  mp_ass_subscript: ((self: Value, key: Value, value: Value | undefined) => void) | undefined = undefined

  am_await: Unary | undefined = undefined
  am_aiter: Unary | undefined = undefined
  am_anext: Unary | undefined = undefined
  /** `undefined` when the iterator has returned; its value is then in `thread.returned`. */
  am_send: ((self: PyObject, value: Value) => Owned<Value> | undefined) | undefined = undefined

  /** The memory that the buffer protocol gives out (`buffer.ts`). */
  bf_getbuffer: ((self: PyObject, flags: number) => PyBuffer) | undefined = undefined

  constructor(metatype: PyType | undefined, name: string) {
    // `type` is its own type: the first one made fills it in itself.
    super(metatype as PyType, {
      weakrefs: null,
      module: 'builtins',
      qualname: name,
      doc: undefined,
      subclasses: null,
      slotCount: 0,
      rootShape: null,
      basicsize: 0,
      itemsize: 0,
      solidBase: null,
      noDict: false,
      abstract: false,
      dictoffset: 0,
      weaklistoffset: 0,
      slots: null,
      dictObject: null,
      basesTuple: null,
      mroTuple: null,
      presentSlots: null,
    })
    if (metatype === undefined) this.type = this
    this.name = name
  }
}

/** A view of memory that an object exports, as CPython's `Py_buffer`. */
export interface PyBuffer {
  /** The exporter, kept alive by the view; `null` once released. */
  owner: Owned<PyObject> | null
  bytes: Uint8Array
  /** Where the first item stands in `bytes`; 0 unless a view with negative strides was asked for. */
  readonly offset: number
  readonly readonly: boolean
  readonly itemsize: number
  /** A `struct` format, or `null` for unsigned bytes. */
  readonly format: string | null
  readonly shape: readonly number[]
  readonly strides: readonly number[]
  /** Gives up the view and the reference to the exporter; later calls do nothing. */
  release(): void
}

/** What only some places want to know of a type. */
export interface TypeData extends WeakReferable {
  /** The module of a builtin type; classes written in Python have `__module__` in their dict. */
  module: string
  qualname: Value
  doc: string | undefined
  /** Classes that name this one as a base; not owned, they leave when they end. */
  subclasses: Set<PyType> | null
  /** Slots that `__slots__` of this class and its bases take in an instance. */
  slotCount: number
  /** The shape of new instances. */
  rootShape: Shape | null
  /** The sizes and offsets of CPython's 64-bit instances: `type_layout.ts` decides by them which bases go together. */
  basicsize: number
  itemsize: number
  /** The builtin type whose `data` the instances have. */
  solidBase: PyType | null
  /** Instances have no `__dict__`: all classes from the solid base on say `__slots__` without it. */
  noDict: boolean
  abstract: boolean
  /** CPython's `tp_dictoffset` and `tp_weaklistoffset`: zero where instances have no dict or no weak references. */
  dictoffset: number
  weaklistoffset: number
  /** The names that `__slots__` of the class itself adds, sorted; `null` where there is no `__slots__`. */
  slots: readonly string[] | null
  /** The dict behind `__dict__`, once it was asked for: it shares the table `dict` of the type. */
  dictObject: Owned<PyDict> | null
  /** The tuples behind `__bases__` and `__mro__`: those of classes own what `bases` and `mro` show. */
  basesTuple: Owned<PyTuple> | null
  mroTuple: Owned<PyTuple> | null
  /** The slots that a type has, of those that others inherit, and perhaps some more; `null` where not known. */
  presentSlots: readonly string[] | null
}

/** Bits of `PyType.flags`: CPython's numbers. */
export const TPFLAGS_MANAGED_DICT = 1 << 4
export const TPFLAGS_SEQUENCE = 1 << 5
export const TPFLAGS_MAPPING = 1 << 6
export const TPFLAGS_DISALLOW_INSTANTIATION = 1 << 7
export const TPFLAGS_IMMUTABLETYPE = 1 << 8
export const TPFLAGS_HEAPTYPE = 1 << 9
export const TPFLAGS_BASETYPE = 1 << 10
export const TPFLAGS_READY = 1 << 12
export const TPFLAGS_HAVE_GC = 1 << 14
export const TPFLAGS_METHOD_DESCRIPTOR = 1 << 17
export const TPFLAGS_IS_ABSTRACT = 1 << 20
export const TPFLAGS_MATCH_SELF = 1 << 22
export const TPFLAGS_LONG_SUBCLASS = 1 << 24
export const TPFLAGS_LIST_SUBCLASS = 1 << 25
export const TPFLAGS_TUPLE_SUBCLASS = 1 << 26
export const TPFLAGS_BYTES_SUBCLASS = 1 << 27
export const TPFLAGS_UNICODE_SUBCLASS = 1 << 28
export const TPFLAGS_DICT_SUBCLASS = 1 << 29
export const TPFLAGS_BASE_EXC_SUBCLASS = 1 << 30
export const TPFLAGS_TYPE_SUBCLASS = 1 << 31

/** A new object, owned by the caller. */
export function newObject<D>(type: PyType, data: D): Owned<PyObject<D>> {
  return new PyObject(type, data) as Owned<PyObject<D>>
}

/** An object that is never freed, such as `None`. */
export function immortal<T extends PyObject>(object: T): Owned<T> {
  object.rc = IMMORTAL
  return object as Owned<T>
}
