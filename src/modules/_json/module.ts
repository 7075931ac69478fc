import type { Str } from '../../base/values.ts'
import { asStr } from '../../objects/access.ts'
import { defineModule } from '../../objects/define_module.ts'
import { typeError } from '../../objects/errors.ts'
import { newStr } from '../../objects/make.ts'
import type { Value } from '../../objects/object.ts'
import { typeOf } from '../../objects/types.ts'
import { defineEncoderType, encoderType } from './encoder.ts'
import { quote, quoteAscii } from './escape.ts'
import { defineScannerType, scannerType, scanStringFunction } from './scanner.ts'

const quoting = (write: (text: Str) => Str) => (string: Value) => {
  const text = asStr(string)
  if (text === undefined) throw typeError(`first argument must be a string, not ${typeOf(string).name}`)
  return newStr(write(text))
}

/** The module `_json`. */
export const jsonModule = defineModule('_json', () => {
  defineScannerType()
  defineEncoderType()
  return {
    functions: {
      'encode_basestring_ascii(string, /)': quoting(quoteAscii),
      'encode_basestring(string, /)': quoting(quote),
      'scanstring(string, end: ssize, strict: bool = True, /)': scanStringFunction,
    },
    attributes: { make_scanner: scannerType, make_encoder: encoderType },
  }
})
