import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, crcHqx } from './checksums.ts'
import { fromQuotedPrintable, toQuotedPrintable } from './quoted_printable.ts'
import { binasciiError, fromBase64, fromUu, hexlify, toBase64, toUu, unhexlify } from './text.ts'

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0))
const text = (data: Uint8Array) => String.fromCharCode(...data)

test('hexadecimal', () => {
  const data = bytes('\xb9\x01\xef\x00\x12')
  const dash = 45
  assert.equal(text(hexlify(data)), 'b901ef0012')
  assert.equal(text(hexlify(data, dash)), 'b9-01-ef-00-12')
  assert.equal(text(hexlify(data, dash, 2)), 'b9-01ef-0012')
  assert.equal(text(hexlify(data, dash, -2)), 'b901-ef00-12')
  assert.equal(text(hexlify(data, dash, 0)), 'b901ef0012')
  assert.equal(text(hexlify(data, dash, 9)), 'b901ef0012')
  assert.deepEqual(unhexlify(bytes('b901EF0012')), data)
  assert.throws(() => unhexlify(bytes('abc')), binasciiError('Odd-length string'))
  assert.throws(() => unhexlify(bytes('0g')), binasciiError('Non-hexadecimal digit found'))
})

test('base64', () => {
  assert.deepEqual(
    ['', 'a', 'ab', 'abc', '\xff\xfe\xfd\xfc'].map((data) => text(toBase64(bytes(data), false))),
    ['', 'YQ==', 'YWI=', 'YWJj', '//79/A=='],
  )
  assert.equal(text(toBase64(bytes('abc'))), 'YWJj\n')
  assert.equal(text(fromBase64(bytes('//79/A==\n'))), '\xff\xfe\xfd\xfc')
  assert.equal(text(fromBase64(bytes('Y-W\nJj=YQ=='))), 'abca')
  assert.equal(text(fromBase64(bytes('YQ==YWJj'))), 'a')
  const message = (data: string, isStrict: boolean) => {
    try {
      return text(fromBase64(bytes(data), isStrict))
    } catch (error) {
      return (error as Error).message
    }
  }
  assert.equal(
    message('YWJjY', false),
    'Invalid base64-encoded string: number of data characters (5) cannot be 1 more than a multiple of 4',
  )
  assert.equal(message('YWJjYQ', false), 'Incorrect padding')
  assert.equal(message('=YQ==', true), 'Leading padding not allowed')
  assert.equal(message('YQ==YQ==', true), 'Excess data after padding')
  assert.equal(message('YQ=x', true), 'Discontinuous padding not allowed')
  assert.equal(message('Y Q==', true), 'Only base64 data is allowed')
  assert.equal(message('YQ==', true), 'a')
})

test('uuencoded lines', () => {
  assert.equal(text(toUu(bytes('The \0\0\0'))), "'5&AE(       \n")
  assert.equal(text(toUu(bytes('The \0\0\0'), true)), "'5&AE(```````\n")
  assert.equal(text(toUu(bytes(''), true)), '`\n')
  assert.throws(() => toUu(new Uint8Array(46)), binasciiError('At most 45 bytes at once'))
  assert.equal(text(fromUu(bytes("'5&AE(      \n"))), 'The \0\0\0')
  assert.equal(text(fromUu(bytes('#5\n'))), 'T\0\0')
  assert.throws(() => fromUu(bytes('#5\x7f')), binasciiError('Illegal char'))
  assert.throws(() => fromUu(bytes('!5@  !')), binasciiError('Trailing garbage'))
})

test('quoted-printable', () => {
  const quote = (data: string, quoteTabs = false, isText = true, isHeader = false) =>
    text(toQuotedPrintable(bytes(data), { quoteTabs, isText, isHeader }))
  assert.equal(quote('a=b\xe9 \r\n.\nx\t\ny '), 'a=3Db=E9=20\r\n=2E\r\nx=09\r\ny=20')
  assert.equal(quote('a b_c\t\n', true, false, true), 'a=20b=5Fc=09=0A')
  assert.equal(quote('x'.repeat(80)), 'x'.repeat(75) + '=\n' + 'xxxxx')
  assert.equal(quote('\xe9'.repeat(26)), '=E9'.repeat(25) + '=\n=E9')
  assert.equal(quote('a b_', false, true, true), 'a_b=5F')
  const unquote = (data: string, isHeader = false) => text(fromQuotedPrintable(bytes(data), isHeader))
  assert.equal(unquote('a=3Db=e9=\r\nc=\nd=zz==_='), 'a=b\xe9cd=zz=_')
  assert.equal(unquote('a_b', true), 'a b')
})

test('checksums', () => {
  assert.equal(crc32(bytes('hello world')), 222957957)
  assert.equal(crc32(bytes(' world'), crc32(bytes('hello'))), 222957957)
  assert.equal(crc32(bytes('a'), -1n), 3310005809)
  assert.equal(crcHqx(bytes('hello'), 0), 50018)
  assert.equal(crcHqx(bytes('hello'), 0x1ffff), 53870)
})
