import { type Str, strCodePoints, strFromCodePoints } from '../../base/values.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { overflowError, typeError } from '../../objects/errors.ts'
import { newFloat, newStr } from '../../objects/make.ts'
import { toDouble, toIndex } from '../../objects/number_protocol.ts'
import type { Value } from '../../objects/object.ts'

/** How items of one type code are stored. */
export interface ArrayCode {
  readonly code: string
  readonly size: number
  readonly get: (view: DataView, at: number) => Owned<Value>
  /** The number that an item is stored as; throws for values that do not fit. */
  readonly convert: (value: Value) => number | bigint
  readonly put: (view: DataView, at: number, number: never) => void
  /** What pickles of other machines call this layout. */
  readonly format: number
  /** Whether it holds ints, and whether they have a sign. */
  readonly kind: 'signed' | 'unsigned' | 'float' | 'text'
}

/** A C `long` from any int. */
function toLong(value: Value): number | bigint {
  const number = typeof value === 'number' ? value : toIndex(value)
  if (number >= 2n ** 63n || number < -(2n ** 63n)) throw overflowError('Python int too large to convert to C long')
  return number
}

/** An int within a smaller C type. */
const within =
  (low: number, high: number, name: string) =>
  (value: Value): number => {
    const number = toLong(value)
    if (number < low) throw overflowError(`${name} is less than minimum`)
    if (number > high) throw overflowError(`${name} is greater than maximum`)
    return Number(number)
  }

const toShort = within(-0x8000, 0x7fff, 'signed short integer')
const toInt = within(-0x80000000, 0x7fffffff, 'signed integer')

function toSignedChar(value: Value): number {
  const number = toShort(value)
  if (number < -0x80) throw overflowError('signed char is less than minimum')
  if (number > 0x7f) throw overflowError('signed char is greater than maximum')
  return number
}

function toUnsignedShort(value: Value): number {
  const number = toInt(value)
  if (number < 0) throw overflowError('unsigned short is less than minimum')
  if (number > 0xffff) throw overflowError('unsigned short is greater than maximum')
  return number
}

function toUnsignedLong(value: Value): bigint {
  const number = toIndex(value)
  if (number < 0) throw overflowError("can't convert negative value to unsigned int")
  if (number >= 2n ** 64n) throw overflowError('Python int too large to convert to C unsigned long')
  return BigInt(number)
}

function toUnsignedInt(value: Value): number {
  const number = toUnsignedLong(value)
  if (number > 0xffffffffn) throw overflowError('unsigned int is greater than maximum')
  return Number(number)
}

function toLongLong(value: Value): bigint {
  const number = toIndex(value)
  if (number >= 2n ** 63n || number < -(2n ** 63n)) throw overflowError('int too big to convert')
  return BigInt(number)
}

function toUnsignedLongLong(value: Value): bigint {
  const number = toIndex(value)
  if (number < 0) throw overflowError("can't convert negative int to unsigned")
  if (number >= 2n ** 64n) throw overflowError('int too big to convert')
  return BigInt(number)
}

function toCharacter(value: Value): number {
  const text = asStr(value)
  const points = text === undefined ? [] : strCodePoints(text)
  if (points.length !== 1) throw typeError('array item must be unicode character')
  return points[0]!
}

function character(point: number): Owned<Value> {
  return newStr(strFromCodePoints([point]) as Str)
}

function canonical(value: bigint): number | bigint {
  return value <= 9007199254740991n && value >= -9007199254740991n ? Number(value) : value
}

type Put<N> = (view: DataView, at: number, number: N) => void

const setBig: Put<bigint> = (view, at, number) => view.setBigInt64(at, number, true)
const getSigned = (view: DataView, at: number) => canonical(view.getBigInt64(at, true))
const getUnsigned = (view: DataView, at: number) => canonical(view.getBigUint64(at, true))

function row<N extends number | bigint>(
  code: string,
  size: number,
  kind: ArrayCode['kind'],
  format: number,
  get: ArrayCode['get'],
  convert: (value: Value) => N,
  put: Put<N>,
): ArrayCode {
  return { code, size, kind, format, get, convert, put: put as ArrayCode['put'] }
}

/** One row for each type code. */
const rows: readonly ArrayCode[] = [
  row(
    'b',
    1,
    'signed',
    1,
    (v, at) => v.getInt8(at),
    toSignedChar,
    (v, at, n) => v.setInt8(at, n),
  ),
  row(
    'B',
    1,
    'unsigned',
    0,
    (v, at) => v.getUint8(at),
    within(0, 0xff, 'unsigned byte integer'),
    (v, at, n) => v.setUint8(at, n),
  ),
  row(
    'u',
    4,
    'text',
    20,
    (v, at) => character(v.getUint32(at, true)),
    toCharacter,
    (v, at, n) => v.setUint32(at, n, true),
  ),
  row(
    'h',
    2,
    'signed',
    4,
    (v, at) => v.getInt16(at, true),
    toShort,
    (v, at, n) => v.setInt16(at, n, true),
  ),
  row(
    'H',
    2,
    'unsigned',
    2,
    (v, at) => v.getUint16(at, true),
    toUnsignedShort,
    (v, at, n) => v.setUint16(at, n, true),
  ),
  row(
    'i',
    4,
    'signed',
    8,
    (v, at) => v.getInt32(at, true),
    toInt,
    (v, at, n) => v.setInt32(at, n, true),
  ),
  row(
    'I',
    4,
    'unsigned',
    6,
    (v, at) => v.getUint32(at, true),
    toUnsignedInt,
    (v, at, n) => v.setUint32(at, n, true),
  ),
  row('l', 8, 'signed', 12, getSigned, (value) => BigInt(toLong(value)), setBig),
  row('L', 8, 'unsigned', 10, getUnsigned, toUnsignedLong, setBig),
  row('q', 8, 'signed', 12, getSigned, toLongLong, setBig),
  row('Q', 8, 'unsigned', 10, getUnsigned, toUnsignedLongLong, setBig),
  row(
    'f',
    4,
    'float',
    14,
    (v, at) => newFloat(v.getFloat32(at, true)),
    toDouble,
    (v, at, n) => v.setFloat32(at, n, true),
  ),
  row(
    'd',
    8,
    'float',
    16,
    (v, at) => newFloat(v.getFloat64(at, true)),
    toDouble,
    (v, at, n) => v.setFloat64(at, n, true),
  ),
]

/** The type codes by name, in CPython's order. */
export const arrayCodes: ReadonlyMap<string, ArrayCode> = new Map(rows.map((r) => [r.code, r]))

/** A layout of machines: size, whether it has a sign, and the order of bytes; the index is the number in pickles. */
export interface MachineFormat {
  readonly size: number
  readonly kind: ArrayCode['kind']
  readonly isBig: boolean
}

const format = (size: number, kind: ArrayCode['kind'], isBig = false): MachineFormat => ({ size, kind, isBig })

export const machineFormats: readonly MachineFormat[] = [
  format(1, 'unsigned'),
  format(1, 'signed'),
  format(2, 'unsigned'),
  format(2, 'unsigned', true),
  format(2, 'signed'),
  format(2, 'signed', true),
  format(4, 'unsigned'),
  format(4, 'unsigned', true),
  format(4, 'signed'),
  format(4, 'signed', true),
  format(8, 'unsigned'),
  format(8, 'unsigned', true),
  format(8, 'signed'),
  format(8, 'signed', true),
  format(4, 'float'),
  format(4, 'float', true),
  format(8, 'float'),
  format(8, 'float', true),
  format(2, 'text'),
  format(2, 'text', true),
  format(4, 'text'),
  format(4, 'text', true),
]
