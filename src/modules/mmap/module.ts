import { keep } from '../../memory/counted.ts'
import type { Owned, WeakReferences } from '../../memory/header.ts'
import { toCInt, toSsize, toSubscript } from '../../objects/arguments.ts'
import { bufferBytes, exportBytes } from '../../objects/buffer.ts'
import { defineType, tpNew } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { bufferError, indexError, overflowError, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_OSError } from '../../objects/exception_types.ts'
import { newOf } from '../../objects/instance.ts'
import { newBytes, none } from '../../objects/make.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import { type PyObject, type PyType, TPFLAGS_BASETYPE, type Value } from '../../objects/object.ts'
import { adjustSlice, isIndex, isSlice, unpackSlice } from '../../objects/slice.ts'
import { bytesFind, bytesRfind } from '../../objects/text/bytes_search.ts'
import { builtinType } from '../../objects/types.ts'
import { audit } from '../../vm/audit.ts'
import { EBADF, EINVAL } from '../../vm/errno.ts'
import { osError } from '../../vm/os_error.ts'
import { platform, S_IFMT, S_IFREG, SystemFault } from '../../vm/platform.ts'
import { sizeOf } from '../_io/types.ts'
import { ACCESS_COPY, ACCESS_DEFAULT, ACCESS_READ, ACCESS_WRITE, MemoryMap } from './memory_map.ts'

const PROT_READ = 1
const PROT_WRITE = 2
const MAP_SHARED = 1
const MAP_PRIVATE = 2
const MADV_MAX = 21
const PAGE_SIZE = 4096
const LF = 10
const SSIZE_MAX = 2n ** 63n - 1n

const ACCESS_NAMES = ['ACCESS_DEFAULT', 'ACCESS_READ', 'ACCESS_WRITE', 'ACCESS_COPY']

/** The map; `null` once closed. */
interface MmapData {
  map: MemoryMap | null
  weakrefs: WeakReferences | null
}

type PyMmap = PyObject<MmapData>

const mmapType = builtinType<PyMmap>('mmap.mmap', TPFLAGS_BASETYPE)

/** The map of an object that must not be closed. */
function open({ data }: PyMmap): MemoryMap {
  if (data.map === null) throw valueError('mmap closed or invalid')
  return data.map
}

function writable(self: PyMmap): MemoryMap {
  const map = open(self)
  if (map.access === ACCESS_READ) throw typeError("mmap can't modify a readonly memory map.")
  return map
}

/** The size of the part of a file that is asked for: all that is left of it where `length` is 0. */
function mappedSize(fd: number, length: number, offset: number): number {
  if (fd === -1) return length
  let stat: ReturnType<ReturnType<typeof platform>['fds']['fstat']>
  try {
    stat = platform().fds.fstat(fd)
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
    throw osError(EBADF)
  }
  if ((stat.mode & S_IFMT) !== S_IFREG) return length
  if (length === 0) {
    if (stat.size === 0) throw valueError('cannot mmap an empty file')
    if (offset >= stat.size) throw valueError('mmap offset is greater than file size')
    return stat.size - offset
  }
  if (offset > stat.size || stat.size - offset < length) throw valueError('mmap length is greater than file size')
  return length
}

interface MmapArguments {
  readonly fd: number
  readonly length: number
  readonly flags: number
  readonly prot: number
  readonly access: number
  readonly offset: number
}

function newMap({ fd, length, flags, prot, access, offset }: MmapArguments): MemoryMap {
  if (length < 0) throw overflowError('memory mapped length must be positive')
  if (offset < 0) throw overflowError('memory mapped offset must be positive')
  if (access !== ACCESS_DEFAULT && (flags !== MAP_SHARED || prot !== (PROT_READ | PROT_WRITE))) {
    throw valueError("mmap can't specify both access and flags, prot.")
  }
  if (access < ACCESS_DEFAULT || access > ACCESS_COPY) throw valueError('mmap invalid access parameter.')
  audit('mmap.__new__', fd, length, access, offset)
  let kind = access
  if (access === ACCESS_DEFAULT && (prot & (PROT_READ | PROT_WRITE)) !== (PROT_READ | PROT_WRITE)) {
    kind = (prot & PROT_WRITE) !== 0 ? ACCESS_WRITE : ACCESS_READ
  }
  const size = mappedSize(fd, length, offset)
  if (size === 0 || offset % PAGE_SIZE !== 0) throw osError(EINVAL)
  const isShared = access !== ACCESS_COPY && (flags & MAP_PRIVATE) === 0
  return new MemoryMap(fd, size, kind, offset, isShared)
}

function close({ data }: PyMmap): void {
  const { map } = data
  if (map === null) return
  if (map.exports > 0) throw bufferError('cannot close exported pointers exist')
  data.map = null
  map.close()
}

function show({ type, data: { map } }: PyMmap): Owned<Value> {
  if (map === null) return `<${type.name} closed=True>`
  const access = ACCESS_NAMES[map.access]
  return `<${type.name} closed=False, access=${access}, length=${map.bytes.length}, pos=${map.at}, offset=${map.offset}>`
}

function find(self: PyMmap, sub: Uint8Array, start: Value | undefined, end: Value | undefined, reverse: boolean) {
  open(self)
  // The numbers' own code may close the map.
  const from = start === undefined ? undefined : toSsize(start)
  const to = end === undefined ? undefined : toSsize(end)
  const map = open(self)
  const size = map.bytes.length
  const bound = (at: number) => Math.min(Math.max(at < 0 ? at + size : at, 0), size)
  return (reverse ? bytesRfind : bytesFind)(map.bytes, sub, bound(from ?? map.at), bound(to ?? size))
}

function read(self: PyMmap, size: Value | undefined): Owned<Value> {
  open(self)
  const wanted = sizeOf(size)
  const map = open(self)
  const left = Math.max(map.bytes.length - map.at, 0)
  const count = wanted < 0 || wanted > left ? left : wanted
  map.at += count
  return newBytes(map.bytes.slice(map.at - count, map.at))
}

function readLine(self: PyMmap): Owned<Value> {
  const map = open(self)
  const from = Math.min(map.at, map.bytes.length)
  const found = map.bytes.indexOf(LF, from)
  map.at = found < 0 ? map.bytes.length : found + 1
  return newBytes(map.bytes.slice(from, map.at))
}

function write(self: PyMmap, bytes: Uint8Array): Owned<Value> {
  const map = writable(self)
  if (map.at > map.bytes.length || map.bytes.length - map.at < bytes.length) throw valueError('data out of range')
  map.bytes.set(bytes, map.at)
  map.at += bytes.length
  map.save(map.at - bytes.length, map.at)
  return bytes.length
}

function writeByte(self: PyMmap, value: Value): void {
  open(self)
  const byte = toIndex(value)
  if (byte < 0) throw overflowError('unsigned byte integer is less than minimum')
  if (byte > 255) throw overflowError('unsigned byte integer is greater than maximum')
  const map = writable(self)
  if (map.at >= map.bytes.length) throw valueError('write byte out of range')
  map.bytes[map.at++] = Number(byte)
  map.save(map.at - 1, map.at)
}

function seek(self: PyMmap, distance: number, whence: number): void {
  const map = open(self)
  const size = map.bytes.length
  if (whence < 0 || whence > 2) throw valueError('unknown seek type')
  const where = distance + (whence === 0 ? 0 : whence === 1 ? map.at : size)
  if (where < 0 || where > size) throw valueError('seek out of range')
  map.at = where
}

function move(self: PyMmap, target: number, source: number, count: number): void {
  const map = writable(self)
  const size = map.bytes.length
  if (target < 0 || source < 0 || count < 0 || size - target < count || size - source < count) {
    throw valueError('source, destination, or count out of range')
  }
  map.bytes.copyWithin(target, source, source + count)
  map.save(target, target + count)
}

function resize(self: PyMmap, size: number): void {
  const map = open(self)
  if (map.exports > 0) throw bufferError("mmap can't resize with extant buffers exported.")
  if (map.access !== ACCESS_WRITE && map.access !== ACCESS_DEFAULT) {
    throw typeError("mmap can't resize a readonly or copy-on-write memory map.")
  }
  if (size < 0) throw valueError('new size out of range')
  if (size === 0) throw osError(EINVAL)
  map.resize(size)
}

function flush(self: PyMmap, offset: number, sizeValue: Value | undefined): void {
  const given = sizeValue === undefined ? undefined : toSsize(sizeValue)
  const map = open(self)
  const size = given ?? map.bytes.length
  if (size < 0 || offset < 0 || map.bytes.length - offset < size) throw valueError('flush values out of range')
  if (map.access === ACCESS_READ || map.access === ACCESS_COPY) return
  if (offset % PAGE_SIZE !== 0) throw osError(EINVAL)
  map.save(offset, offset + size)
}

/** Advice has no meaning here, but what the system would refuse is refused. */
function advise(self: PyMmap, option: number, startValue: Value | undefined, lengthValue: Value | undefined): void {
  const start = startValue === undefined ? 0 : toSsize(startValue)
  const given = lengthValue === undefined ? undefined : toIndex(lengthValue)
  if (lengthValue !== undefined) toSsize(lengthValue)
  const map = open(self)
  const length = given ?? map.bytes.length
  if (start < 0 || start >= map.bytes.length) throw valueError('madvise start out of bounds')
  if (length < 0) throw valueError('madvise length invalid')
  if (BigInt(length) > SSIZE_MAX - BigInt(start)) throw overflowError('madvise length too large')
  if (option < 0 || option > MADV_MAX || start % PAGE_SIZE !== 0) throw osError(EINVAL)
}

function subscript(self: PyMmap, key: Value): Owned<Value> {
  open(self)
  if (isIndex(key)) {
    let at = toSubscript(key)
    const { bytes } = open(self)
    if (at < 0) at += bytes.length
    if (at < 0 || at >= bytes.length) throw indexError('mmap index out of range')
    return bytes[at]!
  }
  if (!isSlice(key)) throw typeError('mmap indices must be integers')
  const unpacked = unpackSlice(key)
  const { bytes } = open(self)
  const { start, step, count } = adjustSlice(unpacked, bytes.length)
  if (step === 1) return newBytes(bytes.slice(start, start + count))
  return newBytes(Uint8Array.from({ length: count }, (_, i) => bytes[start + i * step]!))
}

function assign(self: PyMmap, key: Value, value: Value | undefined): void {
  writable(self)
  if (isIndex(key)) {
    assignItem(self, key, value)
    return
  }
  if (!isSlice(key)) throw typeError('mmap indices must be integer')
  const unpacked = unpackSlice(key)
  const map = open(self)
  const { start, step, count } = adjustSlice(unpacked, map.bytes.length)
  if (value === undefined) throw typeError("mmap object doesn't support slice deletion")
  const source = bufferBytes(value)
  if (source.length !== count) throw indexError('mmap slice assignment is wrong size')
  if (count === 0) return
  if (step === 1) map.bytes.set(source, start)
  else for (let i = 0; i < count; i++) map.bytes[start + i * step] = source[i]!
  const last = start + (count - 1) * step
  map.save(Math.min(start, last), Math.max(start, last) + 1)
}

function assignItem(self: PyMmap, key: Value, value: Value | undefined): void {
  let at = toSubscript(key)
  const size = open(self).bytes.length
  if (at < 0) at += size
  if (at < 0 || at >= size) throw indexError('mmap index out of range')
  if (value === undefined) throw typeError("mmap doesn't support item deletion")
  if (!isIndex(value)) throw typeError('mmap item value must be an int')
  const byte = toIndex(value)
  if (byte < 0 || byte > 255) throw valueError('mmap item value must be in range(0, 256)')
  const map = open(self)
  map.bytes[at] = Number(byte)
  map.save(at, at + 1)
}

function item(self: PyMmap, index: number): Owned<Value> {
  const { bytes } = open(self)
  if (index < 0 || index >= bytes.length) throw indexError('mmap index out of range')
  return newBytes(bytes.slice(index, index + 1))
}

function defineMmapType(): void {
  defineType(mmapType, () => ({
    slots: {
      tp_new: tpNew(
        'function(fileno: int, length: ssize, flags: int = 1, prot: int = 3, access: int = 0, offset: ssize = 0)',
        (type: PyType, fd, length, flags, prot, access, offset) =>
          newOf<MmapData>(type, { map: newMap({ fd, length, flags, prot, access, offset }), weakrefs: null }),
      ),
      tp_dealloc: ({ data }) => data.map?.close(),
      tp_weakrefs: ({ data }) => data,
      tp_repr: show,
      mp_length: (self) => open(self).bytes.length,
      sq_length: (self) => open(self).bytes.length,
      sq_item: item,
      mp_subscript: subscript,
      mp_ass_subscript: assign,
      bf_getbuffer: (self, flags) => {
        const map = open(self)
        const view = exportBytes(self, map.bytes, map.access === ACCESS_READ, flags, () => {
          map.exports--
          map.save(0, map.bytes.length)
        })
        map.exports++
        return view
      },
    },
    methods: {
      'close()': close,
      'find(sub: bytes, start = NULL, end = NULL, /)': (self, sub, start, end): Owned<Value> =>
        find(self, sub, start, end, false),
      'rfind(sub: bytes, start = NULL, end = NULL, /)': (self, sub, start, end): Owned<Value> =>
        find(self, sub, start, end, true),
      'flush(offset: ssize = 0, size = NULL, /)': flush,
      'madvise(option: int, start = NULL, length = NULL, /)': advise,
      'move(dest: ssize, src: ssize, count: ssize, /)': move,
      'read(n = NULL, /)': read,
      'read_byte()': (self): Owned<Value> => {
        const map = open(self)
        if (map.at >= map.bytes.length) throw valueError('read byte out of range')
        return map.bytes[map.at++]!
      },
      'readline()': readLine,
      'resize(newsize: ssize, /)': resize,
      'seek(pos: ssize, whence = NULL, /)': (self, distance, whence) =>
        seek(self, distance, whence === undefined ? 0 : toCInt(whence)),
      'size()': (self): Owned<Value> => {
        const size = open(self).fileSize()
        if (size === null) throw osError(EBADF)
        return size
      },
      'tell()': (self): Owned<Value> => open(self).at,
      'write(bytes: bytes, /)': write,
      'write_byte(byte, /)': writeByte,
      '__enter__()': (self) => {
        open(self)
        return keep<Value>(self)
      },
      '__exit__(*args)': (self) => {
        close(self)
        return none()
      },
    },
    getset: { closed: ({ data }): Owned<Value> => data.map === null },
  }))
}

/** The module `mmap`. */
export const mmapModule = defineModule('mmap', () => {
  defineMmapType()
  return {
    types: [mmapType],
    attributes: {
      error: PyExc_OSError,
      PROT_EXEC: 4,
      PROT_READ,
      PROT_WRITE,
      MAP_SHARED,
      MAP_PRIVATE,
      MAP_DENYWRITE: 2048,
      MAP_EXECUTABLE: 4096,
      MAP_ANON: 32,
      MAP_ANONYMOUS: 32,
      MAP_POPULATE: 32768,
      MAP_STACK: 131072,
      PAGESIZE: PAGE_SIZE,
      ALLOCATIONGRANULARITY: PAGE_SIZE,
      ACCESS_DEFAULT,
      ACCESS_READ,
      ACCESS_WRITE,
      ACCESS_COPY,
      MADV_NORMAL: 0,
      MADV_RANDOM: 1,
      MADV_SEQUENTIAL: 2,
      MADV_WILLNEED: 3,
      MADV_DONTNEED: 4,
      MADV_FREE: 8,
      MADV_REMOVE: 9,
      MADV_DONTFORK: 10,
      MADV_DOFORK: 11,
      MADV_MERGEABLE: 12,
      MADV_UNMERGEABLE: 13,
      MADV_HUGEPAGE: 14,
      MADV_NOHUGEPAGE: 15,
      MADV_DONTDUMP: 16,
      MADV_DODUMP: 17,
      MADV_HWPOISON: 100,
    },
  }
})
