import { type Str, strCodePoints, strLength } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import { asInt, asStr } from './access.ts'
import { DictTable } from './dict_table.ts'
import { isException, typeError, valueError } from './errors.ts'
import { PyExc_LookupError } from './exception_types.ts'
import { none } from './make.ts'
import type { PyDict, Value } from './object.ts'
import { getItem } from './sequence_protocol.ts'
import { strTranslate, type Translation } from './text/str_replace.ts'
import { dictType, None, typeOf } from './types.ts'

/** `str.translate(table)`: the table is asked for each code point. */
export function translate(value: Str, table: Value): Str {
  return strTranslate(value, (cp) => lookup(table, cp))
}

function lookup(table: Value, cp: number): Translation {
  let found: Value
  try {
    found = getItem(table, cp)
  } catch (error) {
    if (!isException(error, PyExc_LookupError)) throw error
    drop(error)
    return undefined
  }
  try {
    if (found === None) return null
    const text = asStr(found)
    if (text !== undefined) return text
    const number = asInt(found)
    if (number === undefined) throw typeError('character mapping must return integer, None or str')
    if (number < 0 || number > 0x10ffff) throw valueError('character mapping must be in range(0x110000)')
    return Number(number)
  } finally {
    drop(found)
  }
}

/** The table of `str.maketrans`. */
export function maketrans(x: Value, y: Str | undefined, z: Str | undefined): DictTable {
  const table = new DictTable()
  if (y !== undefined) {
    const from = asStr(x)
    if (from === undefined) throw typeError('first maketrans argument must be a string if there is a second argument')
    if (strLength(from) !== strLength(y)) throw valueError('the first two maketrans arguments must have equal length')
    const [keys, values] = [strCodePoints(from), strCodePoints(y)]
    keys.forEach((cp, i) => {
      table.set(cp, values[i]!)
    })
    if (z !== undefined) for (const cp of strCodePoints(z)) table.set(cp, none())
    return table
  }
  if (typeof x !== 'object' || typeOf(x) !== dictType) {
    throw typeError('if you give only one argument to maketrans it must be a dict')
  }
  const { data } = x as PyDict
  for (let i = data.next(0); i >= 0; i = data.next(i + 1)) {
    const key = data.keys[i]!
    const text = asStr(key)
    if (text !== undefined) {
      if (strLength(text) !== 1) throw valueError('string keys in translate table must be of length 1')
      table.set(strCodePoints(text)[0]!, keep<Value>(data.values[i]!))
    } else if (asInt(key) !== undefined) table.set(key, keep<Value>(data.values[i]!))
    else throw typeError('keys in translate table must be strings or integers')
  }
  return table
}
