import { encodeUtf8 } from '../base/utf8.ts'
import { type Constant, Float, FrozenSet, type Str } from '../base/values.ts'
import { type CodeConstant, CodeObject } from '../bytecode/code.ts'
import { dumps } from '../bytecode/marshal_write.ts'
import { codeNumbers, decodeObject } from './code.ts'
import { stepsOf } from './decode.ts'
import {
  type FrozenConstant,
  type FrozenText,
  HEADER,
  HEADER_SIZE,
  nestedPrefix,
  RECORD,
  RECORD_SIZE,
} from './deepfreeze.ts'

/** JSON of ASCII characters alone. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The number of the next nested code object, and what stands before its name. */
interface Numbering {
  next: number
  readonly prefix: string
}

/** What `packModule` puts together. */
class Packer {
  private readonly records: number[][] = []
  private readonly numbers: number[] = []
  private readonly bytes: number[] = []
  private readonly texts: string[] = []
  private textLength = 0

  /** Adds a code object and those nested in it. */
  add(object: CodeObject): void {
    const record = new Array<number>(RECORD_SIZE).fill(0)
    const index = this.records.push(record) - 1
    for (const [i, number] of codeNumbers(object).entries()) record[i] = number
    this.addParts(object, record, index)
    for (const constant of object.co_consts) if (constant instanceof CodeObject) this.add(constant)
  }

  private addParts(object: CodeObject, record: number[], index: number): void {
    const { co_names, co_localsplusnames, co_consts, co_localspluskinds } = object
    const prefix = index === 0 ? '' : nestedPrefix(plain(object.co_qualname), object.co_flags)
    const numbering = { next: index + 1, prefix }
    const consts = co_consts.map((constant) => this.constant(constant, numbering))
    const text: FrozenText = [co_names.map(plain), co_localsplusnames.map(plain), consts]
    const json = asciiJson(text)
    this.texts.push(json)
    record[RECORD.textStart] = this.textLength
    this.textLength += json.length
    record[RECORD.textEnd] = this.textLength
    const decoded = decodeObject(object, [])
    record[RECORD.words] = this.numbers.length
    for (const word of decoded.words) this.numbers.push(word)
    record[RECORD.handlers] = this.numbers.length
    for (const number of decoded.handlers) this.numbers.push(number)
    record[RECORD.handlersEnd] = this.numbers.length
    record[RECORD.kinds] = this.bytes.length
    for (const byte of [...co_localspluskinds, ...stepsOf(decoded)]) this.bytes.push(byte)
  }

  /** `numbering` gives nested code objects the numbers that `add` will. */
  private constant(constant: CodeConstant, numbering: Numbering): FrozenConstant {
    if (constant === null || typeof constant === 'boolean' || typeof constant === 'string') return constant
    if (typeof constant === 'number') return constant
    if (constant instanceof CodeObject) {
      const index = numbering.next
      numbering.next += countOf(constant)
      const name = plain(constant.co_name)
      const qualname = plain(constant.co_qualname)
      return qualname === numbering.prefix + name ? ['c', index, name] : ['c', index, name, qualname]
    }
    if (Array.isArray(constant)) return ['t', ...constant.map((item: CodeConstant) => this.constant(item, numbering))]
    if (constant instanceof FrozenSet) return ['s', ...constant.items.map((item) => this.constant(item, numbering))]
    if (constant instanceof Float && Number.isFinite(constant.value) && !Object.is(constant.value, -0)) {
      return ['f', constant.value]
    }
    const start = this.bytes.length
    for (const byte of dumps(constant as Constant)) this.bytes.push(byte)
    return ['m', start, this.bytes.length]
  }

  assemble(): Uint8Array {
    const numbers = HEADER_SIZE + this.records.length * RECORD_SIZE
    const bytes = 4 * (numbers + this.numbers.length)
    const texts = bytes + this.bytes.length
    const textsEnd = texts + this.textLength
    const header = new Array<number>(HEADER_SIZE)
    header[HEADER.numbers] = numbers
    header[HEADER.bytes] = bytes
    header[HEADER.texts] = texts
    header[HEADER.textsEnd] = textsEnd
    const image = new Uint8Array(textsEnd)
    const view = new DataView(image.buffer)
    const all = [...header, ...this.records.flat(), ...this.numbers]
    for (let i = 0; i < all.length; i++) view.setInt32(4 * i, all[i]!, true)
    image.set(this.bytes, bytes)
    image.set(encodeUtf8(this.texts.join('')), texts)
    return image
  }
}

/** A string of an image: those that JavaScript writes in another way than Python have no place there. */
function plain(text: Str): string {
  if (typeof text !== 'string') throw new Error('a name beyond the basic plane')
  return text
}

function countOf(object: CodeObject): number {
  return object.co_consts.reduce<number>((n, c) => n + (c instanceof CodeObject ? countOf(c) : 0), 1)
}

/** The image of a module's code, as `marshal` reads it. */
export function packModule(code: CodeObject): Uint8Array {
  const packer = new Packer()
  packer.add(code)
  return packer.assemble()
}
