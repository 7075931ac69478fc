import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getAttr } from '../../objects/attributes.ts'
import { defineType, tpInit } from '../../objects/define.ts'
import { runtimeError, valueError } from '../../objects/errors.ts'
import { newInstance } from '../../objects/instance.ts'
import type { PyInstance, PyType, Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { builtinType, type TypeFor } from '../../objects/types.ts'
import { bufferedReaderType, bufferedWriterType } from './buffered.ts'
import { chained, checkAbility } from './iobase.ts'
import { asks, bufferedIOBaseType, lifetime, method } from './types.ts'

interface PairData {
  reader: Owned<Value> | null
  writer: Owned<Value> | null
}

type PyPair = PyInstance<PairData>

export const bufferedRWPairType: TypeFor<PyPair> = builtinType<PyPair>(
  '_io.BufferedRWPair',
  bufferedIOBaseType.flags,
  bufferedIOBaseType,
)

function initialize(self: PyPair, reader: Value, writer: Value, size: number): void {
  checkAbility(reader, 'readable')
  checkAbility(writer, 'writable')
  const made: PairData = { reader: call(bufferedReaderType, [reader, size]), writer: null }
  try {
    made.writer = call(bufferedWriterType, [writer, size])
  } catch (error) {
    drop(made.reader)
    throw error
  }
  const { reader: oldReader, writer: oldWriter } = self.data
  self.data.reader = made.reader
  self.data.writer = made.writer
  drop(oldReader)
  drop(oldWriter)
}

function half(self: PyPair, which: 'reader' | 'writer'): Value {
  const stream = self.data[which]
  if (stream === null) throw valueError('I/O operation on uninitialized object')
  return stream
}

const forward =
  (which: 'reader' | 'writer', name: string) =>
  (self: PyPair, ...args: Value[]) =>
    method(half(self, which), name, ...args)

/** Closes both halves; the reader's failure is told, with the writer's for its context. */
function close(self: PyPair): Owned<Value> {
  let failure: unknown
  try {
    drop(method(half(self, 'writer'), 'close'))
  } catch (error) {
    failure = error
  }
  let result: Owned<Value>
  try {
    result = method(half(self, 'reader'), 'close')
  } catch (error) {
    throw failure === undefined ? error : chained(failure, error)
  }
  if (failure === undefined) return result
  drop(result)
  throw failure
}

/** Defines BufferedRWPair. */
export function defineRWPair(): void {
  defineType(bufferedRWPairType, () => ({
    slots: {
      tp_new: (type: PyType) => newInstance<PairData>(type, { reader: null, writer: null }),
      tp_init: tpInit(
        'BufferedRWPair(reader, writer, buffer_size: ssize = 8192, /)',
        (self: PyPair, reader, writer, size) => initialize(self, reader, writer, size),
      ),
      ...lifetime<PyPair>(
        ({ data }) => [data.reader, data.writer],
        ({ data }) => {
          data.reader = null
          data.writer = null
        },
      ),
    },
    methods: {
      'read(size = -1, /)': forward('reader', 'read'),
      'peek(size = 0, /)': forward('reader', 'peek'),
      'read1(size = -1, /)': forward('reader', 'read1'),
      'readinto(buffer, /)': forward('reader', 'readinto'),
      'readinto1(buffer, /)': forward('reader', 'readinto1'),
      'write(buffer, /)': forward('writer', 'write'),
      'flush()': forward('writer', 'flush'),
      'readable()': forward('reader', 'readable'),
      'writable()': forward('writer', 'writable'),
      'close()': close,
      'isatty()': (self): Owned<Value> => asks(half(self, 'writer'), 'isatty') || asks(half(self, 'reader'), 'isatty'),
    },
    getset: {
      closed: (self) => {
        if (self.data.writer === null) {
          throw runtimeError('the BufferedRWPair object is being garbage-collected')
        }
        return getAttr(self.data.writer, 'closed')
      },
    },
  }))
}
