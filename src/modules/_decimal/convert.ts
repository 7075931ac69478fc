import { canonicalInt, type Str } from '../../base/values.ts'
import { asFloat, asInt, asStr } from '../../objects/access.ts'
import { overflowError, typeError, valueError } from '../../objects/errors.ts'
import { intNegate, intSub } from '../../objects/number/int_arith.ts'
import {
  type PyTuple,
  TPFLAGS_LIST_SUBCLASS,
  TPFLAGS_TUPLE_SUBCLASS,
  TPFLAGS_UNICODE_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { typeOf } from '../../objects/types.ts'
import { toIntegral } from './adjust.ts'
import {
  CONVERSION_SYNTAX,
  type Context,
  countDigits,
  Dec,
  derived,
  type Exp,
  FINITE,
  FLOAT_OPERATION,
  finite,
  INFINITE,
  infinity,
  isNan,
  NAN,
  Status,
  shiftLeft,
  ZERO,
} from './number.ts'
import { finalize } from './rounding.ts'
import { addStatus } from './signals.ts'
import { asciiNumber, parseExactly, parseNumber, toScientific } from './text.ts'
import { asDecimal, met } from './types.ts'

/*
 * Values of Python to numbers and back.
 */

/** An int, exactly. */
export function fromInt(value: number | bigint): Dec {
  if (typeof value === 'number') {
    const magnitude = value < 0 ? -value : value
    const coef = BigInt(magnitude)
    return new Dec(FINITE, value < 0, coef, countDigits(coef), 0)
  }
  return finite(value < 0n, value < 0n ? -value : value, 0)
}

const double = new DataView(new ArrayBuffer(8))

/** A float, exactly. */
export function fromFloat(value: number): Dec {
  if (Number.isNaN(value)) return NAN
  if (!Number.isFinite(value)) return infinity(value < 0)
  const negative = value < 0 || Object.is(value, -0)
  const magnitude = Math.abs(value)
  if (Number.isInteger(magnitude)) return finite(negative, BigInt(magnitude), 0)
  double.setFloat64(0, magnitude)
  const bits = double.getBigUint64(0)
  const biased = Number(bits >> 52n)
  let mantissa = (bits & 0xfffffffffffffn) | (biased === 0 ? 0n : 1n << 52n)
  let places = 1075 - Math.max(1, biased)
  while ((mantissa & 1n) === 0n) {
    mantissa >>= 1n
    places--
  }
  return finite(negative, mantissa * 5n ** BigInt(places), -places)
}

/** An operand: a Decimal or an int; `undefined` for other values. */
export function operand(value: Value): Dec | undefined {
  const decimal = asDecimal(value)
  if (decimal !== undefined) return decimal
  const int = asInt(value)
  return int === undefined ? undefined : fromInt(int)
}

/** The TypeError of a value that is no number to us. */
function unsupported(value: Value): unknown {
  return typeError(`conversion from ${typeOf(value).name} to Decimal is not supported`)
}

/** An operand, or TypeError. */
export function requiredOperand(value: Value): Dec {
  const number = operand(value)
  if (number === undefined) throw unsupported(value)
  return number
}

/** A text, exactly; white space around it and underscores are no part of it. */
function fromTextExactly(text: Str, ctx: Context): Dec {
  const st = new Status()
  const result = parseExactly(asciiNumber(text, true), met, st)
  if (st.bits !== 0) addStatus(ctx, st.bits)
  return result
}

/** A text as the context says. */
function fromText(text: string, ctx: Context): Dec {
  const st = new Status()
  const result = parseNumber(text, ctx, st)
  if (st.bits !== 0) addStatus(ctx, st.bits)
  return result
}

function isSequence(value: Value): boolean {
  return (typeOf(value).flags & (TPFLAGS_TUPLE_SUBCLASS | TPFLAGS_LIST_SUBCLASS)) !== 0
}

const LONG_MAX = 2n ** 63n - 1n

function toLong(value: number | bigint, cType: string): number | bigint {
  if (value > LONG_MAX || value < -LONG_MAX - 1n) {
    throw overflowError(`Python int too large to convert to C ${cType}`)
  }
  return value
}

/** The text of a tuple `(sign, digits, exponent)`. */
function tupleText(tuple: Value): string {
  const items = (tuple as PyTuple).data
  if (items.length !== 3) throw valueError('argument must be a sequence of length 3')
  const [signItem, digitsItem, expItem] = items as readonly Value[] as [Value, Value, Value]
  const sign = asInt(signItem)
  if (sign === undefined) throw valueError('sign must be an integer with the value 0 or 1')
  toLong(sign, 'long')
  if (sign !== 0 && sign !== 1) throw valueError('sign must be an integer with the value 0 or 1')
  let text = sign === 1 ? '-' : '+'
  let exponent: number | bigint | undefined
  let infinite = false
  if ((typeOf(expItem).flags & TPFLAGS_UNICODE_SUBCLASS) !== 0) {
    const code = asStr(expItem)
    if (code === 'F') {
      text += 'Inf'
      infinite = true
    } else if (code === 'n') text += 'NaN'
    else if (code === 'N') text += 'sNaN'
    else throw valueError("string argument in the third position must be 'F', 'n' or 'N'")
  } else {
    exponent = asInt(expItem)
    if (exponent === undefined) throw valueError('exponent must be an integer')
    toLong(exponent, 'ssize_t')
  }
  const digits = tupleDigits(digitsItem)
  if (infinite) return text
  if (exponent === undefined) return text + digits
  return `${text}${digits === '' ? '0' : digits}E${exponent}`
}

function tupleDigits(value: Value): string {
  const wrong = () => valueError('coefficient must be a tuple of digits')
  if (!isSequence(value)) throw wrong()
  let text = ''
  for (const item of (value as PyTuple).data) {
    const digit = asInt(item)
    if (digit === undefined) throw wrong()
    toLong(digit, 'long')
    if (digit < 0 || digit > 9) throw wrong()
    text += String(digit)
  }
  return text
}

/** Any value that the constructor takes, exactly; `undefined` (no argument) is zero. */
export function fromObjectExactly(value: Value | undefined, ctx: Context): Dec {
  if (value === undefined) return ZERO
  const number = operand(value)
  if (number !== undefined) return number
  const text = asStr(value)
  if (text !== undefined) return fromTextExactly(text, ctx)
  if (isSequence(value)) {
    const st = new Status()
    const result = parseExactly(tupleText(value), met, st)
    if (st.bits !== 0) addStatus(ctx, st.bits)
    return result
  }
  const float = asFloat(value)
  if (float === undefined) throw unsupported(value)
  addStatus(ctx, FLOAT_OPERATION)
  return fromFloat(float)
}

/** A number made to fit a context, whose conditions are noted. */
export function applied(value: Dec, ctx: Context): Dec {
  const st = new Status()
  const result = finalize(value, ctx, st)
  if (st.bits !== 0) addStatus(ctx, st.bits)
  return result
}

/** Any value that the constructor takes, as the context says (`create_decimal`). */
export function fromObject(value: Value | undefined, ctx: Context): Dec {
  if (value === undefined) return applied(ZERO, ctx)
  const decimal = asDecimal(value)
  if (decimal !== undefined) {
    if (isNan(decimal) && decimal.digits > intSub(ctx.prec, ctx.clamp)) {
      addStatus(ctx, CONVERSION_SYNTAX)
      return NAN
    }
    return applied(decimal, ctx)
  }
  const int = asInt(value)
  // The int zero, unlike no argument, is not made to fit.
  if (int !== undefined) return int === 0 ? ZERO : applied(fromInt(int), ctx)
  const text = asStr(value)
  if (text !== undefined) return fromText(asciiNumber(text, false), ctx)
  if (isSequence(value)) return fromText(tupleText(value), ctx)
  const float = asFloat(value)
  if (float === undefined) throw unsupported(value)
  addStatus(ctx, FLOAT_OPERATION)
  return applied(fromFloat(float), ctx)
}

/** An int or float, exactly; TypeError for others. */
export function fromNumberExactly(value: Value): Dec {
  const int = asInt(value)
  if (int !== undefined) return fromInt(int)
  const float = asFloat(value)
  if (float === undefined) throw typeError('argument must be int or float')
  return fromFloat(float)
}

/** The int that rounding gives. */
export function toInt(value: Dec, ctx: Context, round: number): number | bigint {
  if (isNan(value)) throw valueError('cannot convert NaN to integer')
  if (value.kind === INFINITE) throw overflowError('cannot convert Infinity to integer')
  const whole = toIntegral(value, derived(ctx, ctx.prec, round, ctx.clamp), new Status())
  const magnitude = shiftLeft(whole.coef, whole.exp)
  return canonicalInt(whole.negative ? -magnitude : magnitude)
}

/** The nearest float. */
export function toFloat(value: Dec): number {
  if (isNan(value)) {
    if (value.kind === 3) throw valueError('cannot convert signaling NaN to float')
    return Number.NaN
  }
  return Number(toScientific(value, 1))
}

const MODULUS = 2n ** 61n - 1n
const INVERSE_OF_TEN = 2075258708292324556n
const powersKnown: bigint[] = [1n]
const inversesKnown: bigint[] = [1n]
const POWERS_KEPT = 1000

function powerModulus(base: bigint, exponent: Exp, known: bigint[]): bigint {
  if (exponent <= POWERS_KEPT) {
    while (known.length <= exponent) known.push((known[known.length - 1]! * base) % MODULUS)
    return known[Number(exponent)]!
  }
  let result = 1n
  let factor = base
  // The powers repeat after MODULUS − 1 steps.
  for (let rest = BigInt(exponent) % (MODULUS - 1n); rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * factor) % MODULUS
    factor = (factor * factor) % MODULUS
  }
  return result
}

const INFINITE_HASH = 314159

/** The hash of a number that is no NaN: that of an equal int, float or Fraction. */
export function hashNumber(value: Dec): number | bigint {
  if (value.hash !== undefined) return value.hash
  let hash: number | bigint
  if (value.kind === INFINITE) hash = value.negative ? -INFINITE_HASH : INFINITE_HASH
  else {
    const power =
      value.exp >= 0
        ? powerModulus(10n, value.exp, powersKnown)
        : powerModulus(INVERSE_OF_TEN, intNegate(value.exp), inversesKnown)
    const magnitude = (value.coef * power) % MODULUS
    hash = canonicalInt(value.negative ? -magnitude : magnitude)
    if (hash === -1) hash = -2
  }
  value.hash = hash
  return hash
}
