import type { Owned } from '../memory/header.ts'
import { defineModule } from '../objects/define_module.ts'
import { overflowError } from '../objects/errors.ts'
import { toIndex } from '../objects/number_protocol.ts'
import type { Value } from '../objects/object.ts'

/** The numbers of `stat.h` on Linux; the flags of files are those of BSD. */
const constants: Readonly<Record<string, number>> = {
  SF_APPEND: 262144,
  SF_ARCHIVED: 65536,
  SF_IMMUTABLE: 131072,
  SF_NOUNLINK: 1048576,
  SF_SNAPSHOT: 2097152,
  ST_ATIME: 7,
  ST_CTIME: 9,
  ST_DEV: 2,
  ST_GID: 5,
  ST_INO: 1,
  ST_MODE: 0,
  ST_MTIME: 8,
  ST_NLINK: 3,
  ST_SIZE: 6,
  ST_UID: 4,
  S_ENFMT: 1024,
  S_IEXEC: 64,
  S_IFBLK: 24576,
  S_IFCHR: 8192,
  S_IFDIR: 16384,
  S_IFDOOR: 0,
  S_IFIFO: 4096,
  S_IFLNK: 40960,
  S_IFPORT: 0,
  S_IFREG: 32768,
  S_IFSOCK: 49152,
  S_IFWHT: 0,
  S_IREAD: 256,
  S_IRGRP: 32,
  S_IROTH: 4,
  S_IRUSR: 256,
  S_IRWXG: 56,
  S_IRWXO: 7,
  S_IRWXU: 448,
  S_ISGID: 1024,
  S_ISUID: 2048,
  S_ISVTX: 512,
  S_IWGRP: 16,
  S_IWOTH: 2,
  S_IWRITE: 128,
  S_IWUSR: 128,
  S_IXGRP: 8,
  S_IXOTH: 1,
  S_IXUSR: 64,
  UF_APPEND: 4,
  UF_COMPRESSED: 32,
  UF_HIDDEN: 32768,
  UF_IMMUTABLE: 2,
  UF_NODUMP: 1,
  UF_NOUNLINK: 16,
  UF_OPAQUE: 8,
}

const S_IFMT = 0o170000

/** The letters of `ls -l` for the kinds of files. */
const kinds: readonly (readonly [mode: number, letter: string, test: string])[] = [
  [0o120000, 'l', 'S_ISLNK'],
  [0o140000, 's', 'S_ISSOCK'],
  [0o100000, '-', 'S_ISREG'],
  [0o60000, 'b', 'S_ISBLK'],
  [0o40000, 'd', 'S_ISDIR'],
  [0o20000, 'c', 'S_ISCHR'],
  [0o10000, 'p', 'S_ISFIFO'],
]

function toMode(value: Value): number {
  const mode = toIndex(value)
  if (mode < 0) throw overflowError("can't convert negative value to unsigned int")
  if (mode > 0xffffffff) throw overflowError('mode out of range')
  return Number(mode)
}

/** One triple of `ls -l`; `special` stands in place of `x` where its bit is set. */
function triple(mode: number, shift: number, bit: number, special: string): string {
  const part = (mode >> shift) & 7
  const execute = (part & 1) !== 0
  const last = (mode & bit) !== 0 ? (execute ? special : special.toUpperCase()) : execute ? 'x' : '-'
  return ((part & 4) !== 0 ? 'r' : '-') + ((part & 2) !== 0 ? 'w' : '-') + last
}

function filemode(value: Value): Owned<Value> {
  const mode = toMode(value)
  const kind = kinds.find(([type]) => (mode & S_IFMT) === type)?.[1] ?? '?'
  return kind + triple(mode, 6, 0o4000, 's') + triple(mode, 3, 0o2000, 's') + triple(mode, 0, 0o1000, 't')
}

const tests = Object.fromEntries(
  [...kinds.map(([type, , name]) => [name, type] as const), ['S_ISDOOR', -1], ['S_ISPORT', -1], ['S_ISWHT', -1]].map(
    ([name, type]) => [`${name}(mode, /)`, (mode: Value): Owned<Value> => (toMode(mode) & S_IFMT) === type],
  ),
)

/** The `_stat` module. */
export const statModule = defineModule<string>('_stat', () => ({
  functions: {
    ...tests,
    'filemode(mode, /)': filemode,
    'S_IMODE(mode, /)': (mode: Value): Owned<Value> => toMode(mode) & 0o7777,
    'S_IFMT(mode, /)': (mode: Value): Owned<Value> => toMode(mode) & S_IFMT,
  },
  attributes: constants,
}))
