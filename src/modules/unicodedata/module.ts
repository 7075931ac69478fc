import { type Str, strCodePoints, strFromCodePoints, strLength, strToUtf16 } from '../../base/values.ts'
import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { bufferBytes } from '../../objects/buffer.ts'
import { defineType } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { newException, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_KeyError } from '../../objects/exception_types.ts'
import { newFloat, newStr, newText } from '../../objects/make.ts'
import { newObject, TPFLAGS_DISALLOW_INSTANTIATION, type Value } from '../../objects/object.ts'
import { textFromLatin1 } from '../../objects/text/latin1.ts'
import { builtinType, None, typeOf } from '../../objects/types.ts'
import * as latest from './database.ts'
import * as old from './database_3_2.ts'
import { type DecompositionOverride, isNormalized, normalize } from './normalization.ts'

/** The code point of an argument of one character. */
function character(value: Value, name: string, argument = 'argument'): number {
  const text = asStr(value)
  if (text === undefined || strLength(text) !== 1) {
    const found = value === None ? 'None' : typeOf(value).name
    throw typeError(`${name}() ${argument} must be a unicode character, not ${found}`)
  }
  return strCodePoints(text)[0]!
}

/** A property of a character. */
const property = (name: string, get: (cp: number) => string | number) => {
  return (value: Value): Owned<Value> => get(character(value, name))
}

/** A property that few characters have: without it the default, or a ValueError. */
const optional = (name: string, get: (cp: number) => Owned<Value> | undefined, missing: string) => {
  return (value: Value, absent: Value | undefined): Owned<Value> => {
    const found = get(character(value, name, 'argument 1'))
    if (found !== undefined) return found
    if (absent === undefined) throw valueError(missing)
    return keep(absent)
  }
}

/** One version of the database: `database.ts`, `database_3_2.ts`. */
type Database = Pick<
  typeof latest,
  | 'category'
  | 'bidirectional'
  | 'combining'
  | 'mirrored'
  | 'eastAsianWidth'
  | 'decomposition'
  | 'decimal'
  | 'digit'
  | 'numeric'
  | 'name'
>

function lookup(name: Value, isKnown: (cp: number) => boolean): Owned<Value> {
  const text = asStr(name) ?? textFromLatin1(bufferBytes(name))
  const found = latest.lookup(strToUtf16(text))
  if (!found.every(isKnown)) {
    throw newException(PyExc_KeyError, [newText(`undefined character name '${strToUtf16(text)}'`)])
  }
  return newStr(strFromCodePoints(found))
}

/** The functions of a version of the database. */
function functionsOf(
  database: Database,
  isKnown: (cp: number) => boolean,
  override: DecompositionOverride | undefined,
) {
  const numeric = (cp: number): Owned<Value> | undefined => {
    const value = database.numeric(cp)
    return value === undefined ? undefined : newFloat(value)
  }
  return {
    'category(chr, /)': property('category', database.category),
    'bidirectional(chr, /)': property('bidirectional', database.bidirectional),
    'combining(chr, /)': property('combining', database.combining),
    'mirrored(chr, /)': property('mirrored', database.mirrored),
    'east_asian_width(chr, /)': property('east_asian_width', database.eastAsianWidth),
    'decomposition(chr, /)': property('decomposition', database.decomposition),
    'decimal(chr, default = NULL, /)': optional('decimal', database.decimal, 'not a decimal'),
    'digit(chr, default = NULL, /)': optional('digit', database.digit, 'not a digit'),
    'numeric(chr, default = NULL, /)': optional('numeric', numeric, 'not a numeric character'),
    'name(chr, default = NULL, /)': optional('name', database.name, 'no such name'),
    'lookup(name, /)': (name: Value) => lookup(name, isKnown),
    'normalize(form: text, unistr: str, /)': (form: string, text: Str): Owned<Value> =>
      newStr(normalize(form, text, override)),
    'is_normalized(form: text, unistr: str, /)': (form: string, text: Str): Owned<Value> =>
      isNormalized(form, text, override),
  }
}

const ucdType = builtinType('unicodedata.UCD', TPFLAGS_DISALLOW_INSTANTIATION)

/** Gives the type of other versions its methods: the functions, which do not look at the object. */
function defineUcdType(): void {
  const functions = functionsOf(old.database, old.isAssigned, old.decompositionOverride)
  const methods = Object.fromEntries(
    Object.entries(functions).map(([signature, run]) => [
      signature,
      (_self: Value, ...args: never[]) => (run as (...args: never[]) => Owned<Value>)(...args),
    ]),
  )
  defineType(ucdType, () => ({
    methods: methods as Record<string, never>,
    members: { unidata_version: (): Owned<Value> => '3.2.0' },
  }))
}

/** The module `unicodedata`. */
export const unicodedataModule = defineModule('unicodedata', () => {
  defineUcdType()
  return {
    functions: functionsOf(latest, () => true, undefined),
    types: [ucdType],
    attributes: { unidata_version: '14.0.0', ucd_3_2_0: newObject(ucdType, undefined) as Value },
  }
})
