import { asInt } from '../../objects/access.ts'
import { typeLookup } from '../../objects/attributes.ts'
import type { DescriptorData } from '../../objects/define.ts'
import { getSlot } from '../../objects/instance.ts'
import { intBitLength } from '../../objects/number/int_bits.ts'
import {
  type PyDict,
  PyFloat,
  PyInstance,
  type PyObject,
  type PyTuple,
  type PyType,
  type Value,
} from '../../objects/object.ts'
import { dictType, listType, methodDescriptorType, setType, tupleType } from '../../objects/types.ts'
import { preHeader } from './functions.ts'

/** The small ints that CPython makes once and for all. */
const SMALL_MIN = -5
const SMALL_MAX = 256

/** Bytes that a plain value takes in CPython, unless it is one of those that are made once and shared. */
function plainSize(value: Value | undefined): number {
  if (typeof value === 'string') {
    if (value.length <= 1) return 0
    for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 0x7f) return 74 + 2 * value.length
    return 49 + value.length
  }
  if (typeof value === 'number' && value >= SMALL_MIN && value <= SMALL_MAX) return 0
  if (typeof value === 'number' || typeof value === 'bigint') return 24 + 4 * Math.ceil(intBitLength(value) / 30)
  return value instanceof PyFloat ? 24 : 0
}

function addPlainSizes(values: readonly (Value | undefined)[], blocks: number[]): void {
  for (let i = 0; i < values.length; i++) {
    const size = plainSize(values[i])
    if (size > 0) blocks.push(size)
  }
}

/** Adds the blocks of the plain values that an object holds. */
function addHeld(object: PyObject, blocks: number[]): void {
  const { type } = object
  if (type === listType || type === tupleType) addPlainSizes((object as PyTuple).data, blocks)
  else if (type === dictType) {
    const { keys, values } = (object as PyDict).data
    addPlainSizes(keys, blocks)
    addPlainSizes(values, blocks)
  } else if (object instanceof PyInstance) {
    const { size } = object.shape
    // Names of attributes belong to the program's code; the values stand in a block of their own.
    if (size > 0) blocks.push(8 * size)
    for (let i = 0; i < size; i++) addPlainSizes([getSlot(object, i)], blocks)
  }
}

/** Types whose objects have their items in a block apart from themselves. */
const inTwoBlocks: ReadonlySet<PyType> = new Set([listType, dictType, setType])

/**
 * The sizes of the blocks of memory that an object has in CPython: itself, its items where these stand apart, and the
 * plain values that it holds. No Python code runs.
 */
export function tracedBlocks(object: PyObject): number[] {
  const { type } = object
  const { basicsize } = type.data
  const method = typeLookup(type, '__sizeof__')
  const isBuiltin = typeof method === 'object' && method.type === methodDescriptorType
  const own = isBuiltin ? asInt((method.data as DescriptorData).def.run(object) as Value) : undefined
  const size = own === undefined ? basicsize : Number(own)
  const isApart = inTwoBlocks.has(type) && size > basicsize
  const blocks = isApart ? [basicsize + preHeader(object), size - basicsize] : [size + preHeader(object)]
  addHeld(object, blocks)
  return blocks
}

/** The sum of `tracedBlocks`. */
export function tracedSize(object: PyObject): number {
  let sum = 0
  for (const size of tracedBlocks(object)) sum += size
  return sum
}
