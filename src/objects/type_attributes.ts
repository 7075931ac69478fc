import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { track } from '../memory/state.ts'
import { asStr, checkText, utf16 } from './access.ts'
import type { GetSet } from './define.ts'
import { attributeError, newException, typeError, valueError } from './errors.ts'
import { PyExc_AttributeError } from './exception_types.ts'
import { newDict, newStr, newText, newTuple, none } from './make.ts'
import { newMappingProxy } from './mappingproxy.ts'
import {
  newObject,
  type PyDict,
  type PyObject,
  type PyTuple,
  type PyType,
  TPFLAGS_HEAPTYPE,
  TPFLAGS_IS_ABSTRACT,
  type Value,
} from './object.ts'
import { isTrue } from './protocols.ts'
import { signatureOfType } from './text_signature.ts'
import { typeDict, typeModified } from './type_dict.ts'
import { materializeDoc } from './type_doc.ts'
import { docHook } from './type_hooks.ts'
import { setBases } from './type_mro.ts'
import { moduleName, shortName } from './type_names.ts'
import { isImmutable } from './type_ready.ts'
import { dictType, isInstanceOf, tupleType, typeOf, typeType } from './types.ts'

/*
 * The attributes of `type` itself.
 */

/** The dict behind a type's `__dict__`, borrowed. */
function dictObject(type: PyType): PyDict {
  const table = typeDict(type)
  if (type.data.dictObject === null) {
    materializeDoc(type)
    const dict = newObject(dictType, table)
    track(dict)
    type.data.dictObject = dict
  }
  return type.data.dictObject
}

/** TypeError where an attribute cannot be set or deleted (`check_set_special_type_attr`). */
function checkSettable(self: PyType, value: Value | undefined, attribute: string): asserts value is Value {
  if (isImmutable(self)) throw typeError(`cannot set '${attribute}' attribute of immutable type '${self.name}'`)
  if (value === undefined) {
    throw typeError(`cannot delete '${attribute}' attribute of immutable type '${self.name}'`)
  }
}

function checkName(self: PyType, value: Value, attribute: string): void {
  if (asStr(value) === undefined) {
    throw typeError(`can only assign string to ${self.name}.${attribute}, not '${typeOf(value).name}'`)
  }
}

function setName(self: PyType, value: Value | undefined): void {
  checkSettable(self, value, '__name__')
  checkName(self, value, '__name__')
  checkText(value!)
  const text = utf16(value)
  if (text.includes('\0')) throw valueError('type name must not contain null characters')
  self.name = text
}

function setQualname(self: PyType, value: Value | undefined): void {
  checkSettable(self, value, '__qualname__')
  checkName(self, value, '__qualname__')
  const old = self.data.qualname as Owned<Value>
  self.data.qualname = keep(value)
  drop(old)
}

/** Sets an attribute in the own dict of a class. */
function setOwn(self: PyType, name: string, value: Value): void {
  typeModified(self)
  typeDict(self).set(name, keep(value))
}

function isHeapType(type: PyType): boolean {
  return (type.flags & TPFLAGS_HEAPTYPE) !== 0
}

function getModule(self: PyType): Owned<Value> {
  if (!isHeapType(self)) return newStr(moduleName(self)!)
  const module = typeDict(self).get('__module__')
  if (module === undefined) throw newException(PyExc_AttributeError, ['__module__'])
  return keep(module)
}

function setTypeBases(self: PyType, value: Value | undefined): void {
  checkSettable(self, value, '__bases__')
  if (!isInstanceOf(value, tupleType)) {
    throw typeError(`can only assign tuple to ${self.name}.__bases__, not ${typeOf(value).name}`)
  }
  setBases(self, value as PyTuple)
}

/** The tuple of the bases or of the MRO, made for a builtin type at the first question. */
function typesTuple(self: PyType, key: 'basesTuple' | 'mroTuple'): Owned<Value> {
  const types = key === 'basesTuple' ? self.bases : self.mro
  self.data[key] ??= newTuple(types.map((each) => keep<Value>(each)))
  return keep<Value>(self.data[key])
}

const ABSTRACT = '__abstractmethods__'

function getAbstractMethods(self: PyType): Owned<Value> {
  const methods = self === typeType ? undefined : typeDict(self).get(ABSTRACT)
  if (methods === undefined) throw newException(PyExc_AttributeError, [ABSTRACT])
  return keep(methods)
}

function setAbstractMethods(self: PyType, value: Value | undefined): void {
  const abstract = value !== undefined && isTrue(value)
  if (value !== undefined) typeDict(self).set(ABSTRACT, keep(value))
  else if (!typeDict(self).delete(ABSTRACT)) throw newException(PyExc_AttributeError, [ABSTRACT])
  typeModified(self)
  if (abstract) self.flags |= TPFLAGS_IS_ABSTRACT
  else self.flags &= ~TPFLAGS_IS_ABSTRACT
  self.data.abstract = abstract
}

/** What a class's own dict has under a name, bound as an attribute of the class. */
function boundOwn(self: PyType, value: Value): Owned<Value> {
  const get = typeof value === 'object' ? value.type.tp_descr_get : undefined
  return get === undefined ? keep(value) : get(value as PyObject, undefined, self)
}

function getDoc(self: PyType): Owned<Value> {
  if (!isHeapType(self)) {
    const doc = docHook.docOf(self.name, '')
    if (doc !== undefined) return newText(doc)
  }
  const doc = typeDict(self).get('__doc__')
  return doc === undefined ? none() : boundOwn(self, doc)
}

const ANNOTATIONS = '__annotations__'

function getAnnotations(self: PyType): Owned<Value> {
  if (!isHeapType(self)) throw attributeError(self, ANNOTATIONS)
  const table = typeDict(self)
  const own = table.get(ANNOTATIONS)
  if (own !== undefined) return boundOwn(self, own)
  const annotations = newDict()
  table.set(ANNOTATIONS, keep(annotations) as Owned<Value>)
  typeModified(self)
  return annotations
}

function setAnnotations(self: PyType, value: Value | undefined): void {
  if (isImmutable(self)) throw typeError(`cannot set '${ANNOTATIONS}' attribute of immutable type '${self.name}'`)
  if (value !== undefined) typeDict(self).set(ANNOTATIONS, keep(value))
  else if (!typeDict(self).delete(ANNOTATIONS)) throw newException(PyExc_AttributeError, [ANNOTATIONS])
  typeModified(self)
}

export const typeGetSet: Readonly<Record<string, GetSet<PyType>>> = {
  __name__: { get: (self) => newText(shortName(self)), set: setName },
  __qualname__: { get: (self) => keep(self.data.qualname), set: setQualname },
  __bases__: { get: (self) => typesTuple(self, 'basesTuple'), set: setTypeBases },
  __module__: {
    get: getModule,
    set: (self, value) => {
      checkSettable(self, value, '__module__')
      setOwn(self, '__module__', value)
    },
  },
  [ABSTRACT]: { get: getAbstractMethods, set: setAbstractMethods },
  __dict__: { get: (self) => newMappingProxy(dictObject(self)) },
  __doc__: {
    get: getDoc,
    set: (self, value) => {
      checkSettable(self, value, '__doc__')
      setOwn(self, '__doc__', value)
    },
  },
  __text_signature__: {
    get: (self) => {
      const text = signatureOfType(self)
      return text === undefined ? none() : text
    },
  },
  [ANNOTATIONS]: { get: getAnnotations, set: setAnnotations },
}

export const typeMembers: Readonly<Record<string, (self: PyType) => Owned<Value>>> = {
  __basicsize__: (self) => self.data.basicsize,
  __itemsize__: (self) => self.data.itemsize,
  __flags__: (self) => self.flags >>> 0,
  __weakrefoffset__: (self) => self.data.weaklistoffset,
  __base__: (self) => (self.base === null ? none() : keep<Value>(self.base)),
  __dictoffset__: (self) => self.data.dictoffset,
  __mro__: (self) => (self.mro.length === 0 ? none() : typesTuple(self, 'mroTuple')),
}
