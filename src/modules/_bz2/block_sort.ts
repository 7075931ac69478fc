/** Buckets up to this size are sorted by insertion. */
const SMALL_BUCKET = 10

/**
 * Sorts the rotations of a block: the order in which they stand, as their first indices. By the doubling of Manber and
 * Myers: after a pass the rotations are ordered by twice as many of their first bytes as before. Rotations of a periodic
 * block that are equal come out in the order in which bzip2's own sort for repetitive blocks leaves them, so that the
 * streams are the same; hence its choice of pivots and its way of partitioning.
 */
export function sortRotations(block: Uint8Array, size: number): Int32Array {
  const order = new Int32Array(size)
  const starts = byteOrder(block, size, order)
  const classes = new Int32Array(size)
  for (let length = 1; ; length *= 2) {
    let bucket = 0
    for (let i = 0; i < size; i++) {
      if (starts[i] === 1) bucket = i
      const before = order[i]! - length
      classes[before < 0 ? before + size : before] = bucket
    }
    if (!refine(order, classes, starts, size) || 2 * length > size) return order
  }
}

/** Orders by the first byte, equal ones from the last to the first; gives flags of where buckets start, one more at the end. */
function byteOrder(block: Uint8Array, size: number, order: Int32Array): Uint8Array {
  const ends = new Int32Array(256)
  for (let i = 0; i < size; i++) ends[block[i]!]!++
  for (let byte = 1; byte < 256; byte++) ends[byte]! += ends[byte - 1]!
  for (let i = 0; i < size; i++) order[--ends[block[i]!]!] = i
  const starts = new Uint8Array(size + 1)
  for (let byte = 0; byte < 256; byte++) starts[ends[byte]!] = 1
  starts[size] = 1
  return starts
}

/** Sorts every bucket by the classes of its rotations and splits it; false if there was none of more than one. */
function refine(order: Int32Array, classes: Int32Array, starts: Uint8Array, size: number): boolean {
  let isDone = true
  let first = 0
  for (;;) {
    while (first < size && starts[first + 1] === 1) first++
    if (first >= size) return !isDone
    let last = first + 1
    while (starts[last + 1] === 0) last++
    isDone = false
    sortBucket(order, classes, first, last)
    let previous = -1
    for (let i = first; i <= last; i++) {
      const current = classes[order[i]!]!
      if (current !== previous) starts[i] = 1
      previous = current
    }
    first = last + 1
  }
}

/** One pass of insertion with a step, from the end to the front. */
function insertionPass(order: Int32Array, classes: Int32Array, low: number, high: number, step: number): void {
  for (let i = high - step; i >= low; i--) {
    const moved = order[i]!
    const key = classes[moved]!
    let j = i + step
    for (; j <= high && key > classes[order[j]!]!; j += step) order[j - step] = order[j]!
    order[j - step] = moved
  }
}

function swap(order: Int32Array, a: number, b: number): void {
  const moved = order[a]!
  order[a] = order[b]!
  order[b] = moved
}

function swapRuns(order: Int32Array, a: number, b: number, count: number): void {
  for (let i = 0; i < count; i++) swap(order, a + i, b + i)
}

/** Quicksort with three parts, those equal to the pivot in the middle; the larger part is done last. */
function sortBucket(order: Int32Array, classes: Int32Array, first: number, last: number): void {
  const open = [first, last]
  let random = 0
  while (open.length > 0) {
    const high = open.pop()!
    const low = open.pop()!
    if (high - low < SMALL_BUCKET) {
      if (high - low > 3) insertionPass(order, classes, low, high, 4)
      insertionPass(order, classes, low, high, 1)
      continue
    }
    random = (random * 7621 + 1) % 32768
    const choice = random % 3
    const pivot = classes[order[choice === 0 ? low : choice === 1 ? (low + high) >> 1 : high]!]!
    let left = low
    let equalLeft = low
    let right = high
    let equalRight = high
    for (;;) {
      for (; left <= right; left++) {
        const key = classes[order[left]!]!
        if (key > pivot) break
        if (key === pivot) swap(order, left, equalLeft++)
      }
      for (; left <= right; right--) {
        const key = classes[order[right]!]!
        if (key < pivot) break
        if (key === pivot) swap(order, right, equalRight--)
      }
      if (left > right) break
      swap(order, left++, right--)
    }
    if (equalRight < equalLeft) continue
    const headCount = Math.min(equalLeft - low, left - equalLeft)
    swapRuns(order, low, left - headCount, headCount)
    const tailCount = Math.min(high - equalRight, equalRight - right)
    swapRuns(order, left, high - tailCount + 1, tailCount)
    const lowEnd = low + left - equalLeft - 1
    const highStart = high - (equalRight - right) + 1
    if (lowEnd - low > high - highStart) open.push(low, lowEnd, highStart, high)
    else open.push(highStart, high, low, lowEnd)
  }
}
