import type { Owned, WeakReferences } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { bufferBytes, getBuffer, PyBUF_WRITABLE } from '../../objects/buffer.ts'
import { defineType, tpInit } from '../../objects/define.ts'
import { newException, valueError } from '../../objects/errors.ts'
import { PyExc_BlockingIOError, PyExc_TimeoutError } from '../../objects/exception_types.ts'
import { newInstance } from '../../objects/instance.ts'
import { newBytes, newFloat, none } from '../../objects/make.ts'
import { toDouble } from '../../objects/number_protocol.ts'
import { newObject, type PyObject, type PyType, TPFLAGS_BASETYPE, type Value } from '../../objects/object.ts'
import { builtinType, None } from '../../objects/types.ts'
import { awaitEvents } from '../../vm/blocking.ts'
import { osError } from '../../vm/os_error.ts'
import { POLLIN, POLLOUT, platform, SystemFault } from '../../vm/platform.ts'
import { socketConstants } from './constants.ts'

/** The `data` of a socket. There is no network: a socket is one end of a pair, or only a number. */
interface SocketData {
  fd: number
  family: number
  type: number
  proto: number
  /** Seconds; `null` for ever, 0 for not at all. */
  timeout: number | null
  weakrefs: WeakReferences | null
}

export type PySocket = PyObject<SocketData>

export const socketType = builtinType<PySocket>('_socket.socket', TPFLAGS_BASETYPE)

const EBADF = 9
const EAGAIN = 11
const ENETUNREACH = 101
const ENOTCONN = 107

/** Default timeout of new sockets (`setdefaulttimeout`). */
export const defaults: { timeout: number | null } = { timeout: null }

function newData(): SocketData {
  return { fd: -1, family: -1, type: -1, proto: -1, timeout: defaults.timeout, weakrefs: null }
}

/** A socket around a descriptor. */
export function newSocket(fd: number, family: number, type: number, proto: number): Owned<PySocket> {
  return newObject(socketType, { ...newData(), fd, family, type, proto })
}

function call<T>(operation: () => T): T {
  try {
    return operation()
  } catch (error) {
    if (error instanceof SystemFault) throw osError(error.errno)
    throw error
  }
}

function open({ data }: PySocket): number {
  if (data.fd < 0) throw osError(EBADF)
  return data.fd
}

/** Waits until a socket can be read or written. */
function ready(self: PySocket, events: number): void {
  const { timeout } = self.data
  const request = { fd: open(self), events, revents: 0 }
  const limit = timeout === null ? null : BigInt(Math.ceil(timeout * 1e9))
  if (awaitEvents([request], limit) > 0) return
  if (timeout === 0) throw newException(PyExc_BlockingIOError, [EAGAIN, 'Resource temporarily unavailable'])
  throw newException(PyExc_TimeoutError, ['timed out'])
}

function receive(self: PySocket, into: Uint8Array): number {
  ready(self, POLLIN)
  return call(() => platform().fds.read(self.data.fd, into))
}

function send(self: PySocket, bytes: Uint8Array): number {
  ready(self, POLLOUT)
  return call(() => platform().fds.write(self.data.fd, bytes))
}

function close({ data }: PySocket): void {
  const { fd } = data
  data.fd = -1
  if (fd >= 0) call(() => platform().fds.close(fd))
}

/** The timeout in seconds, `null` for None. */
export function timeoutOf(value: Value): number | null {
  if (value === None) return null
  const seconds = toDouble(value)
  if (Number.isNaN(seconds)) throw valueError('Invalid value NaN (not a number)')
  if (seconds < 0) throw valueError('Timeout value out of range')
  return seconds
}

const unreachable = (): never => {
  throw osError(ENETUNREACH)
}

const notConnected = (): never => {
  throw osError(ENOTCONN)
}

function initialize(self: PySocket, family: number, type: number, proto: number, fileno: Value): void {
  const { data } = self
  data.family = family === -1 ? socketConstants.AF_INET : family
  data.type = type === -1 ? socketConstants.SOCK_STREAM : type
  data.proto = proto === -1 ? 0 : proto
  if (fileno !== None) {
    const fd = asInt(fileno)
    if (typeof fd !== 'number' || fd < 0) throw valueError('negative file descriptor')
    data.fd = fd
    return
  }
  // A descriptor of its own, though nothing can be reached with it.
  const [ours, other] = call(() => platform().fds.socketpair())
  call(() => platform().fds.close(other))
  data.fd = ours
}

/** Gives the socket type its behaviour. */
export function defineSocketType(): void {
  defineType(socketType, () => ({
    slots: {
      tp_new: (type: PyType) => (type === socketType ? newObject(socketType, newData()) : newInstance(type, newData())),
      tp_init: tpInit('socket(family: int = -1, type: int = -1, proto: int = -1, fileno = None)', initialize),
      tp_repr: ({ data }): Owned<Value> =>
        `<socket object, fd=${data.fd}, family=${data.family}, type=${data.type}, proto=${data.proto}>`,
      tp_weakrefs: ({ data }) => data,
      tp_dealloc: (self) => close(self),
    },
    methods: {
      'fileno()': ({ data }): Owned<Value> => data.fd,
      'detach()': ({ data }): Owned<Value> => {
        const { fd } = data
        data.fd = -1
        return fd
      },
      'close()': close,
      'recv(bufsize: ssize, flags: int = 0, /)': (self, size) => {
        if (size < 0) throw valueError('negative buffersize in recv')
        const bytes = new Uint8Array(size)
        return newBytes(bytes.slice(0, receive(self, bytes)))
      },
      'recv_into(buffer, nbytes: ssize = 0, flags: int = 0)': (self, buffer, size): Owned<Value> => {
        const view = getBuffer(buffer, PyBUF_WRITABLE)
        try {
          const bytes = new Uint8Array(size === 0 ? view.bytes.length : size)
          const count = receive(self, bytes)
          view.bytes.set(bytes.subarray(0, count))
          return count
        } finally {
          view.release()
        }
      },
      'send(data, flags: int = 0, /)': (self, data): Owned<Value> => send(self, bufferBytes(data)),
      'sendall(data, flags: int = 0, /)': (self, data) => {
        const bytes = bufferBytes(data).slice()
        for (let at = 0; at < bytes.length; ) at += send(self, bytes.subarray(at))
      },
      'setblocking(flag: bool, /)': ({ data }, flag) => {
        data.timeout = flag ? null : 0
      },
      'getblocking()': ({ data }): Owned<Value> => data.timeout !== 0,
      'settimeout(timeout, /)': ({ data }, timeout) => {
        data.timeout = timeoutOf(timeout)
      },
      'gettimeout()': ({ data }) => (data.timeout === null ? none() : newFloat(data.timeout)),
      'shutdown(how: int, /)': (self) => void open(self),
      'connect(address, /)': unreachable,
      'connect_ex(address, /)': (): Owned<Value> => ENETUNREACH,
      'bind(address, /)': unreachable,
      'listen(backlog: int = 128, /)': unreachable,
      '_accept()': unreachable,
      'getpeername()': notConnected,
      'getsockname()': (): Owned<Value> => '',
      'setsockopt(level: int, option: int, value = NULL, optlen: int = 0, /)': (self) => void open(self),
      'getsockopt(level: int, option: int, buflen: int = 0, /)': (): Owned<Value> => 0,
    },
    members: {
      family: ({ data }): Owned<Value> => data.family,
      type: ({ data }): Owned<Value> => data.type,
      proto: ({ data }): Owned<Value> => data.proto,
    },
    getset: { timeout: ({ data }) => (data.timeout === null ? none() : newFloat(data.timeout)) },
  }))
}
