/** The arrays of `Tokens`, all of one length. */
export interface TokenArrays {
  readonly capacity: number
  readonly kinds: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly lines: Int32Array
  readonly cols: Int32Array
  readonly endLines: Int32Array
  readonly endCols: Int32Array
  readonly nameIds: Int32Array
}

/** Arrays given back, kept for the next sources: one set for each depth of tokenising inside tokenising is plenty. */
const free: TokenArrays[] = []
const MAX_FREE = 8
/** Larger sets are left to the garbage collector, so that one huge source does not hold its memory for ever. */
const MAX_KEPT_CAPACITY = 1 << 20
const MIN_CAPACITY = 64

/** Arrays for a source of this many bytes; they grow if it has more than a token for every three. */
export function acquireArrays(sourceLength: number): TokenArrays {
  const wanted = Math.max(MIN_CAPACITY, Math.ceil(sourceLength / 3))
  let best = -1
  for (let i = 0; i < free.length; i++) {
    const fits = free[i]!.capacity >= wanted
    if (fits && (best < 0 || free[i]!.capacity < free[best]!.capacity)) best = i
  }
  if (best >= 0) return free.splice(best, 1)[0]!
  return newArrays(wanted)
}

/** Arrays of twice the length with the same contents; the old ones are free for others. */
export function growArrays(old: TokenArrays): TokenArrays {
  const grown = newArrays(old.capacity * 2)
  grown.kinds.set(old.kinds)
  grown.starts.set(old.starts)
  grown.ends.set(old.ends)
  grown.lines.set(old.lines)
  grown.cols.set(old.cols)
  grown.endLines.set(old.endLines)
  grown.endCols.set(old.endCols)
  grown.nameIds.set(old.nameIds)
  giveBack(old)
  return grown
}

/** Gives arrays back for reuse: nobody may look at them any more. */
export function giveBack(arrays: TokenArrays): void {
  if (arrays.capacity > MAX_KEPT_CAPACITY) return
  if (free.length < MAX_FREE) {
    free.push(arrays)
    return
  }
  let smallest = 0
  for (let i = 1; i < free.length; i++) if (free[i]!.capacity < free[smallest]!.capacity) smallest = i
  if (free[smallest]!.capacity < arrays.capacity) free[smallest] = arrays
}

function newArrays(capacity: number): TokenArrays {
  return {
    capacity,
    kinds: new Uint8Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    lines: new Int32Array(capacity),
    cols: new Int32Array(capacity),
    endLines: new Int32Array(capacity),
    endCols: new Int32Array(capacity),
    nameIds: new Int32Array(capacity),
  }
}
