import { strToUtf16 } from '../../base/values.ts'
import type { Owned } from '../../memory/header.ts'
import { builtinPolls, pollWords } from '../../memory/state.ts'
import { asInt, asStr, utf16 } from '../../objects/access.ts'
import { bufferBytes } from '../../objects/buffer.ts'
import { type BuiltinFunction, defineType } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { memoryError, newException, overflowError, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_ValueError } from '../../objects/exception_types.ts'
import { newBytes, newDict, newFrozenSet, newStr, newText } from '../../objects/make.ts'
import { newMappingProxy } from '../../objects/mappingproxy.ts'
import {
  newObject,
  type PyDict,
  type PyObject,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_DISALLOW_INSTANTIATION,
  type Value,
} from '../../objects/object.ts'
import { address } from '../../objects/object_object.ts'
import { reprText } from '../../objects/protocols.ts'
import { SetTable } from '../../objects/set_table.ts'
import { builtinType, None, typeOf } from '../../objects/types.ts'
import { compareDigest } from '../_operator/compare_digest.ts'
import { exceptionClass } from '../exception_class.ts'
import type { Hasher } from '../hashes/block_hash.ts'
import { hashable, hexText } from '../hashes/hash_type.ts'
import type { Keccak } from '../hashes/keccak.ts'
import { type Digest, digestNames, findDigest } from './digests.ts'
import { Hmac, pbkdf2, scrypt } from './key_derivation.ts'

type PyHash = PyObject<{ readonly name: string; readonly hasher: Hasher }>
type PyHmac = PyObject<{ readonly name: string; readonly hmac: Hmac }>

const hashType = builtinType<PyHash>('_hashlib.HASH', TPFLAGS_BASETYPE | TPFLAGS_DISALLOW_INSTANTIATION)
const xofType = builtinType<PyHash>('_hashlib.HASHXOF', TPFLAGS_BASETYPE | TPFLAGS_DISALLOW_INSTANTIATION, hashType)
const hmacType = builtinType<PyHmac>('_hashlib.HMAC', TPFLAGS_BASETYPE | TPFLAGS_DISALLOW_INSTANTIATION)
const UnsupportedDigestmodError = exceptionClass('_hashlib', 'UnsupportedDigestmodError', PyExc_ValueError)

/** The functions `openssl_…`: a name of a hash function each. */
const CONSTRUCTORS = [
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'],
  ...['sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'shake_128', 'shake_256'],
]

const INT_MAX = 0x7fffffff
const LONG_MAX = 2n ** 63n - 1n
const OUTPUT_MAX = 2 ** 29
/** Memory that OpenSSL lets scrypt take unless it is told a limit. */
const SCRYPT_MEMORY = 32 * 2 ** 20

const poll = () => {
  if (pollWords[0] !== 0) builtinPolls.serve()
}

function digestOf(name: string): Digest {
  const digest = findDigest(name)
  if (digest === null) {
    throw newException(UnsupportedDigestmodError, ['[digital envelope routines] unsupported'])
  }
  return digest
}

function newHash({ name, begin }: Digest, data: Value | undefined): Owned<Value> {
  const hasher = begin()
  if (data !== undefined) hasher.update(hashable(data))
  return newObject<PyHash['data']>(hasher.digestSize === 0 ? xofType : hashType, { name, hasher })
}

/** The dict behind `_constructors`: names of hash functions by their functions. */
const constructors: Owned<PyDict> = newDict()

/** The hash function that a `digestmod` names: a str, or one of the functions `openssl_…`. */
function digestModule(value: Value): Digest {
  const text = asStr(value) !== undefined ? value : constructors.data.get(value)
  if (text === undefined) {
    throw newException(UnsupportedDigestmodError, [newText(`Unsupported digestmod ${strToUtf16(reprText(value))}`)])
  }
  return digestOf(utf16(text))
}

/** A function for HMAC: one that gives as many bytes as are asked for has no use there. */
function hmacDigest(value: Value): Digest {
  const digest = digestModule(value)
  if (digest.begin().digestSize === 0) throw valueError('no reason supplied')
  return digest
}

function newHmac(key: Uint8Array, message: Value | undefined, digestmod: Value | undefined): Owned<Value> {
  if (digestmod === undefined || digestmod === None) throw typeError("Missing required parameter 'digestmod'.")
  const { name, begin } = hmacDigest(digestmod)
  const hmac = Hmac.withKey(begin, key)
  if (message !== undefined && message !== None) hmac.update(hashable(message))
  return newObject<PyHmac['data']>(hmacType, { name: `hmac-${name}`, hmac })
}

function deriveKey(
  name: string,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: Value,
  lengthValue: Value,
): Owned<Value> {
  const { begin } = digestOf(name)
  const count = long(iterations)
  if (count < 1) throw valueError('iteration value must be greater than 0.')
  if (count > INT_MAX) throw overflowError('iteration value is too great.')
  const length = lengthValue === None ? begin().digestSize : long(lengthValue)
  if (length < 1) throw valueError('key length must be greater than 0.')
  if (length > INT_MAX) throw overflowError('key length is too great.')
  return newBytes(pbkdf2(begin, password.slice(), salt.slice(), Number(count), Number(length), poll))
}

/** A C `long`. */
function long(value: Value): number | bigint {
  const number = asInt(value)
  if (number === undefined) throw typeError(`'${typeOf(value).name}' object cannot be interpreted as an integer`)
  if (number > LONG_MAX || number < -LONG_MAX - 1n) throw overflowError('Python int too large to convert to C long')
  return number
}

/** A cost of scrypt: an int that must be given. */
function cost(value: Value, name: string): number {
  if (value === None) throw typeError(`${name} is required and must be an unsigned int`)
  const number = asInt(value)
  if (number === undefined) throw typeError(`scrypt() argument '${name}' must be int, not ${typeOf(value).name}`)
  if (number < 0 || number > 2n ** 64n - 1n) throw typeError(`${name} is required and must be an unsigned int`)
  return Number(number)
}

interface ScryptArguments {
  readonly password: Uint8Array
  readonly salt: Value
  readonly n: Value
  readonly r: Value
  readonly p: Value
  readonly maxMemory: number | bigint
  readonly length: number | bigint
}

function derive({ password, salt, n, r, p, maxMemory, length }: ScryptArguments): Owned<Value> {
  if (salt === None) throw typeError('salt is required')
  const saltBytes = bufferBytes(salt)
  const costs = { n: cost(n, 'n'), r: 0, p: 0 }
  if (costs.n < 2 || !Number.isInteger(Math.log2(costs.n))) throw valueError('n must be a power of 2.')
  costs.r = cost(r, 'r')
  costs.p = cost(p, 'p')
  if (maxMemory < 0 || maxMemory > INT_MAX) throw valueError(`maxmem must be positive and smaller than ${INT_MAX}`)
  if (length < 1 || length > INT_MAX) throw valueError(`dklen must be greater than 0 and smaller than ${INT_MAX}`)
  const isPossible = costs.r > 0 && costs.p > 0 && costs.p <= (2 ** 30 - 1) / costs.r && costs.n < 2 ** (16 * costs.r)
  if (!isPossible) throw valueError('Invalid parameter combination for n, r, p, maxmem.')
  const memory = 128 * costs.r * (costs.n + costs.p + 2)
  if (memory > (maxMemory === 0 ? SCRYPT_MEMORY : Number(maxMemory))) {
    throw valueError('[digital envelope routines] memory limit exceeded')
  }
  return newBytes(scrypt(password.slice(), saltBytes.slice(), costs, Number(length), poll))
}

function outputLength(value: number): number {
  if (value < 0 || value >= OUTPUT_MAX) throw memoryError()
  return value
}

const squeeze = ({ data }: PyHash, length: number) => (data.hasher as Keccak).squeeze(outputLength(length))

function defineHashTypes(): void {
  defineType(hashType, () => ({
    slots: {
      tp_repr: (self): Owned<Value> => newStr(`<${self.data.name} ${self.type.name} object @ ${address(self)}>`),
    },
    methods: {
      'update(obj, /)': ({ data }, value) => data.hasher.update(hashable(value)),
      'digest()': ({ data }) => newBytes(data.hasher.digest()),
      'hexdigest()': ({ data }): Owned<Value> => hexText(data.hasher.digest()),
      'copy()': ({ type, data }) => newObject<PyHash['data']>(type, { name: data.name, hasher: data.hasher.copy() }),
    },
    getset: {
      digest_size: ({ data }): Owned<Value> => data.hasher.digestSize,
      block_size: ({ data }): Owned<Value> => data.hasher.blockSize,
      name: ({ data }): Owned<Value> => data.name,
    },
  }))
  defineType(xofType, () => ({
    methods: {
      'digest(length: ssize)': (self: PyHash, length: number) => newBytes(squeeze(self, length)),
      'hexdigest(length: ssize)': (self: PyHash, length: number): Owned<Value> => hexText(squeeze(self, length)),
    },
  }))
}

function defineHmacType(): void {
  defineType(hmacType, () => ({
    slots: {
      // Its name is shown without what stands before it.
      tp_repr: (self): Owned<Value> =>
        newStr(`<${self.data.name.slice('hmac-'.length)} HMAC object @ ${address(self)}>`),
    },
    methods: {
      'update(msg)': ({ data }, value) => data.hmac.update(hashable(value)),
      'digest()': ({ data }) => newBytes(data.hmac.digest()),
      'hexdigest()': ({ data }): Owned<Value> => hexText(data.hmac.digest()),
      'copy()': ({ data }) => newObject<PyHmac['data']>(hmacType, { name: data.name, hmac: data.hmac.copy() }),
    },
    getset: {
      digest_size: ({ data }): Owned<Value> => data.hmac.digestSize,
      block_size: ({ data }): Owned<Value> => data.hmac.blockSize,
      name: ({ data }): Owned<Value> => data.name,
    },
  }))
}

type ConstructorSignature = `openssl_${string}(string = NULL, *, usedforsecurity: bool = True)`

function constructorFunctions(): Record<ConstructorSignature, BuiltinFunction<ConstructorSignature>> {
  const functions: Record<ConstructorSignature, BuiltinFunction<ConstructorSignature>> = {}
  for (const name of CONSTRUCTORS) {
    const digest = digestOf(name)
    functions[`openssl_${name}(string = NULL, *, usedforsecurity: bool = True)`] = (string: Value | undefined) =>
      newHash(digest, string)
  }
  return functions
}

function nameSet(): Owned<Value> {
  const table = new SetTable()
  for (const name of digestNames) table.add(name)
  return newFrozenSet(table)
}

const types: readonly PyType[] = [hashType, xofType, hmacType, UnsupportedDigestmodError]

/** The module `_hashlib`, with the hash functions of our own in OpenSSL's place. */
export const hashlibModule = defineModule('_hashlib', () => {
  defineHashTypes()
  defineHmacType()
  defineType(UnsupportedDigestmodError, () => ({}))
  return {
    functions: {
      ...constructorFunctions(),
      'new(name, string = NULL, *, usedforsecurity: bool = True)': (name, string) => {
        const text = asStr(name)
        if (text === undefined) throw typeError('name must be a string')
        return newHash(digestOf(strToUtf16(text)), string)
      },
      'hmac_new(key: bytes, msg = NULL, digestmod = NULL)': newHmac,
      'hmac_digest(key: bytes, msg: bytes, digest)': (key, message, digest) => {
        const hmac = Hmac.withKey(hmacDigest(digest).begin, key)
        hmac.update(message)
        return newBytes(hmac.digest())
      },
      'compare_digest(a, b, /)': (a, b) => compareDigest(a, b),
      'pbkdf2_hmac(hash_name: text, password: bytes, salt: bytes, iterations, dklen = None)': deriveKey,
      'scrypt(password: bytes, *, salt = None, n = None, r = None, p = None, maxmem: index = 0, dklen: index = 64)': (
        password,
        salt,
        n,
        r,
        p,
        maxMemory,
        length,
      ) => derive({ password, salt, n, r, p, maxMemory, length }),
      'get_fips_mode()': (): Owned<Value> => 0,
    },
    types,
    setup: ({ data }) => {
      data.set('openssl_md_meth_names', nameSet())
      for (const name of CONSTRUCTORS) constructors.data.set(data.get(`openssl_${name}`)!, name)
      data.set('_constructors', newMappingProxy(constructors))
    },
  }
})
