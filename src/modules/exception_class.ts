import type { PyException } from '../objects/exception_types.ts'
import { PyExc_Exception } from '../objects/exception_types.ts'
import {
  type PyType,
  TPFLAGS_BASE_EXC_SUBCLASS,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  TPFLAGS_IMMUTABLETYPE,
} from '../objects/object.ts'
import { builtinType, type TypeFor } from '../objects/types.ts'

const FLAGS = TPFLAGS_BASETYPE | TPFLAGS_HAVE_GC | TPFLAGS_BASE_EXC_SUBCLASS

/**
 * An exception class of a module, without behaviour yet (`PyErr_NewException`): a class as programs make them, so messages
 * name it without its module, and its attributes can be set.
 */
export function exceptionClass(module: string, name: string, base: PyType = PyExc_Exception): TypeFor<PyException> {
  const type = builtinType<PyException>(name, FLAGS, base)
  type.data.module = module
  type.flags &= ~TPFLAGS_IMMUTABLETYPE
  return type
}
