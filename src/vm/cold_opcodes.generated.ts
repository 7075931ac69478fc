// Written by tools/loop/generate.ts; do not edit.
import { decref } from '../memory/counted.ts'
import { systemError } from '../objects/errors.ts'
import type { Value } from '../objects/object.ts'
import type { Frame } from './frame.ts'
import {
  DELETE_DEREF,
  DELETE_GLOBAL,
  DELETE_NAME,
  LOAD_CLASSDEREF,
  LOAD_NAME,
  STORE_GLOBAL,
  STORE_NAME,
} from './names.ts'
import { ASYNC_GEN_WRAP, GET_AITER, GET_ANEXT, GET_AWAITABLE, GET_YIELD_FROM_ITER } from './ops/async.ts'
import {
  BUILD_CONST_KEY_MAP,
  BUILD_MAP,
  BUILD_SET,
  BUILD_SLICE,
  BUILD_STRING,
  DICT_MERGE,
  DICT_UPDATE,
  FORMAT_VALUE,
  LIST_EXTEND,
  MAP_ADD,
  SET_ADD,
  SET_UPDATE,
} from './ops/build.ts'
import {
  BEFORE_ASYNC_WITH,
  CHECK_EG_MATCH,
  CHECK_EXC_MATCH,
  POP_EXCEPT,
  PREP_RERAISE_STAR,
  PUSH_EXC_INFO,
  WITH_EXCEPT_START,
} from './ops/exceptions.ts'
import {
  COPY_FREE_VARS,
  DELETE_ATTR,
  LOAD_ASSERTION_ERROR,
  LOAD_BUILD_CLASS,
  MAKE_CELL,
  MAKE_FUNCTION,
  PRINT_EXPR,
  SETUP_ANNOTATIONS,
} from './ops/functions.ts'
import { IMPORT_FROM, IMPORT_NAME, IMPORT_STAR } from './ops/imports.ts'
import { MATCH_CLASS, MATCH_KEYS, MATCH_MAPPING, MATCH_SEQUENCE } from './ops/match.ts'
import { UNPACK_EX } from './ops/unpack.ts'
import { DELETE_SUBSCR, GET_LEN, LIST_TO_TUPLE, UNARY_INVERT, UNARY_NEGATIVE, UNARY_POSITIVE } from './ops/values.ts'

/**
 * Runs an opcode that is too rare for a case in the loop: a smaller loop is compiled sooner, and loses its compiled form
 * less often. Gives the new height of the stack; where it throws, the stack is as it was.
 */
export function runCold(f: Frame, op: number, arg: number, sp: number): number {
  const S = f.stack
  switch (op) {
    case 10: {
      // UNARY_POSITIVE
      const value = S[sp - 1] as Value
      const out = UNARY_POSITIVE(value)
      S[sp - 1] = out
      decref(value)
      return sp
    }
    case 11: {
      // UNARY_NEGATIVE
      const value = S[sp - 1] as Value
      const out = UNARY_NEGATIVE(value)
      S[sp - 1] = out
      decref(value)
      return sp
    }
    case 15: {
      // UNARY_INVERT
      const value = S[sp - 1] as Value
      const out = UNARY_INVERT(value)
      S[sp - 1] = out
      decref(value)
      return sp
    }
    case 30: {
      // GET_LEN
      const subject = S[sp - 1] as Value
      S[sp] = GET_LEN(subject)
      sp = (sp + 1) | 0
      return sp
    }
    case 31: {
      // MATCH_MAPPING
      sp = MATCH_MAPPING(f, sp) | 0
      return sp
    }
    case 32: {
      // MATCH_SEQUENCE
      sp = MATCH_SEQUENCE(f, sp) | 0
      return sp
    }
    case 33: {
      // MATCH_KEYS
      sp = MATCH_KEYS(f, sp) | 0
      return sp
    }
    case 35: {
      // PUSH_EXC_INFO
      sp = PUSH_EXC_INFO(f, sp) | 0
      return sp
    }
    case 36: {
      // CHECK_EXC_MATCH
      sp = CHECK_EXC_MATCH(f, sp) | 0
      return sp
    }
    case 37: {
      // CHECK_EG_MATCH
      sp = CHECK_EG_MATCH(f, sp) | 0
      return sp
    }
    case 49: {
      // WITH_EXCEPT_START
      sp = WITH_EXCEPT_START(f, sp) | 0
      return sp
    }
    case 50: {
      // GET_AITER
      sp = GET_AITER(f, sp) | 0
      return sp
    }
    case 51: {
      // GET_ANEXT
      sp = GET_ANEXT(f, sp) | 0
      return sp
    }
    case 52: {
      // BEFORE_ASYNC_WITH
      sp = BEFORE_ASYNC_WITH(f, sp) | 0
      return sp
    }
    case 61: {
      // DELETE_SUBSCR
      const container = S[sp - 2] as Value
      const key = S[sp - 1] as Value
      DELETE_SUBSCR(container, key)
      sp = (sp - 2) | 0
      decref(container)
      decref(key)
      return sp
    }
    case 69: {
      // GET_YIELD_FROM_ITER
      sp = GET_YIELD_FROM_ITER(f, sp) | 0
      return sp
    }
    case 70: {
      // PRINT_EXPR
      sp = PRINT_EXPR(f, sp) | 0
      return sp
    }
    case 71: {
      // LOAD_BUILD_CLASS
      sp = LOAD_BUILD_CLASS(f, sp) | 0
      return sp
    }
    case 74: {
      // LOAD_ASSERTION_ERROR
      sp = LOAD_ASSERTION_ERROR(f, sp) | 0
      return sp
    }
    case 82: {
      // LIST_TO_TUPLE
      const list = S[sp - 1] as Value
      const out = LIST_TO_TUPLE(list)
      S[sp - 1] = out
      decref(list)
      return sp
    }
    case 84: {
      // IMPORT_STAR
      sp = IMPORT_STAR(f, sp) | 0
      return sp
    }
    case 85: {
      // SETUP_ANNOTATIONS
      sp = SETUP_ANNOTATIONS(f, sp) | 0
      return sp
    }
    case 87: {
      // ASYNC_GEN_WRAP
      sp = ASYNC_GEN_WRAP(f, sp) | 0
      return sp
    }
    case 88: {
      // PREP_RERAISE_STAR
      sp = PREP_RERAISE_STAR(f, sp) | 0
      return sp
    }
    case 89: {
      // POP_EXCEPT
      sp = POP_EXCEPT(f, sp) | 0
      return sp
    }
    case 90: {
      // STORE_NAME
      sp = STORE_NAME(f, sp, arg) | 0
      return sp
    }
    case 91: {
      // DELETE_NAME
      sp = DELETE_NAME(f, sp, arg) | 0
      return sp
    }
    case 94: {
      // UNPACK_EX
      sp = UNPACK_EX(f, sp, arg) | 0
      return sp
    }
    case 96: {
      // DELETE_ATTR
      sp = DELETE_ATTR(f, sp, arg) | 0
      return sp
    }
    case 97: {
      // STORE_GLOBAL
      sp = STORE_GLOBAL(f, sp, arg) | 0
      return sp
    }
    case 98: {
      // DELETE_GLOBAL
      sp = DELETE_GLOBAL(f, sp, arg) | 0
      return sp
    }
    case 101: {
      // LOAD_NAME
      sp = LOAD_NAME(f, sp, arg) | 0
      return sp
    }
    case 104: {
      // BUILD_SET
      sp = BUILD_SET(f, sp, arg) | 0
      return sp
    }
    case 105: {
      // BUILD_MAP
      sp = BUILD_MAP(f, sp, arg) | 0
      return sp
    }
    case 108: {
      // IMPORT_NAME
      sp = IMPORT_NAME(f, sp, arg) | 0
      return sp
    }
    case 109: {
      // IMPORT_FROM
      sp = IMPORT_FROM(f, sp, arg) | 0
      return sp
    }
    case 131: {
      // GET_AWAITABLE
      sp = GET_AWAITABLE(f, sp, arg) | 0
      return sp
    }
    case 132: {
      // MAKE_FUNCTION
      sp = MAKE_FUNCTION(f, sp, arg) | 0
      return sp
    }
    case 133: {
      // BUILD_SLICE
      sp = BUILD_SLICE(f, sp, arg) | 0
      return sp
    }
    case 135: {
      // MAKE_CELL
      sp = MAKE_CELL(f, sp, arg) | 0
      return sp
    }
    case 139: {
      // DELETE_DEREF
      sp = DELETE_DEREF(f, sp, arg) | 0
      return sp
    }
    case 146: {
      // SET_ADD
      sp = SET_ADD(f, sp, arg) | 0
      return sp
    }
    case 147: {
      // MAP_ADD
      sp = MAP_ADD(f, sp, arg) | 0
      return sp
    }
    case 148: {
      // LOAD_CLASSDEREF
      sp = LOAD_CLASSDEREF(f, sp, arg) | 0
      return sp
    }
    case 149: {
      // COPY_FREE_VARS
      sp = COPY_FREE_VARS(f, sp, arg) | 0
      return sp
    }
    case 152: {
      // MATCH_CLASS
      sp = MATCH_CLASS(f, sp, arg) | 0
      return sp
    }
    case 155: {
      // FORMAT_VALUE
      sp = FORMAT_VALUE(f, sp, arg) | 0
      return sp
    }
    case 156: {
      // BUILD_CONST_KEY_MAP
      sp = BUILD_CONST_KEY_MAP(f, sp, arg) | 0
      return sp
    }
    case 157: {
      // BUILD_STRING
      sp = BUILD_STRING(f, sp, arg) | 0
      return sp
    }
    case 162: {
      // LIST_EXTEND
      sp = LIST_EXTEND(f, sp, arg) | 0
      return sp
    }
    case 163: {
      // SET_UPDATE
      sp = SET_UPDATE(f, sp, arg) | 0
      return sp
    }
    case 164: {
      // DICT_MERGE
      sp = DICT_MERGE(f, sp, arg) | 0
      return sp
    }
    case 165: {
      // DICT_UPDATE
      sp = DICT_UPDATE(f, sp, arg) | 0
      return sp
    }
    default:
      throw systemError('unknown opcode')
  }
}
