import type { Owned } from '../memory/header.ts'
import { asInt } from '../objects/access.ts'
import { defineType } from '../objects/define.ts'
import { defineModule } from '../objects/define_module.ts'
import { overflowError, typeError, valueError } from '../objects/errors.ts'
import { newOf } from '../objects/instance.ts'
import { newFloat, newTuple } from '../objects/make.ts'
import {
  type KeywordNames,
  type PyObject,
  type PyTuple,
  type PyType,
  TPFLAGS_BASETYPE,
  type Value,
} from '../objects/object.ts'
import { hash } from '../objects/protocols.ts'
import { builtinType, isInstanceOf, None, tupleType } from '../objects/types.ts'
import { platform } from '../vm/platform.ts'
import { MersenneTwister } from './_random/mt19937.ts'

type PyRandom = PyObject<MersenneTwister>

const randomType = builtinType<PyRandom>('_random.Random', TPFLAGS_BASETYPE)

/** 32-bit words of entropy that CPython seeds with. */
const ENTROPY_WORDS = 624

function seed({ data }: PyRandom, value: Value): void {
  if (value === None) {
    const words = new Uint32Array(ENTROPY_WORDS)
    platform().processes.random(new Uint8Array(words.buffer))
    data.seedByArray([...words])
    return
  }
  const int = asInt(value)
  data.seed(int !== undefined ? int : BigInt.asUintN(64, BigInt(hash(value))))
}

const UNSIGNED_MAX = 2n ** 64n - 1n

/** A C `unsigned long`; no conversion takes place. */
function toUnsigned(value: Value): number | bigint {
  const int = asInt(value)
  if (int === undefined) throw typeError('an integer is required')
  if (int < 0) throw overflowError("can't convert negative value to unsigned int")
  if (int > UNSIGNED_MAX) throw overflowError('Python int too large to convert to C unsigned long')
  return int
}

function setState({ data }: PyRandom, state: Value): void {
  if (!isInstanceOf(state, tupleType)) throw typeError('state vector must be a tuple')
  const items = (state as PyTuple).data
  if (items.length !== ENTROPY_WORDS + 1) throw valueError('state vector is the wrong size')
  const words = items.slice(0, ENTROPY_WORDS).map(toUnsigned)
  const index = asInt(items[ENTROPY_WORDS]!)
  if (index === undefined) throw typeError('an integer is required')
  data.setState([...words, index])
}

function defineRandom(): void {
  const init = (self: PyRandom, args: readonly Value[], kwnames: KeywordNames) => {
    const keywords = kwnames === null ? 0 : kwnames.length
    if (keywords > 0 && self.type.tp_init === randomType.tp_init) {
      throw typeError('Random() takes no keyword arguments')
    }
    if (args.length - keywords > 1) throw typeError('Random() requires 0 or 1 argument')
    seed(self, args.length > keywords ? args[0]! : None)
  }
  defineType(randomType, () => ({
    slots: {
      tp_new: (type: PyType): Owned<Value> => newOf(type, new MersenneTwister()),
      tp_init: init,
    },
    methods: {
      'random()': ({ data }: PyRandom) => newFloat(data.random()),
      'seed(n = None, /)': seed,
      'getstate()': ({ data }: PyRandom) => newTuple(data.getState()),
      'setstate(state, /)': setState,
      'getrandbits(k: int, /)': ({ data }: PyRandom, k): Owned<Value> => data.getRandBits(k),
    },
  }))
}

/** The module `_random`. */
export const randomModule = defineModule('_random', () => {
  defineRandom()
  return { types: [randomType] }
})
