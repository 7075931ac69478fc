import { collector, GENERATIONS, generationObjects } from './gc.ts'
import type { Counted } from './header.ts'

/** An object that its own count knows fewer references to than `tp_traverse` of others finds. */
export interface Overcount {
  readonly object: Counted
  readonly count: number
  readonly found: number
  /** Who was found to refer to it, once for each reference. */
  readonly owners: readonly Counted[]
}

/** All living objects that the collector watches. */
function watchedObjects(): Counted[] {
  const objects: Counted[] = []
  for (let i = 0; i < GENERATIONS; i++) for (const object of generationObjects(i)) objects.push(object)
  for (const object of collector.permanent) if (object.rc > 0) objects.push(object)
  return objects
}

/**
 * Looks for objects that are visited more often than they are referred to: some `tp_traverse` visits what its object
 * does not own, or some reference was given up twice. The collector would take such objects for garbage.
 */
export function findOvercounts(): Overcount[] {
  const objects = watchedObjects()
  const found = new Map<Counted, number>(objects.map((object) => [object, 0]))
  for (const owner of objects) {
    owner.type.tp_traverse?.(owner as never, (child) => {
      const count = found.get(child)
      if (count !== undefined) found.set(child, count + 1)
    })
  }
  const wrong = objects.filter((object) => found.get(object)! > object.rc)
  return wrong.map((object) => {
    const owners: Counted[] = []
    for (const owner of objects) {
      owner.type.tp_traverse?.(owner as never, (child) => {
        if (child === object) owners.push(owner)
      })
    }
    return { object, count: object.rc, found: found.get(object)!, owners }
  })
}
