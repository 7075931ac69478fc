import { type FileStat, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, SystemFault } from '../../vm/platform.ts'

const ENOENT = 2
const EEXIST = 17
const ENOTDIR = 20
const EISDIR = 21
const EINVAL = 22
const EPERM = 1
const ENOTEMPTY = 39
const ELOOP = 40

/** Symbolic links that one path may lead through. */
const LINKS_MAX = 40

/** A file, directory or symbolic link. */
export interface Node {
  readonly ino: number
  mode: number
  nlink: number
  /** A file's bytes: the first `size` of it. */
  bytes: Uint8Array
  size: number
  /** A directory's entries, in the order in which they were made. */
  readonly entries: Map<string, Node> | null
  /** Where a symbolic link leads. */
  readonly target: string | null
  atimeNs: bigint
  mtimeNs: bigint
  ctimeNs: bigint
}

/** Where a path leads: the directory, the name in it, and what stands there. */
interface Place {
  readonly parent: Node
  readonly name: string
  readonly node: Node | undefined
}

/** A tree of files in memory, with the rules of a Unix file system. */
export class FileTree {
  readonly root: Node
  private numbers = 1
  private readonly now: () => bigint
  umask = 0o022

  constructor(now: () => bigint) {
    this.now = now
    this.root = this.newNode(S_IFDIR | 0o755, null)
    this.root.nlink = 2
  }

  private newNode(mode: number, target: string | null): Node {
    const time = this.now()
    return {
      ino: ++this.numbers,
      mode,
      nlink: 1,
      bytes: new Uint8Array(0),
      size: 0,
      entries: (mode & S_IFMT) === S_IFDIR ? new Map() : null,
      target,
      atimeNs: time,
      mtimeNs: time,
      ctimeNs: time,
    }
  }

  /** Follows a path from the root. Throws ENOENT and ENOTDIR for what lies before its last part. */
  private walk(path: string, follow: boolean, links = 0): Place {
    if (path === '') throw new SystemFault(ENOENT)
    const parts = path.split('/').filter((part) => part !== '' && part !== '.')
    const trail: Node[] = [this.root]
    let name = ''
    for (let i = 0; i < parts.length; i++) {
      const parent = trail[trail.length - 1]!
      if (parent.entries === null) throw new SystemFault(ENOTDIR)
      name = parts[i]!
      const last = i === parts.length - 1
      if (name === '..') {
        if (trail.length > 1) trail.pop()
        continue
      }
      const node = parent.entries.get(name)
      if (node?.target !== null && node !== undefined && (!last || follow)) {
        if (links >= LINKS_MAX) throw new SystemFault(ELOOP)
        const rest = parts.slice(i + 1).join('/')
        const base = node.target.startsWith('/') ? node.target : `${this.pathOf(trail)}/${node.target}`
        return this.walk(rest === '' ? base : `${base}/${rest}`, follow, links + 1)
      }
      if (last) return { parent, name, node }
      if (node === undefined) throw new SystemFault(ENOENT)
      trail.push(node)
    }
    const node = trail[trail.length - 1]!
    return { parent: trail[trail.length - 2] ?? this.root, name, node }
  }

  private pathOf(trail: readonly Node[]): string {
    let path = ''
    for (let i = 1; i < trail.length; i++) {
      for (const [name, node] of trail[i - 1]!.entries!) if (node === trail[i]) path += `/${name}`
    }
    return path
  }

  /** What stands at a path; ENOENT where nothing does. */
  get(path: string, follow = true): Node {
    const { node } = this.walk(path, follow)
    if (node === undefined) throw new SystemFault(ENOENT)
    if (path.endsWith('/') && node.entries === null) throw new SystemFault(ENOTDIR)
    return node
  }

  /** The entries of a directory. */
  directory(path: string): Map<string, Node> {
    const { entries } = this.get(path)
    if (entries === null) throw new SystemFault(ENOTDIR)
    return entries
  }

  private add(path: string, node: Node): void {
    const { parent, name, node: there } = this.walk(path.replace(/\/+$/, ''), false)
    if (there !== undefined) throw new SystemFault(EEXIST)
    parent.entries!.set(name, node)
    this.touch(parent)
  }

  private touch(node: Node): void {
    node.mtimeNs = this.now()
    node.ctimeNs = node.mtimeNs
  }

  /** The file at a path for opening: made where `create` is true and nothing stands there. */
  open(path: string, create: boolean, exclusive: boolean, mode: number): Node {
    const { parent, name, node } = this.walk(path, !exclusive)
    if (node !== undefined) {
      if (create && exclusive) throw new SystemFault(EEXIST)
      if (path.endsWith('/') && node.entries === null) throw new SystemFault(ENOTDIR)
      return node
    }
    if (!create) throw new SystemFault(ENOENT)
    if (path.endsWith('/')) throw new SystemFault(EISDIR)
    const made = this.newNode(S_IFREG | (mode & ~this.umask & 0o7777), null)
    parent.entries!.set(name, made)
    this.touch(parent)
    return made
  }

  mkdir(path: string, mode: number): void {
    const made = this.newNode(S_IFDIR | (mode & ~this.umask & 0o7777), null)
    made.nlink = 2
    this.add(path, made)
  }

  symlink(target: string, path: string): void {
    this.add(path, this.newNode(S_IFLNK | 0o777, target))
  }

  link(from: string, to: string): void {
    const node = this.get(from, false)
    if (node.entries !== null) throw new SystemFault(EPERM)
    this.add(to, node)
    node.nlink++
  }

  unlink(path: string): void {
    const { parent, name, node } = this.walk(path, false)
    if (node === undefined) throw new SystemFault(ENOENT)
    if (node.entries !== null) throw new SystemFault(EISDIR)
    parent.entries!.delete(name)
    node.nlink--
    this.touch(parent)
  }

  rmdir(path: string): void {
    const { parent, name, node } = this.walk(path.replace(/(.)\/+$/, '$1'), false)
    if (node === undefined) throw new SystemFault(ENOENT)
    if (node.entries === null) throw new SystemFault(ENOTDIR)
    if (node.entries.size > 0) throw new SystemFault(ENOTEMPTY)
    parent.entries!.delete(name)
    this.touch(parent)
  }

  rename(from: string, to: string): void {
    const source = this.walk(from, false)
    if (source.node === undefined) throw new SystemFault(ENOENT)
    const target = this.walk(to, false)
    if (target.node === source.node) return
    if (target.node !== undefined) {
      if (target.node.entries !== null) {
        if (source.node.entries === null) throw new SystemFault(EISDIR)
        if (target.node.entries.size > 0) throw new SystemFault(ENOTEMPTY)
      } else if (source.node.entries !== null) throw new SystemFault(ENOTDIR)
    }
    if (source.node.entries !== null && this.contains(source.node, target.parent)) throw new SystemFault(EINVAL)
    source.parent.entries!.delete(source.name)
    target.parent.entries!.set(target.name, source.node)
    this.touch(source.parent)
    this.touch(target.parent)
  }

  private contains(directory: Node, node: Node): boolean {
    if (directory === node) return true
    for (const entry of directory.entries!.values()) {
      if (entry.entries !== null && this.contains(entry, node)) return true
    }
    return false
  }

  /** Changes the length of a file. */
  resize(node: Node, size: number): void {
    if (node.entries !== null) throw new SystemFault(EISDIR)
    this.reserve(node, size)
    if (size < node.size) node.bytes.fill(0, size, node.size)
    node.size = size
    this.touch(node)
  }

  /** Writes bytes into a file at an offset. */
  write(node: Node, bytes: Uint8Array, offset: number): void {
    const end = offset + bytes.length
    this.reserve(node, end)
    node.bytes.set(bytes, offset)
    if (end > node.size) node.size = end
    this.touch(node)
  }

  private reserve(node: Node, size: number): void {
    if (size <= node.bytes.length) return
    const larger = new Uint8Array(Math.max(size, 2 * node.bytes.length))
    larger.set(node.bytes.subarray(0, node.size))
    node.bytes = larger
  }
}

/** The stat of a file in memory. */
export function nodeStat(node: Node): FileStat {
  const size = node.target !== null ? node.target.length : node.entries !== null ? 4096 : node.size
  return {
    mode: node.mode,
    ino: node.ino,
    dev: 1,
    nlink: node.nlink,
    uid: 0,
    gid: 0,
    rdev: 0,
    size,
    blksize: 4096,
    blocks: Math.ceil(size / 512),
    atimeNs: node.atimeNs,
    mtimeNs: node.mtimeNs,
    ctimeNs: node.ctimeNs,
  }
}
