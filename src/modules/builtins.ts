import { strToUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { defineModule } from '../objects/define_module.ts'
import { exceptionTypes } from '../objects/exception_types.ts'
import { newDict, newTuple } from '../objects/make.ts'
import type { Value } from '../objects/object.ts'
import { call, strText } from '../objects/protocols.ts'
import { len } from '../objects/sequence_protocol.ts'
import { calculateMetaclass } from '../objects/type_new.ts'
import * as types from '../objects/types.ts'
import { newCallFrame } from '../vm/calls.ts'
import { EXIT_RUN, machine, run } from '../vm/frame.ts'
import type { PyFunction } from '../vm/function.ts'

/** The `builtins` module. */
export const builtinsModule = defineModule('builtins', () => ({
  functions: {
    'len(obj, /)': (obj) => len(obj),
    'print(*args)': (args) => {
      console.log(args.map((arg) => strToUtf16(strText(arg))).join(' '))
    },
    '__build_class__(func, name, /, *bases)': (func, name, bases): Owned<Value> => {
      const namespace = newDict()
      const frame = newCallFrame(func as PyFunction, [], null)
      frame.locals = keep(namespace)
      frame.back = machine.frame
      frame.exit = EXIT_RUN
      drop(run(frame))
      const metaclass = calculateMetaclass(types.typeType, bases)
      return call(metaclass, [name, newTuple(bases.map((base) => keep(base))), namespace])
    },
  },
  types: [
    types.objectType,
    types.typeType,
    types.intType,
    types.boolType,
    types.floatType,
    types.complexType,
    types.strType,
    types.bytesType,
    types.bytearrayType,
    types.memoryviewType,
    types.listType,
    types.tupleType,
    types.dictType,
    types.setType,
    types.frozensetType,
    types.rangeType,
    types.sliceType,
    types.propertyType,
    types.classmethodType,
    types.staticmethodType,
    types.superType,
    types.enumerateType,
    types.reversedType,
    types.zipType,
    types.mapType,
    types.filterType,
    ...exceptionTypes,
  ],
  attributes: {
    None: types.None,
    Ellipsis: types.Ellipsis,
    NotImplemented: types.NotImplemented,
    True: true,
    False: false,
  },
}))
