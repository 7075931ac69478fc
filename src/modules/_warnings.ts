import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr, utf16 } from '../objects/access.ts'
import { lookupAttr } from '../objects/attributes.ts'
import { defineModule } from '../objects/define_module.ts'
import { typeError } from '../objects/errors.ts'
import { newStr, newText } from '../objects/make.ts'
import { type PyDict, TPFLAGS_DICT_SUBCLASS, type Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { None, typeOf } from '../objects/types.ts'
import { initWarnings, warnAt, warnExplicit, warningCategory, warningState } from '../vm/warnings.ts'

/** A line of a module's source as its loader gives it, owned (`get_source_line`). */
function sourceLine({ data }: PyDict, lineno: number): Owned<Value> | undefined {
  const loader = data.get('__loader__')
  const name = data.get('__name__')
  if (loader === undefined || name === undefined) return undefined
  const getSource = lookupAttr(loader, 'get_source')
  if (getSource === undefined) return undefined
  let source: Owned<Value>
  try {
    source = call(getSource, [name])
  } finally {
    drop(getSource)
  }
  if (asStr(source) === undefined) {
    drop(source)
    return undefined
  }
  const line = utf16(source).split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/)[lineno - 1]
  drop(source)
  return line === undefined ? undefined : newText(line)
}

/** The module `_warnings`. */
export const warningsModule = defineModule('_warnings', () => ({
  functions: {
    '_filters_mutated()': () => {
      warningState.version++
    },
    'warn(message, category = NULL, stacklevel: ssize = 1, source = NULL)': (message, category, stacklevel, source) => {
      warnAt(warningCategory(message, category), message, stacklevel, source)
    },
    'warn_explicit(message, category, filename: str, lineno: int, module = NULL, registry = NULL, module_globals = NULL, source = NULL)':
      (message, category, filename, lineno, module, registry, globals, source) => {
        let line: Owned<Value> | undefined
        if (globals !== undefined && globals !== None) {
          if (typeof globals !== 'object' || (globals.type.flags & TPFLAGS_DICT_SUBCLASS) === 0) {
            throw typeError(`module_globals must be a dict, not '${typeOf(globals).name}'`)
          }
          line = sourceLine(globals as PyDict, lineno)
        }
        const name = newStr(filename)
        try {
          warnExplicit({ message, category, filename: name, lineno, module, registry, sourceLine: line, source })
        } finally {
          drop(line)
          drop(name)
        }
      },
  },
  setup: ({ data }) => {
    initWarnings()
    data.set('filters', keep<Value>(warningState.filters!))
    data.set('_onceregistry', keep<Value>(warningState.onceRegistry!))
    data.set('_defaultaction', keep<Value>(warningState.defaultAction))
  },
}))
