/** A filter before LZMA: it changes bytes without changing their number. */
export interface SimpleFilter {
  /** Changes bytes as far as it can at this moment and gives them; `isEnd` says that no more will come. */
  process(data: Uint8Array, isEnd: boolean): Uint8Array
}

/** Differences to the byte `distance` before. */
export class DeltaFilter implements SimpleFilter {
  private readonly history: Uint8Array
  private at = 0
  private readonly isEncoder: boolean

  constructor(distance: number, isEncoder: boolean) {
    this.history = new Uint8Array(distance)
    this.isEncoder = isEncoder
  }

  process(data: Uint8Array): Uint8Array {
    const { history, isEncoder } = this
    const out = new Uint8Array(data.length)
    for (let i = 0; i < data.length; i++) {
      out[i] = isEncoder ? data[i]! - history[this.at]! : data[i]! + history[this.at]!
      history[this.at] = isEncoder ? data[i]! : out[i]!
      this.at = (this.at + 1) % history.length
    }
    return out
  }
}

/** Changes the addresses in `bytes`, of which the first stands at `position` of the stream; gives how many bytes are done. */
type Converter = (bytes: Uint8Array, position: number, isEncoder: boolean) => number

/** Turns relative addresses of branches into absolute ones, so that equal targets look alike (BCJ). */
export class BranchFilter implements SimpleFilter {
  private readonly convert: Converter
  private readonly isEncoder: boolean
  private position: number
  private rest: Uint8Array = new Uint8Array(0)

  constructor(convert: Converter, startOffset: number, isEncoder: boolean) {
    this.convert = convert
    this.position = startOffset
    this.isEncoder = isEncoder
  }

  process(data: Uint8Array, isEnd: boolean): Uint8Array {
    const bytes = new Uint8Array(this.rest.length + data.length)
    bytes.set(this.rest)
    bytes.set(data, this.rest.length)
    const done = this.convert(bytes, this.position, this.isEncoder)
    this.position = (this.position + done) >>> 0
    if (isEnd) {
      this.rest = new Uint8Array(0)
      return bytes
    }
    this.rest = bytes.slice(done)
    return bytes.subarray(0, done)
  }
}

const moved = (address: number, by: number, isEncoder: boolean): number => (isEncoder ? address + by : address - by)

const powerpc: Converter = (bytes, position, isEncoder) => {
  let i = 0
  for (; i + 4 <= bytes.length; i += 4) {
    if (bytes[i]! >> 2 !== 0x12 || (bytes[i + 3]! & 3) !== 1) continue
    const word = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | (bytes[i + 3]! & ~3)
    const target = moved(word & 0x03fffffc, position + i, isEncoder)
    bytes[i] = 0x48 | ((target >> 24) & 3)
    bytes[i + 1] = target >> 16
    bytes[i + 2] = target >> 8
    bytes[i + 3] = (bytes[i + 3]! & 3) | (target & ~3)
  }
  return i
}

const arm: Converter = (bytes, position, isEncoder) => {
  let i = 0
  for (; i + 4 <= bytes.length; i += 4) {
    if (bytes[i + 3] !== 0xeb) continue
    const address = (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16)) << 2
    const target = moved(address, position + i + 8, isEncoder) >> 2
    bytes[i] = target
    bytes[i + 1] = target >> 8
    bytes[i + 2] = target >> 16
  }
  return i
}

const armthumb: Converter = (bytes, position, isEncoder) => {
  let i = 0
  for (; i + 4 <= bytes.length; i += 2) {
    if ((bytes[i + 1]! & 0xf8) !== 0xf0 || (bytes[i + 3]! & 0xf8) !== 0xf8) continue
    const high = ((bytes[i + 1]! & 7) << 19) | (bytes[i]! << 11)
    const address = (high | ((bytes[i + 3]! & 7) << 8) | bytes[i + 2]!) << 1
    const target = moved(address, position + i + 4, isEncoder) >> 1
    bytes[i + 1] = 0xf0 | ((target >> 19) & 7)
    bytes[i] = target >> 11
    bytes[i + 3] = 0xf8 | ((target >> 8) & 7)
    bytes[i + 2] = target
    i += 2
  }
  return i
}

const sparc: Converter = (bytes, position, isEncoder) => {
  let i = 0
  for (; i + 4 <= bytes.length; i += 4) {
    const isCall = bytes[i] === 0x40 && (bytes[i + 1]! & 0xc0) === 0
    if (!isCall && !(bytes[i] === 0x7f && (bytes[i + 1]! & 0xc0) === 0xc0)) continue
    const word = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!
    const target = moved(word << 2, position + i, isEncoder) >> 2
    const coded = (((0 - ((target >> 22) & 1)) << 22) & 0x3fffffff) | (target & 0x3fffff) | 0x40000000
    bytes[i] = coded >> 24
    bytes[i + 1] = coded >> 16
    bytes[i + 2] = coded >> 8
    bytes[i + 3] = coded
  }
  return i
}

/** Which of the three instructions of an IA-64 bundle can be branches, by its template. */
const IA64_BRANCHES = [
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ...[4, 4, 6, 6, 0, 0, 7, 7, 4, 4, 0, 0, 4, 4, 0, 0],
]

const ia64: Converter = (bytes, position, isEncoder) => {
  let i = 0
  for (; i + 16 <= bytes.length; i += 16) {
    const mask = IA64_BRANCHES[bytes[i]! & 0x1f]!
    for (let slot = 0; slot < 3; slot++) {
      if (((mask >> slot) & 1) === 0) continue
      const bit = 5 + slot * 41
      const at = i + (bit >> 3)
      const shift = BigInt(bit & 7)
      let word = 0n
      for (let k = 0; k < 6; k++) word |= BigInt(bytes[at + k]!) << BigInt(8 * k)
      const instruction = word >> shift
      if (((instruction >> 37n) & 0xfn) !== 5n || ((instruction >> 9n) & 7n) !== 0n) continue
      const address = Number((instruction >> 13n) & 0xfffffn) | (Number((instruction >> 36n) & 1n) << 20)
      const target = BigInt(moved(address << 4, position + i, isEncoder) >>> 4)
      let coded = instruction & ~(0x8fffffn << 13n)
      coded |= ((target & 0xfffffn) << 13n) | ((target & 0x100000n) << 16n)
      word = (word & ((1n << shift) - 1n)) | (coded << shift)
      for (let k = 0; k < 6; k++) bytes[at + k] = Number((word >> BigInt(8 * k)) & 0xffn)
    }
  }
  return i
}

/** What the x86 filter carries from call to call: which of the last bytes looked like opcodes. */
function x86(): Converter {
  let previousMask = 0
  let previousAt = -5
  const isEdge = (byte: number) => byte === 0 || byte === 0xff
  const allowed = [true, true, true, false, true, false, false, false]
  const bitNumber = [0, 1, 2, 2, 3]
  return (bytes, position, isEncoder) => {
    if (bytes.length < 5) return 0
    let mask = previousMask
    let at = position - previousAt > 5 ? position - 5 : previousAt
    let i = 0
    const limit = bytes.length - 5
    while (i <= limit) {
      if (bytes[i] !== 0xe8 && bytes[i] !== 0xe9) {
        i++
        continue
      }
      const offset = position + i - at
      at = position + i
      if (offset > 5) mask = 0
      else for (let k = 0; k < offset; k++) mask = (mask & 0x77) << 1
      const top = bytes[i + 4]!
      if (isEdge(top) && allowed[(mask >> 1) & 7]! && mask >> 1 < 0x10) {
        let source = ((top << 24) | (bytes[i + 3]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 1]!) >>> 0
        let target: number
        for (;;) {
          target = moved(source, position + i + 5, isEncoder) >>> 0
          if (mask === 0) break
          const k = bitNumber[mask >> 1]!
          if (!isEdge((target >>> (24 - k * 8)) & 0xff)) break
          source = (target ^ (2 ** (32 - k * 8) - 1)) >>> 0
        }
        bytes[i + 4] = ((target >>> 24) & 1) === 0 ? 0 : 0xff
        bytes[i + 3] = target >>> 16
        bytes[i + 2] = target >>> 8
        bytes[i + 1] = target
        i += 5
        mask = 0
      } else {
        i++
        mask |= 1
        if (isEdge(top)) mask |= 0x10
      }
    }
    previousMask = mask
    previousAt = at
    return i
  }
}

/** The branch filters by their ids. */
export const branchConverters: ReadonlyMap<number, () => Converter> = new Map([
  [4, x86],
  [5, () => powerpc],
  [6, () => ia64],
  [7, () => arm],
  [8, () => armthumb],
  [9, () => sparc],
])
