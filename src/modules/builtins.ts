import { strToUtf16 } from '../base/values.ts'
import { defineModule } from '../objects/define_module.ts'
import { exceptionTypes } from '../objects/exception_types.ts'
import { strText } from '../objects/protocols.ts'
import { len } from '../objects/sequence_protocol.ts'
import * as types from '../objects/types.ts'
import { buildClass } from '../vm/build_class.ts'

/** The `builtins` module. */
export const builtinsModule = defineModule('builtins', () => ({
  functions: {
    'len(obj, /)': (obj) => len(obj),
    'print(*args)': (args) => {
      console.log(args.map((arg) => strToUtf16(strText(arg))).join(' '))
    },
  },
  rawFunctions: { '__build_class__(func, name, /, *bases, **kwds)': buildClass },
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
