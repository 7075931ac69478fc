import { drop, keep } from '../memory/counted.ts'
import type { Counted, Owned, PendingCallback, WeakReferences } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { typeError } from './errors.ts'
import { newInstance } from './instance.ts'
import {
  newObject,
  type PyObject,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  TPFLAGS_HEAPTYPE,
  type Value,
} from './object.ts'
import { call } from './protocols.ts'
import { builtinType, None, typeOf } from './types.ts'
import { unraisable } from './unraisable.ts'

/** The `data` of a weak reference or proxy. It owns its callback, and nothing else. */
interface WeakRefData {
  /** `null` once it is cleared. */
  referent: PyObject | null
  callback: Owned<Value> | null
  /** The referent's hash once asked for: it outlives the referent. */
  hash: number | bigint | undefined
  list: WeakRefList | null
  previous: PyWeakRef | null
  next: PyWeakRef | null
}

export type PyWeakRef = PyObject<WeakRefData>

export const refType = builtinType<PyWeakRef>('weakref.ReferenceType', TPFLAGS_HAVE_GC | TPFLAGS_BASETYPE)
export const proxyType = builtinType<PyWeakRef>('weakref.ProxyType', TPFLAGS_HAVE_GC)
export const callableProxyType = builtinType<PyWeakRef>('weakref.CallableProxyType', TPFLAGS_HAVE_GC)

/** Whether a value is a proxy. */
export function isProxy(value: Value): value is PyWeakRef {
  return typeof value === 'object' && (value.type === proxyType || value.type === callableProxyType)
}

/** Whether a value is a weak reference of any kind (`PyWeakref_Check`). */
export function isWeakRef(value: Value): value is PyWeakRef {
  return typeof value === 'object' && (value.type === refType || isProxy(value) || value.type.mro.includes(refType))
}

/** What a weak reference refers to, borrowed; `null` once that is dead. */
export function referentOf({ data }: PyWeakRef): PyObject | null {
  return data.referent !== null && data.referent.rc > 0 ? data.referent : null
}

/**
 * The weak references to one object, in CPython's order: the plain reference and the plain proxy, which all askers
 * share, then the others, the newest first.
 */
export class WeakRefList implements WeakReferences {
  head: PyWeakRef | null = null

  /** The shared reference (a `ref` itself, without callback), or `null`. */
  plainRef(): PyWeakRef | null {
    const { head } = this
    return head !== null && head.data.callback === null && head.type === refType ? head : null
  }

  /** The shared proxy, or `null`. */
  plainProxy(): PyWeakRef | null {
    const at = this.plainRef()?.data.next ?? this.head
    return at !== null && at.data.callback === null && isProxy(at) ? at : null
  }

  /** Puts a reference behind another one, or at the front. */
  insert(reference: PyWeakRef, after: PyWeakRef | null): void {
    const { data } = reference
    const next = after === null ? this.head : after.data.next
    data.list = this
    data.previous = after
    data.next = next
    if (next !== null) next.data.previous = reference
    if (after === null) this.head = reference
    else after.data.next = reference
  }

  /** All references, borrowed. */
  *[Symbol.iterator](): Generator<PyWeakRef> {
    for (let at = this.head; at !== null; ) {
      const { next }: WeakRefData = at.data
      yield at
      at = next
    }
  }

  clear(): void {
    const pending: PendingCallback[] = []
    this.detach(isDead, pending)
    for (const callback of pending) callback.run()
  }

  detach(isGarbage: (reference: Counted) => boolean, pending: PendingCallback[]): void {
    for (const reference of this) {
      const { data } = reference
      unlink(data)
      const { callback } = data
      if (callback === null || isGarbage(reference)) continue
      data.callback = null
      pending.push(new Callback(keep<PyWeakRef>(reference), callback))
    }
  }
}

function isDead(reference: Counted): boolean {
  return reference.rc === 0
}

class Callback implements PendingCallback {
  private readonly reference: Owned<PyWeakRef>
  private readonly callback: Owned<Value>

  constructor(reference: Owned<PyWeakRef>, callback: Owned<Value>) {
    this.reference = reference
    this.callback = callback
  }

  run(): boolean {
    const { reference, callback } = this
    try {
      drop(call(callback, [reference]))
    } catch (error) {
      unraisable(error, callback)
    }
    drop(callback)
    drop(reference)
    return reference.rc <= 0
  }
}

function unlink(data: WeakRefData): void {
  const { list, previous, next } = data
  if (list === null) return
  if (previous === null) list.head = next
  else previous.data.next = next
  if (next !== null) next.data.previous = previous
  data.list = null
  data.previous = null
  data.next = null
  data.referent = null
}

/** Makes a weak reference refer to nothing, leaving its callback, which will not be called any more. */
export function disarmWeakRef({ data }: PyWeakRef): void {
  unlink(data)
}

/** Ends a weak reference: it refers to nothing and calls nothing any more. */
export function clearWeakRef({ data }: PyWeakRef): void {
  const { callback } = data
  unlink(data)
  data.callback = null
  if (callback !== null) drop(callback)
}

/** The weak references to an object, made if need be; TypeError for objects that cannot have any. */
function listFor(referent: Value): WeakRefList {
  const type = typeOf(referent)
  if (type.tp_weakrefs === undefined) throw typeError(`cannot create weak reference to '${type.name}' object`)
  const holder = type.tp_weakrefs(referent as PyObject, true)!
  holder.weakrefs ??= new WeakRefList()
  return holder.weakrefs as WeakRefList
}

/** The weak references to an object, the list borrowed; `null` where there are none. */
export function weakRefsOf(referent: Value): WeakRefList | null {
  const holder = typeOf(referent).tp_weakrefs?.(referent as PyObject, false)
  return holder === undefined || holder === null ? null : (holder.weakrefs as WeakRefList | null)
}

function make(type: PyType, referent: PyObject, callback: Value | null): Owned<PyWeakRef> {
  const data: WeakRefData = {
    referent,
    callback: callback === null ? null : keep(callback),
    hash: undefined,
    list: null,
    previous: null,
    next: null,
  }
  if ((type.flags & TPFLAGS_HEAPTYPE) !== 0) return newInstance(type, data) as Owned<PyWeakRef>
  const reference = newObject(type, data)
  track(reference)
  return reference
}

/** A weak reference of `type` (CPython's `weakref.__new__`); the shared one if there is no callback. */
export function newWeakRef(type: PyType, referent: Value, callback: Value | undefined): Owned<PyWeakRef> {
  const list = listFor(referent)
  const called = callback === undefined || callback === None ? null : callback
  const plain = called === null && type === refType
  const shared = list.plainRef()
  if (plain && shared !== null) return keep<PyWeakRef>(shared) as Owned<PyWeakRef>
  const reference = make(type, referent as PyObject, called)
  list.insert(reference, plain ? null : (list.plainProxy() ?? list.plainRef()))
  return reference
}

/** A proxy (CPython's `PyWeakref_NewProxy`); the shared one if there is no callback. */
export function newProxy(referent: Value, callback: Value | undefined): Owned<PyWeakRef> {
  const list = listFor(referent)
  const called = callback === undefined || callback === None ? null : callback
  const shared = list.plainProxy()
  if (called === null && shared !== null) return keep<PyWeakRef>(shared) as Owned<PyWeakRef>
  const type = typeOf(referent).tp_call === undefined ? proxyType : callableProxyType
  const reference = make(type, referent as PyObject, called)
  list.insert(reference, called === null ? list.plainRef() : (shared ?? list.plainRef()))
  return reference
}
