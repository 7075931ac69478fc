import { strCodePoints, strFromCodePoints, strLength } from '../../base/values.ts'
import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asFloat, asInt, asStr } from '../../objects/access.ts'
import { lookupSpecial } from '../../objects/attributes.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { newFloat, newStr } from '../../objects/make.ts'
import { intAdd } from '../../objects/number/int_arith.ts'
import { binaryOp, binaryOp1, power, toIndex, unsupportedOperands } from '../../objects/number_protocol.ts'
import type { PyObject, Value } from '../../objects/object.ts'
import { PyFloat, TPFLAGS_BYTES_SUBCLASS } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { iter, len, next } from '../../objects/sequence_protocol.ts'
import { bytearrayType, floatType, isInstanceOf, None, NotImplemented, typeOf } from '../../objects/types.ts'

/** `abs(x)`. */
export function abs(value: Value): Owned<Value> {
  if (typeof value === 'number') return Math.abs(value)
  const { nb_absolute: absolute, name } = typeOf(value)
  if (absolute === undefined) throw typeError(`bad operand type for abs(): '${name}'`)
  return absolute(value)
}

/** `bin`, `oct` and `hex` (`PyNumber_ToBase`). */
export function toBase(value: Value, base: 2 | 8 | 16): string {
  const number = toIndex(value)
  const prefix = base === 2 ? '0b' : base === 8 ? '0o' : '0x'
  return number < 0 ? `-${prefix}${(-number).toString(base)}` : `${prefix}${number.toString(base)}`
}

/** `chr(i)`. */
export function chr(code: number): Owned<Value> {
  if (code < 0 || code > 0x10ffff) throw valueError('chr() arg not in range(0x110000)')
  return code <= 0xffff ? String.fromCharCode(code) : newStr(strFromCodePoints([code]))
}

/** `ord(c)`. */
export function ord(value: Value): number {
  const text = asStr(value)
  let size: number
  if (text !== undefined) {
    size = strLength(text)
    if (size === 1) return strCodePoints(text)[0]!
  } else if (
    typeof value === 'object' &&
    ((value.type.flags & TPFLAGS_BYTES_SUBCLASS) !== 0 || isInstanceOf(value, bytearrayType))
  ) {
    size = len(value)
    if (size === 1) {
      const item = value.type.sq_item ?? value.type.mp_subscript
      return item!(value, 0) as number
    }
  } else throw typeError(`ord() expected string of length 1, but ${typeOf(value).name} found`)
  throw typeError(`ord() expected a character, but string of length ${size} found`)
}

/** `divmod(x, y)`. */
export function divmod(x: Value, y: Value): Owned<Value> {
  const result = binaryOp1(x, y, 'nb_divmod')
  if (result === NotImplemented) throw unsupportedOperands(x, y, 'divmod()')
  return result
}

/** `pow(base, exp, mod=None)`. */
export function pow(base: Value, exponent: Value, modulus: Value): Owned<Value> {
  const result = power(base, exponent, modulus)
  if (result !== NotImplemented) return result
  if (modulus === None) throw unsupportedOperands(base, exponent, '** or pow()')
  const [first, second, third] = [base, exponent, modulus].map((value) => typeOf(value).name)
  throw typeError(`unsupported operand type(s) for ** or pow(): '${first}', '${second}', '${third}'`)
}

/** `round(number, ndigits=None)`. */
export function round(number: Value, digits: Value): Owned<Value> {
  const method = lookupSpecial(number, '__round__')
  if (method === undefined) throw typeError(`type ${typeOf(number).name} doesn't define __round__ method`)
  try {
    return call(method, digits === None ? [] : [digits])
  } finally {
    drop(method)
  }
}

const ADD = 0

function checkStart(start: Value): void {
  if (asStr(start) !== undefined) throw typeError("sum() can't sum strings [use ''.join(seq) instead]")
  if (typeof start !== 'object') return
  if ((start.type.flags & TPFLAGS_BYTES_SUBCLASS) !== 0) {
    throw typeError("sum() can't sum bytes [use b''.join(seq) instead]")
  }
  if (isInstanceOf(start, bytearrayType)) throw typeError("sum() can't sum bytearray [use b''.join(seq) instead]")
}

/** The running total of `sum`: plain numbers are added without objects as long as nothing else comes. */
class Total {
  /** The int so far, or `null` once something else has come. */
  int: number | bigint | null = null
  float = 0
  isFloat = false
  value: Owned<Value> | undefined = undefined

  constructor(start: Owned<Value>) {
    if (typeof start === 'number' || typeof start === 'bigint') this.int = start
    else if (typeof start === 'object' && start.type === floatType) {
      this.isFloat = true
      this.float = (start as Owned<PyObject<number>>).data
      drop(start)
    } else this.value = start
  }

  /** Adds an item, taking it over. */
  add(item: Owned<Value>): void {
    if (this.int !== null) {
      if (typeof item === 'number' || typeof item === 'bigint' || typeof item === 'boolean') {
        this.int = intAdd(this.int, asInt(item)!)
        return
      }
    }
    if (this.isFloat) {
      if (item instanceof PyFloat && item.type === floatType) {
        this.float += item.data
        drop(item)
        return
      }
      if (typeof item === 'number' || typeof item === 'boolean') {
        this.float += Number(item)
        return
      }
    }
    this.addObject(item)
  }

  private addObject(item: Owned<Value>): void {
    const before = this.take()
    try {
      const sum = binaryOp(before, item, ADD)
      if (asFloat(sum) !== undefined && (sum as PyObject).type === floatType) {
        this.isFloat = true
        this.float = asFloat(sum)!
        drop(sum)
      } else if (typeof sum === 'number' || typeof sum === 'bigint') this.int = sum
      else this.value = sum
    } finally {
      drop(before)
      drop(item)
    }
  }

  /** The total, owned; the object is empty afterwards. */
  take(): Owned<Value> {
    const { int, isFloat, float, value } = this
    this.int = null
    this.isFloat = false
    this.value = undefined
    if (int !== null) return int
    return isFloat ? newFloat(float) : value!
  }
}

/** `sum(iterable, start=0)`; `start` is taken over. */
export function sum(iterable: Value, start: Owned<Value>): Owned<Value> {
  const iterator = iter(iterable)
  try {
    checkStart(start)
    const total = new Total(start)
    try {
      for (let item = next(iterator); item !== undefined; item = next(iterator)) total.add(item)
    } catch (error) {
      drop(total.value)
      throw error
    }
    return total.take()
  } finally {
    drop(iterator)
  }
}
