import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { defineType, tpNew } from '../objects/define.ts'
import { valueError } from '../objects/errors.ts'
import { newObject, Py_EQ, Py_GE, Py_GT, Py_LE, Py_LT, Py_NE, type Value } from '../objects/object.ts'
import { address } from '../objects/object_object.ts'
import { richCompare } from '../objects/protocols.ts'
import { cellType, NotImplemented, type TypeFor, typeOf } from '../objects/types.ts'
import type { CellData, PyCell } from './function.ts'

/** A cell that takes over a value. */
export function newCell(value: Owned<Value> | undefined): Owned<PyCell> {
  const cell = newObject<CellData>(cellType, { value })
  track(cell)
  return cell
}

function setContents({ data }: PyCell, value: Value | undefined): void {
  const old = data.value
  data.value = value === undefined ? undefined : keep(value)
  drop(old)
}

/** Cells compare by what they hold; an empty one comes before all others. */
function compare(lhs: Value, rhs: Value, op: number): Owned<Value> {
  if (typeOf(lhs) !== cellType || typeOf(rhs) !== cellType) return keep(NotImplemented)
  const a = (lhs as PyCell).data.value
  const b = (rhs as PyCell).data.value
  if (a !== undefined && b !== undefined) return richCompare(a, b, op)
  const [x, y] = [b === undefined ? 1 : 0, a === undefined ? 1 : 0]
  switch (op) {
    case Py_LT:
      return x < y
    case Py_LE:
      return x <= y
    case Py_EQ:
      return x === y
    case Py_NE:
      return x !== y
    case Py_GT:
      return x > y
    case Py_GE:
      return x >= y
    default:
      return keep(NotImplemented)
  }
}

/** Defines `cell`. */
export function defineCellType(): void {
  defineType(cellType as TypeFor<PyCell>, () => ({
    slots: {
      tp_new: tpNew('cell(contents = NULL, /)', (_type, contents) =>
        newCell(contents === undefined ? undefined : keep(contents)),
      ),
      tp_repr: (self): Owned<Value> => {
        const { value } = self.data
        if (value === undefined) return `<cell at ${address(self)}: empty>`
        return `<cell at ${address(self)}: ${typeOf(value).name.slice(0, 80)} object at ${address(value)}>`
      },
      tp_richcompare: compare,
      tp_dealloc: ({ data }) => drop(data.value),
      tp_traverse: ({ data }, visit) => {
        if (typeof data.value === 'object') visit(data.value)
      },
      tp_clear: (self) => setContents(self, undefined),
    },
    getset: {
      cell_contents: {
        get: ({ data }) => {
          if (data.value === undefined) throw valueError('Cell is empty')
          return keep<Value>(data.value)
        },
        set: setContents,
      },
    },
  }))
}
