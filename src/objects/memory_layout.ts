import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt } from './access.ts'
import type { BufferLayout } from './buffer.ts'
import { isBytes } from './bytes_like.ts'
import { isException, newException, typeError, valueError } from './errors.ts'
import { PyExc_NotImplementedError, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from './exception_types.ts'
import { newBytes, newFloat } from './make.ts'
import { type Item, parseFormat } from './number/struct_format.ts'
import { type Maker, unpackValue, writeFloat, writeInt } from './number/struct_pack.ts'
import { toDouble, toIndex } from './number_protocol.ts'
import type { Value } from './object.ts'
import { isTrue } from './protocols.ts'
import { newBytes as zeroBytes } from './text/bytes_sequence.ts'

/*
 * Memory as memoryviews look at it: items of a format, in dimensions with a shape and strides.
 */

/** Codes of items that memoryviews know, all in the native mode. */
const NATIVE = 'cbBhHiIlLqQnNfd?P'

let nativeItems: ReadonlyMap<string, Item> | null = null

/** The item of a format that is one native code, with or without `@`; `undefined` for others. */
export function nativeItem(format: string): Item | undefined {
  nativeItems ??= new Map(Array.from(NATIVE, (code) => [code, parseFormat(code).items[0]!]))
  return nativeItems.get(format.startsWith('@') ? format.slice(1) : format)
}

/** The format of a layout; unsigned bytes where it names none. */
export function formatOf(layout: BufferLayout): string {
  return layout.format ?? 'B'
}

function notSupported(message: string): unknown {
  return newException(PyExc_NotImplementedError, [`memoryview: ${message}`])
}

/** As `nativeItem`; NotImplementedError for formats that memoryviews cannot read or write. */
export function itemOf(layout: BufferLayout): Item {
  const format = formatOf(layout)
  const item = nativeItem(format)
  if (item !== undefined) return item
  const code = format.startsWith('@') ? format.slice(1) : format
  throw notSupported(code.length === 1 ? `format ${code} not supported` : `unsupported format ${format}`)
}

/** How unpacked items become values. */
export const valueMaker: Maker<Owned<Value>> = {
  int: (value) => value,
  float: (value) => newFloat(value),
  bool: (value) => value,
  bytes: (value) => newBytes(value),
}

/** The item at a place of the memory. */
export function readItem(item: Item, bytes: Uint8Array, at: number): Owned<Value> {
  return item.code === 'B' ? bytes[at]! : unpackValue(item, bytes, at, true, valueMaker)
}

const LONG_MIN = -(2n ** 63n)

function isInRange(item: Item, value: number | bigint): boolean {
  const bits = BigInt(item.size * 8)
  if (item.code === 'P') return value >= LONG_MIN && value < 2n ** 64n
  if (item.isSigned) return value >= -(2n ** (bits - 1n)) && value < 2n ** (bits - 1n)
  return value >= 0 && value < 2n ** bits
}

const invalidType = (code: string) => typeError(`memoryview: invalid type for format '${code}'`)
const invalidValue = (code: string) => valueError(`memoryview: invalid value for format '${code}'`)

/** Runs a conversion; its TypeErrors and OverflowErrors name the format. */
function converted<T>(code: string, convert: () => T): T {
  try {
    return convert()
  } catch (error) {
    if (isException(error, PyExc_TypeError)) {
      drop(error)
      throw invalidType(code)
    }
    if (isException(error, PyExc_OverflowError) || isException(error, PyExc_ValueError)) {
      drop(error)
      throw invalidValue(code)
    }
    throw error
  }
}

/** What writes a value, once it has been converted: conversion may run Python code that takes the memory away. */
export function itemWriter(item: Item, value: Value): (bytes: Uint8Array, at: number) => void {
  const { code, kind, size } = item
  if (kind === 'float') {
    const float = converted(code, () => toDouble(value))
    return (bytes, at) => writeFloat(item, bytes, at, true, float)
  }
  if (kind === 'bool') {
    const truth = isTrue(value)
    return (bytes, at) => {
      bytes[at] = truth ? 1 : 0
    }
  }
  if (kind === 'char') {
    if (!isBytes(value)) throw invalidType(code)
    if (value.data.length !== 1) throw invalidValue(code)
    const byte = value.data[0]!
    return (bytes, at) => {
      bytes[at] = byte
    }
  }
  const number = asInt(value) ?? converted(code, () => toIndex(value))
  if (!isInRange(item, number)) throw invalidValue(code)
  return (bytes, at) => writeInt(bytes, at, size, true, number)
}

/** Bytes that all items take together. */
export function byteLength({ shape, itemsize }: BufferLayout): number {
  let length = itemsize
  for (const count of shape) length *= count
  return length
}

/** The strides of items that lie close together, the last dimension running fastest. */
export function contiguousStrides(shape: readonly number[], itemsize: number): number[] {
  const strides = new Array<number>(shape.length)
  let step = itemsize
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step
    step *= shape[i]!
  }
  return strides
}

function liesClose(layout: BufferLayout, order: readonly number[]): boolean {
  const { shape, strides, itemsize } = layout
  if (shape.length === 1) return shape[0] === 1 || strides[0] === itemsize
  if (byteLength(layout) === 0) return true
  let step = itemsize
  for (const i of order) {
    if (shape[i]! > 1 && strides[i] !== step) return false
    step *= shape[i]!
  }
  return true
}

const indices = (layout: BufferLayout) => layout.shape.map((_, i) => i)

/** Whether the items lie close together in the order of C. */
export function isCContiguous(layout: BufferLayout): boolean {
  return liesClose(layout, indices(layout).reverse())
}

/** Whether the items lie close together in the order of Fortran. */
export function isFContiguous(layout: BufferLayout): boolean {
  return liesClose(layout, indices(layout))
}

/** Calls `visit` with the place of each item, the last dimension running fastest. */
export function forEachItem(layout: BufferLayout, visit: (at: number) => void): void {
  const { shape, strides } = layout
  const walk = (dimension: number, from: number): void => {
    if (dimension === shape.length) {
      visit(from)
      return
    }
    const [count, step] = [shape[dimension]!, strides[dimension]!]
    for (let i = 0; i < count; i++) walk(dimension + 1, from + i * step)
  }
  walk(0, layout.offset)
}

/** The items as bytes close together: in the order of C, or of Fortran; `A` is as they lie where they lie close. */
export function toBytes(layout: BufferLayout, order: 'C' | 'F' | 'A'): Uint8Array {
  const length = byteLength(layout)
  const isC = isCContiguous(layout)
  if (isC && order !== 'F') return layout.bytes.slice(layout.offset, layout.offset + length)
  if (order !== 'C' && isFContiguous(layout)) return layout.bytes.slice(layout.offset, layout.offset + length)
  const { bytes, itemsize } = layout
  const out = zeroBytes(length)
  let to = 0
  const source =
    order === 'F' ? { ...layout, shape: [...layout.shape].reverse(), strides: [...layout.strides].reverse() } : layout
  forEachItem(source, (at) => {
    for (let i = 0; i < itemsize; i++) out[to++] = bytes[at + i]!
  })
  return out
}

/** The shape, up to the first empty dimension, is the same. */
export function sameShape(a: BufferLayout, b: BufferLayout): boolean {
  if (a.shape.length !== b.shape.length) return false
  for (let i = 0; i < a.shape.length; i++) {
    if (a.shape[i] !== b.shape[i]) return false
    if (a.shape[i] === 0) return true
  }
  return true
}

/** The items of one layout become those of another of the same structure; ValueError for other structures. */
export function copyItems(target: BufferLayout, source: BufferLayout): void {
  const plain = (format: string) => (format.startsWith('@') ? format.slice(1) : format)
  const isSame =
    plain(formatOf(target)) === plain(formatOf(source)) &&
    target.itemsize === source.itemsize &&
    sameShape(target, source)
  if (!isSame) throw valueError('memoryview assignment: lvalue and rvalue have different structures')
  // The copy in between makes overlapping memory safe.
  const values = toBytes(source, 'C')
  let from = 0
  forEachItem(target, (at) => {
    for (let i = 0; i < target.itemsize; i++) target.bytes[at + i] = values[from++]!
  })
}
