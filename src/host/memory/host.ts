import { type FileStatus, type Host, HostError, type TextOutput } from '../host.ts'

/** What a memory host starts with. */
export interface MemoryHostOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Files by path; their folders are there too. Text is UTF-8. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly stdin?: string
  readonly terminal?: boolean
}

/** A host of its own: files in memory, output kept. It has no links and no threads. */
export interface MemoryHost extends Host {
  readonly files: Map<string, Uint8Array>
  /** All that was written to standard output and standard error. */
  readonly written: { out: string; err: string }
  readonly exitStatus: number
}

const bytesOf = (data: string | Uint8Array) => (typeof data === 'string' ? new TextEncoder().encode(data) : data)
const missing = (path: string) => new HostError('ENOENT', 2, 'No such file or directory', path)

/** `.` and `..` taken out of a path, which starts at `/`. */
function absolutePath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** A host with the given files whose current folder is `/`; every file was last changed at second 1,000,000,000. */
export function memoryHost(options: MemoryHostOptions = {}): MemoryHost {
  const files = new Map<string, Uint8Array>()
  const folders = new Set(['/'])
  const written = { out: '', err: '' }
  let exitStatus = 0

  const makeDirectories = (path: string) => {
    let folder = ''
    for (const part of absolutePath(path).split('/').slice(1)) {
      if (files.has(folder)) throw new HostError('ENOTDIR', 20, 'Not a directory', path)
      folder += `/${part}`
      folders.add(folder)
    }
  }
  const writeFile = (path: string, data: Uint8Array) => {
    const place = absolutePath(path)
    if (folders.has(place)) throw new HostError('EISDIR', 21, 'Is a directory', path)
    if (!folders.has(place.slice(0, place.lastIndexOf('/')) || '/')) throw missing(path)
    files.set(place, data.slice())
  }
  const readFile = (path: string) => {
    const place = absolutePath(path)
    if (folders.has(place)) throw new HostError('EISDIR', 21, 'Is a directory', path)
    const data = files.get(place)
    if (data === undefined) throw missing(path)
    return data
  }
  const status = (path: string): FileStatus | null => {
    const place = absolutePath(path)
    const data = files.get(place)
    if (data !== undefined) return { kind: 'file', size: data.length, mtime: 1e9, mode: 0o644 }
    return folders.has(place) ? { kind: 'directory', size: 0, mtime: 1e9, mode: 0o755 } : null
  }
  const listDirectory = (path: string) => {
    const place = absolutePath(path)
    if (!folders.has(place)) throw missing(path)
    const prefix = place === '/' ? '/' : `${place}/`
    const inside = [...files.keys(), ...folders].filter((name) => name.startsWith(prefix) && name !== prefix)
    return inside.map((name) => name.slice(prefix.length)).filter((name) => !name.includes('/'))
  }
  const output = (stream: 'out' | 'err'): TextOutput => ({
    write: (text) => {
      written[stream] += text
    },
    isTerminal: options.terminal ?? false,
    columns: 80,
  })

  for (const [path, data] of Object.entries(options.files ?? {})) {
    makeDirectories(absolutePath(path).replace(/\/[^/]*$/, '') || '/')
    writeFile(path, bytesOf(data))
  }
  return {
    files,
    written,
    get exitStatus() {
      return exitStatus
    },
    args: options.args ?? [],
    stdout: output('out'),
    stderr: output('err'),
    processors: 1,
    env: (name) => options.env?.[name],
    readFile,
    readStdin: () => bytesOf(options.stdin ?? ''),
    status,
    isSymlink: () => false,
    listDirectory,
    makeDirectories,
    writeFileAtomic: (path, data) => writeFile(path, data),
    hasThreads: false,
    writeFile,
    remove: (path) => {
      if (!files.delete(absolutePath(path))) throw missing(path)
    },
    hardLink: (existing, path) => writeFile(path, readFile(existing)),
    absolutePath,
    realPath: absolutePath,
    parallel: () => Promise.reject(new HostError('ENOTSUP', 95, 'Operation not supported', null)),
    setExitStatus: (code) => {
      exitStatus = code
    },
    serve: () => false,
  }
}
