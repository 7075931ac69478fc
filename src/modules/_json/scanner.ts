import { drop, dropAll, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { asStr } from '../../objects/access.ts'
import { getAttr } from '../../objects/attributes.ts'
import { callDef, defineType, MethodDef, type Result, tpNew } from '../../objects/define.ts'
import { DictTable } from '../../objects/dict_table.ts'
import { enterRecursive, leaveRecursive, stopIteration, typeError, valueError } from '../../objects/errors.ts'
import { intLimits } from '../../objects/int_limits.ts'
import { newDict, newFloat, newList, newStr, newTuple, none } from '../../objects/make.ts'
import { newObject, type PyObject, TPFLAGS_HAVE_GC, type Value } from '../../objects/object.ts'
import { call, isTrue } from '../../objects/protocols.ts'
import { intFromStr } from '../../objects/text/number_text.ts'
import { builtinType, floatType, intType, None, typeOf } from '../../objects/types.ts'
import { decodeError, type JsonText, jsonText, scanString, stringEnd } from './scan_string.ts'

interface ScannerData {
  readonly strict: boolean
  objectHook: Owned<Value>
  objectPairsHook: Owned<Value>
  parseFloat: Owned<Value>
  parseInt: Owned<Value>
  parseConstant: Owned<Value>
}

type PyScanner = PyObject<ScannerData>

/** `_json.make_scanner`. */
export const scannerType = builtinType<PyScanner>('_json.Scanner', TPFLAGS_HAVE_GC)

/** Digits of an int that is surely in the safe range. */
const SAFE_DIGITS = 15

/** Reads values from one document; `end` is where the last one ended. */
class Reader {
  end = 0
  private readonly document: JsonText
  private readonly units: string
  private readonly scanner: ScannerData
  private readonly plainInts: boolean
  private readonly plainFloats: boolean

  constructor(document: JsonText, scanner: ScannerData) {
    this.document = document
    this.units = document.units
    this.scanner = scanner
    this.plainInts = (scanner.parseInt as unknown) === intType
    this.plainFloats = (scanner.parseFloat as unknown) === floatType
  }

  /** The value at an index. Throws StopIteration with the index where none begins. */
  value(at: number): Owned<Value> {
    const { units } = this
    if (at >= units.length) throw stopIteration(at)
    switch (units.charCodeAt(at)) {
      case 0x22:
        return this.text(at + 1)
      case 0x7b: {
        enterRecursive(' while decoding a JSON object from a unicode string')
        try {
          return this.scanner.objectPairsHook === None ? this.object(at + 1) : this.pairs(at + 1)
        } finally {
          leaveRecursive()
        }
      }
      case 0x5b: {
        enterRecursive(' while decoding a JSON array from a unicode string')
        try {
          return this.array(at + 1)
        } finally {
          leaveRecursive()
        }
      }
      case 0x6e:
        if (!units.startsWith('null', at)) break
        this.end = at + 4
        return none()
      case 0x74:
        if (!units.startsWith('true', at)) break
        this.end = at + 4
        return true
      case 0x66:
        if (!units.startsWith('false', at)) break
        this.end = at + 5
        return false
      case 0x4e:
        if (units.startsWith('NaN', at)) return this.constant('NaN', at)
        break
      case 0x49:
        if (units.startsWith('Infinity', at)) return this.constant('Infinity', at)
        break
      case 0x2d:
        if (units.startsWith('-Infinity', at)) return this.constant('-Infinity', at)
        break
    }
    return this.number(at)
  }

  private text(at: number): Owned<Value> {
    const text = scanString(this.document, at, this.scanner.strict)
    this.end = stringEnd
    return typeof text === 'string' ? text : newStr(text)
  }

  private constant(name: string, at: number): Owned<Value> {
    const value = call(this.scanner.parseConstant, [name])
    this.end = at + name.length
    return value
  }

  /** The first index from `at` on that is no white space. */
  private skip(at: number): number {
    const { units } = this
    for (;;) {
      const unit = units.charCodeAt(at)
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return at
      at++
    }
  }

  /** A key with the colon behind it; `end` is then where its value begins. */
  private key(at: number): Owned<Value> {
    const { units } = this
    if (units.charCodeAt(at) !== 0x22) {
      decodeError('Expecting property name enclosed in double quotes', this.document, at)
    }
    const key = this.text(at + 1)
    const colon = this.skip(this.end)
    if (units.charCodeAt(colon) !== 0x3a) {
      drop(key)
      decodeError("Expecting ':' delimiter", this.document, colon)
    }
    this.end = this.skip(colon + 1)
    return key
  }

  /** Whether another item follows the last one, and then where it begins (`end`); `close` ends the container. */
  private more(close: number): boolean {
    const at = this.skip(this.end)
    const unit = this.units.charCodeAt(at)
    if (unit === close) {
      this.end = at + 1
      return false
    }
    if (unit !== 0x2c) decodeError("Expecting ',' delimiter", this.document, at)
    this.end = this.skip(at + 1)
    return true
  }

  /** Whether a container has items; `end` is then where the first one begins. */
  private first(at: number, close: number): boolean {
    const start = this.skip(at)
    const empty = this.units.charCodeAt(start) === close
    this.end = empty ? start + 1 : start
    return !empty
  }

  private object(at: number): Owned<Value> {
    const table = new DictTable()
    try {
      if (this.first(at, 0x7d)) {
        do {
          const key = this.key(this.end)
          let value: Owned<Value>
          try {
            value = this.value(this.end)
            table.set(key, value)
          } finally {
            if (typeof key !== 'string') drop(key)
          }
        } while (this.more(0x7d))
      }
    } catch (error) {
      table.clear()
      throw error
    }
    const dict = newDict(table)
    return this.scanner.objectHook === None ? dict : this.hooked(this.scanner.objectHook, dict)
  }

  private pairs(at: number): Owned<Value> {
    const items: Owned<Value>[] = []
    try {
      if (this.first(at, 0x7d)) {
        do {
          const key = this.key(this.end)
          let value: Owned<Value>
          try {
            value = this.value(this.end)
          } catch (error) {
            drop(key)
            throw error
          }
          items.push(newTuple([key, value]))
        } while (this.more(0x7d))
      }
    } catch (error) {
      dropAll(items)
      throw error
    }
    return this.hooked(this.scanner.objectPairsHook, newList(items))
  }

  private hooked(hook: Value, argument: Owned<Value>): Owned<Value> {
    const { end } = this
    try {
      return call(hook, [argument])
    } finally {
      drop(argument)
      this.end = end
    }
  }

  private array(at: number): Owned<Value> {
    const items: Owned<Value>[] = []
    try {
      if (this.first(at, 0x5d)) {
        do items.push(this.value(this.end))
        while (this.more(0x5d))
      }
    } catch (error) {
      dropAll(items)
      throw error
    }
    return newList(items)
  }

  private digits(at: number): number {
    const { units } = this
    for (;;) {
      const unit = units.charCodeAt(at)
      if (!(unit >= 0x30 && unit <= 0x39)) return at
      at++
    }
  }

  private number(start: number): Owned<Value> {
    const { units } = this
    const first = units.charCodeAt(start) === 0x2d ? start + 1 : start
    let at = units.charCodeAt(first) === 0x30 ? first + 1 : this.digits(first)
    if (at === first) throw stopIteration(start)
    let isFloat = false
    if (units.charCodeAt(at) === 0x2e) {
      const end = this.digits(at + 1)
      if (end > at + 1) {
        isFloat = true
        at = end
      }
    }
    if ((units.charCodeAt(at) | 0x20) === 0x65) {
      const sign = units.charCodeAt(at + 1)
      const from = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1
      const end = this.digits(from)
      if (end > from) {
        isFloat = true
        at = end
      }
    }
    this.end = at
    const text = units.slice(start, at)
    if (isFloat) return this.plainFloats ? newFloat(Number(text)) : this.custom(this.scanner.parseFloat, text)
    if (!this.plainInts) return this.custom(this.scanner.parseInt, text)
    if (at - first > SAFE_DIGITS) return intFromStr(text, 10, intLimits.maxStrDigits)
    const value = Number(text)
    return value === 0 ? 0 : value
  }

  private custom(parse: Value, text: string): Owned<Value> {
    const { end } = this
    const value = call(parse, [text])
    this.end = end
    return value
  }
}

function scan(self: PyScanner, source: Value, index: number): Owned<Value> {
  const text = asStr(source)
  if (text === undefined) throw typeError(`first argument must be a string, not ${typeOf(source).name}`)
  if (index < 0) throw valueError('idx cannot be negative')
  const reader = new Reader(jsonText(source, text), self.data)
  const value = reader.value(index)
  return newTuple([value, reader.end])
}

/** `_json.scanstring`. */
export function scanStringFunction(source: Value, start: number, strict: boolean): Owned<Value> {
  const text = asStr(source)
  if (text === undefined) throw typeError(`first argument must be a string, not ${typeOf(source).name}`)
  const value = newStr(scanString(jsonText(source, text), start, strict))
  return newTuple([value, stringEnd])
}

function newScanner(context: Value): Owned<PyScanner> {
  const owned: Owned<Value>[] = []
  const get = (name: string): Owned<Value> => {
    const value = getAttr(context, name)
    owned.push(value)
    return value
  }
  try {
    const flag = getAttr(context, 'strict')
    let strict: boolean
    try {
      strict = isTrue(flag)
    } finally {
      drop(flag)
    }
    const data: ScannerData = {
      strict,
      objectHook: get('object_hook'),
      objectPairsHook: get('object_pairs_hook'),
      parseFloat: get('parse_float'),
      parseInt: get('parse_int'),
      parseConstant: get('parse_constant'),
    }
    const scanner = newObject(scannerType, data)
    track(scanner)
    return scanner
  } catch (error) {
    dropAll(owned)
    throw error
  }
}

function parts(data: ScannerData): Owned<Value>[] {
  return [data.objectHook, data.objectPairsHook, data.parseFloat, data.parseInt, data.parseConstant]
}

/** Defines the type of scanners. */
export function defineScannerType(): void {
  const callDefinition = new MethodDef(
    'scan_once(string, idx: ssize)',
    scan as unknown as (...args: never[]) => Result,
    true,
    '',
  )
  defineType(scannerType, () => ({
    slots: {
      tp_new: tpNew('make_scanner(context)', (_type, context) => newScanner(context)),
      tp_call: (self, args, kwnames) => callDef(callDefinition, self, args, kwnames),
      tp_dealloc: ({ data }) => dropAll(parts(data)),
      tp_clear: ({ data }) => {
        const held = parts(data)
        data.objectHook =
          data.objectPairsHook =
          data.parseFloat =
          data.parseInt =
          data.parseConstant =
            None as Owned<Value>
        for (const value of held) {
          keep(None)
          drop(value)
        }
      },
      tp_traverse: ({ data }, visit) => {
        for (const value of parts(data)) if (typeof value === 'object') visit(value)
      },
    },
    members: {
      strict: ({ data }): Owned<Value> => data.strict,
      object_hook: ({ data }) => keep(data.objectHook),
      object_pairs_hook: ({ data }) => keep(data.objectPairsHook),
      parse_float: ({ data }) => keep(data.parseFloat),
      parse_int: ({ data }) => keep(data.parseInt),
      parse_constant: ({ data }) => keep(data.parseConstant),
    },
  }))
}
