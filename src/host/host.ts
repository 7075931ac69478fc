/** What a path names. Times are seconds since the epoch, with their fraction. */
export interface FileStatus {
  readonly kind: 'file' | 'directory' | 'other'
  readonly size: number
  readonly mtime: number
  /** Permission bits. */
  readonly mode: number
}

/** A place where text for people goes. */
export interface TextOutput {
  write(text: string): void
  readonly isTerminal: boolean
  /** Width in characters; 80 where nobody knows. */
  readonly columns: number
}

/** A failed system call, with the name (`ENOENT`), the number and the words of its error. */
export class HostError extends Error {
  readonly code: string
  readonly errno: number
  readonly strerror: string
  readonly path: string | null

  constructor(code: string, errno: number, strerror: string, path: string | null) {
    super(`[Errno ${errno}] ${strerror}` + (path === null ? '' : `: '${path}'`))
    this.name = 'HostError'
    this.code = code
    this.errno = errno
    this.strerror = strerror
    this.path = path
  }

  /** The Python exception type for this error: a subclass of OSError (PEP 3151). */
  get pythonType(): string {
    return pythonTypes[this.code] ?? 'OSError'
  }
}

const pythonTypes: Record<string, string> = {
  ENOENT: 'FileNotFoundError',
  EEXIST: 'FileExistsError',
  EACCES: 'PermissionError',
  EPERM: 'PermissionError',
  EISDIR: 'IsADirectoryError',
  ENOTDIR: 'NotADirectoryError',
}

/**
 * All that Taipan asks of the machine it runs on. Paths are the host's own; every method that touches files throws
 * `HostError` when the system refuses.
 */
export interface Host {
  /** The arguments of the command, without its own name. */
  readonly args: readonly string[]
  readonly stdout: TextOutput
  readonly stderr: TextOutput
  /** The value of an environment variable, `undefined` where it is not set. */
  env(name: string): string | undefined
  /** Processors that can work at the same time. */
  readonly processors: number
  readFile(path: string): Uint8Array
  /** All of standard input. */
  readStdin(): Uint8Array
  /** The status of what a path names, through links; `null` where there is nothing. */
  status(path: string): FileStatus | null
  isSymlink(path: string): boolean
  /** The names in a directory, in no order, without `.` and `..`. */
  listDirectory(path: string): string[]
  makeDirectories(path: string): void
  /** Writes a temporary file beside `path` and renames it, so that no reader ever sees half a file. */
  writeFileAtomic(path: string, data: Uint8Array, mode: number): void
  writeFile(path: string, data: Uint8Array): void
  remove(path: string): void
  hardLink(existing: string, path: string): void
  /** The path from the root, `.` and `..` taken out. */
  absolutePath(path: string): string
  /** The path with every link resolved. */
  realPath(path: string): string
  /** Whether `parallel` can be used. */
  readonly hasThreads: boolean
  /**
   * Does jobs on other threads: `job` values are sent to threads of the same program, whose `serve` handler answers
   * each. Answers come to `onResult` in the order of the jobs. Rejects when a thread dies.
   */
  parallel<J, R>(jobs: readonly J[], threads: number, onResult: (result: R, index: number) => void): Promise<void>
  /** Ends the process with this status once pending work is done. */
  setExitStatus(status: number): void
  /** On a thread started by `parallel`: answers its jobs with `handler` and returns true; else returns false. */
  serve<J, R>(handler: (job: J) => R): boolean
}
