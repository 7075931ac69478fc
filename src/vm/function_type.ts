import { drop, keep } from '../memory/counted.ts'
import { defineType } from '../objects/define.ts'
import { newDict } from '../objects/make.ts'
import type { PyObject, Value } from '../objects/object.ts'
import { address } from '../objects/object_object.ts'
import { call, textOf } from '../objects/protocols.ts'
import { functionType, methodType, type TypeFor } from '../objects/types.ts'
import { newCallFrame } from './calls.ts'
import { EXIT_RUN, machine, run } from './frame.ts'
import type { PyFunction } from './function.ts'
import { type MethodData, newMethod } from './method.ts'

/** Defines `function` and `method`. */
export function defineFunctionTypes(): void {
  defineType(functionType as TypeFor<PyFunction>, () => ({
    slots: {
      tp_call: (self, args, kwnames) => {
        const frame = newCallFrame(self, args, kwnames)
        frame.back = machine.frame
        frame.exit = EXIT_RUN
        return run(frame)
      },
      tp_descr_get: (self, instance) => (instance === undefined ? keep<Value>(self) : newMethod(self, instance)),
      tp_repr: (self) => `<function ${textOf(self.data.qualname)} at ${address(self)}>`,
      tp_dict: ({ data }, create) => {
        if (data.dict === null && create) data.dict = newDict()
        return data.dict
      },
      tp_weakrefs: ({ data }) => data,
      tp_dealloc: ({ data }) => {
        for (const part of functionParts(data)) drop(part)
      },
      tp_traverse: ({ data }, visit) => {
        for (const part of functionParts(data)) if (typeof part === 'object' && part !== null) visit(part)
      },
    },
  }))
  defineType(methodType as TypeFor<PyObject<MethodData>>, () => ({
    slots: {
      tp_call: ({ data }, args, kwnames) => call(data.func, [data.self, ...args], kwnames),
      tp_weakrefs: ({ data }) => data,
      tp_dealloc: ({ data }) => {
        drop(data.func)
        drop(data.self)
      },
      tp_traverse: ({ data }, visit) => {
        if (typeof data.func === 'object') visit(data.func)
        if (typeof data.self === 'object') visit(data.self)
      },
    },
  }))
}

function functionParts(data: PyFunction['data']): (Value | null)[] {
  return [
    data.code,
    data.globals,
    data.builtins,
    data.name,
    data.qualname,
    data.defaults,
    data.kwdefaults,
    data.closure,
    data.annotations,
    data.doc,
    data.module,
    data.dict,
  ]
}
