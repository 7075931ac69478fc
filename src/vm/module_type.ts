import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr, utf16 } from '../objects/access.ts'
import { genericGetAttr, getAttr, lookupAttr, moduleGetAttr } from '../objects/attributes.ts'
import { endModule, namespaceAsIs } from '../objects/deferred_module.ts'
import { defineType, tpInit } from '../objects/define.ts'
import { type ModuleData, newModule, type PyModule } from '../objects/define_module.ts'
import { newException, typeError } from '../objects/errors.ts'
import { PyExc_AttributeError, type PyException } from '../objects/exception_types.ts'
import { newInstance, setInstanceDict } from '../objects/instance.ts'
import { newDict, newList, newStr } from '../objects/make.ts'
import type { PyDict, PyInstance, PyStr, PyType, Value } from '../objects/object.ts'
import { call, isTrue, shown } from '../objects/protocols.ts'
import { contains } from '../objects/sequence_protocol.ts'
import { dictType, isInstanceOf, moduleType, None, type TypeFor } from '../objects/types.ts'

/** How a module is shown: `importlib._bootstrap._module_repr`, once that is there. */
export const moduleRepr: { of: ((module: PyModule) => Owned<Value>) | null } = { of: null }

/** `module.name`: what `__getattr__` of the module gives where it has no such attribute (PEP 562). */
function getAttribute(self: Value, name: PyStr): Owned<Value> {
  const found = findAttribute(self, name)
  if (found === undefined) throw missingAttribute(self as PyModule, name)
  return found
}

function findAttribute(self: Value, name: PyStr): Owned<Value> | undefined {
  const found = genericGetAttr(self, name)
  if (found !== undefined) return found
  const { data } = (self as PyModule).data.dict
  const hook = data.get('__getattr__')
  if (hook === undefined) return undefined
  keep(hook)
  try {
    return call(hook, [name])
  } finally {
    drop(hook)
  }
}

moduleGetAttr.slot = getAttribute
moduleGetAttr.quiet = findAttribute

function missingAttribute(module: PyModule, name: PyStr): Owned<PyException> {
  const { data } = module.data.dict
  const own = data.get('__name__')
  const shownName = utf16(name)
  let message = `module has no attribute '${shownName}'`
  if (own !== undefined && asStr(own) !== undefined) {
    const moduleName = utf16(own)
    const spec = data.get('__spec__')
    if (isInitializing(spec)) {
      message = `partially initialized module '${moduleName}' has no attribute '${shownName}' (most likely due to a circular import)`
    } else if (isUninitializedSubmodule(spec, name)) {
      message = `cannot access submodule '${shownName}' of module '${moduleName}' (most likely due to a circular import)`
    } else message = `module '${moduleName}' has no attribute '${shownName}'`
  }
  return newException(PyExc_AttributeError, [message], { name: keep<Value>(name), obj: keep<Value>(module) })
}

/** Whether a module's `__spec__` says that its code is still running. */
function isInitializing(spec: Value | undefined): boolean {
  if (spec === undefined || spec === None) return false
  let value: Owned<Value> | undefined
  try {
    value = lookupAttr(spec, '_initializing')
    return value !== undefined && isTrue(value)
  } catch (error) {
    drop(error)
    return false
  } finally {
    drop(value)
  }
}

function isUninitializedSubmodule(spec: Value | undefined, name: PyStr): boolean {
  if (spec === undefined || spec === None) return false
  const names = lookupAttr(spec, '_uninitialized_submodules')
  if (names === undefined) return false
  try {
    return contains(names, name)
  } finally {
    drop(names)
  }
}

function create(type: PyType): Owned<Value> {
  const dict = newDict()
  if (type === moduleType) return newModule(dict)
  const module = newInstance<ModuleData>(type, { dict, weakrefs: null })
  setInstanceDict(module as unknown as PyInstance, dict)
  return module
}

function initialize(self: PyModule, name: Value, doc: Value): void {
  const { data } = self.data.dict
  data.set('__name__', keep(name))
  data.set('__doc__', keep(doc))
  for (const key of ['__package__', '__loader__', '__spec__']) data.set(key, keep<Value>(None))
}

function listNames(self: PyModule): Owned<Value> {
  const dict = getAttr(self, '__dict__')
  try {
    if (!isInstanceOf(dict, dictType)) throw typeError('<module>.__dict__ is not a dictionary')
    const { data } = dict as Owned<PyDict>
    const hook = data.get('__dir__')
    if (hook !== undefined) return call(hook, [])
    const names: Owned<Value>[] = []
    for (let i = data.next(0); i >= 0; i = data.next(i + 1)) names.push(keep<Value>(data.keys[i]!))
    return newList(names)
  } finally {
    drop(dict)
  }
}

function annotations(self: PyModule): Owned<Value> {
  const { data } = self.data.dict
  let dict = data.get('__annotations__')
  if (dict === undefined) {
    dict = newDict()
    data.set('__annotations__', dict as Owned<Value>)
  }
  return keep(dict)
}

function setAnnotations(self: PyModule, value: Value | undefined): void {
  const { data } = self.data.dict
  if (value !== undefined) data.set('__annotations__', keep(value))
  else if (!data.delete('__annotations__')) throw newException(PyExc_AttributeError, ['__annotations__'])
}

/** The form of `repr` before importlib is there, and after it is gone. */
function plainRepr(self: PyModule): Owned<Value> {
  const name = self.data.dict.data.get('__name__')
  return `<module ${name === undefined ? "'?'" : shown(name)}>`
}

/** Defines `module`. */
export function defineModuleType(): void {
  defineType(moduleType as TypeFor<PyModule>, () => ({
    slots: {
      tp_new: create,
      tp_init: tpInit('module(name: str, doc = None)', (self: PyModule, name, doc) =>
        initialize(self, newStr(name), doc),
      ),
      tp_getattro: getAttribute,
      tp_repr: (self) => (moduleRepr.of === null ? plainRepr(self) : moduleRepr.of(self)),
      tp_dict: ({ data }) => data.dict,
      tp_weakrefs: ({ data }) => data,
      tp_dealloc: endModule,
      tp_traverse: (self, visit) => visit(namespaceAsIs(self)),
      tp_clear: (self) => namespaceAsIs(self).data.clear(),
    },
    methods: { '__dir__()': listNames },
    members: { __dict__: ({ data }) => keep<Value>(data.dict) },
    getset: { __annotations__: { get: annotations, set: setAnnotations } },
  }))
}
