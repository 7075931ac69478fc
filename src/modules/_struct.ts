import { PyError } from '../base/errors.ts'
import { type Str, strToUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { asInt, asStr } from '../objects/access.ts'
import { toSsize, toSubscript } from '../objects/arguments.ts'
import { getBuffer, hasBuffer, PyBUF_SIMPLE, PyBUF_WRITABLE } from '../objects/buffer.ts'
import { bytesOf, isBytes } from '../objects/bytes_like.ts'
import { defineType, type Result, tpInit } from '../objects/define.ts'
import { defineModule } from '../objects/define_module.ts'
import { conversions, isException, newException, typeError } from '../objects/errors.ts'
import { PyExc_Exception } from '../objects/exception_types.ts'
import { newOf } from '../objects/instance.ts'
import { newBytes, newFloat, newTuple } from '../objects/make.ts'
import { parseFormat, type StructFormat, structError } from '../objects/number/struct_format.ts'
import {
  iterUnpackCount,
  type Maker,
  pack,
  packInto,
  type Reader,
  unpack,
  unpackFrom,
} from '../objects/number/struct_pack.ts'
import { toDouble, toIndex } from '../objects/number_protocol.ts'
import {
  type KeywordNames,
  newObject,
  type PyBuffer,
  type PyObject,
  TPFLAGS_BASETYPE,
  TPFLAGS_DISALLOW_INSTANTIATION,
  TPFLAGS_HAVE_GC,
  type Value,
} from '../objects/object.ts'
import { isTrue } from '../objects/protocols.ts'
import { asciiEncode } from '../objects/text/codec_latin1.ts'
import { textFromLatin1 } from '../objects/text/latin1.ts'
import { builtinType, typeOf } from '../objects/types.ts'
import { exceptionClass } from './exception_class.ts'

/** The `data` of a Struct: the format as given, and what it means. */
interface StructData {
  text: string
  format: StructFormat
}

type PyStruct = PyObject<StructData>

const structType = builtinType<PyStruct>('_struct.Struct', TPFLAGS_HAVE_GC | TPFLAGS_BASETYPE)
const StructError = exceptionClass('struct', 'error')

/** What a Struct is before `__init__`. */
const UNINITIALIZED: StructFormat = { size: -1, length: -1, isLittle: true, items: [] }

/** The text of a format: a str of ASCII characters, or bytes. */
function formatText(value: Value): string {
  const text: Str | undefined = asStr(value)
  if (text !== undefined) {
    asciiEncode(text)
    return strToUtf16(text)
  }
  if (isBytes(value)) return textFromLatin1(value.data)
  throw typeError(`Struct() argument 1 must be a str or bytes object, not ${typeOf(value).name}`)
}

/** Formats that were used lately: programs name the same ones again and again. */
const cache = new Map<string, StructFormat>()
const CACHE_MAX = 100

function formatOf(value: Value): StructFormat {
  const text = formatText(value)
  const known = cache.get(text)
  if (known !== undefined) return known
  const format = parseFormat(text)
  if (cache.size >= CACHE_MAX) cache.clear()
  cache.set(text, format)
  return format
}

const reader: Reader<Value> = {
  int: (value) => asInt(value) ?? (typeOf(value).nb_index === undefined ? undefined : toIndex(value)),
  float: (value) => {
    try {
      return toDouble(value)
    } catch (error) {
      if (!isException(error, PyExc_Exception)) throw error
      drop(error)
      return undefined
    }
  },
  bool: isTrue,
  bytes: (value, code) => (code === 'c' ? (isBytes(value) ? value.data : undefined) : bytesOf(value)),
}

const maker: Maker<Owned<Value>> = {
  int: (value) => value,
  float: (value) => newFloat(value),
  bool: (value) => value,
  bytes: (value) => newBytes(value),
}

/** Does something with the bytes of an object, which stay in place meanwhile. */
function withBytes<T>(value: Value, run: (bytes: Uint8Array) => T): T {
  const own = isBytes(value) ? value.data : undefined
  if (own !== undefined) return run(own)
  const view = getBuffer(value, PyBUF_SIMPLE)
  try {
    return run(view.bytes)
  } finally {
    view.release()
  }
}

function packValues(format: StructFormat, values: readonly Value[]): Owned<Value> {
  return newBytes(pack(format, values, reader))
}

function writableBuffer(value: Value): PyBuffer {
  const wrong = () => typeError(`argument must be read-write bytes-like object, not ${typeOf(value).name}`)
  if (!hasBuffer(value)) throw wrong()
  try {
    return getBuffer(value, PyBUF_WRITABLE)
  } catch (error) {
    if (!isException(error, PyExc_Exception)) throw error
    drop(error)
    throw wrong()
  }
}

/** An offset: an int of 64 bits. */
function toOffset(value: Value): number | bigint {
  toSubscript(value)
  return toIndex(value)
}

function packValuesInto(format: StructFormat, args: readonly Value[]): void {
  if (args.length === 0) throw structError('pack_into expected buffer argument')
  if (args.length === 1) throw structError('pack_into expected offset argument')
  if (args.length !== format.length + 2) {
    throw structError(`pack_into expected ${format.length} items for packing (got ${args.length - 2})`)
  }
  const view = writableBuffer(args[0]!)
  try {
    packInto(format, view.bytes, toOffset(args[1]!), args.slice(2), reader)
  } finally {
    view.release()
  }
}

const unpackValues = (format: StructFormat, buffer: Value) =>
  withBytes(buffer, (bytes) => newTuple(unpack(format, bytes, maker)))

function unpackValuesFrom(format: StructFormat, buffer: Value, offset: Value): Owned<Value> {
  toSsize(offset)
  const at = toIndex(offset)
  return withBytes(buffer, (bytes) => newTuple(unpackFrom(format, bytes, at, maker)))
}

/** The `data` of the iterator that `iter_unpack` gives; `view` is `null` at its end. */
interface UnpackIteratorData {
  readonly format: StructFormat
  view: PyBuffer | null
  index: number
  readonly count: number
}

type UnpackIterator = PyObject<UnpackIteratorData>

const unpackIteratorType = builtinType<UnpackIterator>(
  '_struct.unpack_iterator',
  TPFLAGS_HAVE_GC | TPFLAGS_DISALLOW_INSTANTIATION,
)

function iterUnpack(format: StructFormat, buffer: Value): Owned<Value> {
  if (format.size === 0) throw structError('cannot iteratively unpack with a struct of length 0')
  const view = getBuffer(buffer, PyBUF_SIMPLE)
  let count: number
  try {
    count = iterUnpackCount(format, view.bytes)
  } catch (error) {
    view.release()
    throw error
  }
  const iterator = newObject<UnpackIteratorData>(unpackIteratorType, { format, view, index: 0, count })
  track(iterator)
  return iterator
}

function endUnpack(data: UnpackIteratorData): void {
  const { view } = data
  data.view = null
  if (view !== null) view.release()
}

function nextUnpacked({ data }: UnpackIterator): Owned<Value> | undefined {
  if (data.view === null) return undefined
  if (data.index >= data.count) {
    endUnpack(data)
    return undefined
  }
  return newTuple(unpackFrom(data.format, data.view.bytes, data.index++ * data.format.size, maker))
}

/** A function whose first argument is a format and that takes all others as they come. */
function withFormat(name: string, run: (format: StructFormat, args: readonly Value[]) => Result) {
  return (args: readonly Value[], kwnames: KeywordNames) => {
    if (kwnames !== null && kwnames.length > 0) throw typeError(`_struct.${name}() takes no keyword arguments`)
    if (args.length === 0) throw typeError('missing format argument')
    return run(formatOf(args[0]!), args.slice(1))
  }
}

/** A method that takes its arguments as they come. */
function ofStruct(name: string, run: (format: StructFormat, args: readonly Value[]) => Result) {
  return ({ data }: PyStruct, args: readonly Value[], kwnames: KeywordNames) => {
    if (kwnames !== null && kwnames.length > 0) throw typeError(`Struct.${name}() takes no keyword arguments`)
    return run(data.format, args)
  }
}

/** Bytes that CPython takes for each code of a format, and for the object. */
const CODE_SIZE = 32
const STRUCT_SIZE = 56

function defineTypes(): void {
  defineType(structType, () => ({
    slots: {
      tp_new: (type): Owned<Value> => newOf<StructData>(type, { text: '', format: UNINITIALIZED }),
      tp_init: tpInit('Struct(format)', ({ data }: PyStruct, format) => {
        const text = formatText(format)
        data.format = parseFormat(text)
        data.text = text
      }),
    },
    methods: {
      'unpack(buffer, /)': ({ data }, buffer) => unpackValues(data.format, buffer),
      'unpack_from(buffer, offset = 0)': ({ data }, buffer, offset) => unpackValuesFrom(data.format, buffer, offset),
      'iter_unpack(buffer, /)': ({ data }, buffer) => iterUnpack(data.format, buffer),
      '__sizeof__()': ({ data }): Owned<Value> => STRUCT_SIZE + CODE_SIZE * (data.format.items.length + 1),
    },
    rawMethods: {
      'pack(*args)': ofStruct('pack', packValues),
      'pack_into(*args)': ofStruct('pack_into', packValuesInto),
    },
    getset: {
      format: ({ data }): Owned<Value> => data.text,
      size: ({ data }): Owned<Value> => data.format.size,
    },
  }))
  defineType(unpackIteratorType, () => ({
    slots: {
      tp_iter: (self) => keep<Value>(self),
      tp_iternext: nextUnpacked,
      tp_dealloc: ({ data }) => endUnpack(data),
      tp_traverse: ({ data }, visit) => {
        if (data.view !== null && data.view.owner !== null) visit(data.view.owner)
      },
    },
    methods: { '__length_hint__()': ({ data }): Owned<Value> => (data.view === null ? 0 : data.count - data.index) },
  }))
  defineType(StructError, () => ({}))
  conversions.push((error) =>
    error instanceof PyError && error.type === 'struct.error' ? newException(StructError, [error.message]) : undefined,
  )
}

/** The module `_struct`. */
export const structModule = defineModule('_struct', () => {
  defineTypes()
  return {
    functions: {
      '_clearcache()': () => cache.clear(),
      'calcsize(format, /)': (format): Owned<Value> => formatOf(format).size,
      'unpack(format, buffer, /)': (format, buffer) => unpackValues(formatOf(format), buffer),
      'unpack_from(format, /, buffer, offset = 0)': (format, buffer, offset) =>
        unpackValuesFrom(formatOf(format), buffer, offset),
      'iter_unpack(format, buffer, /)': (format, buffer) => iterUnpack(formatOf(format), buffer),
    },
    rawFunctions: {
      'pack(*args)': withFormat('pack', packValues),
      'pack_into(*args)': withFormat('pack_into', packValuesInto),
    },
    types: [structType],
    attributes: { error: StructError },
  }
})
