/**
 * The law of ownership: **parameters are borrowed, results are owned, containers own what they hold.**
 *
 * Numbers, strings and booleans carry no count; everything else is a `Counted` object. `Owned` marks a reference that
 * its holder must give up (`drop`), pass on, or store; a borrowed one becomes owned through `keep`. The mark exists
 * for the type checker alone.
 */
declare const owned: unique symbol

/** What the memory floor needs to know of a type: CPython's slots of these names. */
export interface CountedType {
  /** Releases what an object holds. Runs once, when its count has reached zero; it must not throw. */
  tp_dealloc: ((self: never) => void) | undefined
  /** `__del__` and its like (PEP 442): runs at most once for an object, with a count that may grow (resurrection). */
  tp_finalize: ((self: never) => void) | undefined
  /** Calls `visit` with each counted object that `self` owns, once for each reference. */
  tp_traverse: ((self: never, visit: (child: Counted) => void) => void) | undefined
  /** Breaks cycles: gives up references, leaving the object valid. */
  tp_clear: ((self: never) => void) | undefined
  /** The holder of an object's weak references, made if `create` is true; `undefined` for types without them. */
  tp_weakrefs: ((self: never, create: boolean) => WeakReferable | null) | undefined
  /** Whether the cycle collector follows objects of this type. */
  readonly tracked: boolean
}

/** An object with a reference count. */
export interface Counted {
  /** References to this object; zero once it is dead. */
  rc: number
  type: CountedType
}

/** Where the weak references to an object hang. */
export interface WeakReferable {
  weakrefs: WeakReferences | null
}

/** The weak references to one object, the newest first. */
export interface WeakReferences {
  /** Empties them and calls their callbacks: the object ends. */
  clear(): void
  /**
   * Empties them without calling anything: the object is cyclic garbage. Those with a callback that are no garbage
   * themselves, as `isGarbage` tells, are put into `pending`.
   */
  detach(isGarbage: (reference: Counted) => boolean, pending: PendingCallback[]): void
}

/** The callback of a weak reference that is still to be called; it owns what it needs. */
export interface PendingCallback {
  /** Calls it, once; true if the weak reference ended with that. */
  run(): boolean
}

/** A reference that must be given up, passed on or stored. */
export type Owned<T> = T extends Counted ? T & { readonly [owned]: true } : T
