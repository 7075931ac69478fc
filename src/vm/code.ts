import type { Constant, Str } from '../base/values.ts'
import { Complex, EllipsisType, Float, FrozenSet, WideStr } from '../base/values.ts'
import {
  CO_ASYNC_GENERATOR,
  CO_COROUTINE,
  CO_FAST_CELL,
  CO_FAST_FREE,
  CO_FAST_LOCAL,
  CO_GENERATOR,
  CO_OPTIMIZED,
  CO_VARARGS,
  CO_VARKEYWORDS,
  type CodeConstant,
  CodeObject,
} from '../bytecode/code.ts'
import { parseExceptionTable } from '../bytecode/exceptiontable.ts'
import { LineTableReader, withoutColumns } from '../bytecode/linetable.ts'
import { drop, dropAll, keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { asStr } from '../objects/access.ts'
import { newBytes, newComplex, newFloat, newFrozenSet, newStr, newTuple, none } from '../objects/make.ts'
import { newObject, type PyObject, type PyStr, type PyTuple, type Value } from '../objects/object.ts'
import { SetTable } from '../objects/set_table.ts'
import { codeType, Ellipsis } from '../objects/types.ts'
import { type Decoded, decode } from './decode.ts'
import type { Frame } from './frame.ts'

/**
 * The numbers of a code object, the first of its record in an image: argcount, posonlyargcount, kwonlyargcount, stacksize,
 * flags, firstlineno, nlocalsplus, nlocals, nfreevars.
 */
export const CODE_NUMBERS = 9

/** The code objects of a module, by number, whose parts are read when they are needed: see `deepfreeze.ts`. */
export interface FrozenModule {
  readonly numbers: Int32Array
  readonly filename: PyStr
  /** Where the `CODE_NUMBERS` of a code object stand. */
  placeOf(index: number): number
  /** The names and constants, new. */
  partsOf(code: Code, index: number): CodeParts
  kindsOf(index: number): Uint8Array
  decodedOf(index: number, consts: readonly Owned<Value>[]): Decoded
  /** What the compiler made. */
  objectOf(index: number): CodeObject
}

/** Names and constants of a code object. */
export interface CodeParts {
  readonly names: readonly PyStr[]
  readonly localsplusnames: readonly PyStr[]
  readonly consts: readonly Owned<Value>[]
}

/**
 * A code object as the machine runs it: the compiler's fields, its constants and names as Python values, and the
 * instructions decoded for speed. The `data` of Python's code objects.
 */
export class Code {
  readonly nlocalsplus: number
  readonly nlocals: number
  readonly nfreevars: number
  readonly argcount: number
  readonly posonlyargcount: number
  readonly kwonlyargcount: number
  readonly flags: number
  readonly stacksize: number
  readonly firstlineno: number
  /** Whether a call with exactly `argcount` positional arguments only copies them. */
  readonly simple: boolean
  /** Whether locals have places in the frame (CO_OPTIMIZED). */
  readonly optimized: boolean
  /** Whether a call makes a generator, coroutine or asynchronous generator. */
  readonly generator: boolean
  readonly name: PyStr
  readonly qualname: PyStr
  readonly filename: PyStr
  weakrefs: WeakReferences | null = null
  /** Frames of earlier calls, for the next ones. */
  freeFrames: Frame | null = null
  /** `co_consts`, once somebody asked for it. */
  constsTuple: Owned<PyTuple> | null = null
  /** Whether there are constants that no compiled program could hold: such code cannot be marshalled. */
  foreignConsts = false
  /** Python's object around this, not owned. */
  self: PyCode | null = null
  private readonly frozen: FrozenModule | null
  /** Its number in `frozen`. */
  private readonly index: number
  private compiled: CodeObject | null
  private decoded: Decoded | null = null
  private madeNames: readonly PyStr[] | null = null
  private madeLocalsplusnames: readonly PyStr[] | null = null
  private madeConsts: readonly Owned<Value>[] | null
  private lineNumbers: Int32Array | null = null

  /**
   * What the compiler made, or a code object of a frozen module by its number and names. `consts`, taken over, stand for
   * `co_consts` where a program made a code object of values that no compiler knows.
   */
  constructor(
    source: CodeObject | FrozenModule,
    consts: readonly Owned<Value>[] | null,
    index = 0,
    name = '',
    qualname = '',
  ) {
    const compiled = source instanceof CodeObject ? source : null
    const frozen = compiled === null ? (source as FrozenModule) : null
    const numbers = compiled === null ? frozen!.numbers : codeNumbers(compiled)
    const at = compiled === null ? frozen!.placeOf(index) : 0
    const kwonlyargcount = numbers[at + 2]!
    const flags = numbers[at + 4]!
    this.argcount = numbers[at]!
    this.posonlyargcount = numbers[at + 1]!
    this.kwonlyargcount = kwonlyargcount
    this.stacksize = numbers[at + 3]!
    this.flags = flags
    this.firstlineno = numbers[at + 5]!
    this.nlocalsplus = numbers[at + 6]!
    this.nlocals = numbers[at + 7]!
    this.nfreevars = numbers[at + 8]!
    this.generator = (flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) !== 0
    this.optimized = (flags & CO_OPTIMIZED) !== 0
    this.simple = (flags & (CO_VARARGS | CO_VARKEYWORDS)) === 0 && kwonlyargcount === 0
    this.name = compiled === null ? name : newStr(compiled.co_name)
    this.qualname = compiled === null ? qualname : newStr(compiled.co_qualname)
    this.filename = compiled === null ? frozen!.filename : newStr(compiled.co_filename)
    this.frozen = frozen
    this.index = index
    this.compiled = compiled
    this.madeConsts = consts
  }

  /** The compiler's fields; those of a frozen module are read when they are first asked for. */
  get object(): CodeObject {
    if (this.compiled === null) {
      this.compiled = this.frozen!.objectOf(this.index)
      if (!codeOptions.debugRanges) removeColumns(this.compiled)
    }
    return this.compiled
  }

  get names(): readonly PyStr[] {
    if (this.madeNames === null) this.make()
    return this.madeNames!
  }

  /** Names of locals, cells and free variables, in the order of their places in a frame. */
  get localsplusnames(): readonly PyStr[] {
    if (this.madeLocalsplusnames === null) this.make()
    return this.madeLocalsplusnames!
  }

  /** The constants, made when they are first asked for: of what a module defines, little is ever called. */
  get consts(): readonly Owned<Value>[] {
    if (this.madeConsts === null) this.make()
    return this.madeConsts!
  }

  private make(): void {
    if (this.frozen !== null) {
      const { names, localsplusnames, consts } = this.frozen.partsOf(this, this.index)
      this.madeNames = names
      this.madeLocalsplusnames = localsplusnames
      this.madeConsts = consts
      return
    }
    const { co_names, co_localsplusnames, co_consts } = this.compiled!
    this.madeNames = allStr(co_names)
    this.madeLocalsplusnames = allStr(co_localsplusnames)
    this.madeConsts ??= co_consts.map(constantValue)
  }

  /** Kinds of locals, cells and free variables, as `co_localspluskinds`. */
  get localspluskinds(): Uint8Array {
    return this.frozen === null ? this.compiled!.co_localspluskinds : this.frozen.kindsOf(this.index)
  }

  /** Gives up what the code has made of its fields; they are not asked for again. */
  dropParts(): void {
    if (this.madeConsts !== null) dropAll(this.madeConsts)
    if (this.madeNames !== null) dropAll(this.madeNames)
    if (this.madeLocalsplusnames !== null) dropAll(this.madeLocalsplusnames)
    drop(this.name)
    drop(this.qualname)
    drop(this.filename)
    drop(this.constsTuple)
    this.constsTuple = null
  }

  /** The docstring of a function with this code, borrowed; `null` where the first constant is none. */
  get doc(): PyStr | null {
    const doc = this.consts[0]
    return doc !== undefined && asStr(doc) !== undefined ? (doc as PyStr) : null
  }

  /** The instructions, decoded at the first call. */
  get run(): Decoded {
    if (this.decoded === null) {
      if (this.frozen !== null) this.decoded = this.frozen.decodedOf(this.index, this.consts)
      else this.decoded = decodeObject(this.compiled!, this.consts)
    }
    return this.decoded
  }

  /** The line of each instruction, -1 for none. */
  get lines(): Int32Array {
    if (this.lineNumbers === null) {
      const { offsets } = this.run
      const lines = new Int32Array(offsets.length).fill(-1)
      const reader = new LineTableReader(this.object.co_linetable, this.firstlineno)
      let at = 0
      while (at < offsets.length && reader.nextLine()) {
        while (at < offsets.length && offsets[at]! < reader.end) lines[at++] = reader.lineno
      }
      this.lineNumbers = lines
    }
    return this.lineNumbers
  }

  /** Names of cells: locals that are cells too, then pure ones. */
  cellNames(): PyStr[] {
    return this.namesOf(CO_FAST_CELL)
  }

  freeNames(): PyStr[] {
    return this.namesOf(CO_FAST_FREE)
  }

  localNames(): PyStr[] {
    return this.namesOf(CO_FAST_LOCAL)
  }

  private namesOf(kind: number): PyStr[] {
    return this.localsplusnames.filter((_, i) => (this.localspluskinds[i]! & kind) !== 0)
  }
}

/** The instructions of a compiled code, with these constants. */
export function decodeObject(object: CodeObject, consts: readonly Owned<Value>[]): Decoded {
  return decode(object.co_code, parseExceptionTable(object.co_exceptiontable), consts)
}

/** The `CODE_NUMBERS` of a compiled code. */
export function codeNumbers(object: CodeObject): Int32Array {
  const kinds = object.co_localspluskinds
  const numbers = new Int32Array(CODE_NUMBERS)
  numbers[0] = object.co_argcount
  numbers[1] = object.co_posonlyargcount
  numbers[2] = object.co_kwonlyargcount
  numbers[3] = object.co_stacksize
  numbers[4] = object.co_flags
  numbers[5] = object.co_firstlineno
  numbers[6] = kinds.length
  for (let i = 0; i < kinds.length; i++) {
    if ((kinds[i]! & CO_FAST_LOCAL) !== 0) numbers[7]!++
    if ((kinds[i]! & CO_FAST_FREE) !== 0) numbers[8]!++
  }
  return numbers
}

/** Strings as Python's; wide ones are rare, and plain ones are the same in both. */
function allStr(texts: readonly Str[]): readonly PyStr[] {
  for (let i = 0; i < texts.length; i++) if (typeof texts[i] !== 'string') return texts.map(newStr)
  return texts as readonly string[]
}

export type PyCode = PyObject<Code>

const wrappers = new WeakMap<CodeObject, PyCode>()

/** Whether code objects keep the columns of instructions (`-X no_debug_ranges`). */
export const codeOptions = { debugRanges: true }

/** Nothing else has seen the code yet: it is changed in place, so that it is marshalled like that. */
function removeColumns(object: { co_linetable: Uint8Array }): void {
  object.co_linetable = withoutColumns(object.co_linetable)
}

/** The Python code object of a compiled one; a nested code object has one for all its functions. */
export function newCode(object: CodeObject): Owned<PyCode> {
  const known = wrappers.get(object)
  if (known !== undefined && known.rc > 0) return keep<PyCode>(known)
  if (!codeOptions.debugRanges) removeColumns(object)
  const code = wrapCode(new Code(object, null))
  wrappers.set(object, code)
  return code
}

/** The Python object of a code. */
export function wrapCode(code: Code): Owned<PyCode> {
  const object = newObject(codeType, code)
  code.self = object
  return object
}

/** The frozenset of these values, which are taken over. */
export function newConstantSet(items: readonly Owned<Value>[]): Owned<Value> {
  const table = new SetTable()
  for (const item of items) {
    table.add(item)
    drop(item)
  }
  return newFrozenSet(table)
}

/** The Python value of a constant of the compiler. */
export function constantValue(constant: CodeConstant): Owned<Value> {
  if (constant === null) return none()
  if (typeof constant !== 'object') return constant
  if (constant instanceof CodeObject) return newCode(constant)
  if (constant instanceof Float) return newFloat(constant.value)
  if (constant instanceof Complex) return newComplex(constant)
  if (constant instanceof WideStr) return newStr(constant)
  if (constant instanceof Uint8Array) return newBytes(constant)
  if (constant instanceof EllipsisType) return keep<Value>(Ellipsis)
  if (constant instanceof FrozenSet) return newConstantSet(constant.items.map(constantValue))
  return newTuple((constant as readonly Constant[]).map(constantValue))
}
