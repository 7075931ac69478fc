import { NOP, POP_BLOCK, SETUP_FINALLY } from '../../bytecode/opcodes.ts'
import type { BasicBlock, HandlerStack, Instr } from '../cfg.ts'
import { JUMPS, PUSHES_BLOCK, traits } from './traits.ts'

/**
 * Finds for every instruction the handler that is active where it stands, and turns the pseudo instructions that open
 * and close handlers into `NOP`s.
 */
export function resolveHandlers(entry: BasicBlock): void {
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) block.visited = false
  entry.visited = true
  entry.handlers = null
  const todo: BasicBlock[] = [entry]
  while (todo.length !== 0) labelBlock(todo.pop()!, todo)
  for (let block: BasicBlock | null = entry; block !== null; block = block.next) {
    const instrs = block.instrs
    for (let i = 0; i < instrs.length; i++) {
      const instr = instrs[i]!
      if (instr.opcode === POP_BLOCK || (traits[instr.opcode]! & PUSHES_BLOCK) !== 0) {
        instr.opcode = NOP
        block.hasNops = true
      }
    }
  }
}

function labelBlock(block: BasicBlock, todo: BasicBlock[]): void {
  let handlers = block.handlers
  block.handlers = null
  const instrs = block.instrs
  for (let i = 0; i < instrs.length; i++) {
    const instr = instrs[i]!
    const bits = traits[instr.opcode]!
    if ((bits & PUSHES_BLOCK) !== 0) {
      handlers = openHandler(instr, handlers, todo)
    } else if (instr.opcode === POP_BLOCK) {
      handlers = handlers!.outer
    } else {
      instr.except = handlers === null ? null : handlers.handler
      if ((bits & JUMPS) !== 0) visit(instr.target!, handlers, todo)
    }
  }
  if (!block.nofallthrough) visit(block.next!, handlers, todo)
}

function openHandler(setup: Instr, outer: HandlerStack | null, todo: BasicBlock[]): HandlerStack {
  const handler = setup.target!
  visit(handler, outer, todo)
  if (setup.opcode !== SETUP_FINALLY) handler.preserveLasti = true
  return { handler, outer }
}

function visit(block: BasicBlock, handlers: HandlerStack | null, todo: BasicBlock[]): void {
  if (block.visited) return
  block.visited = true
  block.handlers = handlers
  todo.push(block)
}
