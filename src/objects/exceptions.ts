import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { lookupAttr, setAttr } from './attributes.ts'
import { defineType } from './define.ts'
import { typeError } from './errors.ts'
import {
  exceptionState,
  exceptionStr,
  field,
  fieldMembers,
  initArgs,
  isExceptionValue,
  newExceptionData,
  noKeywords,
  positionalTuple,
  reduceTo,
  setArgs,
  setField,
} from './exception_data.ts'
import { defineBaseExceptionGroup } from './exception_group.ts'
import {
  exceptionTypes,
  PyExc_AttributeError,
  PyExc_BaseException,
  PyExc_BaseExceptionGroup,
  PyExc_ExceptionGroup,
  PyExc_ImportError,
  PyExc_KeyError,
  PyExc_NameError,
  PyExc_OSError,
  PyExc_StopIteration,
  PyExc_SyntaxError,
  PyExc_SystemExit,
  PyExc_UnicodeDecodeError,
  PyExc_UnicodeEncodeError,
  PyExc_UnicodeTranslateError,
  type PyException,
} from './exception_types.ts'
import { defineOSError } from './exceptions_os.ts'
import { defineSyntaxError } from './exceptions_syntax.ts'
import {
  defineUnicodeDecodeError,
  defineUnicodeEncodeError,
  defineUnicodeTranslateError,
} from './exceptions_unicode.ts'
import { clearInstance, instanceDict, newInstance, setInstanceDict, traverseInstance } from './instance.ts'
import { newDict, newList, newText, newTuple, none } from './make.ts'
import type { KeywordNames, PyDict, PyList, PyObject, PyType, Value } from './object.ts'
import { repr, shown, textOf } from './protocols.ts'
import { toArray } from './sequence_protocol.ts'
import { Shape } from './shape.ts'
import { shortName } from './type_names.ts'
import { dictType, isInstanceOf, listType, None, strType, tracebackType, typeOf } from './types.ts'

/** Gives up what an exception holds, in CPython's order. */
function clearException(self: PyException): void {
  clearInstance(self)
  const { data } = self
  const { fields, traceback, cause, context } = data
  data.fields = null
  data.traceback = null
  data.cause = null
  data.context = null
  if (fields !== null) for (const name in fields) drop(fields[name])
  setArgs(self, newTuple([]))
  drop(traceback)
  drop(cause)
  drop(context)
}

function traverseException(self: PyException, visit: (child: PyObject) => void): void {
  traverseInstance(self, visit)
  const { args, traceback, context, cause, fields } = self.data
  visit(args)
  if (traceback !== null) visit(traceback)
  if (cause !== null) visit(cause)
  if (context !== null) visit(context)
  if (fields === null) return
  for (const name in fields) {
    const value = fields[name]
    if (typeof value === 'object') visit(value)
  }
}

function setTraceback(self: PyException, value: Value | undefined): void {
  if (value === undefined) throw typeError('__traceback__ may not be deleted')
  if (value !== None && typeOf(value) !== tracebackType) throw typeError('__traceback__ must be a traceback or None')
  const old = self.data.traceback
  self.data.traceback = value === None ? null : keep(value as PyObject)
  drop(old)
}

/** Sets `__context__` or `__cause__`. */
function setLink(self: PyException, key: 'context' | 'cause', value: Value | undefined): void {
  if (value === undefined) throw typeError(`__${key}__ may not be deleted`)
  if (value !== None && !isExceptionValue(value)) {
    throw typeError(`exception ${key} must be None or derive from BaseException`)
  }
  const { data } = self
  const old = data[key]
  data[key] = value === None ? null : keep(value as PyException)
  if (key === 'cause') data.suppressContext = true
  drop(old)
}

function addNote(self: PyException, note: Value): void {
  if (!isInstanceOf(note, strType)) throw typeError(`note must be a str, not '${typeOf(note).name}'`)
  let notes = lookupAttr(self, '__notes__')
  if (notes === undefined) {
    notes = newList([])
    setAttr(self, '__notes__', notes)
  }
  try {
    if (!isInstanceOf(notes, listType)) throw typeError('Cannot add note: __notes__ is not a list')
    ;(notes as PyList).data.push(keep(note))
  } finally {
    drop(notes)
  }
}

function setState(self: PyException, state: Value): void {
  if (state === None) return
  if (!isInstanceOf(state, dictType)) throw typeError('state is not a dictionary')
  const table = (state as PyDict).data.copy()
  try {
    for (let i = table.next(0); i >= 0; i = table.next(i + 1)) {
      setAttr(self, table.keys[i] as string, table.values[i]!)
    }
  } finally {
    table.clear()
  }
}

function defineBaseException(): void {
  PyExc_BaseException.data.rootShape = new Shape([], 0, null)
  defineType(PyExc_BaseException, () => ({
    slots: {
      tp_new: (type: PyType, args: readonly Value[], kwnames: KeywordNames) =>
        newInstance(type, newExceptionData(positionalTuple(args, kwnames))),
      tp_init: (self: PyException, args: readonly Value[], kwnames: KeywordNames) => {
        noKeywords(self.type, kwnames)
        initArgs(self, args, kwnames)
      },
      tp_repr: (self: PyException) => {
        const { data: args } = self.data.args
        const name = shortName(self.type)
        return newText(args.length === 1 ? `${name}(${shown(args[0]!)})` : `${name}${shown(self.data.args)}`)
      },
      tp_str: exceptionStr,
      tp_dealloc: clearException,
      tp_clear: clearException,
      tp_traverse: traverseException,
    },
    methods: {
      '__reduce__()': (self) => reduceTo(self, keep<Value>(self.data.args), exceptionState(self)),
      '__setstate__(state, /)': (self, state) => setState(self, state),
      'with_traceback(tb, /)': (self, tb) => {
        setTraceback(self, tb)
        return keep<Value>(self)
      },
      'add_note(note, /)': (self, note) => addNote(self, note),
    },
    getset: {
      __dict__: {
        get: (self) => keep<Value>(instanceDict(self)),
        set: (self, value) => {
          if (value === undefined) throw typeError('cannot delete __dict__')
          if (!isInstanceOf(value, dictType)) {
            throw typeError(`__dict__ must be set to a dictionary, not a '${typeOf(value).name}'`)
          }
          setInstanceDict(self, value as PyDict)
        },
      },
      args: {
        get: ({ data }) => keep<Value>(data.args),
        set: (self, value) => {
          if (value === undefined) throw typeError('args may not be deleted')
          setArgs(self, newTuple(toArray(value)))
        },
      },
      __traceback__: { get: ({ data }) => keep<Value>(data.traceback ?? None), set: setTraceback },
      __context__: {
        get: ({ data }) => keep<Value>(data.context ?? None),
        set: (self, value) => setLink(self, 'context', value),
      },
      __cause__: {
        get: ({ data }) => keep<Value>(data.cause ?? None),
        set: (self, value) => setLink(self, 'cause', value),
      },
    },
    members: {
      __suppress_context__: {
        get: ({ data }) => data.suppressContext as Owned<Value>,
        set: ({ data }, value) => {
          if (value === undefined) throw typeError("can't delete numeric/char attribute")
          if (typeof value !== 'boolean') throw typeError('attribute value type must be bool')
          data.suppressContext = value
        },
      },
    },
  }))
}

/**
 * Takes the attributes of a type from keyword arguments of these names; all that are not given are unset. Gives the
 * number of positional arguments, which become `args`.
 */
function initKeywords(
  self: PyException,
  type: string,
  names: readonly string[],
  args: readonly Value[],
  kwnames: KeywordNames,
): number {
  const count = kwnames === null ? 0 : kwnames.length
  const positional = args.length - count
  initArgs(self, args, kwnames)
  if (count > names.length) {
    const s = names.length === 1 ? '' : 's'
    throw typeError(`${type}() takes at most ${names.length} keyword argument${s} (${count} given)`)
  }
  const given = new Map<string, Value>()
  for (let i = 0; i < count; i++) given.set(textOf(kwnames![i]!), args[positional + i]!)
  for (const name of given.keys()) {
    if (!names.includes(name)) throw typeError(`'${name}' is an invalid keyword argument for ${type}()`)
  }
  for (const name of names) {
    const value = given.get(name)
    setField(self, name, value === undefined ? undefined : keep(value))
  }
  return positional
}

function defineStopIteration(): void {
  defineType(PyExc_StopIteration, () => ({
    slots: {
      tp_init: (self: PyException, args: readonly Value[], kwnames: KeywordNames) => {
        noKeywords(self.type, kwnames)
        initArgs(self, args, kwnames)
        setField(self, 'value', args.length > 0 ? keep(args[0]!) : none())
      },
    },
    members: fieldMembers('value'),
  }))
}

function defineSystemExit(): void {
  defineType(PyExc_SystemExit, () => ({
    slots: {
      tp_init: (self: PyException, args: readonly Value[], kwnames: KeywordNames) => {
        noKeywords(self.type, kwnames)
        initArgs(self, args, kwnames)
        if (args.length > 0) setField(self, 'code', keep<Value>(args.length === 1 ? args[0]! : self.data.args))
      },
    },
    members: fieldMembers('code'),
  }))
}

function defineKeyError(): void {
  defineType(PyExc_KeyError, () => ({
    slots: {
      tp_init: PyExc_BaseException.tp_init!,
      tp_str: (self: PyException) => {
        const { data: args } = self.data.args
        return args.length === 1 ? repr(args[0]!) : exceptionStr(self)
      },
    },
  }))
}

function defineNameError(): void {
  defineType(PyExc_NameError, () => ({
    slots: {
      tp_init: (self: PyException, args: readonly Value[], kwnames: KeywordNames) => {
        initKeywords(self, 'NameError', ['name'], args, kwnames)
      },
      tp_str: exceptionStr,
    },
    members: fieldMembers('name'),
  }))
}

function defineAttributeError(): void {
  defineType(PyExc_AttributeError, () => ({
    slots: {
      tp_init: (self: PyException, args: readonly Value[], kwnames: KeywordNames) => {
        initKeywords(self, 'AttributeError', ['name', 'obj'], args, kwnames)
      },
      tp_str: exceptionStr,
    },
    members: fieldMembers('name', 'obj'),
  }))
}

function defineImportError(): void {
  defineType(PyExc_ImportError, () => ({
    slots: {
      tp_init: (self: PyException, args: readonly Value[], kwnames: KeywordNames) => {
        const positional = initKeywords(self, 'ImportError', ['name', 'path'], args, kwnames)
        setField(self, 'msg', positional === 1 ? keep(args[0]!) : undefined)
      },
      tp_str: (self: PyException) => {
        const msg = field(self, 'msg')
        return msg !== undefined && typeOf(msg) === strType ? keep<Value>(msg) : exceptionStr(self)
      },
    },
    methods: {
      '__reduce__()': (self) => reduceTo(self, keep<Value>(self.data.args), importState(self)),
    },
    members: fieldMembers('msg', 'name', 'path'),
  }))
}

/** The pickled state of an ImportError: its `__dict__` with `name` and `path`. */
function importState(self: PyException): Owned<Value> | null {
  const [name, path] = [field(self, 'name'), field(self, 'path')]
  const own = exceptionState(self)
  if (name === undefined && path === undefined) return own
  const state = own === null ? newDict() : newDict(own.data.copy())
  drop(own)
  if (name !== undefined) state.data.set('name', keep<Value>(name))
  if (path !== undefined) state.data.set('path', keep<Value>(path))
  return state
}

/** Exceptions with behaviour of their own. */
const definitions = new Map<PyType, () => void>([
  [PyExc_BaseException, defineBaseException],
  [PyExc_StopIteration, defineStopIteration],
  [PyExc_SystemExit, defineSystemExit],
  [PyExc_KeyError, defineKeyError],
  [PyExc_NameError, defineNameError],
  [PyExc_AttributeError, defineAttributeError],
  [PyExc_ImportError, defineImportError],
  [PyExc_OSError, defineOSError],
  [PyExc_SyntaxError, defineSyntaxError],
  [PyExc_UnicodeEncodeError, defineUnicodeEncodeError],
  [PyExc_UnicodeDecodeError, defineUnicodeDecodeError],
  [PyExc_UnicodeTranslateError, defineUnicodeTranslateError],
  [PyExc_BaseExceptionGroup, defineBaseExceptionGroup],
])

/** Families whose types have an `__init__` of their own in CPython, and no `__new__`. */
const families: readonly PyType[] = [PyExc_OSError, PyExc_ImportError, PyExc_NameError, PyExc_SyntaxError]

/** An exception that does what its base does; as in CPython its `__dict__` nevertheless holds `__init__` and `__new__`. */
function definePlain(type: PyType): void {
  const { tp_init, tp_new } = type.base!
  if (type === PyExc_ExceptionGroup) defineType(type, () => ({}))
  else if (families.some((family) => type.base!.mro.includes(family))) {
    defineType(type, () => ({ slots: { tp_init: tp_init! } }))
  } else defineType(type, () => ({ slots: { tp_init: tp_init!, tp_new: tp_new! } }))
}

/** Defines BaseException and all exceptions derived from it; a base stands before what derives from it. */
export function defineExceptionTypes(): void {
  for (const type of exceptionTypes) {
    const define = definitions.get(type)
    if (define === undefined) definePlain(type)
    else define()
  }
}
