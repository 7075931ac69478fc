import { stackEffect } from '../bytecode/opcode_table.ts'
import * as op from '../bytecode/opcodes.ts'
import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { valueError } from '../objects/errors.ts'
import type { PyException } from '../objects/exception_types.ts'
import type { Value } from '../objects/object.ts'
import { thread } from '../objects/thread.ts'
import { None } from '../objects/types.ts'
import type { Code } from './code.ts'
import { wordArg, wordOp } from './decode.ts'
import type { Frame } from './frame.ts'
import { PyTrace_CALL, PyTrace_LINE, PyTrace_RETURN } from './trace_events.ts'

/*
 * Assignment of `f_lineno`: a trace function lets the frame go on at another line. What stands on the stack must be what
 * that line wants, so the kinds of values on the stack are followed through the code (CPython's frameobject.c).
 */

/** Kinds of values on the evaluation stack, three bits each. */
const ITERATOR = 1n
const EXCEPT = 2n
const OBJECT = 3n
const NULL = 4n
const LASTI = 5n

const BITS = 3n
const MASK = 7n

/** States of an instruction whose stack is not known. */
const UNINITIALIZED = -2n
const OVERFLOWED = -1n

const WILL_OVERFLOW = 1n << 60n

const push = (stack: bigint, kind: bigint) =>
  stack < 0n || stack >= WILL_OVERFLOW ? OVERFLOWED : (stack << BITS) | kind
const pop = (stack: bigint) => stack >> BITS
const peek = (stack: bigint, n: number) => (stack >> (BITS * BigInt(n - 1))) & MASK

function swap(stack: bigint, n: number): bigint {
  const shift = BITS * BigInt(n - 1)
  const low = (stack & ~(MASK << shift)) | ((stack & MASK) << shift)
  return (low & ~MASK) | peek(stack, n)
}

function popTo(stack: bigint, level: number): bigint {
  if (level === 0) return 0n
  const most = MASK << (BITS * BigInt(level - 1))
  let at = stack
  while (at > most) at = pop(at)
  return at
}

/** The stack behind an instruction that has no jump. */
function behind(code: number, arg: number, stack: bigint): bigint {
  switch (code) {
    case op.GET_ITER:
    case op.GET_AITER:
      return push(pop(stack), ITERATOR)
    case op.END_ASYNC_FOR:
      return pop(pop(stack))
    case op.PUSH_EXC_INFO:
      return push(stack, EXCEPT)
    case op.POP_EXCEPT:
      return pop(stack)
    case op.PUSH_NULL:
      return push(stack, NULL)
    case op.LOAD_GLOBAL:
      return push((arg & 1) !== 0 ? push(stack, NULL) : stack, OBJECT)
    case op.LOAD_METHOD:
      return push(push(pop(stack), NULL), OBJECT)
    case op.CALL:
      return push(pop(pop(stack)), OBJECT)
    case op.SWAP:
      return swap(stack, arg)
    case op.COPY:
      return push(stack, peek(stack, arg))
    default: {
      let result = stack
      const effect = stackEffect(code, arg, 'max')
      for (let i = effect; i < 0; i++) result = pop(result)
      for (let i = effect; i > 0; i--) result = push(result, OBJECT)
      return result
    }
  }
}

/** The kinds on the stack before each instruction (`mark_stacks`). */
function markStacks({ run, generator }: Code): bigint[] {
  const { plainWords, handlers } = run
  const count = plainWords.length
  const stacks: bigint[] = new Array(count + 1).fill(UNINITIALIZED)
  stacks[0] = generator ? OBJECT : 0n
  for (let again = true; again; ) {
    again = false
    for (let i = 0; i < count; i++) {
      const stack = stacks[i]!
      if (stack === UNINITIALIZED) continue
      const code = wordOp(plainWords[i]!)
      const arg = wordArg(plainWords[i]!)
      switch (code) {
        case op.JUMP_IF_FALSE_OR_POP:
        case op.JUMP_IF_TRUE_OR_POP:
        case op.POP_JUMP_FORWARD_IF_FALSE:
        case op.POP_JUMP_BACKWARD_IF_FALSE:
        case op.POP_JUMP_FORWARD_IF_TRUE:
        case op.POP_JUMP_BACKWARD_IF_TRUE:
        case op.POP_JUMP_FORWARD_IF_NONE:
        case op.POP_JUMP_BACKWARD_IF_NONE:
        case op.POP_JUMP_FORWARD_IF_NOT_NONE:
        case op.POP_JUMP_BACKWARD_IF_NOT_NONE: {
          if (stacks[arg] === UNINITIALIZED && arg < i) again = true
          const keeps = code === op.JUMP_IF_FALSE_OR_POP || code === op.JUMP_IF_TRUE_OR_POP
          stacks[arg] = keeps ? stack : pop(stack)
          stacks[i + 1] = pop(stack)
          break
        }
        case op.SEND:
          stacks[arg] = pop(stack)
          stacks[i + 1] = stack
          break
        case op.JUMP_FORWARD:
          stacks[arg] = stack
          break
        case op.JUMP_BACKWARD:
        case op.JUMP_BACKWARD_NO_INTERRUPT:
          if (stacks[arg] === UNINITIALIZED && arg < i) again = true
          stacks[arg] = stack
          break
        case op.FOR_ITER:
          stacks[i + 1] = push(stack, OBJECT)
          stacks[arg] = pop(stack)
          break
        case op.RETURN_VALUE:
        case op.RAISE_VARARGS:
        case op.RERAISE:
          break
        default:
          stacks[i + 1] = behind(code, arg, stack)
      }
    }
    if (markHandlers(stacks, handlers)) again = true
  }
  return stacks
}

function markHandlers(stacks: bigint[], handlers: Int32Array): boolean {
  let any = false
  for (let i = 0; i < handlers.length; i += 5) {
    const stack = stacks[handlers[i]!]!
    const target = handlers[i + 2]!
    if (stack === UNINITIALIZED || stacks[target] !== UNINITIALIZED) continue
    any = true
    const kept = popTo(stack, handlers[i + 3]!)
    stacks[target] = push(handlers[i + 4] === 1 ? push(kept, LASTI) : kept, EXCEPT)
  }
  return any
}

function compatibleKind(from: bigint, to: bigint): boolean {
  if (to === 0n) return false
  if (to === OBJECT) return from !== NULL
  return to === NULL || from === to
}

/** Whether values can be taken off one stack so that it is like another. */
function compatible(from: bigint, to: bigint): boolean {
  if (from < 0n || to < 0n) return false
  let [a, b] = [from, to]
  while (a > b) a = pop(a)
  for (; a !== 0n; a = pop(a), b = pop(b)) if (!compatibleKind(a & MASK, b & MASK)) return false
  return b === 0n
}

function explain(to: bigint): string {
  if (to === OVERFLOWED) return 'stack is too deep to analyze'
  if (to === UNINITIALIZED) return "can't jump into an exception handler, or code may be unreachable"
  switch (to & MASK) {
    case EXCEPT:
      return "can't jump into an 'except' block as there's no exception"
    case LASTI:
      return "can't jump into a re-raising block as there's no location"
    case ITERATOR:
      return "can't jump into the body of a for loop"
    default:
      return 'incompatible stacks'
  }
}

/** The instructions at which lines begin, as `[instruction, line]`. */
function lineStarts({ lines }: Code): [number, number][] {
  const starts: [number, number][] = []
  let last = -1
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    if (line === last || line === -1) continue
    starts.push([i, line])
    last = line
  }
  return starts
}

/** Whether a frame stands at a yield whose `return` event is being reported. */
function isSuspended(frame: Frame): boolean {
  return frame.generator !== null && frame.pc > 0 && wordOp(frame.run.plainWords[frame.pc - 1]!) === op.YIELD_VALUE
}

function checkEvent(frame: Frame): void {
  switch (thread.tracingWhat) {
    case PyTrace_LINE:
      break
    case PyTrace_CALL:
      throw valueError("can't jump from the 'call' trace event of a new frame")
    case PyTrace_RETURN:
      if (isSuspended(frame)) break
      throw valueError("can only jump from a 'line' trace event")
    default:
      throw valueError("can only jump from a 'line' trace event")
  }
  if (frame.tracing === null || frame.tracing.trace === null) {
    throw valueError('f_lineno can only be set by a trace function')
  }
}

/** The line that a jump to `wanted` means: the first with code that is not before it. */
function targetLine(frame: Frame, wanted: number | bigint, starts: readonly [number, number][]): number {
  if (wanted > 0x7fffffff || wanted < -0x80000000) throw valueError('lineno out of range')
  if (wanted < frame.code.firstlineno) {
    throw valueError(`line ${wanted} comes before the current code block`)
  }
  let line = -1
  for (const [, at] of starts) if (at >= wanted && (line < 0 || at < line)) line = at
  if (line < 0) throw valueError(`line ${wanted} comes after the current code block`)
  return line
}

/** Moves a frame to another line; ValueError where that cannot be (`frame_setlineno`). */
export function setLineNumber(frame: Frame, wanted: number | bigint): void {
  checkEvent(frame)
  const starts = lineStarts(frame.code)
  const line = targetLine(frame, wanted, starts)
  const stacks = markStacks(frame.code)
  const from = stacks[Math.max(frame.pc - 1, 0)]!
  let best = OVERFLOWED
  let target = -1
  let message = 'cannot find bytecode for specified line'
  let explained = false
  for (const [at, start] of starts) {
    if (start !== line) continue
    const stack = stacks[at]!
    if (compatible(from, stack)) {
      if (stack > best) {
        best = stack
        target = at
      }
    } else if (target < 0 && !explained) {
      if (from === OVERFLOWED) message = 'stack to deep to analyze'
      else if (from === UNINITIALIZED) message = "can't jump from unreachable code"
      else {
        message = explain(stack)
        explained = true
      }
    }
  }
  if (target < 0) throw valueError(message)
  cutTo(frame, isSuspended(frame) ? pop(from) : from, best)
  frame.pc = target + 1
}

/** Takes values off the stack; an exception that was being handled is handled no more. */
function cutTo(frame: Frame, from: bigint, to: bigint): void {
  for (let stack = from; stack > to; stack = pop(stack)) {
    const value = frame.stack[--frame.sp] as Owned<Value> | undefined
    frame.stack[frame.sp] = undefined
    if ((stack & MASK) !== EXCEPT) {
      drop(value)
      continue
    }
    const { handled } = thread
    const old = handled.value
    if (value === None) {
      handled.value = null
      drop(value)
    } else handled.value = value as Owned<PyException>
    drop(old)
  }
}
