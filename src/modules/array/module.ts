import { strFromCodePoints } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { getAttr } from '../../objects/attributes.ts'
import { bufferBytes } from '../../objects/buffer.ts'
import { defineModule } from '../../objects/define_module.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { newOf } from '../../objects/instance.ts'
import { newFloat, newStr } from '../../objects/make.ts'
import { type PyType, TPFLAGS_TYPE_SUBCLASS, type Value } from '../../objects/object.ts'
import { callMethod } from '../../objects/protocols.ts'
import { importHook } from '../../objects/type_hooks.ts'
import { bytesType, isInstanceOf, isSubtype, typeOf } from '../../objects/types.ts'
import { ArrayData, arrayType, defineArrayTypes, reconstructor } from './array_type.ts'
import { type ArrayCode, arrayCodes, type MachineFormat, machineFormats } from './codes.ts'

/** The code whose items have this layout here: the one asked for, or another of the same size for ints. */
function codeFor(asked: ArrayCode, { size, kind }: MachineFormat): ArrayCode {
  if (kind !== 'signed' && kind !== 'unsigned') return asked
  for (const code of arrayCodes.values()) if (code.kind === kind && code.size === size) return code
  return asked
}

function grow(data: ArrayData): number {
  data.resize(data.length + 1)
  return data.length - 1
}

/** Code points of UTF-16 units. */
function joinPairs(units: readonly number[]): number[] {
  const points: number[] = []
  for (let i = 0; i < units.length; i++) {
    const unit = units[i]!
    const next = units[i + 1] ?? 0
    if ((unit & 0xfc00) === 0xd800 && (next & 0xfc00) === 0xdc00) {
      points.push(0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff))
      i++
    } else points.push(unit)
  }
  return points
}

/** The items of a pickle that came from a machine with another layout. */
function decode(data: ArrayData, { size, kind, isBig }: MachineFormat, bytes: Uint8Array): void {
  if (bytes.length % size !== 0) throw valueError('string length not a multiple of item size')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (kind === 'text') {
    const points: number[] = []
    for (let at = 0; at < bytes.length; at += size) {
      points.push(size === 2 ? view.getUint16(at, !isBig) : view.getUint32(at, !isBig))
    }
    for (const point of size === 2 ? joinPairs(points) : points)
      data.put(grow(data), newStr(strFromCodePoints([point])))
    return
  }
  for (let at = 0; at < bytes.length; at += size) {
    const index = grow(data)
    if (kind === 'float') {
      const item = newFloat(size === 4 ? view.getFloat32(at, !isBig) : view.getFloat64(at, !isBig))
      data.put(index, item)
      drop(item)
    } else data.put(index, item(view, at, size, kind, isBig))
  }
}

function item(view: DataView, at: number, size: number, kind: string, isBig: boolean): Value {
  let value = 0n
  for (let i = 0; i < size; i++) value = (value << 8n) | BigInt(view.getUint8(isBig ? at + i : at + size - 1 - i))
  if (kind === 'signed') value = BigInt.asIntN(size * 8, value)
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
}

function reconstruct(type: Value, typecode: Value, format: number, items: Value): Owned<Value> {
  if (typeof type !== 'object' || (type.type.flags & TPFLAGS_TYPE_SUBCLASS) === 0) {
    throw typeError(`first argument must be a type object, not ${typeOf(type).name}`)
  }
  const made = type as PyType
  if (!isSubtype(made, arrayType)) throw typeError(`${made.name} is not a subtype of ${arrayType.name}`)
  const text = asStr(typecode)
  const asked = typeof text === 'string' ? arrayCodes.get(text) : undefined
  if (asked === undefined) throw valueError('second argument must be a valid type code')
  const layout = machineFormats[format]
  if (layout === undefined) throw valueError('third argument must be a valid machine format code.')
  if (!isInstanceOf(items, bytesType)) {
    throw typeError(`fourth argument should be bytes, not ${typeOf(items).name}`)
  }
  const bytes = bufferBytes(items)
  if (asked.format === format) {
    if (bytes.length % asked.size !== 0) throw valueError('bytes length not a multiple of item size')
    return newOf(made, new ArrayData(asked, bytes.slice()))
  }
  const data = new ArrayData(codeFor(asked, layout))
  decode(data, layout, bytes)
  return newOf(made, data)
}

/** The module `array`. */
export const arrayModule = defineModule('array', () => {
  defineArrayTypes()
  return {
    functions: { '_array_reconstructor(arraytype, typecode, mformat_code: int, items, /)': reconstruct },
    types: [arrayType],
    attributes: { ArrayType: arrayType, typecodes: [...arrayCodes.keys()].join('') },
    setup: (namespace) => {
      reconstructor.fn = keep(namespace.data.get('_array_reconstructor')!)
      const abc = importHook.module('collections.abc')
      const sequence = getAttr(abc, 'MutableSequence')
      drop(callMethod(sequence, 'register', [arrayType]))
      drop(sequence)
      drop(abc)
    },
  }
})
