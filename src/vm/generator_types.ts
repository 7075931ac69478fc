import { CO_COROUTINE } from '../bytecode/code.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { asStr } from '../objects/access.ts'
import { defineType, type GetSet } from '../objects/define.ts'
import { typeError } from '../objects/errors.ts'
import { none } from '../objects/make.ts'
import { newObject, type PyObject, type Value } from '../objects/object.ts'
import { address } from '../objects/object_object.ts'
import { call, textOf } from '../objects/protocols.ts'
import { thread } from '../objects/thread.ts'
import { genericAliasHook } from '../objects/type_hooks.ts'
import {
  asyncGeneratorType,
  coroutineType,
  coroutineWrapperType,
  generatorType,
  None,
  type TypeFor,
} from '../objects/types.ts'
import { unraisable } from '../objects/unraisable.ts'
import { newAclose, newAsend, newAthrow } from './async_generators.ts'
import { discardFrame, frameObject, traverseFrame } from './frame.ts'
import { close, raiseStop, send, sendStep, throwStep, yieldFrom } from './generator_methods.ts'
import { type GeneratorData, type PyGenerator, resumeGenerator, takeReturned } from './generators.ts'
import { warnUnawaited } from './warnings.ts'

/** Whether a generator stands at a `yield` or `await`. */
function suspended({ frame, started, running }: GeneratorData): boolean {
  return frame !== null && started && !running
}

/** The next item; a returned value other than None stays in `thread.returned`. */
function generatorNext(generator: PyObject): Owned<Value> | undefined {
  const value = sendStep(generator as PyGenerator, None)
  if (value === undefined && thread.returned === None) drop(takeReturned())
  return value
}

/** The finaliser: closes what is suspended, and warns of a coroutine that was never awaited (`_PyGen_Finalize`). */
export function finalizeGenerator(generator: PyGenerator): void {
  const { data } = generator
  if (data.frame === null || data.running) return
  try {
    if (generator.type === asyncGeneratorType && data.finalizer !== null && !data.closed) {
      drop(call(data.finalizer, [generator]))
      return
    }
    if ((data.code.data.flags & CO_COROUTINE) !== 0 && !data.started) warnUnawaited(generator)
    else close(generator)
  } catch (error) {
    unraisable(error, generator)
  }
}

function dealloc({ data }: PyGenerator): void {
  const { frame } = data
  if (frame !== null) {
    data.frame = null
    discardFrame(frame)
  }
  drop(data.handled.value)
  drop(data.finalizer)
  drop(data.origin)
  drop(data.code)
  drop(data.name)
  drop(data.qualname)
}

function traverse({ data }: PyGenerator, visit: (child: PyObject) => void): void {
  // What a running frame holds cannot be known from outside: its stack pointer is in the loop.
  if (data.frame !== null && !data.running) traverseFrame(data.frame, visit)
  for (const part of [data.code, data.name, data.qualname, data.origin, data.finalizer, data.handled.value]) {
    if (typeof part === 'object' && part !== null) visit(part)
  }
}

function nameAccessor(attribute: '__name__' | '__qualname__', field: 'name' | 'qualname'): GetSet<PyGenerator> {
  return {
    get: ({ data }) => keep<Value>(data[field]),
    set: ({ data }, value) => {
      if (value === undefined || asStr(value) === undefined) {
        throw typeError(`${attribute} must be set to a string object`)
      }
      const old = data[field]
      data[field] = keep(value)
      drop(old)
    },
  }
}

const names = { __name__: nameAccessor('__name__', 'name'), __qualname__: nameAccessor('__qualname__', 'qualname') }

const delegate = ({ data }: PyGenerator): Owned<Value> => {
  const inner = yieldFrom(data)
  return inner === undefined ? none() : keep(inner)
}

const frameOf = ({ data }: PyGenerator): Owned<Value> => (data.frame === null ? none() : frameObject(data.frame))

const slots = {
  tp_finalize: finalizeGenerator,
  tp_dealloc: dealloc,
  tp_traverse: traverse,
  tp_weakrefs: ({ data }: PyGenerator) => data,
}

const reprAs =
  (kind: string) =>
  (self: PyGenerator): Owned<Value> =>
    `<${kind} object ${textOf(self.data.qualname)} at ${address(self)}>`

const throwInto = (self: PyGenerator, ...args: (Value | undefined)[]): Owned<Value> =>
  throwStep(
    self,
    true,
    args.filter((arg) => arg !== undefined),
  ) ?? raiseStop()

/** A generator carries its frame in itself (`gen_sizeof`). */
const sizeOf = {
  '__sizeof__()': ({ type, data }: PyGenerator): Owned<Value> => {
    const { nlocalsplus, stacksize } = data.code.data
    return type.data.basicsize + 8 * (nlocalsplus + stacksize)
  },
}

/** Defines `generator`, `coroutine`, `coroutine_wrapper` and `async_generator`. */
export function defineGeneratorTypes(): void {
  defineType(generatorType as TypeFor<PyGenerator>, () => ({
    slots: {
      ...slots,
      tp_repr: reprAs('generator'),
      tp_iter: (self): Owned<Value> => keep<Value>(self),
      tp_iternext: generatorNext,
      am_send: (self, value) => sendStep(self, value),
    },
    methods: {
      ...sizeOf,
      'send(arg, /)': (self, arg) => send(self, arg),
      'throw(type, value = NULL, traceback = NULL, /)': throwInto,
      'close()': close,
    },
    getset: {
      ...names,
      gi_yieldfrom: delegate,
      gi_running: ({ data }): Owned<Value> => data.running,
      gi_frame: frameOf,
      gi_suspended: ({ data }): Owned<Value> => suspended(data),
      gi_code: ({ data }) => keep<Value>(data.code),
    },
  }))
  defineType(coroutineType as TypeFor<PyGenerator>, () => ({
    slots: {
      ...slots,
      tp_repr: reprAs('coroutine'),
      am_await: (self) => newCoroutineWrapper(self),
      am_send: (self, value) => sendStep(self, value),
    },
    methods: {
      ...sizeOf,
      'send(arg, /)': (self, arg) => send(self, arg),
      'throw(type, value = NULL, traceback = NULL, /)': throwInto,
      'close()': close,
    },
    members: { cr_origin: ({ data }) => (data.origin === null ? none() : keep<Value>(data.origin)) },
    getset: {
      ...names,
      cr_await: delegate,
      cr_running: ({ data }): Owned<Value> => data.running,
      cr_frame: frameOf,
      cr_code: ({ data }) => keep<Value>(data.code),
      cr_suspended: ({ data }): Owned<Value> => suspended(data),
    },
  }))
  defineCoroutineWrapper()
  defineAsyncGenerator()
}

type CoroutineWrapper = PyObject<{ readonly coroutine: Owned<PyGenerator> }>

/** What `coroutine.__await__()` gives. */
function newCoroutineWrapper(coroutine: PyGenerator): Owned<Value> {
  const wrapper = newObject(coroutineWrapperType, { coroutine: keep(coroutine) })
  track(wrapper)
  return wrapper
}

function defineCoroutineWrapper(): void {
  defineType(coroutineWrapperType as TypeFor<CoroutineWrapper>, () => ({
    slots: {
      tp_iter: (self): Owned<Value> => keep<Value>(self),
      tp_iternext: ({ data }) => generatorNext(data.coroutine),
      tp_dealloc: ({ data }) => drop(data.coroutine),
      tp_traverse: ({ data }, visit) => visit(data.coroutine),
    },
    methods: {
      'send(arg, /)': ({ data }, arg) => send(data.coroutine, arg),
      'throw(type, value = NULL, traceback = NULL, /)': ({ data }, ...args) => throwInto(data.coroutine, ...args),
      'close()': ({ data }) => close(data.coroutine),
    },
  }))
}

function defineAsyncGenerator(): void {
  defineType(asyncGeneratorType as TypeFor<PyGenerator>, () => ({
    slots: {
      ...slots,
      tp_repr: reprAs('async_generator'),
      am_aiter: (self) => keep<Value>(self),
      am_anext: (self) => newAsend(self, undefined),
      am_send: (self, value) => resumeGenerator(self, value),
    },
    methods: {
      ...sizeOf,
      'asend(arg, /)': (self, arg) => newAsend(self, arg),
      'aclose()': (self) => newAclose(self),
    },
    rawMethods: { 'athrow(*args)': (self, args) => newAthrow(self, args) },
    classMethods: { '__class_getitem__(object, /)': (type, args) => genericAliasHook.make(type, args) },
    members: {
      ag_running: ({ data }): Owned<Value> => data.runningAsync,
      ag_code: ({ data }) => keep<Value>(data.code),
    },
    getset: { ...names, ag_await: delegate, ag_frame: frameOf },
  }))
}
