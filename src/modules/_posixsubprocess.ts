import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt } from '../objects/access.ts'
import { bytesOf } from '../objects/bytes_like.ts'
import { defineModule } from '../objects/define_module.ts'
import { missing, typeError, valueError } from '../objects/errors.ts'
import type { Value } from '../objects/object.ts'
import { isTrue } from '../objects/protocols.ts'
import { toArray } from '../objects/sequence_protocol.ts'
import { None } from '../objects/types.ts'
import { audit } from '../vm/audit.ts'
import { systemPath } from '../vm/fspath.ts'
import { type Path, platform, SystemFault } from '../vm/platform.ts'

/** A child that could not be started gets this number, which no process has: waiting for it is ECHILD. */
const NO_PROCESS = 2 ** 22 + 1

const descriptor = (value: Value): number => Number(asInt(value) ?? -1)

/** The paths or byte strings of a sequence. */
function paths(sequence: Value): Path[] {
  const items = toArray(sequence)
  try {
    return items.map((item) => bytesOf(item)?.slice() ?? systemPath(item))
  } finally {
    for (const item of items) drop(item)
  }
}

function numbers(sequence: Value): number[] {
  const items = toArray(sequence)
  try {
    return items.map((item) => {
      const fd = asInt(item)
      if (typeof fd !== 'number' || fd < 0) throw valueError('bad value(s) in fds_to_keep')
      return fd
    })
  } finally {
    for (const item of items) drop(item)
  }
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

/** Inheritable descriptors are looked for up to this number. */
const FD_MAX = 64

/** Which of our descriptors become which of the child's: its first three, and those that it is to keep. */
function childDescriptors(args: readonly Value[], errorPipe: number): Map<number, number> {
  const fds = new Map<number, number>()
  const ours = [descriptor(args[6]!), descriptor(args[9]!), descriptor(args[11]!)]
  ours.forEach((fd, child) => {
    if (fd >= 0) fds.set(child, fd)
    else if (isOpen(child)) fds.set(child, child)
  })
  const kept = numbers(args[3]!)
  if (!isTrue(args[2]!)) {
    for (let fd = 3; fd < FD_MAX; fd++) if (isOpen(fd) && platform().fds.getInheritable(fd)) kept.push(fd)
  }
  for (const fd of kept) if (fd !== errorPipe && fd > 2) fds.set(fd, fd)
  return fds
}

function isDirectory(path: Path): boolean {
  try {
    return (platform().files.stat(path, true).mode & 0o170000) === 0o040000
  } catch (error) {
    if (error instanceof SystemFault) return false
    throw error
  }
}

/** Tells the parent through the pipe why the program could not be run, as CPython's child does. */
function reportFailure(pipe: number, errno: number, marker: string): number {
  platform().fds.write(pipe, new TextEncoder().encode(`OSError:${errno.toString(16).toUpperCase()}:${marker}`))
  return NO_PROCESS
}

function fork(args: readonly Value[]): Owned<Value> {
  if (args.length !== 23) throw typeError(`fork_exec() takes exactly 23 arguments (${args.length} given)`)
  audit('_posixsubprocess.fork_exec')
  if (args[21] !== None) throw missing('preexec_fn of subprocess')
  const errorPipe = descriptor(args[13]!)
  const cwd = args[4] === None ? null : systemPath(args[4]!)
  const id = (value: Value) => (value === None ? null : Number(asInt(value) ?? 0))
  if (cwd !== null && !isDirectory(cwd)) return reportFailure(errorPipe, 2, 'noexec')
  try {
    return platform().processes.spawn({
      args: paths(args[0]!),
      executables: paths(args[1]!),
      env: args[5] === None ? null : paths(args[5]!),
      cwd,
      fds: childDescriptors(args, errorPipe),
      newSession: isTrue(args[15]!),
      uid: id(args[19]!),
      gid: id(args[17]!),
    })
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
    return reportFailure(errorPipe, error.errno, '')
  }
}

/** The module `_posixsubprocess`: what `subprocess` starts its children with. */
export const posixSubprocessModule = defineModule('_posixsubprocess', () => ({
  rawFunctions: {
    'fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn, allow_vfork, /)':
      fork,
  },
}))
