import type { Str } from '../base/values.ts'
import {
  CO_FAST_CELL,
  CO_FAST_FREE,
  CO_FAST_LOCAL,
  CO_VARARGS,
  CO_VARKEYWORDS,
  type CodeConstant,
  CodeObject,
} from '../bytecode/code.ts'
import { keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from '../objects/access.ts'
import { overflowError, systemError, typeError, valueError } from '../objects/errors.ts'
import { newStr } from '../objects/make.ts'
import type { PyObject, PyTuple, Value } from '../objects/object.ts'
import { bytesType, isInstanceOf, typeOf } from '../objects/types.ts'
import { audit } from './audit.ts'
import { Code, type PyCode, wrapCode } from './code.ts'
import { codeConstant } from './code_constants.ts'

/** What `types.CodeType(...)` and `code.replace(...)` make a code object of. */
export interface CodeParts {
  readonly argcount: number
  readonly posonlyargcount: number
  readonly kwonlyargcount: number
  readonly nlocals: number
  readonly stacksize: number
  readonly flags: number
  readonly code: Uint8Array
  readonly consts: PyTuple
  readonly names: PyTuple
  readonly varnames: PyTuple
  readonly freevars: PyTuple
  readonly cellvars: PyTuple
  readonly filename: Str
  readonly name: Str
  readonly qualname: Str
  readonly firstlineno: number
  readonly linetable: Uint8Array
  readonly exceptiontable: Uint8Array
}

/** The strings of a tuple; SystemError where there is something else. */
function strings(tuple: PyTuple): Str[] {
  return tuple.data.map((item) => {
    const text = asStr(item)
    if (text === undefined) throw systemError('non-string found in code slot')
    return text
  })
}

/** The TypeError of a tuple of names that holds something else (`validate_and_copy_tuple`). */
export function checkNames(tuple: PyTuple): void {
  for (const item of tuple.data) {
    if (asStr(item) === undefined) {
      throw typeError(`name tuples must contain only strings, not '${typeOf(item).name}'`)
    }
  }
}

/** The bytes of an argument that must be a `bytes` object. */
export function bytesArgument(value: Value, where: string): Uint8Array {
  if (!isInstanceOf(value, bytesType)) throw typeError(`${where} must be bytes, not ${typeOf(value).name}`)
  return (value as PyObject<Uint8Array>).data
}

/** Names of variables and their kinds, in the order of their places in a frame. */
function localsPlus({ varnames, cellvars, freevars }: CodeParts): { names: Str[]; kinds: Uint8Array } {
  const names = strings(varnames)
  const kinds = names.map(() => CO_FAST_LOCAL)
  const locals = names.length
  for (const name of strings(cellvars)) {
    const at = names.indexOf(name)
    if (at >= 0 && at < locals) kinds[at]! |= CO_FAST_CELL
    else {
      names.push(name)
      kinds.push(CO_FAST_CELL)
    }
  }
  for (const name of strings(freevars)) {
    names.push(name)
    kinds.push(CO_FAST_FREE)
  }
  return { names, kinds: Uint8Array.from(kinds) }
}

function check(parts: CodeParts): void {
  if (
    parts.argcount < parts.posonlyargcount ||
    parts.posonlyargcount < 0 ||
    parts.kwonlyargcount < 0 ||
    parts.stacksize < 0 ||
    parts.flags < 0
  ) {
    throw systemError('Objects/codeobject.c:454: bad argument to internal function')
  }
  if (parts.code.length > 0x7fffffff) throw overflowError('code: co_code larger than INT_MAX')
  if (parts.code.length % 2 !== 0) throw valueError('code: co_code is malformed')
  const { length } = parts.varnames.data
  const plain =
    length -
    parts.argcount -
    parts.kwonlyargcount -
    ((parts.flags & CO_VARARGS) !== 0 ? 1 : 0) -
    ((parts.flags & CO_VARKEYWORDS) !== 0 ? 1 : 0)
  if (plain < 0) throw valueError('code: co_varnames is too small')
  if (parts.nlocals !== length) throw valueError('code: co_nlocals != len(co_varnames)')
}

/** Makes a code object (`PyCode_NewWithPosOnlyArgs`); everything is borrowed. */
export function makeCode(parts: CodeParts): Owned<PyCode> {
  const { names, kinds } = localsPlus(parts)
  check(parts)
  const constants = parts.consts.data.map(codeConstant)
  const object = new CodeObject({
    co_argcount: parts.argcount,
    co_posonlyargcount: parts.posonlyargcount,
    co_kwonlyargcount: parts.kwonlyargcount,
    co_stacksize: parts.stacksize,
    co_flags: parts.flags,
    co_code: parts.code,
    co_consts: constants.map((constant) => (constant === undefined ? null : constant)) as CodeConstant[],
    co_names: strings(parts.names),
    co_localsplusnames: names,
    co_localspluskinds: kinds,
    co_filename: parts.filename,
    co_name: parts.name,
    co_qualname: parts.qualname,
    co_firstlineno: parts.firstlineno,
    co_linetable: parts.linetable,
    co_exceptiontable: parts.exceptiontable,
  })
  const code = new Code(
    object,
    parts.consts.data.map((value) => keep<Value>(value)),
  )
  code.foreignConsts = constants.includes(undefined)
  return wrapCode(code)
}

/** The audit event of a new code object. */
export function auditCode(parts: CodeParts, codeBytes: Value): void {
  const { argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags } = parts
  audit(
    'code.__new__',
    codeBytes,
    newStr(parts.filename),
    newStr(parts.name),
    argcount,
    posonlyargcount,
    kwonlyargcount,
    nlocals,
    stacksize,
    flags,
  )
}
