/**
 * Reading marshalled values, all type codes and versions, as CPython's `Python/marshal.c`.
 *
 * Nothing recurses: open containers are on a stack of their own, so that nesting costs no JavaScript stack. Nothing is
 * allocated on the word of a length: a string's is checked against what is left, a container grows as its items come.
 */
import { PyError } from '../base/errors.ts'
import { Complex, canonicalInt, Ellipsis, Float, FrozenSet } from '../base/values.ts'
import type { CodeObject } from './code.ts'
import { makeCode } from './marshal_code.ts'
import { KeyTable } from './marshal_keys.ts'
import { intFromDigits, parseFloatText } from './marshal_numbers.ts'
import { decodeAscii, decodeUtf8SurrogatePass } from './marshal_text.ts'
import * as t from './marshal_values.ts'
import { List, MAX_DEPTH, type MarshalValue, MutableSet, StopIteration } from './marshal_values.ts'

/** C's NULL: the end of a dict, and an error elsewhere. */
const NULL = undefined
type Read = MarshalValue | undefined

/** A container whose items are still being read. */
class Open {
  type = 0
  /** Items left; for a code object, fields left. */
  left = 0
  /** Its number among the references, or −1. */
  ref = -1
  /** What its items go into: a tuple's own array, a list's, the fields of a code object. */
  items: MarshalValue[] = []
  value: MarshalValue = null
  map: Map<MarshalValue, MarshalValue> | null = null
  /** Keys of a set's or dict's items so far; a dict's with the key that stays. */
  seen: Map<string | number, MarshalValue> | null = null
  /** A dict's key that waits for its value. */
  key: Read = NULL
  outerExotic = false
}

const NOTHING: MarshalValue[] = []

class Reader {
  private bytes: Uint8Array
  private view: DataView
  private at = 0
  /** Gives the next bytes of a file, at most as many as asked for; `null` where all are there. */
  private readonly more: ((count: number) => Uint8Array) | null
  /** Whether the bytes never change, so that what is read may be parts of them. */
  private readonly isOurs: boolean
  private readonly refs: Read[] = []
  /** 1 where a reference leads to what no code object may hold: see `exotic`. */
  private readonly exoticRefs: number[] = []
  /**
   * A list, set, dict, `StopIteration` or a tuple inside itself was read within the innermost open container. No
   * compiler makes them; in a code object's fields they are refused, so that all who use code objects need not expect
   * them.
   */
  private exotic = false
  private readonly stack: Open[] = []
  private depth = 0
  private keys: KeyTable | null = null

  constructor(bytes: Uint8Array, more: ((count: number) => Uint8Array) | null, isOurs: boolean) {
    this.isOurs = isOurs
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.more = more
  }

  /** Reads the next bytes of a file in place of those that were used; whether there were enough. */
  private refill(count: number): boolean {
    if (this.more === null) return false
    const bytes = this.more(count)
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.at = 0
    return bytes.length === count
  }

  /** Reads one value. */
  read(): MarshalValue {
    for (;;) {
      let value = this.item()
      if (value === OPENED) continue
      while (this.depth > 0) {
        const top = this.stack[this.depth - 1]!
        if (!this.attach(top, value)) break
        value = this.close(top)
      }
      if (this.depth > 0) continue
      if (value === NULL) throw new PyError('TypeError', 'NULL object in marshal data for object')
      return value
    }
  }

  /** Reads a value without items, or opens a container and gives `OPENED` unless it has none. */
  private item(): Read | typeof OPENED {
    if (this.at >= this.bytes.length && !this.refill(1)) {
      throw new PyError('EOFError', 'EOF read where object expected')
    }
    const code = this.bytes[this.at++]!
    if (this.depth >= MAX_DEPTH) throw new PyError('ValueError', 'recursion limit exceeded')
    const flag = code >= t.FLAG_REF
    switch (code & 0x7f) {
      case t.TYPE_REF:
        return this.reference()
      case t.TYPE_SHORT_ASCII:
      case t.TYPE_SHORT_ASCII_INTERNED:
        return this.keep(flag, this.ascii(this.byte()))
      case t.TYPE_NONE:
        return null
      case t.TYPE_INT:
        return this.keep(flag, this.long())
      case t.TYPE_SMALL_TUPLE:
        return this.tuple(flag, this.byte())
      case t.TYPE_STRING:
        return this.keep(flag, this.byteString())
      case t.TYPE_CODE:
        return this.openCode(flag)
      case t.TYPE_TRUE:
        return true
      case t.TYPE_FALSE:
        return false
      default:
        return this.rareItem(code & 0x7f, flag)
    }
  }

  private rareItem(type: number, flag: boolean): Read | typeof OPENED {
    switch (type) {
      case t.TYPE_ASCII:
      case t.TYPE_ASCII_INTERNED:
        return this.keep(flag, this.ascii(this.size('string')))
      case t.TYPE_UNICODE:
      case t.TYPE_INTERNED: {
        const start = this.take(this.size('string'))
        return this.keep(flag, decodeUtf8SurrogatePass(this.bytes, start, this.at))
      }
      case t.TYPE_BINARY_FLOAT:
        return this.keep(flag, new Float(this.double()))
      case t.TYPE_BINARY_COMPLEX:
        return this.keep(flag, new Complex(this.double(), this.double()))
      case t.TYPE_FLOAT:
        return this.keep(flag, new Float(this.floatText()))
      case t.TYPE_COMPLEX:
        return this.keep(flag, new Complex(this.floatText(), this.floatText()))
      case t.TYPE_LONG:
        return this.keep(flag, this.bigInt())
      case t.TYPE_INT64:
        return this.keep(flag, canonicalInt(this.int64()))
      case t.TYPE_ELLIPSIS:
        return Ellipsis
      case t.TYPE_STOPITER:
        this.exotic = true
        return StopIteration
      case t.TYPE_NULL:
        return NULL
      case t.TYPE_TUPLE:
        return this.tuple(flag, this.size('tuple'))
      case t.TYPE_LIST:
      case t.TYPE_SET:
      case t.TYPE_FROZENSET:
      case t.TYPE_DICT:
        return this.openCollection(type, flag)
      default:
        throw new PyError('ValueError', 'bad marshal data (unknown type code)')
    }
  }

  /** Numbers a value that has the flag. */
  private keep(flag: boolean, value: MarshalValue): MarshalValue {
    if (flag) {
      this.refs.push(value)
      this.exoticRefs.push(0)
    }
    return value
  }

  private reference(): MarshalValue {
    const index = this.long()
    const value = index < 0 || index >= this.refs.length ? NULL : this.refs[index]
    if (value === NULL) throw new PyError('ValueError', 'bad marshal data (invalid reference)')
    if (this.exoticRefs[index] !== 0) this.exotic = true
    return value
  }

  /** Reserves a number for a container that is not finished; with NULL it cannot be referred to yet. */
  private reserve(flag: boolean, value: Read): number {
    if (!flag) return -1
    this.exoticRefs.push(1)
    return this.refs.push(value) - 1
  }

  private open(type: number, ref: number, left: number, items: MarshalValue[], value: MarshalValue): Open {
    const open = (this.stack[this.depth] ??= new Open())
    this.depth++
    open.type = type
    open.ref = ref
    open.left = left
    open.items = items
    open.value = value
    open.outerExotic = this.exotic
    this.exotic = false
    return open
  }

  private tuple(flag: boolean, size: number): MarshalValue | typeof OPENED {
    const items: MarshalValue[] = []
    if (size === 0) return this.keep(flag, items)
    this.open(t.TYPE_TUPLE, this.reserve(flag, items), size, items, items)
    return OPENED
  }

  private openCollection(type: number, flag: boolean): MarshalValue | typeof OPENED {
    const items: MarshalValue[] = []
    if (type === t.TYPE_DICT) {
      const map = new Map<MarshalValue, MarshalValue>()
      const open = this.open(type, this.reserve(flag, map), 0, items, map)
      open.map = map
      open.seen = new Map()
      open.key = NULL
      return OPENED
    }
    const size = this.size(type === t.TYPE_LIST ? 'list' : 'set')
    if (type === t.TYPE_FROZENSET) {
      if (size === 0) return this.keep(flag, new FrozenSet([]))
      this.open(type, this.reserve(flag, NULL), size, items, null).seen = new Map()
      return OPENED
    }
    const value = type === t.TYPE_LIST ? new List(items) : new MutableSet(items)
    const ref = this.reserve(flag, value)
    if (size === 0) {
      this.exotic = true
      return value
    }
    const open = this.open(type, ref, size, items, value)
    if (type === t.TYPE_SET) open.seen = new Map()
    return OPENED
  }

  /** Five ints, eight objects, an int, two objects. */
  private openCode(flag: boolean): typeof OPENED {
    const ref = this.reserve(flag, NULL)
    const items: MarshalValue[] = [this.long(), this.long(), this.long(), this.long(), this.long()]
    this.open(t.TYPE_CODE, ref, 10, items, null)
    return OPENED
  }

  /** Puts a value into the innermost open container; true if that is complete now. */
  private attach(top: Open, value: Read): boolean {
    switch (top.type) {
      case t.TYPE_TUPLE:
        if (value === NULL) throw nullIn('tuple')
        top.items.push(value)
        return --top.left === 0
      case t.TYPE_CODE:
        if (value === NULL) throw nullIn('code object')
        top.items.push(value)
        if (top.items.length === 13) top.items.push(this.long())
        return --top.left === 0
      case t.TYPE_LIST:
        if (value === NULL) throw nullIn('list')
        top.items.push(value)
        return --top.left === 0
      case t.TYPE_DICT:
        return this.attachToDict(top, value)
      default:
        if (value === NULL) throw nullIn('set')
        this.addToSet(top, value)
        return --top.left === 0
    }
  }

  private keyOf(value: MarshalValue): string | number {
    return typeof value === 'string' ? value : (this.keys ??= new KeyTable()).key(value)
  }

  private addToSet(top: Open, value: MarshalValue): void {
    const key = this.keyOf(value)
    if (top.seen!.has(key)) return
    top.seen!.set(key, value)
    top.items.push(value)
  }

  private attachToDict(top: Open, value: Read): boolean {
    if (value === NULL) return true
    if (top.key === NULL) {
      top.key = value
      return false
    }
    const key = this.keyOf(top.key)
    const first = top.seen!.get(key)
    if (first === undefined) top.seen!.set(key, top.key)
    top.map!.set(first === undefined ? top.key : first, value)
    top.key = NULL
    return false
  }

  /** Finishes the innermost open container and gives its value. */
  private close(top: Open): MarshalValue {
    this.depth--
    let value = top.value
    if (top.type === t.TYPE_CODE) {
      value = this.finishCode(top.items)
      this.exotic = top.outerExotic
      if (top.ref >= 0) this.exoticRefs[top.ref] = 0
    } else {
      if (top.type === t.TYPE_FROZENSET) value = frozenSetOf(top.items)
      else if (top.type !== t.TYPE_TUPLE) this.exotic = true
      if (top.ref >= 0) this.exoticRefs[top.ref] = this.exotic ? 1 : 0
      this.exotic = this.exotic || top.outerExotic
    }
    if (top.ref >= 0) this.refs[top.ref] = value
    top.items = NOTHING
    top.value = null
    top.map = null
    top.seen = null
    return value
  }

  private finishCode(fields: readonly MarshalValue[]): CodeObject {
    const code = makeCode(fields)
    if (this.exotic) throw new PyError('ValueError', 'bad marshal data (mutable object in code object)')
    return code
  }

  private byte(): number {
    if (this.at >= this.bytes.length && !this.refill(1)) throw new PyError('EOFError', 'EOF read where not expected')
    return this.bytes[this.at++]!
  }

  /** Takes `count` bytes and gives the place of the first. */
  private take(count: number): number {
    if (this.bytes.length - this.at < count && !this.refill(count)) {
      throw new PyError('EOFError', this.more === null ? 'marshal data too short' : 'EOF read where not expected')
    }
    const start = this.at
    this.at = start + count
    return start
  }

  // The place is taken first: that may bring in other bytes, and with them another view.

  private long(): number {
    const at = this.take(4)
    return this.view.getInt32(at, true)
  }

  private int64(): bigint {
    const at = this.take(8)
    return this.view.getBigInt64(at, true)
  }

  private size(what: 'string' | 'tuple' | 'list' | 'set' | 'bytes object'): number {
    const size = this.long()
    if (size < 0) throw new PyError('ValueError', `bad marshal data (${what} size out of range)`)
    return size
  }

  private double(): number {
    const at = this.take(8)
    return this.view.getFloat64(at, true)
  }

  private floatText(): number {
    const start = this.take(this.byte())
    return parseFloatText(this.bytes.subarray(start, this.at))
  }

  private ascii(size: number): string {
    const start = this.take(size)
    return decodeAscii(this.bytes, start, this.at)
  }

  private byteString(): Uint8Array {
    const start = this.take(this.size('bytes object'))
    return this.isOurs ? this.bytes.subarray(start, this.at) : this.bytes.slice(start, this.at)
  }

  private bigInt(): number | bigint {
    const size = this.long()
    if (size === -0x80000000) throw new PyError('ValueError', 'bad marshal data (long size out of range)')
    const digits: number[] = []
    for (let left = Math.abs(size); left > 0; left--) {
      const at = this.take(2)
      const digit = this.view.getInt16(at, true)
      if (digit < 0) throw new PyError('ValueError', 'bad marshal data (digit out of range in long)')
      if (digit === 0 && left === 1) throw new PyError('ValueError', 'bad marshal data (unnormalized long data)')
      digits.push(digit)
    }
    return size === 0 ? 0 : canonicalInt(intFromDigits(digits, size < 0))
  }
}

/** What `item` gives after opening a container. */
const OPENED = Symbol('opened')

function nullIn(container: string): PyError {
  return new PyError('TypeError', `NULL object in marshal data for ${container}`)
}

/** Its items may be hashable values that no constant is; those never get into a code object. */
function frozenSetOf(items: readonly MarshalValue[]): FrozenSet {
  return new FrozenSet(items as FrozenSet['items'])
}

/**
 * Reads the first value that the bytes hold, as `marshal.loads`; what follows it is ignored.
 *
 * Arrays, bytes and floats that were one object when written are one again. Where `isOurs` says that nobody changes the
 * bytes, byte strings are parts of them.
 *
 * @throws PyError ValueError, EOFError, TypeError and so on, with CPython's messages, for damaged data.
 */
export function loads(bytes: Uint8Array, isOurs = false): MarshalValue {
  return new Reader(bytes, null, isOurs).read()
}

/**
 * Reads one value from a file, and no byte beyond it, as `marshal.load`. `read` gives as many bytes as it is asked for,
 * fewer at the file's end.
 */
export function load(read: (count: number) => Uint8Array): MarshalValue {
  return new Reader(new Uint8Array(0), read, false).read()
}
