import { asInt } from '../../objects/access.ts'
import { overflowError, typeError } from '../../objects/errors.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import type { Value } from '../../objects/object.ts'
import { typeOf } from '../../objects/types.ts'

const LONG_MAX = 2n ** 63n - 1n

/** The number of a user or group (`what`: `uid` or `gid`), where -1 means none: `_Py_Uid_Converter` and its words. */
export function toId(value: Value, what: string): number {
  if (asInt(value) === undefined && typeOf(value).nb_index === undefined) {
    throw typeError(`${what} should be integer, not ${typeOf(value).name}`)
  }
  const id = toIndex(value)
  if (id >= -1 && id < 2 ** 32) return Number(id)
  throw overflowError(`${what} is ${id > LONG_MAX ? 'greater than maximum' : 'less than minimum'}`)
}
