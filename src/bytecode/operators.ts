/** The symbols of `COMPARE_OP`, by its argument. */
export const cmpOps = ['<', '<=', '==', '!=', '>', '>='] as const

/** The operators of `BINARY_OP`, by its argument: CPython's name and the symbol. */
export const nbOps = [
  ['NB_ADD', '+'],
  ['NB_AND', '&'],
  ['NB_FLOOR_DIVIDE', '//'],
  ['NB_LSHIFT', '<<'],
  ['NB_MATRIX_MULTIPLY', '@'],
  ['NB_MULTIPLY', '*'],
  ['NB_REMAINDER', '%'],
  ['NB_OR', '|'],
  ['NB_POWER', '**'],
  ['NB_RSHIFT', '>>'],
  ['NB_SUBTRACT', '-'],
  ['NB_TRUE_DIVIDE', '/'],
  ['NB_XOR', '^'],
  ['NB_INPLACE_ADD', '+='],
  ['NB_INPLACE_AND', '&='],
  ['NB_INPLACE_FLOOR_DIVIDE', '//='],
  ['NB_INPLACE_LSHIFT', '<<='],
  ['NB_INPLACE_MATRIX_MULTIPLY', '@='],
  ['NB_INPLACE_MULTIPLY', '*='],
  ['NB_INPLACE_REMAINDER', '%='],
  ['NB_INPLACE_OR', '|='],
  ['NB_INPLACE_POWER', '**='],
  ['NB_INPLACE_RSHIFT', '>>='],
  ['NB_INPLACE_SUBTRACT', '-='],
  ['NB_INPLACE_TRUE_DIVIDE', '/='],
  ['NB_INPLACE_XOR', '^='],
] as const

/** The parts of a function that the bits of `MAKE_FUNCTION`'s argument announce, the lowest bit first. */
export const makeFunctionParts = ['defaults', 'kwdefaults', 'annotations', 'closure'] as const

/** The conversions of `FORMAT_VALUE`, by the two lowest bits of its argument. */
export const formatConversions = ['', 'str', 'repr', 'ascii'] as const

/** The bit of `FORMAT_VALUE`'s argument that says that a format specification is on the stack. */
export const FORMAT_HAS_SPEC = 4
