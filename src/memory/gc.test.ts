import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { drop, keep } from './counted.ts'
import { collect, collectDue, collector, freeze, generationObjects, unfreeze } from './gc.ts'
import type { Counted, CountedType } from './header.ts'
import { gcState, POLL_GC, poll, traceAllocations, track } from './state.ts'
import { findOvercounts } from './verify.ts'

interface Box extends Counted {
  held: Counted[]
  name: string
}

const log: string[] = []

const boxType: CountedType = {
  tp_dealloc: (self: Box) => {
    log.push(`end ${self.name}`)
    for (const child of self.held) drop(child)
  },
  tp_finalize: undefined,
  tp_traverse: (self: Box, visit) => self.held.forEach(visit),
  tp_clear: (self: Box) => {
    const { held } = self
    self.held = []
    for (const child of held) drop(child)
  },
  tp_weakrefs: undefined,
  tracked: true,
}

function box(name: string, type: CountedType = boxType): Box {
  const made: Box = { rc: 1, type, held: [], name }
  track(made)
  return made
}

function link(owner: Box, child: Box): void {
  owner.held.push(keep(child))
}

afterEach(() => {
  collect(2)
  log.length = 0
})

test('a cycle ends when it is collected, and not before', () => {
  const [a, b] = [box('a'), box('b')]
  link(a, b)
  link(b, a)
  drop(a)
  drop(b)
  assert.deepEqual(log, [])
  assert.equal(collect(2), 2)
  assert.deepEqual(log.sort(), ['end a', 'end b'])
})

test('what can be reached from outside survives, with its count as it was', () => {
  const [a, b, c] = [box('a'), box('b'), box('c')]
  link(a, b)
  link(b, c)
  link(c, a)
  drop(b)
  drop(c)
  assert.equal(collect(2), 0)
  assert.deepEqual([a.rc, b.rc, c.rc], [2, 1, 1])
  assert.deepEqual(log, [])
  drop(a)
  assert.equal(collect(2), 3)
})

test('survivors move to the next generation', () => {
  const a = box('a')
  assert.ok(generationObjects(0).includes(a))
  collect(0)
  assert.ok(generationObjects(1).includes(a))
  collect(1)
  assert.ok(generationObjects(2).includes(a))
  freeze()
  assert.ok(!generationObjects(2).includes(a))
  unfreeze()
  assert.ok(generationObjects(2).includes(a))
  drop(a)
  assert.ok(!generationObjects(2).includes(a))
})

test('a finaliser runs once, and may bring its cycle back to life', () => {
  let saved: Box | null = null
  const type: CountedType = {
    ...boxType,
    tp_finalize: (self: Box) => {
      log.push(`finalize ${self.name}`)
      saved = keep(self)
    },
  }
  const a = box('a', type)
  link(a, a)
  drop(a)
  assert.equal(collect(2), 0)
  assert.deepEqual(log, ['finalize a'])
  drop(saved)
  assert.equal(collect(2), 1)
  assert.deepEqual(log, ['finalize a', 'end a'])
})

test('a collection falls due above the threshold', () => {
  collect(2)
  poll.requests = 0
  const made = Array.from({ length: gcState.threshold + 1 }, (_, i) => box(`${i}`))
  assert.equal(poll.requests & POLL_GC, POLL_GC)
  const before = collector.generations[0]!.stats.collections
  collectDue()
  assert.equal(collector.generations[0]!.stats.collections, before + 1)
  assert.equal(gcState.count, 0)
  for (const each of made) drop(each)
})

test('what a type visits without owning it is found', () => {
  const [a, b] = [box('a'), box('b')]
  a.held.push(b, b)
  assert.deepEqual(
    findOvercounts().map(({ object, count, found }) => [object, count, found]),
    [[b, 1, 2]],
  )
  a.held = []
  drop(a)
  drop(b)
})

test('a tracer sees objects being made and ending', () => {
  const seen: string[] = []
  traceAllocations({
    born: () => seen.push('born'),
    died: (object) => seen.push(`died ${(object as Box).name}`),
  })
  drop(box('a'))
  traceAllocations(null)
  drop(box('b'))
  assert.deepEqual(seen, ['born', 'died a'])
})
