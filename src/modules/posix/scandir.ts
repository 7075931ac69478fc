import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr, concatStr } from '../../objects/access.ts'
import { defineType } from '../../objects/define.ts'
import { isException, toException } from '../../objects/errors.ts'
import { PyExc_ResourceWarning, PyExc_Warning } from '../../objects/exception_types.ts'
import { newStr, newText } from '../../objects/make.ts'
import { newObject, type PyObject, TPFLAGS_DISALLOW_INSTANTIATION, type Value } from '../../objects/object.ts'
import { shown } from '../../objects/protocols.ts'
import { genericAliasHook } from '../../objects/type_hooks.ts'
import { builtinType, type TypeFor } from '../../objects/types.ts'
import { unraisable } from '../../objects/unraisable.ts'
import { decodePath, encodePath, pathBytes, pathStr } from '../../vm/fspath.ts'
import { osError } from '../../vm/os_error.ts'
import { type DirectoryEntry, type Path, platform, S_IFDIR, S_IFMT, S_IFREG, SystemFault } from '../../vm/platform.ts'
import { warnAt } from '../../vm/warnings.ts'
import { onPath, type PathArg, pathArg, within } from './path_arg.ts'
import { statResult } from './results.ts'

/** The `data` of a DirEntry. */
interface EntryData {
  readonly name: Owned<Value>
  readonly path: Owned<Value>
  readonly kind: DirectoryEntry['kind']
  /** For the platform. */
  readonly place: Path
  stat: Owned<Value> | null
  lstat: Owned<Value> | null
}

type PyDirEntry = PyObject<EntryData>

export const dirEntryType: TypeFor<PyDirEntry> = builtinType<PyDirEntry>(
  'posix.DirEntry',
  TPFLAGS_DISALLOW_INSTANTIATION,
)

interface ScandirData {
  entries: readonly DirectoryEntry[] | null
  next: number
  readonly directory: Owned<Value>
  readonly arg: PathArg
}

type PyScandir = PyObject<ScandirData>

const scandirIteratorType = builtinType<PyScandir>('posix.ScandirIterator', TPFLAGS_DISALLOW_INSTANTIATION)

function fetchStat(self: PyDirEntry, follow: boolean): Owned<Value> {
  try {
    return statResult(platform().files.stat(self.data.place, follow))
  } catch (error) {
    if (error instanceof SystemFault) throw osError(error.errno, self.data.path)
    throw error
  }
}

function lstat(self: PyDirEntry): Value {
  self.data.lstat ??= fetchStat(self, false)
  return self.data.lstat
}

function stat(self: PyDirEntry, follow: boolean): Value {
  if (!follow || self.data.kind !== 'link') return lstat(self)
  self.data.stat ??= fetchStat(self, true)
  return self.data.stat
}

/** Whether an entry is of a type; what is not there is of none. */
function isOfType(self: PyDirEntry, type: number, follow: boolean): boolean {
  const { kind } = self.data
  if (kind === 'file' || kind === 'directory' || (kind === 'link' && !follow)) {
    return (kind === 'directory' && type === S_IFDIR) || (kind === 'file' && type === S_IFREG)
  }
  try {
    const { mode } = platform().files.stat(self.data.place, follow)
    return (mode & S_IFMT) === type
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
    if (error.errno === 2) return false
    throw osError(error.errno, self.data.path)
  }
}

function newEntry(data: ScandirData, entry: DirectoryEntry): Owned<Value> {
  const { bytes, path, fd } = data.arg
  const base = fd >= 0 ? platform().fds.pathOf(fd) : path
  const name = bytes ? pathBytes(entry.name) : pathStr(entry.name)
  const place = joined(base, entry.name)
  let shownPath: Owned<Value>
  if (fd >= 0) shownPath = keep(name)
  else if (bytes) shownPath = pathBytes(place)
  else if (typeof place === 'string') shownPath = pathStr(place)
  else shownPath = newStr(concatStr(concatStr(decoded(base), '/'), asStr(name)!))
  return newObject<EntryData>(dirEntryType, { name, path: shownPath, kind: entry.kind, place, stat: null, lstat: null })
}

const decoded = (path: Path) => (typeof path === 'string' ? asStr(newText(path))! : decodePath(path))
const encoded = (path: Path) => (typeof path === 'string' ? encodePath(asStr(newText(path))!) : path)

function joined(base: Path, name: Path): Path {
  if (typeof base === 'string' && typeof name === 'string') return base.endsWith('/') ? base + name : `${base}/${name}`
  const [left, right] = [encoded(base), encoded(name)]
  const slash = left[left.length - 1] === 47 ? 0 : 1
  const out = new Uint8Array(left.length + slash + right.length)
  out.set(left)
  if (slash === 1) out[left.length] = 47
  out.set(right, left.length + slash)
  return out
}

/** Iterators that are neither closed nor at their end: they warn when they end, and the collector does not watch them. */
let open = 0

export function openScandirs(): number {
  return open
}

/** `os.scandir(path)`. */
export function scandir(path: Value): Owned<Value> {
  const arg = pathArg(path, 'scandir', { fd: true, none: true })
  const place = arg.fd >= 0 ? within('.', arg.fd) : arg.path
  const entries = onPath(arg, () => platform().files.entries(place))
  open++
  return newObject<ScandirData>(scandirIteratorType, { entries, next: 0, directory: keep(path), arg })
}

function close({ data }: PyScandir): void {
  if (data.entries !== null) open--
  data.entries = null
}

function next(self: PyScandir): Owned<Value> | undefined {
  const { data } = self
  if (data.entries === null) return undefined
  const entry = data.entries[data.next++]
  if (entry !== undefined) return newEntry(data, entry)
  close(self)
  return undefined
}

function finalize(self: PyScandir): void {
  if (self.data.entries === null) return
  close(self)
  try {
    warnAt(PyExc_ResourceWarning, newText(`unclosed scandir iterator ${shown(self)}`), 1, self)
  } catch (error) {
    if (isException(error, PyExc_Warning)) unraisable(error, self)
    else drop(toException(error))
  }
}

/** Defines DirEntry and the iterator of `scandir`. */
export function defineScandir(): void {
  defineType(dirEntryType, () => ({
    slots: {
      tp_repr: ({ data }): Owned<Value> => newText(`<DirEntry ${shown(data.name)}>`),
      tp_dealloc: ({ data }) => {
        drop(data.name)
        drop(data.path)
        drop(data.stat)
        drop(data.lstat)
      },
    },
    methods: {
      'is_dir(*, follow_symlinks: bool = True)': (self, follow): Owned<Value> => isOfType(self, S_IFDIR, follow),
      'is_file(*, follow_symlinks: bool = True)': (self, follow): Owned<Value> => isOfType(self, S_IFREG, follow),
      'is_symlink()': ({ data }): Owned<Value> => data.kind === 'link',
      'stat(*, follow_symlinks: bool = True)': (self, follow) => keep(stat(self, follow)),
      'inode()': (self): Owned<Value> => platform().files.stat(self.data.place, false).ino,
      '__fspath__()': ({ data }) => keep<Value>(data.path),
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
    members: { name: ({ data }) => keep<Value>(data.name), path: ({ data }) => keep<Value>(data.path) },
  }))
  defineType(scandirIteratorType, () => ({
    slots: {
      tp_iter: (self): Owned<Value> => keep<Value>(self),
      tp_iternext: next,
      tp_finalize: finalize,
      tp_dealloc: ({ data }) => drop(data.directory),
    },
    methods: {
      '__enter__()': (self) => keep<Value>(self),
      '__exit__(*args)': close,
      'close()': close,
    },
  }))
}
