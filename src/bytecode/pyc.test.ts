import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../base/errors.ts'
import type { CodeObject } from './code.ts'
import { loads } from './marshal_read.ts'
import { cacheFromSource, type ReadPycOptions, readPyc, sourceFromCache, writePyc } from './pyc.ts'
import { sampleMarshal } from './sample.fixture.ts'

const data = Uint8Array.from(Buffer.from(sampleMarshal, 'base64'))
const code = loads(data) as CodeObject
const source = new TextEncoder().encode('x = 1\n')

function errorOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    assert.ok(error instanceof PyError)
    return `${error.type}: ${error.message}`
  }
  return 'no error'
}

const header = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 16)).toString('hex')
const refusal = (bytes: Uint8Array, options: Partial<ReadPycOptions> = {}): string =>
  errorOf(() => readPyc(bytes, { name: 'm', ...options }))

test('the three modes', () => {
  const timestamp = writePyc(code, { mtime: 0x1_2345_6789 + 0.75, size: 6 })
  assert.equal(header(timestamp), 'a70d0d0a000000008967452306000000')
  assert.deepEqual(timestamp.subarray(16), data)
  const read = readPyc(timestamp, { name: 'm' })
  assert.equal(read.mode, 'timestamp')
  assert.equal(read.mtime, 0x23456789)
  assert.equal(read.size, 6)
  assert.deepEqual(read.code, code)
  // The hash is `importlib.util.source_hash(b'x = 1\n')` of CPython 3.11.7.
  const hash = '4c0372aa93f75252'
  assert.equal(header(writePyc(code, { mode: 'checked-hash', source })), `a70d0d0a03000000${hash}`)
  assert.equal(header(writePyc(code, { mode: 'unchecked-hash', source })), `a70d0d0a01000000${hash}`)
  assert.equal(readPyc(writePyc(code, { mode: 'unchecked-hash', source }), { name: 'm' }).mode, 'unchecked-hash')
  assert.match(
    errorOf(() => writePyc(code, { mode: 'checked-hash' })),
    /^TypeError/,
  )
})

test('damaged files', () => {
  const good = writePyc(code)
  const changed = (at: number, byte: number): Uint8Array => {
    const bytes = good.slice()
    bytes[at] = byte
    return bytes
  }
  assert.equal(refusal(changed(0, 0xa6)), "ImportError: bad magic number in 'm': b'\\xa6\\r\\r\\n'")
  assert.equal(refusal(new Uint8Array(0)), "ImportError: bad magic number in 'm': b''")
  assert.equal(refusal(good.slice(0, 15)), "EOFError: reached EOF while reading pyc header of 'm'")
  assert.equal(refusal(changed(4, 4)), "ImportError: invalid flags 4 in 'm'")
  assert.equal(refusal(changed(7, 0x80)), "ImportError: invalid flags 2147483648 in 'm'")
  assert.equal(refusal(good.slice(0, 16)), 'EOFError: EOF read where object expected')
  assert.equal(refusal(changed(16, 0x3f)), 'ValueError: bad marshal data (unknown type code)')
  const none = changed(16, 0x4e)
  assert.equal(refusal(none), 'ImportError: Non-code object in None')
  assert.equal(refusal(none, { path: 'm.pyc' }), "ImportError: Non-code object in 'm.pyc'")
})

test('stale files', () => {
  const timestamp = writePyc(code, { mtime: 5, size: 6 })
  assert.equal(refusal(timestamp, { mtime: 5.5, size: 6 }), 'no error')
  assert.equal(refusal(timestamp, { mtime: 2 ** 32 + 5 }), 'no error')
  assert.equal(refusal(timestamp, { mtime: 4 }), "ImportError: bytecode is stale for 'm'")
  assert.equal(refusal(timestamp, { mtime: 5, size: 7 }), "ImportError: bytecode is stale for 'm'")
  const other = new TextEncoder().encode('x = 2\n')
  const checked = writePyc(code, { mode: 'checked-hash', source })
  const unchecked = writePyc(code, { mode: 'unchecked-hash', source })
  const stale = "ImportError: hash in bytecode doesn't match hash of source 'm'"
  assert.equal(refusal(checked, { source, mtime: 1 }), 'no error')
  assert.equal(refusal(checked, { source: other }), stale)
  assert.equal(refusal(checked, { source: other, checkHash: 'never' }), 'no error')
  assert.equal(refusal(unchecked, { source: other }), 'no error')
  assert.equal(refusal(unchecked, { source: other, checkHash: 'always' }), stale)
})

/** Recorded from `importlib.util`. */
test('cache paths', () => {
  assert.equal(cacheFromSource('foo.py'), '__pycache__/foo.cpython-311.pyc')
  assert.equal(cacheFromSource('/a/b.c/foo.bar.py', '2'), '/a/b.c/__pycache__/foo.bar.cpython-311.opt-2.pyc')
  assert.equal(cacheFromSource('/foo'), '__pycache__/foocpython-311.pyc')
  assert.equal(cacheFromSource('.py'), '__pycache__/py.cpython-311.pyc')
  assert.equal(
    cacheFromSource('C:\\a/b\\foo.py', '', { separators: '\\/' }),
    'C:\\a/b\\__pycache__\\foo.cpython-311.pyc',
  )
  assert.equal(
    errorOf(() => cacheFromSource('foo.py', '-1')),
    "ValueError: '-1' is not alphanumeric",
  )
  assert.equal(sourceFromCache('/a/__pycache__/foo.cpython-311.opt-1.pyc'), '/a/foo.py')
  const cases: [string, string][] = [
    ['a/foo.pyc', "ValueError: __pycache__ not bottom-level directory in 'a/foo.pyc'"],
    ['__pycache__/foo.pyc', "ValueError: expected only 2 or 3 dots in 'foo.pyc'"],
    ['__pycache__/foo.a.ppt-1.pyc', "ValueError: optimization portion of filename does not start with 'opt-'"],
    ['__pycache__/foo.a.opt-.pyc', "ValueError: optimization level 'opt-' is not an alphanumeric value"],
  ]
  for (const [path, error] of cases)
    assert.equal(
      errorOf(() => sourceFromCache(path)),
      error,
    )
})
