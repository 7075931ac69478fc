import { constantToJson, type JsonValue } from '../../ast/json.ts'
import type { Constant } from '../../base/values.ts'
import { strToUtf16 } from '../../base/values.ts'
import { CodeObject } from '../../bytecode/code.ts'
import { getInstructions } from '../../bytecode/dis.ts'
import { parseExceptionTable } from '../../bytecode/exceptiontable.ts'
import { codePositions } from '../../bytecode/linetable.ts'

/** A code object as a value for JSON: its fields, its instructions with their places, and the code objects in it. */
export function codeToJson(code: CodeObject): JsonValue {
  const positions = codePositions(code)
  const constants = code.co_consts.map((value) => {
    if (value instanceof CodeObject) return { type: 'code', name: strToUtf16(value.co_qualname) }
    return constantToJson(value as Constant)
  })
  const instructions = getInstructions(code).map((instruction) => {
    const { lineno, end_lineno, col_offset, end_col_offset } = positions[instruction.offset / 2]!
    return {
      offset: instruction.offset,
      opcode: instruction.opcode,
      opname: instruction.opname,
      arg: instruction.arg,
      argrepr: instruction.argrepr,
      is_jump_target: instruction.is_jump_target,
      positions: { lineno, end_lineno, col_offset, end_col_offset },
    }
  })
  return {
    co_name: strToUtf16(code.co_name),
    co_qualname: strToUtf16(code.co_qualname),
    co_filename: strToUtf16(code.co_filename),
    co_firstlineno: code.co_firstlineno,
    co_argcount: code.co_argcount,
    co_posonlyargcount: code.co_posonlyargcount,
    co_kwonlyargcount: code.co_kwonlyargcount,
    co_stacksize: code.co_stacksize,
    co_flags: code.co_flags,
    co_names: code.co_names.map(strToUtf16),
    co_localsplusnames: code.co_localsplusnames.map(strToUtf16),
    co_consts: constants,
    instructions,
    exceptiontable: parseExceptionTable(code.co_exceptiontable).map((entry) => ({ ...entry })),
    code_objects: code.co_consts.filter((value) => value instanceof CodeObject).map(codeToJson),
  }
}
