import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import { MersenneTwister } from './mt19937.ts'

function seeded(seed: number | bigint): MersenneTwister {
  const generator = new MersenneTwister()
  generator.seed(seed)
  return generator
}

test('streams are those of CPython for seeds of any size', () => {
  const rows: [number | bigint, number[], (number | bigint)[]][] = [
    [
      0,
      [0.8444218515250481, 0.7579544029403025, 0.420571580830845],
      [
        0,
        30,
        1097954097,
        2087043557,
        6034146168,
        7474650915735097,
        17434334414104329n,
        6604845167042249220n,
        309632603030337049989853251199n,
        0,
      ],
    ],
    [
      1,
      [0.13436424411240122, 0.8474337369372327, 0.763774618976614],
      [
        0,
        3,
        1063938749,
        3268308804,
        1930549411,
        3419269212589083,
        3782211717940758,
        8999366892653588108n,
        541585108681118164276832487336n,
        0,
      ],
    ],
    [
      4294967301,
      [0.15727238718789782, 0.2824866316461999, 0.6044540318498407],
      [
        0,
        11,
        1348137722,
        735810335,
        7634749622,
        7437165064584522,
        17545425287514913n,
        13471905691927776711n,
        1168961512439388344621471655936n,
        0,
      ],
    ],
    [
      -7,
      [0.32383276483316237, 0.15084917392450192, 0.6509344730398537],
      [
        0,
        26,
        1150797845,
        404285457,
        5865589240,
        8193883021837429,
        3867658884173557,
        1585446675937841368n,
        243219004536618414012314642266n,
        0,
      ],
    ],
    [
      1267650600228229401496703205376n,
      [0.7586581712996778, 0.22562004686918613, 0.9800682106697105],
      [
        0,
        22,
        1781892249,
        754103040,
        7510098725,
        3437779333383806,
        2354230401960120,
        8318000359824729448n,
        834969101012631149349235947139n,
        0,
      ],
    ],
    [
      123456789012345678901234567890n,
      [0.7275084571578186, 0.1595204831720859, 0.011812474780114934],
      [
        0,
        30,
        1894165686,
        3203362323,
        6678979653,
        5945659465208827,
        2032167705567055,
        6757674971616110186n,
        876901235065775449374037006489n,
        0,
      ],
    ],
  ]
  for (const [seed, floats, bits] of rows) {
    const generator = seeded(seed)
    for (const float of floats) assert.equal(generator.random(), float)
    const counts = [1, 5, 31, 32, 33, 53, 54, 64, 100, 0]
    assert.deepEqual(
      counts.map((count) => generator.getRandBits(count)),
      bits,
    )
  }
})

test('a state can be taken and set', () => {
  const generator = seeded(5)
  for (let i = 0; i < 2000; i++) generator.random()
  assert.equal(generator.random(), 0.6302541136422682)
  const state = generator.getState()
  assert.deepEqual([state.length, state[624], ...state.slice(0, 3)], [625, 258, 3934254850, 3327756600, 516867849])
  const next = generator.random()
  const other = new MersenneTwister()
  other.setState(state)
  assert.equal(other.random(), next)
})

test('wrong states and counts are refused', () => {
  const generator = seeded(1)
  const words = new Array<number>(624).fill(1)
  assert.throws(() => generator.setState(words), new PyError('ValueError', 'state vector is the wrong size'))
  assert.throws(() => generator.setState([...words, 700]), new PyError('ValueError', 'invalid state'))
  assert.throws(() => generator.setState([...words, -1]), new PyError('ValueError', 'invalid state'))
  assert.throws(() => generator.getRandBits(-1), new PyError('ValueError', 'number of bits must be non-negative'))
})
