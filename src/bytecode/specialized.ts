import { opcodeCaches, opcodeName, opcodeNumber } from './opcode_table.ts'

/**
 * The specialised forms into which CPython 3.11 rewrites running code: by base opcode, what follows its name. They take
 * the numbers below 256 that no opcode has, in this order.
 */
const families = `
BINARY_OP: ADAPTIVE ADD_FLOAT ADD_INT ADD_UNICODE INPLACE_ADD_UNICODE MULTIPLY_FLOAT MULTIPLY_INT SUBTRACT_FLOAT SUBTRACT_INT
BINARY_SUBSCR: ADAPTIVE DICT GETITEM LIST_INT TUPLE_INT
CALL: ADAPTIVE PY_EXACT_ARGS PY_WITH_DEFAULTS
COMPARE_OP: ADAPTIVE FLOAT_JUMP INT_JUMP STR_JUMP
EXTENDED_ARG: QUICK
JUMP_BACKWARD: QUICK
LOAD_ATTR: ADAPTIVE INSTANCE_VALUE MODULE SLOT WITH_HINT
LOAD_CONST: _LOAD_FAST
LOAD_FAST: _LOAD_CONST _LOAD_FAST
LOAD_GLOBAL: ADAPTIVE BUILTIN MODULE
LOAD_METHOD: ADAPTIVE CLASS MODULE NO_DICT WITH_DICT WITH_VALUES
PRECALL: ADAPTIVE BOUND_METHOD BUILTIN_CLASS BUILTIN_FAST_WITH_KEYWORDS METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS NO_KW_BUILTIN_FAST NO_KW_BUILTIN_O NO_KW_ISINSTANCE NO_KW_LEN NO_KW_LIST_APPEND NO_KW_METHOD_DESCRIPTOR_FAST NO_KW_METHOD_DESCRIPTOR_NOARGS NO_KW_METHOD_DESCRIPTOR_O NO_KW_STR_1 NO_KW_TUPLE_1 NO_KW_TYPE_1 PYFUNC
RESUME: QUICK
STORE_ATTR: ADAPTIVE INSTANCE_VALUE SLOT WITH_HINT
STORE_FAST: _LOAD_FAST _STORE_FAST
STORE_SUBSCR: ADAPTIVE DICT LIST_INT
UNPACK_SEQUENCE: ADAPTIVE LIST TUPLE TWO_TUPLE
`

const names: string[] = []
const bases = new Uint8Array(256)

function fill(): void {
  let slot = 0
  for (const line of families.trim().split('\n')) {
    const [base = '', suffixes = ''] = line.split(': ')
    for (const suffix of suffixes.split(' ')) {
      while (opcodeNumber(opcodeName(slot)) !== undefined) slot++
      names[slot] = `${base}_${suffix}`
      bases[slot] = opcodeNumber(base)!
      slot++
    }
  }
}
fill()

/** The opcode of which this one is a specialised form; itself if it is none. */
export function baseOpcode(opcode: number): number {
  return names[opcode] === undefined ? opcode : bases[opcode]!
}

/** The name of an opcode or of a specialised form. */
export function specializedName(opcode: number): string {
  return names[opcode] ?? opcodeName(opcode)
}

/** Code units of inline caches behind an opcode or a specialised form. */
export function cachesBehind(opcode: number): number {
  return opcodeCaches[baseOpcode(opcode)]!
}
