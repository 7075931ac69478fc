import { bytesRepr, constantRepr, strRepr } from '../base/repr.ts'
import { Float } from '../base/values.ts'

/** One object in marshalled data, in the order of the bytes. */
export interface MarshalRecord {
  /** Where its type byte stands. */
  readonly offset: number
  readonly depth: number
  /** The type code without the reference bit, such as `z`. */
  readonly code: string
  /** The number under which later records refer to it, `null` where it has none. */
  readonly ref: number | null
  /** The field of the code object that it is, `null` elsewhere. */
  readonly field: string | null
  /** Its value, shortened, or what it is made of. */
  readonly text: string
}

const intFields = ['argcount', 'posonlyargcount', 'kwonlyargcount', 'stacksize', 'flags']
const objectFields = [
  'code',
  'consts',
  'names',
  'localsplusnames',
  'localspluskinds',
  'filename',
  'name',
  'qualname',
  'firstlineno',
  'linetable',
  'exceptiontable',
]
const singletons: Record<string, string> = {
  N: 'None',
  T: 'True',
  F: 'False',
  '.': 'Ellipsis',
  S: 'StopIteration',
  '0': 'NULL',
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text)

class Walk {
  private readonly bytes: Uint8Array
  private readonly view: DataView
  private at = 0
  private refs = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  private int(): number {
    this.at += 4
    return this.view.getInt32(this.at - 4, true)
  }

  private take(length: number): Uint8Array {
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  private text(length: number): string {
    return shorten(strRepr(new TextDecoder().decode(this.take(length))))
  }

  private digits(): string {
    const size = this.int()
    let value = 0n
    for (let i = 0; i < Math.abs(size); i++, this.at += 2) {
      value |= BigInt(this.view.getUint16(this.at, true)) << BigInt(15 * i)
    }
    return shorten(String(size < 0 ? -value : value))
  }

  private float(): string {
    this.at += 8
    return constantRepr(new Float(this.view.getFloat64(this.at - 8, true)))
  }

  /** The value of an object that holds no others. */
  private leaf(code: string): string | null {
    if (code in singletons) return singletons[code]!
    if (code === 'i') return String(this.int())
    if (code === 'l') return this.digits()
    if (code === 'g') return this.float()
    if (code === 'y') return `complex ${this.float()}, ${this.float()}`
    if (code === 's') return shorten(bytesRepr(this.take(this.int())))
    if (code === 'z' || code === 'Z') return this.text(this.bytes[this.at++]!)
    if ('uatA'.includes(code)) return this.text(this.int())
    return code === 'r' ? `the object of ref ${this.int()}` : null
  }

  *object(depth: number, field: string | null): Generator<MarshalRecord> {
    const offset = this.at
    const byte = this.bytes[this.at++]!
    const code = String.fromCharCode(byte & 0x7f)
    const ref = (byte & 0x80) !== 0 ? this.refs++ : null
    const leaf = this.leaf(code)
    if (leaf !== null) yield { offset, depth, code, ref, field, text: leaf }
    else if (code === 'c') yield* this.code(offset, depth, ref, field)
    else {
      const size = code === ')' ? this.bytes[this.at++]! : this.int()
      const kind = code === '<' || code === '>' ? 'set' : code === '[' ? 'list' : 'tuple'
      yield { offset, depth, code, ref, field, text: `${kind} of ${size}` }
      for (let i = 0; i < size; i++) yield* this.object(depth + 1, null)
    }
  }

  private *code(offset: number, depth: number, ref: number | null, field: string | null): Generator<MarshalRecord> {
    const head = intFields.map((name) => `${name} ${this.int()}`).join(', ')
    yield { offset, depth, code: 'c', ref, field, text: `code object: ${head}` }
    for (const name of objectFields) {
      if (name !== 'firstlineno') yield* this.object(depth + 1, name)
      else yield { offset: this.at, depth: depth + 1, code: ' ', ref: null, field: name, text: String(this.int()) }
    }
  }
}

/**
 * The objects in marshalled data that the writer made (a `.pyc` file behind its header), for showing how they are
 * laid out. The data must be sound: what `marshal_read.ts` would refuse is not looked for here.
 */
export function marshalRecords(bytes: Uint8Array): Iterable<MarshalRecord> {
  return new Walk(bytes).object(0, null)
}
