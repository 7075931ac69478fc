import type { Owned } from '../memory/header.ts'
import {
  type PyInstance,
  type PyObject,
  type PyTuple,
  type PyType,
  TPFLAGS_BASE_EXC_SUBCLASS,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  type Value,
} from './object.ts'
import { builtinType, objectType, type TypeFor } from './types.ts'

/** What an exception holds besides the attributes that programs give it. */
export interface ExceptionData {
  args: Owned<PyTuple>
  traceback: Owned<PyObject> | null
  context: Owned<PyException> | null
  cause: Owned<PyException> | null
  suppressContext: boolean
  /** The attributes of the type itself, such as `errno` or `name`, each owned. */
  fields: Record<string, Owned<Value> | undefined> | null
}

/** An instance of BaseException; what is thrown in TypeScript is one of these, owned by whoever catches it. */
export type PyException = PyInstance<ExceptionData>

const FLAGS = TPFLAGS_BASETYPE | TPFLAGS_HAVE_GC | TPFLAGS_BASE_EXC_SUBCLASS

function exceptionType(name: string, base: PyType, ...otherBases: PyType[]): TypeFor<PyException> {
  const type = builtinType<PyException>(name, FLAGS, base)
  type.bases = [base, ...otherBases]
  return type
}

/* One row for each exception of `Lib/test/exception_hierarchy.txt`, and nothing else: their behaviour is elsewhere. */

export const PyExc_BaseException = exceptionType('BaseException', objectType)
export const PyExc_BaseExceptionGroup = exceptionType('BaseExceptionGroup', PyExc_BaseException)
export const PyExc_GeneratorExit = exceptionType('GeneratorExit', PyExc_BaseException)
export const PyExc_KeyboardInterrupt = exceptionType('KeyboardInterrupt', PyExc_BaseException)
export const PyExc_SystemExit = exceptionType('SystemExit', PyExc_BaseException)
export const PyExc_Exception = exceptionType('Exception', PyExc_BaseException)
export const PyExc_ArithmeticError = exceptionType('ArithmeticError', PyExc_Exception)
const PyExc_FloatingPointError = exceptionType('FloatingPointError', PyExc_ArithmeticError)
export const PyExc_OverflowError = exceptionType('OverflowError', PyExc_ArithmeticError)
export const PyExc_ZeroDivisionError = exceptionType('ZeroDivisionError', PyExc_ArithmeticError)
export const PyExc_AssertionError = exceptionType('AssertionError', PyExc_Exception)
export const PyExc_AttributeError = exceptionType('AttributeError', PyExc_Exception)
export const PyExc_BufferError = exceptionType('BufferError', PyExc_Exception)
export const PyExc_EOFError = exceptionType('EOFError', PyExc_Exception)
export const PyExc_ImportError = exceptionType('ImportError', PyExc_Exception)
export const PyExc_ModuleNotFoundError = exceptionType('ModuleNotFoundError', PyExc_ImportError)
export const PyExc_LookupError = exceptionType('LookupError', PyExc_Exception)
export const PyExc_IndexError = exceptionType('IndexError', PyExc_LookupError)
export const PyExc_KeyError = exceptionType('KeyError', PyExc_LookupError)
export const PyExc_MemoryError = exceptionType('MemoryError', PyExc_Exception)
export const PyExc_NameError = exceptionType('NameError', PyExc_Exception)
export const PyExc_UnboundLocalError = exceptionType('UnboundLocalError', PyExc_NameError)
export const PyExc_OSError = exceptionType('OSError', PyExc_Exception)
export const PyExc_BlockingIOError = exceptionType('BlockingIOError', PyExc_OSError)
export const PyExc_ChildProcessError = exceptionType('ChildProcessError', PyExc_OSError)
const PyExc_ConnectionError = exceptionType('ConnectionError', PyExc_OSError)
export const PyExc_BrokenPipeError = exceptionType('BrokenPipeError', PyExc_ConnectionError)
export const PyExc_ConnectionAbortedError = exceptionType('ConnectionAbortedError', PyExc_ConnectionError)
export const PyExc_ConnectionRefusedError = exceptionType('ConnectionRefusedError', PyExc_ConnectionError)
export const PyExc_ConnectionResetError = exceptionType('ConnectionResetError', PyExc_ConnectionError)
export const PyExc_FileExistsError = exceptionType('FileExistsError', PyExc_OSError)
export const PyExc_FileNotFoundError = exceptionType('FileNotFoundError', PyExc_OSError)
export const PyExc_InterruptedError = exceptionType('InterruptedError', PyExc_OSError)
export const PyExc_IsADirectoryError = exceptionType('IsADirectoryError', PyExc_OSError)
export const PyExc_NotADirectoryError = exceptionType('NotADirectoryError', PyExc_OSError)
export const PyExc_PermissionError = exceptionType('PermissionError', PyExc_OSError)
export const PyExc_ProcessLookupError = exceptionType('ProcessLookupError', PyExc_OSError)
export const PyExc_TimeoutError = exceptionType('TimeoutError', PyExc_OSError)
export const PyExc_ReferenceError = exceptionType('ReferenceError', PyExc_Exception)
export const PyExc_RuntimeError = exceptionType('RuntimeError', PyExc_Exception)
export const PyExc_NotImplementedError = exceptionType('NotImplementedError', PyExc_RuntimeError)
export const PyExc_RecursionError = exceptionType('RecursionError', PyExc_RuntimeError)
export const PyExc_StopAsyncIteration = exceptionType('StopAsyncIteration', PyExc_Exception)
export const PyExc_StopIteration = exceptionType('StopIteration', PyExc_Exception)
export const PyExc_SyntaxError = exceptionType('SyntaxError', PyExc_Exception)
export const PyExc_IndentationError = exceptionType('IndentationError', PyExc_SyntaxError)
export const PyExc_TabError = exceptionType('TabError', PyExc_IndentationError)
export const PyExc_SystemError = exceptionType('SystemError', PyExc_Exception)
export const PyExc_TypeError = exceptionType('TypeError', PyExc_Exception)
export const PyExc_ValueError = exceptionType('ValueError', PyExc_Exception)
const PyExc_UnicodeError = exceptionType('UnicodeError', PyExc_ValueError)
export const PyExc_UnicodeDecodeError = exceptionType('UnicodeDecodeError', PyExc_UnicodeError)
export const PyExc_UnicodeEncodeError = exceptionType('UnicodeEncodeError', PyExc_UnicodeError)
export const PyExc_UnicodeTranslateError = exceptionType('UnicodeTranslateError', PyExc_UnicodeError)
export const PyExc_Warning = exceptionType('Warning', PyExc_Exception)
export const PyExc_BytesWarning = exceptionType('BytesWarning', PyExc_Warning)
export const PyExc_DeprecationWarning = exceptionType('DeprecationWarning', PyExc_Warning)
export const PyExc_EncodingWarning = exceptionType('EncodingWarning', PyExc_Warning)
const PyExc_FutureWarning = exceptionType('FutureWarning', PyExc_Warning)
export const PyExc_ImportWarning = exceptionType('ImportWarning', PyExc_Warning)
export const PyExc_PendingDeprecationWarning = exceptionType('PendingDeprecationWarning', PyExc_Warning)
export const PyExc_ResourceWarning = exceptionType('ResourceWarning', PyExc_Warning)
export const PyExc_RuntimeWarning = exceptionType('RuntimeWarning', PyExc_Warning)
export const PyExc_SyntaxWarning = exceptionType('SyntaxWarning', PyExc_Warning)
const PyExc_UnicodeWarning = exceptionType('UnicodeWarning', PyExc_Warning)
export const PyExc_UserWarning = exceptionType('UserWarning', PyExc_Warning)
export const PyExc_ExceptionGroup = exceptionType('ExceptionGroup', PyExc_BaseExceptionGroup, PyExc_Exception)

/** The builtin exceptions by name; `EnvironmentError` and `IOError` are other names of `OSError`. */
export const exceptionTypes: readonly TypeFor<PyException>[] = [
  PyExc_BaseException,
  PyExc_BaseExceptionGroup,
  PyExc_GeneratorExit,
  PyExc_KeyboardInterrupt,
  PyExc_SystemExit,
  PyExc_Exception,
  PyExc_ArithmeticError,
  PyExc_FloatingPointError,
  PyExc_OverflowError,
  PyExc_ZeroDivisionError,
  PyExc_AssertionError,
  PyExc_AttributeError,
  PyExc_BufferError,
  PyExc_EOFError,
  PyExc_ExceptionGroup,
  PyExc_ImportError,
  PyExc_ModuleNotFoundError,
  PyExc_LookupError,
  PyExc_IndexError,
  PyExc_KeyError,
  PyExc_MemoryError,
  PyExc_NameError,
  PyExc_UnboundLocalError,
  PyExc_OSError,
  PyExc_BlockingIOError,
  PyExc_ChildProcessError,
  PyExc_ConnectionError,
  PyExc_BrokenPipeError,
  PyExc_ConnectionAbortedError,
  PyExc_ConnectionRefusedError,
  PyExc_ConnectionResetError,
  PyExc_FileExistsError,
  PyExc_FileNotFoundError,
  PyExc_InterruptedError,
  PyExc_IsADirectoryError,
  PyExc_NotADirectoryError,
  PyExc_PermissionError,
  PyExc_ProcessLookupError,
  PyExc_TimeoutError,
  PyExc_ReferenceError,
  PyExc_RuntimeError,
  PyExc_NotImplementedError,
  PyExc_RecursionError,
  PyExc_StopAsyncIteration,
  PyExc_StopIteration,
  PyExc_SyntaxError,
  PyExc_IndentationError,
  PyExc_TabError,
  PyExc_SystemError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyExc_UnicodeError,
  PyExc_UnicodeDecodeError,
  PyExc_UnicodeEncodeError,
  PyExc_UnicodeTranslateError,
  PyExc_Warning,
  PyExc_BytesWarning,
  PyExc_DeprecationWarning,
  PyExc_EncodingWarning,
  PyExc_FutureWarning,
  PyExc_ImportWarning,
  PyExc_PendingDeprecationWarning,
  PyExc_ResourceWarning,
  PyExc_RuntimeWarning,
  PyExc_SyntaxWarning,
  PyExc_UnicodeWarning,
  PyExc_UserWarning,
]
