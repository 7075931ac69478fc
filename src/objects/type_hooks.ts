import type { Owned } from '../memory/header.ts'
import { missing } from './errors.ts'
import type { Value } from './object.ts'

/** `types.GenericAlias(origin, args)`: what `__class_getitem__` of builtin types gives; set by the file of that type. */
export const genericAliasHook: { make: (origin: Value, args: Value) => Owned<Value> } = {
  make: () => {
    throw missing('types.GenericAlias')
  },
}
