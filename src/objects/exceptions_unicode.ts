import { strCodePoints, strLength, strToUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt, asStr } from './access.ts'
import { toSsize } from './arguments.ts'
import { bufferBytes } from './buffer.ts'
import { defineType } from './define.ts'
import { newException, overflowError, typeError } from './errors.ts'
import { field, fieldMembers, initArgs, noKeywords, setField } from './exception_data.ts'
import {
  PyExc_BaseException,
  PyExc_UnicodeDecodeError,
  PyExc_UnicodeEncodeError,
  PyExc_UnicodeTranslateError,
  type PyException,
} from './exception_types.ts'
import { newBytes, newText } from './make.ts'
import type { KeywordNames, PyObject, Value } from './object.ts'
import { strText } from './protocols.ts'
import { bytesType, isInstanceOf, None, typeOf } from './types.ts'

/** A UnicodeDecodeError; all borrowed. */
export function unicodeDecodeError(
  encoding: string,
  object: Uint8Array,
  start: number,
  end: number,
  reason: string,
): Owned<PyException> {
  const bytes = newBytes(object)
  try {
    const fields = { encoding, object: keep<Value>(bytes), start, end, reason }
    return newException(PyExc_UnicodeDecodeError, [encoding, bytes, start, end, reason], fields)
  } finally {
    drop(bytes)
  }
}

/** A UnicodeEncodeError; `object` is the `str`, all borrowed. */
export function unicodeEncodeError(
  encoding: string,
  object: Value,
  start: number,
  end: number,
  reason: string,
): Owned<PyException> {
  const fields = { encoding, object: keep(object), start, end, reason }
  return newException(PyExc_UnicodeEncodeError, [encoding, object, start, end, reason], fields)
}

/** Sets the fields from the arguments, by a format of `PyArg_ParseTuple`: U a str, O anything, n an index. */
function parseFields(
  self: PyException,
  args: readonly Value[],
  kwnames: KeywordNames,
  format: string,
  names: readonly string[],
): void {
  noKeywords(self.type, kwnames)
  initArgs(self, args, kwnames)
  const cleared = names.filter((name) => name !== 'start' && name !== 'end')
  for (const name of cleared) setField(self, name, undefined)
  if (args.length !== format.length) {
    throw typeError(`function takes exactly ${format.length} arguments (${args.length} given)`)
  }
  const values = args.map((arg, i) => {
    if (format[i] === 'n') return toSsize(arg)
    if (format[i] === 'U' && asStr(arg) === undefined) {
      throw typeError(`argument ${i + 1} must be str, not ${arg === None ? 'None' : typeOf(arg).name}`)
    }
    return arg
  })
  names.forEach((name, i) => {
    setField(self, name, keep(values[i]!))
  })
}

/** The text of an attribute that a program may have replaced by anything. */
function shownField(self: PyException, name: string): string {
  const value = field(self, name)
  return value === undefined ? '<NULL>' : strToUtf16(strText(value))
}

const hex = (value: number, width: number) => value.toString(16).padStart(width, '0')

function escaped(codePoint: number): string {
  if (codePoint <= 0xff) return `\\x${hex(codePoint, 2)}`
  return codePoint <= 0xffff ? `\\u${hex(codePoint, 4)}` : `\\U${hex(codePoint, 8)}`
}

/** `… in position 3: reason`, with the one character or byte, if it is one, as `one` shows it. */
function place(self: PyException, length: number, what: string, one: (at: number) => string): string {
  const start = field(self, 'start') as number
  const end = field(self, 'end') as number
  const reason = shownField(self, 'reason')
  if (start < length && end === start + 1) return `${what} ${one(start)} in position ${start}: ${reason}`
  return `${what}s in position ${start}-${end - 1}: ${reason}`
}

function textPlace(self: PyException, verb: string): string {
  const text = asStr(field(self, 'object')!) ?? ''
  return place(self, strLength(text), `${verb} character`, (at) => `'${escaped(strCodePoints(text)[at]!)}'`)
}

/** `start` and `end` are C integers: they cannot be deleted, and other values are refused. */
const indexMember = (name: string) => ({
  get: (self: PyException): Owned<Value> => field(self, name) ?? 0,
  set: (self: PyException, value: Value | undefined): void => {
    if (value === undefined) throw typeError("can't delete numeric/char attribute")
    const number = asInt(value)
    const fits = number !== undefined && BigInt.asIntN(64, BigInt(number)) === BigInt(number)
    // As the C field it is in CPython, it is -1 after a failure.
    setField(self, name, fits ? toSsize(value) : -1)
    if (number === undefined) throw typeError('an integer is required')
    if (!fits) throw overflowError('Python int too large to convert to C ssize_t')
  },
})

const members = {
  ...fieldMembers('encoding', 'object', 'reason'),
  start: indexMember('start'),
  end: indexMember('end'),
}

/** Defines UnicodeEncodeError. */
export function defineUnicodeEncodeError(): void {
  defineType(PyExc_UnicodeEncodeError, () => ({
    slots: {
      tp_new: PyExc_BaseException.tp_new!,
      tp_init: (self: PyException, args: readonly Value[], kwnames: KeywordNames) =>
        parseFields(self, args, kwnames, 'UUnnU', ['encoding', 'object', 'start', 'end', 'reason']),
      tp_str: (self: PyException) =>
        field(self, 'object') === undefined
          ? ''
          : newText(`'${shownField(self, 'encoding')}' codec ${textPlace(self, "can't encode")}`),
    },
    members,
  }))
}

/** Defines UnicodeDecodeError. */
export function defineUnicodeDecodeError(): void {
  defineType(PyExc_UnicodeDecodeError, () => ({
    slots: {
      tp_new: PyExc_BaseException.tp_new!,
      tp_init: (self: PyException, args: readonly Value[], kwnames: KeywordNames) => {
        parseFields(self, args, kwnames, 'UOnnU', ['encoding', 'object', 'start', 'end', 'reason'])
        const object = field(self, 'object')!
        if (isInstanceOf(object, bytesType)) return
        try {
          setField(self, 'object', newBytes(bufferBytes(object).slice()))
        } catch (error) {
          for (const name of ['encoding', 'object', 'reason']) setField(self, name, undefined)
          throw error
        }
      },
      tp_str: (self: PyException) => {
        const object = field(self, 'object')
        if (object === undefined) return ''
        const bytes = (object as PyObject<Uint8Array>).data
        const where = place(self, bytes.length, "can't decode byte", (at) => `0x${hex(bytes[at]!, 2)}`)
        return newText(`'${shownField(self, 'encoding')}' codec ${where}`)
      },
    },
    members,
  }))
}

/** Defines UnicodeTranslateError. */
export function defineUnicodeTranslateError(): void {
  defineType(PyExc_UnicodeTranslateError, () => ({
    slots: {
      tp_new: PyExc_BaseException.tp_new!,
      tp_init: (self: PyException, args: readonly Value[], kwnames: KeywordNames) =>
        parseFields(self, args, kwnames, 'UnnU', ['object', 'start', 'end', 'reason']),
      tp_str: (self: PyException) =>
        field(self, 'object') === undefined ? '' : newText(textPlace(self, "can't translate")),
    },
    members,
  }))
}
