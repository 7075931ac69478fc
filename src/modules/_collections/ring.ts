import type { Owned } from '../../memory/header.ts'
import type { Value } from '../../objects/object.ts'

const MIN_SIZE = 8

/** A growing ring of values: both ends are reached in constant time. It moves references and counts none. */
export class Ring {
  /** A power of two of places. */
  private places: (Owned<Value> | undefined)[] = new Array<undefined>(MIN_SIZE).fill(undefined)
  /** The place of the first item. */
  private head = 0
  length = 0

  /** The item at an index within the length. */
  get(index: number): Owned<Value> {
    return this.places[(this.head + index) & (this.places.length - 1)]!
  }

  /** Replaces the item at an index within the length. */
  put(index: number, item: Owned<Value>): void {
    this.places[(this.head + index) & (this.places.length - 1)] = item
  }

  push(item: Owned<Value>): void {
    if (this.length === this.places.length) this.grow()
    this.places[(this.head + this.length++) & (this.places.length - 1)] = item
  }

  unshift(item: Owned<Value>): void {
    if (this.length === this.places.length) this.grow()
    this.head = (this.head - 1) & (this.places.length - 1)
    this.places[this.head] = item
    this.length++
  }

  /** Takes the last item; `undefined` if there is none. */
  pop(): Owned<Value> | undefined {
    if (this.length === 0) return undefined
    const place = (this.head + --this.length) & (this.places.length - 1)
    const item = this.places[place]
    this.places[place] = undefined
    return item
  }

  /** Takes the first item; `undefined` if there is none. */
  shift(): Owned<Value> | undefined {
    if (this.length === 0) return undefined
    const item = this.places[this.head]
    this.places[this.head] = undefined
    this.head = (this.head + 1) & (this.places.length - 1)
    this.length--
    return item
  }

  /** Takes out the item at an index within the length. */
  removeAt(index: number): Owned<Value> {
    const item = this.get(index)
    if (index < this.length / 2) {
      for (let i = index; i > 0; i--) this.put(i, this.get(i - 1))
      this.shift()
    } else {
      for (let i = index; i < this.length - 1; i++) this.put(i, this.get(i + 1))
      this.pop()
    }
    return item
  }

  /** Puts an item before the one at an index, which may be the length. */
  insertAt(index: number, item: Owned<Value>): void {
    if (index < this.length / 2) {
      this.unshift(item)
      for (let i = 0; i < index; i++) this.put(i, this.get(i + 1))
    } else {
      this.push(item)
      for (let i = this.length - 1; i > index; i--) this.put(i, this.get(i - 1))
    }
    this.put(index, item)
  }

  reverse(): void {
    for (let i = 0, j = this.length - 1; i < j; i++, j--) {
      const item = this.get(i)
      this.put(i, this.get(j))
      this.put(j, item)
    }
  }

  /** Turns by `count` places to the right, to the left where it is negative. */
  rotate(count: number): void {
    const { length } = this
    const right = ((count % length) + length) % length
    if (right <= length / 2) for (let i = 0; i < right; i++) this.unshift(this.pop()!)
    else for (let i = right; i < length; i++) this.push(this.shift()!)
  }

  /** The items in order. */
  toArray(): Owned<Value>[] {
    const items: Owned<Value>[] = []
    for (let i = 0; i < this.length; i++) items.push(this.get(i))
    return items
  }

  /** Forgets all items. */
  reset(): void {
    this.places = new Array<undefined>(MIN_SIZE).fill(undefined)
    this.head = 0
    this.length = 0
  }

  private grow(): void {
    const items = this.toArray()
    const places = new Array<Owned<Value> | undefined>(this.places.length * 2).fill(undefined)
    for (let i = 0; i < items.length; i++) places[i] = items[i]
    this.places = places
    this.head = 0
  }
}
