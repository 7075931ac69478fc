/** Attributes of a shape from which on it looks names up in a map. */
const SEARCH_MAX = 8

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
  private index: Map<string, number> | null = null

  constructor(names: readonly string[], reserved: number, parent: Shape | null) {
    this.names = names
    this.reserved = reserved
    this.size = reserved + names.length
    this.parent = parent
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

  /** The shape with one attribute more, in the slot `this.size`. */
  with(name: string): Shape {
    let shape = this.next?.get(name)
    if (shape === undefined) {
      shape = new Shape([...this.names, name], this.reserved, this)
      this.next ??= new Map()
      this.next.set(name, shape)
    }
    return shape
  }

  /** The shape without one attribute; those behind it move down by one slot. */
  without(name: string): Shape {
    if (this.names[this.names.length - 1] === name) return this.parent!
    let shape = this.root()
    for (const other of this.names) if (other !== name) shape = shape.with(other)
    return shape
  }

  /** The shape without any attribute. */
  root(): Shape {
    let shape: Shape = this
    while (shape.parent !== null) shape = shape.parent
    return shape
  }
}

/** Attributes beyond which an instance gets a real dict: shapes copy their names. */
export const SHAPE_MAX = 60
