import { drop, keep } from '../memory/counted.ts'
import { defineType } from './define.ts'
import { exceptionTypes, PyExc_BaseException, type PyException } from './exception_types.ts'
import { clearInstance, newInstance, traverseInstance } from './instance.ts'
import { newTuple } from './make.ts'
import type { PyType, Value } from './object.ts'
import { repr, str } from './protocols.ts'
import { Shape } from './shape.ts'

/** Defines BaseException and all exceptions derived from it. */
export function defineExceptionTypes(): void {
  PyExc_BaseException.data.rootShape = new Shape([], 0, null)
  defineType(PyExc_BaseException, () => ({
    slots: {
      tp_new: (type: PyType, args: readonly Value[], kwnames) => {
        const positional = kwnames === null ? args : args.slice(0, args.length - kwnames.length)
        return newInstance(type, {
          args: newTuple(positional.map((arg) => keep(arg))),
          traceback: null,
          context: null,
          cause: null,
          suppressContext: false,
          fields: null,
        })
      },
      tp_init: () => {},
      tp_repr: (self: PyException) => `${self.type.name}(${self.data.args.data.map((arg) => repr(arg)).join(', ')})`,
      tp_str: ({ data }: PyException) => {
        const { data: args } = data.args
        return args.length === 0 ? '' : args.length === 1 ? str(args[0]!) : repr(data.args)
      },
      tp_dealloc: (self: PyException) => {
        const { data } = self
        clearInstance(self)
        drop(data.args)
        drop(data.traceback)
        drop(data.context)
        drop(data.cause)
        for (const value of Object.values(data.fields ?? {})) drop(value)
      },
      tp_traverse: (self: PyException, visit) => {
        traverseInstance(self, visit)
        const { args, traceback, context, cause, fields } = self.data
        visit(args)
        if (traceback !== null) visit(traceback)
        if (context !== null) visit(context)
        if (cause !== null) visit(cause)
        for (const value of Object.values(fields ?? {})) if (typeof value === 'object') visit(value)
      },
    },
    getset: { args: ({ data }: PyException) => keep<Value>(data.args) },
  }))
  for (const type of exceptionTypes) if (type !== PyExc_BaseException) defineType(type, () => ({}))
}
