import { type Complex, Ellipsis as EllipsisConstant, Float, FrozenSet } from '../base/values.ts'
import type { CodeConstant } from '../bytecode/code.ts'
import { asStr } from '../objects/access.ts'
import type { DictTable } from '../objects/dict_table.ts'
import type { PyFloat, PyObject, Value } from '../objects/object.ts'
import {
  bytesType,
  codeType,
  complexType,
  Ellipsis,
  floatType,
  frozensetType,
  None,
  strType,
  tupleType,
} from '../objects/types.ts'
import type { PyCode } from './code.ts'

function all(values: readonly Value[]): CodeConstant[] | undefined {
  const constants: CodeConstant[] = []
  for (const value of values) {
    const constant = codeConstant(value)
    if (constant === undefined) return undefined
    constants.push(constant)
  }
  return constants
}

/** The compiler's constant of a Python value; `undefined` for what no compiled program could hold. */
export function codeConstant(value: Value): CodeConstant | undefined {
  if (typeof value !== 'object') return value
  if (value === None) return null
  if (value === Ellipsis) return EllipsisConstant
  switch (value.type) {
    case strType:
      return asStr(value)
    case bytesType:
      return value.data as Uint8Array
    case floatType:
      return new Float((value as PyFloat).data)
    case complexType:
      return value.data as Complex
    case codeType:
      return (value as PyCode).data.object
    case tupleType:
      return all(value.data as readonly Value[]) as CodeConstant | undefined
    case frozensetType: {
      const table = (value as PyObject<DictTable>).data
      const items = all(table.keys.filter((key) => key !== undefined))
      return items === undefined ? undefined : new FrozenSet(items as ConstructorParameters<typeof FrozenSet>[0])
    }
    default:
      return undefined
  }
}
