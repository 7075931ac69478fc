import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../base/errors.ts'
import { type DecodeOptions, decodeSource } from './decode.ts'
import { PySyntaxError } from './errors.ts'
import { sliceText } from './text.ts'

const bytes = (...parts: (string | number)[]) =>
  Uint8Array.from(parts.flatMap((p) => (typeof p === 'number' ? [p] : Array.from(new TextEncoder().encode(p)))))

const read = (input: Uint8Array | string, options?: DecodeOptions) => {
  const source = decodeSource(input, 'f.py', options)
  return sliceText(source, 0, source.length)
}

const errorOf = (input: Uint8Array | string, options?: DecodeOptions) => {
  try {
    decodeSource(input, 'f.py', options)
  } catch (error) {
    if (error instanceof PySyntaxError) return [error.msg, error.filename, error.lineno, error.offset]
    if (error instanceof PyError) return [error.type, error.message]
    throw error
  }
  return null
}

test('line ends become newlines, and a module ends in one', () => {
  assert.equal(read('a\r\nb\rc'), 'a\nb\nc\n')
  assert.equal(read('a\r\r\nb\n'), 'a\n\nb\n')
  assert.equal(read('a', { mode: 'eval' }), 'a')
  assert.equal(read(''), '\n')
  assert.equal(read('a\n'), 'a\n')
})

test('a module that ends in \\r\\n gets another newline, as in CPython', () => {
  assert.equal(read('a\r\n'), 'a\n\n')
  assert.equal(read('a\r\n', { mode: 'single' }), 'a\n')
  assert.equal(read(bytes('a\r\n'), { from: 'file' }), 'a\n')
})

test('bytes are decoded by BOM or cookie', () => {
  const bom = decodeSource(bytes(0xef, 0xbb, 0xbf, 'é'), 'f.py')
  assert.deepEqual([sliceText(bom, 0, bom.length), bom.declaredEncoding], ['é\n', 'utf-8'])
  const latin = decodeSource(bytes('# coding: latin-1\n', 0xe9), 'f.py')
  assert.deepEqual([sliceText(latin, 18, latin.length), latin.encoding], ['é\n', 'iso-8859-1'])
  const plain = decodeSource(bytes('x'), 'f.py')
  assert.deepEqual([plain.ascii, plain.encoding, plain.declaredEncoding, plain.isStr], ['x\n', 'utf-8', null, false])
})

test('a str has no BOM and no cookie', () => {
  const source = decodeSource('\ufeff# coding: latin-1\n', 'f.py')
  assert.deepEqual([source.bytes[0], source.encoding, source.isStr, source.ascii], [0xef, 'utf-8', true, null])
})

test('bytes without a declaration are not checked', () => {
  const source = decodeSource(bytes('# ', 0xff, '\n'), 'f.py')
  assert.deepEqual([source.length, source.ascii], [4, null])
})

test('errors of compile()', () => {
  assert.deepEqual(errorOf('a\0'), ['source code string cannot contain null bytes', null, null, null])
  assert.deepEqual(errorOf(bytes('a\0')), ['source code string cannot contain null bytes', null, null, null])
  assert.deepEqual(errorOf(bytes('# coding: foo\n')), ['unknown encoding: foo', 'f.py', 0, -1])
  const withBom = bytes(0xef, 0xbb, 0xbf, '# coding: latin-1\n')
  assert.deepEqual(errorOf(withBom), ['encoding problem: iso-8859-1 with BOM', 'f.py', 0, -1])
  const ascii = "'ascii' codec can't decode byte 0xe9 in position 16: ordinal not in range(128)"
  assert.deepEqual(errorOf(bytes('# coding: ascii\n', 0xe9)), [ascii, 'f.py', 0, -1])
  const surrogate = "'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed"
  assert.deepEqual(errorOf('a\ud800'), ['UnicodeEncodeError', surrogate])
})

test('errors of a script file', () => {
  const file = { from: 'file' } as const
  assert.deepEqual(errorOf(bytes('# coding: foo\n'), file), ['encoding problem: foo', null, null, null])
  assert.deepEqual(errorOf(bytes('# coding: ascii\n', 0xe9), file), ['encoding problem: ascii', null, null, null])
  const fault = (input: Uint8Array) => {
    const source = decodeSource(input, 'f.py', file)
    const error = source.fault!.error
    return [sliceText(source, 0, source.length), error.msg, error.lineno, error.offset, error.text]
  }
  assert.deepEqual(fault(bytes('x\ny\0z\n')), ['x\n', 'source code cannot contain null bytes', 2, 0, 'y'])
  const notUtf8 =
    "Non-UTF-8 code starting with '\\xe9' in file f.py on line 2, but no encoding declared; " +
    'see https://peps.python.org/pep-0263/ for details'
  assert.deepEqual(fault(bytes('x\n#', 0xe9, '\0\n')), ['x\n', notUtf8, null, null, null])
  const late = fault(bytes('# coding: ascii\n', 'x = 1\n'.repeat(2000), 0xe9, '\n'))
  const message = "(unicode error) 'ascii' codec can't decode byte 0xe9 in position 3809: ordinal not in range(128)"
  assert.deepEqual(late.slice(1), [message, 1366, 0, 'x = 1\n'])
  assert.equal(decodeSource(bytes('# coding: utf-8\n#', 0xe9), 'f.py', file).fault, null)
})
