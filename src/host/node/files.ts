import * as fs from 'node:fs'
import {
  type DirectoryEntry,
  type FileStat,
  type FileSystem,
  type FileSystemStat,
  type Path,
  SystemFault,
} from '../../vm/platform.ts'
import type { Bridge } from './bridge.ts'
import { fault, fromBytes, nodePath } from './faults.ts'

const ENOENT = 2

/** A stat as the floors below know it. */
export function fileStat(stat: fs.BigIntStats): FileStat {
  return {
    mode: Number(stat.mode),
    ino: stat.ino <= 9007199254740991n ? Number(stat.ino) : stat.ino,
    dev: Number(stat.dev),
    nlink: Number(stat.nlink),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    rdev: Number(stat.rdev),
    size: Number(stat.size),
    blksize: Number(stat.blksize),
    blocks: Number(stat.blocks),
    atimeNs: stat.atimeNs,
    mtimeNs: stat.mtimeNs,
    ctimeNs: stat.ctimeNs,
  }
}

const bigStat = { bigint: true, throwIfNoEntry: false } as const

function stat(path: Path, follow: boolean): FileStat {
  let found: fs.BigIntStats | undefined
  try {
    found = follow ? fs.statSync(nodePath(path), bigStat) : fs.lstatSync(nodePath(path), bigStat)
  } catch (error) {
    throw fault(error)
  }
  // Node hides ENOENT and ENOTDIR alike: the parent tells which it was, and is asked only where the path has one.
  if (found === undefined) throw new SystemFault(parentIsNoDirectory(path) ? 20 : ENOENT)
  return fileStat(found)
}

function parentIsNoDirectory(path: Path): boolean {
  if (typeof path !== 'string') return false
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const parent = fs.statSync(path.slice(0, slash), { throwIfNoEntry: false })
    if (parent !== undefined) return !parent.isDirectory()
  }
  return false
}

function list(path: Path): Path[] {
  try {
    const names: Path[] = fs.readdirSync(nodePath(path), 'utf8')
    if (!names.some((name) => (name as string).includes('\ufffd'))) return names
    return fs.readdirSync(nodePath(path), 'buffer').map(fromBytes)
  } catch (error) {
    throw fault(error)
  }
}

function kindOf(entry: fs.Dirent<string> | fs.Dirent<Buffer>): DirectoryEntry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'directory'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

function entries(path: Path): DirectoryEntry[] {
  try {
    const found = fs.readdirSync(nodePath(path), { withFileTypes: true })
    if (!found.some(({ name }) => name.includes('\ufffd'))) {
      return found.map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
    }
    const raw = fs.readdirSync(nodePath(path), { withFileTypes: true, encoding: 'buffer' })
    return raw.map((entry) => ({ name: fromBytes(entry.name), kind: kindOf(entry) }))
  } catch (error) {
    throw fault(error)
  }
}

/** Runs a call of Node and lets its error be a `SystemFault`. */
function calling<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw fault(error)
  }
}

/** Seconds as Node's `utimes` takes them: it cuts them to microseconds, so half of one is added. */
export const utimeSeconds = (ns: bigint): number => (Number(ns / 1000n) + 0.5) / 1e6

function statvfs(path: Path): FileSystemStat {
  const s = calling(() => fs.statfsSync(nodePath(path)))
  return {
    bsize: s.bsize,
    frsize: s.bsize,
    blocks: s.blocks,
    bfree: s.bfree,
    bavail: s.bavail,
    files: s.files,
    ffree: s.ffree,
    favail: s.ffree,
    flag: 0,
    namemax: 255,
    fsid: 0,
  }
}

function access(path: Path, mode: number): boolean {
  try {
    fs.accessSync(nodePath(path), mode)
    return true
  } catch (error) {
    const refused = fault(error)
    if (refused instanceof SystemFault) return false
    throw refused
  }
}

/** The files of this machine; the bridge does what Node forbids on a worker thread. */
export function nodeFiles(bridge: Bridge): FileSystem {
  return {
    stat,
    list,
    entries,
    statvfs,
    access,
    mkdir: (path, mode) => calling(() => void fs.mkdirSync(nodePath(path), mode)),
    rmdir: (path) => calling(() => fs.rmdirSync(nodePath(path))),
    unlink: (path) => calling(() => fs.unlinkSync(nodePath(path))),
    rename: (from, to) => calling(() => fs.renameSync(nodePath(from), nodePath(to))),
    link: (from, to) => calling(() => fs.linkSync(nodePath(from), nodePath(to))),
    symlink: (target, path) => calling(() => fs.symlinkSync(nodePath(target), nodePath(path))),
    readlink: (path) => calling(() => fromBytes(fs.readlinkSync(nodePath(path), 'buffer'))),
    chmod: (path, mode, follow) =>
      calling(() => {
        if (!follow && fs.lstatSync(nodePath(path)).isSymbolicLink()) throw new SystemFault(95)
        fs.chmodSync(nodePath(path), mode)
      }),
    chown: (path, uid, gid, follow) =>
      calling(() => (follow ? fs.chownSync : fs.lchownSync)(nodePath(path), uid >>> 0, gid >>> 0)),
    utime: (path, atimeNs, mtimeNs, follow) =>
      calling(() =>
        (follow ? fs.utimesSync : fs.lutimesSync)(nodePath(path), utimeSeconds(atimeNs), utimeSeconds(mtimeNs)),
      ),
    truncate: (path, size) => calling(() => fs.truncateSync(nodePath(path), size)),
    getcwd: () =>
      calling(() => {
        const cwd = process.cwd()
        return cwd.includes('\ufffd') ? fromBytes(fs.readlinkSync('/proc/self/cwd', 'buffer')) : cwd
      }),
    chdir: (path) => bridge.call('chdir', path),
    umask: (mask) => bridge.call('umask', mask),
  }
}
