import { floatRepr } from '../../base/float_text.ts'
import { intRepr } from '../../base/int_text.ts'
import type { Str } from '../../base/values.ts'
import { drop, dropAll, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { asFloat, asInt, asStr } from '../../objects/access.ts'
import { type BuiltinData, callDef, defineType, MethodDef, type Result, tpNew } from '../../objects/define.ts'
import { enterRecursive, leaveRecursive, typeError, valueError } from '../../objects/errors.ts'
import { intLimits } from '../../objects/int_limits.ts'
import { newList, newStr, newTuple } from '../../objects/make.ts'
import {
  newObject,
  type PyDict,
  type PyList,
  type PyObject,
  type PyTuple,
  TPFLAGS_DICT_SUBCLASS,
  TPFLAGS_HAVE_GC,
  TPFLAGS_LIST_SUBCLASS,
  TPFLAGS_TUPLE_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { call, callMethod } from '../../objects/protocols.ts'
import { forEach } from '../../objects/sequence_protocol.ts'
import { builtinFunctionType, builtinType, dictType, None, typeOf } from '../../objects/types.ts'
import { quote, quoteAscii } from './escape.ts'

interface EncoderData {
  readonly markers: Owned<Value>
  readonly default: Owned<Value>
  readonly encoder: Owned<Value>
  readonly indent: Owned<Value>
  readonly keySeparator: Str
  readonly itemSeparator: Str
  readonly sortKeys: boolean
  readonly skipKeys: boolean
  readonly allowNan: boolean
  /** How strings are written where `encoder` is one of this module's own functions. */
  readonly quote: ((text: Str) => Str) | null
  /** Containers being written, if cycles are to be found. */
  readonly active: Set<PyObject> | null
}

type PyEncoder = PyObject<EncoderData>

/** `_json.make_encoder`. */
export const encoderType = builtinType<PyEncoder>('_json.Encoder', TPFLAGS_HAVE_GC)

/** Characters after which the text written so far is set aside. */
const FLUSH_AT = 4096

const WHERE = ' while encoding a JSON object'

/** Writes one value. */
class Writer {
  private readonly encoder: EncoderData
  private text = ''
  /** Pieces that came before `text`: strings above U+FFFF stand alone. */
  private readonly pieces: Str[] = []

  constructor(encoder: EncoderData) {
    this.encoder = encoder
  }

  /** What has been written, as `str` values. */
  result(): Owned<Value>[] {
    this.flush()
    return this.pieces.map((piece) => newStr(piece))
  }

  /**
   * Sets what has been written so far aside. Asking for a character makes V8 put the pieces of the text together: as long
   * as it consists of many small ones, each costs its garbage collector time.
   */
  private flush(): void {
    this.text.charCodeAt(0)
    this.pieces.push(this.text)
    this.text = ''
  }

  private put(text: Str): void {
    if (typeof text === 'string') {
      this.text += text
      return
    }
    this.pieces.push(this.text, text)
    this.text = ''
  }

  value(value: Value): void {
    switch (typeof value) {
      case 'string':
        this.string(value, value)
        return
      case 'number':
        this.text += value
        return
      case 'boolean':
        this.text += value ? 'true' : 'false'
        return
      case 'bigint':
        this.text += intRepr(value, intLimits.maxStrDigits)
        return
    }
    if (value === None) {
      this.text += 'null'
      return
    }
    const { flags } = value.type
    if ((flags & (TPFLAGS_LIST_SUBCLASS | TPFLAGS_TUPLE_SUBCLASS)) !== 0) this.nested(value, true)
    else if ((flags & TPFLAGS_DICT_SUBCLASS) !== 0) this.nested(value, false)
    else this.scalar(value)
  }

  private scalar(value: PyObject): void {
    const text = asStr(value)
    if (text !== undefined) {
      this.string(text, value)
      return
    }
    const int = asInt(value)
    if (int !== undefined) {
      this.text += intRepr(int, intLimits.maxStrDigits)
      return
    }
    const float = asFloat(value)
    if (float !== undefined) this.text += this.float(float)
    else this.other(value)
  }

  private nested(value: PyObject, isArray: boolean): void {
    if (this.text.length > FLUSH_AT) this.flush()
    enterRecursive(WHERE)
    try {
      if (isArray) this.array(value as PyList)
      else this.object(value as PyDict)
    } finally {
      leaveRecursive()
    }
  }

  private string(text: Str, value: Value): void {
    const { quote } = this.encoder
    if (quote !== null) {
      this.put(quote(text))
      return
    }
    const encoded = call(this.encoder.encoder, [value])
    const result = asStr(encoded)
    const found = typeOf(encoded).name
    drop(encoded)
    if (result === undefined) throw typeError(`encoder() must return a string, not ${found}`)
    this.put(result)
  }

  private float(value: number): string {
    if (Number.isFinite(value)) return floatRepr(value)
    if (!this.encoder.allowNan) throw valueError('Out of range float values are not JSON compliant')
    return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
  }

  private enter(value: PyObject): void {
    const { active } = this.encoder
    if (active === null) return
    if (active.has(value)) throw valueError('Circular reference detected')
    active.add(value)
  }

  private other(value: PyObject): void {
    this.enter(value)
    const replacement = call(this.encoder.default, [value])
    try {
      enterRecursive(WHERE)
      try {
        this.value(replacement)
      } finally {
        leaveRecursive()
      }
    } finally {
      drop(replacement)
    }
    this.encoder.active?.delete(value)
  }

  private array(list: PyList): void {
    const { data } = list
    if (data.length === 0) {
      this.text += '[]'
      return
    }
    this.enter(list)
    this.text += '['
    for (let i = 0; i < data.length; i++) {
      if (i > 0) this.put(this.encoder.itemSeparator)
      const item = data[i]!
      if (typeof item !== 'object') this.value(item)
      else {
        keep(item)
        try {
          this.value(item)
        } finally {
          drop(item)
        }
      }
    }
    this.encoder.active?.delete(list)
    this.text += ']'
  }

  private object(dict: PyDict): void {
    if (dict.data.used === 0) {
      this.text += '{}'
      return
    }
    this.enter(dict)
    this.text += '{'
    if (dict.type === dictType && !this.encoder.sortKeys) this.entries(dict)
    else this.items(dict)
    this.encoder.active?.delete(dict)
    this.text += '}'
  }

  /** The entries of a plain dict, as they were at the start: Python code may change it meanwhile. */
  private entries({ data }: PyDict): void {
    const keys = data.keys.slice()
    const values = data.values.slice()
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === undefined) continue
      keep(keys[i])
      keep(values[i])
    }
    try {
      let first = true
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i]
        if (key !== undefined && this.entry(key, values[i]!, first)) first = false
      }
    } finally {
      dropAll(keys)
      dropAll(values)
    }
  }

  /** What `items()` gives, sorted if asked for. */
  private items(dict: PyDict): void {
    const list = itemList(dict)
    try {
      if (this.encoder.sortKeys) drop(callMethod(list, 'sort', []))
      let first = true
      forEach(list, (item) => {
        const isPair = typeof item === 'object' && (item.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0
        if (!isPair || (item as PyTuple).data.length !== 2) throw valueError('items must return 2-tuples')
        const [key, value] = (item as PyTuple).data
        if (this.entry(key!, value!, first)) first = false
      })
    } finally {
      drop(list)
    }
  }

  /** One entry; false if its key is passed over. */
  private entry(key: Value, value: Value, first: boolean): boolean {
    if (typeof key === 'string') {
      if (!first) this.put(this.encoder.itemSeparator)
      this.string(key, key)
    } else {
      const text = this.keyText(key)
      if (text === undefined) return false
      if (!first) this.put(this.encoder.itemSeparator)
      this.string(text, asStr(key) === undefined ? newStr(text) : key)
    }
    this.put(this.encoder.keySeparator)
    this.value(value)
    return true
  }

  private keyText(key: Value): Str | undefined {
    const text = asStr(key)
    if (text !== undefined) return text
    const float = asFloat(key)
    if (float !== undefined) return this.float(float)
    if (typeof key === 'boolean') return key ? 'true' : 'false'
    if (key === None) return 'null'
    const int = asInt(key)
    if (int !== undefined) return intRepr(int, intLimits.maxStrDigits)
    if (this.encoder.skipKeys) return undefined
    throw typeError(`keys must be str, int, float, bool or None, not ${typeOf(key).name}`)
  }
}

/** `list(dict.items())` (`PyMapping_Items`). */
function itemList(dict: PyDict): Owned<PyList> {
  const items: Owned<Value>[] = []
  if (dict.type === dictType) {
    const { data } = dict
    for (let i = data.next(0); i >= 0; i = data.next(i + 1)) {
      items.push(newTuple([keep(data.keys[i]!), keep(data.values[i]!)]))
    }
    return newList(items)
  }
  const view = callMethod(dict, 'items', [])
  try {
    forEach(view, (item) => void items.push(keep(item)))
  } catch (error) {
    dropAll(items)
    throw error
  } finally {
    drop(view)
  }
  return newList(items)
}

function encode({ data }: PyEncoder, value: Value, _level: number): Owned<Value> {
  const writer = new Writer(data)
  writer.value(value)
  return newList(writer.result())
}

/** The function behind `encoder`, if it is one of this module's. */
function ownQuote(encoder: Value): ((text: Str) => Str) | null {
  if (typeof encoder !== 'object' || encoder.type !== builtinFunctionType) return null
  const { def } = encoder.data as BuiltinData
  if (def.owner !== '_json') return null
  return def.name === 'encode_basestring_ascii' ? quoteAscii : def.name === 'encode_basestring' ? quote : null
}

function held({ markers, default: fallback, encoder, indent }: EncoderData): Owned<Value>[] {
  return [markers, fallback, encoder, indent]
}

const SIGNATURE =
  'make_encoder(markers, default, encoder, indent, key_separator: str, item_separator: str, sort_keys: bool, skipkeys: bool, allow_nan: bool)'

/** Defines the type of encoders. */
export function defineEncoderType(): void {
  const callDefinition = new MethodDef(
    '_iterencode(obj, _current_indent_level: ssize)',
    encode as unknown as (...args: never[]) => Result,
    true,
    '',
  )
  defineType(encoderType, () => ({
    slots: {
      tp_new: tpNew(
        SIGNATURE,
        (_type, markers, fallback, encoder, indent, keySeparator, itemSeparator, sortKeys, skipKeys, allowNan) => {
          const isDict = typeof markers === 'object' && (markers.type.flags & TPFLAGS_DICT_SUBCLASS) !== 0
          if (markers !== None && !isDict) {
            throw typeError(`make_encoder() argument 1 must be dict or None, not ${typeOf(markers).name}`)
          }
          const data: EncoderData = {
            markers: keep(markers),
            default: keep(fallback),
            encoder: keep(encoder),
            indent: keep(indent),
            keySeparator,
            itemSeparator,
            sortKeys,
            skipKeys,
            allowNan,
            quote: ownQuote(encoder),
            active: markers === None ? null : new Set(),
          }
          const made = newObject(encoderType, data)
          track(made)
          return made
        },
      ),
      tp_call: (self, args, kwnames) => callDef(callDefinition, self, args, kwnames),
      tp_dealloc: ({ data }) => dropAll(held(data)),
      tp_traverse: ({ data }, visit) => {
        for (const value of held(data)) if (typeof value === 'object') visit(value)
      },
    },
    members: {
      markers: ({ data }) => keep(data.markers),
      default: ({ data }) => keep(data.default),
      encoder: ({ data }) => keep(data.encoder),
      indent: ({ data }) => keep(data.indent),
      key_separator: ({ data }) => newStr(data.keySeparator),
      item_separator: ({ data }) => newStr(data.itemSeparator),
      sort_keys: ({ data }): Owned<Value> => data.sortKeys,
      skipkeys: ({ data }): Owned<Value> => data.skipKeys,
    },
  }))
}
