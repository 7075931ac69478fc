import { type Str, strFromUtf16 } from '../../base/values.ts'
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL } from '../../bytecode/code.ts'
import { COPY_FREE_VARS, MAKE_CELL, POP_TOP, RETURN_GENERATOR } from '../../bytecode/opcodes.ts'
import { type BasicBlock, Instr } from '../cfg.ts'
import type { CompilerUnit } from '../unit.ts'
import { traits, USES_CELL } from './traits.ts'

/** `co_localsplusnames` and the bytes of `co_localspluskinds`. */
export interface LocalsPlus {
  readonly names: readonly Str[]
  readonly kinds: Uint8Array
}

/**
 * Makes the code before a block's first instruction (the generator's birth, cells, the closure's free variables),
 * turns the numbers of cells and free variables into indices of `co_localsplusnames`, and lays out the latter: locals,
 * cells that are not parameters, free variables.
 */
export function layOutLocals(unit: CompilerUnit, entry: BasicBlock, isGenerator: boolean): LocalsPlus {
  const places = cellPlaces(unit)
  insertPrefix(unit, entry, isGenerator, places)
  if (places.length !== 0) {
    dropParameterCells(places, unit.varnames.length)
    for (let block: BasicBlock | null = entry; block !== null; block = block.next) renumberCells(block, places)
  }
  return localsPlus(unit, places)
}

/** For each cell and free variable its place when every one has a place of its own, or that of its parameter. */
function cellPlaces(unit: CompilerUnit): number[] {
  const places: number[] = []
  const count = unit.cellvars.size + unit.freevars.size
  if (count === 0) return places
  for (let i = 0; i < count; i++) places.push(unit.varnames.length + i)
  for (const [name, index] of unit.cellvars) {
    const local = unit.varnames.indexOf(name)
    if (local >= 0) places[index] = local
  }
  return places
}

function instr(opcode: number, oparg: number, lineno: number): Instr {
  return new Instr(opcode, oparg, null, lineno, lineno, -1, -1)
}

function insertPrefix(unit: CompilerUnit, entry: BasicBlock, isGenerator: boolean, places: readonly number[]): void {
  if (!isGenerator && places.length === 0) return
  const prefix: Instr[] = []
  if (unit.freevars.size !== 0) prefix.push(instr(COPY_FREE_VARS, unit.freevars.size, -1))
  const cells = [...unit.cellvars.values()].sort((a, b) => places[a]! - places[b]!)
  for (const cell of cells) prefix.push(instr(MAKE_CELL, cell, -1))
  if (isGenerator) prefix.push(instr(RETURN_GENERATOR, 0, unit.firstlineno), instr(POP_TOP, 0, -1))
  entry.instrs.unshift(...prefix)
}

/** Closes the gaps that cells of parameters, which live in the parameter's place, leave behind. */
function dropParameterCells(places: number[], nlocals: number): void {
  let dropped = 0
  for (let i = 0; i < places.length; i++) {
    if (places[i] === i + nlocals) places[i]! -= dropped
    else dropped++
  }
}

function renumberCells(block: BasicBlock, places: readonly number[]): void {
  const instrs = block.instrs
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!
    if ((traits[instr.opcode]! & USES_CELL) !== 0) instr.oparg = places[instr.oparg]!
  }
}

function localsPlus(unit: CompilerUnit, places: readonly number[]): LocalsPlus {
  const nlocals = unit.varnames.length
  const names: Str[] = []
  for (let i = 0; i < nlocals; i++) names.push(strFromUtf16(unit.varnames[i]!))
  let size = nlocals
  for (let i = 0; i < places.length; i++) if (places[i]! >= size) size = places[i]! + 1
  const kinds = new Uint8Array(size)
  for (let i = 0; i < nlocals; i++) kinds[i] = CO_FAST_LOCAL
  if (places.length !== 0) {
    for (const [name, index] of unit.cellvars) {
      const place = places[index]!
      kinds[place]! |= CO_FAST_CELL
      if (place >= nlocals) names[place] = strFromUtf16(name)
    }
    for (const [name, index] of unit.freevars) {
      names[places[index]!] = strFromUtf16(name)
      kinds[places[index]!] = CO_FAST_FREE
    }
  }
  return { names, kinds }
}
