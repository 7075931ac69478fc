import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { newObject, type PyObject, type Value } from './object.ts'
import { sliceType } from './types.ts'

/** The `data` of a slice. */
export interface SliceData {
  readonly start: Owned<Value>
  readonly stop: Owned<Value>
  readonly step: Owned<Value>
}

/** A slice that takes over its parts. */
export function newSlice(start: Owned<Value>, stop: Owned<Value>, step: Owned<Value>): Owned<PyObject<SliceData>> {
  const slice = newObject<SliceData>(sliceType, { start, stop, step })
  track(slice)
  return slice
}
