import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exp, ln, log10 } from './logarithms.ts'
import { Context, finite, ROUND_HALF_EVEN, Status } from './number.ts'
import { sqrt } from './roots.ts'
import { parseNumber, toScientific } from './text.ts'

const context = (prec: number) => new Context(prec, 999999, -999999, ROUND_HALF_EVEN, 0, 0)

test('a result with few digits is that with many, rounded once', () => {
  for (const operation of [exp, ln, log10, sqrt]) {
    for (let n = 2n; n < 60n; n++) {
      const operand = finite(false, n * 7n + 3n, -1)
      const long = operation(operand, context(90), new Status())
      for (const prec of [1, 2, 7, 16, 33, 60]) {
        const short = operation(operand, context(prec), new Status())
        const rounded = parseNumber(toScientific(long, 1), context(prec), new Status())
        assert.equal(toScientific(short, 1), toScientific(rounded, 1))
      }
    }
  }
})

test('exp undoes ln', () => {
  for (let n = 1n; n < 40n; n++) {
    const operand = finite(false, n * n * 12345678901234567890n + 1n, -15)
    const back = exp(ln(operand, context(60), new Status()), context(40), new Status())
    assert.equal(
      BigInt(toScientific(back, 1).replace('.', '').slice(0, 20)),
      BigInt(operand.coef.toString().slice(0, 20)),
    )
  }
})
