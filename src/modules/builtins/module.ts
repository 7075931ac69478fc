import { keep } from '../../memory/counted.ts'
import { defineModule } from '../../objects/define_module.ts'
import { exceptionTypes, PyExc_OSError } from '../../objects/exception_types.ts'
import { asciiHook, format } from '../../objects/format.ts'
import { isInstance, isSubclass } from '../../objects/instance_check.ts'
import { newStr } from '../../objects/make.ts'
import type { Value } from '../../objects/object.ts'
import { hash, repr } from '../../objects/protocols.ts'
import { iter, len } from '../../objects/sequence_protocol.ts'
import * as types from '../../objects/types.ts'
import { buildClass } from '../../vm/build_class.ts'
import { importModuleLevel } from '../../vm/import.ts'
import { interpreter } from '../../vm/interpreter.ts'
import { dir, getAttribute, hasAttribute, identity, locals, setAttribute, vars } from './attributes.ts'
import { defineCallIteratorType, newCallIterator } from './call_iterator.ts'
import { compile, evaluate, execute, globals } from './execution.ts'
import { all, any, asyncIter, asyncNext, extreme, nextItem, sorted } from './iteration.ts'
import { abs, chr, divmod, ord, pow, round, sum, toBase } from './numbers.ts'
import { breakpoint, input, print } from './streams.ts'

const builtinTypes = [
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
]

/** The `builtins` module. `open` is added by whoever initialises the streams, as in CPython. */
export const builtinsModule = defineModule('builtins', () => {
  defineCallIteratorType()
  return {
    functions: {
      '__import__(name, globals = NULL, locals = NULL, fromlist = NULL, level: int = 0)': (
        name,
        globalNames,
        _locals,
        fromlist,
        level,
      ) => importModuleLevel(name, globalNames, fromlist, level),
      'abs(x, /)': abs,
      'aiter(async_iterable, /)': asyncIter,
      'all(iterable, /)': (iterable) => all(iterable),
      'anext(aiterator, default = NULL, /)': asyncNext,
      'any(iterable, /)': (iterable) => any(iterable),
      'ascii(obj, /)': (value) => asciiHook.ascii(value),
      'bin(number, /)': (number) => toBase(number, 2),
      'callable(obj, /)': (value) => types.typeOf(value).tp_call !== undefined,
      'chr(i: int, /)': chr,
      'compile(source, filename, mode: text, flags: int = 0, dont_inherit: bool = False, optimize: int = -1, *, _feature_version: int = -1)':
        (source, filename, mode, flags, dontInherit, optimize, featureVersion) =>
          compile({ source, filename, mode, flags, dontInherit, optimize, featureVersion }),
      'delattr(obj, name, /)': (object, name) => setAttribute(object, name, undefined),
      'dir(object = NULL, /)': dir,
      'divmod(x, y, /)': divmod,
      'eval(source, globals = None, locals = None, /)': evaluate,
      'exec(source, globals = None, locals = None, /, *, closure = None)': execute,
      "format(value, format_spec: str = '', /)": (value, spec) => format(value, newStr(spec)),
      'getattr(object, name, default = NULL, /)': getAttribute,
      'globals()': globals,
      'hasattr(obj, name, /)': (object, name) => hasAttribute(object, name),
      'hash(obj, /)': (value) => hash(value),
      'hex(number, /)': (number) => toBase(number, 16),
      'id(obj, /)': (value) => identity(value),
      'input(prompt = NULL, /)': input,
      'isinstance(obj, class_or_tuple, /)': (value, cls) => isInstance(value, cls),
      'issubclass(cls, class_or_tuple, /)': (derived, cls) => isSubclass(derived, cls),
      'iter(object, sentinel = NULL, /)': (value, sentinel) =>
        sentinel === undefined ? iter(value) : newCallIterator(value, sentinel),
      'len(obj, /)': (value) => len(value),
      'locals()': locals,
      'next(iterator, default = NULL, /)': nextItem,
      'oct(number, /)': (number) => toBase(number, 8),
      'ord(c, /)': (value) => ord(value),
      'pow(base, exp, mod = None)': pow,
      'repr(obj, /)': (value) => repr(value),
      'round(number, ndigits = None)': round,
      'setattr(obj, name, value, /)': (object, name, value) => setAttribute(object, name, value),
      'sum(iterable, /, start = 0)': (iterable, start) => sum(iterable, keep(start)),
      'vars(object = NULL, /)': vars,
    },
    rawFunctions: {
      '__build_class__(func, name, /, *bases, metaclass = NULL, **kwds)': buildClass,
      'breakpoint(*args, **kws)': breakpoint,
      'max(*args, key = None)': (args, kwnames) => extreme('max', args, kwnames),
      'min(*args, key = None)': (args, kwnames) => extreme('min', args, kwnames),
      "print(*args, sep=' ', end='\\n', file=None, flush=False)": print,
      'sorted(iterable, /, *, key=None, reverse=False)': sorted,
    },
    types: [...builtinTypes, ...exceptionTypes],
    attributes: {
      None: types.None,
      Ellipsis: types.Ellipsis,
      NotImplemented: types.NotImplemented,
      True: true,
      False: false,
      EnvironmentError: PyExc_OSError,
      IOError: PyExc_OSError,
    },
    setup: ({ data }) => {
      data.set('__debug__', interpreter.config.flags.optimize === 0)
      data.set('__doc__', keep<Value>(types.None))
    },
  }
})
