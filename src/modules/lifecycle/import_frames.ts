import { CALL, CALL_FUNCTION_EX } from '../../bytecode/opcodes.ts'
import { keep } from '../../memory/counted.ts'
import type { PyException } from '../../objects/exception_types.ts'
import type { Value } from '../../objects/object.ts'
import { recursion, thread } from '../../objects/thread.ts'
import { wordOp } from '../../vm/decode.ts'
import { endFrame, type Frame, functionFrame, machine } from '../../vm/frame.ts'
import type { PyFunction } from '../../vm/function.ts'
import { addTraceback } from '../../vm/traceback.ts'

/*
 * The frames that stand between an import and the module's code. They are there too where importlib's code does not run:
 * programs walk them, and they count for the recursion limit.
 */

/** A function of importlib under way, and the instruction at which it calls the next. */
export interface Step {
  readonly func: PyFunction
  readonly pc: number
}

/** The functions of these names that are under way, outermost first; none if others are. */
export function stepsUnderWay(names: readonly string[]): readonly Step[] {
  const steps: Step[] = []
  let { frame } = machine
  for (let i = names.length - 1; i >= 0; i--) {
    if (frame === null || frame.func === null || frame.code.name !== names[i]) return []
    steps.unshift({ func: keep<PyFunction>(frame.func), pc: frame.pc })
    frame = frame.back
  }
  return steps
}

/** A function at its last call. */
export function atLastCall(func: PyFunction): Step {
  const { plainWords } = func.data.code.data.run
  let pc = plainWords.length
  while (pc > 0 && !CALLS.includes(wordOp(plainWords[pc - 1]!))) pc--
  return { func: keep<PyFunction>(func), pc }
}

const CALLS: readonly number[] = [CALL, CALL_FUNCTION_EX]

/** The frames of a kind of import, outermost first. */
export class ImportFrames {
  private readonly steps: readonly Step[]

  constructor(steps: readonly Step[]) {
    this.steps = steps
  }

  /** Whether they are known, and the recursion limit has room for them and for the module. */
  get isReady(): boolean {
    return this.steps.length > 0 && thread.depth + this.steps.length < recursion.limit
  }

  /** Puts them on top of the running frame; `args` are the arguments of each, borrowed. */
  enter(args: readonly (readonly Value[])[]): void {
    for (let i = 0; i < this.steps.length; i++) {
      const { func, pc } = this.steps[i]!
      const frame = functionFrame(func)
      const given = args[i]!
      for (let j = 0; j < given.length; j++) frame.stack[j] = keep(given[j]!)
      frame.pc = pc
      frame.back = machine.frame
      machine.frame = frame
    }
    thread.depth += this.steps.length
  }

  /** Adds them to the traceback of an exception that leaves them. */
  trace(exception: PyException): void {
    let { frame } = machine
    for (let n = this.steps.length; n > 0; n--) {
      addTraceback(exception, frame!)
      frame = frame!.back
    }
  }

  leave(): void {
    for (let n = this.steps.length; n > 0; n--) {
      const frame: Frame = machine.frame!
      machine.frame = frame.back
      endFrame(frame)
    }
    thread.depth -= this.steps.length
  }
}
