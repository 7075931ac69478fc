import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import type { Mod } from '../ast/nodes.ts'
import { type Constant, WideStr } from '../base/values.ts'
import { decodeSource } from '../source/decode.ts'
import { parse } from './parse.ts'
import { setUnicodeNames } from './unicode_names.ts'

function value(text: string | Uint8Array): Constant {
  const mod = parse(decodeSource(text, 'test.py', { mode: 'eval' }), { mode: 'eval' })
  const { body } = mod as Extract<Mod, { node: 'Expression' }>
  assert.ok(body.node === 'Constant')
  return body.value
}

describe('string literals', () => {
  it('are plain where no code point is above U+FFFF and wide otherwise', () => {
    assert.equal(value("'é€'"), 'é€')
    assert.equal(value("'\\ud83d\\ude00'"), '\ud83d\ude00')
    assert.deepEqual(value("'😀'"), new WideStr([0x1f600]))
    assert.deepEqual(value("'a' '\\U0001F600' 'b'"), new WideStr([97, 0x1f600, 98]))
    assert.deepEqual(value("'a😀' '\\ud83d'"), new WideStr([97, 0x1f600, 0xd83d]))
  })

  it('keep a backslash before a character beyond ASCII', () => {
    assert.equal(value("'\\é'"), '\\é')
  })

  it('of bytes are joined', () => {
    assert.deepEqual(value("b'a\\xff' rb'\\n' b'\\400'"), Uint8Array.of(97, 255, 92, 110, 0))
  })

  const errors: [string, string][] = [
    ["'\\x1'", "'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape"],
    ["'é\\xz'", "'unicodeescape' codec can't decode bytes in position 10-11: truncated \\xXX escape"],
    ["'\\é\\u12'", "'unicodeescape' codec can't decode bytes in position 16-19: truncated \\uXXXX escape"],
    ["'\\U00110000'", "'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character"],
    ["'\\N'", "'unicodeescape' codec can't decode bytes in position 0-1: malformed \\N character escape"],
    ["'\\N{}'", "'unicodeescape' codec can't decode bytes in position 0-2: malformed \\N character escape"],
    ["'\\N{é}'", "'unicodeescape' codec can't decode bytes in position 0-13: unknown Unicode character name"],
  ]
  for (const [source, message] of errors) {
    it(`${source} is an error`, () => {
      assert.throws(() => value(source), { msg: `(unicode error) ${message}` })
    })
  }

  it('of bytes have errors of their own', () => {
    assert.throws(() => value("b'a\\x1'"), { msg: '(value error) invalid \\x escape at position 1' })
    assert.throws(() => value("b'é'"), { msg: 'bytes can only contain ASCII literal characters' })
    assert.throws(() => value("'a' b'b'"), { msg: 'cannot mix bytes and nonbytes literals' })
  })

  it('of a source without declared encoding must be UTF-8', () => {
    const source = Uint8Array.of(0x27, 0x61, 0xff, 0x27)
    assert.throws(() => value(source), {
      msg: "(unicode error) 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
    })
  })
})

describe('\\N{…}', () => {
  afterEach(() => setUnicodeNames(null))

  it('asks the installed names', () => {
    setUnicodeNames(() => (name) => (name.toUpperCase() === 'DIGIT ONE' ? 0x31 : undefined))
    assert.equal(value("'\\N{digit one}'"), '1')
    assert.throws(() => value("'\\N{digit ten}'"), {
      msg: "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-12: unknown Unicode character name",
    })
  })

  it('says so where none are installed', () => {
    assert.throws(() => value("'\\N{DIGIT ONE}'"), { type: 'NotImplementedError' })
  })
})
