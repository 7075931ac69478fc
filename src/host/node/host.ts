import * as fs from 'node:fs'
import * as os from 'node:os'
import * as path from 'node:path'
import { getSystemErrorMap } from 'node:util'
import { type FileStatus, type Host, HostError, type TextOutput } from '../host.ts'
import { parallel, serve } from './threads.ts'

/** The words of C's `strerror` where they differ from libuv's. */
const strerrors: Record<string, string> = {
  ENOENT: 'No such file or directory',
  EEXIST: 'File exists',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
  ENAMETOOLONG: 'File name too long',
  ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files',
  EXDEV: 'Invalid cross-device link',
}

function hostError(error: unknown, file: string | null): unknown {
  const { code, errno } = error as NodeJS.ErrnoException
  if (code === undefined || errno === undefined) return error
  const words = strerrors[code] ?? getSystemErrorMap().get(errno)?.[1] ?? code
  return new HostError(code, -errno, words, file)
}

function calling<T>(file: string | null, call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw hostError(error, file)
  }
}

function output(fd: 1 | 2): TextOutput {
  const stream = fd === 1 ? process.stdout : process.stderr
  return {
    write: (text) => writeAll(fd, new TextEncoder().encode(text)),
    get isTerminal() {
      return stream.isTTY === true
    },
    get columns() {
      return stream.columns ?? 80
    },
  }
}

/** Writes at once, so that nothing is lost when the process ends; a reader that went away ends the output quietly. */
function writeAll(fd: number, bytes: Uint8Array): void {
  let at = 0
  while (at < bytes.length) {
    try {
      at += fs.writeSync(fd, bytes, at)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EPIPE') process.exit(0)
      if (code !== 'EAGAIN') throw hostError(error, null)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}

function statusOf(file: string): FileStatus | null {
  const stat = fs.statSync(file, { throwIfNoEntry: false, bigint: true })
  if (stat === undefined) return null
  const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other'
  return { kind, size: Number(stat.size), mtime: Number(stat.mtimeNs) / 1e9, mode: Number(stat.mode) & 0o7777 }
}

function writeFileAtomic(file: string, data: Uint8Array, mode: number): void {
  const temporary = `${file}.${process.pid}-${Math.floor(Math.random() * 2 ** 32)}`
  try {
    fs.writeFileSync(temporary, data, { flag: 'wx', mode: mode & 0o666 })
    fs.renameSync(temporary, file)
  } catch (error) {
    fs.rmSync(temporary, { force: true })
    throw error
  }
}

/** The machine as Node sees it. */
export const nodeHost: Host = {
  args: process.argv.slice(2),
  stdout: output(1),
  stderr: output(2),
  processors: os.availableParallelism(),
  env: (name) => process.env[name],
  readFile: (file) => calling(file, () => fs.readFileSync(file)),
  readStdin: () => calling(null, () => fs.readFileSync(0)),
  status: (file) => {
    try {
      return statusOf(file)
    } catch {
      return null
    }
  },
  isSymlink: (file) => fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false,
  listDirectory: (file) => calling(file, () => fs.readdirSync(file)),
  makeDirectories: (file) => calling(file, () => void fs.mkdirSync(file, { recursive: true })),
  writeFileAtomic: (file, data, mode) => calling(file, () => writeFileAtomic(file, data, mode)),
  hasThreads: true,
  writeFile: (file, data) => calling(file, () => fs.writeFileSync(file, data)),
  remove: (file) => calling(file, () => fs.unlinkSync(file)),
  hardLink: (existing, file) => calling(file, () => fs.linkSync(existing, file)),
  absolutePath: (file) => path.resolve(file),
  realPath: (file) => {
    try {
      return fs.realpathSync(file)
    } catch {
      return path.resolve(file)
    }
  },
  setExitStatus: (status) => {
    process.exitCode = status
  },
  parallel,
  serve,
}
