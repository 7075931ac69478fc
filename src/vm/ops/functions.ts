import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { setAttr } from '../../objects/attributes.ts'
import { isException, newException } from '../../objects/errors.ts'
import {
  PyExc_AssertionError,
  PyExc_KeyError,
  PyExc_NameError,
  PyExc_RuntimeError,
} from '../../objects/exception_types.ts'
import { newDict, none } from '../../objects/make.ts'
import type { PyDict, PyTuple, Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { getItem, setItem } from '../../objects/sequence_protocol.ts'
import { dictType } from '../../objects/types.ts'
import { newCell } from '../cell_type.ts'
import type { PyCode } from '../code.ts'
import type { Frame } from '../frame.ts'
import { newFunction } from '../function.ts'
import { sysModule } from '../sys_state.ts'

export function MAKE_CELL(frame: Frame, sp: number, arg: number): number {
  frame.stack[arg] = newCell(frame.stack[arg])
  return sp
}

export function COPY_FREE_VARS(frame: Frame, sp: number, arg: number): number {
  const cells = frame.func!.data.closure!.data
  const base = frame.code.nlocalsplus - arg
  for (let i = 0; i < arg; i++) frame.stack[base + i] = keep<Value>(cells[i]!)
  return sp
}

export function MAKE_FUNCTION(frame: Frame, sp: number, arg: number): number {
  const { stack } = frame
  let top = sp - 1
  const code = stack[top] as Owned<PyCode>
  const module = frame.globals.data.get('__name__')
  const func = newFunction(code, frame.globals, frame.builtins, module ?? none())
  drop(code)
  const { data } = func as { data: { -readonly [K in keyof typeof func.data]: (typeof func.data)[K] } }
  if ((arg & 8) !== 0) data.closure = stack[--top] as Owned<PyTuple>
  if ((arg & 4) !== 0) data.annotations = stack[--top] as Owned<Value>
  if ((arg & 2) !== 0) data.kwdefaults = stack[--top] as Owned<PyDict>
  if ((arg & 1) !== 0) data.defaults = stack[--top] as Owned<PyTuple>
  stack[top] = func
  return top + 1
}

export function DELETE_ATTR(frame: Frame, sp: number, arg: number): number {
  const owner = frame.stack[sp - 1]!
  setAttr(owner, frame.code.names[arg]!, undefined)
  drop(owner)
  return sp - 1
}

export function LOAD_BUILD_CLASS(frame: Frame, sp: number): number {
  const { builtins } = frame
  let builder: Owned<Value> | undefined
  if (builtins.type === dictType) {
    const found = builtins.data.get('__build_class__')
    builder = found === undefined ? undefined : keep(found)
  } else {
    try {
      builder = getItem(builtins, '__build_class__')
    } catch (error) {
      if (!isException(error, PyExc_KeyError)) throw error
      drop(error)
    }
  }
  if (builder === undefined) throw newException(PyExc_NameError, ['__build_class__ not found'])
  frame.stack[sp] = builder
  return sp + 1
}

export function LOAD_ASSERTION_ERROR(frame: Frame, sp: number): number {
  frame.stack[sp] = keep<Value>(PyExc_AssertionError)
  return sp + 1
}

export function SETUP_ANNOTATIONS(frame: Frame, sp: number): number {
  const locals = frame.locals!
  if (locals.type === dictType) {
    const { data } = locals as PyDict
    if (!data.has('__annotations__')) data.set('__annotations__', newDict())
  } else {
    try {
      drop(getItem(locals, '__annotations__'))
    } catch (error) {
      if (!isException(error, PyExc_KeyError)) throw error
      drop(error)
      const dict = newDict()
      setItem(locals, '__annotations__', dict)
      drop(dict)
    }
  }
  return sp
}

export function PRINT_EXPR(frame: Frame, sp: number): number {
  const hook = sysModule().data.get('displayhook')
  if (hook === undefined) throw newException(PyExc_RuntimeError, ['lost sys.displayhook'])
  const value = frame.stack[sp - 1]!
  drop(call(hook, [value]))
  drop(value)
  return sp - 1
}
