import { dealloc, drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { POLL_TRACE, poll, track } from '../memory/state.ts'
import { type KeywordNames, newObject, type PyDict, type PyObject, type Value } from '../objects/object.ts'
import { type ExcItem, thread } from '../objects/thread.ts'
import { frameType } from '../objects/types.ts'
import type { Code, PyCode } from './code.ts'
import type { Decoded } from './decode.ts'
import type { FunctionData } from './function.ts'

/** What the machine does when a frame ends (`Frame.exit`). */
export const EXIT_RUN = 0
/** Push the result for the caller. */
export const EXIT_CALL = 1
/** Check that `__init__` gave None; the instance is on the caller's stack already. */
export const EXIT_INIT = 2
/** A generator resumed by FOR_ITER: a yielded value is pushed, its end jumps. */
export const EXIT_FOR_ITER = 3
/** A generator or coroutine resumed by SEND. */
export const EXIT_SEND = 4

/** What tracing knows of a frame; made when a tracer looks at it. */
export interface FrameTrace {
  trace: Owned<Value> | null
  lines: boolean
  opcodes: boolean
  /** Whether somebody looked at `f_locals`: changes made there go back into the variables after a trace function. */
  fastAsLocals: boolean
}

/** What tracing knows of a frame, made now if need be. */
export function traceOf(frame: Frame): FrameTrace {
  frame.tracing ??= { trace: null, lines: true, opcodes: false, fastAsLocals: false }
  return frame.tracing
}

/** The state of a generator, coroutine or asynchronous generator; it owns its frame. */
export interface GeneratorState {
  /** `null` once it has ended. */
  frame: Frame | null
  running: boolean
  /** Whether it has run at all. */
  started: boolean
  /** The level of exceptions being handled inside it. */
  readonly handled: ExcItem
}

/**
 * An activation of a code object (CPython's `_PyInterpreterFrame`). It lives on the heap: a running program is the chain
 * of frames behind the current one, whatever JavaScript's stack holds.
 *
 * The frame owns what its fields and its stack hold. Python's frame objects are made when somebody asks.
 */
export class Frame {
  readonly code: Code
  /** The instructions of `code`. */
  readonly run: Decoded
  /** `null` for modules, class bodies, `exec`. */
  func: Owned<PyObject<FunctionData>> | null = null
  globals: PyDict
  builtins: PyDict
  /** The code, where no function holds it; the frame then owns its globals and builtins too. */
  ownCode: Owned<PyCode> | null = null
  /** The namespace of module and class code; `null` for optimised code, whose locals are in `stack`. */
  locals: Owned<PyObject> | null = null
  /** Locals, cells and free variables, then the evaluation stack. */
  readonly stack: (Owned<Value> | undefined)[]
  sp: number
  /** Index of the instruction after the current one; 0 before the first. */
  pc = 0
  back: Frame | null = null
  exit = EXIT_RUN
  /** The generator whose frame this is. */
  generator: GeneratorState | null = null
  /** Python's frame object, once made: it keeps the frame's locals alive. Not owned. */
  object: PyObject<Frame> | null = null
  /** Names of the next call's keyword arguments (KW_NAMES). */
  kwnames: KeywordNames = null
  tracing: FrameTrace | null = null
  /** `f_back` of an ended frame whose frame object lives on. */
  backObject: Owned<PyObject<Frame>> | null = null
  /** Whether the frame has ended; its locals may live on in the frame object. */
  ended = false

  constructor(code: Code, globals: PyDict, builtins: PyDict) {
    this.code = code
    this.run = code.run
    this.globals = globals
    this.builtins = builtins
    this.stack = emptyStack(code.nlocalsplus + code.stacksize)
    this.sp = code.nlocalsplus
  }
}

/** Stacks to copy, by size. */
const emptyStacks: undefined[][] = []

/** A stack of so many places. It is filled by pushing: V8 then knows that it has no holes, and never checks for one. */
function emptyStack(size: number): (Owned<Value> | undefined)[] {
  let stack = emptyStacks[size]
  if (stack === undefined) {
    stack = []
    for (let i = 0; i < size; i++) stack.push(undefined)
    emptyStacks[size] = stack
  }
  return stack.slice()
}

/** A loop: runs frames from `entry` on until it returns; `undefined` where another loop must go on. */
export type Loop = (entry: Frame, thrown: unknown) => Owned<Value> | undefined

/**
 * The running thread's innermost frame, how many builtins that called back are inside each other, the loop in use, and
 * what goes on where a loop was left.
 */
export const machine: {
  frame: Frame | null
  nesting: number
  loop: Loop
  resume: () => Owned<Value> | undefined
  reentered: boolean
} = {
  frame: null,
  nesting: 0,
  reentered: false,
  loop: () => {
    throw new Error('no loop')
  },
  resume: () => machine.loop(machine.frame!, undefined),
}

/**
 * Runs a frame, whose `exit` is EXIT_RUN, until it returns or yields; its result, owned. `thrown` is raised at its current
 * instruction first.
 */
export function run(entry: Frame, thrown?: unknown): Owned<Value> {
  const { loop } = machine
  const { back } = entry
  const { depth } = thread
  machine.nesting++
  try {
    let result = loop(entry, thrown)
    while (result === undefined) result = machine.resume()
    return result
  } catch (error) {
    // Where JavaScript's stack overflows, the loop may not have come to unwinding the frame.
    machine.frame = back
    thread.depth = depth - 1
    throw error
  } finally {
    machine.nesting--
    // The loops outside this one notice that tracing was switched on or off when they get to a poll point.
    if (machine.loop !== loop) poll.requests |= POLL_TRACE
  }
}

/** Thrown by a builtin that must wait, where its thread can be left: the instruction is run again later (`threads.ts`). */
export class Blocked {}

/** A frame for a function's code: one of an earlier call, or a new one. The frame takes a reference to the function. */
export function functionFrame(func: PyObject<FunctionData>): Frame {
  const { data } = func
  const code = data.code.data
  let frame = code.freeFrames
  if (frame === null) frame = new Frame(code, data.globals, data.builtins)
  else {
    code.freeFrames = frame.back
    frame.back = null
    frame.globals = data.globals
    frame.builtins = data.builtins
    frame.pc = 0
    frame.ended = false
  }
  // A function made of a module's code: its names are the globals.
  if (!code.optimized) frame.locals = keep<PyObject>(data.globals)
  func.rc++
  frame.func = func as Owned<PyObject<FunctionData>>
  return frame
}

/** Ends a frame: gives up its locals and what else it holds. A frame that nobody can see any more is kept for reuse. */
export function endFrame(frame: Frame): void {
  const { stack, code } = frame
  frame.ended = true
  if (frame.object !== null) {
    // The frame object looks at the locals: they live as long as it does.
    const { back } = frame
    frame.back = null
    // What stands above the locals has been given up.
    stack.fill(undefined, code.nlocalsplus)
    frame.sp = code.nlocalsplus
    if (back !== null && frame.generator === null) frame.backObject = frameObject(back)
    frame.generator = null
    return
  }
  for (let i = code.nlocalsplus; i-- > 0; ) {
    const value = stack[i]
    if (value !== undefined) {
      stack[i] = undefined
      if (typeof value === 'object' && --value.rc === 0) dealloc(value)
    }
  }
  releaseFrame(frame)
}

/** Gives up what an ended frame refers to besides its locals. */
export function releaseFrame(frame: Frame): void {
  const { func, locals, code, ownCode } = frame
  if (ownCode !== null) {
    frame.ownCode = null
    drop(ownCode)
    drop(frame.globals)
    drop(frame.builtins)
  }
  if (func !== null) {
    frame.func = null
    drop(func)
  }
  if (locals !== null) {
    frame.locals = null
    drop(locals)
  }
  frame.kwnames = null
  if (frame.tracing !== null) {
    const { trace } = frame.tracing
    frame.tracing = null
    drop(trace)
  }
  frame.sp = code.nlocalsplus
  frame.generator = null
  frame.exit = EXIT_RUN
  frame.back = code.freeFrames
  code.freeFrames = frame
}

/** Drops what the evaluation stack holds above `depth` values. */
export function cutStack(frame: Frame, sp: number, depth: number): void {
  const { stack } = frame
  const floor = frame.code.nlocalsplus + depth
  while (sp > floor) {
    const value = stack[--sp]
    stack[sp] = undefined
    drop(value)
  }
}

/** Python's frame object of a frame, owned by the caller. */
export function frameObject(frame: Frame): Owned<PyObject<Frame>> {
  if (frame.object !== null) return keep(frame.object)
  const object = newObject(frameType, frame)
  track(object)
  frame.object = object
  return object
}

/** Ends a frame that will not run on, such as a suspended generator's. */
export function discardFrame(frame: Frame): void {
  cutStack(frame, frame.sp, 0)
  frame.sp = frame.code.nlocalsplus
  endFrame(frame)
}

/** Calls `visit` with each counted object that a frame owns, once for each reference. */
export function traverseFrame(frame: Frame, visit: (child: PyObject) => void): void {
  const { stack, sp, func, locals, ownCode, tracing } = frame
  for (let i = 0; i < sp; i++) {
    const value = stack[i]
    if (typeof value === 'object') visit(value)
  }
  if (func !== null) visit(func)
  if (locals !== null) visit(locals)
  if (ownCode !== null) {
    visit(ownCode)
    visit(frame.globals)
    visit(frame.builtins)
  }
  if (tracing !== null && tracing.trace !== null && typeof tracing.trace === 'object') visit(tracing.trace)
}
