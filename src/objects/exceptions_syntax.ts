import { strToUtf16 } from '../base/values.ts'
import { dropAll, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { PySyntaxError } from '../source/errors.ts'
import { asInt, asStr, utf16 } from './access.ts'
import { defineType } from './define.ts'
import { conversions, newException, typeError } from './errors.ts'
import { field, fieldMembers, initArgs, noKeywords, setField } from './exception_data.ts'
import { PyExc_IndentationError, PyExc_SyntaxError, PyExc_TabError, type PyException } from './exception_types.ts'
import { newText, newTuple, none } from './make.ts'
import type { KeywordNames, PyType, Value } from './object.ts'
import { str, strText } from './protocols.ts'
import { toArray } from './sequence_protocol.ts'
import { intType, None, typeOf } from './types.ts'

const PLACE = ['filename', 'lineno', 'offset', 'text', 'end_lineno', 'end_offset'] as const

function initialize(self: PyException, args: readonly Value[], kwnames: KeywordNames): void {
  noKeywords(self.type, kwnames)
  initArgs(self, args, kwnames)
  if (args.length >= 1) setField(self, 'msg', keep(args[0]!))
  if (args.length !== 2) return
  const parts = toArray(args[1]!)
  try {
    if (parts.length < 4 || parts.length > 6) {
      const bound = parts.length < 4 ? 'at least 4' : 'at most 6'
      throw typeError(`function takes ${bound} arguments (${parts.length} given)`)
    }
    PLACE.forEach((name, i) => {
      setField(self, name, parts[i] === undefined ? undefined : keep<Value>(parts[i]!))
    })
  } finally {
    dropAll(parts)
  }
  if (parts.length === 5) throw typeError('end_offset must be provided when end_lineno is provided')
}

function syntaxErrorStr(self: PyException): Owned<Value> {
  const msg = field(self, 'msg') ?? None
  const path = field(self, 'filename')
  const line = field(self, 'lineno')
  const file = path !== undefined && asStr(path) !== undefined ? utf16(path).replace(/^.*\//s, '') : undefined
  const at = line !== undefined && typeOf(line) === intType ? asInt(line) : undefined
  if (file === undefined && at === undefined) return str(msg)
  const places: string[] = []
  if (file !== undefined) places.push(file)
  if (at !== undefined) places.push(`line ${typeof at === 'number' ? at : -1}`)
  return newText(`${strToUtf16(strText(msg))} (${places.join(', ')})`)
}

const types: Readonly<Record<string, PyType>> = {
  SyntaxError: PyExc_SyntaxError,
  IndentationError: PyExc_IndentationError,
  TabError: PyExc_TabError,
}

/** The exception for an error of the compiler's stages, owned. */
function fromCompiler(error: unknown): Owned<PyException> | undefined {
  if (!(error instanceof PySyntaxError)) return undefined
  const text = (value: string | null) => (value === null ? keep<Value>(None) : newText(value))
  const number = (value: number | null) => (value === null ? keep<Value>(None) : value)
  const { filename, lineno, offset, text: line, end_lineno, end_offset } = error
  const type = types[error.type] ?? PyExc_SyntaxError
  const hasEnd = end_lineno !== null || end_offset !== null
  let place: Owned<Value>[] = [text(filename), number(lineno), number(offset), text(line)]
  if (hasEnd || error.placeIn === 'attributes') place.push(number(end_lineno), number(end_offset))
  const args: Owned<Value>[] = [newText(error.msg)]
  if (error.placeIn === 'args') {
    if (filename !== null || lineno !== null) args.push(newTuple(place))
    else dropAll(place)
    place = []
  }
  try {
    const exception = newException(type, args)
    place.forEach((value, i) => {
      setField(exception, PLACE[i]!, value)
    })
    if (place.length > 0) setField(exception, 'print_file_and_line', none())
    return exception
  } finally {
    dropAll(args)
  }
}

/** Defines SyntaxError, and turns the errors of the compiler into it. */
export function defineSyntaxError(): void {
  conversions.push(fromCompiler)
  defineType(PyExc_SyntaxError, () => ({
    slots: { tp_init: initialize, tp_str: syntaxErrorStr },
    members: fieldMembers('msg', ...PLACE, 'print_file_and_line'),
  }))
}
