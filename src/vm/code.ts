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
import { drop, keep } from '../memory/counted.ts'
import type { Owned, WeakReferences } from '../memory/header.ts'
import { asStr } from '../objects/access.ts'
import { newBytes, newComplex, newFloat, newFrozenSet, newStr, newTuple, none } from '../objects/make.ts'
import { newObject, type PyObject, type PyStr, type PyTuple, type Value } from '../objects/object.ts'
import { SetTable } from '../objects/set_table.ts'
import { codeType, Ellipsis } from '../objects/types.ts'
import { type Decoded, decode } from './decode.ts'
import type { Frame } from './frame.ts'

/**
 * A code object as the machine runs it: the compiler's fields, its constants and names as Python values, and the
 * instructions decoded for speed. The `data` of Python's code objects.
 */
export class Code {
  readonly object: CodeObject
  readonly names: readonly PyStr[]
  /** Names of locals, cells and free variables, in the order of their places in a frame. */
  readonly localsplusnames: readonly PyStr[]
  readonly nlocalsplus: number
  readonly nlocals: number
  readonly nfreevars: number
  readonly argcount: number
  readonly posonlyargcount: number
  readonly kwonlyargcount: number
  readonly flags: number
  readonly stacksize: number
  /** Whether a call with exactly `argcount` positional arguments only copies them. */
  readonly simple: boolean
  /** Whether locals have places in the frame (CO_OPTIMIZED). */
  readonly optimized: boolean
  /** Whether a call makes a generator, coroutine or asynchronous generator. */
  readonly generator: boolean
  readonly name: PyStr
  readonly qualname: PyStr
  readonly filename: PyStr
  /** Handlers: start, end, target, depth and lasti flag of each, in instruction indexes. */
  weakrefs: WeakReferences | null = null
  /** Frames of earlier calls, for the next ones. */
  freeFrames: Frame | null = null
  /** `co_consts`, once somebody asked for it. */
  constsTuple: Owned<PyTuple> | null = null
  /** Whether there are constants that no compiled program could hold: such code cannot be marshalled. */
  foreignConsts = false
  /** Python's object around this, not owned. */
  self: PyCode | null = null
  private decoded: Decoded | null = null
  private madeConsts: readonly Owned<Value>[] | null
  private lineNumbers: Int32Array | null = null

  /** `consts`, taken over, stand for `co_consts` where a program made a code object of values that no compiler knows. */
  constructor(object: CodeObject, consts?: readonly Owned<Value>[]) {
    this.object = object
    this.madeConsts = consts ?? null
    this.names = allStr(object.co_names)
    this.localsplusnames = allStr(object.co_localsplusnames)
    const kinds = object.co_localspluskinds
    this.nlocalsplus = kinds.length
    let nlocals = 0
    let nfreevars = 0
    for (let i = 0; i < kinds.length; i++) {
      if ((kinds[i]! & CO_FAST_LOCAL) !== 0) nlocals++
      if ((kinds[i]! & CO_FAST_FREE) !== 0) nfreevars++
    }
    this.nlocals = nlocals
    this.nfreevars = nfreevars
    this.argcount = object.co_argcount
    this.posonlyargcount = object.co_posonlyargcount
    this.kwonlyargcount = object.co_kwonlyargcount
    this.flags = object.co_flags
    this.stacksize = object.co_stacksize
    this.generator = (object.co_flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)) !== 0
    this.optimized = (object.co_flags & CO_OPTIMIZED) !== 0
    this.simple = (object.co_flags & (CO_VARARGS | CO_VARKEYWORDS)) === 0 && object.co_kwonlyargcount === 0
    this.name = newStr(object.co_name)
    this.qualname = newStr(object.co_qualname)
    this.filename = newStr(object.co_filename)
  }

  /** The constants, made when they are first asked for: of what a module defines, little is ever called. */
  get consts(): readonly Owned<Value>[] {
    this.madeConsts ??= this.object.co_consts.map(constantValue)
    return this.madeConsts
  }

  /** The constants if they have been made, which the caller is to drop; they are not asked for again. */
  takeConsts(): readonly Owned<Value>[] {
    return this.madeConsts ?? []
  }

  /** The docstring of a function with this code, borrowed; `null` where the first constant is none. */
  get doc(): PyStr | null {
    const first = this.madeConsts === null ? this.object.co_consts[0] : undefined
    if (typeof first === 'string') return first
    if (this.object.co_consts.length === 0 || (this.madeConsts === null && !(first instanceof WideStr))) return null
    const doc = this.consts[0]
    return doc !== undefined && asStr(doc) !== undefined ? (doc as PyStr) : null
  }

  /** The instructions, decoded at the first call. */
  get run(): Decoded {
    if (this.decoded === null) {
      const { object } = this
      this.decoded = decode(object.co_code, parseExceptionTable(object.co_exceptiontable), this.consts)
    }
    return this.decoded
  }

  /** The line of each instruction, -1 for none. */
  get lines(): Int32Array {
    if (this.lineNumbers === null) {
      const { offsets } = this.run
      const lines = new Int32Array(offsets.length).fill(-1)
      const reader = new LineTableReader(this.object.co_linetable, this.object.co_firstlineno)
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
    return this.localsplusnames.filter((_, i) => (this.object.co_localspluskinds[i]! & kind) !== 0)
  }
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
  const code = wrapCode(new Code(object))
  wrappers.set(object, code)
  return code
}

/** The Python object of a code. */
export function wrapCode(code: Code): Owned<PyCode> {
  const object = newObject(codeType, code)
  code.self = object
  return object
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
  if (constant instanceof FrozenSet) {
    const table = new SetTable()
    for (const item of constant.items) {
      const value = constantValue(item)
      table.add(value)
      drop(value)
    }
    return newFrozenSet(table)
  }
  return newTuple((constant as readonly Constant[]).map(constantValue))
}
