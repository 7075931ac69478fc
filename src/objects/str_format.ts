import { type Str, strCodePoints, strLength } from '../base/values.ts'
import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asFloat, asInt, asStr } from './access.ts'
import { getAttr } from './attributes.ts'
import { keyError, typeError } from './errors.ts'
import { asciiHook, format } from './format.ts'
import { intLimits } from './int_limits.ts'
import { newStr } from './make.ts'
import { toDouble, toIndex } from './number_protocol.ts'
import { type KeywordNames, TPFLAGS_TUPLE_SUBCLASS, type Value } from './object.ts'
import { repr, reprText, str, strText } from './protocols.ts'
import { getItem } from './sequence_protocol.ts'
import { type FormatValues, strFormat } from './text/format_string.ts'
import { type StrPercentValues, strPercent } from './text/percent.ts'
import { typeOf } from './types.ts'

/** Values made while a text is formatted; they are given up at its end. */
class Temporaries {
  private readonly values: Owned<Value>[] = []

  add(value: Owned<Value>): Value {
    if (typeof value === 'object') this.values.push(value)
    return value
  }

  end(): void {
    for (const value of this.values) drop(value)
  }
}

function formatValues(
  made: Temporaries,
  args: readonly Value[] | null,
  keyword: (name: Str) => Value,
): FormatValues<Value> {
  return {
    args,
    keyword,
    attribute: (value, name) => made.add(getAttr(value, newStr(name))),
    item: (value, key) => made.add(getItem(value, typeof key === 'object' ? newStr(key) : key)),
    convert: (value, conversion) =>
      made.add(conversion === 's' ? str(value) : conversion === 'r' ? repr(value) : asciiHook.ascii(value)),
    format: (value, spec) => {
      const text = format(value, newStr(spec))
      made.add(text)
      return asStr(text)!
    },
  }
}

/** `template.format(*args, **kwargs)`. */
export function formatMethod(template: Str, args: readonly Value[], kwnames: KeywordNames): Str {
  const made = new Temporaries()
  const count = args.length - (kwnames?.length ?? 0)
  const keyword = (name: Str): Value => {
    const wanted = newStr(name)
    const at = kwnames === null ? -1 : kwnames.findIndex((key) => key === wanted || sameText(key, name))
    if (at < 0) throw keyError(wanted)
    return args[count + at]!
  }
  try {
    return strFormat(template, formatValues(made, args.slice(0, count), keyword))
  } finally {
    made.end()
  }
}

function sameText(key: Value, name: Str): boolean {
  return (
    typeof name === 'object' && typeof key === 'object' && strCodePoints(asStr(key)!).join() === name.codePoints.join()
  )
}

/** `template.format_map(mapping)`. */
export function formatMapMethod(template: Str, mapping: Value): Str {
  const made = new Temporaries()
  try {
    return strFormat(
      template,
      formatValues(made, null, (name) => made.add(getItem(mapping, newStr(name)))),
    )
  } finally {
    made.end()
  }
}

/** The int of a value for `%d` and its like; `null` where it has none. */
export function percentInt(value: Value, byIndexAlone: boolean): number | bigint | null {
  const int = asInt(value)
  if (int !== undefined) return int
  const type = typeOf(value)
  if (byIndexAlone || type.nb_int === undefined) return type.nb_index === undefined ? null : toIndex(value)
  const result = type.nb_int(value)
  const number = asInt(result)
  const { name } = typeOf(result)
  drop(result)
  if (number === undefined) throw typeError(`__int__ returned non-int (type ${name})`)
  return number
}

/** The float of a value for `%f` and its like. */
export function percentFloat(value: Value): number {
  const float = asFloat(value)
  if (float !== undefined) return float
  return toDouble(value)
}

/** `template % operand`. */
export function percent(template: Str, operand: Value): Str {
  const made = new Temporaries()
  const isTuple = typeof operand === 'object' && (operand.type.flags & TPFLAGS_TUPLE_SUBCLASS) !== 0
  const values: StrPercentValues<Value> = {
    operand,
    items: isTuple ? (operand.data as readonly Value[]) : null,
    isMapping: typeOf(operand).mp_subscript !== undefined && !isTuple && asStr(operand) === undefined,
    maxDigits: intLimits.maxStrDigits,
    typeName: (value) => typeOf(value).name,
    star: (value) => asInt(value) ?? null,
    int: percentInt,
    float: percentFloat,
    char: (value) => {
      const text = asStr(value)
      if (text !== undefined) return strLength(text) === 1 ? strCodePoints(text)[0]! : null
      return percentInt(value, true)
    },
    item: (key) => made.add(getItem(operand, newStr(key))),
    text: (value, conversion) => {
      if (conversion === 's') return strText(value)
      return conversion === 'r' ? reprText(value) : asStr(asciiHook.ascii(value))!
    },
  }
  try {
    return strPercent(template, values)
  } finally {
    made.end()
  }
}
