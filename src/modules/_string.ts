import type { Str } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from '../objects/access.ts'
import { defineType } from '../objects/define.ts'
import { defineModule } from '../objects/define_module.ts'
import { typeError } from '../objects/errors.ts'
import { newStr, newTuple, none } from '../objects/make.ts'
import { newObject, type PyObject, type Value } from '../objects/object.ts'
import { FieldName, type FormatPiece, FormatStringParser } from '../objects/text/format_string.ts'
import { builtinType, typeOf } from '../objects/types.ts'

interface ParserData {
  readonly text: Owned<Value>
  readonly parser: FormatStringParser
}

interface FieldNameData {
  readonly text: Owned<Value>
  readonly field: FieldName
}

const formatterIteratorType = builtinType<PyObject<ParserData>>('formatteriterator')
const fieldNameIteratorType = builtinType<PyObject<FieldNameData>>('fieldnameiterator')

function orNone(text: Str | null): Owned<Value> {
  return text === null ? none() : newStr(text)
}

function pieceTuple(piece: FormatPiece): Owned<Value> {
  return newTuple([
    newStr(piece.literal),
    orNone(piece.fieldName),
    orNone(piece.fieldName === null ? null : (piece.spec ?? '')),
    orNone(piece.conversion),
  ])
}

function defineIterators(): void {
  defineType(formatterIteratorType, () => ({
    slots: {
      tp_iter: (self): Owned<Value> => keep<Value>(self),
      tp_iternext: ({ data }) => {
        const piece = data.parser.next()
        return piece === undefined ? undefined : pieceTuple(piece)
      },
      tp_dealloc: ({ data }) => drop(data.text),
    },
  }))
  defineType(fieldNameIteratorType, () => ({
    slots: {
      tp_iter: (self): Owned<Value> => keep<Value>(self),
      tp_iternext: ({ data }) => {
        const step = data.field.next()
        if (step === undefined) return undefined
        const { name } = step
        return newTuple([step.isAttribute, typeof name === 'object' ? newStr(name) : name])
      },
      tp_dealloc: ({ data }) => drop(data.text),
    },
  }))
}

function textOf(value: Value): Str {
  const text = asStr(value)
  if (text === undefined) throw typeError(`expected str, got ${typeOf(value).name}`)
  return text
}

/** The module `_string`: what `string.Formatter` is made of. */
export const stringModule = defineModule('_string', () => {
  defineIterators()
  return {
    functions: {
      'formatter_field_name_split(string, /)': (value): Owned<Value> => {
        const field = new FieldName(textOf(value))
        const { first } = field
        const rest = newObject<FieldNameData>(fieldNameIteratorType, { text: keep(value), field })
        return newTuple([typeof first === 'object' ? newStr(first) : first, rest])
      },
      'formatter_parser(string, /)': (value): Owned<Value> =>
        newObject<ParserData>(formatterIteratorType, {
          text: keep(value),
          parser: new FormatStringParser(textOf(value)),
        }),
    },
  }
})
