import { strToUtf16 } from '../base/values.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asFloat, asInt } from './access.ts'
import { toIndexSized } from './arguments.ts'
import { defineType } from './define.ts'
import { isException, newException, valueError } from './errors.ts'
import {
  exceptionState,
  exceptionStr,
  field,
  fieldMembers,
  newExceptionData,
  noKeywords,
  positionalTuple,
  reduceTo,
  setArgs,
  setField,
} from './exception_data.ts'
import * as types from './exception_types.ts'
import { newInstance } from './instance.ts'
import { newText, newTuple, none } from './make.ts'
import type { KeywordNames, PyInstance, PyTuple, PyType, Value } from './object.ts'
import { shown, strText } from './protocols.ts'
import { None, typeOf } from './types.ts'

type PyException = types.PyException

/** The subclass of OSError that stands for an error number of Linux (PEP 3151). */
const subclasses = new Map<number | bigint, PyType>([
  [11, types.PyExc_BlockingIOError],
  [114, types.PyExc_BlockingIOError],
  [115, types.PyExc_BlockingIOError],
  [32, types.PyExc_BrokenPipeError],
  [108, types.PyExc_BrokenPipeError],
  [10, types.PyExc_ChildProcessError],
  [103, types.PyExc_ConnectionAbortedError],
  [111, types.PyExc_ConnectionRefusedError],
  [104, types.PyExc_ConnectionResetError],
  [17, types.PyExc_FileExistsError],
  [2, types.PyExc_FileNotFoundError],
  [21, types.PyExc_IsADirectoryError],
  [20, types.PyExc_NotADirectoryError],
  [4, types.PyExc_InterruptedError],
  [13, types.PyExc_PermissionError],
  [1, types.PyExc_PermissionError],
  [3, types.PyExc_ProcessLookupError],
  [110, types.PyExc_TimeoutError],
])

/** Whether a class parses its arguments in `__init__`, because it has one of its own and no `__new__`. */
function usesInit(type: PyType): boolean {
  return (type.tp_init as unknown) !== initialize && type.tp_new === createError
}

function createError(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<PyInstance> {
  if (usesInit(type)) return newInstance(type, newExceptionData(newTuple([])))
  noKeywords(type, kwnames)
  let made = type
  if (type === types.PyExc_OSError && args.length >= 2 && args.length <= 5) {
    const errno = asInt(args[0]!)
    if (errno !== undefined) made = subclasses.get(errno) ?? type
  }
  const self = newInstance(made, newExceptionData(positionalTuple(args, null)))
  try {
    setParts(self, args)
  } catch (error) {
    drop(self)
    throw error
  }
  return self
}

function initialize(self: PyException, args: readonly Value[], kwnames: KeywordNames): void {
  if (!usesInit(self.type)) return
  noKeywords(self.type, kwnames)
  setArgs(self, positionalTuple(args, null))
  setParts(self, args)
}

function isNumber(value: Value): boolean {
  const type = typeOf(value)
  return type.nb_index !== undefined || type.nb_int !== undefined || asFloat(value) !== undefined
}

/** Takes `errno`, `strerror` and the file names out of two to five arguments. */
function setParts(self: PyException, args: readonly Value[]): void {
  if (args.length < 2 || args.length > 5) return
  const [errno, strerror, filename, , filename2] = args
  if (filename !== undefined && filename !== None) {
    if (self.type === types.PyExc_BlockingIOError && isNumber(filename)) {
      setField(self, 'characters_written', count(filename))
    } else {
      setField(self, 'filename', keep(filename))
      if (filename2 !== undefined && filename2 !== None) setField(self, 'filename2', keep(filename2))
      setArgs(self, newTuple([keep(errno!), keep(strerror!)]))
    }
  }
  setField(self, 'errno', keep(errno!))
  setField(self, 'strerror', keep(strerror!))
}

/** A number of characters; what does not fit a `Py_ssize_t` is a ValueError. */
function count(value: Value): number {
  try {
    return toIndexSized(value)
  } catch (error) {
    if (!isException(error, types.PyExc_OverflowError)) throw error
    drop(error)
    throw valueError(`cannot fit '${typeOf(value).name}' into an index-sized integer`)
  }
}

const textOr = (value: Value | undefined) => strToUtf16(strText(value ?? None))

function errorStr(self: PyException): Owned<Value> {
  const [errno, strerror] = [field(self, 'errno'), field(self, 'strerror')]
  const [filename, filename2] = [field(self, 'filename'), field(self, 'filename2')]
  if (filename !== undefined) {
    const to = filename2 === undefined ? '' : ` -> ${shown(filename2)}`
    return newText(`[Errno ${textOr(errno)}] ${textOr(strerror)}: ${shown(filename)}${to}`)
  }
  if (errno !== undefined && strerror !== undefined) return newText(`[Errno ${textOr(errno)}] ${textOr(strerror)}`)
  return exceptionStr(self)
}

/** The arguments from which a pickled error is made again: with the file names that `args` leaves out. */
function reduceArgs(self: PyException): Owned<PyTuple> {
  const { args } = self.data
  const [filename, filename2] = [field(self, 'filename'), field(self, 'filename2')]
  if (args.data.length !== 2 || filename === undefined) return keep<PyTuple>(args)
  const parts: Owned<Value>[] = [keep<Value>(args.data[0]!), keep<Value>(args.data[1]!), keep<Value>(filename)]
  if (filename2 !== undefined) parts.push(none(), keep<Value>(filename2))
  return newTuple(parts)
}

function noCharacters(): unknown {
  return newException(types.PyExc_AttributeError, ['characters_written'])
}

/** Defines OSError. */
export function defineOSError(): void {
  defineType(types.PyExc_OSError, () => ({
    slots: { tp_new: createError, tp_init: initialize, tp_str: errorStr },
    methods: { '__reduce__()': (self) => reduceTo(self, reduceArgs(self), exceptionState(self)) },
    getset: {
      characters_written: {
        get: (self) => {
          const written = field(self, 'characters_written')
          if (written === undefined || written === -1) throw noCharacters()
          return written
        },
        set: (self, value) => {
          const written = field(self, 'characters_written')
          if (value === undefined && (written === undefined || written === -1)) throw noCharacters()
          setField(self, 'characters_written', value === undefined ? undefined : count(value))
        },
      },
    },
    members: fieldMembers('errno', 'strerror', 'filename', 'filename2'),
  }))
}
