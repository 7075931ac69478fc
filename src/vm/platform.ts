/**
 * The machine as modules see it. It is described here, on the floor below the modules, and made by a host above them;
 * the entry installs it. All calls return when their work is done.
 *
 * A call that the system refuses throws `SystemFault`; `os_error.ts` makes Python's OSError of it.
 */

/** A refused system call: its error number. */
export class SystemFault {
  readonly errno: number

  constructor(errno: number) {
    this.errno = errno
  }
}

/** A path: text, or bytes where these are no valid UTF-8. */
export type Path = string | Uint8Array

/** What `stat` tells: CPython's `st_…` fields. */
export interface FileStat {
  readonly mode: number
  readonly ino: number | bigint
  readonly dev: number
  readonly nlink: number
  readonly uid: number
  readonly gid: number
  readonly rdev: number
  readonly size: number
  readonly blksize: number
  readonly blocks: number
  readonly atimeNs: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
}

/** An entry of a directory. The kind is `unknown` where only `stat` could tell. */
export interface DirectoryEntry {
  readonly name: Path
  readonly kind: 'file' | 'directory' | 'link' | 'other' | 'unknown'
}

/** What `statvfs` tells: CPython's `f_…` fields. */
export interface FileSystemStat {
  readonly bsize: number
  readonly frsize: number
  readonly blocks: number
  readonly bfree: number
  readonly bavail: number
  readonly files: number
  readonly ffree: number
  readonly favail: number
  readonly flag: number
  readonly namemax: number
  readonly fsid: number
}

/** Paths. Where a method has `follow`, false means the link itself. */
export interface FileSystem {
  stat(path: Path, follow: boolean): FileStat
  /** The names in a directory without `.` and `..`, in the system's order. */
  list(path: Path): Path[]
  entries(path: Path): DirectoryEntry[]
  mkdir(path: Path, mode: number): void
  rmdir(path: Path): void
  unlink(path: Path): void
  /** Replaces what stands at `to`. */
  rename(from: Path, to: Path): void
  link(from: Path, to: Path): void
  symlink(target: Path, path: Path): void
  readlink(path: Path): Path
  chmod(path: Path, mode: number, follow: boolean): void
  chown(path: Path, uid: number, gid: number, follow: boolean): void
  utime(path: Path, atimeNs: bigint, mtimeNs: bigint, follow: boolean): void
  /** Whether this process may do what `mode` says (`R_OK` 4, `W_OK` 2, `X_OK` 1, `F_OK` 0). */
  access(path: Path, mode: number): boolean
  truncate(path: Path, size: number): void
  statvfs(path: Path): FileSystemStat
  getcwd(): Path
  chdir(path: Path): void
  /** Sets the mask of permissions for new files and gives the old one. */
  umask(mask: number): number
}

/** Flags of `open`: Linux's numbers. */
export const O_RDONLY = 0
export const O_WRONLY = 1
export const O_RDWR = 2
export const O_ACCMODE = 3
export const O_CREAT = 0o100
export const O_EXCL = 0o200
export const O_TRUNC = 0o1000
export const O_APPEND = 0o2000
export const O_NONBLOCK = 0o4000
export const O_DIRECTORY = 0o200000
export const O_CLOEXEC = 0o2000000

/** The types in `FileStat.mode`. */
export const S_IFMT = 0o170000
export const S_IFSOCK = 0o140000
export const S_IFLNK = 0o120000
export const S_IFCHR = 0o20000
export const S_IFREG = 0o100000
export const S_IFDIR = 0o40000
export const S_IFIFO = 0o10000

export const SEEK_SET = 0
export const SEEK_CUR = 1
export const SEEK_END = 2

/** Events of `Descriptors.poll`: Linux's numbers. */
export const POLLIN = 1
export const POLLPRI = 2
export const POLLOUT = 4
export const POLLERR = 8
export const POLLHUP = 16
export const POLLNVAL = 32

/** What to wait for on a descriptor, and what came of it. */
export interface PollRequest {
  readonly fd: number
  readonly events: number
  revents: number
}

/**
 * File descriptors. A blocking call that a signal interrupts throws EINTR, after which the caller runs the signals'
 * handlers and may repeat it.
 */
export interface Descriptors {
  open(path: Path, flags: number, mode: number): number
  close(fd: number): void
  /** Reads at most as many bytes as there is room for; 0 at the end. */
  read(fd: number, into: Uint8Array): number
  /** Writes as much as can be written and tells how many bytes that was. */
  write(fd: number, bytes: Uint8Array): number
  pread(fd: number, into: Uint8Array, offset: number): number
  pwrite(fd: number, bytes: Uint8Array, offset: number): number
  lseek(fd: number, offset: number, whence: number): number
  ftruncate(fd: number, size: number): void
  fstat(fd: number): FileStat
  fsync(fd: number): void
  fchmod(fd: number, mode: number): void
  fchown(fd: number, uid: number, gid: number): void
  futime(fd: number, atimeNs: bigint, mtimeNs: bigint): void
  /** Another number for the same open file. */
  dup(fd: number, inheritable: boolean): number
  dup2(fd: number, fd2: number, inheritable: boolean): void
  /** The reading and the writing end of a new pipe. */
  pipe(flags: number): [read: number, write: number]
  /** Two ends that read what the other one writes. */
  socketpair(): [number, number]
  isatty(fd: number): boolean
  /** A path under which the file of a descriptor can be reached. */
  pathOf(fd: number): Path
  getInheritable(fd: number): boolean
  setInheritable(fd: number, inheritable: boolean): void
  getBlocking(fd: number): boolean
  setBlocking(fd: number, blocking: boolean): void
  /** The flags of `open` that are in force (`fcntl(fd, F_GETFL)`). */
  flags(fd: number): number
  /** Waits until something happens or the time (`null`: for ever) is over; sets `revents` and gives how many have some. */
  poll(requests: readonly PollRequest[], milliseconds: number | null): number
  /** The size of the terminal; ENOTTY where there is none. */
  terminalSize(fd: number): [columns: number, lines: number]
}

/** Clocks, in nanoseconds. */
export interface Clock {
  /** Since the epoch. */
  now(): bigint
  monotonic(): bigint
  /** CPU time of the process. */
  process(): bigint
  /** CPU time of the thread that runs Python. */
  thread(): bigint
  /** Waits; false if a signal came before the time was over. */
  sleep(nanoseconds: bigint): boolean
  /** Seconds that local time is ahead of UTC at a moment (in seconds since the epoch), whether that is summer time, and its name. */
  zoneAt(seconds: number): { readonly offset: number; readonly dst: boolean; readonly name: string }
}

/** `uname`. */
interface SystemName {
  readonly sysname: string
  readonly nodename: string
  readonly release: string
  readonly version: string
  readonly machine: string
}

/** A child to start: its program is the first of `executables` that can be run. */
export interface SpawnRequest {
  readonly args: readonly Path[]
  readonly executables: readonly Path[]
  /** `NAME=value`; `null` for this process's own. */
  readonly env: readonly Path[] | null
  readonly cwd: Path | null
  /** Which of our descriptors become which of the child's. */
  readonly fds: ReadonlyMap<number, number>
  readonly newSession: boolean
  readonly uid: number | null
  readonly gid: number | null
}

/** Processor time and memory that a process has used. */
interface ResourceUsage {
  readonly userMicroseconds: number
  readonly systemMicroseconds: number
  readonly maxRss: number
}

/** This process and others. */
export interface Processes {
  readonly argv: readonly string[]
  readonly pid: number
  readonly ppid: number
  readonly cpuCount: number
  /** Those of the user, in order real, effective; `null` where the system has no users. */
  readonly users: { readonly uid: number; readonly euid: number; readonly gid: number; readonly egid: number } | null
  readonly groups: readonly number[]
  environ(): [name: Path, value: Path][]
  /** One variable of the environment. */
  variable(name: string): Path | undefined
  putenv(name: Path, value: Path): void
  unsetenv(name: Path): void
  uname(): SystemName
  loadAverage(): readonly [number, number, number]
  usage(): ResourceUsage
  random(into: Uint8Array): void
  /** Ends the process at once. */
  exit(status: number): never
  /** Ends the process as the signal does, whose handler is taken away. */
  dieBySignal(signum: number): never
  kill(pid: number, signum: number): void
  /** Starts a child and gives its number. */
  spawn(request: SpawnRequest): number
  /** Waits for a child (any: -1); its number and wait status, or `null` where none has ended and `hang` is false. */
  wait(pid: number, hang: boolean): [pid: number, status: number] | null
  /** Whether `wait` for this child (any: -1) would not have to wait. */
  hasEnded(pid: number): boolean
  getPriority(pid: number): number
  setPriority(pid: number, priority: number): void
}

/** What a signal does. */
export type Disposition = 'default' | 'ignore' | 'handle'

/**
 * Signals. Those to be handled are collected, whatever Python is doing, and set `POLL_SIGNAL` in `poll.requests`.
 */
export interface Signals {
  /** False where the system lets nobody catch the signal. */
  setDisposition(signum: number, disposition: Disposition): boolean
  disposition(signum: number): Disposition
  /** The signals that have come since the last call, in the order of their numbers. */
  take(): number[]
  /** Sends a signal to this thread: it is there when the call returns. */
  raise(signum: number): void
  /** Sends SIGALRM after a time and then at intervals (0: never); gives the seconds left and the interval before. */
  setTimer(seconds: number, interval: number): [number, number]
  getTimer(): [number, number]
  /** Waits until a signal has come, at most so long; false if none did. */
  wait(seconds: number | null): boolean
}

/** Lines typed at a terminal. */
export interface LineEditor {
  /**
   * Lets the user edit a line; `null` at the end of input (Ctrl-D), `undefined` where a signal interrupted. `complete`
   * gives what the text before the cursor can become, and how much of it that replaces.
   */
  readLine(
    prompt: string,
    complete: (line: string) => { choices: readonly string[]; replaces: string },
  ): string | null | undefined
  /** Lines for the arrow keys, the oldest first. */
  setHistory(lines: readonly string[]): void
}

/** A machine. */
export interface Platform {
  /** `sys.platform`. */
  readonly name: string
  readonly files: FileSystem
  readonly fds: Descriptors
  readonly clock: Clock
  readonly processes: Processes
  readonly signals: Signals
  /** `null` where there is no terminal to type at. */
  readonly editor: LineEditor | null
}

let current: Platform | null = null

/** Makes a platform the one that modules use. */
export function installPlatform(platform: Platform): void {
  current = platform
}

/** The machine; whoever starts Python has installed it. */
export function platform(): Platform {
  if (current === null) throw new Error('no platform has been installed')
  return current
}
