import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt } from './access.ts'
import { lookupSpecial } from './attributes.ts'
import { isException, typeError, valueError } from './errors.ts'
import { PyExc_TypeError } from './exception_types.ts'
import type { Value } from './object.ts'
import { call } from './protocols.ts'
import { NotImplemented, typeOf } from './types.ts'

/**
 * How many items an iterable will probably give: `len`, or `__length_hint__`; `undefined` where neither tells
 * (`PyObject_LengthHint`). A TypeError of either counts as not telling.
 */
export function lengthHint(value: Value): Owned<Value> | undefined {
  const type = typeOf(value)
  const length = type.sq_length ?? type.mp_length
  if (length !== undefined) {
    try {
      return length(value)
    } catch (error) {
      if (!isException(error, PyExc_TypeError)) throw error
      drop(error)
    }
  }
  const method = lookupSpecial(value, '__length_hint__')
  if (method === undefined) return undefined
  let result: Owned<Value>
  try {
    result = call(method, [])
  } catch (error) {
    if (!isException(error, PyExc_TypeError)) throw error
    drop(error)
    return undefined
  } finally {
    drop(method)
  }
  if (result === NotImplemented) return undefined
  const hint = asInt(result)
  const { name } = typeOf(result)
  drop(result)
  if (hint === undefined) throw typeError(`__length_hint__ must be an integer, not ${name}`)
  if (hint < 0) throw valueError('__length_hint__() should return >= 0')
  return hint
}
