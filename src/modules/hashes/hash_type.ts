import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { bufferBytes, hasBuffer } from '../../objects/buffer.ts'
import { defineType, type Slots } from '../../objects/define.ts'
import { typeError } from '../../objects/errors.ts'
import { newBytes } from '../../objects/make.ts'
import {
  newObject,
  type PyObject,
  type PyType,
  TPFLAGS_DISALLOW_INSTANTIATION,
  type Value,
} from '../../objects/object.ts'
import { builtinType } from '../../objects/types.ts'
import type { Hasher } from './block_hash.ts'

/** The `data` of a hash object. */
interface HashData {
  readonly hasher: Hasher
  readonly name: string
}

export type PyHash = PyObject<HashData>

/** The bytes to hash; text and what is no buffer are refused. */
export function hashable(value: Value): Uint8Array {
  if (asStr(value) !== undefined) throw typeError('Strings must be encoded before hashing')
  if (!hasBuffer(value)) throw typeError('object supporting the buffer API required')
  return bufferBytes(value)
}

/** A new hash object that has hashed `value`, if there is one. */
export function newHash(type: PyType, name: string, hasher: Hasher, value?: Value): Owned<PyHash> {
  if (value !== undefined) hasher.update(hashable(value))
  return newObject<HashData>(type, { hasher, name })
}

/** The hexadecimal digits of bytes. */
export function hexText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** What hash objects of a kind have more than all have. */
export interface HashTypeExtra {
  readonly slots?: Slots<PyHash>
  readonly methods?: Readonly<Record<string, (self: PyHash, ...args: never[]) => Owned<Value>>>
  readonly getset?: Readonly<Record<string, (self: PyHash) => Owned<Value>>>
  readonly attributes?: Readonly<Record<string, Value>>
}

/** A type of hash objects. Without a `tp_new` among its slots its instances come from functions alone. */
export function hashType(name: string, extra: HashTypeExtra = {}): PyType {
  const type = builtinType<PyHash>(name, extra.slots === undefined ? TPFLAGS_DISALLOW_INSTANTIATION : 0)
  return defineType(type, () => ({
    slots: extra.slots ?? {},
    methods: {
      'copy()': (self: PyHash) => newHash(self.type, self.data.name, self.data.hasher.copy()),
      'digest()': ({ data }: PyHash) => newBytes(data.hasher.digest()),
      'hexdigest()': ({ data }: PyHash): Owned<Value> => hexText(data.hasher.digest()),
      'update(obj, /)': ({ data }: PyHash, value: Value) => data.hasher.update(hashable(value)),
      ...(extra.methods as Record<never, never>),
    },
    getset: {
      block_size: ({ data }: PyHash): Owned<Value> => data.hasher.blockSize,
      digest_size: ({ data }: PyHash): Owned<Value> => data.hasher.digestSize,
      name: ({ data }: PyHash): Owned<Value> => data.name,
      ...extra.getset,
    },
    attributes: extra.attributes ?? {},
  }))
}
