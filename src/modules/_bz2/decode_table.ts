const LONGEST = 20

/** A table of canonical codes for reading. */
export class DecodeTable {
  readonly shortest: number
  /** The largest code of each length, -1 where there is none; with it, what to add for the place in `symbols`. */
  private readonly limits = new Int32Array(LONGEST + 1).fill(-1)
  private readonly offsets = new Int32Array(LONGEST + 1)
  private readonly symbols: Uint16Array

  constructor(lengths: Uint8Array) {
    const order: number[] = []
    let code = 0
    let shortest = LONGEST
    for (let length = 1; length <= LONGEST; length++) {
      this.offsets[length] = order.length - code
      for (let symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] !== length) continue
        order.push(symbol)
        code++
        if (length < shortest) shortest = length
      }
      this.limits[length] = code - 1
      code <<= 1
    }
    this.shortest = shortest
    this.symbols = Uint16Array.from(order)
  }

  /** Whether a code of this length can be this one or one before it. */
  reaches(length: number, code: number): boolean {
    return code <= this.limits[length]!
  }

  /** The symbol of a code; `undefined` for one that stands for nothing. */
  symbol(length: number, code: number): number | undefined {
    return this.symbols[code + this.offsets[length]!]
  }
}

export { LONGEST as LONGEST_CODE }
