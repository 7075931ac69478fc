import {
  type DirectoryEntry,
  type Disposition,
  type FileSystem,
  type Path,
  type Platform,
  S_IFDIR,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  SystemFault,
} from '../../vm/platform.ts'
import { MemoryDescriptors, type MemoryStream } from './descriptors.ts'
import { FileTree, type Node, nodeStat } from './tree.ts'

const ECHILD = 10
const ENOSYS = 38
const EINVAL = 22
const ESRCH = 3

/** What a machine in memory starts with. */
export interface MemoryPlatformOptions {
  readonly argv?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Files by path; their directories are made. Text is UTF-8. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly stdin?: string
  /** Where output goes; kept in `written` by default. */
  readonly output?: (fd: 1 | 2, bytes: Uint8Array) => void
  readonly terminal?: boolean
  /** Gives bytes of randomness; the host's own by default. */
  readonly random?: (into: Uint8Array) => void
}

/** A machine in memory, and what can be seen of it from outside. */
export interface MemoryPlatform {
  readonly platform: Platform
  readonly tree: FileTree
  /** What was written to standard output and standard error. */
  readonly written: { out: string; err: string }
}

/** How a program on a machine in memory ends at once. */
class MemoryExit {
  readonly status: number

  constructor(status: number) {
    this.status = status
  }
}

const textOf = (path: Path) => (typeof path === 'string' ? path : new TextDecoder().decode(path))

function kindOf({ mode }: Node): DirectoryEntry['kind'] {
  const type = mode & S_IFMT
  if (type === S_IFREG) return 'file'
  if (type === S_IFDIR) return 'directory'
  return type === S_IFLNK ? 'link' : 'other'
}

function memoryFiles(tree: FileTree, state: { cwd: string }, absolute: (path: Path) => string): FileSystem {
  const setMode = (node: Node, mode: number) => {
    node.mode = (node.mode & S_IFMT) | (mode & 0o7777)
  }
  return {
    stat: (path, follow) => nodeStat(tree.get(absolute(path), follow)),
    list: (path) => [...tree.directory(absolute(path)).keys()],
    entries: (path) => [...tree.directory(absolute(path))].map(([name, node]) => ({ name, kind: kindOf(node) })),
    mkdir: (path, mode) => tree.mkdir(absolute(path), mode),
    rmdir: (path) => tree.rmdir(absolute(path)),
    unlink: (path) => tree.unlink(absolute(path)),
    rename: (from, to) => tree.rename(absolute(from), absolute(to)),
    link: (from, to) => tree.link(absolute(from), absolute(to)),
    symlink: (target, path) => tree.symlink(textOf(target), absolute(path)),
    readlink: (path) => {
      const { target } = tree.get(absolute(path), false)
      if (target === null) throw new SystemFault(EINVAL)
      return target
    },
    chmod: (path, mode, follow) => setMode(tree.get(absolute(path), follow), mode),
    chown: (path, _uid, _gid, follow) => void tree.get(absolute(path), follow),
    utime: (path, atimeNs, mtimeNs, follow) => {
      const node = tree.get(absolute(path), follow)
      node.atimeNs = atimeNs
      node.mtimeNs = mtimeNs
    },
    access: (path, mode) => {
      try {
        const node = tree.get(absolute(path))
        return (mode & 1) === 0 || (node.mode & 0o111) !== 0
      } catch (error) {
        if (error instanceof SystemFault) return false
        throw error
      }
    },
    truncate: (path, size) => tree.resize(tree.get(absolute(path)), size),
    statvfs: () => {
      throw new SystemFault(ENOSYS)
    },
    getcwd: () => state.cwd,
    chdir: (path) => {
      tree.directory(absolute(path))
      state.cwd = normal(absolute(path))
    },
    umask: (mask) => {
      const old = tree.umask
      tree.umask = mask & 0o777
      return old
    },
  }
}

/** A path from the root without `.` and `..`. */
function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

function inputStream(text: string, terminal: boolean): MemoryStream {
  let rest = new TextEncoder().encode(text)
  return {
    isTerminal: terminal,
    read: (into) => {
      const count = Math.min(into.length, rest.length)
      into.set(rest.subarray(0, count))
      rest = rest.subarray(count)
      return count
    },
    write: () => {},
  }
}

function clock(): Platform['clock'] {
  const now = () => BigInt(Date.now()) * 1000000n
  const monotonic = () => BigInt(Math.round(performance.now() * 1e6))
  return {
    now,
    monotonic,
    process: monotonic,
    thread: monotonic,
    // Nothing can wait here but by looking at the clock.
    sleep: (nanoseconds) => {
      const end = monotonic() + nanoseconds
      while (monotonic() < end);
      return true
    },
    zoneAt: () => ({ offset: 0, dst: false, name: 'UTC' }),
  }
}

function signals(): Platform['signals'] {
  const dispositions = new Map<number, Disposition>()
  return {
    setDisposition: (signum, disposition) => {
      if (signum === 9 || signum === 19) return false
      dispositions.set(signum, disposition)
      return true
    },
    disposition: (signum) => dispositions.get(signum) ?? 'default',
    take: () => [],
    raise: (signum) => {
      throw new MemoryExit(128 + signum)
    },
    setTimer: () => [0, 0],
    getTimer: () => [0, 0],
    wait: () => false,
  }
}

/** Bytes of the host's own randomness. */
function hostRandom(into: Uint8Array): void {
  const { crypto } = globalThis as { crypto?: { getRandomValues(array: Uint8Array): unknown } }
  if (crypto === undefined) throw new SystemFault(ENOSYS)
  for (let at = 0; at < into.length; at += 65536) crypto.getRandomValues(into.subarray(at, at + 65536))
}

function processes(options: MemoryPlatformOptions): Platform['processes'] {
  const env = new Map<string, string>(Object.entries(options.env ?? {}))
  const refuse = (errno: number) => (): never => {
    throw new SystemFault(errno)
  }
  return {
    argv: options.argv ?? [],
    pid: 1,
    ppid: 0,
    cpuCount: 1,
    users: { uid: 0, euid: 0, gid: 0, egid: 0 },
    groups: [0],
    variable: (name) => env.get(name),
    environ: () => [...env],
    putenv: (name, value) => void env.set(textOf(name), textOf(value)),
    unsetenv: (name) => void env.delete(textOf(name)),
    uname: () => ({ sysname: 'Linux', nodename: 'memory', release: '0', version: '0', machine: 'x86_64' }),
    loadAverage: () => [0, 0, 0],
    usage: () => ({ userMicroseconds: Math.round(performance.now() * 1000), systemMicroseconds: 0, maxRss: 0 }),
    random: options.random ?? hostRandom,
    exit: (status) => {
      throw new MemoryExit(status)
    },
    dieBySignal: (signum) => {
      throw new MemoryExit(128 + signum)
    },
    kill: (pid) => {
      if (pid !== 1) throw new SystemFault(ESRCH)
    },
    spawn: refuse(ENOSYS),
    wait: refuse(ECHILD),
    hasEnded: () => true,
    getPriority: () => 0,
    setPriority: () => {},
  }
}

/** A machine of its own: files in memory, output kept. It has no other processes, and nothing on it waits. */
export function memoryPlatform(options: MemoryPlatformOptions = {}): MemoryPlatform {
  const written = { out: '', err: '' }
  const decoders = [new TextDecoder(), new TextDecoder()] as const
  const output =
    options.output ??
    ((fd: 1 | 2, bytes: Uint8Array) => {
      const text = decoders[fd - 1]!.decode(bytes, { stream: true })
      if (fd === 1) written.out += text
      else written.err += text
    })
  const terminal = options.terminal === true
  const time = clock()
  const tree = new FileTree(time.now)
  const state = { cwd: '/' }
  const absolute = (path: Path) => {
    const text = textOf(path)
    return text === '' || text.startsWith('/') ? text : `${state.cwd}/${text}`
  }
  const outputStream = (fd: 1 | 2): MemoryStream => ({
    isTerminal: terminal,
    read: () => 0,
    write: (bytes) => output(fd, bytes),
  })
  const standard = [inputStream(options.stdin ?? '', terminal), outputStream(1), outputStream(2)]
  for (const [path, data] of Object.entries(options.files ?? {})) addFile(tree, normal(path), data)
  const platform: Platform = {
    name: 'linux',
    files: memoryFiles(tree, state, absolute),
    fds: new MemoryDescriptors(tree, absolute, standard),
    clock: time,
    processes: processes(options),
    signals: signals(),
    editor: null,
  }
  return { platform, tree, written }
}

/** Puts a file into a tree, with the directories that lead to it. */
function addFile(tree: FileTree, path: string, data: string | Uint8Array): void {
  const parts = path.split('/').slice(1, -1)
  let directory = ''
  for (const part of parts) {
    directory += `/${part}`
    try {
      tree.get(directory)
    } catch {
      tree.mkdir(directory, 0o755)
    }
  }
  const node = tree.open(path, true, false, 0o644)
  tree.write(node, typeof data === 'string' ? new TextEncoder().encode(data) : data, 0)
}
