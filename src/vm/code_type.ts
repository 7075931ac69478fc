import type { Str } from '../base/values.ts'
import { codeLines, codePositions, LineTableReader } from '../bytecode/linetable.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { defineType, tpNew } from '../objects/define.ts'
import { indexError, valueError } from '../objects/errors.ts'
import { newBytes, newTuple, none } from '../objects/make.ts'
import { newObject, Py_EQ, Py_NE, type PyObject, type PyStr, type PyTuple, type Value } from '../objects/object.ts'
import { address } from '../objects/object_object.ts'
import { hash, richCompareBool, textOf } from '../objects/protocols.ts'
import {
  builtinType,
  bytesType,
  codeType,
  complexType,
  floatType,
  frozensetType,
  NotImplemented,
  type TypeFor,
  tupleType,
  typeOf,
} from '../objects/types.ts'
import type { Code, PyCode } from './code.ts'
import { auditCode, bytesArgument, type CodeParts, checkNames, makeCode } from './code_new.ts'

/** A tuple of values that the code holds, made once. */
function constsTuple(code: Code): Owned<PyTuple> {
  code.constsTuple ??= newTuple(code.consts.map((value) => keep<Value>(value)))
  return keep<PyTuple>(code.constsTuple)
}

const nameTuple = (names: readonly PyStr[]): Owned<PyTuple> => newTuple(names.map((name) => keep<Value>(name)))

/** The bytes of `co_lnotab`, the table of before 3.10: pairs of steps in code and lines. */
function lnotab({ object }: Code): Uint8Array {
  const bytes: number[] = []
  const emit = (code: number, line: number) => {
    let [b, l] = [code, line]
    for (; b > 255; b -= 255) bytes.push(255, 0)
    for (; l > 127; l -= 127, b = 0) bytes.push(b, 127)
    for (; l < -128; l += 128, b = 0) bytes.push(b, 128)
    bytes.push(b, l & 255)
  }
  const reader = new LineTableReader(object.co_linetable, object.co_firstlineno)
  let [at, line] = [0, object.co_firstlineno]
  while (reader.nextLine()) {
    if (reader.lineno < 0 || reader.lineno === line) continue
    emit(reader.start * 2 - at, reader.lineno - line)
    at = reader.start * 2
    line = reader.lineno
  }
  return Uint8Array.from(bytes)
}

interface ArrayData {
  readonly rows: () => readonly (readonly (number | null)[])[]
  items: readonly (readonly (number | null)[])[] | null
  index: number
}

const lineIteratorType = builtinType<PyObject<ArrayData>>('line_iterator')
const positionsIteratorType = builtinType<PyObject<ArrayData>>('positions_iterator')

function defineIterators(): void {
  for (const type of [lineIteratorType, positionsIteratorType]) {
    defineType(type, () => ({
      slots: {
        tp_iter: (self): Owned<Value> => keep<Value>(self),
        tp_iternext: ({ data }) => {
          data.items ??= data.rows()
          const row = data.items[data.index++]
          return row === undefined ? undefined : newTuple(row.map((cell) => cell ?? none()))
        },
      },
    }))
  }
}

const newRows = (type: typeof lineIteratorType, rows: ArrayData['rows']): Owned<Value> =>
  newObject<ArrayData>(type, { rows, items: null, index: 0 })

/** Whether two constants are the same to the compiler: of one type, down to the signs of zeros. */
function sameConstant(a: Value, b: Value): boolean {
  const type = typeOf(a)
  if (type !== typeOf(b)) return false
  if (type === floatType) return Object.is((a as PyObject).data, (b as PyObject).data)
  if (type === complexType) {
    const [x, y] = [
      (a as PyObject<{ real: number; imag: number }>).data,
      (b as PyObject<{ real: number; imag: number }>).data,
    ]
    return Object.is(x.real, y.real) && Object.is(x.imag, y.imag)
  }
  if (type === tupleType) return sameConstants((a as PyTuple).data, (b as PyTuple).data)
  if (type === frozensetType || type === bytesType || type === codeType) return richCompareBool(a, b, Py_EQ)
  if (typeof a === 'object' && type.name !== 'str') return a === b
  return richCompareBool(a, b, Py_EQ)
}

function sameConstants(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((value, i) => sameConstant(value, b[i]!))
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

function sameNames(a: readonly PyStr[], b: readonly PyStr[]): boolean {
  return a.length === b.length && a.every((name, i) => richCompareBool(name, b[i]!, Py_EQ))
}

function equal(a: Code, b: Code): boolean {
  return (
    richCompareBool(a.name, b.name, Py_EQ) &&
    a.argcount === b.argcount &&
    a.posonlyargcount === b.posonlyargcount &&
    a.kwonlyargcount === b.kwonlyargcount &&
    a.flags === b.flags &&
    a.firstlineno === b.firstlineno &&
    sameBytes(a.object.co_code, b.object.co_code) &&
    sameConstants(a.consts, b.consts) &&
    sameNames(a.names, b.names) &&
    sameNames(a.localsplusnames, b.localsplusnames) &&
    sameBytes(a.object.co_linetable, b.object.co_linetable) &&
    sameBytes(a.object.co_exceptiontable, b.object.co_exceptiontable)
  )
}

function hashOf(value: Owned<Value>): bigint {
  try {
    return BigInt(hash(value))
  } finally {
    drop(value)
  }
}

function codeHash({ data }: PyCode): number | bigint {
  const { object } = data
  let result = BigInt.asIntN(
    64,
    hashOf(keep<Value>(data.name)) ^
      hashOf(constsTuple(data)) ^
      hashOf(nameTuple(data.names)) ^
      hashOf(nameTuple(data.localsplusnames)) ^
      hashOf(newBytes(object.co_linetable)) ^
      hashOf(newBytes(object.co_exceptiontable)) ^
      BigInt(data.argcount ^ data.posonlyargcount ^ data.kwonlyargcount ^ data.flags),
  )
  if (result === -1n) result = -2n
  const small = Number(result)
  return Number.isSafeInteger(small) ? small : result
}

const negative = (what: string) => valueError(`code: ${what} must not be negative`)

function construct(parts: CodeParts, bytes: Value): Owned<PyCode> {
  auditCode(parts, bytes)
  if (parts.argcount < 0) throw negative('argcount')
  if (parts.posonlyargcount < 0) throw negative('posonlyargcount')
  if (parts.kwonlyargcount < 0) throw negative('kwonlyargcount')
  if (parts.nlocals < 0) throw negative('nlocals')
  for (const tuple of [parts.names, parts.varnames, parts.freevars, parts.cellvars]) checkNames(tuple)
  return makeCode(parts)
}

const NEW =
  'code(argcount: int, posonlyargcount: int, kwonlyargcount: int, nlocals: int, stacksize: int, flags: int, codestring, constants: tuple, names: tuple, varnames: tuple, filename: str, name: str, qualname: str, firstlineno: int, linetable, exceptiontable, freevars: tuple = NULL, cellvars: tuple = NULL, /)'

const REPLACE =
  'replace(*, co_argcount: int = NULL, co_posonlyargcount: int = NULL, co_kwonlyargcount: int = NULL, co_nlocals: int = NULL, co_stacksize: int = NULL, co_flags: int = NULL, co_firstlineno: int = NULL, co_code = NULL, co_consts: tuple = NULL, co_names: tuple = NULL, co_varnames: tuple = NULL, co_freevars: tuple = NULL, co_cellvars: tuple = NULL, co_filename: str = NULL, co_name: str = NULL, co_qualname: str = NULL, co_linetable = NULL, co_exceptiontable = NULL)'

function notNegative(name: string, given: number | undefined, own: number): number {
  if (given !== undefined && given < 0) throw valueError(`${name} must be a positive integer`)
  return given ?? own
}

const replaceBytes = (name: string, given: Value | undefined, own: Uint8Array) =>
  given === undefined ? own : bytesArgument(given, `replace() argument '${name}'`)

/** The parts of a code object as tuples, owned: what `replace` leaves as it is. */
function ownTuples(code: Code): Owned<PyTuple>[] {
  return [
    constsTuple(code),
    nameTuple(code.names),
    nameTuple(code.localNames()),
    nameTuple(code.freeNames()),
    nameTuple(code.cellNames()),
  ]
}

const int =
  (get: (code: Code) => number) =>
  ({ data }: PyCode): Owned<Value> =>
    get(data)
const text =
  (get: (code: Code) => PyStr) =>
  ({ data }: PyCode): Owned<Value> =>
    keep<Value>(get(data))

/** Defines `code` and its iterators. */
export function defineCodeType(): void {
  defineIterators()
  defineType(codeType as TypeFor<PyCode>, () => ({
    slots: {
      tp_new: tpNew(NEW, (_type, argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, ...rest) => {
        const [code, consts, names, varnames, filename, name, qualname, firstlineno, lines, handlers] = rest
        const empty = newTuple([])
        const parts: CodeParts = {
          ...{ argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, firstlineno },
          ...{ filename, name, qualname, consts: consts as PyTuple, names: names as PyTuple },
          varnames: varnames as PyTuple,
          code: bytesArgument(code, 'code() argument 7'),
          linetable: bytesArgument(lines, 'code() argument 15'),
          exceptiontable: bytesArgument(handlers, 'code() argument 16'),
          freevars: (rest[10] ?? empty) as PyTuple,
          cellvars: (rest[11] ?? empty) as PyTuple,
        }
        return construct(parts, code)
      }),
      tp_repr: (self): Owned<Value> => {
        const { name, filename, object } = self.data
        const line = object.co_firstlineno === 0 ? -1 : object.co_firstlineno
        return `<code object ${textOf(name)} at ${address(self)}, file "${textOf(filename)}", line ${line}>`
      },
      tp_hash: codeHash,
      tp_richcompare: (lhs, rhs, op): Owned<Value> => {
        if ((op !== Py_EQ && op !== Py_NE) || typeOf(rhs) !== codeType) return keep(NotImplemented)
        return equal((lhs as PyCode).data, (rhs as PyCode).data) === (op === Py_EQ)
      },
      tp_weakrefs: ({ data }) => data,
      tp_dealloc: ({ data }) => data.dropParts(),
    },
    methods: {
      'co_lines()': ({ data }: PyCode) =>
        newRows(lineIteratorType, () => codeLines(data.object).map((range) => [range.start, range.end, range.lineno])),
      'co_positions()': ({ data }: PyCode) =>
        newRows(positionsIteratorType, () =>
          codePositions(data.object).map((p) => [p.lineno, p.end_lineno, p.col_offset, p.end_col_offset]),
        ),
      '__sizeof__()': ({ data }: PyCode): Owned<Value> => (184 + data.object.co_code.length + 2 + 7) & ~7,
      '_varname_from_oparg(oparg: int)': ({ data }: PyCode, oparg: number) => {
        const name = data.localsplusnames[oparg]
        if (name === undefined) throw indexError('tuple index out of range')
        return keep<Value>(name)
      },
      [REPLACE]: (self: PyCode, ...given: ReplaceArguments) => replace(self, given),
    } as Record<never, never>,
    members: {
      co_argcount: int((code) => code.argcount),
      co_posonlyargcount: int((code) => code.posonlyargcount),
      co_kwonlyargcount: int((code) => code.kwonlyargcount),
      co_stacksize: int((code) => code.stacksize),
      co_flags: int((code) => code.flags),
      co_nlocals: int((code) => code.nlocals),
      co_consts: ({ data }) => constsTuple(data),
      co_names: ({ data }) => nameTuple(data.names),
      co_filename: text((code) => code.filename),
      co_name: text((code) => code.name),
      co_qualname: text((code) => code.qualname),
      co_firstlineno: int((code) => code.firstlineno),
      co_linetable: ({ data }) => newBytes(data.object.co_linetable),
      co_exceptiontable: ({ data }) => newBytes(data.object.co_exceptiontable),
    },
    getset: {
      co_lnotab: ({ data }) => newBytes(lnotab(data)),
      _co_code_adaptive: ({ data }) => newBytes(data.object.co_code),
      co_varnames: ({ data }) => nameTuple(data.localNames()),
      co_cellvars: ({ data }) => nameTuple(data.cellNames()),
      co_freevars: ({ data }) => nameTuple(data.freeNames()),
      co_code: ({ data }) => newBytes(data.object.co_code),
    },
  }))
}

type Int = number | undefined
type ReplaceArguments = [
  ...[Int, Int, Int, Int, Int, Int, Int],
  code: Value | undefined,
  ...[PyTuple?, PyTuple?, PyTuple?, PyTuple?, PyTuple?],
  ...[filename?: Str, name?: Str, qualname?: Str, linetable?: Value, exceptiontable?: Value],
]

function replace({ data }: PyCode, given: ReplaceArguments): Owned<PyCode> {
  const [argcount, posonly, kwonly, nlocals, stacksize, flags, line, bytes, ...rest] = given
  const [consts, names, varnames, freevars, cellvars, filename, name, qualname, lines, handlers] = rest
  const { object } = data
  const own = ownTuples(data)
  try {
    const parts: CodeParts = {
      code: replaceBytes('co_code', bytes, object.co_code),
      linetable: replaceBytes('co_linetable', lines, object.co_linetable),
      exceptiontable: replaceBytes('co_exceptiontable', handlers, object.co_exceptiontable),
      argcount: notNegative('co_argcount', argcount, data.argcount),
      posonlyargcount: notNegative('co_posonlyargcount', posonly, data.posonlyargcount),
      kwonlyargcount: notNegative('co_kwonlyargcount', kwonly, data.kwonlyargcount),
      nlocals: notNegative('co_nlocals', nlocals, data.nlocals),
      stacksize: notNegative('co_stacksize', stacksize, data.stacksize),
      flags: notNegative('co_flags', flags, data.flags),
      firstlineno: notNegative('co_firstlineno', line, object.co_firstlineno),
      consts: consts ?? own[0]!,
      names: names ?? own[1]!,
      varnames: varnames ?? own[2]!,
      freevars: freevars ?? own[3]!,
      cellvars: cellvars ?? own[4]!,
      filename: filename ?? object.co_filename,
      name: name ?? object.co_name,
      qualname: qualname ?? object.co_qualname,
    }
    const codeBytes = newBytes(parts.code)
    auditCode(parts, codeBytes)
    drop(codeBytes)
    return makeCode(parts)
  } finally {
    for (const tuple of own) drop(tuple)
  }
}
