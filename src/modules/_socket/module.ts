import type { Owned } from '../../memory/header.ts'
import { bufferBytes } from '../../objects/buffer.ts'
import { defineModule } from '../../objects/define_module.ts'
import { newException, overflowError, typeError } from '../../objects/errors.ts'
import { PyExc_OSError, PyExc_TimeoutError } from '../../objects/exception_types.ts'
import { newBytes, newFloat, newTuple, none } from '../../objects/make.ts'
import type { Value } from '../../objects/object.ts'
import { osError } from '../../vm/os_error.ts'
import { platform, SystemFault } from '../../vm/platform.ts'
import { exceptionClass } from '../exception_class.ts'
import { socketConstants } from './constants.ts'
import { defaults, defineSocketType, newSocket, socketType, timeoutOf } from './socket.ts'

/** The bytes of a dotted address of four numbers; OSError for anything else. */
function addressBytes(text: string): Uint8Array {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    throw newException(PyExc_OSError, ['illegal IP address string passed to inet_aton'])
  }
  return Uint8Array.from(parts, Number)
}

function addressText(bytes: Uint8Array): string {
  if (bytes.length !== 4) throw newException(PyExc_OSError, ['packed IP wrong length'])
  return bytes.join('.')
}

/** A 16-bit number with its bytes exchanged. */
function swap16(value: number, name: string): number {
  if (value < 0) throw overflowError(`${name}: can't convert negative Python int to C 16-bit unsigned integer`)
  if (value > 0xffff) throw overflowError(`${name}: Python int too large to convert to C 16-bit unsigned integer`)
  return ((value & 0xff) << 8) | (value >> 8)
}

function swap32(value: number): number {
  if (value < 0) throw overflowError("can't convert negative value to unsigned int")
  if (value > 0xffffffff) throw overflowError('int larger than 32 bits')
  const view = new DataView(new ArrayBuffer(4))
  view.setUint32(0, value, true)
  return view.getUint32(0)
}

function pair(family: number | null, type: number, proto: number): Owned<Value> {
  const kind = family ?? socketConstants.AF_UNIX
  try {
    const [one, other] = platform().fds.socketpair()
    return newTuple([newSocket(one, kind, type, proto), newSocket(other, kind, type, proto)])
  } catch (error) {
    if (error instanceof SystemFault) throw osError(error.errno)
    throw error
  }
}

/**
 * The module `_socket` without a network: pairs of connected sockets, addresses as text and bytes, and the numbers of
 * the interface. What would reach another machine is ENETUNREACH.
 */
export const socketModule = defineModule('_socket', () => {
  defineSocketType()
  const gaierror = exceptionClass('socket', 'gaierror', PyExc_OSError)
  const unknownHost = (): never => {
    throw newException(gaierror, [socketConstants.EAI_NONAME, 'Name or service not known'])
  }
  return {
    functions: {
      'socketpair(family: int = None, type: int = 1, proto: int = 0, /)': pair,
      'gethostname()': (): Owned<Value> => platform().processes.uname().nodename,
      'getdefaulttimeout()': () => (defaults.timeout === null ? none() : newFloat(defaults.timeout)),
      'setdefaulttimeout(timeout, /)': (timeout) => {
        defaults.timeout = timeoutOf(timeout)
      },
      'close(fd: int, /)': (fd) => {
        try {
          platform().fds.close(fd)
        } catch (error) {
          if (error instanceof SystemFault) throw osError(error.errno)
          throw error
        }
      },
      'dup(fd: int, /)': (fd): Owned<Value> => platform().fds.dup(fd, false),
      'inet_aton(ip_addr: text, /)': (text) => newBytes(addressBytes(text)),
      'inet_ntoa(packed_ip, /)': (packed): Owned<Value> => addressText(bufferBytes(packed)),
      'inet_pton(af: int, ip: text, /)': (family, text) => {
        if (family !== socketConstants.AF_INET) throw newException(PyExc_OSError, ['unknown address family'])
        return newBytes(addressBytes(text))
      },
      'inet_ntop(af: int, packed_ip, /)': (family, packed): Owned<Value> => {
        if (family !== socketConstants.AF_INET) throw newException(PyExc_OSError, ['unknown address family'])
        return addressText(bufferBytes(packed))
      },
      'htons(x: int, /)': (x): Owned<Value> => swap16(x, 'htons'),
      'ntohs(x: int, /)': (x): Owned<Value> => swap16(x, 'ntohs'),
      'htonl(x: ssize, /)': (x): Owned<Value> => swap32(x),
      'ntohl(x: ssize, /)': (x): Owned<Value> => swap32(x),
      'gethostbyname(hostname: text, /)': (name): Owned<Value> => {
        if (name === 'localhost') return '127.0.0.1'
        if (/^\d+(\.\d+){3}$/.test(name)) return addressText(addressBytes(name))
        return unknownHost()
      },
      'getaddrinfo(host, port, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0)': (host) => {
        if (typeof host !== 'string') throw typeError('getaddrinfo() argument 1 must be string or None')
        return unknownHost()
      },
    },
    types: [socketType],
    attributes: {
      SocketType: socketType,
      error: PyExc_OSError,
      timeout: PyExc_TimeoutError,
      gaierror,
      herror: exceptionClass('socket', 'herror', PyExc_OSError),
      has_ipv6: false,
      ...socketConstants,
    },
  }
})
