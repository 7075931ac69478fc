import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { genericGetAttr, lookupAttr } from './attributes.ts'
import { defineType } from './define.ts'
import { runtimeError, typeError } from './errors.ts'
import { newOf } from './instance.ts'
import { newText, none } from './make.ts'
import type { KeywordNames, PyObject, PyStr, PyType, Value } from './object.ts'
import { call } from './protocols.ts'
import { typeDict } from './type_dict.ts'
import { isInstanceOf, isSubtype, None, superType, type TypeFor, typeOf, typeType } from './types.ts'

/** The `data` of a `super` object. */
interface SuperData {
  type: Owned<PyType> | null
  self: Owned<Value> | null
  selfType: Owned<PyType> | null
}

type PySuper = PyObject<SuperData>

/** What `super()` without arguments takes from the running frame, both borrowed; the machine sets it. */
export const superHooks: { current: () => { readonly type: PyType; readonly self: Value } } = {
  current: () => {
    throw runtimeError('super(): no current frame')
  },
}

/** The class whose MRO the search goes along, owned: of the object, or the object itself (`supercheck`). */
function classOf(type: PyType, self: Value): Owned<PyType> {
  if (isInstanceOf(self, typeType) && isSubtype(self as unknown as PyType, type)) return keep(self as unknown as PyType)
  const own = typeOf(self)
  if (isSubtype(own, type)) return keep(own)
  const shown = lookupAttr(self, '__class__')
  if (shown !== undefined) {
    if (isInstanceOf(shown, typeType) && (shown as unknown as PyType) !== own) {
      if (isSubtype(shown as unknown as PyType, type)) return shown as unknown as Owned<PyType>
    }
    drop(shown)
  }
  throw typeError('super(type, obj): obj must be an instance or subtype of type')
}

/** The `data` of `super(type, self)`. */
function bound(type: PyType, self: Value): SuperData {
  return { selfType: classOf(type, self), type: keep(type), self: keep(self) }
}

/**
 * `super(type, self).name` without an object in between: the attribute, owned, or `undefined` where the classes behind
 * `type` in the MRO have none. `selfType` is the class whose MRO it is.
 */
export function superLookup(type: PyType, self: Value, selfType: PyType, name: PyStr): Owned<Value> | undefined {
  const { mro } = selfType
  // Without the type in the MRO, the search begins after its last entry: nowhere.
  let at = 0
  while (at < mro.length - 1 && mro[at] !== type) at++
  for (let i = at + 1; i < mro.length; i++) {
    const found = typeDict(mro[i]!).get(name)
    if (found === undefined) continue
    const get = typeof found === 'object' ? found.type.tp_descr_get : undefined
    if (get === undefined) return keep(found)
    keep(found)
    try {
      return get(found as PyObject, self === (selfType as Value) ? undefined : self, selfType)
    } finally {
      drop(found)
    }
  }
  return undefined
}

function getAttribute(object: PySuper, name: PyStr): Owned<Value> | undefined {
  const { type, self, selfType } = object.data
  if (selfType !== null && name !== '__class__') {
    const found = superLookup(type!, self!, selfType, name)
    if (found !== undefined) return found
  }
  return genericGetAttr(object, name)
}

function initialize(object: PySuper, args: readonly Value[], kwnames: KeywordNames): void {
  if (kwnames !== null && kwnames.length > 0) throw typeError('super() takes no keyword arguments')
  if (args.length > 2) throw typeError(`super() expected at most 2 arguments, got ${args.length}`)
  let type: PyType
  let self: Value | undefined
  if (args.length === 0) ({ type, self } = superHooks.current())
  else {
    const [first] = args as [Value]
    if (!isInstanceOf(first, typeType)) {
      throw typeError(`super() argument 1 must be a type, not ${typeOf(first).name}`)
    }
    type = first as unknown as PyType
    self = args[1]
  }
  const next: SuperData =
    self === undefined || self === None ? { type: keep(type), self: null, selfType: null } : bound(type, self)
  const { data } = object
  const old = { ...data }
  Object.assign(data, next)
  dropParts(old)
}

function dropParts({ type, self, selfType }: SuperData): void {
  drop(self)
  drop(type)
  drop(selfType)
}

const typeName = (type: PyType | null) => (type === null ? 'NULL' : type.name)

/** Defines `super`. */
export function defineSuperType(): void {
  defineType(superType as TypeFor<PySuper>, () => ({
    slots: {
      tp_new: (type: PyType) => newOf<SuperData>(type, { type: null, self: null, selfType: null }),
      tp_init: initialize,
      tp_getattro: getAttribute,
      tp_repr: ({ data }) =>
        newText(
          data.selfType === null
            ? `<super: <class '${typeName(data.type)}'>, NULL>`
            : `<super: <class '${typeName(data.type)}'>, <${data.selfType.name} object>>`,
        ),
      tp_descr_get: (self, instance) => {
        const { data } = self
        if (instance === undefined || instance === None || data.self !== null) return keep<Value>(self)
        if (self.type !== superType) return call(self.type, data.type === null ? [] : [data.type, instance])
        return newOf<SuperData>(superType, bound(data.type!, instance))
      },
      tp_dealloc: ({ data }) => dropParts(data),
      tp_traverse: ({ data }, visit) => {
        if (typeof data.self === 'object' && data.self !== null) visit(data.self)
        if (data.type !== null) visit(data.type)
        if (data.selfType !== null) visit(data.selfType)
      },
    },
    members: {
      __thisclass__: ({ data }) => (data.type === null ? none() : keep<Value>(data.type)),
      __self__: ({ data }) => (data.self === null ? none() : keep<Value>(data.self)),
      __self_class__: ({ data }) => (data.selfType === null ? none() : keep<Value>(data.selfType)),
    },
  }))
}
