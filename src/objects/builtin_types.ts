import { defineBuiltinFunctionType } from './builtin_function.ts'
import { defineBytearrayType } from './bytearray.ts'
import { defineBytesType } from './bytes.ts'
import { defineCodecHandlers } from './codec_handlers.ts'
import { defineComplexType } from './complex.ts'
import { defineDescriptorTypes } from './descriptors.ts'
import { defineDictType } from './dict.ts'
import { defineDictViewTypes } from './dict_views.ts'
import { defineEnumerateTypes } from './enumerate.ts'
import { defineExceptionTypes } from './exceptions.ts'
import { defineFloatType } from './float.ts'
import { defineGenericAliasType } from './generic_alias.ts'
import { defineIntTypes } from './int.ts'
import { defineIteratorTypes } from './iterator_types.ts'
import { defineListType } from './list.ts'
import { defineMapFilterZip } from './map_filter_zip.ts'
import { defineMappingProxyType } from './mappingproxy.ts'
import { defineMemoryViewType } from './memoryview.ts'
import { defineMethodWrapperTypes } from './method_wrappers.ts'
import { defineObjectType } from './object_object.ts'
import { definePropertyType } from './property.ts'
import { defineRangeTypes } from './range.ts'
import { defineSetTypes } from './set.ts'
import { defineSimpleNamespaceType } from './simple_namespace.ts'
import { defineSingletonTypes } from './singletons.ts'
import { defineSliceType } from './slice_type.ts'
import { defineStrType } from './str.ts'
import { defineSuperType } from './super.ts'
import { defineTupleType } from './tuple.ts'
import { defineTypeType } from './type_object.ts'
import { defineUnionType } from './union.ts'
import { defineWeakRefTypes } from './weakref_types.ts'

/**
 * Gives all builtin types of this floor their behaviour, once in a process. A base stands before what derives from it.
 */
export function defineObjectTypes(): void {
  defineObjectType()
  defineTypeType()
  defineDescriptorTypes()
  defineBuiltinFunctionType()
  defineSingletonTypes()
  defineIntTypes()
  defineFloatType()
  defineComplexType()
  defineStrType()
  defineBytesType()
  defineBytearrayType()
  defineMemoryViewType()
  defineDictType()
  defineDictViewTypes()
  defineEnumerateTypes()
  defineIteratorTypes()
  defineListType()
  defineMapFilterZip()
  defineRangeTypes()
  defineSetTypes()
  defineSliceType()
  defineTupleType()
  defineExceptionTypes()
  defineCodecHandlers()
  definePropertyType()
  defineMethodWrapperTypes()
  defineSuperType()
  defineMappingProxyType()
  defineSimpleNamespaceType()
  defineGenericAliasType()
  defineUnionType()
  defineWeakRefTypes()
}
