import { PyError } from '../../base/errors.ts'
import { canonicalInt } from '../../base/values.ts'
import { type Item, type StructFormat, structError } from './struct_format.ts'
import { packHalf, unpackHalf } from './struct_half.ts'

/** How values come to be packed; `undefined` says that a value is of another kind. */
export interface Reader<V> {
  /** By `__index__`. */
  int(value: V): number | bigint | undefined
  /** By `__float__` or `__index__`. */
  float(value: V): number | undefined
  bool(value: V): boolean
  /** Of bytes and, but for the code `c`, of a bytearray. */
  bytes(value: V, code: string): Uint8Array | undefined
}

/** How unpacked values are made. */
export interface Maker<V> {
  int(value: number | bigint): V
  float(value: number): V
  bool(value: boolean): V
  bytes(value: Uint8Array): V
}

/** `Struct.pack`. Throws `struct.error` or `OverflowError`. */
export function pack<V>(format: StructFormat, values: readonly V[], reader: Reader<V>): Uint8Array {
  checkCount('pack', format, values.length)
  const out = new Uint8Array(format.size)
  packItems(format, values, reader, out)
  return out
}

function checkCount(name: string, format: StructFormat, count: number): void {
  if (count === format.length) return
  throw structError(`${name} expected ${format.length} items for packing (got ${count})`)
}

/** `Struct.pack_into`, for the values behind the offset. */
export function packInto<V>(
  format: StructFormat,
  buffer: Uint8Array,
  offset: number | bigint,
  values: readonly V[],
  reader: Reader<V>,
): void {
  checkCount('pack_into', format, values.length)
  const at = checkedOffset(format.size, buffer.length, offset, 'pack_into')
  const target = buffer.subarray(at, at + format.size)
  target.fill(0)
  packItems(format, values, reader, target)
}

/** An offset that may count from the end, as a place in a buffer that has room for so many bytes from there on. */
function checkedOffset(
  size: number,
  length: number,
  offset: number | bigint,
  name: 'pack_into' | 'unpack_from',
): number {
  const [verb, needs] = name === 'pack_into' ? ['pack', 'no space to pack'] : ['unpack', 'not enough data to unpack']
  if (offset < 0) {
    if (typeof offset === 'number' && offset + size > 0) throw structError(`${needs} ${size} bytes at offset ${offset}`)
    if (typeof offset === 'bigint' || offset + length < 0) {
      throw structError(`offset ${offset} out of range for ${length}-byte buffer`)
    }
    return offset + length
  }
  if (typeof offset === 'number' && length - offset >= size) return offset
  const wanted = BigInt(size) + BigInt(offset)
  throw structError(
    `${name} requires a buffer of at least ${wanted} bytes for ${verb}ing ${size} bytes at offset ${offset} ` +
      `(actual buffer size is ${length})`,
  )
}

function packItems<V>(format: StructFormat, values: readonly V[], reader: Reader<V>, out: Uint8Array): void {
  let next = 0
  for (const item of format.items) {
    for (let i = 0; i < item.repeat; i++) {
      packValue(item, values[next++]!, reader, out, item.offset + i * item.size, format.isLittle)
    }
  }
}

/** Writes one value of an item. Throws `struct.error` or `OverflowError`. */
function packValue<V>(item: Item, value: V, reader: Reader<V>, out: Uint8Array, at: number, isLittle: boolean): void {
  switch (item.kind) {
    case 'int':
    case 'pointer':
      writeInt(out, at, item.size, isLittle, checkedInt(item, reader.int(value)))
      break
    case 'float': {
      const float = reader.float(value)
      if (float === undefined) throw structError('required argument is not a float')
      writeFloat(item, out, at, isLittle, float)
      break
    }
    case 'bool':
      out[at] = reader.bool(value) ? 1 : 0
      break
    case 'char': {
      const bytes = reader.bytes(value, item.code)
      if (bytes?.length !== 1) throw structError('char format requires a bytes object of length 1')
      out[at] = bytes[0]!
      break
    }
    default: {
      const bytes = reader.bytes(value, item.code)
      if (bytes === undefined) throw structError(`argument for '${item.code}' must be a bytes object`)
      if (item.kind === 'string') out.set(bytes.subarray(0, item.size), at)
      else if (item.size > 0) {
        const count = Math.min(bytes.length, item.size - 1)
        out.set(bytes.subarray(0, count), at + 1)
        out[at] = Math.min(count, 255)
      }
    }
  }
}

const NAMES: Readonly<Record<string, string>> = { b: 'byte', B: 'ubyte', h: 'short', H: 'ushort' }

const LONG_MAX = 2n ** 63n - 1n
const LONG_MIN = -(2n ** 63n)

/** The value as an int within the bounds of its code; else the error that CPython words by the code and its mode. */
function checkedInt(item: Item, value: number | bigint | undefined): number | bigint {
  if (value === undefined) throw structError('required argument is not an integer')
  const { code, size, isSigned } = item
  const bits = size * 8
  const max = isSigned ? 2 ** (bits - 1) - 1 : 2 ** bits - 1
  const min = isSigned ? -(2 ** (bits - 1)) : 0
  if (size < 8) {
    if (value >= min && value <= max) return value
    const isNamed = size === 1 || (item.isNative && size === 2)
    // C reads small codes as `long`, and unsigned ones of other modes as `unsigned long`.
    const [low, high] = isSigned || isNamed ? [LONG_MIN, LONG_MAX] : [0, 2n ** 64n - 1n]
    if (value < low || value > high) throw structError('argument out of range')
    const subject = isNamed ? `${NAMES[code]} format` : `'${code}' format`
    throw structError(`${subject} requires ${min} <= number <= ${max}`)
  }
  if (code === 'P') {
    if (value >= LONG_MIN && value < 2n ** 64n) return value
    throw structError('int too large to convert')
  }
  const [low, high] = isSigned ? [LONG_MIN, LONG_MAX] : [0, 2n ** 64n - 1n]
  if (value >= low && value <= high) return value
  throw structError(size === 8 && !item.isNative ? 'int too large to convert' : 'argument out of range')
}

/** Writes an int of up to 8 bytes, cut to them. */
export function writeInt(out: Uint8Array, at: number, size: number, isLittle: boolean, value: number | bigint): void {
  let low: number
  let high = 0
  if (typeof value === 'number') {
    low = value | 0
    high = Math.floor(value / 0x100000000)
  } else {
    low = Number(BigInt.asUintN(32, value))
    high = Number(BigInt.asUintN(32, value >> 32n))
  }
  for (let i = 0; i < size; i++) {
    const byte = i < 4 ? low >> (8 * i) : high >> (8 * (i - 4))
    out[isLittle ? at + i : at + size - 1 - i] = byte
  }
}

const scratch = new DataView(new ArrayBuffer(8))

/** Writes a float of the item's size. Throws `OverflowError`. */
export function writeFloat(item: Item, out: Uint8Array, at: number, isLittle: boolean, value: number): void {
  const { size } = item
  if (size === 2) scratch.setUint16(0, packHalf(value), isLittle)
  else if (size === 4) {
    // Only the native mode lets C turn what is too large into an infinity.
    const isTooLarge = Math.abs(Math.fround(value)) === Infinity && Number.isFinite(value)
    if (isTooLarge && !item.isNative) throw new PyError('OverflowError', 'float too large to pack with f format')
    scratch.setFloat32(0, value, isLittle)
  } else scratch.setFloat64(0, value, isLittle)
  for (let i = 0; i < size; i++) out[at + i] = scratch.getUint8(i)
}

/** `Struct.unpack`. Throws `struct.error`. */
export function unpack<V>(format: StructFormat, buffer: Uint8Array, maker: Maker<V>): V[] {
  if (buffer.length !== format.size) throw structError(`unpack requires a buffer of ${format.size} bytes`)
  return unpackItems(format, buffer, 0, maker)
}

/** `Struct.unpack_from`. Throws `struct.error`. */
export function unpackFrom<V>(format: StructFormat, buffer: Uint8Array, offset: number | bigint, maker: Maker<V>): V[] {
  return unpackItems(format, buffer, checkedOffset(format.size, buffer.length, offset, 'unpack_from'), maker)
}

/** The number of rounds of `Struct.iter_unpack`, each of which is an `unpackFrom`. Throws `struct.error`. */
export function iterUnpackCount(format: StructFormat, buffer: Uint8Array): number {
  if (format.size === 0) throw structError('cannot iteratively unpack with a struct of length 0')
  if (buffer.length % format.size !== 0) {
    throw structError(`iterative unpacking requires a buffer of a multiple of ${format.size} bytes`)
  }
  return buffer.length / format.size
}

function unpackItems<V>(format: StructFormat, buffer: Uint8Array, offset: number, maker: Maker<V>): V[] {
  const out: V[] = []
  for (const item of format.items) {
    for (let i = 0; i < item.repeat; i++) {
      out.push(unpackValue(item, buffer, offset + item.offset + i * item.size, format.isLittle, maker))
    }
  }
  return out
}

/** One value of an item. Throws `SystemError` for a Pascal string without room. */
export function unpackValue<V>(item: Item, buffer: Uint8Array, at: number, isLittle: boolean, maker: Maker<V>): V {
  switch (item.kind) {
    case 'int':
    case 'pointer':
      return maker.int(readInt(buffer, at, item.size, isLittle, item.isSigned))
    case 'float':
      for (let i = 0; i < item.size; i++) scratch.setUint8(i, buffer[at + i]!)
      if (item.size === 2) return maker.float(unpackHalf(scratch.getUint16(0, isLittle)))
      return maker.float(item.size === 4 ? scratch.getFloat32(0, isLittle) : scratch.getFloat64(0, isLittle))
    case 'bool':
      return maker.bool(buffer[at] !== 0)
    case 'pascal': {
      if (item.size === 0) {
        throw new PyError('SystemError', 'Negative size passed to PyBytes_FromStringAndSize')
      }
      const count = Math.min(buffer[at]!, item.size - 1)
      return maker.bytes(buffer.slice(at + 1, at + 1 + count))
    }
    default:
      return maker.bytes(buffer.slice(at, at + item.size))
  }
}

function readInt(buffer: Uint8Array, at: number, size: number, isLittle: boolean, isSigned: boolean): number | bigint {
  let low = 0
  let high = 0
  for (let i = 0; i < size; i++) {
    const byte = buffer[isLittle ? at + size - 1 - i : at + i]!
    high = (high << 8) | (low >>> 24)
    low = (low << 8) | byte
  }
  if (size === 8) {
    const top = isSigned ? high : high >>> 0
    const value = top * 0x100000000 + (low >>> 0)
    return Number.isSafeInteger(value) ? value : canonicalInt((BigInt(top) << 32n) | BigInt(low >>> 0))
  }
  if (!isSigned) return low >>> 0
  const shift = 32 - 8 * size
  return (low << shift) >> shift
}
