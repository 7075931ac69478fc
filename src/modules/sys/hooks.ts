import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getAttr, lookupAttr, setAttr } from '../../objects/attributes.ts'
import { isException, runtimeError } from '../../objects/errors.ts'
import {
  PyExc_AttributeError,
  PyExc_ImportError,
  PyExc_RuntimeWarning,
  PyExc_UnicodeEncodeError,
} from '../../objects/exception_types.ts'
import type { KeywordNames, Value } from '../../objects/object.ts'
import { call, callMethod, repr } from '../../objects/protocols.ts'
import { None } from '../../objects/types.ts'
import { warn } from '../../objects/warn.ts'
import { importedModule, importModule } from '../../vm/import.ts'
import { sysAttribute } from '../../vm/interpreter.ts'
import { platform } from '../../vm/platform.ts'
import { writeTo } from '../../vm/warning_display.ts'

/** Writes a `repr` that the stream's encoding cannot express, with escapes (`sys_displayhook_unencodable`). */
function writeUnencodable(stream: Value, value: Value): void {
  const encodingName = getAttr(stream, 'encoding')
  const text = repr(value)
  const encoded = callMethod(text, 'encode', [encodingName, 'backslashreplace'])
  const buffer = lookupAttr(stream, 'buffer')
  if (buffer !== undefined) {
    drop(callMethod(buffer, 'write', [encoded]))
    drop(buffer)
  } else {
    const escaped = callMethod(encoded, 'decode', [encodingName, 'strict'])
    drop(callMethod(stream, 'write', [escaped]))
    drop(escaped)
  }
  drop(encoded)
  drop(text)
  drop(encodingName)
}

/** `sys.displayhook(value)`. */
export function displayHook(value: Value): void {
  const builtins = importedModule('builtins')
  if (builtins === undefined) throw runtimeError('lost builtins module')
  try {
    if (value === None) return
    setAttr(builtins, '_', None)
    const stream = sysAttribute('stdout')
    if (stream === undefined || stream === None) throw runtimeError('lost sys.stdout')
    keep(stream)
    try {
      const text = repr(value)
      try {
        drop(callMethod(stream, 'write', [text]))
      } catch (error) {
        if (!isException(error, PyExc_UnicodeEncodeError)) throw error
        drop(error)
        writeUnencodable(stream, value)
      } finally {
        drop(text)
      }
      writeTo(stream, '\n')
    } finally {
      drop(stream)
    }
    setAttr(builtins, '_', value)
  } finally {
    drop(builtins)
  }
}

/** A variable of the process's environment as text. */
function environment(name: string): string | undefined {
  const value = platform().processes.variable(name)
  return value === undefined || typeof value === 'string' ? value : new TextDecoder().decode(value)
}

/** `sys.breakpointhook(*args, **kws)`: calls what PYTHONBREAKPOINT names, `pdb.set_trace` without it. */
export function breakpointHook(args: readonly Value[], kwnames: KeywordNames): Owned<Value> | undefined {
  const wanted = environment('PYTHONBREAKPOINT') || 'pdb.set_trace'
  if (wanted === '0') return undefined
  const dot = wanted.lastIndexOf('.')
  let hook: Owned<Value> | undefined
  if (dot !== 0) hook = findHook(dot < 0 ? 'builtins' : wanted.slice(0, dot), wanted.slice(dot + 1))
  if (hook === undefined) {
    warn(PyExc_RuntimeWarning, `Ignoring unimportable $PYTHONBREAKPOINT: "${wanted}"`, 0)
    return undefined
  }
  try {
    return call(hook, args, kwnames)
  } finally {
    drop(hook)
  }
}

function findHook(moduleName: string, name: string): Owned<Value> | undefined {
  let module: Owned<Value> | undefined
  try {
    module = importModule(moduleName)
    return getAttr(module, name)
  } catch (error) {
    if (!isException(error, PyExc_ImportError) && !isException(error, PyExc_AttributeError)) throw error
    drop(error)
    return undefined
  } finally {
    drop(module)
  }
}
