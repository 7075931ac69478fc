/** The operators of `re`'s compiled patterns, numbered as `re/_constants.py` of CPython 3.11 numbers them. */
export const SRE = {
  FAILURE: 0,
  SUCCESS: 1,
  ANY: 2,
  ANY_ALL: 3,
  ASSERT: 4,
  ASSERT_NOT: 5,
  AT: 6,
  BRANCH: 7,
  CATEGORY: 8,
  CHARSET: 9,
  BIGCHARSET: 10,
  GROUPREF: 11,
  GROUPREF_EXISTS: 12,
  IN: 13,
  INFO: 14,
  JUMP: 15,
  LITERAL: 16,
  MARK: 17,
  MAX_UNTIL: 18,
  MIN_UNTIL: 19,
  NOT_LITERAL: 20,
  NEGATE: 21,
  RANGE: 22,
  REPEAT: 23,
  REPEAT_ONE: 24,
  SUBPATTERN: 25,
  MIN_REPEAT_ONE: 26,
  ATOMIC_GROUP: 27,
  POSSESSIVE_REPEAT: 28,
  POSSESSIVE_REPEAT_ONE: 29,
  GROUPREF_IGNORE: 30,
  IN_IGNORE: 31,
  LITERAL_IGNORE: 32,
  NOT_LITERAL_IGNORE: 33,
  GROUPREF_LOC_IGNORE: 34,
  IN_LOC_IGNORE: 35,
  LITERAL_LOC_IGNORE: 36,
  NOT_LITERAL_LOC_IGNORE: 37,
  GROUPREF_UNI_IGNORE: 38,
  IN_UNI_IGNORE: 39,
  LITERAL_UNI_IGNORE: 40,
  NOT_LITERAL_UNI_IGNORE: 41,
  RANGE_UNI_IGNORE: 42,
} as const

/** `_sre.MAGIC`: the version of the codes that `re/_compiler.py` and the engine must agree on. */
export const MAGIC = 20220615
/** `_sre.CODESIZE`: bytes of one code. */
export const CODESIZE = 4
/** `_sre.MAXREPEAT`: the upper bound that means none. */
export const MAXREPEAT = 4294967295
/** `_sre.MAXGROUPS`. */
export const MAXGROUPS = 1073741823

/** The last of the `AT_…` codes, which begin with 0. */
export const LAST_AT = 11
/** The last of the `CATEGORY_…` codes, which begin with 0. */
export const LAST_CATEGORY = 17

/** Flags of an INFO block. */
export const INFO = { PREFIX: 1, LITERAL: 2, CHARSET: 4 } as const
