/** Whether the element number `a` must stand before the element number `b`. */
export type Less = (a: number, b: number) => boolean

/** Runs shorter than this are lengthened by insertion. */
const MINRUN_LIMIT = 64
/** Wins in a row after which merging looks for longer stretches. */
const MIN_GALLOP = 7

interface Run {
  base: number
  length: number
  power: number
}

/**
 * CPython's sort (`listsort.txt`): stable, adaptive, with exactly its sequence of comparisons. It orders a permutation,
 * so that keys and values need not be moved; where `less` throws, what is left is still a permutation.
 */
export class TimSort {
  private readonly order: Int32Array
  private readonly less: Less
  private readonly pending: Run[] = []
  private minGallop = MIN_GALLOP

  constructor(order: Int32Array, less: Less) {
    this.order = order
    this.less = less
  }

  /** Sorts all elements. */
  run(): void {
    const { order } = this
    let left = order.length
    if (left < 2) return
    let lo = 0
    const minrun = minimalRun(left)
    while (left > 0) {
      let n = this.countRun(lo, lo + left)
      if (n < minrun) {
        const force = Math.min(left, minrun)
        this.binarySort(lo, lo + force, lo + n)
        n = force
      }
      this.found(n)
      this.pending.push({ base: lo, length: n, power: 0 })
      lo += n
      left -= n
    }
    this.collapse()
  }

  /** Length of the run that begins at `lo`; a descending one is reversed. */
  private countRun(lo: number, hi: number): number {
    const { order, less } = this
    if (lo + 1 === hi) return 1
    let at = lo + 1
    if (less(order[at]!, order[at - 1]!)) {
      for (at++; at < hi; at++) if (!less(order[at]!, order[at - 1]!)) break
      order.subarray(lo, at).reverse()
    } else {
      for (at++; at < hi; at++) if (less(order[at]!, order[at - 1]!)) break
    }
    return at - lo
  }

  /** Sorts `lo..hi`, of which `lo..start` is sorted, by binary insertion. */
  private binarySort(lo: number, hi: number, start: number): void {
    const { order, less } = this
    if (lo === start) start++
    for (; start < hi; start++) {
      const pivot = order[start]!
      let l = lo
      let r = start
      do {
        const middle = (l + r) >>> 1
        if (less(pivot, order[middle]!)) r = middle
        else l = middle + 1
      } while (l < r)
      for (let p = start; p > l; p--) order[p] = order[p - 1]!
      order[l] = pivot
    }
  }

  /** Merges runs whose boundary has a greater power than that before the new run (powersort). */
  private found(length: number): void {
    const { pending } = this
    if (pending.length === 0) return
    const last = pending[pending.length - 1]!
    const power = boundaryPower(last.base, last.length, length, this.order.length)
    while (pending.length > 1 && pending[pending.length - 2]!.power > power) this.mergeAt(pending.length - 2)
    pending[pending.length - 1]!.power = power
  }

  private collapse(): void {
    const { pending } = this
    while (pending.length > 1) {
      let n = pending.length - 2
      if (n > 0 && pending[n - 1]!.length < pending[n + 1]!.length) n--
      this.mergeAt(n)
    }
  }

  private mergeAt(i: number): void {
    const { order, pending } = this
    const a = pending[i]!
    const b = pending[i + 1]!
    let baseA = a.base
    let lengthA = a.length
    const baseB = b.base
    let lengthB = b.length
    a.length = lengthA + lengthB
    pending.splice(i + 1, 1)
    const skip = this.gallopRight(order[baseB]!, order, baseA, lengthA, 0)
    baseA += skip
    lengthA -= skip
    if (lengthA === 0) return
    lengthB = this.gallopLeft(order[baseA + lengthA - 1]!, order, baseB, lengthB, lengthB - 1)
    if (lengthB <= 0) return
    if (lengthA <= lengthB) this.mergeLow(baseA, lengthA, baseB, lengthB)
    else this.mergeHigh(baseA, lengthA, baseB, lengthB)
  }

  /** Where `key` belongs in a sorted run, before its equals; the search begins at `hint`. */
  private gallopLeft(key: number, run: Int32Array, base: number, length: number, hint: number): number {
    const { less } = this
    let last = 0
    let offset = 1
    const at = base + hint
    if (less(run[at]!, key)) {
      const max = length - hint
      while (offset < max && less(run[at + offset]!, key)) {
        last = offset
        offset = 2 * offset + 1
      }
      if (offset > max) offset = max
      last += hint
      offset += hint
    } else {
      const max = hint + 1
      while (offset < max && !less(run[at - offset]!, key)) {
        last = offset
        offset = 2 * offset + 1
      }
      if (offset > max) offset = max
      const before = last
      last = hint - offset
      offset = hint - before
    }
    last++
    while (last < offset) {
      const middle = last + ((offset - last) >> 1)
      if (less(run[base + middle]!, key)) last = middle + 1
      else offset = middle
    }
    return offset
  }

  /** As `gallopLeft`, behind its equals. */
  private gallopRight(key: number, run: Int32Array, base: number, length: number, hint: number): number {
    const { less } = this
    let last = 0
    let offset = 1
    const at = base + hint
    if (less(key, run[at]!)) {
      const max = hint + 1
      while (offset < max && less(key, run[at - offset]!)) {
        last = offset
        offset = 2 * offset + 1
      }
      if (offset > max) offset = max
      const before = last
      last = hint - offset
      offset = hint - before
    } else {
      const max = length - hint
      while (offset < max && !less(key, run[at + offset]!)) {
        last = offset
        offset = 2 * offset + 1
      }
      if (offset > max) offset = max
      last += hint
      offset += hint
    }
    last++
    while (last < offset) {
      const middle = last + ((offset - last) >> 1)
      if (less(key, run[base + middle]!)) offset = middle
      else last = middle + 1
    }
    return offset
  }

  /** Merges from the front; the left run, the shorter one, moves out of the way. */
  private mergeLow(baseA: number, lengthA: number, baseB: number, lengthB: number): void {
    const { order, less } = this
    const temp = order.slice(baseA, baseA + lengthA)
    let a = 0
    let b = baseB
    let to = baseA
    const endA = lengthA
    const endB = baseB + lengthB
    let minGallop = this.minGallop
    try {
      order[to++] = order[b++]!
      if (b === endB || a === endA - 1) return
      for (;;) {
        let winsA = 0
        let winsB = 0
        for (;;) {
          if (less(order[b]!, temp[a]!)) {
            order[to++] = order[b++]!
            winsB++
            winsA = 0
            if (b === endB) return
            if (winsB >= minGallop) break
          } else {
            order[to++] = temp[a++]!
            winsA++
            winsB = 0
            if (a === endA - 1) return
            if (winsA >= minGallop) break
          }
        }
        minGallop++
        do {
          if (minGallop > 1) minGallop--
          this.minGallop = minGallop
          winsA = this.gallopRight(order[b]!, temp, a, endA - a, 0)
          for (let i = 0; i < winsA; i++) order[to++] = temp[a++]!
          if (a >= endA - 1) return
          order[to++] = order[b++]!
          if (b === endB) return
          winsB = this.gallopLeft(temp[a]!, order, b, endB - b, 0)
          order.copyWithin(to, b, b + winsB)
          to += winsB
          b += winsB
          if (b === endB) return
          order[to++] = temp[a++]!
          if (a === endA - 1) return
        } while (winsA >= MIN_GALLOP || winsB >= MIN_GALLOP)
        minGallop++
        this.minGallop = minGallop
      }
    } finally {
      if (a === endA - 1 && b < endB) {
        // The last of the left run is behind all that is left of the right one.
        order.copyWithin(to, b, endB)
        order[to + endB - b] = temp[a]!
      } else order.set(temp.subarray(a, endA), to)
    }
  }

  /** Merges from the back; the right run, the shorter one, moves out of the way. */
  private mergeHigh(baseA: number, lengthA: number, baseB: number, lengthB: number): void {
    const { order, less } = this
    const temp = order.slice(baseB, baseB + lengthB)
    let a = baseA + lengthA - 1
    let b = lengthB - 1
    let to = baseB + lengthB - 1
    let minGallop = this.minGallop
    try {
      order[to--] = order[a--]!
      if (a < baseA || b === 0) return
      for (;;) {
        let winsA = 0
        let winsB = 0
        for (;;) {
          if (less(temp[b]!, order[a]!)) {
            order[to--] = order[a--]!
            winsA++
            winsB = 0
            if (a < baseA) return
            if (winsA >= minGallop) break
          } else {
            order[to--] = temp[b--]!
            winsB++
            winsA = 0
            if (b === 0) return
            if (winsB >= minGallop) break
          }
        }
        minGallop++
        do {
          if (minGallop > 1) minGallop--
          this.minGallop = minGallop
          const left = a - baseA + 1
          winsA = left - this.gallopRight(temp[b]!, order, baseA, left, left - 1)
          to -= winsA
          a -= winsA
          order.copyWithin(to + 1, a + 1, a + 1 + winsA)
          if (a < baseA) return
          order[to--] = temp[b--]!
          if (b === 0) return
          winsB = b + 1 - this.gallopLeft(order[a]!, temp, 0, b + 1, b)
          for (let i = 0; i < winsB; i++) order[to--] = temp[b--]!
          if (b <= 0) return
          order[to--] = order[a--]!
          if (a < baseA) return
        } while (winsA >= MIN_GALLOP || winsB >= MIN_GALLOP)
        minGallop++
        this.minGallop = minGallop
      }
    } finally {
      if (b === 0 && a >= baseA) {
        // The first of the right run is before all that is left of the left one.
        const left = a - baseA + 1
        order.copyWithin(to - left + 1, baseA, a + 1)
        order[to - left] = temp[0]!
      } else order.set(temp.subarray(0, b + 1), to - b)
    }
  }
}

/** The length that runs are brought to: the number of runs is then a power of two, or just below. */
function minimalRun(n: number): number {
  let odd = 0
  while (n >= MINRUN_LIMIT) {
    odd |= n & 1
    n >>= 1
  }
  return n + odd
}

/** The depth in an ideal merge tree of the boundary between two runs (Munro and Wild's powersort). */
function boundaryPower(base: number, left: number, right: number, total: number): number {
  let power = 0
  let a = 2 * base + left
  let b = a + left + right
  for (;;) {
    power++
    if (a >= total) {
      a -= total
      b -= total
    } else if (b >= total) return power
    a *= 2
    b *= 2
  }
}
