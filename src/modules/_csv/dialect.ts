import { type Str, strCodePoints, strFromCodePoints, strLength, strToUtf16 } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { toCInt } from '../../objects/arguments.ts'
import { lookupAttr } from '../../objects/attributes.ts'
import { defineType } from '../../objects/define.ts'
import { isException, newException, typeError } from '../../objects/errors.ts'
import { PyExc_BaseException } from '../../objects/exception_types.ts'
import { newOf } from '../../objects/instance.ts'
import { newDict, newStr, none } from '../../objects/make.ts'
import {
  type KeywordNames,
  type PyDict,
  type PyObject,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  type Value,
} from '../../objects/object.ts'
import { isTrue } from '../../objects/protocols.ts'
import { qualName } from '../../objects/type_names.ts'
import { builtinType, isInstanceOf, None, typeOf } from '../../objects/types.ts'
import { exceptionClass } from '../exception_class.ts'

export const QUOTE_MINIMAL = 0
export const QUOTE_ALL = 1
export const QUOTE_NONNUMERIC = 2
export const QUOTE_NONE = 3

/** The code point of a character that a dialect has not. */
export const NOT_SET = -1

/** How fields and records are told apart; characters are code points or `NOT_SET`. */
export interface Dialect {
  delimiter: number
  doublequote: boolean
  escapechar: number
  lineterminator: Str
  quotechar: number
  quoting: number
  skipinitialspace: boolean
  strict: boolean
}

export type PyDialect = PyObject<Dialect>

export const dialectType = builtinType<PyDialect>('_csv.Dialect', TPFLAGS_BASETYPE | TPFLAGS_HAVE_GC)
export const CsvError = exceptionClass('_csv', 'Error')

/** The registered dialects: `_csv._dialects`. */
export const dialects: Owned<PyDict> = newDict()

/** An exception of the module, to be thrown. */
export const csvError = (message: string) => newException(CsvError, [message])

/** The dialect registered under a name, borrowed. */
export function registeredDialect(name: Value): Value {
  const found = dialects.data.get(name)
  if (found === undefined) throw csvError('unknown dialect')
  return found
}

/** The parameters of a dialect in their order as arguments; the first is another dialect. */
const PARAMETERS = [
  'dialect',
  'delimiter',
  'doublequote',
  'escapechar',
  'lineterminator',
  'quotechar',
  'quoting',
  'skipinitialspace',
  'strict',
]

/** The arguments in the order of `PARAMETERS`, borrowed (`PyArg_ParseTupleAndKeywords` for a function without a name). */
function parameterValues(args: readonly Value[], kwnames: KeywordNames): (Value | undefined)[] {
  const values: (Value | undefined)[] = PARAMETERS.map(() => undefined)
  const positional = args.length - (kwnames?.length ?? 0)
  if (args.length > PARAMETERS.length) {
    const what = positional === 0 ? 'keyword ' : ''
    throw typeError(`function takes at most ${PARAMETERS.length} ${what}arguments (${args.length} given)`)
  }
  for (let i = 0; i < positional; i++) values[i] = args[i]
  kwnames?.forEach((key, i) => {
    const name = strToUtf16(asStr(key)!)
    const at = PARAMETERS.indexOf(name)
    if (at < 0) throw typeError(`'${name}' is an invalid keyword argument for this function`)
    if (at < positional) throw typeError(`argument for function given by name ('${name}') and position (${at + 1})`)
    values[at] = args[positional + i]
  })
  return values
}

/** An attribute of the object that a dialect is made from; all that goes wrong means that it has none. */
function attributeOf(source: Value, name: string): Owned<Value> | undefined {
  try {
    return lookupAttr(source, name)
  } catch (error) {
    if (!isException(error, PyExc_BaseException)) throw error
    drop(error)
    return undefined
  }
}

function character(name: string, text: Str): number {
  if (strLength(text) !== 1) throw typeError(`"${name}" must be a 1-character string`)
  return strCodePoints(text)[0]!
}

function toCharacter(name: string, value: Value | undefined, byDefault: string): number {
  if (value === undefined) return byDefault.charCodeAt(0)
  const text = asStr(value)
  if (text === undefined) throw typeError(`"${name}" must be string, not ${typeOf(value).name}`)
  return character(name, text)
}

function toCharacterOrNone(name: string, value: Value | undefined, byDefault: number): number {
  if (value === undefined) return byDefault
  if (value === None) return NOT_SET
  const text = asStr(value)
  if (text === undefined) throw typeError(`"${name}" must be string or None, not ${typeOf(value).name}`)
  return character(name, text)
}

function toTerminator(value: Value | undefined): Str | null {
  if (value === undefined) return '\r\n'
  if (value === None) return null
  const text = asStr(value)
  if (text === undefined) throw typeError('"lineterminator" must be a string')
  return text
}

function toQuoting(value: Value | undefined): number {
  if (value === undefined) return QUOTE_MINIMAL
  if (typeof value !== 'number' && typeof value !== 'bigint') throw typeError('"quoting" must be an integer')
  return toCInt(value)
}

const toFlag = (value: Value | undefined, byDefault: boolean) => (value === undefined ? byDefault : isTrue(value))

/** The dialect that the values of `PARAMETERS` describe. */
function describe(values: readonly (Value | undefined)[]): Dialect {
  const [, delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skipinitialspace, strict] = values
  const dialect = {
    delimiter: toCharacter('delimiter', delimiter, ','),
    doublequote: toFlag(doublequote, true),
    escapechar: toCharacterOrNone('escapechar', escapechar, NOT_SET),
    lineterminator: toTerminator(lineterminator),
    quotechar: toCharacterOrNone('quotechar', quotechar, 0x22),
    quoting: toQuoting(quoting),
    skipinitialspace: toFlag(skipinitialspace, false),
    strict: toFlag(strict, false),
  }
  if (dialect.quoting < QUOTE_MINIMAL || dialect.quoting > QUOTE_NONE) throw typeError('bad "quoting" value')
  if (quotechar === None && quoting === undefined) dialect.quoting = QUOTE_NONE
  if (dialect.quoting !== QUOTE_NONE && dialect.quotechar === NOT_SET) {
    throw typeError('quotechar must be set if quoting enabled')
  }
  if (dialect.lineterminator === null) throw typeError('lineterminator must be set')
  return dialect as Dialect
}

/** Makes a dialect from another one and from what is said besides; one that would be the same is given back. */
function newDialect(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const values = parameterValues(args, kwnames)
  const owned: Owned<Value>[] = []
  try {
    let [base] = values
    if (base !== undefined && asStr(base) !== undefined) base = registeredDialect(base)
    if (base !== undefined) {
      if (isInstanceOf(base, dialectType) && values.every((value, i) => i === 0 || value === undefined)) {
        return keep(base)
      }
      owned.push(keep(base))
      for (let i = 1; i < values.length; i++) {
        if (values[i] !== undefined) continue
        const found = attributeOf(base, PARAMETERS[i]!)
        if (found === undefined) continue
        owned.push(found)
        values[i] = found
      }
    }
    return newOf<Dialect>(type, describe(values))
  } finally {
    for (const value of owned) drop(value)
  }
}

/** The dialect of a reader or writer: from a dialect object, if there is one, and keywords. */
export function dialectFrom(base: Value | undefined, keywords: readonly Value[], kwnames: KeywordNames) {
  const args = base === undefined ? keywords : [base, ...keywords]
  return newDialect(dialectType, args, kwnames) as Owned<PyDialect>
}

const characterOrNone = (codePoint: number): Owned<Value> =>
  codePoint === NOT_SET ? none() : newStr(strFromCodePoints([codePoint]))

function refusePickling({ type }: PyDialect): never {
  throw typeError(`cannot pickle '${qualName(type)}' instances`)
}

/** Gives the dialect type its behaviour. */
export function defineDialectType(): void {
  defineType(dialectType, () => ({
    slots: { tp_new: newDialect },
    rawMethods: { '__reduce__(*args)': refusePickling, '__reduce_ex__(*args)': refusePickling },
    members: {
      skipinitialspace: ({ data }): Owned<Value> => data.skipinitialspace,
      doublequote: ({ data }): Owned<Value> => data.doublequote,
      strict: ({ data }): Owned<Value> => data.strict,
    },
    getset: {
      delimiter: ({ data }) => characterOrNone(data.delimiter),
      escapechar: ({ data }) => characterOrNone(data.escapechar),
      lineterminator: ({ data }) => newStr(data.lineterminator),
      quotechar: ({ data }) => characterOrNone(data.quotechar),
      quoting: ({ data }): Owned<Value> => data.quoting,
    },
  }))
}
