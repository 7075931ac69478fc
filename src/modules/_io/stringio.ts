import { type Str, strFromCodePoints, strLength, WideStr } from '../../base/values.ts'
import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt, asStr } from '../../objects/access.ts'
import { defineType, type Result, tpInit } from '../../objects/define.ts'
import { newException, overflowError, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_OSError } from '../../objects/exception_types.ts'
import { hasAttributes, instanceDict, newInstance } from '../../objects/instance.ts'
import { newStr, newTuple, none } from '../../objects/make.ts'
import type { PyDict, PyInstance, PyTuple, PyType, Value } from '../../objects/object.ts'
import { TPFLAGS_DICT_SUBCLASS, TPFLAGS_TUPLE_SUBCLASS } from '../../objects/object.ts'
import { shown } from '../../objects/protocols.ts'
import { strReplace } from '../../objects/text/str_replace.ts'
import { strConcat, strRepeat, strSlice } from '../../objects/text/str_sequence.ts'
import { builtinType, None, type TypeFor, typeOf } from '../../objects/types.ts'
import { findLineEnd } from './lines.ts'
import { NewlineState, seenNewlines } from './newlines.ts'
import { addAttributes, closedError, lifetime, sizeOf, textIOBaseType, toOffset } from './types.ts'

/** The `data` of a StringIO. */
interface StringIOData {
  text: Str
  pos: number
  /** What was given as `newline`; `null` for None. */
  newline: string | null
  /** Recognises ends of lines where these are universal. */
  decoder: NewlineState | null
  /** What a line feed becomes when it is written; `null` for itself. */
  writeNewline: string | null
  closed: boolean
  ok: boolean
}

type PyStringIO = PyInstance<StringIOData>

export const stringIOType: TypeFor<PyStringIO> = builtinType<PyStringIO>(
  '_io.StringIO',
  textIOBaseType.flags,
  textIOBaseType,
)

function open({ data }: PyStringIO): StringIOData {
  if (!data.ok) throw valueError('I/O operation on uninitialized object')
  if (data.closed) throw closedError('I/O operation on closed file')
  return data
}

/** Puts text at the position, which it moves. */
function put(data: StringIOData, given: Str): void {
  let text = data.decoder === null ? given : data.decoder.decode(given, true)
  if (data.writeNewline !== null) text = strReplace(text, '\n', data.writeNewline)
  const length = strLength(text)
  if (length === 0) return
  const size = strLength(data.text)
  if (data.pos === size) {
    data.text = strConcat(data.text, text)
    data.pos += length
    return
  }
  if (data.pos > size) data.text = strConcat(data.text, strRepeat('\0', data.pos - size))
  const before = strSlice(data.text, 0, data.pos)
  const end = data.pos + length
  const after = end < size ? strSlice(data.text, end, size) : ''
  data.text = narrow(strConcat(strConcat(before, text), after))
  data.pos = end
}

/** A string in its one form, after wide characters may have been overwritten. */
function narrow(text: Str): Str {
  return text instanceof WideStr ? strFromCodePoints(text.codePoints) : text
}

function write(self: PyStringIO, value: Value): Owned<Value> {
  const text = asStr(value)
  if (!self.data.ok) throw valueError('I/O operation on uninitialized object')
  if (text === undefined) throw typeError(`string argument expected, got '${typeOf(value).name}'`)
  const data = open(self)
  const length = strLength(text)
  if (length > 0) put(data, text)
  return length
}

function take(data: StringIOData, count: number): Owned<Value> {
  const start = data.pos
  data.pos += count
  return newStr(strSlice(data.text, start, data.pos))
}

function left(data: StringIOData): number {
  return Math.max(0, strLength(data.text) - data.pos)
}

function readLine(data: StringIOData, limit: number): Owned<Value> {
  const rest = left(data)
  const max = limit >= 0 && limit < rest ? limit : rest
  if (max === 0) return ''
  const translated = data.newline === null
  const universal = data.newline === null || data.newline === ''
  const end = findLineEnd(data.text, data.pos, translated ? '\n' : universal ? null : data.newline!)
  return take(data, end < 0 ? max : Math.min(max, end - data.pos))
}

function initialize(self: PyStringIO, initial: Value, newline: Value): void {
  const { data } = self
  let newlineText: string | null = null
  if (newline !== None) {
    const text = asStr(newline)
    if (text === undefined) throw typeError(`newline must be str or None, not ${typeOf(newline).name}`)
    if (typeof text !== 'string' || !['', '\n', '\r', '\r\n'].includes(text)) {
      throw valueError(`illegal newline value: ${shown(newline)}`)
    }
    newlineText = text
  }
  if (initial !== None && asStr(initial) === undefined) {
    throw typeError(`initial_value must be str or None, not ${typeOf(initial).name}`)
  }
  data.ok = false
  data.text = ''
  data.pos = 0
  data.closed = false
  data.newline = newlineText
  data.decoder = newlineText === null || newlineText === '' ? new NewlineState(newlineText === null) : null
  data.writeNewline = newlineText === '\r' || newlineText === '\r\n' ? newlineText : null
  if (initial !== None) {
    put(data, asStr(initial)!)
    data.pos = 0
  }
  data.ok = true
}

function seek(self: PyStringIO, pos: number, whence: number): Owned<Value> {
  const data = open(self)
  if (whence < 0 || whence > 2) throw valueError(`Invalid whence (${whence}, should be 0, 1 or 2)`)
  if (pos < 0 && whence === 0) throw valueError(`Negative seek position ${pos}`)
  if (whence !== 0 && pos !== 0) throw newException(PyExc_OSError, ["Can't do nonzero cur-relative seeks"])
  if (whence === 0) data.pos = pos
  else if (whence === 2) data.pos = strLength(data.text)
  if (data.pos >= Number.MAX_SAFE_INTEGER) throw overflowError('new position too large')
  return data.pos
}

function truncate(self: PyStringIO, sizeValue: Value): Owned<Value> {
  const data = open(self)
  const size = sizeValue === None ? data.pos : toOffset(sizeValue)
  if (size < 0) throw valueError(`Negative size value ${size}`)
  if (size < strLength(data.text)) data.text = strSlice(data.text, 0, size)
  return size
}

function getstate(self: PyStringIO): Owned<Value> {
  const data = open(self)
  const dict: Owned<Value> = hasAttributes(self) ? keep<Value>(instanceDict(self)) : none()
  return newTuple([newStr(data.text), data.newline === null ? none() : data.newline, data.pos, dict])
}

function setstate(self: PyStringIO, state: Value): Result {
  const { data } = self
  if (
    typeof state !== 'object' ||
    (state.type.flags & TPFLAGS_TUPLE_SUBCLASS) === 0 ||
    (state as PyTuple).data.length < 4
  ) {
    throw typeError(`${self.type.name}.__setstate__ argument should be 4-tuple, got ${typeOf(state).name}`)
  }
  const [value, newline, position, dict] = (state as PyTuple).data as Value[]
  initialize(self, value!, newline!)
  data.text = asStr(value!) ?? ''
  if (asInt(position!) === undefined) {
    throw typeError(`third item of state must be an integer, got ${typeOf(position!).name}`)
  }
  const pos = toOffset(position!)
  if (pos < 0) throw valueError('position value cannot be negative')
  data.pos = pos
  if (dict === None) return
  if (typeof dict !== 'object' || (dict.type.flags & TPFLAGS_DICT_SUBCLASS) === 0) {
    throw typeError(`fourth item of state should be a dict, got a ${typeOf(dict!).name}`)
  }
  addAttributes(self, dict as PyDict)
}

function nextLine(self: PyStringIO): Owned<Value> | undefined {
  const data = open(self)
  if (self.type !== stringIOType) return textIOBaseType.tp_iternext!(self)
  const line = readLine(data, -1)
  return line === '' ? undefined : line
}

const yes = (self: PyStringIO): Owned<Value> => {
  open(self)
  return true
}

/** Defines StringIO. */
export function defineStringIO(): void {
  defineType(stringIOType, () => ({
    slots: {
      tp_new: (type: PyType) =>
        newInstance<StringIOData>(type, {
          text: '',
          pos: 0,
          newline: null,
          decoder: null,
          writeNewline: null,
          closed: false,
          ok: false,
        }),
      tp_init: tpInit("StringIO(initial_value = '', newline = NULL)", (self: PyStringIO, initial, newline) =>
        initialize(self, initial, newline ?? '\n'),
      ),
      tp_iternext: nextLine,
      ...lifetime<PyStringIO>(
        () => [],
        () => {},
      ),
    },
    methods: {
      'getvalue()': (self) => newStr(open(self).text),
      'tell()': (self): Owned<Value> => open(self).pos,
      'read(size = -1, /)': (self, size) => {
        const data = open(self)
        const wanted = sizeOf(size)
        const rest = left(data)
        return take(data, wanted < 0 || wanted > rest ? rest : wanted)
      },
      'readline(size = -1, /)': (self, size) => readLine(open(self), sizeOf(size)),
      'truncate(pos = None, /)': truncate,
      'seek(pos, whence: int = 0, /)': (self, pos, whence) => seek(self, toOffset(pos), whence),
      'write(s, /)': write,
      'close()': ({ data }) => {
        data.closed = true
        data.text = ''
      },
      'readable()': yes,
      'writable()': yes,
      'seekable()': yes,
      '__getstate__()': getstate,
      '__setstate__(state, /)': setstate,
    },
    getset: {
      closed: (self) => self.data.closed,
      newlines: (self) => {
        const { decoder } = open(self)
        return decoder === null ? none() : seenNewlines(decoder.seen)
      },
      line_buffering: (self): Owned<Value> => {
        open(self)
        return false
      },
    },
  }))
}
