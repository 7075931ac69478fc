import { CO_COROUTINE } from '../../bytecode/code.ts'
import { drop, isFinalized } from '../../memory/counted.ts'
import { collector, someObject } from '../../memory/gc.ts'
import type { Counted } from '../../memory/header.ts'
import { lookupAttr } from '../../objects/attributes.ts'
import { toException } from '../../objects/errors.ts'
import { type PyObject, type PyType, TPFLAGS_HEAPTYPE, type Value } from '../../objects/object.ts'
import { thread } from '../../objects/thread.ts'
import { functionType, isType, None, typeOf } from '../../objects/types.ts'
import { isWeakRef } from '../../objects/weakref.ts'
import type { PyFunction } from '../../vm/function.ts'
import { yieldFrom } from '../../vm/generator_methods.ts'
import { generatorKinds, type PyGenerator } from '../../vm/generators.ts'
import { sysAttribute } from '../../vm/interpreter.ts'
import { hasThreads } from '../../vm/threads.ts'
import { isHandled } from '../../vm/unwind.ts'
import { hasGarbage, hasGcCallbacks } from '../gc.ts'
import { openScandirs } from '../posix/scandir.ts'

/*
 * At the end of a process the modules are taken apart so that what lives is finalised. Nobody can tell whether that has
 * happened where nothing alive would do anything at its end, and to find that out costs far less.
 */

/** Functions of the library that only take entries out of containers of its own: their names, by module. */
const CONTAINER_CALLBACKS: ReadonlyMap<Value, readonly Value[]> = new Map<Value, readonly Value[]>([
  ['weakref', ['remove', '_remove']],
  ['_weakrefset', ['_remove']],
  ['logging', ['_removeHandlerRef']],
])

function isContainerCallback(callback: Value): boolean {
  if (typeOf(callback) !== functionType) return false
  const { code, globals } = (callback as PyFunction).data
  const names = CONTAINER_CALLBACKS.get(globals.data.get('__name__') ?? None)
  return names?.includes(code.data.name) ?? false
}

/** Whether a callback is a `weakref.finalize`: after the exit functions it only forgets what it was to call. */
function isSpentFinalize(callback: Value): boolean {
  const type = typeOf(callback)
  return type.name === 'finalize' && type.dict?.get('__module__') === 'weakref' && type.dict.get('_shutdown') === true
}

/** Whether closing a suspended generator would run any of its code, or of what it delegates to. */
function closesVisibly({ data }: PyGenerator): boolean {
  const { frame, started } = data
  if (frame === null) return false
  if (data.finalizer !== null && !data.closed) return true
  if (!started) return (data.code.data.flags & CO_COROUTINE) !== 0
  if (thread.trace !== null || thread.profile !== null || yieldFrom(data) !== undefined) return true
  return isHandled(frame)
}

/** The stream and what it stands on, borrowed; false where it is not as the interpreter has made it. */
function addStream(streams: Set<Counted>, name: string): boolean {
  const original = sysAttribute(`__${name}__`)
  if (original === undefined || original !== sysAttribute(name)) return false
  if (original === None) return true
  if (typeof original !== 'object' || (original.type.flags & TPFLAGS_HEAPTYPE) !== 0) return false
  streams.add(original)
  let at: PyObject = original
  for (const part of ['buffer', 'raw']) {
    let next: Value | undefined
    try {
      next = lookupAttr(at, part)
    } catch (error) {
      drop(toException(error))
      return false
    }
    if (next === undefined) break
    if (typeof next !== 'object' || (next.type.flags & TPFLAGS_HEAPTYPE) !== 0) return false
    streams.add(next)
    drop(next as never)
    at = next
  }
  return true
}

/** Whether the end of an object could be seen by somebody. */
function endsVisibly(object: PyObject, streams: ReadonlySet<Counted>): boolean {
  const { type } = object
  if (type.tp_finalize !== undefined) {
    if (streams.has(object) || isFinalized(object)) return false
    return !generatorKinds.has(type) || closesVisibly(object as PyGenerator)
  }
  if (isType(object)) {
    // Instances of such a class are not under the collector's watch.
    const { tp_finalize, flags, tracked } = object as PyType
    return tp_finalize !== undefined && (flags & TPFLAGS_HEAPTYPE) !== 0 && !tracked
  }
  if (!isWeakRef(object)) return false
  const { callback } = object.data
  return callback !== null && !isContainerCallback(callback) && !isSpentFinalize(callback)
}

/** Whether the process can end as it is, once the streams are flushed: nothing that lives would do anything at its end. */
export function canEndAsItIs(): boolean {
  if (collector.debug !== 0 || hasGcCallbacks() || hasGarbage() || hasThreads() || openScandirs() > 0) return false
  const streams = new Set<Counted>()
  for (const name of ['stdin', 'stdout', 'stderr']) if (!addStream(streams, name)) return false
  return !someObject((object) => endsVisibly(object as PyObject, streams))
}
