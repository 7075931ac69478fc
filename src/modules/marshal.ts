import { load, loads } from '../bytecode/marshal_read.ts'
import { MARSHAL_VERSION } from '../bytecode/marshal_values.ts'
import { dumps } from '../bytecode/marshal_write.ts'
import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { toIndexSized } from '../objects/arguments.ts'
import { getAttr } from '../objects/attributes.ts'
import { newBytearray } from '../objects/bytearray.ts'
import { isBytes } from '../objects/bytes_like.ts'
import { defineModule } from '../objects/define_module.ts'
import { typeError, valueError } from '../objects/errors.ts'
import { newBytes } from '../objects/make.ts'
import type { Value } from '../objects/object.ts'
import { call, callMethod } from '../objects/protocols.ts'
import { typeOf } from '../objects/types.ts'
import { audit } from '../vm/audit.ts'
import { fromMarshal, toMarshal } from '../vm/marshal_values.ts'

function dumped(value: Value, version: number): Owned<Value> {
  audit('marshal.dumps', value, version)
  return newBytes(dumps(toMarshal(value), version))
}

/** Reads bytes of a file object: as many as asked for, fewer at its end. */
function reader(file: Value): (count: number) => Uint8Array {
  return (count) => {
    if (count === 0) return new Uint8Array(0)
    const readinto = getAttr(file, 'readinto')
    const buffer = newBytearray(new Uint8Array(count))
    try {
      const result = call(readinto, [buffer])
      const size = toIndexSized(result)
      drop(result)
      if (size > count) {
        throw valueError(`read() returned too much data: ${count} bytes requested, ${size} returned`)
      }
      return buffer.data.bytes.slice(0, size)
    } finally {
      drop(buffer)
      drop(readinto)
    }
  }
}

/** The module `marshal`. */
export const marshalModule = defineModule('marshal', () => ({
  functions: {
    'dump(value, file, version: int = 4, /)': (value, file, version): Owned<Value> => {
      const bytes = dumped(value, version)
      try {
        return callMethod(file, 'write', [bytes])
      } finally {
        drop(bytes)
      }
    },
    'dumps(value, version: int = 4, /)': dumped,
    'load(file, /)': (file): Owned<Value> => {
      // A read of nothing, so that a file that does not give bytes is refused.
      const data = callMethod(file, 'read', [0])
      const { name } = typeOf(data)
      const good = isBytes(data)
      drop(data)
      if (!good) throw typeError(`file.read() returned not bytes but ${name}`)
      audit('marshal.load')
      return fromMarshal(load(reader(file)))
    },
    'loads(bytes: bytes, /)': (bytes): Owned<Value> => fromMarshal(loads(bytes)),
  },
  attributes: { version: MARSHAL_VERSION },
}))
