import type { Counted, Owned } from './header.ts'
import { gcState } from './state.ts'

/** The count of objects that live for ever: as many references more or less do not matter to it. */
export const IMMORTAL = 0x20000000

/** Makes an owned reference of a borrowed one. */
export function keep<T>(value: T): Owned<T> {
  if (typeof value === 'object') (value as Counted).rc++
  return value as Owned<T>
}

/** Gives up an owned reference (or `null`, or `undefined`: nothing); an object whose last one this is ends here and now. */
export function drop(value: unknown): void {
  if (typeof value === 'object' && value !== null && --(value as Counted).rc === 0) dealloc(value as Counted)
}

/*
 * What the loop does most. The two are small enough for V8 to put into each of their places, and what it has learnt of values
 * at one place, of their hidden classes and of their ends, it then knows at all.
 */

/** Makes a reference to a value. */
export function incref(value: unknown): void {
  if (typeof value === 'object') (value as Counted).rc++
}

/** Gives up a reference to a value; never NULL. */
export function decref(value: unknown): void {
  if (typeof value === 'object' && --(value as Counted).rc === 0) dealloc(value as Counted)
}

/** Gives up all references of an array, the last first, as CPython's containers do. */
export function dropAll(values: readonly unknown[]): void {
  for (let i = values.length - 1; i >= 0; i--) drop(values[i])
}

/** Deallocations that may nest before the rest waits its turn (CPython's trashcan): a list of a million nodes is freed flat. */
const NESTING_MAX = 50

let nesting = 0
let waiting: Counted[] = []

/** Deallocations under way in a thread that does not run. */
export interface Trashcan {
  nesting: number
  waiting: Counted[]
}

/** Puts the running thread's deallocations away and takes up another one's: neither waits for the other. */
export function exchangeTrashcan(from: Trashcan, to: Trashcan): void {
  from.nesting = nesting
  from.waiting = waiting
  nesting = to.nesting
  waiting = to.waiting
}

/** Ends an object whose count has reached zero: finaliser, weak references, what it holds. */
export function dealloc(object: Counted): void {
  if (nesting >= NESTING_MAX) {
    waiting.push(object)
    return
  }
  nesting++
  try {
    end(object)
    if (nesting === 1) while (waiting.length > 0) end(waiting.pop()!)
  } finally {
    nesting--
  }
}

function end(object: Counted): void {
  const type = object.type
  if (type.tp_finalize !== undefined && !finalizeOnce(object)) return
  if (type.tp_weakrefs !== undefined) {
    const holder = type.tp_weakrefs(object as never, false)
    if (holder !== null && holder.weakrefs !== null) holder.weakrefs.clear()
  }
  if (type.tracked) {
    if (gcState.count > 0) gcState.count--
    if (++gcState.deaths >= gcState.sweepAt) {
      gcState.deaths = 0
      gcState.sweep()
    }
  }
  if (gcState.tracer !== null) gcState.tracer.died(object)
  if (type.tp_dealloc !== undefined) type.tp_dealloc(object as never)
}

/** Objects whose finaliser has run and that live on: it never runs again for them (PEP 442). */
const finalized = new WeakSet<Counted>()

/** Whether the finaliser of an object has run. */
export function isFinalized(object: Counted): boolean {
  return finalized.has(object)
}

/** Runs the finaliser of an object unless it has run before. The caller holds a reference. */
export function finalize(object: Counted): void {
  if (finalized.has(object)) return
  finalized.add(object)
  object.type.tp_finalize!(object as never)
}

/** Runs the finaliser of a dying object; false if it made a new reference to it. */
function finalizeOnce(object: Counted): boolean {
  if (finalized.has(object)) return true
  object.rc = 1
  object.type.tp_finalize!(object as never)
  if (--object.rc === 0) return true
  finalized.add(object)
  return false
}
