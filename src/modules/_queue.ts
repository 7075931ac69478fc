import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { defineType, tpNew } from '../objects/define.ts'
import { defineModule } from '../objects/define_module.ts'
import { newException, overflowError, valueError } from '../objects/errors.ts'
import { PyExc_Exception } from '../objects/exception_types.ts'
import { newOf } from '../objects/instance.ts'
import { newDict, newTuple } from '../objects/make.ts'
import { toDouble } from '../objects/number_protocol.ts'
import { type PyObject, type PyType, TPFLAGS_BASETYPE, TPFLAGS_HAVE_GC, type Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { genericAliasHook } from '../objects/type_hooks.ts'
import { builtinType, None, typeType } from '../objects/types.ts'
import { TIMEOUT_MAX, waitFor } from './_thread/wait.ts'

interface QueueData {
  /** The items; those before `first` have been taken. */
  items: (Owned<Value> | undefined)[]
  first: number
  weakrefs: WeakReferences | null
}

type PyQueue = PyObject<QueueData>

/** Taken items that may stand before the others until they are moved to the front. */
const GAP_MAX = 64

const queueType = builtinType<PyQueue>('_queue.SimpleQueue', TPFLAGS_HAVE_GC | TPFLAGS_BASETYPE)

function take(data: QueueData): Owned<Value> {
  const item = data.items[data.first]!
  data.items[data.first++] = undefined
  if (data.first > GAP_MAX && 2 * data.first > data.items.length) {
    data.items = data.items.slice(data.first)
    data.first = 0
  }
  return item
}

/** How long `get` may wait, in nanoseconds; `null` for ever. */
function patience(block: boolean, timeout: Value): bigint | null {
  if (!block) return 0n
  if (timeout === None) return null
  const seconds = toDouble(timeout)
  if (seconds < 0) throw valueError("'timeout' must be a non-negative number")
  if (seconds > TIMEOUT_MAX) throw overflowError('timeout value is too large')
  return BigInt(Math.ceil(seconds * 1e9))
}

function newEmptyError(): Owned<PyType> {
  const namespace = newDict()
  namespace.data.set('__module__', '_queue')
  const bases = newTuple([keep<Value>(PyExc_Exception)])
  try {
    return call(typeType, ['Empty', bases, namespace]) as Owned<PyType>
  } finally {
    drop(bases)
    drop(namespace)
  }
}

function clear(data: QueueData): void {
  const { items } = data
  data.items = []
  data.first = 0
  dropAll(items)
}

function defineQueue(emptyError: PyType): void {
  const get = ({ data }: PyQueue, limit: bigint | null): Owned<Value> => {
    if (!waitFor(() => data.items.length > data.first, limit)) throw newException(emptyError, [])
    return take(data)
  }
  defineType(queueType, () => ({
    slots: {
      tp_new: tpNew('SimpleQueue()', (type: PyType) => newOf<QueueData>(type, { items: [], first: 0, weakrefs: null })),
      tp_dealloc: ({ data }) => clear(data),
      tp_clear: ({ data }) => clear(data),
      tp_traverse: ({ data }, visit) => {
        for (const item of data.items) if (typeof item === 'object') visit(item)
      },
      tp_weakrefs: ({ data }) => data,
    },
    methods: {
      'put(item, block: bool = True, timeout = None)': ({ data }, item) => {
        data.items.push(keep(item))
      },
      'put_nowait(item)': ({ data }, item) => {
        data.items.push(keep(item))
      },
      'get(block: bool = True, timeout = None)': (self, block, timeout) => get(self, patience(block, timeout)),
      'get_nowait()': (self) => get(self, 0n),
      'empty()': ({ data }) => data.items.length === data.first,
      'qsize()': ({ data }) => data.items.length - data.first,
    },
    classMethods: { '__class_getitem__(item, /)': (type, item) => genericAliasHook.make(type, item) },
  }))
}

/** The module `_queue`. */
export const queueModule = defineModule('_queue', () => {
  const emptyError = newEmptyError()
  defineQueue(emptyError)
  return { types: [queueType], attributes: { Empty: emptyError } }
})
