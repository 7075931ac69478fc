import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { typeLookup } from '../objects/attributes.ts'
import { type BuiltinData, callDef, type DescriptorData } from '../objects/define.ts'
import { newException, typeError } from '../objects/errors.ts'
import { PyExc_RecursionError, type PyException } from '../objects/exception_types.ts'
import { newInstance } from '../objects/instance.ts'
import { newTuple, none } from '../objects/make.ts'
import type { KeywordNames, PyTuple, PyType, Value } from '../objects/object.ts'
import { call } from '../objects/protocols.ts'
import { toArray } from '../objects/sequence_protocol.ts'
import { recursion, thread } from '../objects/thread.ts'
import {
  builtinFunctionType,
  functionType,
  isInstanceOf,
  methodDescriptorType,
  methodType,
  objectType,
  tupleType,
  typeOf,
  typeType,
} from '../objects/types.ts'
import { EXIT_CALL, EXIT_INIT, endFrame, type Frame, functionFrame } from './frame.ts'
import { bindArguments, moveArguments, type PyFunction } from './function.ts'
import { callableName, mergeKeywords } from './keywords.ts'
import type { MethodData } from './method.ts'

/** The RecursionError of a Python function called too deep. */
export function recursionError(): Owned<PyException> {
  return newException(PyExc_RecursionError, ['maximum recursion depth exceeded'])
}

/** The TypeError of an `__init__` that returned something. */
export function initResult(value: Owned<Value>): unknown {
  const { name } = typeOf(value)
  drop(value)
  return typeError(`__init__() should return None, not '${name}'`)
}

/** A new frame for a call of a function, its arguments bound (borrowed); nothing is counted if binding fails. */
export function newCallFrame(func: PyFunction, args: readonly Value[], kwnames: KeywordNames): Frame {
  if (thread.depth >= recursion.limit) throw recursionError()
  const frame = functionFrame(func)
  try {
    bindArguments(func.data, frame.stack, args, kwnames)
  } catch (error) {
    endFrame(frame)
    throw error
  }
  thread.depth++
  return frame
}

/**
 * The call of CALL: the callable stands on the stack below `base`, its `n` arguments from there on, the keyword names in
 * the frame; all of it goes down to `floor`. Either pushes the result and gives `null`, or gives the frame that must run next. `f.sp` is the height of
 * the stack, before and after. Where it throws, the stack is as it was.
 */
export function callAny(f: Frame, callable: Value, base: number, n: number, floor: number): Frame | null {
  const { stack, kwnames } = f
  if (typeof callable === 'object') {
    const { type } = callable
    if (type === functionType) return enterFunction(f, callable as PyFunction, undefined, base, n, floor)
    if (type === builtinFunctionType && kwnames === null) {
      const { def, self } = callable.data as BuiltinData
      if (def.arity === n) return finish(f, floor, callDirect(def.run, def.bound, self, stack as Value[], base, n))
      return finish(f, floor, callDef(def, self, stack.slice(base, base + n) as Value[], null))
    } else if (type === methodDescriptorType && kwnames === null && n > 0) {
      const { def, type: owner } = callable.data as DescriptorData
      const self = stack[base] as Value
      if (isInstanceOf(self, owner)) {
        if (def.arity === n - 1)
          return finish(f, floor, callDirect(def.run, true, self, stack as Value[], base + 1, n - 1))
        return finish(f, floor, callDef(def, self, stack.slice(base + 1, base + n) as Value[], null))
      }
    } else if (type === methodType) {
      const { func, self } = callable.data as MethodData
      if (typeof func === 'object' && func.type === functionType) {
        return enterFunction(f, func as Owned<PyFunction>, self, base, n, floor)
      }
    } else if (type === typeType) {
      const frame = enterInit(f, callable as PyType, base, n, floor)
      if (frame !== null) return frame
    }
  }
  return finish(f, floor, call(callable, stack.slice(base, base + n) as Value[], kwnames))
}

function callDirect(
  run: (...args: unknown[]) => Owned<Value> | void,
  bound: boolean,
  self: Value | undefined,
  stack: readonly Value[],
  base: number,
  n: number,
): Owned<Value> {
  let result: Owned<Value> | void
  if (bound) {
    if (n === 0) result = run(self)
    else if (n === 1) result = run(self, stack[base])
    else if (n === 2) result = run(self, stack[base], stack[base + 1])
    else result = run(self, ...stack.slice(base, base + n))
  } else if (n === 1) result = run(stack[base])
  else if (n === 2) result = run(stack[base], stack[base + 1])
  else result = run(...stack.slice(base, base + n))
  return result === undefined ? none() : result
}

/** Takes the call off the stack and pushes its result. */
function finish(f: Frame, floor: number, result: Owned<Value>): null {
  clearCall(f, floor)
  f.stack[f.sp++] = result
  return null
}

/** Drops the arguments and the callable of a call. */
function clearCall(f: Frame, floor: number): void {
  const { stack } = f
  let { sp } = f
  f.kwnames = null
  while (sp > floor) drop(stack[--sp])
  f.sp = floor
}

/** The frame of a call of a function whose arguments are taken off the stack; `self`, borrowed, comes before them. */
function enterFunction(
  f: Frame,
  func: PyFunction,
  self: Value | undefined,
  base: number,
  n: number,
  floor: number,
): Frame {
  const { stack, kwnames } = f
  if (thread.depth >= recursion.limit) throw recursionError()
  let frame = functionFrame(func)
  if (moveArguments(func.data, frame.stack, stack, base, n, kwnames, self)) {
    thread.depth++
    f.kwnames = null
    for (let i = base; i-- > floor; ) drop(stack[i])
    f.sp = floor
  } else {
    endFrame(frame)
    const args = stack.slice(base, base + n) as Value[]
    if (self !== undefined) args.unshift(self)
    frame = newCallFrame(func, args, kwnames)
    clearCall(f, floor)
  }
  frame.back = f
  frame.exit = EXIT_CALL
  return frame
}

/** Makes an instance of a class whose `__init__` is a Python function, and gives the frame of that call. */
function enterInit(f: Frame, type: PyType, base: number, n: number, floor: number): Frame | null {
  if (type.tp_new !== objectType.tp_new || type.data.abstract || type === objectType) return null
  const init = typeLookup(type, '__init__')
  if (typeof init !== 'object' || init.type !== functionType) return null
  const instance = newInstance(type, undefined)
  let frame: Frame
  try {
    frame = enterFunction(f, init as PyFunction, instance, base, n, floor)
  } catch (error) {
    drop(instance)
    throw error
  }
  f.stack[f.sp++] = instance
  frame.exit = EXIT_INIT
  return frame
}

/** `callable(*args, **kwargs)`: the argument tuple and dict stand on the stack. As `callAny`. */
export function callFunctionEx(f: Frame, oparg: number): Frame | null {
  const { stack } = f
  const hasKeywords = (oparg & 1) !== 0
  const kwargs = hasKeywords ? (stack[f.sp - 1] as Value) : undefined
  const at = f.sp - (hasKeywords ? 2 : 1)
  const callable = stack[at - 1] as Value
  const positional = argumentTuple(callable, stack[at] as Value)
  let kwnames: KeywordNames = null
  const args = positional.data.slice() as Value[]
  if (kwargs !== undefined) {
    const names: Value[] = []
    mergeKeywords(callable, kwargs, names, args)
    if (names.length > 0) kwnames = names
  }
  let frame: Frame | null = null
  let result: Owned<Value> | undefined
  try {
    const func = calledFunction(callable, args)
    if (func === null) result = call(callable, args, kwnames)
    else frame = newCallFrame(func, args, kwnames)
  } finally {
    drop(positional)
  }
  for (let i = f.sp; i-- > at - 1; ) drop(stack[i])
  f.sp = at - 2
  if (frame === null) {
    stack[f.sp++] = result
    return null
  }
  frame.back = f
  frame.exit = EXIT_CALL
  return frame
}

/** The Python function behind a callable, its object put before the arguments; `null` where there is none. */
function calledFunction(callable: Value, args: Value[]): PyFunction | null {
  if (typeof callable !== 'object') return null
  if (callable.type === functionType) return callable as PyFunction
  if (callable.type !== methodType) return null
  const { func, self } = callable.data as MethodData
  if (typeof func !== 'object' || func.type !== functionType) return null
  args.unshift(self)
  return func as PyFunction
}

/** The positional arguments of a call with `*args`, owned. */
function argumentTuple(callable: Value, args: Value): Owned<PyTuple> {
  if (typeof args === 'object' && args.type === tupleType) return keep(args as PyTuple)
  if (typeOf(args).tp_iter === undefined && typeOf(args).sq_item === undefined) {
    throw typeError(`${callableName(callable)} argument after * must be an iterable, not ${typeOf(args).name}`)
  }
  return newTuple(toArray(args))
}
