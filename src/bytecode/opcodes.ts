/**
 * The opcodes of CPython 3.11, one row each: number, stack effect, sentence, and how the argument is read.
 *
 * The stack effect is written `before -- after`, top of stack last.
 */

/** How `dis` and the compiler read an opcode's argument. */
export type ArgKind = 'none' | 'raw' | 'const' | 'name' | 'local' | 'free' | 'jrel' | 'compare' | 'nb_op'

export interface OpcodeOptions {
  readonly arg?: ArgKind
  /** Number of inline cache entries behind the instruction. */
  readonly caches?: number
}

export interface OpcodeRow extends OpcodeOptions {
  readonly code: number
  readonly effect: string
  readonly doc: string
}

/** Rows by opcode number. */
export const opcodeRows: OpcodeRow[] = []

function op<const N extends number>(code: N, effect: string, doc: string, options: OpcodeOptions = {}): N {
  opcodeRows[code] = { code, effect, doc, ...options }
  return code
}

export const CACHE = op(0, '', '')
export const POP_TOP = op(1, '', '')
export const PUSH_NULL = op(2, '', '')
export const NOP = op(9, '', '')
export const UNARY_POSITIVE = op(10, '', '')
export const UNARY_NEGATIVE = op(11, '', '')
export const UNARY_NOT = op(12, '', '')
export const UNARY_INVERT = op(15, '', '')
export const BINARY_SUBSCR = op(25, '', '', { caches: 4 })
export const GET_LEN = op(30, '', '')
export const MATCH_MAPPING = op(31, '', '')
export const MATCH_SEQUENCE = op(32, '', '')
export const MATCH_KEYS = op(33, '', '')
export const PUSH_EXC_INFO = op(35, '', '')
export const CHECK_EXC_MATCH = op(36, '', '')
export const CHECK_EG_MATCH = op(37, '', '')
export const WITH_EXCEPT_START = op(49, '', '')
export const GET_AITER = op(50, '', '')
export const GET_ANEXT = op(51, '', '')
export const BEFORE_ASYNC_WITH = op(52, '', '')
export const BEFORE_WITH = op(53, '', '')
export const END_ASYNC_FOR = op(54, '', '')
export const STORE_SUBSCR = op(60, '', '', { caches: 1 })
export const DELETE_SUBSCR = op(61, '', '')
export const GET_ITER = op(68, '', '')
export const GET_YIELD_FROM_ITER = op(69, '', '')
export const PRINT_EXPR = op(70, '', '')
export const LOAD_BUILD_CLASS = op(71, '', '')
export const LOAD_ASSERTION_ERROR = op(74, '', '')
export const RETURN_GENERATOR = op(75, '', '')
export const LIST_TO_TUPLE = op(82, '', '')
export const RETURN_VALUE = op(83, '', '')
export const IMPORT_STAR = op(84, '', '')
export const SETUP_ANNOTATIONS = op(85, '', '')
export const YIELD_VALUE = op(86, '', '')
export const ASYNC_GEN_WRAP = op(87, '', '')
export const PREP_RERAISE_STAR = op(88, '', '')
export const POP_EXCEPT = op(89, '', '')
export const STORE_NAME = op(90, '', '', { arg: 'name' })
export const DELETE_NAME = op(91, '', '', { arg: 'name' })
export const UNPACK_SEQUENCE = op(92, '', '', { arg: 'raw', caches: 1 })
export const FOR_ITER = op(93, '', '', { arg: 'jrel' })
export const UNPACK_EX = op(94, '', '', { arg: 'raw' })
export const STORE_ATTR = op(95, '', '', { arg: 'name', caches: 4 })
export const DELETE_ATTR = op(96, '', '', { arg: 'name' })
export const STORE_GLOBAL = op(97, '', '', { arg: 'name' })
export const DELETE_GLOBAL = op(98, '', '', { arg: 'name' })
export const SWAP = op(99, '', '', { arg: 'raw' })
export const LOAD_CONST = op(100, '', '', { arg: 'const' })
export const LOAD_NAME = op(101, '', '', { arg: 'name' })
export const BUILD_TUPLE = op(102, '', '', { arg: 'raw' })
export const BUILD_LIST = op(103, '', '', { arg: 'raw' })
export const BUILD_SET = op(104, '', '', { arg: 'raw' })
export const BUILD_MAP = op(105, '', '', { arg: 'raw' })
export const LOAD_ATTR = op(106, '', '', { arg: 'name', caches: 4 })
export const COMPARE_OP = op(107, '', '', { arg: 'compare', caches: 2 })
export const IMPORT_NAME = op(108, '', '', { arg: 'name' })
export const IMPORT_FROM = op(109, '', '', { arg: 'name' })
export const JUMP_FORWARD = op(110, '', '', { arg: 'jrel' })
export const JUMP_IF_FALSE_OR_POP = op(111, '', '', { arg: 'jrel' })
export const JUMP_IF_TRUE_OR_POP = op(112, '', '', { arg: 'jrel' })
export const POP_JUMP_FORWARD_IF_FALSE = op(114, '', '', { arg: 'jrel' })
export const POP_JUMP_FORWARD_IF_TRUE = op(115, '', '', { arg: 'jrel' })
export const LOAD_GLOBAL = op(116, '', '', { arg: 'name', caches: 5 })
export const IS_OP = op(117, '', '', { arg: 'raw' })
export const CONTAINS_OP = op(118, '', '', { arg: 'raw' })
export const RERAISE = op(119, '', '', { arg: 'raw' })
export const COPY = op(120, '', '', { arg: 'raw' })
export const BINARY_OP = op(122, '', '', { arg: 'nb_op', caches: 1 })
export const SEND = op(123, '', '', { arg: 'jrel' })
export const LOAD_FAST = op(124, '', '', { arg: 'local' })
export const STORE_FAST = op(125, '', '', { arg: 'local' })
export const DELETE_FAST = op(126, '', '', { arg: 'local' })
export const POP_JUMP_FORWARD_IF_NOT_NONE = op(128, '', '', { arg: 'jrel' })
export const POP_JUMP_FORWARD_IF_NONE = op(129, '', '', { arg: 'jrel' })
export const RAISE_VARARGS = op(130, '', '', { arg: 'raw' })
export const GET_AWAITABLE = op(131, '', '', { arg: 'raw' })
export const MAKE_FUNCTION = op(132, '', '', { arg: 'raw' })
export const BUILD_SLICE = op(133, '', '', { arg: 'raw' })
export const JUMP_BACKWARD_NO_INTERRUPT = op(134, '', '', { arg: 'jrel' })
export const MAKE_CELL = op(135, '', '', { arg: 'free' })
export const LOAD_CLOSURE = op(136, '', '', { arg: 'free' })
export const LOAD_DEREF = op(137, '', '', { arg: 'free' })
export const STORE_DEREF = op(138, '', '', { arg: 'free' })
export const DELETE_DEREF = op(139, '', '', { arg: 'free' })
export const JUMP_BACKWARD = op(140, '', '', { arg: 'jrel' })
export const CALL_FUNCTION_EX = op(142, '', '', { arg: 'raw' })
export const EXTENDED_ARG = op(144, '', '', { arg: 'raw' })
export const LIST_APPEND = op(145, '', '', { arg: 'raw' })
export const SET_ADD = op(146, '', '', { arg: 'raw' })
export const MAP_ADD = op(147, '', '', { arg: 'raw' })
export const LOAD_CLASSDEREF = op(148, '', '', { arg: 'free' })
export const COPY_FREE_VARS = op(149, '', '', { arg: 'raw' })
export const RESUME = op(151, '', '', { arg: 'raw' })
export const MATCH_CLASS = op(152, '', '', { arg: 'raw' })
export const FORMAT_VALUE = op(155, '', '', { arg: 'raw' })
export const BUILD_CONST_KEY_MAP = op(156, '', '', { arg: 'raw' })
export const BUILD_STRING = op(157, '', '', { arg: 'raw' })
export const LOAD_METHOD = op(160, '', '', { arg: 'name', caches: 10 })
export const LIST_EXTEND = op(162, '', '', { arg: 'raw' })
export const SET_UPDATE = op(163, '', '', { arg: 'raw' })
export const DICT_MERGE = op(164, '', '', { arg: 'raw' })
export const DICT_UPDATE = op(165, '', '', { arg: 'raw' })
export const PRECALL = op(166, '', '', { arg: 'raw', caches: 1 })
export const CALL = op(171, '', '', { arg: 'raw', caches: 4 })
export const KW_NAMES = op(172, '', '', { arg: 'const' })
export const POP_JUMP_BACKWARD_IF_NOT_NONE = op(173, '', '', { arg: 'jrel' })
export const POP_JUMP_BACKWARD_IF_NONE = op(174, '', '', { arg: 'jrel' })
export const POP_JUMP_BACKWARD_IF_FALSE = op(175, '', '', { arg: 'jrel' })
export const POP_JUMP_BACKWARD_IF_TRUE = op(176, '', '', { arg: 'jrel' })

/** Pseudo instructions: the compiler's own, above every real opcode; the assembler resolves all of them. */
export const SETUP_FINALLY = 256
export const SETUP_CLEANUP = 257
export const SETUP_WITH = 258
export const POP_BLOCK = 259
export const JUMP = 260
export const JUMP_NO_INTERRUPT = 261
export const POP_JUMP_IF_FALSE = 262
export const POP_JUMP_IF_TRUE = 263
export const POP_JUMP_IF_NONE = 264
export const POP_JUMP_IF_NOT_NONE = 265
