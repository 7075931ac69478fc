import { strToUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import { asStr, utf16 } from '../objects/access.ts'
import { lookupAttr } from '../objects/attributes.ts'
import { isException, typeError } from '../objects/errors.ts'
import { PyExc_AttributeError } from '../objects/exception_types.ts'
import type { PyDict, Value } from '../objects/object.ts'
import { callMethod, strText } from '../objects/protocols.ts'
import { forEach, getItem } from '../objects/sequence_protocol.ts'
import { dictType, None, typeOf } from '../objects/types.ts'

/** How messages about a call name the callable: `module.qualname()` (CPython's `_PyObject_FunctionStr`). */
export function callableName(callable: Value): string {
  const qualname = lookupAttr(callable, '__qualname__')
  if (qualname === undefined || asStr(qualname) === undefined) {
    drop(qualname)
    return strToUtf16(strText(callable))
  }
  const name = utf16(qualname)
  drop(qualname)
  const module = lookupAttr(callable, '__module__')
  let text = `${name}()`
  if (module !== undefined && module !== None && asStr(module) !== undefined && module !== 'builtins') {
    text = `${utf16(module)}.${text}`
  }
  drop(module)
  return text
}

/** Appends the keyword arguments of a mapping to a call's names and arguments, borrowed from the mapping. */
export function mergeKeywords(callable: Value, mapping: Value, names: Value[], args: Value[]): void {
  const table = typeof mapping === 'object' && mapping.type === dictType ? (mapping as PyDict).data : undefined
  if (table === undefined) {
    throw typeError(`${callableName(callable)} argument after ** must be a mapping, not ${typeOf(mapping).name}`)
  }
  for (let i = table.next(0); i >= 0; i = table.next(i + 1)) {
    const key = table.keys[i]!
    if (asStr(key) === undefined) throw typeError('keywords must be strings')
    names.push(key)
    args.push(table.values[i]!)
  }
}

/** DICT_MERGE: adds a mapping's items to the keyword arguments of a call; a key that is there is an error. */
export function mergeInto(callable: Value, target: PyDict, mapping: Value): void {
  if (typeof mapping === 'object' && mapping.type === dictType) {
    const table = (mapping as PyDict).data
    for (let i = table.next(0); i >= 0; i = table.next(i + 1)) {
      mergeOne(callable, target, table.keys[i]!, table.values[i]!)
    }
    return
  }
  const notMapping = () =>
    typeError(`${callableName(callable)} argument after ** must be a mapping, not ${typeOf(mapping).name}`)
  let keys: Value
  try {
    keys = callMethod(mapping, 'keys', [])
  } catch (error) {
    if (!isException(error, PyExc_AttributeError)) throw error
    drop(error)
    throw notMapping()
  }
  try {
    forEach(keys, (key) => {
      const value = getItem(mapping, key)
      try {
        mergeOne(callable, target, key, value)
      } finally {
        drop(value)
      }
    })
  } finally {
    drop(keys)
  }
}

function mergeOne(callable: Value, target: PyDict, key: Value, value: Value): void {
  if (target.data.has(key)) {
    const name = strToUtf16(strText(key))
    throw typeError(`${callableName(callable)} got multiple values for keyword argument '${name}'`)
  }
  target.data.set(key, keep(value))
}
