import { type Str, strCodePoints, strFromCodePoints, strLength, strToUtf16 } from '../../base/values.ts'
import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { defineModule } from '../../objects/define_module.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { newFloat, newStr } from '../../objects/make.ts'
import type { Value } from '../../objects/object.ts'
import { None, typeOf } from '../../objects/types.ts'
import * as database from './database.ts'
import { isNormalized, normalize } from './normalization.ts'

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

function numeric(cp: number): Owned<Value> | undefined {
  const value = database.numeric(cp)
  return value === undefined ? undefined : newFloat(value)
}

function lookup(name: Value): Owned<Value> {
  const text = asStr(name)
  if (text === undefined) throw typeError(`lookup() argument must be str, not ${typeOf(name).name}`)
  return newStr(strFromCodePoints(database.lookup(strToUtf16(text))))
}

const normalized = (form: string, text: Str): Owned<Value> => newStr(normalize(form, text))

/** The module `unicodedata`. */
export const unicodedataModule = defineModule('unicodedata', () => ({
  functions: {
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
    'lookup(name, /)': lookup,
    'normalize(form: text, unistr: str, /)': normalized,
    'is_normalized(form: text, unistr: str, /)': (form, text): Owned<Value> => isNormalized(form, text),
  },
  attributes: { unidata_version: '14.0.0' },
}))
