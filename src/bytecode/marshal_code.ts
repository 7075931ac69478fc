import { PyError } from '../base/errors.ts'
import { type Str, WideStr } from '../base/values.ts'
import { CO_FAST_LOCAL, CO_VARARGS, CO_VARKEYWORDS, type CodeConstant, CodeObject } from './code.ts'
import type { MarshalValue } from './marshal_values.ts'

const isStr = (value: MarshalValue): value is Str => typeof value === 'string' || value instanceof WideStr
const isBytes = (value: MarshalValue): value is Uint8Array => value instanceof Uint8Array
const isTuple = (value: MarshalValue): value is readonly MarshalValue[] => Array.isArray(value)
const isInt = (value: MarshalValue): value is number => typeof value === 'number'

function requireStrings(names: readonly MarshalValue[]): asserts names is readonly Str[] {
  for (let i = names.length - 1; i >= 0; i--) {
    if (!isStr(names[i]!)) throw new PyError('SystemError', 'non-string found in code slot')
  }
}

/** The wording that C's assertion macro gives for arguments of the wrong type or sign. */
function badCall(): PyError {
  return new PyError('SystemError', 'Objects/codeobject.c:250: bad argument to internal function')
}

/** The number of names that are plain local variables after the parameters; the arithmetic is C's, of 32 bits. */
function plainLocals(kinds: Uint8Array, argcount: number, kwonlyargcount: number, flags: number): number {
  let locals = 0
  for (let i = 0; i < kinds.length; i++) if ((kinds[i]! & CO_FAST_LOCAL) !== 0) locals++
  const stars = ((flags & CO_VARARGS) !== 0 ? 1 : 0) + ((flags & CO_VARKEYWORDS) !== 0 ? 1 : 0)
  return (locals - argcount - kwonlyargcount - stars) | 0
}

/**
 * Makes a code object of its sixteen marshalled fields in their order, after the checks of CPython's
 * `_PyCode_Validate`. The constants hold nothing but constants and code objects: the reader has made sure.
 *
 * @throws PyError SystemError or ValueError, as CPython.
 */
export function makeCode(fields: readonly MarshalValue[]): CodeObject {
  const argcount = fields[0]!
  const posonly = fields[1]!
  const kwonly = fields[2]!
  const stacksize = fields[3]!
  const flags = fields[4]!
  if (!isInt(argcount) || !isInt(posonly) || !isInt(kwonly) || !isInt(stacksize) || !isInt(flags)) throw badCall()
  if (argcount < posonly || posonly < 0 || kwonly < 0 || stacksize < 0 || flags < 0) throw badCall()
  const code = fields[5]!
  const consts = fields[6]!
  const names = fields[7]!
  const plusNames = fields[8]!
  const plusKinds = fields[9]!
  if (!isBytes(code) || !isTuple(consts) || !isTuple(names) || !isTuple(plusNames) || !isBytes(plusKinds)) {
    throw badCall()
  }
  const filename = fields[10]!
  const name = fields[11]!
  const qualname = fields[12]!
  const firstlineno = fields[13]!
  const linetable = fields[14]!
  const exceptiontable = fields[15]!
  if (plusNames.length !== plusKinds.length || !isStr(name) || !isStr(qualname) || !isStr(filename)) throw badCall()
  if (!isInt(firstlineno) || !isBytes(linetable) || !isBytes(exceptiontable)) throw badCall()
  if (code.length % 2 !== 0) throw new PyError('ValueError', 'code: co_code is malformed')
  if (plainLocals(plusKinds, argcount, kwonly, flags) < 0) {
    throw new PyError('ValueError', 'code: co_varnames is too small')
  }
  requireStrings(names)
  requireStrings(plusNames)
  return new CodeObject({
    co_argcount: argcount,
    co_posonlyargcount: posonly,
    co_kwonlyargcount: kwonly,
    co_stacksize: stacksize,
    co_flags: flags,
    co_code: code,
    co_consts: consts as readonly CodeConstant[],
    co_names: names,
    co_localsplusnames: plusNames,
    co_localspluskinds: plusKinds,
    co_filename: filename,
    co_name: name,
    co_qualname: qualname,
    co_firstlineno: firstlineno,
    co_linetable: linetable,
    co_exceptiontable: exceptiontable,
  })
}
