import { type Str, strLength } from '../base/values.ts'
import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt, asStr } from './access.ts'
import { checkTuple, toBound } from './arguments.ts'
import { bufferBytes, getBuffer, hasBuffer, PyBUF_SIMPLE, simpleBytes } from './buffer.ts'
import { bytesOf, isBytes } from './bytes_like.ts'
import type { Method, Result } from './define.ts'
import { typeError, valueError } from './errors.ts'
import { newBytes, newList, newTuple } from './make.ts'
import { toIndex } from './number_protocol.ts'
import { type KeywordNames, type PyObject, type PyType, TPFLAGS_TUPLE_SUBCLASS, type Value } from './object.ts'
import { len } from './sequence_protocol.ts'
import { decodeBytes } from './str_codecs.ts'
import * as cases from './text/bytes_case.ts'
import { bytesFromHex, bytesHex } from './text/bytes_hex.ts'
import * as replacing from './text/bytes_replace.ts'
import * as search from './text/bytes_search.ts'
import { bytesJoin } from './text/bytes_sequence.ts'
import * as splitting from './text/bytes_split.ts'
import { NO_END } from './text/str_search.ts'
import { toFastSequence } from './to_fast_sequence.ts'
import { None, typeOf } from './types.ts'

/*
 * What `bytes` and `bytearray` have in common. Results are of the exact type, made by `make`, whatever class `self` is of.
 */

type Bytes = PyObject
type Make = (bytes: Uint8Array) => Owned<Value>

const view = (self: Value): Uint8Array => bytesOf(self)!

/** What `find` and its like look for: the bytes of an object with a buffer, or one byte. */
function needle(value: Value): Uint8Array | number {
  if (hasBuffer(value)) return bufferBytes(value)
  if (asInt(value) === undefined && typeOf(value).nb_index === undefined) {
    throw typeError(`argument should be integer or bytes-like object, not '${typeOf(value).name}'`)
  }
  return search.checkByte(toIndex(value))
}

/** A bound of `find` and its like, where None is the default. */
export function searchBound(value: Value | undefined, absent: number): number {
  if (typeof value === 'number') return value
  if (value === undefined || value === None) return absent
  if (asInt(value) === undefined && typeOf(value).nb_index === undefined) {
    throw typeError('slice indices must be integers or None or have an __index__ method')
  }
  return toBound(value)
}

type Search = (value: Uint8Array, sub: Uint8Array | number, start: number, end: number) => number
type RawMethod = (self: Bytes, args: readonly Value[], kwnames: KeywordNames) => Result

function searching(name: string, find: Search, mustFind: boolean): RawMethod {
  return (self, args, kwnames) => {
    checkTuple(name, args, kwnames, 1, 3)
    const start = searchBound(args[1], 0)
    const end = searchBound(args[2], NO_END)
    const sub = needle(args[0]!)
    const at = find(view(self), sub, start, end)
    if (at < 0 && mustFind) throw valueError('subsection not found')
    return at
  }
}

type Test = (value: Uint8Array, affix: Uint8Array, start: number, end: number) => boolean

function affix(owner: string, name: string, test: Test): RawMethod {
  return (self, args, kwnames): Owned<Value> => {
    checkTuple(`${owner}.${name}`, args, kwnames, 1, 3)
    const start = searchBound(args[1], 0)
    const end = searchBound(args[2], NO_END)
    const given = args[0]!
    if (typeof given === 'object' && (given.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0) {
      return (given.data as readonly Value[]).some((each) => test(view(self), bufferBytes(each), start, end))
    }
    if (!hasBuffer(given)) {
      throw typeError(`${name} first arg must be bytes or a tuple of bytes, not ${typeOf(given).name}`)
    }
    return test(view(self), bufferBytes(given), start, end)
  }
}

function join(self: Bytes, iterable: Value, make: Make): Owned<Value> {
  // The iterable may run Python code, which must not resize the separator.
  const separator = getBuffer(self, PyBUF_SIMPLE)
  let items: Owned<Value>[]
  try {
    items = toFastSequence(iterable, 'can only join an iterable')
  } finally {
    separator.release()
  }
  try {
    const parts = items.map((item, i) => {
      const bytes = simpleBytes(item)
      if (bytes !== null) return bytes
      throw typeError(`sequence item ${i}: expected a bytes-like object, ${typeOf(item).name} found`)
    })
    return make(bytesJoin(view(self), parts))
  } finally {
    for (const item of items) drop(item)
  }
}

/** The separator of `split` and the characters of `strip`: None is white space. */
function optional(value: Value): Uint8Array | null {
  return value === None ? null : bufferBytes(value)
}

/** The separator of `hex`. */
export function hexSeparator(value: Value | undefined): Str | Uint8Array | null {
  if (value === undefined) return null
  if (len(value) !== 1) throw valueError('sep must be length 1.')
  const text = asStr(value)
  if (text !== undefined && strLength(text) === 1) return text
  if (isBytes(value)) return value.data
  throw typeError('sep must be str or bytes.')
}

function translate(self: Bytes, table: Value, deleted: Value | undefined, make: Make): Owned<Value> {
  const by = table === None ? null : bufferBytes(table)
  if (by !== null && by.length !== 256) throw valueError('translation table must be 256 characters long')
  return make(replacing.bytesTranslate(view(self), by, deleted === undefined ? undefined : bufferBytes(deleted)))
}

const typed = <M extends string>(methods: { readonly [Sig in M]: Method<Bytes, Sig> }) => methods

function caseMethods(make: Make) {
  return typed({
    'capitalize()': (self) => make(cases.bytesCapitalize(view(self))),
    'lower()': (self) => make(cases.bytesLower(view(self))),
    'swapcase()': (self) => make(cases.bytesSwapcase(view(self))),
    'title()': (self) => make(cases.bytesTitle(view(self))),
    'upper()': (self) => make(cases.bytesUpper(view(self))),
    'isalnum()': (self) => cases.bytesIsAlnum(view(self)),
    'isalpha()': (self) => cases.bytesIsAlpha(view(self)),
    'isascii()': (self) => cases.bytesIsAscii(view(self)),
    'isdigit()': (self) => cases.bytesIsDigit(view(self)),
    'islower()': (self) => cases.bytesIsLower(view(self)),
    'isspace()': (self) => cases.bytesIsSpace(view(self)),
    'istitle()': (self) => cases.bytesIsTitle(view(self)),
    'isupper()': (self) => cases.bytesIsUpper(view(self)),
  })
}

function changingMethods(make: Make) {
  return typed({
    "center(width: ssize, fillchar: byte = b' ', /)": (self, width, fill) =>
      make(replacing.bytesCenter(view(self), width, fill)),
    "ljust(width: ssize, fillchar: byte = b' ', /)": (self, width, fill) =>
      make(replacing.bytesLjust(view(self), width, fill)),
    "rjust(width: ssize, fillchar: byte = b' ', /)": (self, width, fill) =>
      make(replacing.bytesRjust(view(self), width, fill)),
    'zfill(width: ssize, /)': (self, width) => make(replacing.bytesZfill(view(self), width)),
    'expandtabs(tabsize: int = 8)': (self, size) => make(replacing.bytesExpandTabs(view(self), size)),
    'replace(old: bytes, new: bytes, count: ssize = -1, /)': (self, old, replacement, count) =>
      make(replacing.bytesReplace(view(self), old, replacement, count)),
    'translate(table, /, delete = NULL)': (self, table, deleted) => translate(self, table, deleted, make),
    'strip(bytes = None, /)': (self, bytes) => make(splitting.bytesStrip(view(self), optional(bytes))),
    'lstrip(bytes = None, /)': (self, bytes) => make(splitting.bytesLstrip(view(self), optional(bytes))),
    'rstrip(bytes = None, /)': (self, bytes) => make(splitting.bytesRstrip(view(self), optional(bytes))),
    'removeprefix(prefix: bytes, /)': (self, prefix) => make(splitting.bytesRemovePrefix(view(self), prefix)),
    'removesuffix(suffix: bytes, /)': (self, suffix) => make(splitting.bytesRemoveSuffix(view(self), suffix)),
  })
}

function cuttingMethods(make: Make) {
  const listOf = (parts: readonly Uint8Array[]) => newList(parts.map(make))
  const tupleOf = (parts: readonly Uint8Array[]) => newTuple(parts.map(make))
  return typed({
    'split(sep = None, maxsplit: ssize = -1)': (self, sep, max) =>
      listOf(splitting.bytesSplit(view(self), optional(sep), max)),
    'rsplit(sep = None, maxsplit: ssize = -1)': (self, sep, max) =>
      listOf(splitting.bytesRsplit(view(self), optional(sep), max)),
    'splitlines(keepends: int = False)': (self, keepends) =>
      listOf(splitting.bytesSplitLines(view(self), Boolean(keepends))),
    'partition(sep: bytes, /)': (self, sep) => tupleOf(splitting.bytesPartition(view(self), sep)),
    'rpartition(sep: bytes, /)': (self, sep) => tupleOf(splitting.bytesRpartition(view(self), sep)),
    'join(iterable_of_bytes, /)': (self, iterable) => join(self, iterable, make),
    "decode(encoding: text = 'utf-8', errors: text = 'strict')": (self, encoding, errors) =>
      decodeBytes(self, encoding, errors),
    'hex(sep = NULL, bytes_per_sep: int = 1)': (self, sep, size) => bytesHex(view(self), hexSeparator(sep), size),
  })
}

/** The methods that `bytes` and `bytearray` share, but for those of `rawBytesMethods`. */
export function bytesMethods(make: Make) {
  return { ...caseMethods(make), ...changingMethods(make), ...cuttingMethods(make) }
}

/** The shared methods whose arguments CPython parses in its old way. */
export function rawBytesMethods(owner: string): Readonly<Record<string, RawMethod>> {
  return {
    'count(sub, start, end, /)': searching(`${owner}.count`, search.bytesCount, false),
    'find(sub, start, end, /)': searching(`${owner}.find`, search.bytesFind, false),
    'rfind(sub, start, end, /)': searching(`${owner}.rfind`, search.bytesRfind, false),
    'index(sub, start, end, /)': searching(`${owner}.index`, search.bytesFind, true),
    'rindex(sub, start, end, /)': searching(`${owner}.rindex`, search.bytesRfind, true),
    'startswith(prefix, start, end, /)': affix(owner, 'startswith', search.bytesStartsWith),
    'endswith(suffix, start, end, /)': affix(owner, 'endswith', search.bytesEndsWith),
  }
}

/** `maketrans` of both types. */
export function makeTrans(from: Uint8Array, to: Uint8Array): Owned<Value> {
  return newBytes(replacing.bytesMakeTrans(from, to))
}

/** `fromhex` of both types; a derived class is called with the bytes. */
export function fromHex(type: PyType, text: Str, exact: PyType, make: Make): Owned<Value> {
  const made = make(bytesFromHex(text))
  if (type === exact) return made
  try {
    return type.type.tp_call!(type, [made], null)
  } finally {
    drop(made)
  }
}

/** `value in self`: a byte, or bytes within the bytes. */
export function bytesContain(self: Value, value: Value): boolean {
  const index = asInt(value) !== undefined || typeOf(value).nb_index !== undefined
  if (index && !hasBuffer(value)) {
    const byte = toIndex(value)
    return view(self).includes(search.checkByte(byte))
  }
  return search.bytesFind(view(self), bufferBytes(value)) >= 0
}
