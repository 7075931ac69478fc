import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr, utf16 } from '../objects/access.ts'
import { getAttr, lookupAttr } from '../objects/attributes.ts'
import { importError, isException, typeError } from '../objects/errors.ts'
import { PyExc_IndexError } from '../objects/exception_types.ts'
import type { PyDict, PyObject, PyStr, Value } from '../objects/object.ts'
import { callMethod } from '../objects/protocols.ts'
import { getItem, setItem, toList } from '../objects/sequence_protocol.ts'
import { dictType, listType, typeOf } from '../objects/types.ts'

/** The names that `from module import *` binds; `hidden` says that those with an underscore are left out. */
function exportedNames(module: Value): { names: Owned<Value>; hidden: boolean } {
  const all = lookupAttr(module, '__all__')
  if (all !== undefined) return { names: all, hidden: false }
  const dict = lookupAttr(module, '__dict__')
  if (dict === undefined) throw importError('from-import-* object has no __dict__ and no __all__')
  try {
    const keys = typeOf(dict) === dictType ? keep<Value>(dict) : callMethod(dict, 'keys', [])
    try {
      return { names: toList(keys), hidden: true }
    } finally {
      drop(keys)
    }
  } finally {
    drop(dict)
  }
}

/** The item at an index of any sequence, owned; `undefined` past its end. */
function itemAt(sequence: Value, index: number): Owned<Value> | undefined {
  if (typeof sequence === 'object' && sequence.type === listType) {
    const item = (sequence.data as Owned<Value>[])[index]
    return item === undefined ? undefined : keep<Value>(item)
  }
  try {
    return getItem(sequence, index)
  } catch (error) {
    if (!isException(error, PyExc_IndexError)) throw error
    drop(error)
    return undefined
  }
}

function notAName(module: Value, name: Value, hidden: boolean): unknown {
  const moduleName = getAttr(module, '__name__')
  const found = typeOf(name).name
  if (asStr(moduleName) === undefined) {
    return typeError(`module __name__ must be a string, not ${typeOf(moduleName).name}`)
  }
  const [what, where] = hidden ? ['Key', '__dict__'] : ['Item', '__all__']
  return typeError(`${what} in ${utf16(moduleName)}.${where} must be str, not ${found}`)
}

/** `from module import *` into a namespace (`import_all_from`). */
export function importStar(module: Value, locals: PyObject): void {
  const { names, hidden } = exportedNames(module)
  try {
    for (let i = 0; ; i++) {
      const name = itemAt(names, i)
      if (name === undefined) return
      try {
        if (asStr(name) === undefined) throw notAName(module, name, hidden)
        if (hidden && utf16(name).startsWith('_')) continue
        const value = getAttr(module, name as PyStr)
        if (locals.type === dictType) (locals as PyDict).data.set(name, value)
        else {
          try {
            setItem(locals, name, value)
          } finally {
            drop(value)
          }
        }
      } finally {
        drop(name)
      }
    }
  } finally {
    drop(names)
  }
}
