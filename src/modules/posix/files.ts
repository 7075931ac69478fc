import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { newList } from '../../objects/make.ts'
import { toDouble, toIndex } from '../../objects/number_protocol.ts'
import type { PyTuple, Value } from '../../objects/object.ts'
import { TPFLAGS_TUPLE_SUBCLASS } from '../../objects/object.ts'
import { None, typeOf } from '../../objects/types.ts'
import { audit } from '../../vm/audit.ts'
import { pathBytes, pathStr } from '../../vm/fspath.ts'
import { osError } from '../../vm/os_error.ts'
import { type Path, platform } from '../../vm/platform.ts'
import { toId } from './ids.ts'
import { dirFd, onPath, pathArg, refuseTogether, within } from './path_arg.ts'
import { statResult, statvfsResult } from './results.ts'

/** The functions of `posix` that work on paths, by their signatures. */

const EFAULT = 14

function stat(path: Value, dir: Value, follow: boolean, name: string, allowFd = true): Owned<Value> {
  const arg = pathArg(path, name, { fd: allowFd })
  const directory = dirFd(dir)
  if (arg.fd >= 0) {
    refuseTogether(!follow, name, 'cannot use fd and follow_symlinks together')
    refuseTogether(directory >= 0, name, "can't specify dir_fd without matching path")
    return onPath(arg, () => statResult(platform().fds.fstat(arg.fd)))
  }
  // A negative descriptor reaches the system as no path at all.
  if (asInt(path) !== undefined) throw osError(EFAULT, path)
  return onPath(arg, () => statResult(platform().files.stat(within(arg.path, directory), follow)))
}

function listdir(path: Value): Owned<Value> {
  const arg = pathArg(path, 'listdir', { fd: true, none: true })
  audit('os.listdir', path)
  const place = arg.fd >= 0 ? within('.', arg.fd) : arg.path
  const names = onPath(arg, () => platform().files.list(place))
  return newList(names.map((name) => (arg.bytes ? pathBytes(name) : pathStr(name))))
}

const NANOSECONDS = 1000000000n

/** Seconds as `utime` takes them: an int, or a float whose fraction is cut downwards. */
function toNanoseconds(value: Value): bigint {
  const int = asInt(value)
  if (int !== undefined) return BigInt(int) * NANOSECONDS
  if (typeOf(value).nb_float === undefined && typeOf(value).nb_index !== undefined)
    return BigInt(toIndex(value)) * NANOSECONDS
  const seconds = toDouble(value)
  if (Number.isNaN(seconds)) throw valueError('Invalid value NaN (not a number)')
  const whole = Math.floor(seconds)
  return BigInt(whole) * NANOSECONDS + BigInt(Math.floor((seconds - whole) * 1e9))
}

function pair(value: Value): [Value, Value] | null {
  if (typeof value !== 'object' || (value.type.flags & TPFLAGS_TUPLE_SUBCLASS) === 0) return null
  const items = (value as PyTuple).data
  return items.length === 2 ? [items[0]!, items[1]!] : null
}

function utime(path: Value, times: Value, ns: Value | undefined, dir: Value, follow: boolean): void {
  const arg = pathArg(path, 'utime', { fd: true })
  if (times !== None && ns !== undefined) {
    throw valueError("utime: you may specify either 'times' or 'ns' but not both")
  }
  let [accessed, modified] = [0n, 0n]
  if (times !== None) {
    const given = pair(times)
    if (given === null) throw typeError("utime: 'times' must be either a tuple of two ints or None")
    accessed = toNanoseconds(given[0])
    modified = toNanoseconds(given[1])
  } else if (ns !== undefined) {
    const given = pair(ns)
    if (given === null) throw typeError("utime: 'ns' must be a tuple of two ints")
    accessed = BigInt(toIndex(given[0]))
    modified = BigInt(toIndex(given[1]))
  } else {
    accessed = platform().clock.now()
    modified = accessed
  }
  const directory = dirFd(dir)
  refuseTogether(arg.fd >= 0 && directory >= 0, 'utime', "can't specify dir_fd without matching path")
  refuseTogether(arg.fd >= 0 && !follow, 'utime', 'cannot use fd and follow_symlinks together')
  audit('os.utime', path, times, ns ?? None, directory)
  onPath(arg, () => {
    if (arg.fd >= 0) platform().fds.futime(arg.fd, accessed, modified)
    else platform().files.utime(within(arg.path, directory), accessed, modified, follow)
  })
}

function chmod(path: Value, mode: number, dir: Value, follow: boolean): void {
  const arg = pathArg(path, 'chmod', { fd: true })
  const directory = dirFd(dir)
  audit('os.chmod', path, mode, directory)
  onPath(arg, () => {
    if (arg.fd >= 0) platform().fds.fchmod(arg.fd, mode)
    else platform().files.chmod(within(arg.path, directory), mode, follow)
  })
}

function chown(path: Value, user: Value, group: Value, dir: Value, follow: boolean): void {
  const arg = pathArg(path, 'chown', { fd: true })
  const uid = toId(user, 'uid')
  const gid = toId(group, 'gid')
  const directory = dirFd(dir)
  refuseTogether(arg.fd >= 0 && !follow, 'chown', 'cannot use fd and follow_symlinks together')
  audit('os.chown', path, uid, gid, directory)
  onPath(arg, () => {
    if (arg.fd >= 0) platform().fds.fchown(arg.fd, uid, gid)
    else platform().files.chown(within(arg.path, directory), uid, gid, follow)
  })
}

/** A function with one path, that may stand in an open directory. */
const single =
  (name: string, run: (path: Path) => void) =>
  (path: Value, dir: Value): void => {
    const arg = pathArg(path, name)
    const directory = dirFd(dir)
    audit(name === 'unlink' ? 'os.remove' : `os.${name}`, path, directory)
    onPath(arg, () => run(within(arg.path, directory)))
  }

const removing = single('unlink', (path) => platform().files.unlink(path))

/** A function with a source and a destination. */
const double =
  (name: string, run: (from: Path, to: Path) => void) =>
  (src: Value, dst: Value, srcDir: Value, dstDir: Value): void => {
    const from = pathArg(src, name, { name: 'src' })
    const to = pathArg(dst, name, { name: 'dst' })
    const [fromDir, toDir] = [dirFd(srcDir), dirFd(dstDir)]
    audit(name === 'link' ? 'os.link' : 'os.rename', src, dst, fromDir, toDir)
    onPath(from, () => run(within(from.path, fromDir), within(to.path, toDir)), to)
  }

const renaming = (from: Path, to: Path) => platform().files.rename(from, to)

function access(path: Value, mode: number, dir: Value): Owned<Value> {
  const arg = pathArg(path, 'access')
  return platform().files.access(within(arg.path, dirFd(dir)), mode)
}

function readlink(path: Value, dir: Value): Owned<Value> {
  const arg = pathArg(path, 'readlink')
  const target = onPath(arg, () => platform().files.readlink(within(arg.path, dirFd(dir))))
  return arg.bytes ? pathBytes(target) : pathStr(target)
}

function chdir(path: Value): void {
  const arg = pathArg(path, 'chdir', { fd: true })
  audit('os.chdir', path)
  onPath(arg, () => platform().files.chdir(arg.fd >= 0 ? platform().fds.pathOf(arg.fd) : arg.path))
}

function symlink(src: Value, dst: Value, dir: Value): void {
  const target = pathArg(src, 'symlink', { name: 'src' })
  const link = pathArg(dst, 'symlink', { name: 'dst' })
  const directory = dirFd(dir)
  audit('os.symlink', src, dst, directory)
  onPath(target, () => platform().files.symlink(target.path, within(link.path, directory)), link)
}

function truncate(path: Value, length: number): void {
  const arg = pathArg(path, 'truncate', { fd: true })
  audit('os.truncate', path, length)
  onPath(arg, () => {
    if (arg.fd >= 0) platform().fds.ftruncate(arg.fd, length)
    else platform().files.truncate(arg.path, length)
  })
}

export const fileFunctions = {
  'stat(path, *, dir_fd = None, follow_symlinks: bool = True)': (path: Value, dir: Value, follow: boolean) =>
    stat(path, dir, follow, 'stat'),
  'lstat(path, *, dir_fd = None)': (path: Value, dir: Value) => stat(path, dir, false, 'lstat', false),
  'listdir(path = None)': listdir,
  'mkdir(path, mode: int = 511, *, dir_fd = None)': (path: Value, mode: number, dir: Value) => {
    const arg = pathArg(path, 'mkdir')
    const directory = dirFd(dir)
    audit('os.mkdir', path, mode, directory)
    onPath(arg, () => platform().files.mkdir(within(arg.path, directory), mode))
  },
  'rmdir(path, *, dir_fd = None)': single('rmdir', (path) => platform().files.rmdir(path)),
  'unlink(path, *, dir_fd = None)': removing,
  'remove(path, *, dir_fd = None)': (path: Value, dir: Value) => {
    const arg = pathArg(path, 'remove')
    const directory = dirFd(dir)
    audit('os.remove', path, directory)
    onPath(arg, () => platform().files.unlink(within(arg.path, directory)))
  },
  'rename(src, dst, *, src_dir_fd = None, dst_dir_fd = None)': double('rename', renaming),
  'replace(src, dst, *, src_dir_fd = None, dst_dir_fd = None)': double('replace', renaming),
  'link(src, dst, *, src_dir_fd = None, dst_dir_fd = None, follow_symlinks: bool = True)': double('link', (from, to) =>
    platform().files.link(from, to),
  ),
  'symlink(src, dst, target_is_directory: bool = False, *, dir_fd = None)': (
    src: Value,
    dst: Value,
    _isDirectory: boolean,
    dir: Value,
  ) => symlink(src, dst, dir),
  'readlink(path, *, dir_fd = None)': readlink,
  'chmod(path, mode: int, *, dir_fd = None, follow_symlinks: bool = True)': chmod,
  'chown(path, uid, gid, *, dir_fd = None, follow_symlinks: bool = True)': chown,
  'lchown(path, uid, gid)': (path: Value, uid: Value, gid: Value) => chown(path, uid, gid, None, false),
  'utime(path, times = None, *, ns = NULL, dir_fd = None, follow_symlinks: bool = True)': utime,
  'access(path, mode: int, *, dir_fd = None, effective_ids: bool = False, follow_symlinks: bool = True)': (
    path: Value,
    mode: number,
    dir: Value,
  ) => access(path, mode, dir),
  'truncate(path, length: ssize)': truncate,
  'statvfs(path)': (path: Value) => {
    const arg = pathArg(path, 'statvfs', { fd: true })
    return onPath(arg, () =>
      statvfsResult(platform().files.statvfs(arg.fd >= 0 ? platform().fds.pathOf(arg.fd) : arg.path)),
    )
  },
  'fstatvfs(fd: int)': (fd: number): Owned<Value> => statvfsResult(platform().files.statvfs(platform().fds.pathOf(fd))),
  'getcwd()': () => pathStr(platform().files.getcwd()),
  'getcwdb()': () => pathBytes(platform().files.getcwd()),
  'chdir(path)': chdir,
  'fchdir(fd: int)': (fd: number) => platform().files.chdir(platform().fds.pathOf(fd)),
  'umask(mask: int, /)': (mask: number): Owned<Value> => platform().files.umask(mask & 0o777),
}
