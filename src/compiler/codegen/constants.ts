import type { Expr } from '../../ast/nodes.ts'
import { type Constant, type Str, strFromUtf16, WideStr } from '../../base/values.ts'
import type { CodeConstant } from '../../bytecode/code.ts'
import { LOAD_CONST } from '../../bytecode/opcodes.ts'
import { emit } from './emit.ts'
import type { Unit } from './state.ts'

/** Up to this many constants of a unit are searched one by one: most units never need a table. */
const SEARCHED_CONSTANTS = 16

/** The index of a constant in `co_consts`, which gets it if it does not have it yet. */
export function addConst(u: Unit, value: CodeConstant): number {
  const pool = u.c.constCache
  const key = pool.mergeDeep(value)
  const keys = u.constKeys
  const count = keys.length
  if (count <= SEARCHED_CONSTANTS) {
    for (let i = 0; i < count; i++) if (keys[i] === key) return i
  } else {
    const known = indexConstants(u).get(key)
    if (known !== undefined) return known
  }
  if (u.constIndex !== null) u.constIndex.set(key, count)
  keys.push(key)
  u.consts.push(pool.get(key))
  return count
}

function indexConstants(u: Unit): Map<number, number> {
  if (u.constIndex === null) {
    u.constIndex = new Map()
    for (let i = 0; i < u.constKeys.length; i++) u.constIndex.set(u.constKeys[i]!, i)
  }
  return u.constIndex
}

export function loadConst(u: Unit, value: CodeConstant): void {
  emit(u, LOAD_CONST, addConst(u, value))
}

/** Loads an identifier as a string. */
export function loadName(u: Unit, name: string): void {
  emit(u, LOAD_CONST, addConst(u, strFromUtf16(name)))
}

/** Identifiers as a tuple of strings. */
export function nameTuple(names: readonly string[]): Str[] {
  const out = new Array<Str>(names.length)
  for (let i = 0; i < names.length; i++) out[i] = strFromUtf16(names[i]!)
  return out
}

/** Whether all of `list[begin:end]` are constants; `null` (a `**` in a dict display) is none. */
export function areConstants(list: readonly (Expr | null)[], begin: number, end: number): boolean {
  for (let i = begin; i < end; i++) {
    const e = list[i]!
    if (e === null || e.node !== 'Constant') return false
  }
  return true
}

/** The values of constant expressions, which the caller knows to be such. */
export function constantValues(list: readonly (Expr | null)[], begin: number, end: number): Constant[] {
  const out = new Array<Constant>(end - begin)
  for (let i = begin; i < end; i++) {
    const e = list[i]!
    if (e === null || e.node !== 'Constant') throw new TypeError('not a constant expression')
    out[i - begin] = e.value
  }
  return out
}

export function isStr(value: Constant): value is Str {
  return typeof value === 'string' || value instanceof WideStr
}
