import { PyError } from '../base/errors.ts'
import { siphash13 } from '../base/siphash.ts'
import { CodeObject } from '../bytecode/code.ts'
import { loads } from '../bytecode/marshal_read.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { utf16 } from '../objects/access.ts'
import { getAttr } from '../objects/attributes.ts'
import { bufferBytes, hasBuffer } from '../objects/buffer.ts'
import { defineModule, newModule } from '../objects/define_module.ts'
import { newException, runtimeError, typeError } from '../objects/errors.ts'
import { PyExc_ImportError } from '../objects/exception_types.ts'
import { newBytes, newDict, newList, newStr, newText, newTuple, none } from '../objects/make.ts'
import type { Value } from '../objects/object.ts'
import { shown } from '../objects/protocols.ts'
import { codeType, None, typeOf } from '../objects/types.ts'
import { builtinModules, createBuiltin } from '../vm/builtin_modules.ts'
import { type Code, newCode, type PyCode } from '../vm/code.ts'
import { type FrozenModule, findFrozen, frozenBytes, frozenCode, frozenNames } from '../vm/frozen.ts'
import { getModule } from '../vm/import.ts'
import { currentBuiltins, interpreter } from '../vm/interpreter.ts'
import { runCode } from '../vm/run_code.ts'

/** How often the running thread holds the import lock. Threads change only between instructions, so no other can wait. */
let lockLevel = 0

function noSuchFrozen(name: Value): unknown {
  return frozenError(`No such frozen object named ${shown(name)}`, name)
}

function frozenError(message: string, name: Value): unknown {
  return newException(PyExc_ImportError, [newText(message)], { msg: newText(message), name: keep(name), path: none() })
}

function frozenInfo(module: FrozenModule, withData: boolean): Owned<Value> {
  const data = withData ? newBytes(frozenBytes(module)) : none()
  return newTuple([data, module.isPackage, module.origin === null ? none() : module.origin])
}

function frozenObject(name: Value, read: () => Owned<PyCode> | null): Owned<PyCode> {
  let code: Owned<PyCode> | null
  try {
    code = read()
  } catch (error) {
    if (!(error instanceof PyError)) throw error
    throw frozenError(`Frozen object named ${shown(name)} is invalid`, name)
  }
  if (code === null) throw typeError(`frozen object ${shown(name)} is not a code object`)
  return code
}

function codeOf(bytes: Uint8Array): Owned<PyCode> | null {
  const value = loads(bytes)
  return value instanceof CodeObject ? newCode(value) : null
}

/** Runs a frozen module's code as a new module (`PyImport_ImportFrozenModule`); `null` where there is none. */
function importFrozen(name: string): Owned<Value> | null {
  const found = findFrozen(name)
  if (found === undefined) return null
  const code = frozenObject(name, () => frozenCode(found))
  const dict = newDict()
  const module = newModule(dict)
  const { data } = dict
  data.set('__name__', name)
  for (const key of ['__doc__', '__package__', '__loader__', '__spec__']) data.set(key, none())
  data.set('__builtins__', keep<Value>(currentBuiltins()))
  if (found.isPackage) data.set('__path__', newList([]))
  if (found.origin !== null) data.set('__origname__', found.origin)
  interpreter.modules.data.set(name, keep<Value>(module))
  drop(runCode(code, dict, dict))
  drop(code)
  const made = getModule(name)
  drop(module)
  return made ?? none()
}

/** Puts another file name into a code object and into those nested in it that have the old one. */
function fixFilename(code: PyCode, path: Value): void {
  const old = utf16(code.data.filename)
  const name = newStr(path as string)
  const seen = new Set<Code>()
  const visit = ({ data }: PyCode): void => {
    if (seen.has(data) || utf16(data.filename) !== old) return
    seen.add(data)
    ;(data as { filename: Value }).filename = name
    ;(data.object as { co_filename: unknown }).co_filename = path
    for (const constant of data.consts) if (typeOf(constant) === codeType) visit(constant as unknown as PyCode)
  }
  visit(code)
}

/** The module `_imp`. */
export const impModule = defineModule('_imp', () => ({
  functions: {
    '_fix_co_filename(code, path: str, /)': (code, path) => {
      if (typeOf(code) !== codeType) {
        throw typeError(`_fix_co_filename() argument 1 must be code, not ${typeOf(code).name}`)
      }
      const text = newStr(path)
      if (utf16((code as PyCode).data.filename) !== utf16(text)) fixFilename(code as PyCode, text)
    },
    '_frozen_module_names()': () => newList(frozenNames()),
    '_override_frozen_modules_for_tests(override: int, /)': (override) => {
      interpreter.overrideFrozen = override
    },
    'acquire_lock()': () => {
      lockLevel++
    },
    'create_builtin(spec, /)': (spec): Owned<Value> => {
      const name = getAttr(spec, 'name')
      try {
        return createBuiltin(utf16(name)) ?? none()
      } finally {
        drop(name)
      }
    },
    'exec_builtin(mod, /)': () => 0,
    'extension_suffixes()': () => newList([]),
    'find_frozen(name: str, /, *, withdata: bool = False)': (name, withData): Owned<Value> => {
      const found = findFrozen(utf16(newStr(name)))
      return found === undefined ? none() : frozenInfo(found, withData)
    },
    'get_frozen_object(name: str, data = None, /)': (name, data): Owned<Value> => {
      const text = newStr(name)
      if (data !== None) {
        if (hasBuffer(data)) return frozenObject(text, () => codeOf(bufferBytes(data)))
        throw typeError(`get_frozen_object() argument 2 must be bytes, not ${typeOf(data).name}`)
      }
      const found = findFrozen(utf16(text))
      if (found === undefined) throw noSuchFrozen(text)
      return frozenObject(text, () => frozenCode(found))
    },
    'init_frozen(name: str, /)': (name): Owned<Value> => importFrozen(utf16(newStr(name))) ?? none(),
    'is_builtin(name: str, /)': (name) => {
      const text = utf16(newStr(name))
      if (text === 'sys' || text === 'builtins') return -1
      return builtinModules.has(text) ? 1 : 0
    },
    'is_frozen(name: str, /)': (name) => findFrozen(utf16(newStr(name))) !== undefined,
    'is_frozen_package(name: str, /)': (name) => {
      const found = findFrozen(utf16(newStr(name)))
      if (found === undefined) throw noSuchFrozen(newStr(name))
      return found.isPackage
    },
    'lock_held()': () => lockLevel > 0,
    'release_lock()': () => {
      if (lockLevel === 0) throw runtimeError('not holding the import lock')
      lockLevel--
    },
    'source_hash(key: index, source: bytes)': (key, source) => newBytes(siphash13(BigInt(key), source)),
  },
  setup: ({ data }) => {
    data.set('check_hash_based_pycs', interpreter.config.checkHashPycs)
  },
}))
