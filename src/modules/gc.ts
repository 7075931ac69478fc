import { drop, isFinalized, keep } from '../memory/counted.ts'
import {
  collect,
  collector,
  collectorHooks,
  DEBUG_COLLECTABLE,
  DEBUG_LEAK,
  DEBUG_SAVEALL,
  DEBUG_STATS,
  DEBUG_UNCOLLECTABLE,
  freeze,
  GENERATIONS,
  generationObjects,
  unfreeze,
} from '../memory/gc.ts'
import type { Counted, Owned } from '../memory/header.ts'
import { gcState } from '../memory/state.ts'
import { toIndexSized } from '../objects/arguments.ts'
import { fillModules } from '../objects/deferred_module.ts'
import { defineModule } from '../objects/define_module.ts'
import type { DictTable } from '../objects/dict_table.ts'
import { toException, valueError } from '../objects/errors.ts'
import { PyExc_ResourceWarning } from '../objects/exception_types.ts'
import { newDict, newList, newTuple } from '../objects/make.ts'
import {
  type PyDict,
  type PyList,
  type PyObject,
  type PyTuple,
  type PyType,
  TPFLAGS_HEAPTYPE,
  TPFLAGS_TYPE_SUBCLASS,
  type Value,
} from '../objects/object.ts'
import { address } from '../objects/object_object.ts'
import { call, shown } from '../objects/protocols.ts'
import { dictType, listType, None, tupleType } from '../objects/types.ts'
import { unraisable } from '../objects/unraisable.ts'
import { disarmWeakRef, isWeakRef } from '../objects/weakref.ts'
import { audit } from '../vm/audit.ts'
import { sysAttribute } from '../vm/interpreter.ts'
import { perfCounter, writeError } from '../vm/system.ts'
import { writeTo } from '../vm/warning_display.ts'
import { warnExplicit } from '../vm/warnings.ts'

/** `gc.garbage` and `gc.callbacks`: the collector's own, whatever programs bind to these names. */
const garbage: Owned<PyList> = newList([])
const callbacks: Owned<PyList> = newList([])

/** Whether programs have asked to be told of collections. */
export function hasGcCallbacks(): boolean {
  return callbacks.data.length > 0
}

/** Whether anything stands in `gc.garbage`: the end of Python tells of it. */
export function hasGarbage(): boolean {
  return garbage.data.length > 0
}

/** Warns of what stands in `gc.garbage` when Python ends (`_PyGC_DumpShutdownStats`). */
export function reportGarbage(): void {
  const count = garbage.data.length
  if (count === 0 || (collector.debug & DEBUG_SAVEALL) !== 0) return
  const listed = (collector.debug & DEBUG_UNCOLLECTABLE) !== 0
  const advice = listed ? '' : '; use gc.set_debug(gc.DEBUG_UNCOLLECTABLE) to list them'
  const message = `gc: ${count} uncollectable objects at shutdown${advice}`
  try {
    warnExplicit({ category: PyExc_ResourceWarning, message, filename: 'gc', lineno: 0, module: 'gc' })
    if (listed) writeError(`      ${shown(garbage)}\n`)
  } catch (error) {
    unraisable(error, listed ? garbage : undefined)
  }
}

function stats(generation: number, collected: number, uncollectable: number): Owned<PyDict> {
  const info = newDict()
  info.data.set('generation', generation)
  info.data.set('collected', collected)
  info.data.set('uncollectable', uncollectable)
  return info
}

collectorHooks.isWatched = hasGcCallbacks
collectorHooks.notify = (phase, generation, collected, uncollectable) => {
  const { data } = callbacks
  if (data.length === 0) return
  const info = stats(generation, collected, uncollectable)
  for (let i = 0; i < data.length; i++) {
    const callback = keep(data[i]!)
    try {
      drop(call(callback, [phase, info]))
    } catch (error) {
      unraisable(error, callback)
    }
    drop(callback)
  }
  drop(info)
}
collectorHooks.saveGarbage = (object) => garbage.data.push(keep(object as PyObject))
collectorHooks.report = (text) => {
  const stream = sysAttribute('stderr')
  if (stream === undefined || stream === None) return
  try {
    writeTo(stream, text)
  } catch (error) {
    drop(toException(error))
  }
}
collectorHooks.describe = (object) => `<${(object as PyObject).type.name} ${address(object as PyObject)}>`
collectorHooks.disarm = (object) => {
  if (isWeakRef(object as PyObject)) disarmWeakRef(object as never)
}
collectorHooks.tupleType = tupleType
collectorHooks.isHarmlessTuple = (object) => !(object as PyTuple).data.some((item) => mayBeTracked(item))
collectorHooks.unraisable = (error, object) => unraisable(error, (object as PyObject).type)
collectorHooks.clock = perfCounter

/** Whether the collector can watch an object of this kind; it never watches builtin types (`_PyObject_IS_GC`). */
function isCollectable(value: Value): value is PyObject {
  if (typeof value !== 'object' || !value.type.tracked) return false
  return (value.type.flags & TPFLAGS_TYPE_SUBCLASS) === 0 || ((value as PyType).flags & TPFLAGS_HEAPTYPE) !== 0
}

/** Whether a value can be part of a cycle (`_PyObject_GC_MAY_BE_TRACKED`). */
function mayBeTracked(value: Value): boolean {
  if (!isCollectable(value)) return false
  return value.type !== tupleType || (value as PyTuple).data.some((item) => mayBeTracked(item))
}

/** Whether a dict holds anything that can be part of a cycle: CPython watches only those that do. */
function isTrackedDict({ keys, values }: DictTable): boolean {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]
    if (key !== undefined && (mayBeTracked(key) || mayBeTracked(values[i]!))) return true
  }
  return false
}

function isTracked(value: Value): boolean {
  if (!isCollectable(value)) return false
  if (value.type === dictType) return isTrackedDict((value as PyDict).data)
  if (value.type !== tupleType) return true
  return allObjects().includes(value)
}

/** The living objects that the collector watches, borrowed: of one generation, or of all. */
function watched(generation: number | null): PyObject[] {
  const objects: Counted[] = []
  for (let i = 0; i < GENERATIONS; i++) {
    if (generation === null || generation === i) for (const object of generationObjects(i)) objects.push(object)
  }
  return objects as PyObject[]
}

function allObjects(): PyObject[] {
  const objects = watched(null)
  for (const object of collector.permanent) if (object.rc > 0) objects.push(object as PyObject)
  return objects
}

/** Visits what an object refers to, plain values included, as `tp_traverse` of CPython does. */
function visitReferents(owner: PyObject, visit: (value: Value) => void): void {
  const { type } = owner
  if (type === listType || type === tupleType) {
    const { data } = owner as PyList
    // A tuple is traversed from its end, as a list is.
    for (let i = data.length - 1; i >= 0; i--) visit(data[i]!)
    return
  }
  if (type !== dictType) {
    type.tp_traverse?.(owner, visit)
    return
  }
  const { keys, values } = (owner as PyDict).data
  const onlyText = keys.every((key) => key === undefined || typeof key === 'string')
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]
    if (key === undefined) continue
    visit(values[i]!)
    if (!onlyText) visit(key)
  }
}

function auditObjects(event: string, objects: readonly Value[]): void {
  const tuple = newTuple(objects.map((object) => keep(object)))
  try {
    audit(event, tuple)
  } finally {
    drop(tuple)
  }
}

function getReferrers(objects: readonly Value[]): Owned<Value> {
  auditObjects('gc.get_referrers', objects)
  fillModules()
  const wanted = new Set(objects)
  const found: Owned<Value>[] = []
  for (const candidate of watched(null)) {
    let refers = false
    visitReferents(candidate, (value) => {
      if (wanted.has(value)) refers = true
    })
    if (refers) found.push(keep<Value>(candidate))
  }
  return newList(found)
}

function getReferents(objects: readonly Value[]): Owned<Value> {
  auditObjects('gc.get_referents', objects)
  fillModules()
  const found: Owned<Value>[] = []
  for (const object of objects) {
    if (isCollectable(object)) {
      visitReferents(object, (value) => void found.push(keep(value)))
    }
  }
  return newList(found)
}

function getObjects(generation: Value): Owned<Value> {
  // As in CPython, -1 means the same as None.
  const number = generation === None ? -1 : toIndexSized(generation)
  audit('gc.get_objects', number)
  if (number >= GENERATIONS) {
    throw valueError(`generation parameter must be less than the number of available generations (${GENERATIONS})`)
  }
  if (number < -1) throw valueError('generation parameter cannot be negative')
  fillModules()
  const objects = watched(number < 0 ? null : number)
  return newList(
    objects
      .filter((object) => object.type !== dictType || isTrackedDict((object as PyDict).data))
      .map((object) => keep<Value>(object)),
  )
}

/** The module `gc`. */
export const gcModule = defineModule('gc', () => ({
  functions: {
    'enable()': () => {
      gcState.enabled = true
    },
    'disable()': () => {
      gcState.enabled = false
    },
    'isenabled()': () => gcState.enabled,
    'collect(generation: int = 2)': (generation) => {
      if (generation < 0 || generation >= GENERATIONS) throw valueError('invalid generation')
      return collect(generation)
    },
    'set_debug(flags: int, /)': (flags) => {
      collector.debug = flags
    },
    'get_debug()': () => collector.debug,
    'set_threshold(threshold0: int, threshold1: int = NULL, threshold2: int = NULL, /)': (first, second, third) => {
      gcState.threshold = first
      collector.generations[0]!.threshold = first
      if (second !== undefined) collector.generations[1]!.threshold = second
      if (third !== undefined) collector.generations[2]!.threshold = third
    },
    'get_threshold()': () => newTuple(collector.generations.map(({ threshold }) => threshold)),
    'get_count()': () => newTuple([gcState.count, collector.generations[1]!.count, collector.generations[2]!.count]),
    'get_stats()': () =>
      newList(
        collector.generations.map(({ stats: { collections, collected, uncollectable } }) => {
          const dict = newDict()
          dict.data.set('collections', collections)
          dict.data.set('collected', collected)
          dict.data.set('uncollectable', uncollectable)
          return dict as Owned<Value>
        }),
      ),
    'get_objects(generation = None)': getObjects,
    'get_referrers(*objs)': getReferrers,
    'get_referents(*objs)': getReferents,
    'is_tracked(obj, /)': isTracked,
    'is_finalized(obj, /)': (obj) => isCollectable(obj) && isFinalized(obj),
    'freeze()': () => {
      fillModules()
      freeze()
    },
    'unfreeze()': unfreeze,
    'get_freeze_count()': () => collector.permanent.filter((object) => object.rc > 0).length,
  },
  attributes: { garbage, callbacks, DEBUG_STATS, DEBUG_COLLECTABLE, DEBUG_UNCOLLECTABLE, DEBUG_SAVEALL, DEBUG_LEAK },
}))
