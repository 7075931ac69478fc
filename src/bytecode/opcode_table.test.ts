import assert from 'node:assert/strict'
import { test } from 'node:test'
import { opcodeEffect } from './opcode_effect.ts'
import * as table from './opcode_table.ts'
import {
  CALL,
  COMPARE_OP,
  type EffectOf,
  FOR_ITER,
  JUMP,
  JUMP_BACKWARD,
  LOAD_CLOSURE,
  LOAD_CONST,
  LOAD_FAST,
  LOAD_GLOBAL,
  SEND,
  SETUP_WITH,
} from './opcodes.ts'
import { baseOpcode, cachesBehind, specializedName } from './specialized.ts'

/**
 * Recorded from `dis.stack_effect` of CPython 3.11.7, in the order of the numbers: `falling through/jumping`, once where
 * the argument does not matter, else for the arguments below.
 */
const args = [0, 1, 2, 3, 4, 8, 0x302]
const effects = `
CACHE 0
POP_TOP -1
PUSH_NULL 1
NOP 0
UNARY_POSITIVE 0
UNARY_NEGATIVE 0
UNARY_NOT 0
UNARY_INVERT 0
BINARY_SUBSCR -1
GET_LEN 1
MATCH_MAPPING 1
MATCH_SEQUENCE 1
MATCH_KEYS 1
PUSH_EXC_INFO 1
CHECK_EXC_MATCH 0
CHECK_EG_MATCH 0
WITH_EXCEPT_START 1
GET_AITER 0
GET_ANEXT 1
BEFORE_ASYNC_WITH 1
BEFORE_WITH 1
END_ASYNC_FOR -2
STORE_SUBSCR -3
DELETE_SUBSCR -2
GET_ITER 0
GET_YIELD_FROM_ITER 0
PRINT_EXPR -1
LOAD_BUILD_CLASS 1
LOAD_ASSERTION_ERROR 1
RETURN_GENERATOR 0
LIST_TO_TUPLE 0
RETURN_VALUE -1
IMPORT_STAR -1
SETUP_ANNOTATIONS 0
YIELD_VALUE 0
ASYNC_GEN_WRAP 0
PREP_RERAISE_STAR -1
POP_EXCEPT -1
STORE_NAME -1
DELETE_NAME 0
UNPACK_SEQUENCE -1 0 1 2 3 7 769
FOR_ITER 1/-1
UNPACK_EX 0 1 2 3 4 8 5
STORE_ATTR -2
DELETE_ATTR -1
STORE_GLOBAL -1
DELETE_GLOBAL 0
SWAP 0
LOAD_CONST 1
LOAD_NAME 1
BUILD_TUPLE 1 0 -1 -2 -3 -7 -769
BUILD_LIST 1 0 -1 -2 -3 -7 -769
BUILD_SET 1 0 -1 -2 -3 -7 -769
BUILD_MAP 1 -1 -3 -5 -7 -15 -1539
LOAD_ATTR 0
COMPARE_OP -1
IMPORT_NAME -1
IMPORT_FROM 1
JUMP_FORWARD 0
JUMP_IF_FALSE_OR_POP -1/0
JUMP_IF_TRUE_OR_POP -1/0
POP_JUMP_FORWARD_IF_FALSE -1
POP_JUMP_FORWARD_IF_TRUE -1
LOAD_GLOBAL 1 2 1 2 1 1 1
IS_OP -1
CONTAINS_OP -1
RERAISE -1
COPY 1
BINARY_OP -1
SEND 0/-1
LOAD_FAST 1
STORE_FAST -1
DELETE_FAST 0
POP_JUMP_FORWARD_IF_NOT_NONE -1
POP_JUMP_FORWARD_IF_NONE -1
RAISE_VARARGS 0 -1 -2 -3 -4 -8 -770
GET_AWAITABLE 0
MAKE_FUNCTION 0 -1 -1 -2 -1 -1 -1
BUILD_SLICE -1 -1 -1 -2 -1 -1 -1
JUMP_BACKWARD_NO_INTERRUPT 0
MAKE_CELL 0
LOAD_CLOSURE 1
LOAD_DEREF 1
STORE_DEREF -1
DELETE_DEREF 0
JUMP_BACKWARD 0
CALL_FUNCTION_EX -2 -3 -2 -3 -2 -2 -2
EXTENDED_ARG 0
LIST_APPEND -1
SET_ADD -1
MAP_ADD -2
LOAD_CLASSDEREF 1
COPY_FREE_VARS 0
RESUME 0
MATCH_CLASS -2
FORMAT_VALUE 0 0 0 0 -1 0 0
BUILD_CONST_KEY_MAP 0 -1 -2 -3 -4 -8 -770
BUILD_STRING 1 0 -1 -2 -3 -7 -769
LOAD_METHOD 1
LIST_EXTEND -1
SET_UPDATE -1
DICT_MERGE -1
DICT_UPDATE -1
PRECALL 0 -1 -2 -3 -4 -8 -770
CALL -1
KW_NAMES 0
POP_JUMP_BACKWARD_IF_NOT_NONE -1
POP_JUMP_BACKWARD_IF_NONE -1
POP_JUMP_BACKWARD_IF_FALSE -1
POP_JUMP_BACKWARD_IF_TRUE -1
SETUP_FINALLY 0/1
SETUP_CLEANUP 0/2
SETUP_WITH 0/1
POP_BLOCK 0
JUMP 0
JUMP_NO_INTERRUPT 0
POP_JUMP_IF_FALSE -1
POP_JUMP_IF_TRUE -1
POP_JUMP_IF_NONE -1
POP_JUMP_IF_NOT_NONE -1
`

test('stack effects are those of dis.stack_effect', () => {
  const rows = effects.trim().split('\n')
  assert.equal(rows.length, 120)
  for (const row of rows) {
    const [name = '', ...columns] = row.split(' ')
    const opcode = table.opcodeNumber(name)
    assert.ok(opcode !== undefined, name)
    args.forEach((arg, i) => {
      const [through = '', jump = through] = (columns[i] ?? columns[0]!).split('/')
      assert.equal(table.stackEffect(opcode, arg, false), Number(through), `${name} ${arg}`)
      assert.equal(table.stackEffect(opcode, arg, true), Number(jump), `${name} ${arg}`)
      assert.equal(table.stackEffect(opcode, arg, 'max'), Math.max(Number(through), Number(jump)), `${name} ${arg}`)
    })
  }
  assert.deepEqual(
    rows.map((row) => row.split(' ')[0]),
    [...table.opcodeMap().keys()],
  )
})

test('the effect is kept in the type', () => {
  const effect: EffectOf<typeof FOR_ITER> = 'iterator -- iterator, item | jump: iterator --'
  // @ts-expect-error another effect than the row's
  const other: EffectOf<typeof CALL> = 'value --'
  assert.notEqual(effect as string, other)
})

test('a number without an opcode has no effect', () => {
  for (const opcode of [-1, 3, 113, 255, table.OPCODE_LIMIT]) {
    assert.equal(table.stackEffect(opcode, 0, 'max'), table.INVALID_STACK_EFFECT)
  }
})

test('an effect that is not understood is refused', () => {
  assert.throws(() => opcodeEffect('value'), /without --/)
  assert.throws(() => opcodeEffect('values[size] --'), /not understood/)
  assert.throws(() => opcodeEffect('a -- | jump: b -- | jump: c --'), /two jumps/)
  assert.throws(() => opcodeEffect('a[oparg] -- | jump: --'), /depends on its argument/)
})

test('names, flags and caches', () => {
  assert.equal(table.opcodeName(LOAD_FAST), 'LOAD_FAST')
  assert.equal(table.opcodeName(113), '<113>')
  assert.equal(table.opcodeNumber('NO_SUCH_OPCODE'), undefined)
  assert.ok(table.isJump(FOR_ITER) && table.isJump(SEND) && table.isJump(JUMP) && !table.isJump(CALL))
  assert.ok(table.isBackwardJump(JUMP_BACKWARD) && !table.isBackwardJump(FOR_ITER))
  assert.ok(table.isBlockPush(SETUP_WITH) && !table.isBlockPush(FOR_ITER))
  assert.equal(table.opcodeFlags[JUMP_BACKWARD], table.HAS_JUMP | table.JUMPS_BACKWARD)
  assert.equal(table.opcodeFlags[COMPARE_OP], table.HAS_COMPARE)
  assert.equal(table.opcodeFlags[LOAD_CONST], table.HAS_CONST)
  assert.equal(table.opcodeFlags[LOAD_GLOBAL], table.HAS_NAME)
  assert.equal(table.opcodeFlags[LOAD_FAST], table.HAS_LOCAL)
  assert.equal(table.opcodeFlags[LOAD_CLOSURE], table.HAS_FREE)
  assert.ok(table.hasArg(90) && !table.hasArg(89))
  assert.equal(table.opcodeCaches[CALL], 4)
  assert.deepEqual(table.opcodeCacheEntries(CALL), [
    { name: 'counter', size: 1 },
    { name: 'func_version', size: 2 },
    { name: 'min_args', size: 1 },
  ])
})

test('specialised forms fill the free numbers in order', () => {
  assert.equal(specializedName(3), 'BINARY_OP_ADAPTIVE')
  assert.equal(specializedName(LOAD_FAST), 'LOAD_FAST')
  const named = Array.from({ length: 256 }, (_, i) => i).filter((i) => baseOpcode(i) !== i)
  assert.equal(named.length, 71)
  for (const opcode of named) {
    const base = baseOpcode(opcode)
    assert.ok(specializedName(opcode).startsWith(`${table.opcodeName(base)}_`))
    assert.equal(cachesBehind(opcode), table.opcodeCaches[base])
  }
  assert.equal(specializedName(named.at(-1)!), 'UNPACK_SEQUENCE_TWO_TUPLE')
})
