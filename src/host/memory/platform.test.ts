import assert from 'node:assert/strict'
import { test } from 'node:test'
import { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_WRONLY, SEEK_SET, SystemFault } from '../../vm/platform.ts'
import { memoryPlatform } from './platform.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytes = (words: string) => new TextEncoder().encode(words)
const errno = (n: number) => (error: unknown) => error instanceof SystemFault && error.errno === n

function readFile(path: string, { platform }: ReturnType<typeof memoryPlatform>): string {
  const fd = platform.fds.open(path, O_RDONLY, 0)
  const into = new Uint8Array(100)
  const count = platform.fds.read(fd, into)
  platform.fds.close(fd)
  return text(into.subarray(0, count))
}

test('files are written, appended to and read at their own positions', () => {
  const machine = memoryPlatform({ files: { '/a/b.txt': 'hello' } })
  const { fds } = machine.platform
  const fd = fds.open('/a/b.txt', O_RDWR | O_APPEND, 0)
  fds.write(fd, bytes(' world'))
  const copy = fds.dup(fd, false)
  fds.lseek(fd, 6, SEEK_SET)
  const into = new Uint8Array(5)
  assert.equal(fds.read(copy, into), 5)
  assert.equal(text(into), 'world')
  assert.equal(readFile('/a/b.txt', machine), 'hello world')
  assert.deepEqual([fd, copy], [3, 4])
})

test('what is not there or is of another kind is refused with the error of Unix', () => {
  const { platform } = memoryPlatform({ files: { '/d/f': '' } })
  const { files, fds } = platform
  assert.throws(() => fds.open('/x', O_RDONLY, 0), errno(2))
  assert.throws(() => fds.open('/d/f/x', O_RDONLY, 0), errno(20))
  assert.throws(() => fds.open('/d', O_WRONLY, 0), errno(21))
  assert.throws(() => fds.open('/d/f', O_WRONLY | O_CREAT | O_EXCL, 0), errno(17))
  assert.throws(() => files.rmdir('/d'), errno(39))
  assert.throws(() => files.unlink('/d'), errno(21))
  assert.throws(() => files.mkdir('/d', 0o777), errno(17))
  assert.throws(() => fds.write(fds.open('/d/f', O_RDONLY, 0), bytes('x')), errno(9))
  assert.throws(() => fds.close(99), errno(9))
})

test('links lead on, and those in a circle are refused', () => {
  const machine = memoryPlatform({ files: { '/d/f': 'text' } })
  const { files } = machine.platform
  files.symlink('f', '/d/l')
  files.symlink('/d', '/e')
  files.symlink('/loop', '/loop')
  assert.equal(readFile('/e/l', machine), 'text')
  assert.equal(files.readlink('/d/l'), 'f')
  assert.throws(() => files.stat('/loop', true), errno(40))
  files.link('/d/f', '/g')
  assert.equal(files.stat('/g', true).nlink, 2)
  files.rename('/g', '/d/l')
  assert.deepEqual(files.list('/d'), ['f', 'l'])
})

test('pipes give what was written, and their end', () => {
  const { fds } = memoryPlatform().platform
  const [reading, writing] = fds.pipe(0)
  assert.throws(() => fds.read(reading, new Uint8Array(1)), errno(11))
  fds.write(writing, bytes('ab'))
  const into = new Uint8Array(5)
  assert.equal(fds.read(reading, into), 2)
  fds.close(writing)
  assert.equal(fds.read(reading, into), 0)
})

test('the current directory is where relative paths begin', () => {
  const machine = memoryPlatform({ files: { '/d/f': 'x' } })
  const { files } = machine.platform
  files.chdir('d')
  assert.equal(files.getcwd(), '/d')
  assert.equal(readFile('f', machine), 'x')
  files.chdir('..')
  assert.equal(files.getcwd(), '/')
})

test('standard streams are kept', () => {
  const machine = memoryPlatform({ stdin: 'in' })
  const { fds } = machine.platform
  fds.write(1, bytes('é').subarray(0, 1))
  fds.write(1, bytes('é').subarray(1))
  fds.write(2, bytes('no'))
  const into = new Uint8Array(9)
  assert.equal(fds.read(0, into), 2)
  assert.deepEqual(machine.written, { out: 'é', err: 'no' })
})
