import { strFromUtf16 } from '../base/values.ts'
import { CO_FAST_LOCAL, CO_NEWLOCALS, CO_OPTIMIZED, CodeObject } from '../bytecode/code.ts'
import { LineTableWriter } from '../bytecode/linetable.ts'
import { opcodeCaches } from '../bytecode/opcode_table.ts'
import {
  BUILD_TUPLE,
  CALL,
  LOAD_CONST,
  LOAD_FAST,
  LOAD_GLOBAL,
  MAKE_FUNCTION,
  PRECALL,
  RESUME,
  RETURN_VALUE,
} from '../bytecode/opcodes.ts'
import { isKeyword } from '../tokens/names.ts'

/*
 * The expression that `collections.namedtuple` evaluates for each class it makes, such as
 * `lambda _cls, x, y: _tuple_new(_cls, (x, y))`: modules make many, and its code differs only in the names. To write it
 * down costs a tenth of compiling it.
 */

const HEAD = 'lambda _cls, '
const MIDDLE = ': _tuple_new(_cls, ('
const TAIL = '))'
const CONSTRUCTOR = '_tuple_new'
const CLASS = '_cls'

/** Of more the compiler makes the tuple piece by piece. */
const FIELDS_MAX = 30

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/
const FILENAME = '<string>'
const NO_BYTES = new Uint8Array(0)

const lines = new LineTableWriter()

/** Code of one line and its locations, instruction by instruction. */
class Writer {
  private readonly code: number[] = []

  constructor() {
    lines.reset(1)
  }

  add(opcode: number, argument: number, start: number, end: number, lineno = 1): void {
    const caches = opcodeCaches[opcode]!
    this.code.push(opcode, argument)
    for (let i = 0; i < 2 * caches; i++) this.code.push(0)
    lines.add(1 + caches, lineno, 1, start, end)
  }

  finish(): { co_code: Uint8Array; co_linetable: Uint8Array } {
    return { co_code: Uint8Array.from(this.code), co_linetable: lines.finish().slice() }
  }
}

/** The names of the fields as they are listed; `null` unless each is a plain name and no other has it. */
function fieldNames(list: string): readonly string[] | null {
  const names = list.endsWith(',') ? [list.slice(0, -1)] : list.split(', ')
  if (names.length > FIELDS_MAX || (names.length === 1 && !list.endsWith(','))) return null
  const seen = new Set([CLASS, CONSTRUCTOR, '__debug__'])
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!
    if (!IDENTIFIER.test(name) || isKeyword(name) || seen.has(name)) return null
    seen.add(name)
  }
  return names
}

function lambdaCode(list: string, names: readonly string[]): CodeObject {
  const writer = new Writer()
  const call = HEAD.length + list.length + 2
  const first = call + CONSTRUCTOR.length + 1
  const tuple = first + CLASS.length + 2
  const end = tuple + list.length + 2
  writer.add(RESUME, 0, 0, 0)
  writer.add(LOAD_GLOBAL, 1, call, call + CONSTRUCTOR.length)
  writer.add(LOAD_FAST, 0, first, first + CLASS.length)
  let at = tuple + 1
  for (let i = 0; i < names.length; i++) {
    writer.add(LOAD_FAST, i + 1, at, at + names[i]!.length)
    at += names[i]!.length + 2
  }
  writer.add(BUILD_TUPLE, names.length, tuple, end)
  writer.add(PRECALL, 2, call, end + 1)
  writer.add(CALL, 2, call, end + 1)
  writer.add(RETURN_VALUE, 0, 0, 0)
  return new CodeObject({
    co_argcount: names.length + 1,
    co_posonlyargcount: 0,
    co_kwonlyargcount: 0,
    co_stacksize: names.length + 3,
    co_flags: CO_OPTIMIZED | CO_NEWLOCALS,
    co_consts: [null],
    co_names: [CONSTRUCTOR],
    co_localsplusnames: [CLASS, ...names].map(strFromUtf16),
    co_localspluskinds: new Uint8Array(names.length + 1).fill(CO_FAST_LOCAL),
    co_filename: FILENAME,
    co_name: '<lambda>',
    co_qualname: '<lambda>',
    co_firstlineno: 1,
    co_exceptiontable: NO_BYTES,
    ...writer.finish(),
  })
}

/**
 * The code of an expression of this form, just as the compiler makes it for `eval` without flags, from `<string>`; `null`
 * for any other.
 */
export function fieldsLambda(source: string): CodeObject | null {
  if (!source.startsWith(HEAD) || !source.endsWith(TAIL)) return null
  const colon = source.indexOf(MIDDLE)
  const list = source.slice(HEAD.length, colon)
  if (colon < 0 || source.length !== colon + MIDDLE.length + list.length + TAIL.length) return null
  if (!source.startsWith(list, colon + MIDDLE.length)) return null
  const names = fieldNames(list)
  if (names === null) return null
  const lambda = lambdaCode(list, names)
  const writer = new Writer()
  writer.add(RESUME, 0, 0, 0, 0)
  writer.add(LOAD_CONST, 0, 0, source.length)
  writer.add(MAKE_FUNCTION, 0, 0, source.length)
  writer.add(RETURN_VALUE, 0, 0, source.length)
  return new CodeObject({
    co_argcount: 0,
    co_posonlyargcount: 0,
    co_kwonlyargcount: 0,
    co_stacksize: 1,
    co_flags: 0,
    co_consts: [lambda],
    co_names: [],
    co_localsplusnames: [],
    co_localspluskinds: NO_BYTES,
    co_filename: FILENAME,
    co_name: '<module>',
    co_qualname: '<module>',
    co_firstlineno: 1,
    co_exceptiontable: NO_BYTES,
    ...writer.finish(),
  })
}
