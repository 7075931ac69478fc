import { drop, keep } from '../../memory/counted.ts'
import { collect } from '../../memory/gc.ts'
import type { Owned } from '../../memory/header.ts'
import { gcState, pollWords, WORD_IMPORTS } from '../../memory/state.ts'
import { asStr } from '../../objects/access.ts'
import { lookupAttr } from '../../objects/attributes.ts'
import { fillModules } from '../../objects/deferred_module.ts'
import type { PyModule } from '../../objects/define_module.ts'
import type { DictTable } from '../../objects/dict_table.ts'
import { toException } from '../../objects/errors.ts'
import { none } from '../../objects/make.ts'
import type { Value } from '../../objects/object.ts'
import { callMethod, isTrue } from '../../objects/protocols.ts'
import { isInstanceOf, moduleType, None } from '../../objects/types.ts'
import { unraisable } from '../../objects/unraisable.ts'
import { newWeakRef, type PyWeakRef, referentOf, refType } from '../../objects/weakref.ts'
import { getModule } from '../../vm/import.ts'
import { interpreter, setSysAttribute, sysAttribute } from '../../vm/interpreter.ts'
import { sysDict } from '../../vm/sys_state.ts'
import { runExitFunctions } from '../atexit.ts'
import { reportGarbage } from '../gc.ts'
import { canEndAsItIs } from './quick_finish.ts'

/** Waits for the threads that `threading` has started and that are no daemons. */
function waitForThreads(): void {
  const threading = getModule('threading')
  if (threading === undefined) return
  try {
    drop(callMethod(threading, '_shutdown', []))
  } catch (error) {
    unraisable(error, threading)
  } finally {
    drop(threading)
  }
}

/** Whether a stream says that it is closed. */
function isClosed(stream: Value): boolean {
  const closed = lookupAttr(stream, 'closed')
  if (closed === undefined) return false
  const truth = isTrue(closed)
  drop(closed)
  return truth
}

/** Flushes `sys.stdout` and `sys.stderr`; false if `stdout` could not be (`flush_std_files`). */
export function flushStreams(): boolean {
  let good = true
  for (const name of ['stdout', 'stderr']) {
    const stream = sysAttribute(name)
    if (stream === undefined || stream === None) continue
    keep(stream)
    try {
      if (!isClosed(stream)) drop(callMethod(stream, 'flush', []))
    } catch (error) {
      if (name === 'stdout') {
        unraisable(error, stream)
        good = false
      } else drop(toException(error))
    } finally {
      drop(stream)
    }
  }
  return good
}

const SYS_DELETED = [
  'path',
  'argv',
  'ps1',
  'ps2',
  'last_type',
  'last_value',
  'last_traceback',
  'path_hooks',
  'path_importer_cache',
  'meta_path',
  '__interactivehook__',
]

/** Sets what programs can reach through `sys` to None and restores the streams (`finalize_modules_delete_special`). */
function clearSpecial(): void {
  interpreter.builtins!.data.set('_', none())
  for (const name of SYS_DELETED) setSysAttribute(name, none())
  for (const name of ['stdin', 'stdout', 'stderr']) {
    const original = sysAttribute(`__${name}__`)
    setSysAttribute(name, original === undefined ? none() : keep(original))
  }
}

/** Sets all names of a namespace to None: first those with one underscore, then the rest (`_PyModule_ClearDict`). */
function clearNamespace(table: DictTable): void {
  const clear = (wanted: (name: string) => boolean) => {
    for (let i = table.next(0); i >= 0; i = table.next(i + 1)) {
      const key = table.keys[i]
      if (typeof key !== 'string' || asStr(key) === undefined || table.values[i] === None) continue
      if (wanted(key)) table.set(key, none())
    }
  }
  clear((name) => name.startsWith('_') && !name.startsWith('__'))
  clear((name) => name !== '__builtins__')
}

/** Takes all modules out of `sys.modules`: weak references to them, in order (`finalize_remove_modules`). */
function removeModules(): Owned<PyWeakRef>[] {
  const { data } = interpreter.modules
  const removed: Owned<PyWeakRef>[] = []
  for (let i = data.next(0); i >= 0; i = data.next(i + 1)) {
    const module = data.values[i]!
    if (!isInstanceOf(module, moduleType)) continue
    removed.push(newWeakRef(refType, module, undefined))
    data.set(data.keys[i]!, none())
  }
  return removed
}

/** Gives `builtins` what it had before anything ran, which ends what programs have put there. */
function restoreBuiltins(): void {
  const { data } = interpreter.builtins!
  const dropped = data.copy()
  data.clear()
  const { original } = interpreter
  if (original !== null) {
    for (let i = original.next(0); i >= 0; i = original.next(i + 1)) {
      data.set(original.keys[i]!, keep(original.values[i]!))
    }
  }
  dropped.clear()
}

/** Ends all modules (`finalize_modules`). */
function endModules(): void {
  fillModules()
  clearSpecial()
  const removed = removeModules()
  interpreter.modules.data.clear()
  restoreBuiltins()
  collect(2, true)
  reportGarbage()
  for (const reference of removed.reverse()) {
    const module = referentOf(reference)
    if (module !== null) {
      const { dict } = (module as PyModule).data
      keep(module)
      if (dict !== interpreter.builtins && dict !== sysDict) clearNamespace(dict.data)
      drop(module)
    }
    drop(reference)
  }
  clearNamespace(sysDict.data)
  clearNamespace(interpreter.builtins!.data)
  collect(2, true)
}

/** Ends Python, and the process after it, in CPython's order (`Py_FinalizeEx`); false if the output could not be written. */
export function finishInterpreter(): boolean {
  waitForThreads()
  runExitFunctions()
  pollWords[WORD_IMPORTS] = 1
  interpreter.finalizing = true
  let good = flushStreams()
  if (good && canEndAsItIs()) return true
  if (gcState.enabled) collect(2)
  endModules()
  if (!flushStreams()) good = false
  return good
}
