import {
  immortal,
  type PyDict,
  type PyList,
  PyObject,
  type PySet,
  type PyTuple,
  PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_BYTES_SUBCLASS,
  TPFLAGS_DICT_SUBCLASS,
  TPFLAGS_HAVE_GC,
  TPFLAGS_IMMUTABLETYPE,
  TPFLAGS_LIST_SUBCLASS,
  TPFLAGS_LONG_SUBCLASS,
  TPFLAGS_MAPPING,
  TPFLAGS_MATCH_SELF,
  TPFLAGS_METHOD_DESCRIPTOR,
  TPFLAGS_SEQUENCE,
  TPFLAGS_TUPLE_SUBCLASS,
  TPFLAGS_TYPE_SUBCLASS,
  TPFLAGS_UNICODE_SUBCLASS,
  type Value,
} from './object.ts'

/**
 * The builtin types, one row each: name, base and flags. They stand here without behaviour, so that every file can name
 * every type; `defineType` in the type's own file gives them theirs.
 */

declare const instance: unique symbol

/** A type whose instances are `S`: known to the type checker alone. */
export type TypeFor<S> = PyType & { readonly [instance]?: S }

const GC = TPFLAGS_HAVE_GC
const BASE = TPFLAGS_BASETYPE

/** A builtin type without behaviour yet. `S` is what its instances are. */
export function builtinType<S = PyObject>(name: string, flags = 0, base: PyType = objectType): TypeFor<S> {
  const dot = name.lastIndexOf('.')
  const type = new PyType(typeType, name)
  if (dot >= 0) type.data.module = name.slice(0, dot)
  type.data.qualname = name.slice(dot + 1)
  type.base = base
  type.bases = [base]
  type.flags = flags | TPFLAGS_IMMUTABLETYPE
  type.tracked = (flags & GC) !== 0
  return immortal(type)
}

export const typeType: TypeFor<PyType> = immortal(new PyType(undefined, 'type'))
export const objectType: TypeFor<Value> = immortal(new PyType(typeType, 'object'))
typeType.base = objectType
typeType.bases = [objectType]
typeType.flags = GC | BASE | TPFLAGS_IMMUTABLETYPE | TPFLAGS_TYPE_SUBCLASS
typeType.tracked = true
objectType.flags = BASE | TPFLAGS_IMMUTABLETYPE

export const intType = builtinType<Value>('int', BASE | TPFLAGS_LONG_SUBCLASS | TPFLAGS_MATCH_SELF)
export const boolType = builtinType<Value>('bool', TPFLAGS_LONG_SUBCLASS | TPFLAGS_MATCH_SELF, intType)
export const floatType = builtinType<PyObject<number>>('float', BASE | TPFLAGS_MATCH_SELF)
export const complexType = builtinType('complex', BASE)
export const strType = builtinType<Value>('str', BASE | TPFLAGS_UNICODE_SUBCLASS | TPFLAGS_MATCH_SELF)
export const bytesType = builtinType<PyObject<Uint8Array>>('bytes', BASE | TPFLAGS_BYTES_SUBCLASS | TPFLAGS_MATCH_SELF)
export const bytearrayType = builtinType('bytearray', BASE | TPFLAGS_MATCH_SELF)
export const memoryviewType = builtinType('memoryview', GC | TPFLAGS_SEQUENCE)
export const listType = builtinType<PyList>(
  'list',
  GC | BASE | TPFLAGS_LIST_SUBCLASS | TPFLAGS_SEQUENCE | TPFLAGS_MATCH_SELF,
)
export const tupleType = builtinType<PyTuple>(
  'tuple',
  GC | BASE | TPFLAGS_TUPLE_SUBCLASS | TPFLAGS_SEQUENCE | TPFLAGS_MATCH_SELF,
)
export const dictType = builtinType<PyDict>(
  'dict',
  GC | BASE | TPFLAGS_DICT_SUBCLASS | TPFLAGS_MAPPING | TPFLAGS_MATCH_SELF,
)
export const setType = builtinType<PySet>('set', GC | BASE | TPFLAGS_MATCH_SELF)
export const frozensetType = builtinType<PySet>('frozenset', GC | BASE | TPFLAGS_MATCH_SELF)
export const rangeType = builtinType('range', TPFLAGS_SEQUENCE)
export const sliceType = builtinType('slice', GC)
export const ellipsisType = builtinType('ellipsis')
export const noneType = builtinType('NoneType')
export const notImplementedType = builtinType('NotImplementedType')

export const propertyType = builtinType('property', GC | BASE)
export const classmethodType = builtinType('classmethod', GC | BASE)
export const staticmethodType = builtinType('staticmethod', GC | BASE)
export const superType = builtinType('super', GC | BASE)
export const functionType = builtinType('function', GC | TPFLAGS_METHOD_DESCRIPTOR)
export const methodType = builtinType('method', GC)
export const builtinFunctionType = builtinType('builtin_function_or_method', GC)
export const methodDescriptorType = builtinType('method_descriptor', GC | TPFLAGS_METHOD_DESCRIPTOR)
export const classMethodDescriptorType = builtinType('classmethod_descriptor', GC)
export const wrapperDescriptorType = builtinType('wrapper_descriptor', GC | TPFLAGS_METHOD_DESCRIPTOR)
export const methodWrapperType = builtinType('method-wrapper', GC)
export const getsetDescriptorType = builtinType('getset_descriptor', GC)
export const memberDescriptorType = builtinType('member_descriptor', GC)
export const mappingproxyType = builtinType('mappingproxy', GC | TPFLAGS_MAPPING)
export const cellType = builtinType('cell', GC)
export const codeType = builtinType('code')
export const frameType = builtinType('frame', GC)
export const tracebackType = builtinType('traceback', GC)
export const moduleType = builtinType('module', GC | BASE)
export const generatorType = builtinType('generator', GC)
export const coroutineType = builtinType('coroutine', GC)
export const coroutineWrapperType = builtinType('coroutine_wrapper', GC)
export const asyncGeneratorType = builtinType('async_generator', GC)
export const simpleNamespaceType = builtinType('types.SimpleNamespace', GC | BASE)
export const genericAliasType = builtinType('types.GenericAlias', GC | BASE)
export const unionType = builtinType('types.UnionType', GC)
export const enumerateType = builtinType('enumerate', GC | BASE)
export const reversedType = builtinType('reversed', GC | BASE)
export const zipType = builtinType('zip', GC | BASE)
export const mapType = builtinType('map', GC | BASE)
export const filterType = builtinType('filter', GC | BASE)

export const None = immortal(new PyObject(noneType, undefined))
export const Ellipsis = immortal(new PyObject(ellipsisType, undefined))
export const NotImplemented = immortal(new PyObject(notImplementedType, undefined))

/** The type of a value, borrowed. */
export function typeOf(value: Value): PyType {
  switch (typeof value) {
    case 'object':
      return value.type
    case 'string':
      return strType
    case 'boolean':
      return boolType
    default:
      return intType
  }
}

/** Whether `type` is `base` or derives from it by its MRO. */
export function isSubtype(type: PyType, base: PyType): boolean {
  return type === base || type.mro.includes(base)
}

/** Whether a value is a type. */
export function isType(value: Value): value is PyType {
  return typeof value === 'object' && (value.type.flags & TPFLAGS_TYPE_SUBCLASS) !== 0
}

/** Whether a value is an instance of a type or of one derived from it; no Python code runs. */
export function isInstanceOf(value: Value, base: PyType): boolean {
  return isSubtype(typeOf(value), base)
}
