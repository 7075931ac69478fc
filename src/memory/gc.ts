import { drop, finalize, isFinalized, keep } from './counted.ts'
import type { Counted, CountedType, Owned, PendingCallback } from './header.ts'
import { gcState, pollWords, WORD_IMPORTS } from './state.ts'

/*
 * The cycle collector (CPython's gcmodule.c): three generations, trial deletion, finalisers as PEP 442 has them.
 *
 * A generation is an array of objects. Objects that end by their count stay in it, with a count of zero, until it is
 * swept: that costs less than to take them out one by one.
 */

export const GENERATIONS = 3
const OLDEST = GENERATIONS - 1

export const DEBUG_STATS = 1 << 0
export const DEBUG_COLLECTABLE = 1 << 1
export const DEBUG_UNCOLLECTABLE = 1 << 2
export const DEBUG_SAVEALL = 1 << 5
export const DEBUG_LEAK = DEBUG_COLLECTABLE | DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL

/** What one generation has done so far (`gc.get_stats()`). */
interface GenerationStats {
  collections: number
  collected: number
  uncollectable: number
}

interface Generation {
  /** Empty for the youngest one, whose objects stand in `gcState.young`. */
  objects: Counted[]
  /** Collections of the next younger generation since the last of this one; `gcState.count` for the youngest one. */
  count: number
  threshold: number
  readonly stats: GenerationStats
}

const newGeneration = (threshold: number): Generation => ({
  objects: [],
  count: 0,
  threshold,
  stats: { collections: 0, collected: 0, uncollectable: 0 },
})

/** The collector's own state. */
export const collector = {
  generations: [newGeneration(700), newGeneration(10), newGeneration(10)] as readonly Generation[],
  /** Objects set apart by `gc.freeze()`. */
  permanent: [] as Counted[],
  /** Flags of `gc.set_debug()`. */
  debug: 0,
  collecting: false,
  /** Objects that survived a full collection, and those that have joined them since. */
  longLivedTotal: 0,
  longLivedPending: 0,
}

/** What the collector asks of the floors above. */
export interface CollectorHooks {
  /** Whether anything stands in `gc.callbacks`. */
  isWatched(): boolean
  /** Calls what stands in `gc.callbacks`. */
  notify(phase: 'start' | 'stop', generation: number, collected: number, uncollectable: number): void
  /** Puts an object into `gc.garbage`. */
  saveGarbage(object: Counted): void
  /** Writes to `sys.stderr` what `gc.set_debug()` asks for. */
  report(text: string): void
  /** How a report shows an object. */
  describe(object: Counted): string
  /** Makes a weak reference refer to nothing, leaving its callback; other objects are left alone. */
  disarm(object: Counted): void
  tupleType: CountedType | null
  /** Whether a tuple holds nothing that can be part of a cycle: it then needs no watch. */
  isHarmlessTuple(object: Counted): boolean
  /** An exception that `tp_clear` let escape. */
  unraisable(error: unknown, object: Counted): void
  /** Seconds. */
  clock(): number
}

/** Set by the module `gc`. */
export const collectorHooks: CollectorHooks = {
  isWatched: () => false,
  notify: () => {},
  saveGarbage: () => {},
  report: () => {},
  describe: () => '',
  disarm: () => {},
  tupleType: null,
  isHarmlessTuple: () => false,
  unraisable: (error) => {
    throw error
  },
  clock: () => 0,
}

/*
 * Trial deletion. While the references within a set of objects are counted, `rc` of each holds -1 minus its number in
 * the set, so that a reference leads to the object's entry in these arrays without a search. No Python code runs
 * meanwhile, and the counts are put back before anything else happens.
 */

/** References to each object of the set from outside of it; later, above zero for what can be reached. */
let outside = new Int32Array(1024)
let counts = new Int32Array(1024)
/** What `reach` knows of each object. */
let states = new Uint8Array(1024)
/** Objects that turned out to be reachable after they had been passed over. */
let returned: Counted[] = []

const WAITING = 0
const SCANNED = 1
const TENTATIVE = 2
const RETURNED = 3

function subtract(child: Counted): void {
  const { rc } = child
  if (rc < 0) outside[-1 - rc]!--
}

function reach(child: Counted): void {
  const { rc } = child
  if (rc >= 0) return
  const number = -1 - rc
  if (states[number] === TENTATIVE) {
    states[number] = RETURNED
    returned.push(child)
  } else if (outside[number] === 0) outside[number] = 1
}

/**
 * Divides a set of objects into those that are referred to from outside of it, directly or not, and the others. The
 * first come in the order in which they were found, which spares later collections work; the others in their own order.
 * May give back `objects` itself.
 */
function divide(objects: Counted[]): { reachable: Counted[]; unreachable: Counted[] } {
  const size = objects.length
  if (outside.length < size) {
    outside = new Int32Array(2 * size)
    counts = new Int32Array(2 * size)
    states = new Uint8Array(2 * size)
  }
  returned = []
  let numbered = 0
  let passed = 0
  try {
    for (; numbered < size; numbered++) {
      const object = objects[numbered]!
      outside[numbered] = counts[numbered] = object.rc
      states[numbered] = WAITING
      object.rc = -1 - numbered
    }
    for (let i = 0; i < size; i++) {
      const object = objects[i]!
      object.type.tp_traverse?.(object as never, subtract)
    }
    for (let i = 0; i < size; i++) {
      if (outside[i] === 0) {
        states[i] = TENTATIVE
        passed++
      } else {
        states[i] = SCANNED
        const object = objects[i]!
        object.type.tp_traverse?.(object as never, reach)
      }
    }
    for (let i = 0; i < returned.length; i++) {
      const object = returned[i]!
      object.type.tp_traverse?.(object as never, reach)
    }
  } finally {
    // Even if JavaScript's stack overflows in the middle.
    for (let i = 0; i < numbered; i++) objects[i]!.rc = counts[i]!
  }
  if (passed === 0) return { reachable: objects, unreachable: [] }
  const reachable: Counted[] = []
  const unreachable: Counted[] = []
  for (let i = 0; i < size; i++) {
    if (states[i] === SCANNED) reachable.push(objects[i]!)
    else if (states[i] === TENTATIVE) unreachable.push(objects[i]!)
  }
  pushAll(reachable, returned)
  returned = []
  return { reachable, unreachable }
}

/** Takes out of an array the objects that have ended. */
function compact(objects: Counted[]): Counted[] {
  let live = 0
  for (let i = 0; i < objects.length; i++) {
    const object = objects[i]!
    if (object.rc > 0) objects[live++] = object
  }
  objects.length = live
  return objects
}

/** Empties the generations up to one, and gives what lived in them: its own first, then the youngest on. */
function takeObjects(generation: number): Counted[] {
  const { generations } = collector
  const objects = compact(arrayOf(generation))
  for (let i = 0; i < generation; i++) pushAll(objects, compact(arrayOf(i)))
  gcState.young = []
  for (let i = 1; i <= generation; i++) generations[i]!.objects = []
  return objects
}

function arrayOf(generation: number): Counted[] {
  return generation === 0 ? gcState.young : collector.generations[generation]!.objects
}

function pushAll(target: Counted[], objects: readonly Counted[]): void {
  for (let i = 0; i < objects.length; i++) target.push(objects[i]!)
}

/** Calls the callbacks of weak references to garbage that are no garbage themselves; how many of those ended by it. */
function handleWeakReferences(garbage: readonly Counted[]): number {
  let set: Set<Counted> | null = null
  const pending: PendingCallback[] = []
  for (const object of garbage) {
    collectorHooks.disarm(object)
    const holder = object.type.tp_weakrefs?.(object as never, false)
    if (holder === undefined || holder === null || holder.weakrefs === null) continue
    set ??= new Set(garbage)
    const members = set
    holder.weakrefs.detach((reference) => members.has(reference), pending)
  }
  let freed = 0
  for (const callback of pending) if (callback.run()) freed++
  return freed
}

/** Runs the finalisers of garbage that have not run yet. They may end objects, or bring them back to life. */
function finalizeGarbage(garbage: readonly Counted[]): void {
  for (const object of garbage) {
    if (object.rc <= 0 || object.type.tp_finalize === undefined || isFinalized(object)) continue
    keep(object)
    finalize(object)
    drop(object)
  }
}

/** Breaks the cycles; what lives on nevertheless joins the older generation. */
function deleteGarbage(garbage: readonly Counted[], generation: number): void {
  const save = (collector.debug & DEBUG_SAVEALL) !== 0
  for (const object of garbage) {
    if (object.rc <= 0) continue
    if (save) collectorHooks.saveGarbage(object)
    else if (object.type.tp_clear !== undefined) {
      keep(object)
      try {
        object.type.tp_clear(object as never)
      } catch (error) {
        collectorHooks.unraisable(error, object)
      }
      drop(object as Owned<Counted>)
    }
    if (object.rc > 0) collector.generations[generation]!.objects.push(object)
  }
}

function reportStats(generation: number): void {
  const sizes = collector.generations.map((_, i) => generationObjects(i).length)
  collectorHooks.report(
    `gc: collecting generation ${generation}...\ngc: objects in each generation: ${sizes.join(' ')}\n` +
      `gc: objects in permanent generation: ${living(collector.permanent).length}\n`,
  )
}

/** Puts what survived a collection into the next generation, or back into the oldest. */
function promote(generation: number, survivors: Counted[]): void {
  const { tupleType } = collectorHooks
  let live = 0
  for (let i = 0; i < survivors.length; i++) {
    const object = survivors[i]!
    if (object.type !== tupleType || !collectorHooks.isHarmlessTuple(object)) survivors[live++] = object
  }
  survivors.length = live
  const watched = survivors
  if (generation === OLDEST) {
    collector.longLivedPending = 0
    collector.longLivedTotal = watched.length
    collector.generations[OLDEST]!.objects = watched
    return
  }
  if (generation === OLDEST - 1) collector.longLivedPending += watched.length
  pushAll(collector.generations[generation + 1]!.objects, watched)
}

/** Collects a generation and the younger ones: the number of unreachable objects. */
function collectMain(generation: number): number {
  const { generations, debug } = collector
  const started = (debug & DEBUG_STATS) !== 0 ? collectorHooks.clock() : 0
  if ((debug & DEBUG_STATS) !== 0) reportStats(generation)
  if (generation < OLDEST) generations[generation + 1]!.count++
  gcState.count = 0
  for (let i = 1; i <= generation; i++) generations[i]!.count = 0
  const { reachable, unreachable } = divide(takeObjects(generation))
  promote(generation, reachable)
  if ((debug & DEBUG_COLLECTABLE) !== 0) {
    for (const object of unreachable) collectorHooks.report(`gc: collectable ${collectorHooks.describe(object)}\n`)
  }
  let collected = 0
  if (unreachable.length > 0) {
    collected = handleWeakReferences(unreachable)
    finalizeGarbage(unreachable)
    const after = divide(compact(unreachable))
    const old = Math.min(generation + 1, OLDEST)
    pushAll(generations[old]!.objects, after.reachable)
    collected += after.unreachable.length
    deleteGarbage(after.unreachable, old)
  }
  if ((debug & DEBUG_STATS) !== 0) {
    const elapsed = (collectorHooks.clock() - started).toFixed(4)
    collectorHooks.report(`gc: done, ${collected} unreachable, 0 uncollectable, ${elapsed}s elapsed\n`)
  }
  const { stats } = generations[generation]!
  stats.collections++
  stats.collected += collected
  return collected
}

function collectNotifying(generation: number): number {
  collectorHooks.notify('start', generation, 0, 0)
  const collected = collectMain(generation)
  collectorHooks.notify('stop', generation, collected, 0)
  return collected
}

/**
 * `gc.collect(generation)`: the number of unreachable objects found; 0 while a collection is running. `isSilent` leaves
 * `gc.callbacks` out (`_PyGC_CollectNoFail`).
 */
export function collect(generation: number, isSilent = false): number {
  if (collector.collecting) return 0
  collector.collecting = true
  try {
    return isSilent ? collectMain(generation) : collectNotifying(generation)
  } finally {
    collector.collecting = false
  }
}

/**
 * Collects the oldest generation whose count is above its threshold. A full collection waits until a quarter as many
 * objects have grown old as the last one left: so their cost stays in proportion to the objects made.
 */
export function collectDue(): void {
  if (collector.collecting || !gcState.enabled || gcState.threshold === 0) return
  if (gcState.count <= gcState.threshold) return
  const { generations } = collector
  let generation = OLDEST
  while (generation > 0) {
    const { count, threshold } = generations[generation]!
    const due = generation < OLDEST || collector.longLivedPending >= Math.floor(collector.longLivedTotal / 4)
    if (count > threshold && due) break
    generation--
  }
  if (generation === 0 && pollWords[WORD_IMPORTS] !== 0 && collector.debug === 0 && !collectorHooks.isWatched())
    ageYoung()
  else collect(generation)
}

/**
 * Lets the young objects grow older without looking for garbage among them. Imports make little of it and much that
 * stays, which the next collection of the middle generation looks through once instead of twice.
 */
function ageYoung(): void {
  const { generations } = collector
  const [youngest, middle] = generations as [Generation, Generation]
  pushAll(middle.objects, takeObjects(0))
  middle.count++
  gcState.count = 0
  youngest.stats.collections++
}

function living(objects: readonly Counted[]): Counted[] {
  return objects.filter((object) => object.rc > 0)
}

/** The living objects of a generation, borrowed. */
export function generationObjects(generation: number): Counted[] {
  return living(arrayOf(generation))
}

/** Whether a living object under the collector's watch, frozen ones included, passes a test; borrowed. */
export function someObject(test: (object: Counted) => boolean): boolean {
  const { generations, permanent } = collector
  for (const objects of [gcState.young, ...generations.map((generation) => generation.objects), permanent]) {
    for (let i = 0; i < objects.length; i++) {
      const object = objects[i]!
      if (object.rc > 0 && test(object)) return true
    }
  }
  return false
}

/**
 * Moves all objects into the oldest generation without looking for garbage among them: what the start of an interpreter
 * makes lives as long as it does.
 */
export function growOld(): void {
  const { generations } = collector
  const { objects } = generations[OLDEST]!
  pushAll(objects, takeObjects(OLDEST - 1))
  collector.longLivedTotal = objects.length
  collector.longLivedPending = 0
  for (const generation of generations) generation.count = 0
  gcState.count = 0
}

/** `gc.freeze()`. */
export function freeze(): void {
  const { generations, permanent } = collector
  for (let i = 0; i < GENERATIONS; i++) {
    pushAll(permanent, generationObjects(i))
    generations[i]!.objects = []
    generations[i]!.count = 0
  }
  gcState.young = []
  gcState.count = 0
}

/** `gc.unfreeze()`. */
export function unfreeze(): void {
  pushAll(collector.generations[OLDEST]!.objects, living(collector.permanent))
  collector.permanent = []
}

/** Deaths of tracked objects after which all generations are looked through for the dead. */
const SWEEP_AT = 50_000

/**
 * Takes the dead out of the older generations, which otherwise would hold their memory until they are collected. The
 * next time comes later if few of those that died were in them.
 */
function sweepOld(): void {
  const { generations } = collector
  let before = 0
  let after = 0
  for (let i = 1; i < GENERATIONS; i++) {
    const { objects } = generations[i]!
    before += objects.length
    after += compact(objects).length
  }
  const useful = before - after > gcState.sweepAt / 4
  gcState.sweepAt = Math.max(SWEEP_AT, after, useful ? 0 : Math.min(2 * gcState.sweepAt, 16 * after))
}

gcState.sweep = () => {
  if (!collector.collecting) sweepOld()
}
