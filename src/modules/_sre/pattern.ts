import { strCodePoints, strFromCodePoints, strLength, strToUtf16 } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { poll, track } from '../../memory/state.ts'
import { asStr } from '../../objects/access.ts'
import { getAttr } from '../../objects/attributes.ts'
import { hasBuffer } from '../../objects/buffer.ts'
import { defineType } from '../../objects/define.ts'
import { typeError } from '../../objects/errors.ts'
import { newList, newStr, newText, newTuple, none } from '../../objects/make.ts'
import { newMappingProxy } from '../../objects/mappingproxy.ts'
import { newObject, Py_EQ, Py_NE, type PyObject, type Value } from '../../objects/object.ts'
import { call, hash, reprText, richCompareBool } from '../../objects/protocols.ts'
import { bytesJoin } from '../../objects/text/bytes_sequence.ts'
import { strJoin } from '../../objects/text/str_sequence.ts'
import { genericAliasHook } from '../../objects/type_hooks.ts'
import { isInstanceOf, None, NotImplemented, typeOf } from '../../objects/types.ts'
import { importAttribute } from '../../vm/import.ts'
import { servePollsInBuiltin } from '../../vm/polls.ts'
import { newCallIterator } from '../builtins/call_iterator.ts'
import { type Match, Matcher, matchAt, type Subject, search } from './engine.ts'
import { findAll, split, substitute } from './loops.ts'
import { newMatch } from './match.ts'
import { Program } from './program.ts'
import { type HeldSubject, holdSubject, releaseSubject, sliceSubject, subjectLength, toValue } from './subject.ts'
import { type PyPattern, type PyScanner, patternType, scannerType } from './types.ts'

/** Called by the engine during long matches. */
function servePoll(): void {
  if (poll.requests !== 0) servePollsInBuiltin()
}

/** The text that a pattern is to match, to be released; TypeError where one is of bytes and the other is not. */
function subjectFor(pattern: PyPattern, string: Value): HeldSubject {
  const held = holdSubject(string)
  const isBytes = held.subject instanceof Uint8Array
  const wanted = pattern.data.isBytes
  if (wanted === null || wanted === isBytes) return held
  releaseSubject(held)
  throw typeError(
    isBytes
      ? 'cannot use a string pattern on a bytes-like object'
      : 'cannot use a bytes pattern on a string-like object',
  )
}

type Finder = (pattern: PyPattern, subject: Subject, pos: number, endpos: number) => Match | null

const clamp = (index: number, length: number) => Math.min(Math.max(index, 0), length)

/** `match`, `fullmatch` or `search`. */
function find(pattern: PyPattern, string: Value, pos: number, endpos: number, finder: Finder): Owned<Value> {
  const held = subjectFor(pattern, string)
  try {
    const match = finder(pattern, held.subject, pos, endpos)
    if (match === null) return none()
    const length = subjectLength(held.subject)
    return newMatch(pattern, string, clamp(pos, length), clamp(endpos, length), match)
  } finally {
    releaseSubject(held)
  }
}

function programOf({ data }: PyPattern): Program {
  data.program ??= new Program(data.codes, data.groups)
  return data.program
}

const matchFinder: Finder = (pattern, subject, pos, endpos) =>
  matchAt(programOf(pattern), subject, pos, endpos, false, servePoll)
const fullMatchFinder: Finder = (pattern, subject, pos, endpos) =>
  matchAt(programOf(pattern), subject, pos, endpos, true, servePoll)
const searchFinder: Finder = (pattern, subject, pos, endpos) =>
  search(programOf(pattern), subject, pos, endpos, servePoll)

function findAllIn(pattern: PyPattern, string: Value, pos: number, endpos: number): Owned<Value> {
  const held = subjectFor(pattern, string)
  try {
    const found = findAll(programOf(pattern), held.subject, pos, endpos, servePoll)
    return newList(found.map((each) => (Array.isArray(each) ? newTuple(each.map(toValue)) : toValue(each))))
  } finally {
    releaseSubject(held)
  }
}

function splitIn(pattern: PyPattern, string: Value, maxsplit: number): Owned<Value> {
  const held = subjectFor(pattern, string)
  try {
    if (maxsplit < 0) return newList([toValue(sliceSubject(held.subject, 0, Number.MAX_SAFE_INTEGER))])
    const parts = split(programOf(pattern), held.subject, maxsplit, servePoll)
    return newList(parts.map((part) => (part === null ? none() : toValue(part))))
  } finally {
    releaseSubject(held)
  }
}

function newScanner(pattern: PyPattern, string: Value, pos: number, endpos: number): Owned<PyObject> {
  const held = subjectFor(pattern, string)
  const matcher = new Matcher(programOf(pattern), held.subject, pos, endpos, servePoll)
  const scanner = newObject(scannerType, { string: keep(string), pattern: keep(pattern), held, matcher })
  track(scanner)
  return scanner
}

function findIter(pattern: PyPattern, string: Value, pos: number, endpos: number): Owned<Value> {
  const scanner = newScanner(pattern, string, pos, endpos)
  try {
    const next = getAttr(scanner, 'search')
    try {
      return newCallIterator(next, None)
    } finally {
      drop(next)
    }
  } finally {
    drop(scanner)
  }
}

/** What replaces the matches: the text itself where it holds no backslash, else what `re` makes of the template. */
function replacement(pattern: PyPattern, template: Value): Owned<Value> {
  if (typeOf(template).tp_call !== undefined) return keep(template)
  if (isLiteral(template)) return keep(template)
  const subx = importAttribute('re', '_subx')
  try {
    return call(subx, [pattern, template])
  } finally {
    drop(subx)
  }
}

function isLiteral(template: Value): boolean {
  const text = asStr(template)
  if (text === undefined && !hasBuffer(template)) return false
  const held = holdSubject(template)
  try {
    const { subject } = held
    if (typeof subject === 'string') return !subject.includes('\\')
    return !(subject instanceof Uint8Array ? subject : subject.codePoints).includes(0x5c)
  } finally {
    releaseSubject(held)
  }
}

/** A piece of a substitution as text; TypeError for other values, as `join` has it. */
function pieceText(piece: Subject | { value: Value }, i: number, isBytes: boolean): Subject {
  if (!(typeof piece === 'object' && 'value' in piece)) return piece
  const { value } = piece
  const text = isBytes ? undefined : asStr(value)
  if (text !== undefined) return text
  if (isBytes && hasBuffer(value)) {
    const held = holdSubject(value)
    releaseSubject(held)
    return held.subject
  }
  const wanted = isBytes ? 'a bytes-like object' : 'str instance'
  throw typeError(`sequence item ${i}: expected ${wanted}, ${typeOf(value).name} found`)
}

function joined(pieces: readonly (Subject | { value: Value })[], isBytes: boolean): Owned<Value> {
  const texts = pieces.map((piece, i) => pieceText(piece, i, isBytes))
  return isBytes
    ? toValue(bytesJoin(new Uint8Array(), texts as Uint8Array[]))
    : newStr(strJoin('', texts as Exclude<Subject, Uint8Array>[]))
}

function subn(
  pattern: PyPattern,
  template: Value,
  string: Value,
  count: number,
): { text: Owned<Value>; count: number } {
  const by = replacement(pattern, template)
  const made: Owned<Value>[] = [by]
  try {
    const held = subjectFor(pattern, string)
    try {
      const isCallable = typeOf(by).tp_call !== undefined
      const length = subjectLength(held.subject)
      const replace = (match: Match): { value: Value } | null => {
        if (!isCallable) return by === None ? null : { value: by }
        const object = newMatch(pattern, string, 0, length, match)
        let value: Owned<Value>
        try {
          value = call(by, [object])
        } finally {
          drop(object)
        }
        made.push(value)
        return value === None ? null : { value }
      }
      if (count < 0) return { text: toValue(sliceSubject(held.subject, 0, length)), count: 0 }
      const done = substitute(programOf(pattern), held.subject, count, replace, servePoll)
      return { text: joined(done.pieces, held.subject instanceof Uint8Array), count: done.count }
    } finally {
      releaseSubject(held)
    }
  } finally {
    for (const value of made) drop(value)
  }
}

/** The names of the flags in the order in which `repr` shows them. */
const flagNames: readonly (readonly [number, string])[] = [
  [1, 're.TEMPLATE'],
  [2, 're.IGNORECASE'],
  [4, 're.LOCALE'],
  [8, 're.MULTILINE'],
  [16, 're.DOTALL'],
  [32, 're.UNICODE'],
  [64, 're.VERBOSE'],
  [128, 're.DEBUG'],
  [256, 're.ASCII'],
]

const UNICODE = 32
const CHARSETS = 4 | UNICODE | 256

/** Most characters of the pattern that `repr` shows. */
const SHOWN = 200

function repr({ data }: PyPattern): Owned<Value> {
  let left = data.flags
  if (data.isBytes === false && (left & CHARSETS) === UNICODE) left &= ~UNICODE
  const names: string[] = []
  for (const [bit, name] of flagNames) {
    if ((left & bit) === 0) continue
    names.push(name)
    left &= ~bit
  }
  if (left !== 0) names.push(`0x${(left >>> 0).toString(16)}`)
  let shown = reprText(data.pattern)
  if (strLength(shown) > SHOWN) shown = strFromCodePoints(strCodePoints(shown).slice(0, SHOWN))
  return newText(`re.compile(${[strToUtf16(shown), names.join('|')].filter((part) => part !== '').join(', ')})`)
}

function sameCodes(a: PyPattern, b: PyPattern): boolean {
  const [ours, theirs] = [a.data.codes, b.data.codes]
  return ours.length === theirs.length && ours.every((code, i) => code === theirs[i])
}

function compare(self: PyPattern, other: Value, op: number): Owned<Value> {
  if ((op !== Py_EQ && op !== Py_NE) || !isInstanceOf(other, patternType)) return NotImplemented as Owned<Value>
  const [a, b] = [self.data, (other as PyPattern).data]
  const equal =
    self === other ||
    (a.flags === b.flags &&
      a.isBytes === b.isBytes &&
      sameCodes(self, other as PyPattern) &&
      richCompareBool(a.pattern, b.pattern, Py_EQ))
  return equal === (op === Py_EQ)
}

function hashPattern({ data }: PyPattern): number | bigint {
  let mixed = Number(BigInt.asIntN(32, BigInt(hash(data.pattern))))
  for (const code of data.codes) mixed = (Math.imul(mixed, 31) + code) | 0
  mixed ^= data.flags ^ Number(data.isBytes ?? -1) ^ data.groups
  return mixed === -1 ? -2 : mixed
}

/** Defines `re.Pattern`. */
export function definePatternType(): void {
  defineType(patternType, () => ({
    slots: {
      tp_repr: repr,
      tp_hash: hashPattern,
      tp_richcompare: compare,
      tp_dealloc: ({ data }) => {
        drop(data.pattern)
        drop(data.groupindex)
        drop(data.indexgroup)
      },
      tp_traverse: ({ data }, visit) => {
        if (typeof data.pattern === 'object') visit(data.pattern)
        visit(data.groupindex)
        visit(data.indexgroup)
      },
      tp_weakrefs: ({ data }) => data,
    },
    methods: {
      'match(string, pos: ssize = 0, endpos: ssize = sys.maxsize)': (self, string, pos, endpos) =>
        find(self, string, pos, endpos, matchFinder),
      'fullmatch(string, pos: ssize = 0, endpos: ssize = sys.maxsize)': (self, string, pos, endpos) =>
        find(self, string, pos, endpos, fullMatchFinder),
      'search(string, pos: ssize = 0, endpos: ssize = sys.maxsize)': (self, string, pos, endpos) =>
        find(self, string, pos, endpos, searchFinder),
      'findall(string, pos: ssize = 0, endpos: ssize = sys.maxsize)': findAllIn,
      'finditer(string, pos: ssize = 0, endpos: ssize = sys.maxsize)': findIter,
      'scanner(string, pos: ssize = 0, endpos: ssize = sys.maxsize)': newScanner,
      'split(string, maxsplit: ssize = 0)': splitIn,
      'sub(repl, string, count: ssize = 0)': (self, repl, string, count) => subn(self, repl, string, count).text,
      'subn(repl, string, count: ssize = 0)': (self, repl, string, count) => {
        const done = subn(self, repl, string, count)
        return newTuple([done.text, done.count])
      },
      '__copy__()': (self) => keep<Value>(self),
      '__deepcopy__(memo, /)': (self) => keep<Value>(self),
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
    getset: { groupindex: ({ data }) => newMappingProxy(data.groupindex) },
    members: {
      pattern: ({ data }) => keep(data.pattern),
      flags: ({ data }): Owned<Value> => data.flags,
      groups: ({ data }): Owned<Value> => data.groups,
    },
  }))
}

function scan(self: PyScanner, isSearch: boolean): Owned<Value> {
  const { matcher, pattern, string } = self.data
  const match = matcher.next(isSearch)
  return match === null ? none() : newMatch(pattern, string, matcher.pos, matcher.endpos, match)
}

/** Defines the type of scanners. */
export function defineScannerType(): void {
  defineType(scannerType, () => ({
    slots: {
      tp_dealloc: ({ data }) => {
        data.matcher.close()
        releaseSubject(data.held)
        drop(data.string)
        drop(data.pattern)
      },
      tp_traverse: ({ data }, visit) => {
        if (typeof data.string === 'object') visit(data.string)
        visit(data.pattern)
      },
    },
    methods: {
      'match()': (self) => scan(self, false),
      'search()': (self) => scan(self, true),
    },
    members: { pattern: ({ data }) => keep<Value>(data.pattern) },
  }))
}
