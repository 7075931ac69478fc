/**
 * Writing marshalled values, versions 0 to 4, byte for byte as CPython 3.11 writes a freshly compiled module.
 *
 * ## Which objects get a reference number
 * CPython gives an object the flag and a number unless its reference count is 1 (`w_ref` in `Python/marshal.c`); an
 * interned string gets them always. No counts exist here, so they are modelled as they stand when `py_compile` or an
 * import writes a new module (the syntax tree and the compiler's tables are gone by then):
 *
 * - The object given to `dumps` is held by its caller.
 * - Names (`co_names`, `co_localsplusnames`, `co_name`) are interned; so is each constant that consists of ASCII letters,
 *   digits and underscores only, also inside tuples and frozensets: making a code object does that. `'*'` is interned
 *   from the start, for `import *`. `<module>`, `<lambda>`, `<listcomp>` and so on as `co_name` are static strings:
 *   not interned, but always flagged.
 * - Ints from −5 to 256, strings of one Latin-1 character, bytes of length 0 and 1 and the empty tuple are singletons.
 * - `co_filename` is one object, which the caller holds.
 * - `co_code` is made for the writing and kept by the code object: always flagged, never shared.
 * - A `co_qualname` equal to `co_name` is the same object. That of a class body is the constant for `__qualname__`, unless
 *   the compilation had an equal constant before. Any other belongs to its code object alone, and so does
 *   `co_localspluskinds`, unless empty.
 * - Everything else is held by the places of the tree that contain it. Constants that are equal within a compilation are
 *   one object: strings and ints here by equality, all others (tuples, bytes, floats, …) by JavaScript identity.
 * - An item of a set or frozenset is also held by the list that sorts them.
 *
 * Whether an object has a second place is known when that is reached. Until then it stands without the flag, and
 * references hold provisional numbers; `finish` puts them right. So one pass suffices.
 */
import { PyError } from '../base/errors.ts'
import { Complex, EllipsisType, Float, FrozenSet, type Str, strEquals, strToUtf16, WideStr } from '../base/values.ts'
import { CO_OPTIMIZED, CodeObject } from './code.ts'
import { MarshalBytes } from './marshal_bytes.ts'
import { isNameLike, isSingleCharacter, Places } from './marshal_places.ts'
import * as t from './marshal_values.ts'
import { List, MARSHAL_VERSION, MAX_DEPTH, type MarshalValue, MutableSet, StopIterationType } from './marshal_values.ts'

/** `<` */
const LESS = 0x3c

/** What `enter` gives when it has written a reference. */
const REFERRED = -1

const SMALL_INT_MIN = -5
const SMALL_INT_MAX = 256
/** Where singletons that are no small ints have their places: bytes of length 1 behind the empty one. */
const EMPTY_TUPLE = SMALL_INT_MAX - SMALL_INT_MIN + 1
const EMPTY_BYTES = EMPTY_TUPLE + 1
const SINGLETONS = EMPTY_BYTES + 1 + 256

/** A container whose items are still being written. */
class Open {
  items: readonly MarshalValue[] = []
  /** The next item. */
  next = 0
  /** Whether something beside their container holds the items. */
  held = false
  /** The code object whose constants the items are; what comes after them is still to be written. */
  code: CodeObject | null = null
  /** The qualified name is to be written as an object of its own. */
  ownsQualname = false
  isDict = false
}

/** The items of sets in the order in which they are written. */
type SetOrders = Map<FrozenSet | MutableSet, readonly MarshalValue[]>

class Writer {
  readonly out: MarshalBytes
  private readonly version: number
  private readonly places: Places
  /** Open containers; a stack of its own keeps depth off JavaScript's. */
  private readonly stack: Open[] = []
  private depth = 0
  /** CPython's count of nested calls: a code object and its constants are two. */
  private levels = 0
  /** Objects that are held by nothing but their places, to their provisional numbers. */
  private readonly objects = new Map<unknown, number>()
  /** Interned strings and one-character strings. */
  private readonly interned = new Map<Str, number>()
  private readonly wideInterned = new Map<string, number>()
  private readonly wide = new Map<string, number>()
  private readonly filenames = new Map<string, number>()
  /** Names such as `<module>`. */
  private readonly staticNames = new Map<string, number>()
  /** Small ints, short bytes and the empty tuple, each at a place of its own: the number plus 1. */
  private readonly singletons = new Int32Array(SINGLETONS)
  /** By provisional number: where the type byte stands. */
  private readonly starts: number[] = []
  /** Where references hold provisional numbers. */
  private readonly references: number[] = []
  /** In the bytes by which a set is sorted, an object is flagged if it has more than one place in the whole tree. */
  private readonly sorting: Places | null
  private readonly orders: SetOrders

  constructor(
    root: MarshalValue,
    version: number,
    memory: Uint8Array,
    sorting: Places | null = null,
    orders: SetOrders = new Map(),
  ) {
    this.places = new Places(root)
    this.version = version
    this.out = new MarshalBytes(memory)
    this.sorting = sorting
    this.orders = orders
  }

  /** Writes a value with all that it contains; `held` says that something outside the tree holds it too. */
  writeAll(value: MarshalValue, held: boolean): void {
    this.write(value, held)
    while (this.depth > 0) {
      const top = this.stack[this.depth - 1]!
      if (top.next < top.items.length) this.write(top.items[top.next++]!, top.held)
      else this.close(top)
    }
  }

  /** Writes a value, or the beginning of a container and opens it. */
  private write(value: MarshalValue, held: boolean): void {
    this.checkLevels(1)
    if (typeof value === 'string') this.writeConstantString(value, held)
    else if (value === null) this.out.byte(t.TYPE_NONE)
    else if (typeof value === 'number') this.writeInt(value, held)
    else if (typeof value === 'object') this.writeObject(value, held)
    else if (typeof value === 'boolean') this.out.byte(value ? t.TYPE_TRUE : t.TYPE_FALSE)
    else if (typeof value === 'bigint') this.writeLong(value, value, held)
    else throw unmarshallable()
  }

  private checkLevels(more: number): void {
    if (this.levels + more > MAX_DEPTH) throw tooDeep()
  }

  private open(items: readonly MarshalValue[]): Open {
    const open = (this.stack[this.depth] ??= new Open())
    this.depth++
    this.levels++
    open.items = items
    open.next = 0
    open.held = false
    open.code = null
    open.isDict = false
    return open
  }

  private close(top: Open): void {
    this.depth--
    this.levels--
    if (top.code !== null) this.writeCodeRest(top.code, top.ownsQualname)
    else if (top.isDict) this.out.byte(t.TYPE_NULL)
  }

  /** Puts the provisional numbers right and gives the bytes, in memory of their own. */
  finish(): Uint8Array {
    const { out, starts } = this
    const numbers = new Int32Array(starts.length)
    let count = 0
    for (let i = 0; i < starts.length; i++) if (out.bytes[starts[i]!]! >= t.FLAG_REF) numbers[i] = count++
    for (let i = 0; i < this.references.length; i += 2) {
      out.putLong(this.references[i]!, numbers[this.references[i + 1]!]!)
    }
    return out.bytes.slice(0, out.end)
  }

  private refer(number: number): typeof REFERRED {
    const { out } = this
    out.bytes[this.starts[number]!]! |= t.FLAG_REF
    out.byte(t.TYPE_REF)
    this.references.push(out.end, number)
    out.long(0)
    return REFERRED
  }

  /**
   * Gives the object of a key a provisional number, or writes a reference if it has one; then the type byte must
   * follow. Gives the flag to add to it: set if `held` by something outside its places.
   */
  private enter<K>(numbers: Map<K, number>, key: K, held: boolean): number {
    if (this.version < 3) return 0
    const number = numbers.get(key)
    if (number !== undefined) return this.refer(number)
    numbers.set(key, this.starts.length)
    this.starts.push(this.out.end)
    return held ? t.FLAG_REF : 0
  }

  /** As `enter`, for an object that is there once and that CPython itself holds. */
  private enterSingleton(place: number): number {
    if (this.version < 3) return 0
    const number = this.singletons[place]!
    if (number !== 0) return this.refer(number - 1)
    this.starts.push(this.out.end)
    this.singletons[place] = this.starts.length
    return t.FLAG_REF
  }

  private enterObject(key: unknown, held: boolean): number {
    return this.enter(this.objects, key, held || (this.sorting !== null && this.sorting.ofObject(key) > 1))
  }

  private writeInt(value: number, held: boolean): void {
    if (!Number.isInteger(value)) throw unmarshallable()
    if (value !== (value | 0)) {
      this.writeLong(BigInt(value), value, held)
      return
    }
    const small = value >= SMALL_INT_MIN && value <= SMALL_INT_MAX
    const flag = small ? this.enterSingleton(value - SMALL_INT_MIN) : this.enterObject(value, held)
    if (flag === REFERRED) return
    this.out.byte(t.TYPE_INT | flag)
    this.out.long(value)
  }

  private writeLong(value: bigint, key: number | bigint, held: boolean): void {
    if (BigInt.asIntN(32, value) === value) {
      this.writeInt(Number(value), held)
      return
    }
    const flag = this.enterObject(key, held)
    if (flag === REFERRED) return
    this.out.byte(t.TYPE_LONG | flag)
    this.out.digits(value)
  }

  private writeConstantString(value: string, held: boolean): void {
    if (isNameLike(value) || value === '*') {
      this.writeName(value)
      return
    }
    const flag = isSingleCharacter(value) ? this.enter(this.interned, value, true) : this.enterObject(value, held)
    if (flag !== REFERRED) this.writeText(value, flag, false)
  }

  private writeWideString(value: WideStr, held: boolean): void {
    const text = strToUtf16(value)
    const flag = this.enter(this.wide, text, held || (this.sorting !== null && this.sorting.ofWide(text) > 1))
    if (flag !== REFERRED) this.writeText(value, flag, false)
  }

  /** A string that is interned. */
  private writeName(value: Str): void {
    const flag =
      typeof value === 'string'
        ? this.enter(this.interned, value, true)
        : this.enter(this.wideInterned, strToUtf16(value), true)
    if (flag !== REFERRED) this.writeText(value, flag, true)
  }

  /** A string with its type byte. */
  private writeText(value: Str, flag: number, interned: boolean): void {
    const { out } = this
    if (this.version >= 4 && typeof value === 'string') {
      const start = out.end
      if (value.length < 256) {
        out.byte((interned ? t.TYPE_SHORT_ASCII_INTERNED : t.TYPE_SHORT_ASCII) | flag)
        out.byte(value.length)
      } else {
        out.byte((interned ? t.TYPE_ASCII_INTERNED : t.TYPE_ASCII) | flag)
        out.long(value.length)
      }
      if (out.ascii(value)) return
      out.end = start
    }
    out.byte((interned && this.version >= 3 ? t.TYPE_INTERNED : t.TYPE_UNICODE) | flag)
    out.utf8(value)
  }

  private writeObject(value: object & MarshalValue, held: boolean): void {
    if (Array.isArray(value)) this.writeTuple(value, held)
    else if (value instanceof CodeObject) this.writeCode(value, held)
    else if (value instanceof Uint8Array) this.writeBytes(value, held)
    else if (value instanceof Float) this.writeFloat(value, held)
    else if (value instanceof WideStr) this.writeWideString(value, held)
    else if (value instanceof EllipsisType) this.out.byte(t.TYPE_ELLIPSIS)
    else if (value instanceof FrozenSet) this.writeSet(value, t.TYPE_FROZENSET, held)
    else if (value instanceof Complex) this.writeComplex(value, held)
    else if (value instanceof MutableSet) this.writeSet(value, t.TYPE_SET, held)
    else if (value instanceof List) this.writeList(value, held)
    else if (value instanceof Map) this.writeDict(value, held)
    else if (value instanceof StopIterationType) this.out.byte(t.TYPE_STOPITER)
    else throw unmarshallable()
  }

  private writeBytes(value: Uint8Array, held: boolean): void {
    const { length } = value
    const flag =
      length > 1
        ? this.enterObject(value, held)
        : this.enterSingleton(length === 0 ? EMPTY_BYTES : EMPTY_BYTES + 1 + value[0]!)
    if (flag === REFERRED) return
    this.out.byte(t.TYPE_STRING | flag)
    this.out.sized(value)
  }

  private writeFloat(value: Float, held: boolean): void {
    const flag = this.enterObject(value, held)
    if (flag === REFERRED) return
    this.out.byte((this.version > 1 ? t.TYPE_BINARY_FLOAT : t.TYPE_FLOAT) | flag)
    this.writeDouble(value.value)
  }

  private writeComplex(value: Complex, held: boolean): void {
    const flag = this.enterObject(value, held)
    if (flag === REFERRED) return
    this.out.byte((this.version > 1 ? t.TYPE_BINARY_COMPLEX : t.TYPE_COMPLEX) | flag)
    this.writeDouble(value.real)
    this.writeDouble(value.imag)
  }

  private writeDouble(value: number): void {
    if (this.version > 1) this.out.double(value)
    else this.out.floatText(value)
  }

  /** Writes the beginning of a tuple; false if there is nothing more to write of it. */
  private beginTuple(value: readonly MarshalValue[], held: boolean): boolean {
    const { length } = value
    const flag = length === 0 ? this.enterSingleton(EMPTY_TUPLE) : this.enterObject(value, held)
    if (flag === REFERRED) return false
    if (this.version >= 4 && length < 256) {
      this.out.byte(t.TYPE_SMALL_TUPLE | flag)
      this.out.byte(length)
    } else {
      this.out.byte(t.TYPE_TUPLE | flag)
      this.out.long(length)
    }
    return length > 0
  }

  private writeTuple(value: readonly MarshalValue[], held: boolean): void {
    if (this.beginTuple(value, held)) this.open(value)
  }

  private writeNames(names: readonly Str[]): void {
    if (!this.beginTuple(names, false)) return
    this.checkLevels(2)
    for (let i = 0; i < names.length; i++) this.writeName(names[i]!)
  }

  private writeList(value: List, held: boolean): void {
    const flag = this.enterObject(value, held)
    if (flag === REFERRED) return
    this.out.byte(t.TYPE_LIST | flag)
    this.out.long(value.items.length)
    this.open(value.items)
  }

  private writeDict(value: ReadonlyMap<MarshalValue, MarshalValue>, held: boolean): void {
    const flag = this.enterObject(value, held)
    if (flag === REFERRED) return
    this.out.byte(t.TYPE_DICT | flag)
    const items: MarshalValue[] = []
    for (const [key, item] of value) items.push(key, item)
    this.open(items).isDict = true
  }

  private writeSet(value: FrozenSet | MutableSet, type: number, held: boolean): void {
    const flag = this.enterObject(value, held)
    if (flag === REFERRED) return
    this.out.byte(type | flag)
    this.out.long(value.items.length)
    let order = this.orders.get(value)
    if (order === undefined) {
      order = this.sortedItems(value.items)
      this.orders.set(value, order)
    }
    this.open(order).held = true
  }

  /** The items go by the bytes that each would give alone, so that the order does not depend on hashes. */
  private sortedItems(items: readonly MarshalValue[]): readonly MarshalValue[] {
    if (items.length < 2) return items
    if (items.every(isShortName)) return (items as readonly string[]).slice().sort(compareNames)
    const places = this.sorting ?? this.places
    const pairs = items.map((item) => {
      const writer = new Writer(item, this.version, new Uint8Array(64), places, this.orders)
      writer.writeAll(item, false)
      return { item, key: writer.finish() }
    })
    return pairs.sort((a, b) => compareBytes(a.key, b.key)).map((pair) => pair.item)
  }

  private writeCode(code: CodeObject, held: boolean): void {
    const flag = this.enterObject(code, held)
    if (flag === REFERRED) return
    this.checkLevels(2)
    const { out } = this
    out.byte(t.TYPE_CODE | flag)
    out.long(code.co_argcount)
    out.long(code.co_posonlyargcount)
    out.long(code.co_kwonlyargcount)
    out.long(code.co_stacksize)
    out.long(code.co_flags)
    if (this.version >= 3) this.starts.push(out.end)
    out.byte(t.TYPE_STRING | (this.version >= 3 ? t.FLAG_REF : 0))
    out.sized(code.co_code)
    const ownsQualname = !strEquals(code.co_name, code.co_qualname) && !this.hasQualnameConstant(code)
    const open = this.open(this.beginTuple(code.co_consts, false) ? code.co_consts : [])
    this.levels++
    open.code = code
    open.ownsQualname = ownsQualname
  }

  /** What follows the constants. */
  private writeCodeRest(code: CodeObject, ownsQualname: boolean): void {
    const { out } = this
    this.writeNames(code.co_names)
    this.writeNames(code.co_localsplusnames)
    this.writeKinds(code.co_localspluskinds)
    const filename = this.enter(this.filenames, strToUtf16(code.co_filename), true)
    if (filename !== REFERRED) this.writeText(code.co_filename, filename, false)
    this.writeCodeName(code.co_name)
    if (ownsQualname) this.writeText(code.co_qualname, 0, false)
    else if (strEquals(code.co_name, code.co_qualname)) this.writeCodeName(code.co_qualname)
    else this.write(code.co_qualname, false)
    out.long(code.co_firstlineno)
    this.writeBytes(code.co_linetable, false)
    this.writeBytes(code.co_exceptiontable, false)
    this.levels--
  }

  /** Whether this is a class body whose first constant, yet to be written, is the same object as its `co_qualname`. */
  private hasQualnameConstant(code: CodeObject): boolean {
    if ((code.co_flags & CO_OPTIMIZED) !== 0) return false
    const { co_qualname } = code
    const first = code.co_consts[0]
    if (typeof co_qualname === 'string') return first === co_qualname && !this.objects.has(first)
    return first instanceof WideStr && strEquals(first, co_qualname) && !this.wide.has(strToUtf16(first))
  }

  private writeCodeName(name: Str): void {
    if (typeof name !== 'string' || name.charCodeAt(0) !== LESS) {
      this.writeName(name)
      return
    }
    const flag = this.enter(this.staticNames, name, true)
    if (flag !== REFERRED) this.writeText(name, flag, false)
  }

  private writeKinds(kinds: Uint8Array): void {
    if (kinds.length === 0) {
      this.writeBytes(kinds, false)
      return
    }
    this.out.byte(t.TYPE_STRING)
    this.out.sized(kinds)
  }
}

function tooDeep(): PyError {
  return new PyError('ValueError', 'object too deeply nested to marshal')
}

function unmarshallable(): PyError {
  return new PyError('ValueError', 'unmarshallable object')
}

/** Whether an item is one of the strings whose bytes differ in length and text only: nearly all items are. */
function isShortName(item: MarshalValue): boolean {
  return typeof item === 'string' && item.length < 256 && isNameLike(item)
}

function compareNames(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1)
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

/** Memory that is kept from one call to the next, unless it has grown beyond this. */
const KEPT_MAX = 1 << 24
let memory: Uint8Array = new Uint8Array(1 << 16)

/**
 * Marshals a value, as `marshal.dumps`.
 *
 * @param version 0 to 4: references need 3, binary floats 2, short forms of strings and tuples 4.
 * @throws PyError ValueError for a value that is nested too deeply or is none of marshal's.
 */
export function dumps(value: MarshalValue, version: number = MARSHAL_VERSION): Uint8Array {
  const writer = new Writer(value, version, memory)
  try {
    writer.writeAll(value, true)
  } catch (error) {
    // Sets within sets are sorted by writers within writers.
    throw error instanceof RangeError ? tooDeep() : error
  }
  if (writer.out.bytes.length <= KEPT_MAX) memory = writer.out.bytes
  return writer.finish()
}
