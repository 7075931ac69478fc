import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr, utf16 } from '../objects/access.ts'
import { toSsize } from '../objects/arguments.ts'
import { getAttr, lookupAttr } from '../objects/attributes.ts'
import { isException, runtimeError, toException, typeError, valueError } from '../objects/errors.ts'
import * as exceptions from '../objects/exception_types.ts'
import { PyExc_ImportError, PyExc_RuntimeWarning, PyExc_Warning } from '../objects/exception_types.ts'
import { isInstance, isSubclass } from '../objects/instance_check.ts'
import { newDict, newList, newText, newTuple, none } from '../objects/make.ts'
import {
  type PyDict,
  type PyList,
  type PyTuple,
  type PyType,
  TPFLAGS_DICT_SUBCLASS,
  TPFLAGS_LIST_SUBCLASS,
  TPFLAGS_TUPLE_SUBCLASS,
  type Value,
} from '../objects/object.ts'
import { call, callMethod, isTrue, shown, str } from '../objects/protocols.ts'
import { None, strType, typeOf } from '../objects/types.ts'
import { unraisable } from '../objects/unraisable.ts'
import { warningHook } from '../objects/warn.ts'
import { machine } from './frame.ts'
import { getModule, importModule } from './import.ts'
import { interpreter } from './interpreter.ts'
import { sysDict } from './sys_state.ts'
import { currentLine } from './traceback.ts'
import { showWarning } from './warning_display.ts'

/*
 * The machinery of warnings that CPython has in C (Python/_warnings.c): filters, registries, and how a warning is shown.
 */

/** The state that `_warnings` shares with `warnings`, which may replace each part. */
export const warningState: {
  filters: Owned<Value> | null
  onceRegistry: Owned<PyDict> | null
  defaultAction: Owned<Value>
  version: number
} = { filters: null, onceRegistry: null, defaultAction: 'default', version: 0 }

function filter(action: string, category: PyType, module: string | null): Owned<PyTuple> {
  return newTuple([action, none(), keep<Value>(category), module ?? none(), 0])
}

/** Makes the state anew (`_PyWarnings_InitState`). */
export function initWarnings(): void {
  warningState.filters ??= newList([
    filter('default', exceptions.PyExc_DeprecationWarning, '__main__'),
    filter('ignore', exceptions.PyExc_DeprecationWarning, null),
    filter('ignore', exceptions.PyExc_PendingDeprecationWarning, null),
    filter('ignore', exceptions.PyExc_ImportWarning, null),
    filter('ignore', exceptions.PyExc_ResourceWarning, null),
  ])
  warningState.onceRegistry ??= newDict()
  warningState.version = 0
}

/** An attribute of the module `warnings`, owned; the module is imported for it only if `importing` (`get_warnings_attr`). */
function warningsAttribute(name: string, importing: boolean): Owned<Value> | undefined {
  let module: Owned<Value> | undefined
  if (importing && !interpreter.finalizing) {
    try {
      module = importModule('warnings')
    } catch (error) {
      if (!isException(error, PyExc_ImportError)) throw error
      drop(error)
      return undefined
    }
  } else module = getModule('warnings')
  if (module === undefined) return undefined
  try {
    return lookupAttr(module, name)
  } finally {
    drop(module)
  }
}

/** Whether a filter's pattern fits: None fits all, a `str` itself, anything else is a regular expression. */
function fits(pattern: Value, text: Value): boolean {
  if (pattern === None) return true
  if (typeOf(pattern) === strType) return utf16(pattern) === utf16(text)
  const match = callMethod(pattern, 'match', [text])
  const truth = isTrue(match)
  drop(match)
  return truth
}

function onceRegistry(): PyDict {
  const registry = warningsAttribute('onceregistry', false)
  if (registry === undefined) return warningState.onceRegistry!
  if (!isDict(registry)) {
    const { name } = typeOf(registry)
    drop(registry)
    throw typeError(`_warnings.onceregistry must be a dict, not '${name}'`)
  }
  const old = warningState.onceRegistry
  warningState.onceRegistry = registry as Owned<PyDict>
  drop(old)
  return registry
}

function defaultAction(): Value {
  const action = warningsAttribute('defaultaction', false)
  if (action === undefined) return warningState.defaultAction
  if (asStr(action) === undefined) {
    const { name } = typeOf(action)
    drop(action)
    throw typeError(`_warnings.defaultaction must be a string, not '${name}'`)
  }
  const old = warningState.defaultAction
  warningState.defaultAction = action
  drop(old)
  return action
}

function isDict<T extends Value>(value: T): value is T & PyDict {
  return typeof value === 'object' && (value.type.flags & TPFLAGS_DICT_SUBCLASS) !== 0
}

/** The filter that decides, and its action, both owned; None for the filter where the default action holds. */
function findFilter(category: Value, text: Value, lineno: number, module: Value): [Owned<Value>, Owned<Value>] {
  const replaced = warningsAttribute('filters', false)
  if (replaced !== undefined) {
    const old = warningState.filters
    warningState.filters = replaced
    drop(old)
  }
  const { filters } = warningState
  if (typeof filters !== 'object' || filters === null || (filters.type.flags & TPFLAGS_LIST_SUBCLASS) === 0) {
    throw valueError('_warnings.filters must be a list')
  }
  const items = (filters as PyList).data
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!
    const isTuple = typeof item === 'object' && (item.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0
    if (!isTuple || (item as PyTuple).data.length !== 5) {
      throw valueError(`_warnings.filters item ${i} isn't a 5-tuple`)
    }
    keep<Value>(item)
    try {
      const [action, message, cls, source, line] = (item as PyTuple).data as [Value, Value, Value, Value, Value]
      if (asStr(action) === undefined) throw typeError(`action must be a string, not '${typeOf(action).name}'`)
      const goodMessage = fits(message, text)
      const goodModule = fits(source, module)
      const goodCategory = isSubclass(category, cls)
      const at = toSsize(line)
      if (goodMessage && goodCategory && goodModule && (at === 0 || at === lineno)) return [keep(action), keep(item)]
    } finally {
      drop(item)
    }
  }
  return [keep(defaultAction()), none()]
}

/** Whether a registry has a key; it is entered if `enter` says so. An outdated registry is emptied first. */
function alreadyWarned(registry: PyDict, key: Value, enter: boolean): boolean {
  const table = registry.data
  if (table.get('version') !== warningState.version) {
    table.clear()
    table.set('version', warningState.version)
  } else {
    const found = table.get(key)
    if (found !== undefined && isTrue(found)) return true
  }
  if (enter) table.set(key, true)
  return false
}

function normalizedModule(filename: Value): Value {
  const text = utf16(filename)
  if (text === '') return '<unknown>'
  return text.endsWith('.py') ? newText(text.slice(0, -3)) : filename
}

/** What a warning is issued with; all borrowed. */
export interface ExplicitWarning {
  readonly category: Value
  /** Text, or an instance of Warning. */
  readonly message: Value
  readonly filename: Value
  readonly lineno: number
  /** Derived from the file's name where it is left out. */
  readonly module?: Value | undefined
  readonly registry?: Value | undefined
  readonly sourceLine?: Value | undefined
  readonly source?: Value | undefined
}

/** Issues a warning (`warn_explicit`); throws where a filter makes an error of it. */
export function warnExplicit(warning: ExplicitWarning): void {
  const { registry } = warning
  if (warning.module === None) return
  if (registry !== undefined && registry !== None && !isDict(registry)) {
    throw typeError("'registry' must be a dict or None")
  }
  const module = warning.module ?? normalizedModule(warning.filename)
  let text: Owned<Value>
  let message: Owned<Value>
  let { category } = warning
  if (isInstance(warning.message, PyExc_Warning)) {
    message = keep(warning.message)
    text = str(message)
    category = typeOf(message)
  } else {
    text = keep(warning.message)
    message = call(category, [warning.message])
  }
  keep(category)
  const key = newTuple([keep(text), keep(category), warning.lineno])
  try {
    issue(warning, { category, message, text, module, key })
  } finally {
    drop(key)
    drop(category)
    drop(text)
    drop(message)
  }
}

/** A warning with its message and category worked out; all borrowed. */
interface Normalized {
  readonly category: Value
  readonly message: Value
  readonly text: Value
  readonly module: Value
  readonly key: Value
}

function issue(warning: ExplicitWarning, { category, message, text, module, key }: Normalized): void {
  const registry = warning.registry === undefined || warning.registry === None ? null : (warning.registry as PyDict)
  if (registry !== null && alreadyWarned(registry, key, false)) return
  const [action, item] = findFilter(category, text, warning.lineno, module)
  try {
    const what = utf16(action)
    if (what === 'error') throw raised(category, message)
    if (what === 'ignore') return
    if (what !== 'always' && seenBefore(what, registry, category, text, key, () => unknownAction(action, item))) return
    show(warning, category, message, text)
  } finally {
    drop(action)
    drop(item)
  }
}

/** Enters a warning where its action says, and tells whether it was there. */
function seenBefore(
  action: string,
  registry: PyDict | null,
  category: Value,
  text: Value,
  key: Value,
  unknown: () => unknown,
): boolean {
  if (registry !== null) registry.data.set(key, true)
  if (action === 'default') return false
  if (action !== 'once' && action !== 'module') throw unknown()
  const table = action === 'once' ? (registry ?? onceRegistry()) : registry
  if (table === null) return false
  const short = newTuple([keep(text), keep(category)])
  try {
    return alreadyWarned(table, short, true)
  } finally {
    drop(short)
  }
}

function unknownAction(action: Value, item: Value): unknown {
  return runtimeError(`Unrecognized action (${shown(action)}) in warnings.filters:\n ${shown(item)}`)
}

/** What `PyErr_SetObject(category, message)` raises. */
function raised(category: Value, message: Value): unknown {
  if (isInstance(message, category)) return keep(message)
  return call(category, [message])
}

function show(warning: ExplicitWarning, category: Value, message: Value, text: Value): void {
  const { filename, lineno, sourceLine } = warning
  const source = warning.source === None ? undefined : warning.source
  const shower = warningsAttribute('_showwarnmsg', source !== undefined)
  if (shower === undefined) {
    showWarning(filename, lineno, text, category, sourceLine)
    return
  }
  try {
    if (typeOf(shower).tp_call === undefined) throw typeError('warnings._showwarnmsg() must be set to a callable')
    const type = warningsAttribute('WarningMessage', false)
    if (type === undefined) throw runtimeError('unable to get warnings.WarningMessage')
    let record: Owned<Value>
    try {
      const args = [message, category, filename, lineno, None, None]
      record = call(type, source === undefined ? args : [...args, source])
    } finally {
      drop(type)
    }
    try {
      drop(call(shower, [record]))
    } finally {
      drop(record)
    }
  } finally {
    drop(shower)
  }
}

/** Whether a frame is one of importlib's, which warnings pass over. */
function isInternal(filename: string): boolean {
  return filename.includes('importlib') && filename.includes('_bootstrap')
}

interface Context {
  readonly filename: Owned<Value>
  readonly lineno: number
  readonly globals: PyDict
}

/** The place that a warning is attributed to (`setup_context`). */
function contextOf(stacklevel: number): Context {
  let frame = machine.frame
  const plain = stacklevel <= 0 || (frame !== null && isInternal(utf16(frame.code.filename)))
  for (let level = stacklevel; level > 1 && frame !== null; level--) {
    do frame = frame.back
    while (!plain && frame !== null && isInternal(utf16(frame.code.filename)))
  }
  if (frame === null) return { filename: 'sys', lineno: 1, globals: sysDict }
  return {
    filename: keep<Value>(frame.code.filename),
    lineno: currentLine(frame) ?? 0,
    globals: frame.globals,
  }
}

/** Issues a warning at the place `stacklevel` frames up (`do_warn`); all borrowed. */
export function warnAt(category: Value, message: Value, stacklevel: number, source?: Value): void {
  const { filename, lineno, globals } = contextOf(stacklevel)
  const table = globals.data
  let registry = table.get('__warningregistry__') as Value | undefined
  if (registry === undefined) {
    const made = newDict()
    registry = made
    table.set('__warningregistry__', made)
  }
  const name = table.get('__name__')
  const module = name !== undefined && (name === None || asStr(name) !== undefined) ? name : '<string>'
  keep(registry)
  keep(module)
  try {
    warnExplicit({ category, message, filename, lineno, module, registry, source })
  } finally {
    drop(filename)
    drop(registry)
    drop(module)
  }
}

/** The category of a warning: the message's own class, the one given, or UserWarning; borrowed (`get_category`). */
export function warningCategory(message: Value, given: Value | undefined): Value {
  if (isInstance(message, PyExc_Warning)) return typeOf(message)
  const category = given === undefined || given === None ? exceptions.PyExc_UserWarning : given
  let isWarning: boolean
  try {
    isWarning = isSubclass(category, PyExc_Warning)
  } catch (error) {
    drop(toException(error))
    isWarning = false
  }
  if (!isWarning) throw typeError(`category must be a Warning subclass, not '${typeOf(category).name}'`)
  return category
}

/** Issues `coroutine ... was never awaited` (`_PyErr_WarnUnawaitedCoroutine`); it never throws. */
export function warnUnawaited(coroutine: Value): void {
  let warned = false
  try {
    const shower = warningsAttribute('_warn_unawaited_coroutine', true)
    if (shower !== undefined) {
      try {
        drop(call(shower, [coroutine]))
        warned = true
      } finally {
        drop(shower)
      }
    }
  } catch (error) {
    warned = isException(error, PyExc_RuntimeWarning)
    unraisable(error, coroutine)
  }
  if (warned) return
  try {
    const name = getAttr(coroutine, '__qualname__')
    warnAt(PyExc_RuntimeWarning, newText(`coroutine '${utf16(name)}' was never awaited`), 1, coroutine)
    drop(name)
  } catch (error) {
    unraisable(error, coroutine)
  }
}

warningHook.warn = (category, message, stacklevel) => {
  if (warningState.filters === null) return
  warnAt(category, newText(message), stacklevel)
}
