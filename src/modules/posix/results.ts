import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getSlot, setSlot } from '../../objects/instance.ts'
import { newFloat, newText } from '../../objects/make.ts'
import type { PyInstance, PyType, Value } from '../../objects/object.ts'
import { newStructSequence, structSequenceType } from '../../objects/struct_sequence.ts'
import { None } from '../../objects/types.ts'
import type { FileStat, FileSystemStat } from '../../vm/platform.ts'

/** The named tuples that `posix` gives. */
export interface ResultTypes {
  readonly stat: PyType
  readonly statvfs: PyType
  readonly terminalSize: PyType
  readonly uname: PyType
  readonly times: PyType
  readonly schedParam: PyType
}

let types: ResultTypes | null = null

/** The types, made when the module is first imported. */
export function resultTypes(): ResultTypes {
  types ??= makeTypes()
  return types
}

function makeTypes(): ResultTypes {
  const stat = structSequenceType({
    name: 'os.stat_result',
    fields: [
      ...['st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size', null, null, null],
      ...['st_atime', 'st_mtime', 'st_ctime', 'st_atime_ns', 'st_mtime_ns', 'st_ctime_ns'],
      ...['st_blksize', 'st_blocks', 'st_rdev'],
    ],
    visible: 10,
  })
  const make = stat.tp_new!
  // Without their own values the times are those of the items.
  stat.tp_new = (type, args, kwnames) => {
    const self = make(type, args, kwnames) as Owned<PyInstance<readonly Owned<Value>[]>>
    for (let i = 0; i < 3; i++) {
      if (getSlot(self, i) === None) setSlot(self, i, keep<Value>(self.data[7 + i]!))
    }
    return self
  }
  return {
    stat,
    statvfs: structSequenceType({
      name: 'os.statvfs_result',
      fields: [
        ...['f_bsize', 'f_frsize', 'f_blocks', 'f_bfree', 'f_bavail', 'f_files', 'f_ffree', 'f_favail', 'f_flag'],
        ...['f_namemax', 'f_fsid'],
      ],
      visible: 10,
    }),
    terminalSize: structSequenceType({ name: 'os.terminal_size', fields: ['columns', 'lines'] }),
    uname: structSequenceType({
      name: 'posix.uname_result',
      fields: ['sysname', 'nodename', 'release', 'version', 'machine'],
    }),
    times: structSequenceType({
      name: 'posix.times_result',
      fields: ['user', 'system', 'children_user', 'children_system', 'elapsed'],
    }),
    schedParam: structSequenceType({ name: 'posix.sched_param', fields: ['sched_priority'] }),
  }
}

const BILLION = 1000000000n

function seconds(ns: bigint): number {
  const whole = ns / BILLION
  return Number(ns % BILLION < 0n ? whole - 1n : whole)
}

/** A time as the float of `st_mtime` and the like. */
export function timestamp(ns: bigint): number {
  const whole = seconds(ns)
  return whole + 1e-9 * Number(ns - BigInt(whole) * BILLION)
}

const asFloat = (ns: bigint): Owned<Value> => newFloat(timestamp(ns))

const integer = (n: bigint): Owned<Value> => (n <= 9007199254740991n && n >= -9007199254740991n ? Number(n) : n)

/** `os.stat_result`. */
export function statResult(s: FileStat): Owned<Value> {
  const { atimeNs, mtimeNs, ctimeNs } = s
  return newStructSequence(resultTypes().stat, [
    s.mode,
    s.ino,
    s.dev,
    s.nlink,
    s.uid,
    s.gid,
    s.size,
    seconds(atimeNs),
    seconds(mtimeNs),
    seconds(ctimeNs),
    asFloat(atimeNs),
    asFloat(mtimeNs),
    asFloat(ctimeNs),
    integer(atimeNs),
    integer(mtimeNs),
    integer(ctimeNs),
    s.blksize,
    s.blocks,
    s.rdev,
  ])
}

/** `os.statvfs_result`. */
export function statvfsResult(s: FileSystemStat): Owned<Value> {
  return newStructSequence(resultTypes().statvfs, [
    ...[s.bsize, s.frsize, s.blocks, s.bfree, s.bavail, s.files, s.ffree, s.favail, s.flag, s.namemax],
    s.fsid,
  ])
}

/** A named tuple of texts. */
export function textResult(type: PyType, texts: readonly string[]): Owned<Value> {
  return newStructSequence(
    type,
    texts.map((text) => newText(text)),
  )
}
