import { CO_FAST_CELL, CO_FAST_FREE, CO_OPTIMIZED } from '../bytecode/code.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { newDict } from '../objects/make.ts'
import type { PyDict, PyObject, PyStr, Value } from '../objects/object.ts'
import { getItem, setItem } from '../objects/sequence_protocol.ts'
import { cellType, dictType, isInstanceOf } from '../objects/types.ts'
import type { Frame } from './frame.ts'
import type { PyCell } from './function.ts'

function bind(locals: PyObject, name: PyStr, value: Value | undefined): void {
  if (locals.type === dictType) {
    const table = (locals as PyDict).data
    if (value === undefined) table.delete(name)
    else table.set(name, keep(value))
  } else setItem(locals, name, value)
}

/** The value of a local, cell or free variable, borrowed. */
function variable(frame: Frame, index: number, kind: number): Value | undefined {
  const value = frame.stack[index]
  if ((kind & CO_FAST_FREE) !== 0) {
    // Before COPY_FREE_VARS has run, the cells are the function's.
    const cell =
      value ??
      (frame.pc > 0
        ? undefined
        : frame.func?.data.closure?.data[index - (frame.code.nlocalsplus - frame.code.nfreevars)])
    return cell === undefined ? undefined : (cell as PyCell).data.value
  }
  if ((kind & CO_FAST_CELL) !== 0 && value !== undefined && isInstanceOf(value, cellType)) {
    return (value as PyCell).data.value
  }
  return value
}

/**
 * The namespace of a frame as `locals()` shows it, borrowed (`PyFrame_FastToLocals`): that of functions is one dict for
 * the frame, brought up to date by each call of this.
 */
export function frameLocals(frame: Frame): PyObject {
  const { code } = frame
  if (frame.locals === null) frame.locals = newDict() as Owned<PyDict>
  const kinds = code.localspluskinds
  const optimized = (code.flags & CO_OPTIMIZED) !== 0
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i]!
    if ((kind & CO_FAST_FREE) !== 0 && !optimized) continue
    bind(frame.locals, code.localsplusnames[i]!, variable(frame, i, kind))
  }
  return frame.locals
}

/** Puts what a trace function left in `f_locals` back into the variables (`PyFrame_LocalsToFast`). */
export function localsToFast(frame: Frame): void {
  const { code, locals, stack } = frame
  if (locals === null) return
  const kinds = code.localspluskinds
  const optimized = (code.flags & CO_OPTIMIZED) !== 0
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i]!
    if ((kind & CO_FAST_FREE) !== 0 && !optimized) continue
    const value = itemOf(locals, code.localsplusnames[i]!)
    const old = stack[i]
    const isCell = (kind & (CO_FAST_FREE | CO_FAST_CELL)) !== 0 && old !== undefined && isInstanceOf(old, cellType)
    if (isCell) {
      const { data } = old as Owned<PyCell>
      const held = data.value
      data.value = value
      drop(held)
    } else {
      stack[i] = value
      drop(old)
    }
  }
}

/** An item of a namespace, owned; `undefined` where there is none, or where looking for it fails. */
function itemOf(locals: PyObject, name: PyStr): Owned<Value> | undefined {
  if (locals.type === dictType) {
    const value = (locals as PyDict).data.get(name)
    return value === undefined ? undefined : keep(value)
  }
  try {
    return getItem(locals, name)
  } catch (error) {
    drop(error)
    return undefined
  }
}
