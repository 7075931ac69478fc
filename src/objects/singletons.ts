import { keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { defineType, tpNew } from './define.ts'
import { PyExc_DeprecationWarning } from './exception_types.ts'
import type { PyType, Value } from './object.ts'
import { Ellipsis, ellipsisType, None, NotImplemented, noneType, notImplementedType } from './types.ts'
import { warn } from './warn.ts'

/** `T()` of a type with one instance. */
const singleton = (name: string, value: Value) => tpNew(`${name}()`, (_type: PyType): Owned<Value> => keep(value))

/** Defines the types of `None`, `...` and `NotImplemented`. */
export function defineSingletonTypes(): void {
  defineType(noneType, () => ({
    slots: { tp_repr: (): Owned<Value> => 'None', nb_bool: () => false, tp_new: singleton('NoneType', None) },
  }))
  defineType(ellipsisType, () => ({
    slots: { tp_repr: (): Owned<Value> => 'Ellipsis', tp_new: singleton('ellipsis', Ellipsis) },
    methods: { '__reduce__()': (): Owned<Value> => 'Ellipsis' },
  }))
  defineType(notImplementedType, () => ({
    slots: {
      tp_repr: (): Owned<Value> => 'NotImplemented',
      nb_bool: () => {
        warn(PyExc_DeprecationWarning, 'NotImplemented should not be used in a boolean context', 1)
        return true
      },
      tp_new: singleton('NotImplementedType', NotImplemented),
    },
    methods: { '__reduce__()': (): Owned<Value> => 'NotImplemented' },
  }))
}
