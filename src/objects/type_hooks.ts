import type { Owned } from '../memory/header.ts'
import { missing } from './errors.ts'
import type { Value } from './object.ts'

/** `types.GenericAlias(origin, args)`: what `__class_getitem__` of builtin types gives; set by the file of that type. */
export const genericAliasHook: { make: (origin: Value, args: Value) => Owned<Value> } = {
  make: () => {
    throw missing('types.GenericAlias')
  },
}

/** `lhs | rhs` of two types: what `type.__or__` gives; set by the file of unions. */
export const unionHook: { or: (lhs: Value, rhs: Value) => Owned<Value> } = {
  or: () => {
    throw missing('types.UnionType')
  },
}

/** `import name`: gives the module, owned; the machine sets it. */
export const importHook: { module: (name: string) => Owned<Value> } = {
  module: (name) => {
    throw missing(`the module ${name}`)
  },
}

/**
 * What the documentation says of a builtin: of a type (`owner` with an empty `name`), of its attribute, of a module's
 * function. `owner` is the type's `tp_name`, such as `list` or `collections.deque`, or the module's name; `undefined` where
 * the documentation does not know it. `signatureOf` gives `null` where CPython shows no `__text_signature__`.
 */
export const docHook: {
  docOf: (owner: string, name: string) => string | undefined
  signatureOf: (owner: string, name: string) => string | null | undefined
} = { docOf: () => undefined, signatureOf: () => undefined }
