import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../base/errors.ts'
import { Complex, Ellipsis, Float, FrozenSet, WideStr } from '../base/values.ts'
import { CodeObject } from './code.ts'
import { loads } from './marshal_read.ts'
import { List, type MarshalValue, MutableSet, StopIteration } from './marshal_values.ts'
import { dumps } from './marshal_write.ts'
import { sampleMarshal } from './sample.fixture.ts'

/** Bytes of a string of Latin-1 characters. */
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))
const read = (text: string): MarshalValue => loads(latin1(text))

function errorOf(text: string): string {
  try {
    read(text)
  } catch (error) {
    assert.ok(error instanceof PyError)
    return `${error.type}: ${error.message}`
  }
  return 'no error'
}

const EMPTY = 's\0\0\0\0'
const long = (value: number): string =>
  String.fromCharCode(value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255)

interface CodeParts {
  readonly ints?: readonly number[]
  readonly code?: string
  readonly consts?: string
  readonly names?: string
  readonly plusNames?: string
  readonly plusKinds?: string
}

function codeBytes(parts: CodeParts): string {
  const { ints = [0, 0, 0, 0, 0], code = EMPTY, consts = ')\0', names = ')\0', plusNames = ')\0' } = parts
  const strings = 'z\0z\0z\0'
  return `c${ints.map(long).join('')}${code}${consts}${names}${plusNames}${parts.plusKinds ?? EMPTY}${strings}${long(1)}${EMPTY}${EMPTY}`
}

test('values of all type codes', () => {
  const cases: [string, MarshalValue][] = [
    ['N', null],
    ['T', true],
    ['F', false],
    ['.', Ellipsis],
    ['S', StopIteration],
    ['i\xfe\xff\xff\xff', -2],
    ['I\x01\0\0\0\0\0\0\x80', -9223372036854775807n],
    ['l\0\0\0\0', 0],
    ['l\xff\xff\xff\xff\x01\0', -1],
    ['l\x05\0\0\0\0\0\0\0\0\0\0\0\0\x04', 2n ** 70n],
    ['f\x031.5', new Float(1.5)],
    ['f\x06-1e999', new Float(Number.NEGATIVE_INFINITY)],
    ['f\x08infinity', new Float(Number.POSITIVE_INFINITY)],
    ['f\x04nan\0', new Float(Number.NaN)],
    ['g\0\0\0\0\0\0\xf8?', new Float(1.5)],
    ['x\x011\x03-.5', new Complex(1, -0.5)],
    ['y\0\0\0\0\0\0\xf8?\0\0\0\0\0\0\0\x80', new Complex(1.5, -0)],
    ['s\x02\0\0\0\0\xff', Uint8Array.of(0, 255)],
    ['u\x02\0\0\0\xc3\xa9', 'é'],
    ['t\x01\0\0\0a', 'a'],
    ['u\x03\0\0\0\xed\xa0\x80', '\ud800'],
    ['u\x04\0\0\0\xf0\x9f\x98\x80', new WideStr([0x1f600])],
    ['u\x07\0\0\0\xf0\x9f\x98\x80\xed\xa0\x80', new WideStr([0x1f600, 0xd800])],
    ['a\x01\0\0\0a', 'a'],
    ['A\x01\0\0\0a', 'a'],
    ['z\x01\xe9', 'é'],
    ['Z\x0aabcdefghij', 'abcdefghij'],
    [')\x02NT', [null, true]],
    ['(\x01\0\0\0N', [null]],
    ['[\x01\0\0\0N', new List([null])],
    ['{z\x01aNTF0', new Map<MarshalValue, MarshalValue>([['a', null]]).set(true, false)],
    ['<\x01\0\0\0N', new MutableSet([null])],
    ['>\0\0\0\0', new FrozenSet([])],
    ['>\x02\0\0\0z\x01az\x01b', new FrozenSet(['a', 'b'])],
  ]
  for (const [bytes, value] of cases) assert.deepEqual(read(bytes), value, JSON.stringify(bytes))
  const text = 'x'.repeat(300)
  assert.equal(read(`a${long(300)}${text}`), text)
})

test('what is damaged gives the errors of CPython', () => {
  const cases: [string, string][] = [
    ['', 'EOFError: EOF read where object expected'],
    [')\x01', 'EOFError: EOF read where object expected'],
    ['i\0\0', 'EOFError: marshal data too short'],
    ['l\0\0\0\x80', 'ValueError: bad marshal data (long size out of range)'],
    ['l\x01\0\0\0\0\0', 'ValueError: bad marshal data (unnormalized long data)'],
    ['l\x01\0\0\0\0\x80', 'ValueError: bad marshal data (digit out of range in long)'],
    ['l\x02\0\0\0\x01\0', 'EOFError: marshal data too short'],
    ['f', 'EOFError: EOF read where not expected'],
    ['z', 'EOFError: EOF read where not expected'],
    [')', 'EOFError: EOF read where not expected'],
    ['f\x03abc', "ValueError: could not convert string to float: 'abc'"],
    ['f\x04 1.5', "ValueError: could not convert string to float: ' 1.5'"],
    ['f\x031_0', "ValueError: could not convert string to float: '1_0'"],
    ['f\x03\xff\xfe1', "ValueError: could not convert string to float: '\ufffd\ufffd1'"],
    ['g\0\0', 'EOFError: marshal data too short'],
    ['s\xff\xff\xff\xff', 'ValueError: bad marshal data (bytes object size out of range)'],
    ['s\x05\0\0\0ab', 'EOFError: marshal data too short'],
    ['s\xff\xff\xff\x7fab', 'EOFError: marshal data too short'],
    ['a\xff\xff\xff\xff', 'ValueError: bad marshal data (string size out of range)'],
    ['u\xff\xff\xff\xff', 'ValueError: bad marshal data (string size out of range)'],
    ['(\xff\xff\xff\xff', 'ValueError: bad marshal data (tuple size out of range)'],
    ['(\xff\xff\xff\x7fN', 'EOFError: EOF read where object expected'],
    ['[\xff\xff\xff\xff', 'ValueError: bad marshal data (list size out of range)'],
    ['<\xff\xff\xff\xff', 'ValueError: bad marshal data (set size out of range)'],
    ['u\x01\0\0\0\xff', "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"],
    [
      'u\x04\0\0\0\xed\xa0\x80\xe9',
      "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 3: unexpected end of data",
    ],
    ['r\0\0\0\0', 'ValueError: bad marshal data (invalid reference)'],
    ['r\xff\xff\xff\xff', 'ValueError: bad marshal data (invalid reference)'],
    ['\xbe\x01\0\0\0r\0\0\0\0', 'ValueError: bad marshal data (invalid reference)'],
    ['r', 'EOFError: marshal data too short'],
    ['0', 'TypeError: NULL object in marshal data for object'],
    [')\x010', 'TypeError: NULL object in marshal data for tuple'],
    ['[\x01\0\0\x000', 'TypeError: NULL object in marshal data for list'],
    ['>\x01\0\0\x000', 'TypeError: NULL object in marshal data for set'],
    [`c${'\0'.repeat(20)}0`, 'TypeError: NULL object in marshal data for code object'],
    ['<\x01\0\0\0[\0\0\0\0', "TypeError: unhashable type: 'list'"],
    ['<\x01\0\0\0)\x01<\0\0\0\0', "TypeError: unhashable type: 'set'"],
    ['{{0N', "TypeError: unhashable type: 'dict'"],
    ['Q', 'ValueError: bad marshal data (unknown type code)'],
    ['?', 'ValueError: bad marshal data (unknown type code)'],
    [')\x01'.repeat(2000) + 'N', 'ValueError: recursion limit exceeded'],
    [')\x01'.repeat(2000), 'EOFError: EOF read where object expected'],
  ]
  for (const [bytes, error] of cases) assert.equal(errorOf(bytes), error, JSON.stringify(bytes.slice(0, 20)))
})

test('code objects that CPython refuses', () => {
  const bad = 'SystemError: Objects/codeobject.c:250: bad argument to internal function'
  assert.ok(read(codeBytes({})) instanceof CodeObject)
  assert.ok(read(codeBytes({ plusNames: ')\x01z\x01a', plusKinds: 's\x01\0\0\0 ' })) instanceof CodeObject)
  assert.equal(errorOf(codeBytes({ ints: [-1, 0, 0, 0, 0] })), bad)
  assert.equal(errorOf(codeBytes({ ints: [0, 1, 0, 0, 0] })), bad)
  assert.equal(errorOf(codeBytes({ ints: [0, 0, 0, 0, -1] })), bad)
  assert.equal(errorOf(codeBytes({ consts: 'N' })), bad)
  assert.equal(errorOf(codeBytes({ plusNames: ')\x01z\x01a' })), bad)
  assert.equal(errorOf(codeBytes({ ints: [1, 0, 0, 0, 0] })), 'ValueError: code: co_varnames is too small')
  assert.equal(errorOf(codeBytes({ code: 's\x01\0\0\0\0' })), 'ValueError: code: co_code is malformed')
  assert.equal(errorOf(codeBytes({ names: ')\x01N' })), 'SystemError: non-string found in code slot')
})

test('no code object holds what no compiler makes', () => {
  const error = 'ValueError: bad marshal data (mutable object in code object)'
  for (const consts of [')\x01[\0\0\0\0', ')\x01{0', ')\x01S', ')\x01)\x01<\0\0\0\0', '\xa9\x01r\0\0\0\0']) {
    assert.equal(errorOf(codeBytes({ consts })), error, JSON.stringify(consts))
  }
  assert.equal(errorOf(`)\x02\xdb\0\0\0\0${codeBytes({ consts: ')\x01r\0\0\0\0' })}`), error)
  assert.equal(errorOf(`)\x02\xa9\x01[\0\0\0\0${codeBytes({ consts: ')\x01r\0\0\0\0' })}`), error)
  assert.equal(errorOf(`[\x02\0\0\0S${codeBytes({})}`), 'no error')
})

test('references give the same object', () => {
  const [a, b] = read(')\x02\xe7\0\0\0\0\0\0\xf8?r\0\0\0\0') as [Float, Float]
  assert.equal(a, b)
  const list = read('\xdb\x01\0\0\0r\0\0\0\0') as List
  assert.equal(list.items[0], list)
  const tuple = read('\xa9\x01r\0\0\0\0') as MarshalValue[]
  assert.equal(tuple[0], tuple)
  assert.deepEqual(read(')\x03\xa9\0\xfa\x01ar\x01\0\0\0'), [[], 'a', 'a'])
})

test('sets and dicts tell their keys apart as Python does', () => {
  const one = 'i\x01\0\0\0'
  const oneFloat = 'g\0\0\0\0\0\0\xf0?'
  const nan = 'g\0\0\0\0\0\0\xf8\x7f'
  const size = (items: string, count: number): number => (read(`<${long(count)}${items}`) as MutableSet).items.length
  assert.equal(size(`${one}T${oneFloat}`, 3), 1)
  assert.equal(size('z\x01as\x01\0\0\0au\x01\0\0\0a', 3), 2)
  assert.equal(size(`)\x01${one})\x01T`, 2), 1)
  assert.equal(size(nan + nan, 2), 2)
  assert.equal(size(`\xe7${nan.slice(1)}r\0\0\0\0`, 2), 1)
  assert.equal(size(`>\x02\0\0\0NT>\x02\0\0\0TN`, 2), 1)
  assert.equal(size('N.S', 3), 3)
  assert.equal(size('u\x04\0\0\0\xf0\x9f\x98\x80u\x06\0\0\0\xed\xa0\xbd\xed\xb8\x80', 2), 2)
  assert.equal(size(codeBytes({}) + codeBytes({}), 2), 1)
  assert.equal(size(codeBytes({ consts: ')\x01T' }) + codeBytes({ consts: `)\x01${one}` }), 2), 2)
  assert.deepEqual(read(`{TN${one}F0`), new Map([[true, false]]))
})

test('tuples that share their items take no time that grows with their text', () => {
  let bytes = '\xa9\x01N'
  for (let i = 0; i < 60; i++) bytes += `\xa9\x02${`r${long(i)}`.repeat(2)}`
  const value = read(`[\x3e\0\0\0${bytes}<\x01\0\0\0r${long(60)}`) as List
  assert.equal((value.items[61] as MutableSet).items.length, 1)
})

test('tuples nested through references take no JavaScript stack', () => {
  let bytes = '\xa9\x01N'
  for (let i = 0; i < 20000; i++) bytes += `\xa9\x01r${long(i)}`
  const value = read(`[${long(20002)}${bytes}<\x01\0\0\0r${long(20000)}`) as List
  assert.equal((value.items[20001] as MutableSet).items.length, 1)
  assert.equal(
    errorOf(')\x02\xa9\x01r\0\0\0\0<\x01\0\0\0r\0\0\0\0'),
    'RecursionError: maximum recursion depth exceeded',
  )
  const error = 'RecursionError: maximum recursion depth exceeded'
  assert.equal(errorOf('\xa9\x02)\x01r\0\0\0\0<\x01\0\0\0r\0\0\0\0'), error)
})

test('mutated code ends in a value or a Python error', () => {
  const seed = Uint8Array.from(Buffer.from(sampleMarshal, 'base64'))
  let state = 1
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 0x100000000) * below)
  }
  const ends = new Map<string, number>()
  for (let i = 0; i < 1500; i++) {
    const bytes = seed.slice(0, random(10) === 0 ? random(seed.length) : seed.length)
    for (let n = random(4); n >= 0; n--) bytes[random(bytes.length)] = random(256)
    let end = 'value'
    try {
      const value = loads(bytes)
      assert.ok(dumps(value).length > 0)
    } catch (error) {
      assert.ok(error instanceof PyError, String(error))
      end = error.type
    }
    ends.set(end, (ends.get(end) ?? 0) + 1)
  }
  for (const end of ['value', 'ValueError', 'EOFError']) assert.ok((ends.get(end) ?? 0) > 20, end)
})
