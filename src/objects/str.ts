import { strRepr } from '../base/repr.ts'
import { type Str, strEquals, strLength } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { asStr } from './access.ts'
import { checkTuple, toSubscript } from './arguments.ts'
import { getBuiltin } from './builtin_lookup.ts'
import { searchBound } from './bytes_methods.ts'
import { defineType, tpNew } from './define.ts'
import { indexError, memoryError, typeError, valueError } from './errors.ts'
import { asciiHook } from './format.ts'
import { hashString } from './hash_string.ts'
import { newInstance } from './instance.ts'
import { newDict, newList, newStr, newText, newTuple } from './make.ts'
import {
  type KeywordNames,
  newObject,
  type PyObject,
  type PyStr,
  type PyType,
  TPFLAGS_HAVE_GC,
  TPFLAGS_TUPLE_SUBCLASS,
  type Value,
} from './object.ts'
import { repr, str } from './protocols.ts'
import { isSlice, sliceRange } from './slice.ts'
import { decodeObject, encodeText } from './str_codecs.ts'
import { formatMapMethod, formatMethod, percent } from './str_format.ts'
import { maketrans, translate } from './str_translate.ts'
import { formatStr } from './text/format_str.ts'
import { asciiOfRepr } from './text/str_ascii.ts'
import * as cases from './text/str_case.ts'
import * as padding from './text/str_padding.ts'
import * as predicates from './text/str_predicates.ts'
import { strReplace } from './text/str_replace.ts'
import * as search from './text/str_search.ts'
import * as sequence from './text/str_sequence.ts'
import * as splitting from './text/str_split.ts'
import * as stripping from './text/str_strip.ts'
import { toFastSequence } from './to_fast_sequence.ts'
import { builtinType, None, NotImplemented, strType, type TypeFor, typeOf } from './types.ts'

const notImplemented = NotImplemented as Owned<Value>
const text = (self: Value): Str => asStr(self)!

function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  const a = asStr(lhs)
  const b = asStr(rhs)
  if (a === undefined || b === undefined) return notImplemented
  if (op === 2) return strEquals(a, b)
  if (op === 3) return !strEquals(a, b)
  const order = sequence.strCompare(a, b)
  return op === 0 ? order < 0 : op === 1 ? order <= 0 : op === 4 ? order > 0 : order >= 0
}

function subscript(self: Value, key: Value): Owned<Value> {
  const value = text(self)
  if (isSlice(key)) {
    const { start, step, count } = sliceRange(key, strLength(value))
    return newStr(
      step === 1 ? sequence.strSlice(value, start, start + count) : sequence.strSliceStep(value, start, step, count),
    )
  }
  if (typeof key !== 'number' && typeOf(key).nb_index === undefined) {
    throw typeError(`string indices must be integers, not '${typeOf(key).name}'`)
  }
  const index = toSubscript(key)
  return item(self, index < 0 ? index + strLength(value) : index)
}

function item(self: Value, index: number): Owned<Value> {
  const value = text(self)
  if (index < 0 || index >= strLength(value)) throw indexError('string index out of range')
  return typeof value === 'string' ? value[index]! : newStr(sequence.strCharAt(value, index))
}

/** Concatenations longer than V8's longest string. */
const LENGTH_MAX = 0x1fffffe8

function concat(lhs: Value, rhs: Value): Owned<Value> {
  const a = text(lhs)
  const b = asStr(rhs)
  if (b === undefined) throw typeError(`can only concatenate str (not "${typeOf(rhs).name}") to str`)
  if (strLength(a) + strLength(b) > LENGTH_MAX) throw memoryError()
  return newStr(sequence.strConcat(a, b))
}

/** The substring of `find` and its like, whose TypeError names no function. */
function needle(value: Value): Str {
  const sub = asStr(value)
  if (sub === undefined) throw typeError(`must be str, not ${typeOf(value).name}`)
  return sub
}

type Search = (value: Str, sub: Str, start: number, end: number) => number
type RawMethod = (self: Value, args: readonly Value[], kwnames: KeywordNames) => Owned<Value>

function searching(name: string, find: Search, mustFind: boolean): RawMethod {
  return (self, args, kwnames) => {
    checkTuple(name, args, kwnames, 1, 3)
    const start = args.length > 1 ? searchBound(args[1], 0) : 0
    const end = args.length > 2 ? searchBound(args[2], search.NO_END) : search.NO_END
    const sub = needle(args[0]!)
    const at = find(text(self), sub, start, end)
    if (at < 0 && mustFind) throw valueError('substring not found')
    return at
  }
}

/** `startswith` and `endswith`: a string, or a tuple of strings of which one must do. */
function affix(name: string, test: (value: Str, affix: Str, start: number, end: number) => boolean): RawMethod {
  const shown = `str.${name}`
  return (self, args, kwnames) => {
    checkTuple(shown, args, kwnames, 1, 3)
    const start = args.length > 1 ? searchBound(args[1], 0) : 0
    const end = args.length > 2 ? searchBound(args[2], search.NO_END) : search.NO_END
    const given = args[0]!
    const one = asStr(given)
    if (one !== undefined) return test(text(self), one, start, end)
    if (typeof given !== 'object' || (given.type.flags & TPFLAGS_TUPLE_SUBCLASS) === 0) {
      throw typeError(`${name} first arg must be str or a tuple of str, not ${typeOf(given).name}`)
    }
    for (const each of given.data as readonly Value[]) {
      const other = asStr(each)
      if (other === undefined) throw typeError(`tuple for ${name} must only contain str, not ${typeOf(each).name}`)
      if (test(text(self), other, start, end)) return true
    }
    return false
  }
}

function join(self: Value, iterable: Value): Owned<Value> {
  const items = toFastSequence(iterable, 'can only join an iterable')
  const parts: Str[] = []
  try {
    for (let i = 0; i < items.length; i++) {
      const part = asStr(items[i]!)
      if (part === undefined) {
        throw typeError(`sequence item ${i}: expected str instance, ${typeOf(items[i]!).name} found`)
      }
      parts.push(part)
    }
  } finally {
    for (const each of items) drop(each)
  }
  return newStr(sequence.strJoin(text(self), parts))
}

const listOf = (parts: readonly Str[]): Owned<Value> => newList(parts.map(newStr))
const tupleOf = (parts: readonly Str[]): Owned<Value> => newTuple(parts.map(newStr))

/** The separator of `split`: None is white space. */
function separator(value: Value): Str | null {
  if (value === None) return null
  const sep = asStr(value)
  if (sep === undefined) throw typeError(`must be str or None, not ${typeOf(value).name}`)
  if (strLength(sep) === 0) throw valueError('empty separator')
  return sep
}

/** The characters of `strip`. */
function stripChars(value: Value, name: string): Str | null {
  if (value === None) return null
  const chars = asStr(value)
  if (chars === undefined) throw typeError(`${name} arg must be None or str`)
  return chars
}

function partitionSeparator(value: Value): Str {
  const sep = needle(value)
  if (strLength(sep) === 0) throw valueError('empty separator')
  return sep
}

function newString(
  type: PyType,
  object: Value | undefined,
  encoding: string | undefined,
  errors: string | undefined,
): Owned<Value> {
  let value: Owned<PyStr>
  if (object === undefined) value = ''
  else if (encoding === undefined && errors === undefined) value = str(object)
  else value = decodeObject(object, encoding, errors)
  if (type === strType) return value
  const made = newInstance(type, asStr(value)!)
  drop(value)
  return made
}

/** The iterator over a string; `owner` and `value` are `null` once it is exhausted. */
interface StrIteratorData {
  /** The string as it was given: that of a subclass lives as long as the iteration. */
  owner: Owned<Value> | null
  value: Str | null
  index: number
}

type StrIterator = PyObject<StrIteratorData>

const strIteratorType = builtinType<StrIterator>('str_iterator', TPFLAGS_HAVE_GC)
const strAsciiIteratorType = builtinType<StrIterator>('str_ascii_iterator', TPFLAGS_HAVE_GC)

function iterate(self: Value): Owned<Value> {
  const value = text(self)
  const type = predicates.strIsAscii(value) ? strAsciiIteratorType : strIteratorType
  const iterator = newObject<StrIteratorData>(type, { owner: keep(self), value, index: 0 })
  track(iterator)
  return iterator
}

function nextCharacter({ data }: StrIterator): Owned<Value> | undefined {
  const { value } = data
  if (value === null) return undefined
  if (typeof value === 'string') {
    if (data.index < value.length) return value[data.index++]!
  } else if (data.index < value.codePoints.length) return newStr(sequence.strCharAt(value, data.index++))
  const { owner } = data
  data.value = null
  data.owner = null
  drop(owner)
  return undefined
}

function defineStrIterator(type: TypeFor<StrIterator>): void {
  defineType(type, () => ({
    slots: {
      tp_iter: (self) => keep<Value>(self),
      tp_iternext: nextCharacter,
      tp_dealloc: ({ data }) => drop(data.owner),
      tp_traverse: ({ data }, visit) => {
        if (typeof data.owner === 'object' && data.owner !== null) visit(data.owner)
      },
    },
    methods: {
      '__length_hint__()': ({ data }): Owned<Value> =>
        data.value === null ? 0 : Math.max(0, strLength(data.value) - data.index),
      '__reduce__()': ({ data }) => {
        const builtin = getBuiltin('iter')
        if (data.owner === null) return newTuple([builtin, newTuple([''])])
        return newTuple([builtin, newTuple([keep(data.owner)]), data.index])
      },
      '__setstate__(state: ssize, /)': ({ data }, state) => {
        if (data.value !== null) data.index = Math.min(Math.max(0, state), strLength(data.value))
      },
    },
  }))
}

/** `ascii(value)`. */
function ascii(value: Value): Owned<PyStr> {
  const shown = repr(value)
  const text = asStr(shown)!
  if (predicates.strIsAscii(text)) return shown
  drop(shown)
  return asciiOfRepr(text)
}

const caseMethods = {
  'capitalize()': (self: Value) => newStr(cases.strCapitalize(text(self))),
  'casefold()': (self: Value) => newStr(cases.strCasefold(text(self))),
  'lower()': (self: Value) => newStr(cases.strLower(text(self))),
  'swapcase()': (self: Value) => newStr(cases.strSwapcase(text(self))),
  'title()': (self: Value) => newStr(cases.strTitle(text(self))),
  'upper()': (self: Value) => newStr(cases.strUpper(text(self))),
} as const

const predicateMethods = {
  'isalnum()': (self: Value): Owned<Value> => predicates.strIsAlnum(text(self)),
  'isalpha()': (self: Value): Owned<Value> => predicates.strIsAlpha(text(self)),
  'isascii()': (self: Value): Owned<Value> => predicates.strIsAscii(text(self)),
  'isdecimal()': (self: Value): Owned<Value> => predicates.strIsDecimal(text(self)),
  'isdigit()': (self: Value): Owned<Value> => predicates.strIsDigit(text(self)),
  'isidentifier()': (self: Value): Owned<Value> => predicates.strIsIdentifier(text(self)),
  'islower()': (self: Value): Owned<Value> => predicates.strIsLower(text(self)),
  'isnumeric()': (self: Value): Owned<Value> => predicates.strIsNumeric(text(self)),
  'isprintable()': (self: Value): Owned<Value> => predicates.strIsPrintable(text(self)),
  'isspace()': (self: Value): Owned<Value> => predicates.strIsSpace(text(self)),
  'istitle()': (self: Value): Owned<Value> => predicates.strIsTitle(text(self)),
  'isupper()': (self: Value): Owned<Value> => predicates.strIsUpper(text(self)),
} as const

/** Defines `str` and its iterator. */
export function defineStrType(): void {
  asciiHook.ascii = ascii
  defineType(strType, () => ({
    slots: {
      tp_new: tpNew('str(object = NULL, encoding: text = NULL, errors: text = NULL)', newString),
      tp_repr: (self): Owned<Value> => newText(strRepr(text(self))),
      tp_str: (self): Owned<Value> =>
        typeof self === 'object' && self.type !== strType ? newStr(text(self)) : keep(self),
      tp_hash: (self) => hashString(text(self)),
      tp_richcompare: compare,
      tp_iter: iterate,
      nb_remainder: (lhs, rhs) => (asStr(lhs) === undefined ? notImplemented : newStr(percent(text(lhs), rhs))),
      sq_length: (self) => strLength(text(self)),
      sq_concat: concat,
      sq_repeat: (self, count) => newStr(sequence.strRepeat(text(self), Math.max(0, count))),
      sq_item: item,
      sq_contains: (self, value) => {
        const sub = asStr(value)
        if (sub === undefined)
          throw typeError(`'in <string>' requires string as left operand, not ${typeOf(value).name}`)
        return search.strContains(text(self), sub)
      },
      mp_length: (self) => strLength(text(self)),
      mp_subscript: subscript,
    },
    methods: {
      ...caseMethods,
      ...predicateMethods,
      "center(width: ssize, fillchar: char = ' ', /)": (self, width, fill) =>
        newStr(padding.strCenter(text(self), width, sequence.strFromCodePoint(fill))),
      "ljust(width: ssize, fillchar: char = ' ', /)": (self, width, fill) =>
        newStr(padding.strLjust(text(self), width, sequence.strFromCodePoint(fill))),
      "rjust(width: ssize, fillchar: char = ' ', /)": (self, width, fill) =>
        newStr(padding.strRjust(text(self), width, sequence.strFromCodePoint(fill))),
      'zfill(width: ssize, /)': (self, width) => newStr(padding.strZfill(text(self), width)),
      'expandtabs(tabsize: int = 8)': (self, size) => newStr(padding.strExpandTabs(text(self), size)),
      "encode(encoding: text = 'utf-8', errors: text = 'strict')": (self, encoding, errors) =>
        encodeText(text(self), encoding, errors),
      'join(iterable, /)': join,
      'split(sep = None, maxsplit: ssize = -1)': (self, sep, max) =>
        listOf(splitting.strSplit(text(self), separator(sep), max)),
      'rsplit(sep = None, maxsplit: ssize = -1)': (self, sep, max) =>
        listOf(splitting.strRsplit(text(self), separator(sep), max)),
      'splitlines(keepends: int = False)': (self, keepends) =>
        listOf(splitting.strSplitLines(text(self), Boolean(keepends))),
      'partition(sep, /)': (self, sep) => tupleOf(splitting.strPartition(text(self), partitionSeparator(sep))),
      'rpartition(sep, /)': (self, sep) => tupleOf(splitting.strRpartition(text(self), partitionSeparator(sep))),
      'strip(chars = None, /)': (self, chars) => newStr(stripping.strStrip(text(self), stripChars(chars, 'strip'))),
      'lstrip(chars = None, /)': (self, chars) => newStr(stripping.strLstrip(text(self), stripChars(chars, 'lstrip'))),
      'rstrip(chars = None, /)': (self, chars) => newStr(stripping.strRstrip(text(self), stripChars(chars, 'rstrip'))),
      'removeprefix(prefix: str, /)': (self, prefix) => newStr(stripping.strRemovePrefix(text(self), prefix)),
      'removesuffix(suffix: str, /)': (self, suffix) => newStr(stripping.strRemoveSuffix(text(self), suffix)),
      'replace(old: str, new: str, count: ssize = -1, /)': (self, old, replacement, count) =>
        newStr(strReplace(text(self), old, replacement, count)),
      'translate(table, /)': (self, table) => newStr(translate(text(self), table)),
      'format_map(mapping, /)': (self, mapping) => newStr(formatMapMethod(text(self), mapping)),
      '__format__(format_spec: str, /)': (self, spec) =>
        strLength(spec) === 0 ? str(self) : newStr(formatStr(text(self), spec, typeOf(self).name)),
      '__getnewargs__()': (self) => newTuple([newStr(text(self))]),
      '__sizeof__()': (self): Owned<Value> => strSize(text(self), typeof self === 'object' && self.type !== strType),
    },
    rawMethods: {
      'count(sub, start, end, /)': searching('str.count', search.strCount, false),
      'find(sub, start, end, /)': searching('str.find', search.strFind, false),
      'rfind(sub, start, end, /)': searching('str.rfind', search.strRfind, false),
      'index(sub, start, end, /)': searching('str.index', search.strFind, true),
      'rindex(sub, start, end, /)': searching('str.rindex', search.strRfind, true),
      'startswith(prefix, start, end, /)': affix('startswith', search.strStartsWith),
      'endswith(suffix, start, end, /)': affix('endswith', search.strEndsWith),
      'format(*args, **kwargs)': (self, args, kwnames) => newStr(formatMethod(text(self), args, kwnames)),
    },
    staticMethods: {
      'maketrans(x, y: str = NULL, z: str = NULL, /)': (x, y, z) => newDict(maketrans(x, y, z)),
    },
  }))
  defineStrIterator(strIteratorType)
  defineStrIterator(strAsciiIteratorType)
}

/** `str.__sizeof__`: a header by the widest code point, and the characters; in subclasses they stand apart. */
function strSize(value: Str, isApart: boolean): number {
  const max = sequence.strMaxCodePoint(value)
  const length = strLength(value)
  if (isApart) return 80 + (length + 1) * (max < 0x100 ? 1 : max < 0x10000 ? 2 : 4)
  if (max < 0x80) return 49 + length
  if (max < 0x100) return 73 + length
  return max < 0x10000 ? 74 + 2 * length : 76 + 4 * length
}
