import { type Str, strCodePoints, strLength, strToUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asFloat, asStr } from './access.ts'
import { bufferBytes } from './buffer.ts'
import { bytesOf } from './bytes_like.ts'
import { indexError, overflowError, typeError, valueError } from './errors.ts'
import { newDict, newTuple } from './make.ts'
import { toDouble, toIndex } from './number_protocol.ts'
import type { KeywordNames, PyDict, PyType, Value } from './object.ts'
import { TPFLAGS_DICT_SUBCLASS, TPFLAGS_TUPLE_SUBCLASS, TPFLAGS_TYPE_SUBCLASS } from './object.ts'
import { isTrue } from './protocols.ts'
import type { Converters, Parameter, Signature } from './signature.ts'
import { utf8Encode } from './text/codec_utf8.ts'
import { None, typeOf } from './types.ts'

/** Where a conversion stands, for its message: the function's name and the argument's number or name. */
interface ArgumentPlace {
  readonly name: string
  readonly argument: string
}

type Converter<T> = (value: Value, place: ArgumentPlace) => T

function expected(what: string, value: Value, { name, argument }: ArgumentPlace): Owned<Value> {
  const found = value === None ? 'None' : typeOf(value).name
  return typeError(`${name}() ${argument} must be ${what}, not ${found}`)
}

/** An int within a C type's range. */
function within(value: Value, low: number, high: number, cType: string): number {
  const number = typeof value === 'number' ? value : toIndex(value)
  if (typeof number === 'bigint' || number < low || number > high) {
    throw overflowError(`Python int too large to convert to C ${cType}`)
  }
  return number
}

const SSIZE_MAX = 2n ** 63n - 1n

/** A C `int`: OverflowError beyond 32 bits. */
export function toCInt(value: Value): number {
  return within(value, -0x80000000, 0x7fffffff, 'int')
}

/** A number of 64 bits, cut to the safe range; `undefined` for larger ones. */
function cutToSafe(number: bigint): number | undefined {
  if (number > SSIZE_MAX || number < -SSIZE_MAX - 1n) return undefined
  return number > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER
}

/** A `Py_ssize_t` (`PyLong_AsSsize_t`): numbers of 64 bits beyond the safe range are cut to it, larger ones are an OverflowError. */
export function toSsize(value: Value): number {
  if (typeof value === 'number') return value
  const number = toIndex(value)
  const cut = typeof number === 'number' ? number : cutToSafe(number)
  if (cut === undefined) throw overflowError('Python int too large to convert to C ssize_t')
  return cut
}

/** As `toSsize`, with the words of `PyNumber_AsSsize_t`. */
export function toIndexSized(value: Value): number {
  if (typeof value === 'number') return value
  const number = toIndex(value)
  const cut = typeof number === 'number' ? number : cutToSafe(number)
  if (cut === undefined) throw overflowError(`cannot fit '${typeOf(value).name}' into an index-sized integer`)
  return cut
}

/** A subscript of a sequence: as `toSsize`, but what does not fit 64 bits is an IndexError. */
export function toSubscript(key: Value): number {
  if (typeof key === 'number') return key
  const index = toIndex(key)
  const cut = typeof index === 'number' ? index : cutToSafe(index)
  if (cut === undefined) throw indexError(`cannot fit '${typeOf(key).name}' into an index-sized integer`)
  return cut
}

/** As `toSsize`, without an error: what is too large is cut. */
export function toBound(value: Value): number {
  if (typeof value === 'number') return value
  const number = toIndex(value)
  if (typeof number === 'number') return number
  return number > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER
}

/** A text without lone surrogates and NULs, as C has it. */
function checkedText(text: Str): string {
  const utf16 = strToUtf16(text)
  const isPlain = /^[\x01-\ud7ff\ue000-\uffff]*$/.test(utf16)
  if (isPlain) return utf16
  utf8Encode(text)
  if (utf16.includes('\0')) throw valueError('embedded null character')
  return utf16
}

const converters: { readonly [K in keyof Converters]: Converter<Converters[K]> } = {
  object: (value) => value,
  ssize: toSsize,
  bound: (value) => {
    if (typeof value === 'number') return value
    if (typeOf(value).nb_index === undefined) {
      throw typeError('slice indices must be integers or None or have an __index__ method')
    }
    return toBound(value)
  },
  int: toCInt,
  index: toIndex,
  bool: isTrue,
  str: (value, place) => {
    const text = asStr(value)
    if (text === undefined) throw expected('str', value, place)
    return text
  },
  text: (value, place) => {
    const text = asStr(value)
    if (text === undefined) throw expected('str', value, place)
    return checkedText(text)
  },
  double: (value) => asFloat(value) ?? (typeof value === 'number' ? value : toDouble(value)),
  bytes: (value) => bufferBytes(value),
  char: (value) => {
    const text = asStr(value)
    if (text === undefined) {
      throw typeError(`The fill character must be a unicode character, not ${typeOf(value).name}`)
    }
    if (strLength(text) !== 1) throw typeError('The fill character must be exactly one character long')
    return strCodePoints(text)[0]!
  },
  byte: (value, place) => {
    const bytes = bytesOf(value)
    if (bytes === undefined || bytes.length !== 1) throw expected('a byte string of length 1', value, place)
    return bytes[0]!
  },
  dict: (value, place) => {
    if (typeof value === 'object' && (value.type.flags & TPFLAGS_DICT_SUBCLASS) !== 0) return value as PyDict
    throw expected('dict', value, place)
  },
  type: (value, place) => {
    if (typeof value === 'object' && (value.type.flags & TPFLAGS_TYPE_SUBCLASS) !== 0) return value as PyType
    throw expected('type', value, place)
  },
  tuple: (value, place) => {
    if (typeof value === 'object' && (value.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0) return value
    throw expected('tuple', value, place)
  },
}

/** The argument of a parameter that was not given. */
function defaultValue({ defaultText, converter }: Parameter): unknown {
  switch (defaultText) {
    case undefined:
    case 'NULL':
      return undefined
    case 'None':
      return converter === 'object' ? None : null
    case 'True':
      return true
    case 'False':
      return false
    case '()':
      return newTuple([])
    case 'sys.maxsize':
      return converter === 'object' ? SSIZE_MAX : Number.MAX_SAFE_INTEGER
    default:
      if (converter === 'byte') return defaultText.charCodeAt(2)
      if (converter === 'char') return defaultText.charCodeAt(1)
      return defaultText.startsWith("'") ? defaultText.slice(1, -1) : Number(defaultText)
  }
}

function plural(count: number): string {
  return count === 1 ? '' : 's'
}

/** The arity error of functions whose parameters are all positional-only, in CPython's dialects; constructors show no name. */
function positionalError(signature: Signature, shownName: string, given: number): unknown {
  const { minPositional: min, maxPositional: max, name } = signature
  if (shownName === '') {
    if (max === 0) return typeError(`${name}() takes no positional arguments`)
  } else if (max === 0) return typeError(`${shownName}() takes no arguments (${given} given)`)
  if (max === 1 && min === 1 && shownName !== '')
    return typeError(`${shownName}() takes exactly one argument (${given} given)`)
  const [bound, count] = min === max ? ['', min] : given < min ? ['at least ', min] : ['at most ', max]
  return typeError(`${name} expected ${bound}${count} argument${plural(count)}, got ${given}`)
}

/**
 * Checks the number of arguments of a function that CPython parses with `PyArg_ParseTuple`, whose messages are others
 * than those that follow from signatures. `shownName` is the name for the message about keywords.
 */
export function checkTuple(
  shownName: string,
  args: readonly Value[],
  kwnames: KeywordNames,
  min: number,
  max: number,
): void {
  if (kwnames !== null && kwnames.length > 0) throw typeError(`${shownName}() takes no keyword arguments`)
  const given = args.length
  if (given >= min && given <= max) return
  const name = shownName.slice(shownName.lastIndexOf('.') + 1)
  const bound = min === max ? 'exactly' : given < min ? 'at least' : 'at most'
  const count = given < min ? min : max
  throw typeError(`${name}() takes ${bound} ${count} argument${plural(count)} (${given} given)`)
}

/** The arity errors of functions with parameters that can be named, or nothing (`_PyArg_UnpackKeywords`). */
function checkNameable(signature: Signature, given: number, positional: number): void {
  const { name, parameters, maxPositional: max, minPositional: min, varargs, varkeywords } = signature
  const total = parameters.length
  if (given > total && !varargs && !varkeywords) {
    const what = positional === 0 ? 'keyword ' : ''
    throw typeError(`${name}() takes at most ${total} ${what}argument${plural(total)} (${given} given)`)
  }
  if (positional > max && !varargs) {
    if (max === 0) throw typeError(`${name}() takes no positional arguments`)
    const bound = min < max ? 'at most' : 'exactly'
    throw typeError(`${name}() takes ${bound} ${max} positional argument${plural(max)} (${positional} given)`)
  }
}

/**
 * As `parseArguments`, for the calls that programs make most: by position, and of the right number; `null` for others. The
 * array is the caller's.
 */
export function positionalArguments(signature: Signature, args: readonly Value[]): unknown[] | null {
  const given = args.length
  if (!signature.quick || given < signature.minPositional || given > signature.maxPositional) return null
  const { parameters } = signature
  signature.defaults ??= parameters.map(defaultValue)
  const out = signature.defaults.slice()
  for (let i = 0; i < given; i++) {
    const parameter = parameters[i]!
    const value = args[i]!
    out[i] = isConverted(parameter.converter, value)
      ? value
      : convert(parameter, value, signature.name, argumentName(signature, i, signature.nameable))
  }
  return out
}

/** Whether a value is what its converter would make of it. */
function isConverted(converter: keyof Converters, value: Value): boolean {
  switch (converter) {
    case 'object':
      return true
    case 'ssize':
    case 'bound':
    case 'index':
      return typeof value === 'number'
    case 'str':
      return typeof value === 'string'
    case 'bool':
      return typeof value === 'boolean'
    default:
      return false
  }
}

/**
 * The arguments of a call in the order of the signature's parameters, converted; CPython's `_PyArg_Parser` and
 * `_PyArg_CheckPositional` with their messages. `shownName` is the name that errors without parameter names show, such as
 * `list.append`. A dict made for `**kwargs` is the caller's to drop.
 */
export function parseArguments(
  signature: Signature,
  shownName: string,
  args: readonly Value[],
  kwnames: KeywordNames,
): unknown[] {
  const { parameters, maxPositional, nameable } = signature
  const keywords = kwnames === null ? 0 : kwnames.length
  const positional = args.length - keywords
  if (keywords > 0 && !nameable && !signature.varkeywords) {
    throw typeError(`${shownName === '' ? signature.name : shownName}() takes no keyword arguments`)
  }
  if (nameable) checkNameable(signature, args.length, positional)
  else if (positional > maxPositional && !signature.varargs) throw positionalError(signature, shownName, positional)
  const rest = keywords === 0 ? null : keywordArguments(signature, args, kwnames!, positional)
  const out: unknown[] = []
  const given: boolean[] = []
  let at = 0
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i]!
    if (parameter.kind === 'varargs') {
      out.push(at < positional ? args.slice(at, positional) : [])
      at = positional
      continue
    }
    if (parameter.kind === 'varkeywords') {
      out.push(rest === null ? null : extraKeywords(rest))
      continue
    }
    let value: Value | undefined
    if (parameter.kind !== 'keyword-only' && at < positional) value = args[at++]
    else if (rest !== null && parameter.kind !== 'positional-only') {
      value = rest.get(parameter.name)
      rest.delete(parameter.name)
    }
    if (value === undefined) {
      if (!parameter.required) {
        out.push(defaultValue(parameter))
        continue
      }
      if (!nameable) throw positionalError(signature, shownName, positional)
      if (parameter.kind === 'positional-only') {
        const min = parameters.filter((p) => p.kind === 'positional-only' && p.required).length
        const bound = min < maxPositional ? 'at least' : 'exactly'
        throw typeError(
          `${signature.name}() takes ${bound} ${min} positional argument${plural(min)} (${positional} given)`,
        )
      }
      throw typeError(`${signature.name}() missing required argument '${parameter.name}' (pos ${i + 1})`)
    }
    given[i] = true
    out.push(value)
  }
  for (let i = 0; i < parameters.length; i++) {
    if (given[i] === true) {
      out[i] = convert(parameters[i]!, out[i] as Value, signature.name, argumentName(signature, i, nameable))
    }
  }
  return out
}

function convert(parameter: Parameter, value: Value, name: string, argument: string): unknown {
  if (parameter.converter === 'object') return value
  if (value === None && parameter.defaultText === 'None') return null
  if (parameter.defaultText === 'None' && asStr(value) === undefined && isTextual(parameter)) {
    throw expected('str or None', value, { name, argument })
  }
  return converters[parameter.converter](value, { name, argument })
}

/** What messages call an argument: by its name where it can be named, by its place else, and simply so where it is the only one. */
function argumentName({ parameters }: Signature, i: number, nameable: boolean): string {
  const { kind, name, required } = parameters[i]!
  if (nameable && kind !== 'positional-only') return `argument '${name}'`
  return parameters.length === 1 && required ? 'argument' : `argument ${i + 1}`
}

function isTextual({ converter }: Parameter): boolean {
  return converter === 'str' || converter === 'text'
}

/** The keyword arguments by name, after the checks that only concern them. */
function keywordArguments(
  signature: Signature,
  args: readonly Value[],
  kwnames: readonly Value[],
  positional: number,
): Map<string, Value> {
  const given = new Map<string, Value>()
  kwnames.forEach((key, i) => {
    const name = strToUtf16(asStr(key)!)
    const index = signature.parameters.findIndex((p) => p.name === name && p.kind !== 'positional-only')
    const parameter = signature.parameters[index]
    if (parameter === undefined || parameter.kind === 'varargs' || parameter.kind === 'varkeywords') {
      if (!signature.varkeywords) throw typeError(`'${name}' is an invalid keyword argument for ${signature.name}()`)
    } else if (parameter.kind === 'positional-or-keyword' && index < positional) {
      throw typeError(`argument for ${signature.name}() given by name ('${name}') and position (${index + 1})`)
    }
    given.set(name, args[positional + i]!)
  })
  return given
}

function extraKeywords(rest: Map<string, Value>): PyDict | null {
  if (rest.size === 0) return null
  const dict = newDict()
  for (const [name, value] of rest) dict.data.set(name, keep(value))
  return dict
}

/** Drops a dict that `parseArguments` made for `**kwargs`. */
export function dropKeywords(signature: Signature, parsed: readonly unknown[]): void {
  if (!signature.varkeywords) return
  const dict = parsed[parsed.length - 1]
  if (dict !== null) drop(dict)
}
