import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt } from '../objects/access.ts'
import { lookupAttr } from '../objects/attributes.ts'
import { defineType } from '../objects/define.ts'
import { defineModule } from '../objects/define_module.ts'
import { keyError, overflowError, runtimeError, typeError, valueError } from '../objects/errors.ts'
import { PyExc_OSError } from '../objects/exception_types.ts'
import { newList, newTuple } from '../objects/make.ts'
import { toDouble, toIndex } from '../objects/number_protocol.ts'
import { newObject, type PyObject, TPFLAGS_DISALLOW_INSTANTIATION, type Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { toArray } from '../objects/sequence_protocol.ts'
import { builtinType, None, typeOf } from '../objects/types.ts'
import { awaitEvents } from '../vm/blocking.ts'
import { EBADF } from '../vm/errno.ts'
import { osError } from '../vm/os_error.ts'
import { POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLPRI, type PollRequest } from '../vm/platform.ts'

/** The descriptor of an int or of an object with `fileno()` (`PyObject_AsFileDescriptor`). */
export function fileDescriptor(value: Value): number {
  let number: number | bigint | undefined = asInt(value)
  if (number === undefined) {
    const method = lookupAttr(value, 'fileno')
    if (method === undefined) throw typeError('argument must be an int, or have a fileno() method.')
    let result: Owned<Value>
    try {
      result = call(method, [])
    } finally {
      drop(method)
    }
    number = asInt(result)
    drop(result)
    if (number === undefined) throw typeError('fileno() returned a non-integer')
  }
  if (number > 0x7fffffff || number < -0x80000000) throw overflowError('Python int too large to convert to C int')
  if (number < 0) throw valueError(`file descriptor cannot be a negative integer (${number})`)
  return Number(number)
}

/** Registered descriptors and their events, in order. */
interface PollData {
  readonly events: Map<number, number>
  polling: boolean
}

type PyPoll = PyObject<PollData>

const pollType = builtinType<PyPoll>('select.poll', TPFLAGS_DISALLOW_INSTANTIATION)

/** A number of seconds, or milliseconds, as a time to wait; None is for ever. */
function timeoutOf(value: Value, unit: number): bigint | null {
  if (value === None) return null
  if (typeOf(value).nb_float === undefined && typeOf(value).nb_index === undefined) {
    throw typeError('timeout must be an integer or None')
  }
  return BigInt(Math.ceil(toDouble(value) * unit))
}

function eventMask(value: Value): number {
  const mask = toIndex(value)
  if (mask < 0) throw valueError('value must be positive')
  if (mask > 0xffff) throw overflowError('Python int too large for C unsigned short')
  return Number(mask)
}

/** The longest time of a poll: a C `int` of milliseconds. */
const TIMEOUT_MAX = 0x7fffffffn * 1000000n

function poll({ data }: PyPoll, timeoutValue: Value): Owned<Value> {
  const timeout = timeoutOf(timeoutValue, 1e6)
  if (timeout !== null && timeout > TIMEOUT_MAX) throw overflowError('timeout is too large')
  if (data.polling) throw runtimeError('concurrent poll() invocation')
  const requests: PollRequest[] = [...data.events].map(([fd, events]) => ({ fd, events, revents: 0 }))
  data.polling = true
  try {
    awaitEvents(requests, timeout !== null && timeout < 0n ? null : timeout)
  } finally {
    data.polling = false
  }
  const ready = requests.filter(({ revents }) => revents !== 0)
  return newList(ready.map(({ fd, revents }) => newTuple([fd, revents])))
}

interface Watched {
  readonly object: Owned<Value>
  readonly fd: number
}

function watched(list: Value): Watched[] {
  return toArray(list).map((object) => ({ object, fd: fileDescriptor(object) }))
}

function select(readers: Value, writers: Value, exceptional: Value, timeoutValue: Value): Owned<Value> {
  if (
    timeoutValue !== None &&
    typeOf(timeoutValue).nb_float === undefined &&
    typeOf(timeoutValue).nb_index === undefined
  ) {
    throw typeError('timeout must be a float or None')
  }
  const timeout = timeoutOf(timeoutValue, 1e9)
  if (timeout !== null && timeout < 0n) throw valueError('timeout must be non-negative')
  const lists = [watched(readers), watched(writers), watched(exceptional)] as const
  const wanted = [POLLIN, POLLOUT, POLLPRI] as const
  try {
    const requests = new Map<number, { fd: number; events: number; revents: number }>()
    lists.forEach((list, i) => {
      for (const { fd } of list) {
        const request = requests.get(fd) ?? { fd, events: 0, revents: 0 }
        request.events |= wanted[i]!
        requests.set(fd, request)
      }
    })
    awaitEvents([...requests.values()], timeout)
    const shown = [POLLIN | POLLHUP | POLLERR, POLLOUT | POLLERR, POLLPRI] as const
    for (const { revents } of requests.values()) if ((revents & POLLNVAL) !== 0) throw osError(EBADF)
    return newTuple(
      lists.map((list, i) =>
        newList(
          list.filter(({ fd }) => (requests.get(fd)!.revents & shown[i]!) !== 0).map(({ object }) => keep(object)),
        ),
      ),
    )
  } finally {
    for (const list of lists) for (const { object } of list) drop(object)
  }
}

/** The `select` module: `select` and `poll` over what the platform can wait for. */
export const selectModule = defineModule('select', () => {
  defineType(pollType, () => ({
    methods: {
      'register(fd, eventmask = NULL, /)': ({ data }, fd, events) => {
        data.events.set(fileDescriptor(fd), events === undefined ? POLLIN | POLLPRI | POLLOUT : eventMask(events))
      },
      'modify(fd, eventmask, /)': ({ data }, fd, events) => {
        const number = fileDescriptor(fd)
        if (!data.events.has(number)) throw osError(2)
        data.events.set(number, eventMask(events))
      },
      'unregister(fd, /)': ({ data }, fd) => {
        const number = fileDescriptor(fd)
        if (!data.events.delete(number)) throw keyError(number)
      },
      'poll(timeout = None, /)': poll,
    },
  }))
  return {
    functions: {
      'select(rlist, wlist, xlist, timeout = None, /)': select,
      'poll()': () => newObject<PollData>(pollType, { events: new Map(), polling: false }),
    },
    attributes: {
      error: PyExc_OSError,
      PIPE_BUF: 4096,
      POLLIN,
      POLLPRI,
      POLLOUT,
      POLLERR,
      POLLHUP,
      POLLNVAL,
      POLLRDNORM: 64,
      POLLRDBAND: 128,
      POLLWRNORM: 256,
      POLLWRBAND: 512,
      POLLMSG: 1024,
      POLLRDHUP: 8192,
    },
  }
})
