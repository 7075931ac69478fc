import { tpNew } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { overflowError, valueError } from '../../objects/errors.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import type { PyType, Value } from '../../objects/object.ts'
import { Blake2, type Blake2Parameters } from './blake2.ts'
import { hashable, hashType, newHash } from './hash_type.ts'

/** What differs between BLAKE2b and BLAKE2s. */
interface Limits {
  readonly digest: number
  readonly salt: number
  readonly nodeOffsetBits: number
}

const SIGNATURE =
  '(data = NULL, /, *, digest_size: int = NULL, key = NULL, salt = NULL, person = NULL, fanout: int = 1, depth: int = 1, leaf_size = 0, node_offset = 0, node_depth: int = 0, inner_size: int = 0, last_node: bool = False, usedforsecurity: bool = True)'

function between(value: number, low: number, high: number, message: string): number {
  if (value < low || value > high) throw valueError(message)
  return value
}

/** The bytes of a parameter, at most so many. */
function limited(value: Value | undefined, max: number, what: string): Uint8Array {
  if (value === undefined) return new Uint8Array(0)
  const bytes = hashable(value)
  if (bytes.length > max) throw valueError(`maximum ${what} length is ${max} bytes`)
  return bytes
}

/** A number without sign, as C's converters take it. */
function unsigned(value: Value, bits: number, what: string): bigint {
  const number = BigInt(toIndex(value))
  if (number < 0n) throw valueError('value must be positive')
  if (number >> 64n !== 0n) throw overflowError('int too big to convert')
  if (number >> BigInt(bits) !== 0n) throw overflowError(`${what} is too large`)
  return number
}

function blake2Type(name: string, wide: boolean, limits: Limits): PyType {
  const { digest: max, salt: saltMax } = limits
  const make = tpNew(
    `${name}${SIGNATURE}`,
    (
      type,
      data,
      digestSize,
      key,
      salt,
      person,
      fanout,
      depth,
      leafSize,
      nodeOffset,
      nodeDepth,
      innerSize,
      lastNode,
    ) => {
      const parameters: Blake2Parameters = {
        digestSize: between(digestSize ?? max, 1, max, `digest_size must be between 1 and ${max} bytes`),
        salt: limited(salt, saltMax, 'salt'),
        person: limited(person, saltMax, 'person'),
        fanout: between(fanout, 0, 255, 'fanout must be between 0 and 255'),
        depth: between(depth, 1, 255, 'depth must be between 1 and 255'),
        leafSize: Number(unsigned(leafSize, 32, 'leaf_size')),
        nodeOffset: unsigned(nodeOffset, limits.nodeOffsetBits, 'node_offset'),
        nodeDepth: between(nodeDepth, 0, 255, 'node_depth must be between 0 and 255'),
        innerSize: between(innerSize, 0, max, `inner_size must be between 0 and is ${max}`),
        key: limited(key, max, 'key'),
        lastNode,
      }
      return newHash(type, name, new Blake2(wide, parameters), data)
    },
  )
  const attributes = { SALT_SIZE: saltMax, PERSON_SIZE: saltMax, MAX_KEY_SIZE: max, MAX_DIGEST_SIZE: max }
  return hashType(`_blake2.${name}`, { slots: { tp_new: make }, attributes })
}

const limitsOfB: Limits = { digest: 64, salt: 16, nodeOffsetBits: 64 }
const limitsOfS: Limits = { digest: 32, salt: 8, nodeOffsetBits: 48 }

function constants(prefix: string, { digest, salt }: Limits): Record<string, number> {
  return {
    [`${prefix}_MAX_DIGEST_SIZE`]: digest,
    [`${prefix}_MAX_KEY_SIZE`]: digest,
    [`${prefix}_PERSON_SIZE`]: salt,
    [`${prefix}_SALT_SIZE`]: salt,
  }
}

/** The module `_blake2`. */
export const blake2Module = defineModule('_blake2', () => ({
  types: [blake2Type('blake2b', true, limitsOfB), blake2Type('blake2s', false, limitsOfS)],
  attributes: { ...constants('BLAKE2B', limitsOfB), ...constants('BLAKE2S', limitsOfS) },
}))
