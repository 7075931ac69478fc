import { drop, dropAll } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt } from '../objects/access.ts'
import { defineModule } from '../objects/define_module.ts'
import { missing, typeError, valueError } from '../objects/errors.ts'
import { toIndex } from '../objects/number_protocol.ts'
import type { Value } from '../objects/object.ts'
import { isTrue } from '../objects/protocols.ts'
import { toArray } from '../objects/sequence_protocol.ts'
import { None } from '../objects/types.ts'
import { fspath, systemPath } from '../vm/fspath.ts'
import { type Path, platform, S_IFDIR, S_IFMT, SystemFault } from '../vm/platform.ts'

const ENOTDIR = 20

/** Numbers of children that never were: no process has one. */
let unborn = 0x7fffffff

function pathOf(value: Value): Path {
  const path = fspath(value)
  try {
    return systemPath(path)
  } finally {
    drop(path)
  }
}

function paths(list: Value): Path[] {
  const items = toArray(list)
  try {
    return items.map(pathOf)
  } finally {
    dropAll(items)
  }
}

const optional = (value: Value): number | null => (value === None ? null : Number(toIndex(value)))

/** Which of our descriptors the child gets, by its numbers. */
function descriptors(closeFds: boolean, passed: readonly number[], standard: readonly number[]): Map<number, number> {
  const { fds } = platform()
  const map = new Map<number, number>()
  standard.forEach((fd, i) => {
    const ours = fd < 0 ? i : fd
    if (isOpen(ours)) map.set(i, ours)
  })
  for (const fd of passed) map.set(fd, fd)
  if (closeFds) return map
  for (let fd = 3; fd < 256; fd++) if (isOpen(fd) && fds.getInheritable(fd)) map.set(fd, fd)
  return map
}

function isOpen(fd: number): boolean {
  try {
    platform().fds.fstat(fd)
    return true
  } catch (error) {
    if (error instanceof SystemFault) return false
    throw error
  }
}

/** Tells the parent through its pipe why there is no child, as the child itself would. */
function reportFailure(pipe: number, errno: number, before: boolean): void {
  const text = `OSError:${errno.toString(16).toUpperCase()}:${before ? 'noexec' : ''}`
  platform().fds.write(pipe, new TextEncoder().encode(text))
}

function checkDirectory(cwd: Path): number {
  try {
    return (platform().files.stat(cwd, true).mode & S_IFMT) === S_IFDIR ? 0 : ENOTDIR
  } catch (error) {
    if (error instanceof SystemFault) return error.errno
    throw error
  }
}

function forkExec(args: readonly Value[]): Owned<Value> {
  if (args.length !== 23) throw typeError(`fork_exec() takes exactly 23 arguments (${args.length} given)`)
  const [argv, executables, closeFds, passFds, cwdValue, env] = args as [Value, Value, Value, Value, Value, Value]
  const standard = [args[6]!, args[9]!, args[11]!].map((fd) => Number(toIndex(fd)))
  const errorPipe = Number(toIndex(args[13]!))
  const [newSession, group, gid, groups, uid, umask, preexec] = args.slice(15, 22) as Value[]
  if (preexec !== None) throw missing('subprocess with preexec_fn')
  if (groups !== None) throw missing('subprocess with extra_groups')
  if (Number(asInt(umask!) ?? -1) >= 0) throw missing('subprocess with umask')
  const passed = toArray(passFds).map((fd) => Number(toIndex(fd)))
  if (passed.some((fd, i) => fd < 0 || (i > 0 && fd <= passed[i - 1]!))) throw valueError('bad value(s) in fds_to_keep')
  const cwd = cwdValue === None ? null : pathOf(cwdValue)
  const request = {
    args: paths(argv),
    executables: paths(executables),
    env: env === None ? null : paths(env),
    cwd,
    fds: descriptors(
      isTrue(closeFds),
      passed.filter((fd) => fd !== errorPipe),
      standard,
    ),
    newSession: isTrue(newSession!) || Number(asInt(group!) ?? -1) >= 0,
    uid: optional(uid!),
    gid: optional(gid!),
  }
  const refused = cwd === null ? 0 : checkDirectory(cwd)
  if (refused !== 0) {
    reportFailure(errorPipe, refused, true)
    return unborn--
  }
  try {
    return platform().processes.spawn(request)
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
    reportFailure(errorPipe, error.errno, false)
    return unborn--
  }
}

/** The `_posixsubprocess` module. */
export const posixSubprocessModule = defineModule('_posixsubprocess', () => ({
  functions: { 'fork_exec(*args)': forkExec },
}))
