import type { Str } from '../base/values.ts'
import { strToUtf16 } from '../base/values.ts'
import { asStr } from './access.ts'
import { type PyType, TPFLAGS_HEAPTYPE, type Value } from './object.ts'
import { typeDict } from './type_dict.ts'

/** `type.__name__` in UTF-16. */
export function shortName(type: PyType): string {
  return (type.flags & TPFLAGS_HEAPTYPE) !== 0 ? type.name : type.name.slice(type.name.lastIndexOf('.') + 1)
}

/** `type.__module__` as text, or `undefined` where a program set it to something else. */
export function moduleName(type: PyType): Str | undefined {
  if ((type.flags & TPFLAGS_HEAPTYPE) === 0) return type.data.module
  const module: Value | undefined = typeDict(type).get('__module__')
  return module === undefined ? undefined : asStr(module)
}

/** `type.__qualname__` in UTF-16. */
export function qualName(type: PyType): string {
  return strToUtf16(asStr(type.data.qualname) ?? type.name)
}

/** `module.qualname`, or the bare name for builtins: how `repr` shows a type. */
export function qualifiedName(type: PyType): string {
  const module = moduleName(type)
  const name = qualName(type)
  return module === undefined || module === 'builtins' ? name : `${strToUtf16(module)}.${name}`
}
