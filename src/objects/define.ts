import { keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { dropKeywords, parseArguments, positionalArguments } from './arguments.ts'
import { typeError } from './errors.ts'
import { none } from './make.ts'
import { type KeywordNames, newObject, type PyObject, type PyType, TPFLAGS_HEAPTYPE, type Value } from './object.ts'
import { type Params, parseSignature, type Signature } from './signature.ts'
import type { SlotName } from './slot_rows.ts'
import { setTypeSignature } from './text_signature.ts'
import { newDocDescriptor } from './type_doc.ts'
import { qualName, shortName } from './type_names.ts'
import { readyBuiltinType } from './type_ready.ts'
import {
  builtinFunctionType,
  classMethodDescriptorType,
  getsetDescriptorType,
  isInstanceOf,
  isSubtype,
  memberDescriptorType,
  methodDescriptorType,
  staticmethodType,
  type TypeFor,
  typeOf,
  typeType,
} from './types.ts'

/** What a builtin gives back: an owned value, or nothing, which is None. */
export type Result = Owned<Value> | void

/** A method of `S` with this signature. */
export type Method<S, Sig extends string> = (self: S, ...args: Params<Sig>) => Result
/** A function of a module, or a static method, with this signature. */
export type BuiltinFunction<Sig extends string> = (...args: Params<Sig>) => Result

/** An attribute computed by a builtin type. `value` is `undefined` for `del`. */
export interface GetSet<S> {
  readonly get: (self: S) => Owned<Value>
  readonly set?: (self: S, value: Value | undefined) => void
}

type WithSelf<F, S> = F extends (self: infer Self, ...rest: infer R) => infer T
  ? Self extends PyType
    ? F
    : (self: S, ...rest: R) => T
  : F

/** Slots whose first parameter is the object itself; binary ones of numbers get their operands in either order. */
type OwnSlot<K extends string> =
  K extends `nb_${'negative' | 'positive' | 'absolute' | 'bool' | 'invert' | 'int' | 'float' | 'index'}`
    ? true
    : K extends `nb_${string}`
      ? false
      : true

/** The slots of a type, with `self` as the type's instances are. */
export type Slots<S> = {
  readonly [K in
    | SlotName
    | 'tp_dealloc'
    | 'tp_traverse'
    | 'tp_clear'
    | 'tp_weakrefs'
    | 'tp_dict'
    | 'bf_getbuffer']?: OwnSlot<K> extends true ? WithSelf<NonNullable<PyType[K]>, S> : NonNullable<PyType[K]>
}

/** How a type is made; all parts but `slots` may be left out. */
export interface TypeSpec<S, M extends string, C extends string, F extends string> {
  readonly slots?: Slots<S>
  readonly methods?: { readonly [Sig in M]: Method<S, Sig> }
  /** Methods that parse their arguments themselves; the signature is for `__text_signature__`. */
  readonly rawMethods?: Readonly<Record<string, (self: S, args: readonly Value[], kwnames: KeywordNames) => Result>>
  readonly classMethods?: { readonly [Sig in C]: Method<PyType, Sig> }
  readonly staticMethods?: { readonly [Sig in F]: BuiltinFunction<Sig> }
  /** Attributes by name: a function for read-only ones. */
  readonly getset?: Readonly<Record<string, GetSet<S> | ((self: S) => Owned<Value>)>>
  /** As `getset`, for what CPython keeps in C fields: shown as members. */
  readonly members?: Readonly<Record<string, GetSet<S> | ((self: S) => Owned<Value>)>>
  /** Class attributes. */
  readonly attributes?: Readonly<Record<string, Value>>
  /** The signature of the constructor, for `__text_signature__` and nothing else. */
  readonly signature?: string
}

/** A builtin function or method: one row of a type's or module's table (CPython's `PyMethodDef`). */
export class MethodDef {
  readonly name: string
  readonly text: string
  readonly run: (...args: unknown[]) => Result
  /** Whether the first parameter of `run` is the object. */
  readonly bound: boolean
  /** The type or module it belongs to, for messages. */
  readonly owner: string
  /** Whether `run` takes the arguments as they come: an array and the keyword names. */
  readonly raw: boolean
  /** Whether it stands in `tp_new` or `tp_init`, where CPython words arity errors in another way. */
  readonly constructs: boolean
  private parsed: Signature | null = null
  /** `Signature.arity`; -2 until the signature is parsed. */
  arity = -2
  /** Whether it is a method of classes: messages then name the class it is called on. */
  ofClass = false
  /** Whether it is a static method. */
  isStatic = false

  constructor(
    text: string,
    run: (...args: never[]) => Result,
    bound: boolean,
    owner: string,
    raw = false,
    constructs = false,
  ) {
    this.name = text.slice(0, text.indexOf('('))
    this.text = text
    this.run = run as (...args: unknown[]) => Result
    this.bound = bound
    this.owner = owner
    this.raw = raw
    this.constructs = constructs
  }

  /** The signature, parsed at the first call. */
  get signature(): Signature {
    if (this.parsed === null) {
      this.parsed = parseSignature(this.text)
      this.arity = this.parsed.arity
    }
    return this.parsed
  }

  /** The name that arity errors show; empty for constructors. */
  get shownName(): string {
    if (this.constructs) return ''
    return this.owner === '' ? this.name : `${this.owner}.${this.name}`
  }
}

/** Calls a builtin with the object it is bound to (`undefined` for plain functions). */
export function callDef(
  def: MethodDef,
  self: Value | undefined,
  args: readonly Value[],
  kwnames: KeywordNames,
): Owned<Value> {
  if (kwnames === null && def.arity === args.length) {
    const result = def.bound ? callBound(def, self, args) : callPlain(def, args)
    return result === undefined ? none() : result
  }
  if (def.raw) {
    const result = def.bound ? def.run(self, args, kwnames) : def.run(args, kwnames)
    return result === undefined ? none() : result
  }
  const { signature } = def
  if (kwnames === null && def.arity === args.length) return callDef(def, self, args, kwnames)
  const quick = kwnames === null ? positionalArguments(signature, args) : null
  if (quick !== null) {
    const result = def.bound ? callBound(def, self, quick) : callPlain(def, quick)
    return result === undefined ? none() : result
  }
  const shownName = def.ofClass ? `${qualName(self as PyType)}.${def.name}` : def.shownName
  const parsed = parseArguments(signature, shownName, args, kwnames)
  try {
    const result = def.bound ? def.run(self, ...parsed) : def.run(...parsed)
    return result === undefined ? none() : result
  } finally {
    dropKeywords(signature, parsed)
  }
}

function callBound({ run }: MethodDef, self: Value | undefined, args: readonly unknown[]): Result {
  switch (args.length) {
    case 0:
      return run(self)
    case 1:
      return run(self, args[0])
    case 2:
      return run(self, args[0], args[1])
    case 3:
      return run(self, args[0], args[1], args[2])
    default:
      return run(self, ...args)
  }
}

function callPlain({ run }: MethodDef, args: readonly unknown[]): Result {
  switch (args.length) {
    case 0:
      return run()
    case 1:
      return run(args[0])
    case 2:
      return run(args[0], args[1])
    case 3:
      return run(args[0], args[1], args[2])
    default:
      return run(...args)
  }
}

/** The data of a `builtin_function_or_method`. */
export interface BuiltinData {
  readonly def: MethodDef
  /** The object a method is bound to, or the module of a function. */
  readonly self: Owned<Value> | undefined
  /** `__module__`, which programs may set. */
  module: Owned<Value> | undefined
  weakrefs: WeakReferences | null
}

/** The data of a `method_descriptor`, `classmethod_descriptor`. */
export interface DescriptorData {
  readonly def: MethodDef
  readonly type: PyType
}

/** The data of a `getset_descriptor` or `member_descriptor`. */
export interface GetSetData {
  readonly name: string
  readonly type: PyType
  readonly get: (self: never) => Owned<Value>
  readonly set: ((self: never, value: Value | undefined) => void) | undefined
  /** Where the value stands in an instance, for members that `__slots__` makes. */
  readonly slot?: number
}

/** A builtin function object; `self` is what it is bound to. */
export function newBuiltin(def: MethodDef, self: Value | undefined, module?: string): Owned<PyObject<BuiltinData>> {
  const data: BuiltinData = { def, self: self === undefined ? undefined : keep(self), module, weakrefs: null }
  const builtin = newObject(builtinFunctionType, data)
  if (typeof self === 'object' && self.type.tracked) track(builtin)
  return builtin
}

/** A plain function of a module. */
export function builtinFunction<const Sig extends string>(
  signature: Sig,
  run: BuiltinFunction<Sig>,
  module?: string,
): Owned<PyObject<BuiltinData>> {
  return newBuiltin(
    new MethodDef(signature, run as unknown as (...args: never[]) => Result, false, ''),
    undefined,
    module,
  )
}

/**
 * A `tp_new` of this signature: `run` gets the type to make and the converted arguments.
 */
export function tpNew<const Sig extends string>(
  signature: Sig,
  run: (type: PyType, ...args: Params<Sig>) => Owned<Value>,
): (type: PyType, args: readonly Value[], kwnames: KeywordNames) => Owned<Value> {
  const def = new MethodDef(signature, run as unknown as (...args: never[]) => Result, true, '', false, true)
  return (type, args, kwnames) => {
    if (kwnames !== null && kwnames.length > 0 && hasOwnInit(type) && !takesKeywords(def.signature)) {
      return callDef(def, type, args.slice(0, args.length - kwnames.length), null)
    }
    return callDef(def, type, args, kwnames)
  }
}

/** Whether a class derived in Python has an `__init__` of its own, for which keywords may be meant. */
function hasOwnInit(type: PyType): boolean {
  let base: PyType | null = type
  while (base !== null && (base.flags & TPFLAGS_HEAPTYPE) !== 0) base = base.base
  return base !== type && base !== null && base.tp_init !== type.tp_init
}

function takesKeywords({ parameters }: Signature): boolean {
  return parameters.some((p) => p.kind !== 'positional-only' && p.kind !== 'varargs')
}

/** A `tp_init` of this signature. */
export function tpInit<S, const Sig extends string>(
  signature: Sig,
  run: (self: S, ...args: Params<Sig>) => void,
): (self: S, args: readonly Value[], kwnames: KeywordNames) => void {
  const def = new MethodDef(signature, run as unknown as (...args: never[]) => Result, true, '', false, true)
  return (self, args, kwnames) => void callDef(def, self as Value, args, kwnames)
}

/**
 * Gives a builtin type its behaviour: slots now, the objects of its `__dict__` when they are first asked for.
 * `type.base` must have been defined before. Returns the type.
 */
export function defineType<S, M extends string, C extends string = never, F extends string = never>(
  type: TypeFor<S>,
  describe: () => TypeSpec<S, M, C, F>,
): PyType {
  const spec = describe()
  Object.assign(type, spec.slots)
  const own = new Set(Object.keys(spec.slots ?? {}))
  if (spec.signature !== undefined) setTypeSignature(type, spec.signature)
  readyBuiltinType(type, own, () => fillDict(type, spec as unknown as TypeSpec<never, string, string, string>))
  return type
}

/** The `__new__` of a builtin type (`tp_new_wrapper`): it checks that the class asked for can be made by this type. */
function newMethodNew(type: PyType): Owned<Value> {
  const run = (self: PyType, args: readonly Value[], kwnames: KeywordNames) => {
    const [subtype] = args
    if (subtype === undefined || args.length - (kwnames?.length ?? 0) < 1) {
      throw typeError(`${type.name}.__new__(): not enough arguments`)
    }
    if (!isInstanceOf(subtype, typeType)) {
      throw typeError(`${type.name}.__new__(X): X is not a type object (${typeOf(subtype).name})`)
    }
    const made = subtype as PyType
    if (!isSubtype(made, type)) {
      throw typeError(`${type.name}.__new__(${made.name}): ${made.name} is not a subtype of ${type.name}`)
    }
    let base: PyType | null = made
    while (base !== null && (base.flags & TPFLAGS_HEAPTYPE) !== 0) base = base.base
    if (base !== null && base.tp_new !== type.tp_new) {
      throw typeError(`${type.name}.__new__(${made.name}) is not safe, use ${base.name}.__new__()`)
    }
    return self.tp_new!(made, args.slice(1), kwnames)
  }
  const def = new MethodDef('__new__(type, /, *args, **kwargs)', run as (...args: never[]) => Result, true, '', true)
  return newBuiltin(def, type)
}

function fillDict(type: PyType, spec: TypeSpec<never, string, string, string>): void {
  const table = type.dict!
  const name = shortName(type)
  if (Object.hasOwn(spec.slots ?? {}, 'tp_new')) table.set('__new__', newMethodNew(type))
  const put = (key: string, value: Owned<Value>) => {
    table.set(key, value)
  }
  for (const [text, run] of Object.entries(spec.methods ?? {})) {
    const def = new MethodDef(text, run as (...args: never[]) => Result, true, name)
    put(def.name, newObject(methodDescriptorType, { def, type }))
  }
  for (const [text, run] of Object.entries(spec.rawMethods ?? {})) {
    const def = new MethodDef(text, run as (...args: never[]) => Result, true, name, true)
    put(def.name, newObject(methodDescriptorType, { def, type }))
  }
  for (const [text, run] of Object.entries(spec.classMethods ?? {})) {
    const def = new MethodDef(text, run as (...args: never[]) => Result, true, name)
    def.ofClass = true
    put(def.name, newObject(classMethodDescriptorType, { def, type }))
  }
  for (const [text, run] of Object.entries(spec.staticMethods ?? {})) {
    const def = new MethodDef(text, run as (...args: never[]) => Result, false, name)
    def.isStatic = true
    const callable = newBuiltin(def, type)
    put(def.name, newObject(staticmethodType, { callable, dict: null }))
  }
  const accessors = (kind: PyType, entries: TypeSpec<never, string, string, string>['getset']) => {
    for (const [key, entry] of Object.entries(entries ?? {})) {
      const accessor = typeof entry === 'function' ? { get: entry } : entry
      put(key, newObject(kind, { name: key, type, get: accessor.get, set: accessor.set }))
    }
  }
  accessors(memberDescriptorType, spec.members)
  accessors(getsetDescriptorType, spec.getset)
  for (const [key, value] of Object.entries(spec.attributes ?? {})) put(key, keep(value))
  if (table.findString('__doc__') < 0) put('__doc__', newDocDescriptor(type))
}
