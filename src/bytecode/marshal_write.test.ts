import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../base/errors.ts'
import { Complex, type Constant, Float, FrozenSet, WideStr } from '../base/values.ts'
import { CO_NEWLOCALS, CO_OPTIMIZED, CodeObject } from './code.ts'
import { formatFloat17 } from './marshal_numbers.ts'
import { loads } from './marshal_read.ts'
import { List, type MarshalValue, MutableSet, StopIteration } from './marshal_values.ts'
import { dumps } from './marshal_write.ts'
import { sampleMarshal } from './sample.fixture.ts'

/** The bytes as a string of Latin-1 characters. */
const write = (value: MarshalValue, version?: number): string => {
  return Array.from(dumps(value, version), (byte) => String.fromCharCode(byte)).join('')
}

function errorOf(value: MarshalValue, version?: number): string {
  try {
    dumps(value, version)
  } catch (error) {
    assert.ok(error instanceof PyError)
    return `${error.type}: ${error.message}`
  }
  return 'no error'
}

function code(consts: readonly (Constant | CodeObject)[], changes: Partial<CodeObject> = {}): CodeObject {
  return new CodeObject({
    co_argcount: 0,
    co_posonlyargcount: 0,
    co_kwonlyargcount: 0,
    co_stacksize: 1,
    co_flags: CO_OPTIMIZED | CO_NEWLOCALS,
    co_code: Uint8Array.of(151, 0),
    co_consts: consts,
    co_names: [],
    co_localsplusnames: [],
    co_localspluskinds: new Uint8Array(0),
    co_filename: 'a.py',
    co_name: 'f',
    co_qualname: 'A.f',
    co_firstlineno: 1,
    co_linetable: Uint8Array.of(0x80, 0, 0),
    co_exceptiontable: new Uint8Array(0),
    ...changes,
  })
}

/** What is written for the constants of a code object that `dumps` is given. */
function constsOf(consts: readonly (Constant | CodeObject)[]): string {
  const text = write(code(consts))
  const start = text.indexOf('\x97\0') + 2
  return text.slice(start, text.indexOf('\xfa\x04a.py'))
}

test('code of CPython is written again byte for byte', () => {
  const bytes = Uint8Array.from(Buffer.from(sampleMarshal, 'base64'))
  assert.deepEqual(dumps(loads(bytes)), bytes)
})

test('what lives longer than its place is flagged', () => {
  assert.equal(constsOf([]), '\xa9\0r\x02\0\0\0r\x02\0\0\0\xf3\0\0\0\0')
  const tail = '\xa9\0r\x03\0\0\0\xf3\0\0\0\0'
  const one = (constant: Constant): string => {
    const text = constsOf([constant])
    assert.ok(text.startsWith(')\x01') && text.endsWith(tail.slice(-5)), JSON.stringify(text))
    return text.slice(2, text.indexOf('\xa9\0'))
  }
  assert.equal(one('name_1'), '\xda\x06name_1')
  assert.equal(one('two words'), 'z\x09two words')
  assert.equal(one(' '), '\xfa\x01 ')
  assert.equal(one('é'), '\xf5\x02\0\0\0\xc3\xa9')
  assert.equal(one('été'), 'u\x05\0\0\0\xc3\xa9t\xc3\xa9')
  assert.equal(one('*'), '\xda\x01*')
  assert.equal(one(''), '\xda\0')
  assert.equal(one(-5), '\xe9\xfb\xff\xff\xff')
  assert.equal(one(256), '\xe9\0\x01\0\0')
  assert.equal(one(257), 'i\x01\x01\0\0')
  assert.equal(one(-6), 'i\xfa\xff\xff\xff')
  assert.equal(one(Uint8Array.of(65)), '\xf3\x01\0\0\0A')
  assert.equal(one(Uint8Array.of(65, 66)), 's\x02\0\0\0AB')
  assert.equal(one(new WideStr([0x1f600])), 'u\x04\0\0\0\xf0\x9f\x98\x80')
  assert.equal(one(null), 'N')
})

test('what has two places is flagged at the first and referred to at the second', () => {
  const consts = (text: string): string => text.slice(2, text.indexOf('\xa9\0'))
  assert.equal(consts(constsOf(['two words', 'two words'])), '\xfa\x09two wordsr\x02\0\0\0')
  assert.equal(consts(constsOf([1000, [1000]])), '\xe9\xe8\x03\0\0)\x01r\x02\0\0\0')
  assert.equal(consts(constsOf([2n ** 40n, 2n ** 40n])), '\xec\x03\0\0\0\0\0\0\0\0\x04r\x02\0\0\0')
  const float = new Float(1.5)
  const floatText = 'g\0\0\0\0\0\0\xf8?'
  assert.equal(consts(constsOf([float, new Float(1.5)])), floatText + floatText)
  assert.equal(consts(constsOf([float, float])), `\xe7${floatText.slice(1)}r\x02\0\0\0`)
  const inner = ['two words']
  assert.equal(consts(constsOf([inner, 'x', inner])), '\xa9\x01z\x09two words\xda\x01xr\x02\0\0\0')
  const wide = () => new WideStr([0x1f600])
  assert.equal(consts(constsOf([wide(), wide()])), '\xf5\x04\0\0\0\xf0\x9f\x98\x80r\x02\0\0\0')
})

test('numbers count flagged objects only', () => {
  assert.equal(constsOf(['a b', 'c d', 'c d']).slice(2, 17), 'z\x03a b\xfa\x03c dr\x02\0\0\0')
})

test('qualified names', () => {
  const tail = (changes: Partial<CodeObject>, consts: Constant[] = []): string => {
    const text = write(code(consts, changes))
    return text.slice(text.indexOf('a.py') + 4, text.indexOf('\x01\0\0\0s'))
  }
  assert.equal(tail({}), '\xda\x01fz\x03A.f')
  assert.equal(tail({ co_qualname: 'f' }), '\xda\x01fr\x05\0\0\0')
  assert.equal(tail({}, ['A.f']), '\xda\x01fz\x03A.f')
  assert.equal(tail({ co_flags: 0 }, ['A.f']), '\xda\x01fr\x02\0\0\0')
  assert.equal(tail({ co_name: '<lambda>', co_qualname: '<lambda>' }), '\xfa\x08<lambda>r\x05\0\0\0')
})

test('a set is written in the order of the bytes of its items', () => {
  assert.equal(
    write(new MutableSet(['b', 'a', 300, 'two words', 1])),
    '\xbc\x05\0\0\0\xe9,\x01\0\0\xfa\x09two words\xda\x01a\xda\x01b\xe9\x01\0\0\0',
  )
  const nested = new FrozenSet([new FrozenSet(['y', 'x']), new FrozenSet(['b', 'a'])])
  assert.equal(write(nested), '\xbe\x02\0\0\0\xbe\x02\0\0\0\xda\x01a\xda\x01b\xbe\x02\0\0\0\xda\x01x\xda\x01y')
})

test('sets within sets take no time that doubles with each', () => {
  let value = new FrozenSet(['a', 'b'])
  for (let i = 0; i < 100; i++) value = new FrozenSet([value, i])
  assert.deepEqual(loads(dumps(value)), loads(dumps(loads(dumps(value)))))
})

/** Recorded from `marshal.dumps` of CPython 3.11.7. */
test('versions', () => {
  const values = (): List => {
    const bytes = Uint8Array.of(120)
    return new List([new Float(0.1), new Complex(0, 3), 'ab', 'é', bytes, [1, 2], 2n ** 70n, 2 ** 31])
  }
  const long = 'l\x05\0\0\0\0\0\0\0\0\0\0\0\0\x04'
  const large = 'l\x03\0\0\0\0\0\0\0\x02\0'
  const common = `u\x02\0\0\0abu\x02\0\0\0\xc3\xa9s\x01\0\0\0x(\x02\0\0\0i\x01\0\0\0i\x02\0\0\0${long}${large}`
  const old = `[\x08\0\0\0f\x130.10000000000000001x\x010\x013${common}`
  assert.equal(write(values(), 0), old)
  assert.equal(write(values(), 1), old)
  const float = '\x9a\x99\x99\x99\x99\x99\xb9?'
  const complex = '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08@'
  assert.equal(write(values(), 2), `[\x08\0\0\0g${float}y${complex}${common}`)
  const third = `\xf4\x02\0\0\0ab\xf5\x02\0\0\0\xc3\xa9\xf3\x01\0\0\0x(\x02\0\0\0\xe9\x01\0\0\0\xe9\x02\0\0\0${long}${large}`
  assert.equal(write(values(), 3), `\xdb\x08\0\0\0g${float}y${complex}${third}`)
  const fourth = third.replace('\xf4\x02\0\0\0', '\xda\x02').replace('(\x02\0\0\0', ')\x02')
  assert.equal(write(values(), 4), `\xdb\x08\0\0\0g${float}y${complex}${fourth}`)
})

test('floats as text', () => {
  const cases: [number, string][] = [
    [0, '0'],
    [-0, '-0'],
    [0.1, '0.10000000000000001'],
    [100, '100'],
    [1e16, '10000000000000000'],
    [1e17, '1e+17'],
    [1e-4, '0.0001'],
    [1e-5, '1.0000000000000001e-05'],
    [-1e300, '-1.0000000000000001e+300'],
    [5e-324, '4.9406564584124654e-324'],
    [2 ** 50 + 0.25, '1125899906842624.2'],
    [2 ** 50 + 0.75, '1125899906842624.8'],
    [Number.NEGATIVE_INFINITY, '-inf'],
    [Number.NaN, 'nan'],
  ]
  for (const [value, text] of cases) assert.equal(formatFloat17(value), text)
})

test('other values', () => {
  assert.equal(write(StopIteration), 'S')
  assert.equal(write(new Map<MarshalValue, MarshalValue>([['a', 1]])), '\xfb\xda\x01a\xe9\x01\0\0\x000')
  assert.equal(write([...'ab'].concat(Array.from({ length: 254 }, () => 'a'))).slice(0, 6), '\xa8\0\x01\0\0\xda')
  const list = new List([])
  list.items.push(list)
  assert.equal(write(list), '\xdb\x01\0\0\0r\0\0\0\0')
  assert.equal(errorOf(list, 2), 'ValueError: object too deeply nested to marshal')
})

test('refusals', () => {
  let value: MarshalValue = null
  for (let i = 0; i < 1999; i++) value = [value]
  assert.equal(errorOf(value), 'no error')
  assert.equal(errorOf([value]), 'ValueError: object too deeply nested to marshal')
  assert.equal(errorOf(1.5), 'ValueError: unmarshallable object')
  assert.equal(errorOf([undefined as unknown as MarshalValue]), 'ValueError: unmarshallable object')
  assert.equal(errorOf([new Date() as unknown as MarshalValue]), 'ValueError: unmarshallable object')
})

test('strings of every length and width are read as they were written', () => {
  const wide = new WideStr([0x61, 0x1f600, 0xd800, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff])
  const texts: MarshalValue[] = [
    '',
    'a b',
    'x y'.repeat(20),
    'ab '.repeat(100),
    'é'.repeat(300),
    '\ud83d\ude00',
    '\ud800 a',
    wide,
  ]
  for (const version of [0, 1, 2, 3, 4]) assert.deepEqual(loads(dumps(texts, version)), texts)
})
