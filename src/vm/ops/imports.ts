import { drop } from '../../memory/counted.ts'
import type { Frame } from '../frame.ts'
import { frameLocals } from '../frame_locals.ts'
import { importFrom, importName } from '../import.ts'
import { importStar } from '../import_star.ts'

export function IMPORT_NAME(frame: Frame, sp: number, arg: number): number {
  const { stack, globals, builtins, locals } = frame
  const level = stack[sp - 2]!
  const fromlist = stack[sp - 1]!
  const module = importName(builtins, globals, locals, frame.code.names[arg]!, fromlist, level)
  stack[sp - 2] = module
  stack[sp - 1] = undefined
  drop(level)
  drop(fromlist)
  return sp - 1
}

export function IMPORT_FROM(frame: Frame, sp: number, arg: number): number {
  frame.stack[sp] = importFrom(frame.stack[sp - 1]!, frame.code.names[arg]!)
  return sp + 1
}

export function IMPORT_STAR(frame: Frame, sp: number): number {
  const module = frame.stack[sp - 1]!
  const locals = frameLocals(frame)
  importStar(module, locals)
  drop(module)
  return sp - 1
}
