import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  bytesCapitalize,
  bytesIsAlnum,
  bytesIsAlpha,
  bytesIsAscii,
  bytesIsDigit,
  bytesIsLower,
  bytesIsSpace,
  bytesIsTitle,
  bytesIsUpper,
  bytesLower,
  bytesSwapcase,
  bytesTitle,
  bytesUpper,
  isByteSpace,
} from './bytes_case.ts'

/** The bytes that a string of Latin-1 has for its code units. */
function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

test('lower', () => {
  assert.deepEqual(bytesLower(bytes('')), bytes(''))
  assert.deepEqual(bytesLower(bytes('heLLo wORLD 1a they\x27re')), bytes('hello world 1a they\x27re'))
  assert.deepEqual(bytesLower(bytes('\xe9\xc9Zz')), bytes('\xe9\xc9zz'))
})

test('upper', () => {
  assert.deepEqual(bytesUpper(bytes('')), bytes(''))
  assert.deepEqual(bytesUpper(bytes('heLLo wORLD 1a they\x27re')), bytes('HELLO WORLD 1A THEY\x27RE'))
  assert.deepEqual(bytesUpper(bytes('\xe9\xc9Zz')), bytes('\xe9\xc9ZZ'))
})

test('title', () => {
  assert.deepEqual(bytesTitle(bytes('')), bytes(''))
  assert.deepEqual(bytesTitle(bytes('heLLo wORLD 1a they\x27re')), bytes('Hello World 1A They\x27Re'))
  assert.deepEqual(bytesTitle(bytes('\xe9\xc9Zz')), bytes('\xe9\xc9Zz'))
})

test('swapcase', () => {
  assert.deepEqual(bytesSwapcase(bytes('')), bytes(''))
  assert.deepEqual(bytesSwapcase(bytes('heLLo wORLD 1a they\x27re')), bytes('HEllO World 1A THEY\x27RE'))
  assert.deepEqual(bytesSwapcase(bytes('\xe9\xc9Zz')), bytes('\xe9\xc9zZ'))
})

test('capitalize', () => {
  assert.deepEqual(bytesCapitalize(bytes('')), bytes(''))
  assert.deepEqual(bytesCapitalize(bytes('heLLo wORLD 1a they\x27re')), bytes('Hello world 1a they\x27re'))
  assert.deepEqual(bytesCapitalize(bytes('\xe9\xc9Zz')), bytes('\xe9\xc9zz'))
})

test('isalnum', () => {
  assert.equal(bytesIsAlnum(bytes('')), false)
  assert.equal(bytesIsAlnum(bytes('a')), true)
  assert.equal(bytesIsAlnum(bytes('A1')), true)
  assert.equal(bytesIsAlnum(bytes('abc')), true)
  assert.equal(bytesIsAlnum(bytes('ABC')), true)
  assert.equal(bytesIsAlnum(bytes('Ab Cd')), false)
  assert.equal(bytesIsAlnum(bytes('aB')), true)
  assert.equal(bytesIsAlnum(bytes('12')), true)
  assert.equal(bytesIsAlnum(bytes(' \x09\x0a\x0d\x0b\x0c')), false)
  assert.equal(bytesIsAlnum(bytes('\x1c')), false)
  assert.equal(bytesIsAlnum(bytes('\xe9')), false)
  assert.equal(bytesIsAlnum(bytes('A\xe9')), false)
  assert.equal(bytesIsAlnum(bytes('Ab1Cd')), true)
})

test('isalpha', () => {
  assert.equal(bytesIsAlpha(bytes('')), false)
  assert.equal(bytesIsAlpha(bytes('a')), true)
  assert.equal(bytesIsAlpha(bytes('A1')), false)
  assert.equal(bytesIsAlpha(bytes('abc')), true)
  assert.equal(bytesIsAlpha(bytes('ABC')), true)
  assert.equal(bytesIsAlpha(bytes('Ab Cd')), false)
  assert.equal(bytesIsAlpha(bytes('aB')), true)
  assert.equal(bytesIsAlpha(bytes('12')), false)
  assert.equal(bytesIsAlpha(bytes(' \x09\x0a\x0d\x0b\x0c')), false)
  assert.equal(bytesIsAlpha(bytes('\x1c')), false)
  assert.equal(bytesIsAlpha(bytes('\xe9')), false)
  assert.equal(bytesIsAlpha(bytes('A\xe9')), false)
  assert.equal(bytesIsAlpha(bytes('Ab1Cd')), false)
})

test('isascii', () => {
  assert.equal(bytesIsAscii(bytes('')), true)
  assert.equal(bytesIsAscii(bytes('a')), true)
  assert.equal(bytesIsAscii(bytes('A1')), true)
  assert.equal(bytesIsAscii(bytes('abc')), true)
  assert.equal(bytesIsAscii(bytes('ABC')), true)
  assert.equal(bytesIsAscii(bytes('Ab Cd')), true)
  assert.equal(bytesIsAscii(bytes('aB')), true)
  assert.equal(bytesIsAscii(bytes('12')), true)
  assert.equal(bytesIsAscii(bytes(' \x09\x0a\x0d\x0b\x0c')), true)
  assert.equal(bytesIsAscii(bytes('\x1c')), true)
  assert.equal(bytesIsAscii(bytes('\xe9')), false)
  assert.equal(bytesIsAscii(bytes('A\xe9')), false)
  assert.equal(bytesIsAscii(bytes('Ab1Cd')), true)
})

test('isdigit', () => {
  assert.equal(bytesIsDigit(bytes('')), false)
  assert.equal(bytesIsDigit(bytes('a')), false)
  assert.equal(bytesIsDigit(bytes('A1')), false)
  assert.equal(bytesIsDigit(bytes('abc')), false)
  assert.equal(bytesIsDigit(bytes('ABC')), false)
  assert.equal(bytesIsDigit(bytes('Ab Cd')), false)
  assert.equal(bytesIsDigit(bytes('aB')), false)
  assert.equal(bytesIsDigit(bytes('12')), true)
  assert.equal(bytesIsDigit(bytes(' \x09\x0a\x0d\x0b\x0c')), false)
  assert.equal(bytesIsDigit(bytes('\x1c')), false)
  assert.equal(bytesIsDigit(bytes('\xe9')), false)
  assert.equal(bytesIsDigit(bytes('A\xe9')), false)
  assert.equal(bytesIsDigit(bytes('Ab1Cd')), false)
})

test('islower', () => {
  assert.equal(bytesIsLower(bytes('')), false)
  assert.equal(bytesIsLower(bytes('a')), true)
  assert.equal(bytesIsLower(bytes('A1')), false)
  assert.equal(bytesIsLower(bytes('abc')), true)
  assert.equal(bytesIsLower(bytes('ABC')), false)
  assert.equal(bytesIsLower(bytes('Ab Cd')), false)
  assert.equal(bytesIsLower(bytes('aB')), false)
  assert.equal(bytesIsLower(bytes('12')), false)
  assert.equal(bytesIsLower(bytes(' \x09\x0a\x0d\x0b\x0c')), false)
  assert.equal(bytesIsLower(bytes('\x1c')), false)
  assert.equal(bytesIsLower(bytes('\xe9')), false)
  assert.equal(bytesIsLower(bytes('A\xe9')), false)
  assert.equal(bytesIsLower(bytes('Ab1Cd')), false)
})

test('isspace', () => {
  assert.equal(bytesIsSpace(bytes('')), false)
  assert.equal(bytesIsSpace(bytes('a')), false)
  assert.equal(bytesIsSpace(bytes('A1')), false)
  assert.equal(bytesIsSpace(bytes('abc')), false)
  assert.equal(bytesIsSpace(bytes('ABC')), false)
  assert.equal(bytesIsSpace(bytes('Ab Cd')), false)
  assert.equal(bytesIsSpace(bytes('aB')), false)
  assert.equal(bytesIsSpace(bytes('12')), false)
  assert.equal(bytesIsSpace(bytes(' \x09\x0a\x0d\x0b\x0c')), true)
  assert.equal(bytesIsSpace(bytes('\x1c')), false)
  assert.equal(bytesIsSpace(bytes('\xe9')), false)
  assert.equal(bytesIsSpace(bytes('A\xe9')), false)
  assert.equal(bytesIsSpace(bytes('Ab1Cd')), false)
})

test('istitle', () => {
  assert.equal(bytesIsTitle(bytes('')), false)
  assert.equal(bytesIsTitle(bytes('a')), false)
  assert.equal(bytesIsTitle(bytes('A1')), true)
  assert.equal(bytesIsTitle(bytes('abc')), false)
  assert.equal(bytesIsTitle(bytes('ABC')), false)
  assert.equal(bytesIsTitle(bytes('Ab Cd')), true)
  assert.equal(bytesIsTitle(bytes('aB')), false)
  assert.equal(bytesIsTitle(bytes('12')), false)
  assert.equal(bytesIsTitle(bytes(' \x09\x0a\x0d\x0b\x0c')), false)
  assert.equal(bytesIsTitle(bytes('\x1c')), false)
  assert.equal(bytesIsTitle(bytes('\xe9')), false)
  assert.equal(bytesIsTitle(bytes('A\xe9')), true)
  assert.equal(bytesIsTitle(bytes('Ab1Cd')), true)
})

test('isupper', () => {
  assert.equal(bytesIsUpper(bytes('')), false)
  assert.equal(bytesIsUpper(bytes('a')), false)
  assert.equal(bytesIsUpper(bytes('A1')), true)
  assert.equal(bytesIsUpper(bytes('abc')), false)
  assert.equal(bytesIsUpper(bytes('ABC')), true)
  assert.equal(bytesIsUpper(bytes('Ab Cd')), false)
  assert.equal(bytesIsUpper(bytes('aB')), false)
  assert.equal(bytesIsUpper(bytes('12')), false)
  assert.equal(bytesIsUpper(bytes(' \x09\x0a\x0d\x0b\x0c')), false)
  assert.equal(bytesIsUpper(bytes('\x1c')), false)
  assert.equal(bytesIsUpper(bytes('\xe9')), false)
  assert.equal(bytesIsUpper(bytes('A\xe9')), true)
  assert.equal(bytesIsUpper(bytes('Ab1Cd')), false)
})

test('white space is that of C', () => {
  assert.deepEqual([0x08, 0x09, 0x0d, 0x0e, 0x1c, 0x20, 0x85].map(isByteSpace), [
    false,
    true,
    true,
    false,
    false,
    true,
    false,
  ])
})
