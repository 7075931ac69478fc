/** Attributes of a shape from which on it looks names up in a map. */
const SEARCH_MAX = 8

/** Slots beyond which an instance gets a real dict: shapes copy their names. */
const SLOTS_MAX = 60

/**
 * Shapes of one class beyond which no more are made: a class whose instances get names that a program computes would
 * make one for each, and keep them all.
 */
const SHAPES_MAX = 1000

/**
 * Which attribute of an instance stands in which slot. Instances that got the same attributes in the same order share
 * a shape; adding an attribute leads to the next shape. The first `reserved` slots belong to `__slots__`.
 */
export class Shape {
  /** Attribute names in the order in which they were added. */
  readonly names: readonly string[]
  readonly reserved: number
  /** Number of slots in use, those of `__slots__` included. */
  readonly size: number
  readonly parent: Shape | null
  private next: Map<string, Shape> | null = null
  private readonly top: Shape
  /** Of the shape without attributes: how many follow from it. */
  private followers = 0
  private index: Map<string, number> | null = null

  constructor(names: readonly string[], reserved: number, parent: Shape | null) {
    this.names = names
    this.reserved = reserved
    this.size = reserved + names.length
    this.parent = parent
    this.top = parent === null ? this : parent.top
  }

  /** The slot of an attribute, or -1. */
  find(name: string): number {
    const { names } = this
    if (names.length <= SEARCH_MAX) {
      for (let i = 0; i < names.length; i++) if (names[i] === name) return this.reserved + i
      return -1
    }
    if (this.index === null) this.index = new Map(names.map((n, i) => [n, this.reserved + i]))
    return this.index.get(name) ?? -1
  }

  /** The shape with one attribute more, in the slot `this.size`; `null` where instances are to have a real dict. */
  with(name: string): Shape | null {
    let shape = this.next?.get(name)
    if (shape === undefined) {
      if (this.size >= SLOTS_MAX || this.top.followers === SHAPES_MAX) return null
      this.top.followers++
      shape = new Shape([...this.names, name], this.reserved, this)
      this.next ??= new Map()
      this.next.set(name, shape)
    }
    return shape
  }

  /** The shape without one attribute, those behind it one slot further down; `null` as `with`. */
  without(name: string): Shape | null {
    if (this.names[this.names.length - 1] === name) return this.parent
    let shape: Shape | null = this.top
    for (const other of this.names) if (other !== name && shape !== null) shape = shape.with(other)
    return shape
  }

  /** The shape without any attribute. */
  root(): Shape {
    return this.top
  }
}
