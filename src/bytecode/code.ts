import type { Constant, Str } from '../base/values.ts'

/** What `co_consts` may hold: a constant, a nested code object. */
export type CodeConstant = Constant | CodeObject

/** `co_flags`: the numbers of CPython's `code.h` and `compile.h`. */
export const CO_OPTIMIZED = 0x1
export const CO_NEWLOCALS = 0x2
export const CO_VARARGS = 0x4
export const CO_VARKEYWORDS = 0x8
export const CO_NESTED = 0x10
export const CO_GENERATOR = 0x20
export const CO_COROUTINE = 0x80
export const CO_ITERABLE_COROUTINE = 0x100
export const CO_ASYNC_GENERATOR = 0x200
export const CO_FUTURE_DIVISION = 0x20000
export const CO_FUTURE_ABSOLUTE_IMPORT = 0x40000
export const CO_FUTURE_WITH_STATEMENT = 0x80000
export const CO_FUTURE_PRINT_FUNCTION = 0x100000
export const CO_FUTURE_UNICODE_LITERALS = 0x200000
export const CO_FUTURE_BARRY_AS_BDFL = 0x400000
export const CO_FUTURE_GENERATOR_STOP = 0x800000
export const CO_FUTURE_ANNOTATIONS = 0x1000000

/** Kinds in `co_localspluskinds`. */
export const CO_FAST_LOCAL = 0x20
export const CO_FAST_CELL = 0x40
export const CO_FAST_FREE = 0x80

/** The fields of a code object, in the order in which marshal writes them. */
export interface CodeFields {
  /** Positional parameters, positional-only ones included. */
  co_argcount: number
  co_posonlyargcount: number
  co_kwonlyargcount: number
  co_stacksize: number
  co_flags: number
  /** Code units, inline caches included. */
  co_code: Uint8Array
  co_consts: readonly CodeConstant[]
  co_names: readonly Str[]
  co_localsplusnames: readonly Str[]
  co_localspluskinds: Uint8Array
  co_filename: Str
  co_name: Str
  co_qualname: Str
  co_firstlineno: number
  co_linetable: Uint8Array
  co_exceptiontable: Uint8Array
}

/**
 * A code object of CPython 3.11. Arrays and byte strings that are one object in CPython (constants merged within one
 * compilation) are one object here too: marshal's reference bits depend on it.
 */
export class CodeObject implements CodeFields {
  readonly co_argcount: number
  readonly co_posonlyargcount: number
  readonly co_kwonlyargcount: number
  readonly co_stacksize: number
  readonly co_flags: number
  readonly co_code: Uint8Array
  readonly co_consts: readonly CodeConstant[]
  readonly co_names: readonly Str[]
  readonly co_localsplusnames: readonly Str[]
  readonly co_localspluskinds: Uint8Array
  readonly co_filename: Str
  readonly co_name: Str
  readonly co_qualname: Str
  readonly co_firstlineno: number
  readonly co_linetable: Uint8Array
  readonly co_exceptiontable: Uint8Array

  constructor(fields: CodeFields) {
    this.co_argcount = fields.co_argcount
    this.co_posonlyargcount = fields.co_posonlyargcount
    this.co_kwonlyargcount = fields.co_kwonlyargcount
    this.co_stacksize = fields.co_stacksize
    this.co_flags = fields.co_flags
    this.co_code = fields.co_code
    this.co_consts = fields.co_consts
    this.co_names = fields.co_names
    this.co_localsplusnames = fields.co_localsplusnames
    this.co_localspluskinds = fields.co_localspluskinds
    this.co_filename = fields.co_filename
    this.co_name = fields.co_name
    this.co_qualname = fields.co_qualname
    this.co_firstlineno = fields.co_firstlineno
    this.co_linetable = fields.co_linetable
    this.co_exceptiontable = fields.co_exceptiontable
  }
}
