import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt, asStr, utf16 } from '../../objects/access.ts'
import { fillModules } from '../../objects/deferred_module.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { newBytes, newDict, newFloat, newList, newSet, newText, newTuple } from '../../objects/make.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import type { Value } from '../../objects/object.ts'
import { newStructSequence } from '../../objects/struct_sequence.ts'
import { audit } from '../../vm/audit.ts'
import { EINVAL, ESRCH, strerror } from '../../vm/errno.ts'
import { fspath, pathBytes, systemPath } from '../../vm/fspath.ts'
import { osError } from '../../vm/os_error.ts'
import { type Path, platform, SystemFault } from '../../vm/platform.ts'
import { checkSignals, interruptible } from '../../vm/signals.ts'
import { readFile } from '../../vm/system.ts'
import { sleepBriefly, waitsAmongThreads, waitUntil } from '../../vm/threads.ts'
import { resultTypes, textResult } from './results.ts'

/** The functions of `posix` about this process and others, by their signatures. */

const WNOHANG = 1

/** A str, bytes or path-like argument for the system (`PyUnicode_FSConverter`). */
function fsArgument(value: Value): Path {
  const path = fspath(value)
  try {
    return systemPath(path)
  } finally {
    drop(path)
  }
}

/** `time` knows the zone of the start, whenever it is first used. */
function aboutToChange(variable: Path): void {
  const name = typeof variable === 'string' ? variable : new TextDecoder().decode(variable)
  if (name === 'TZ') fillModules()
}

function hasEquals(name: Path): boolean {
  return typeof name === 'string' ? name.includes('=') : name.includes(61)
}

/** `posix.environ`: the environment as bytes. */
export function environDict(): Owned<Value> {
  const dict = newDict()
  for (const [name, value] of platform().processes.environ()) {
    const key = pathBytes(name)
    dict.data.set(key, pathBytes(value))
    drop(key)
  }
  return dict
}

/** A field of Linux's `/proc/PID/stat`, counted from that behind the name; ESRCH for no such process. */
function procField(pid: number, index: number): number {
  const bytes = readFile(`/proc/${pid === 0 ? 'self' : pid}/stat`)
  if (bytes === null) throw osError(ESRCH)
  const text = new TextDecoder().decode(bytes)
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[index])
}

function users() {
  const { users: found } = platform().processes
  if (found === null) throw osError(EINVAL)
  return found
}

function waitpid(pid: number, options: number): Owned<Value> {
  const hang = (options & WNOHANG) === 0
  // Other threads run while this one waits.
  if (hang && waitsAmongThreads()) waitUntil(() => platform().processes.hasEnded(pid), null, sleepBriefly)
  const found = interruptible(({ processes }) => processes.wait(pid, hang))
  return newTuple(found ?? [0, 0])
}

function kill(pid: number, signum: number): void {
  audit('os.kill', pid, signum)
  platform().processes.kill(pid, signum)
  checkSignals()
}

/** `os.system`: runs a command of the shell and gives its wait status. */
function system(command: Value): Owned<Value> {
  const path = fsArgument(command)
  audit('os.system', command)
  const pid = platform().processes.spawn({
    args: ['sh', '-c', path],
    executables: ['/bin/sh'],
    env: null,
    cwd: null,
    fds: new Map([0, 1, 2].filter(isOpen).map((fd) => [fd, fd])),
    newSession: false,
    uid: null,
    gid: null,
  })
  const status = interruptible(({ processes }) => processes.wait(pid, true))!
  return status[1]
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

function exitCode(statusValue: Value): Owned<Value> {
  const status = Number(toIndex(statusValue))
  const low = status & 0x7f
  if (low === 0) return (status >> 8) & 0xff
  if (low === 0x7f) throw valueError(`process stopped by delivery of signal ${(status >> 8) & 0xff}`)
  return -low
}

function times(): Owned<Value> {
  const { processes, clock } = platform()
  const { userMicroseconds, systemMicroseconds } = processes.usage()
  const ticks = (microseconds: number) => newFloat(Math.floor(microseconds / 1e4) / 100)
  const elapsed = newFloat(Number(clock.monotonic() / 10000000n) / 100)
  return newStructSequence(resultTypes().times, [
    ticks(userMicroseconds),
    ticks(systemMicroseconds),
    newFloat(0),
    newFloat(0),
    elapsed,
  ])
}

/** The processors that the process may run on, from Linux's `Cpus_allowed_list`. */
function affinity(pid: number): Owned<Value> {
  const bytes = readFile(`/proc/${pid === 0 ? 'self' : pid}/status`)
  if (bytes === null) throw osError(ESRCH)
  const listed = /^Cpus_allowed_list:\s*(.*)$/m.exec(new TextDecoder().decode(bytes))?.[1] ?? '0'
  const set = newSet()
  for (const part of listed.split(',')) {
    const [first, last = first] = part.split('-').map(Number)
    for (let cpu = first!; cpu <= last!; cpu++) set.data.add(cpu)
  }
  return set
}

/** The values of `os.sysconf` that can be known, by name and number. */
const configuration: readonly (readonly [name: string, number: number, value: () => number])[] = [
  ['SC_ARG_MAX', 0, () => 2097152],
  ['SC_CHILD_MAX', 1, () => 127235],
  ['SC_CLK_TCK', 2, () => 100],
  ['SC_NGROUPS_MAX', 3, () => 65536],
  ['SC_OPEN_MAX', 4, () => 65536],
  ['SC_PAGESIZE', 30, () => 4096],
  ['SC_PAGE_SIZE', 30, () => 4096],
  ['SC_IOV_MAX', 60, () => 1024],
  ['SC_NPROCESSORS_CONF', 83, () => platform().processes.cpuCount],
  ['SC_NPROCESSORS_ONLN', 84, () => platform().processes.cpuCount],
  ['SC_PHYS_PAGES', 85, () => memoryPages('MemTotal')],
  ['SC_AVPHYS_PAGES', 86, () => memoryPages('MemFree')],
  ['SC_HOST_NAME_MAX', 180, () => 64],
]

function memoryPages(field: string): number {
  const text = new TextDecoder().decode(readFile('/proc/meminfo') ?? new Uint8Array(0))
  const found = new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(text)
  return found === null ? -1 : Math.floor(Number(found[1]) / 4)
}

/** `os.sysconf_names`. */
export function sysconfNames(): Owned<Value> {
  const dict = newDict()
  for (const [name, number] of configuration) dict.data.set(name, number)
  return dict
}

function sysconf(name: Value): Owned<Value> {
  let row: (typeof configuration)[number] | undefined
  if (asStr(name) !== undefined) {
    const text = utf16(name)
    row = configuration.find(([key]) => key === text)
    if (row === undefined) throw valueError('unrecognized configuration name')
  } else {
    const number = asInt(name)
    if (number === undefined) throw typeError('configuration names must be strings or integers')
    row = configuration.find(([, key]) => key === number)
    if (row === undefined) throw osError(EINVAL)
  }
  return row[2]()
}

function random(size: number): Owned<Value> {
  const bytes = new Uint8Array(size)
  platform().processes.random(bytes)
  return newBytes(bytes)
}

function getlogin(): Owned<Value> {
  const passwd = new TextDecoder().decode(readFile('/etc/passwd') ?? new Uint8Array(0))
  const { uid } = users()
  const line = passwd.split('\n').find((entry) => entry.split(':')[2] === String(uid))
  if (line === undefined || !platform().fds.isatty(0)) throw osError(ENXIO)
  return newText(line.split(':')[0]!)
}

/** What the system says of a process without a terminal. */
const ENXIO = 6

const uname = (): Owned<Value> => {
  const { sysname, nodename, release, version, machine } = platform().processes.uname()
  return textResult(resultTypes().uname, [sysname, nodename, release, version, machine])
}

const statusTest =
  (test: (status: number) => boolean) =>
  (status: number): Owned<Value> =>
    test(status)
const statusPart =
  (part: (status: number) => number) =>
  (status: number): Owned<Value> =>
    part(status)

export const processFunctions = {
  '_exit(status: int)': (status: number) => platform().processes.exit(status & 0xff),
  'abort()': () => platform().processes.dieBySignal(6),
  'getpid()': (): Owned<Value> => platform().processes.pid,
  'getppid()': (): Owned<Value> => platform().processes.ppid,
  'getuid()': (): Owned<Value> => users().uid,
  'geteuid()': (): Owned<Value> => users().euid,
  'getgid()': (): Owned<Value> => users().gid,
  'getegid()': (): Owned<Value> => users().egid,
  'getgroups()': () => newList([...platform().processes.groups]),
  'getlogin()': getlogin,
  'getpgid(pid: int)': (pid: number): Owned<Value> => procField(pid, 2),
  'getpgrp()': (): Owned<Value> => procField(0, 2),
  'getsid(pid: int, /)': (pid: number): Owned<Value> => procField(pid, 3),
  'tcgetpgrp(fd: int, /)': (fd: number): Owned<Value> => {
    platform().fds.fstat(fd)
    if (!platform().fds.isatty(fd)) throw osError(25)
    return procField(0, 5)
  },
  'getpriority(which: int, who: int)': (_which: number, who: number): Owned<Value> =>
    platform().processes.getPriority(who),
  'setpriority(which: int, who: int, priority: int)': (_which: number, who: number, priority: number) =>
    platform().processes.setPriority(who, priority),
  'nice(increment: int, /)': (increment: number): Owned<Value> => {
    const { processes } = platform()
    const now = processes.getPriority(0)
    if (increment !== 0) processes.setPriority(0, Math.max(-20, Math.min(19, now + increment)))
    return processes.getPriority(0)
  },
  'putenv(name, value, /)': (name: Value, value: Value) => {
    const [key, text] = [fsArgument(name), fsArgument(value)]
    if (hasEquals(key)) throw valueError('illegal environment variable name')
    if (key.length === 0) throw osError(EINVAL)
    audit('os.putenv', name, value)
    aboutToChange(key)
    platform().processes.putenv(key, text)
  },
  'unsetenv(name, /)': (name: Value) => {
    const key = fsArgument(name)
    audit('os.unsetenv', name)
    aboutToChange(key)
    if (key.length === 0 || hasEquals(key)) throw osError(EINVAL)
    platform().processes.unsetenv(key)
  },
  'uname()': uname,
  'cpu_count()': (): Owned<Value> => platform().processes.cpuCount,
  'sched_getaffinity(pid: int, /)': affinity,
  'sched_yield()': () => {},
  'getloadavg()': () =>
    newTuple(
      platform()
        .processes.loadAverage()
        .map((load) => newFloat(load)),
    ),
  'times()': times,
  'kill(pid: int, signal: int, /)': kill,
  'killpg(pgid: int, signal: int, /)': (pgid: number, signum: number) => {
    audit('os.killpg', pgid, signum)
    platform().processes.kill(-pgid, signum)
    checkSignals()
  },
  'system(command)': system,
  'waitpid(pid: int, options: int, /)': waitpid,
  'wait()': () => waitpid(-1, 0),
  'waitstatus_to_exitcode(status)': exitCode,
  'WIFEXITED(status: int)': statusTest((status) => (status & 0x7f) === 0),
  'WEXITSTATUS(status: int)': statusPart((status) => (status >> 8) & 0xff),
  'WIFSIGNALED(status: int)': statusTest((status) => (status & 0x7f) !== 0 && (status & 0x7f) !== 0x7f),
  'WTERMSIG(status: int)': statusPart((status) => status & 0x7f),
  'WIFSTOPPED(status: int)': statusTest((status) => (status & 0xff) === 0x7f),
  'WSTOPSIG(status: int)': statusPart((status) => (status >> 8) & 0xff),
  'WIFCONTINUED(status: int)': statusTest((status) => status === 0xffff),
  'WCOREDUMP(status: int, /)': statusTest((status) => (status & 0x80) !== 0),
  'sysconf(name, /)': sysconf,
  'urandom(size: ssize, /)': (size: number) => {
    if (size < 0) throw valueError('negative argument not allowed')
    return random(size)
  },
  'getrandom(size: ssize, flags: int = 0)': (size: number) => {
    if (size < 0) throw osError(EINVAL)
    return random(size)
  },
  'strerror(code: int, /)': (code: number) => newText(strerror(code)),
  'ctermid()': (): Owned<Value> => '/dev/tty',
  'major(device: index, /)': (device: number | bigint): Owned<Value> => {
    const d = BigInt(device)
    return Number(((d >> 8n) & 0xfffn) | ((d >> 32n) & 0xfffff000n))
  },
  'minor(device: index, /)': (device: number | bigint): Owned<Value> => {
    const d = BigInt(device)
    return Number((d & 0xffn) | ((d >> 12n) & 0xffffff00n))
  },
  'makedev(major: int, minor: int, /)': (major: number, minor: number): Owned<Value> => {
    const [a, b] = [BigInt(major), BigInt(minor)]
    return Number((b & 0xffn) | ((a & 0xfffn) << 8n) | ((b & ~0xffn) << 12n) | ((a & ~0xfffn) << 32n))
  },
}
