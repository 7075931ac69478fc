import { decodeUtf8 } from '../base/utf8.ts'
import { CO_OPTIMIZED, type CodeConstant, CodeObject } from '../bytecode/code.ts'
import { loads } from '../bytecode/marshal_read.ts'
import type { Owned } from '../memory/header.ts'
import { newFloat, newText, newTuple, none } from '../objects/make.ts'
import type { PyStr, Value } from '../objects/object.ts'
import {
  CODE_NUMBERS,
  Code,
  type CodeParts,
  constantValue,
  type FrozenModule,
  newConstantSet,
  type PyCode,
  wrapCode,
} from './code.ts'
import { Decoded } from './decode.ts'

/*
 * Images of modules: what the machine needs to run them, laid out so that of all that a module defines only what is
 * called is read (CPython's `Tools/scripts/deepfreeze.py` has the same purpose). They are made when the package is built, by
 * `deepfreeze_pack.ts`, from the module's `.pyc`, and are no format for anybody else.
 *
 * An image is a row of 32-bit little-endian numbers: a header, a record for each code object, the module's own first and
 * those nested in one right behind it, then the instructions and handlers that the records lead to; behind them bytes, and
 * at the end the texts.
 */

/** The numbers in front of the records: where numbers and bytes begin that records count from, and where the texts are. */
export const HEADER = { numbers: 0, bytes: 1, texts: 2, textsEnd: 3 } as const

export const HEADER_SIZE = 4

/** The numbers of a record behind its `CODE_NUMBERS`. */
export const RECORD = {
  /** The place of its text among the texts. */
  textStart: CODE_NUMBERS,
  textEnd: CODE_NUMBERS + 1,
  /** Numbers, up to the handlers. */
  words: CODE_NUMBERS + 2,
  handlers: CODE_NUMBERS + 3,
  handlersEnd: CODE_NUMBERS + 4,
  /** Bytes: the kinds of locals, then the code units of each instruction. */
  kinds: CODE_NUMBERS + 5,
} as const

export const RECORD_SIZE = CODE_NUMBERS + 6

/**
 * A constant in a text: what JSON has as it is, all else as an array that says what it is: the items of a tuple or
 * frozenset, a float, the place of marshalled bytes, a code object's number and name, and its qualified name
 * where that is not `nestedPrefix` and the name.
 */
export type FrozenConstant =
  | null
  | boolean
  | number
  | string
  | readonly ['t' | 's', ...FrozenConstant[]]
  | readonly ['f', number]
  | readonly ['m', number, number]
  | readonly ['c', number, string, string?]

/** The text of a code object, as JSON. */
export type FrozenText = readonly [names: string[], localsplusnames: string[], consts: FrozenConstant[]]

/** What stands before the names of what is nested in a code object that is no module's. */
export function nestedPrefix(qualname: string, flags: number): string {
  return (flags & CO_OPTIMIZED) !== 0 ? `${qualname}.<locals>.` : `${qualname}.`
}

/** In `CODE_NUMBERS`. */
const NLOCALSPLUS = 6

/** The image of one module. */
class ModuleImage implements FrozenModule {
  readonly filename: PyStr
  readonly numbers: Int32Array
  readonly bytes: Uint8Array
  private readonly original: () => CodeObject
  private texts: string | null = null
  private objects: readonly CodeObject[] | null = null

  constructor(bytes: Uint8Array, filename: string, original: () => CodeObject) {
    this.bytes = bytes
    this.numbers = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2)
    this.filename = newText(filename)
    this.original = original
  }

  placeOf(index: number): number {
    return HEADER_SIZE + index * RECORD_SIZE
  }

  /** The texts are ASCII. */
  partsOf({ qualname, flags }: Code, index: number): CodeParts {
    if (this.texts === null) {
      this.texts = decodeUtf8(this.bytes, this.numbers[HEADER.texts]!, this.numbers[HEADER.textsEnd]!)
    }
    const at = this.placeOf(index)
    const json = this.texts.slice(this.numbers[at + RECORD.textStart]!, this.numbers[at + RECORD.textEnd]!)
    const text = JSON.parse(json) as FrozenText
    const prefix = index === 0 ? '' : nestedPrefix(qualname as string, flags)
    return { names: text[0], localsplusnames: text[1], consts: this.constants(text[2], 0, prefix) }
  }

  kindsOf(index: number): Uint8Array {
    const at = this.placeOf(index)
    const start = this.numbers[at + RECORD.kinds]!
    return this.slice(start, start + this.numbers[at + NLOCALSPLUS]!)
  }

  decodedOf(index: number, consts: readonly Owned<Value>[]): Decoded {
    const { numbers } = this
    const at = this.placeOf(index)
    const base = numbers[HEADER.numbers]!
    const handlersAt = base + numbers[at + RECORD.handlers]!
    // The machine writes into the words: no other code object has them.
    const words = numbers.subarray(base + numbers[at + RECORD.words]!, handlersAt)
    const handlers = numbers.subarray(handlersAt, base + numbers[at + RECORD.handlersEnd]!)
    const steps = numbers[at + RECORD.kinds]! + numbers[at + NLOCALSPLUS]!
    return new Decoded(words, consts, handlers, null, this.slice(steps, steps + words.length))
  }

  /** Bytes at places that count from where bytes begin. */
  slice(start: number, end: number): Uint8Array {
    const base = this.numbers[HEADER.bytes]!
    return this.bytes.subarray(base + start, base + end)
  }

  code(index: number, name: string, qualname: string): Owned<PyCode> {
    return wrapCode(new Code(this, null, index, name, qualname))
  }

  /** The compiler's code object with a number. */
  objectOf(index: number): CodeObject {
    if (this.objects === null) {
      const objects: CodeObject[] = []
      const visit = (object: CodeObject) => {
        objects.push(object)
        for (const constant of object.co_consts) if (constant instanceof CodeObject) visit(constant)
      }
      visit(this.original())
      this.objects = objects
    }
    return this.objects[index]!
  }

  private constant(constant: FrozenConstant, prefix: string): Owned<Value> {
    if (constant === null) return none()
    if (typeof constant !== 'object') return constant
    switch (constant[0]) {
      case 't':
        return newTuple(this.constants(constant as readonly FrozenConstant[], 1, prefix))
      case 's':
        return newConstantSet(this.constants(constant as readonly FrozenConstant[], 1, prefix))
      case 'f':
        return newFloat(constant[1])
      case 'c':
        return this.code(constant[1], constant[2], constant[3] ?? prefix + constant[2])
      case 'm':
        return constantValue(loads(this.slice(constant[1], constant[2]), true) as CodeConstant)
    }
  }

  private constants(list: readonly FrozenConstant[], from: number, prefix: string): Owned<Value>[] {
    const values: Owned<Value>[] = []
    for (let i = from; i < list.length; i++) values.push(this.constant(list[i]!, prefix))
    return values
  }
}

/**
 * The code object of a module, from its image. What the image lacks (line numbers, above all) is taken from what
 * `original` gives, the code as it was compiled, with this name of its file.
 */
export function frozenModuleCode(bytes: Uint8Array, filename: string, original: () => CodeObject): Owned<PyCode> {
  return new ModuleImage(bytes, filename, original).code(0, '<module>', '<module>')
}
