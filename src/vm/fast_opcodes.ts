/*
 * Opcodes that only the decoded form of a program has: two instructions in one, or one whose operands are known better.
 * Their numbers are free in CPython 3.11.
 */
export const BINARY_ADD = 3
export const BINARY_SUBTRACT = 4
export const BINARY_MULTIPLY = 5
/** A comparison and the conditional jump behind it. */
export const COMPARE_JUMP = 6
export const LOAD_FAST_LOAD_FAST = 7
export const LOAD_FAST_LOAD_CONST = 8
export const STORE_FAST_LOAD_FAST = 13
/** An attribute in a slot of the instance: `shape` and `version` of the type guard it. */
export const LOAD_ATTR_SLOT = 14
export const STORE_ATTR_SLOT = 16
/** A function of the class, found by the version of the type; the instance has no attribute of that name. */
export const LOAD_METHOD_CLASS = 17
/** Reads the local's attribute at once where LOAD_ATTR behind it knows its slot; else it is LOAD_FAST. */
export const LOAD_FAST_LOAD_ATTR = 18
/** Reads an item of a list at once; else it is LOAD_FAST_LOAD_FAST. */
export const LOAD_FAST_LOAD_FAST_SUBSCR = 19
