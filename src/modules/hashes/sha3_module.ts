import type { Owned } from '../../memory/header.ts'
import { asInt } from '../../objects/access.ts'
import { tpNew } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { valueError } from '../../objects/errors.ts'
import { newBytes } from '../../objects/make.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import type { PyType, Value } from '../../objects/object.ts'
import { type HashTypeExtra, hashType, hexText, newHash, type PyHash } from './hash_type.ts'
import { Keccak } from './keccak.ts'

const STATE_BYTES = 200
const SHA3 = 0x06
const SHAKE = 0x1f
const MAX_OUTPUT = 2 ** 29

function outputLength(value: Value): number {
  const length = asInt(value) ?? toIndex(value)
  if (length < 0) throw valueError('value must be positive')
  if (length >= MAX_OUTPUT) throw valueError('length is too large')
  return Number(length)
}

function keccakType(name: string, bits: number, isShake: boolean): PyType {
  const capacity = 2 * bits
  const blockSize = STATE_BYTES - capacity / 8
  const squeeze = ({ data }: PyHash, length: Value) => (data.hasher as Keccak).squeeze(outputLength(length))
  const extra: HashTypeExtra = {
    slots: {
      tp_new: tpNew(`${name}(data = NULL, /, *, usedforsecurity: bool = True)`, (type, data) =>
        newHash(type, name, new Keccak(blockSize, isShake ? 0 : bits / 8, isShake ? SHAKE : SHA3), data),
      ),
    },
    methods: isShake
      ? {
          'digest(length, /)': (self: PyHash, length: Value) => newBytes(squeeze(self, length)),
          'hexdigest(length, /)': (self: PyHash, length: Value): Owned<Value> => hexText(squeeze(self, length)),
        }
      : {},
    getset: {
      _capacity_bits: (): Owned<Value> => capacity,
      _rate_bits: (): Owned<Value> => 8 * blockSize,
      _suffix: () => newBytes(Uint8Array.of(isShake ? SHAKE : SHA3)),
    },
  }
  return hashType(`_sha3.${name}`, extra)
}

/** The module `_sha3`. */
export const sha3Module = defineModule('_sha3', () => ({
  types: [
    ...[224, 256, 384, 512].map((bits) => keccakType(`sha3_${bits}`, bits, false)),
    ...[128, 256].map((bits) => keccakType(`shake_${bits}`, bits, true)),
  ],
  attributes: { implementation: 'tiny_sha3', keccakopt: 64 },
}))
