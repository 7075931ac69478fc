import type * as crypto from 'node:crypto'
import * as fs from 'node:fs'
import type * as nodeOs from 'node:os'
import {
  type Clock,
  type Disposition,
  type LineEditor,
  type Path,
  type Platform,
  type Processes,
  type Signals,
  SystemFault,
} from '../../vm/platform.ts'
import type { Bridge } from './bridge.ts'
import { WORD_SIGNALS } from './bridge.ts'
import { NodeDescriptors } from './descriptors.ts'
import { fault } from './faults.ts'
import { nodeFiles } from './files.ts'
import { PipeEnd } from './pipes.ts'

const EBADF = 9
const ECHILD = 10
const EINTR = 4

/** Atomics.wait takes milliseconds; a shorter rest is passed by looking at the clock. */
const MILLISECOND = 1000000n

function nodeClock(bridge: Bridge): Clock {
  // Node's wall clock has milliseconds; its monotonic one, set beside it, adds what is missing.
  let origin = BigInt(Date.now()) * MILLISECOND - process.hrtime.bigint()
  return {
    now: () => {
      const now = origin + process.hrtime.bigint()
      const wall = BigInt(Date.now()) * MILLISECOND
      if (now - wall < 2n * MILLISECOND && wall - now < 2n * MILLISECOND) return now
      origin = wall - process.hrtime.bigint()
      return wall
    },
    monotonic: () => process.hrtime.bigint(),
    process: () => {
      const { user, system } = process.cpuUsage()
      return BigInt(user + system) * 1000n
    },
    thread: () => {
      const { user, system } = process.cpuUsage()
      return BigInt(user + system) * 1000n
    },
    sleep: (nanoseconds) => {
      const end = process.hrtime.bigint() + nanoseconds
      for (;;) {
        bridge.drain()
        if (bridge.signalled) return false
        const left = end - process.hrtime.bigint()
        if (left <= 0n) return true
        if (left > MILLISECOND / 10n) bridge.sleep(Number(left) / 1e6)
      }
    },
    zoneAt: (seconds) => {
      const date = new Date(seconds * 1000)
      const offset = -date.getTimezoneOffset() * 60
      const year = date.getFullYear()
      const winter = Math.min(-new Date(year, 0, 1).getTimezoneOffset(), -new Date(year, 6, 1).getTimezoneOffset()) * 60
      const words = /\(([^)]*)\)/.exec(date.toString())?.[1] ?? 'UTC'
      const name = words === 'Coordinated Universal Time' ? 'UTC' : words.replace(/[^A-Z]/g, '')
      return { offset, dst: offset !== winter, name }
    },
  }
}

const os = () => process.getBuiltinModule('node:os') as typeof nodeOs

function text(path: Path): string {
  return typeof path === 'string' ? path : Buffer.from(path).toString('latin1')
}

function calling<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw fault(error)
  }
}

/** Fills memory with random bytes. Node's own module for that takes longer to load than Python to start. */
function random(into: Uint8Array): void {
  try {
    const fd = fs.openSync('/dev/urandom', 'r')
    try {
      for (let at = 0; at < into.length; ) at += fs.readSync(fd, into, at, into.length - at, null)
    } finally {
      fs.closeSync(fd)
    }
  } catch {
    const { randomFillSync } = process.getBuiltinModule('node:crypto') as typeof crypto
    randomFillSync(into)
  }
}

function users(): Processes['users'] {
  if (process.getuid === undefined) return null
  return { uid: process.getuid(), euid: process.geteuid!(), gid: process.getgid!(), egid: process.getegid!() }
}

function nodeProcesses(bridge: Bridge, fds: NodeDescriptors, argv: readonly string[]): Processes {
  const children = new Set<number>()
  const ended = new Map<number, number>()
  bridge.listeners.exit = ({ pid, status }) => void ended.set(pid, status)

  const wait: Processes['wait'] = (pid, hang) => {
    for (;;) {
      bridge.drain()
      if (pid > 0 ? !children.has(pid) : children.size === 0) throw new SystemFault(ECHILD)
      const found = pid > 0 ? pid : ended.keys().next().value
      if (found !== undefined && ended.has(found)) {
        const status = ended.get(found)!
        ended.delete(found)
        children.delete(found)
        return [found, status]
      }
      if (!hang) return null
      if (bridge.signalled) throw new SystemFault(EINTR)
      bridge.sleep(Number.POSITIVE_INFINITY)
    }
  }

  const stdioOf = (numbers: ReadonlyMap<number, number>) => {
    const highest = Math.max(2, ...numbers.keys())
    return Array.from({ length: highest + 1 }, (_, fd) => {
      const ours = numbers.get(fd)
      const file = ours === undefined ? undefined : fds.openFile(ours)
      if (file === undefined) {
        if (ours !== undefined) throw new SystemFault(EBADF)
        return null
      }
      if (!(file instanceof PipeEnd)) return file.real
      // A socket is read where it is the child's standard input, and written elsewhere.
      const reads = file.outgoing === null || (file.incoming !== null && fd === 0)
      const pipe = (reads ? file.incoming : file.outgoing)!
      if (reads && file.outgoing !== null) pipe.back = file.outgoing
      return { pipe: pipe.number, mode: reads ? ('read' as const) : ('write' as const) }
    })
  }

  return {
    argv,
    pid: process.pid,
    ppid: process.ppid,
    get cpuCount() {
      return os().cpus().length || os().availableParallelism()
    },
    users: users(),
    groups: process.getgroups?.() ?? [],
    variable: (name) => process.env[name],
    environ: () => Object.entries(process.env).map(([name, value]) => [name, value!]),
    putenv: (name, value) => {
      process.env[text(name)] = text(value)
    },
    unsetenv: (name) => {
      delete process.env[text(name)]
    },
    uname: () => ({
      sysname: os().type(),
      nodename: os().hostname(),
      release: os().release(),
      version: os().version(),
      machine: os().machine(),
    }),
    loadAverage: () => os().loadavg() as [number, number, number],
    usage: () => {
      const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
      return { userMicroseconds: userCPUTime, systemMicroseconds: systemCPUTime, maxRss: maxRSS }
    },
    random,
    exit: (status) => {
      bridge.call('exit', status)
      throw new Error('the process goes on')
    },
    dieBySignal: (signum) => {
      bridge.call('dieBySignal', signum)
      throw new Error('the process goes on')
    },
    kill: (pid, signum) => {
      if (pid === process.pid && signum !== 0) bridge.call('kill', pid, signum)
      else calling(() => process.kill(pid, signum))
    },
    spawn: (request) => {
      const stdio = stdioOf(request.fds)
      const { args, executables, env, cwd, newSession, uid, gid } = request
      const pid = bridge.call('spawn', { args, executables, env, cwd, newSession, uid, gid, stdio })
      children.add(pid)
      for (const entry of stdio) {
        if (entry === null || typeof entry === 'number') continue
        const pipe = fds.pipes.get(entry.pipe)!
        if (entry.mode === 'read') {
          pipe.childReads = true
          if (pipe.back !== null) pipe.back.childWrites = true
        } else pipe.childWrites = true
      }
      return pid
    },
    wait,
    hasEnded: (pid) => {
      bridge.drain()
      return pid > 0 ? ended.has(pid) || !children.has(pid) : ended.size > 0 || children.size === 0
    },
    getPriority: (pid) => calling(() => os().getPriority(pid)),
    setPriority: (pid, priority) => calling(() => os().setPriority(pid, priority)),
  }
}

function nodeSignals(bridge: Bridge): Signals {
  const dispositions = new Map<number, Disposition>()
  const { words } = bridge
  return {
    setDisposition: (signum, disposition) => {
      if (!bridge.call('setDisposition', signum, disposition)) return false
      dispositions.set(signum, disposition)
      return true
    },
    disposition: (signum) => dispositions.get(signum) ?? (signum === 13 || signum === 25 ? 'ignore' : 'default'),
    take: () => {
      const found: number[] = []
      for (const half of [0, 1]) {
        const bits = Atomics.exchange(words, WORD_SIGNALS + half, 0)
        for (let i = 0; i < 32; i++) if ((bits & (1 << i)) !== 0) found.push(32 * half + i + 1)
      }
      return found
    },
    raise: (signum) => bridge.call('kill', process.pid, signum),
    setTimer: (seconds, interval) => bridge.call('setTimer', seconds, interval),
    getTimer: () => bridge.call('getTimer'),
    wait: (seconds) => {
      const end = seconds === null ? Number.POSITIVE_INFINITY : performance.now() + seconds * 1000
      for (;;) {
        bridge.drain()
        if (bridge.signalled) return true
        const left = end - performance.now()
        if (left <= 0) return false
        bridge.sleep(left)
      }
    },
  }
}

function nodeEditor(bridge: Bridge): LineEditor {
  let line: string | null | undefined
  let answered = false
  bridge.listeners.line = (news) => {
    line = news.line
    answered = true
  }
  return {
    setHistory: (lines) => bridge.call('setHistory', lines),
    readLine: (prompt, complete) => {
      answered = false
      bridge.listeners.complete = (news) => bridge.tell('completed', news.id, complete(news.line))
      bridge.call('readLine', prompt)
      for (;;) {
        bridge.drain()
        if (answered) return line
        bridge.sleep(Number.POSITIVE_INFINITY)
      }
    },
  }
}

/** The machine for a thread that runs Python; `argv` is `sys.orig_argv`. */
export function nodePlatform(bridge: Bridge, argv: readonly string[]): Platform {
  const fds = new NodeDescriptors(bridge)
  return {
    name: process.platform === 'linux' ? 'linux' : process.platform,
    files: nodeFiles(bridge),
    fds,
    clock: nodeClock(bridge),
    processes: nodeProcesses(bridge, fds, argv),
    signals: nodeSignals(bridge),
    editor: fds.isatty(0) && fds.isatty(1) ? nodeEditor(bridge) : null,
  }
}
