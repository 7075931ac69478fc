import { defineBytearrayType } from './bytearray.ts'
import { defineBytesType } from './bytes.ts'
import { defineCodecHandlers } from './codec_handlers.ts'
import { defineComplexType } from './complex.ts'
import { defineDescriptorTypes } from './descriptors.ts'
import { defineExceptionTypes } from './exceptions.ts'
import { defineFloatType } from './float.ts'
import { defineIntTypes } from './int.ts'
import { defineMappingProxyType } from './mappingproxy.ts'
import { defineMethodWrapperTypes } from './method_wrappers.ts'
import { defineObjectType } from './object_object.ts'
import { definePropertyType } from './property.ts'
import { defineSimpleNamespaceType } from './simple_namespace.ts'
import { defineSingletonTypes } from './singletons.ts'
import { defineStrType } from './str.ts'
import { defineSuperType } from './super.ts'
import { defineTypeType } from './type_object.ts'
import { defineWeakRefTypes } from './weakref_types.ts'

/**
 * Gives all builtin types of this floor their behaviour, once in a process. A base stands before what derives from it.
 */
export function defineObjectTypes(): void {
  defineObjectType({})
  defineTypeType({}, {})
  defineDescriptorTypes()
  defineSingletonTypes()
  defineIntTypes()
  defineFloatType()
  defineComplexType()
  defineStrType()
  defineBytesType()
  defineBytearrayType()
  defineExceptionTypes()
  defineCodecHandlers()
  definePropertyType()
  defineMethodWrapperTypes()
  defineSuperType()
  defineMappingProxyType()
  defineSimpleNamespaceType()
  defineWeakRefTypes()
}
