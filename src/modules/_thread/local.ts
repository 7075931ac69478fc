import { drop, dropAll, keep } from '../../memory/counted.ts'
import type { Owned, WeakReferences } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { genericGetAttr, genericSetAttr, typeLookup } from '../../objects/attributes.ts'
import { defineType } from '../../objects/define.ts'
import { attributeError, newException, typeError } from '../../objects/errors.ts'
import { PyExc_AttributeError } from '../../objects/exception_types.ts'
import { newInstance } from '../../objects/instance.ts'
import { newDict } from '../../objects/make.ts'
import {
  type KeywordNames,
  newObject,
  type PyDict,
  type PyObject,
  type PyStr,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  type Value,
} from '../../objects/object.ts'
import { thread } from '../../objects/thread.ts'
import { builtinType, objectType, typeOf } from '../../objects/types.ts'

/** The `data` of `threading.local`: one dict for each thread that has touched it. */
interface LocalData {
  readonly dicts: Map<number, Owned<PyDict>>
  readonly args: readonly Owned<Value>[]
  readonly kwnames: KeywordNames
  weakrefs: WeakReferences | null
}

type PyLocal = PyObject<LocalData>

export const localType = builtinType<PyLocal>('_thread._local', TPFLAGS_BASETYPE | TPFLAGS_HAVE_GC)

/** The running thread's dict; a thread that comes for the first time has `__init__` called for it. */
function dictOf(self: PyLocal): PyDict {
  const { dicts, args, kwnames } = self.data
  const known = dicts.get(thread.id)
  if (known !== undefined) return known
  const dict = newDict()
  dicts.set(thread.id, dict)
  const init = typeOf(self).tp_init
  if (init !== undefined && init !== objectType.tp_init) {
    try {
      init(self, args, kwnames)
    } catch (error) {
      dicts.delete(thread.id)
      drop(dict)
      throw error
    }
  }
  return dict
}

function getAttribute(self: PyLocal, name: PyStr): Owned<Value> | undefined {
  const dict = dictOf(self)
  if (name === '__dict__') return keep<Value>(dict)
  const attribute = typeLookup(self.type, name)
  const isData = typeof attribute === 'object' && attribute.type.tp_descr_set !== undefined
  const own = isData ? undefined : dict.data.get(name)
  return own === undefined ? genericGetAttr(self, name) : keep(own)
}

function setAttribute(self: PyLocal, name: PyStr, value: Value | undefined): void {
  const dict = dictOf(self)
  if (name === '__dict__') {
    throw newException(PyExc_AttributeError, [`'${self.type.name}' object attribute '__dict__' is read-only`])
  }
  const attribute = typeLookup(self.type, name)
  if (typeof attribute === 'object' && attribute.type.tp_descr_set !== undefined) genericSetAttr(self, name, value)
  else if (value !== undefined) dict.data.set(name, keep(value))
  else if (!dict.data.delete(name)) throw attributeError(self, name)
}

function newLocal(type: PyType, args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  if (type.tp_init === objectType.tp_init && args.length > 0) {
    throw typeError('Initialization arguments are not supported')
  }
  const data: LocalData = { dicts: new Map(), args: args.map((arg) => keep(arg)), kwnames, weakrefs: null }
  data.dicts.set(thread.id, newDict())
  if (type !== localType) return newInstance(type, data)
  const local = newObject(localType, data)
  track(local)
  return local
}

function clear({ data }: PyLocal): void {
  const dicts = [...data.dicts.values()]
  data.dicts.clear()
  dropAll(dicts)
}

/** Gives `_thread._local` its behaviour. */
export function defineLocalType(): void {
  defineType(localType, () => ({
    slots: {
      tp_new: newLocal,
      tp_getattro: getAttribute,
      tp_setattro: setAttribute,
      tp_weakrefs: ({ data }) => data,
      tp_dealloc: (self) => {
        clear(self)
        dropAll(self.data.args)
      },
      tp_traverse: ({ data }, visit) => {
        for (const dict of data.dicts.values()) visit(dict)
        for (const arg of data.args) if (typeof arg === 'object') visit(arg)
      },
      tp_clear: clear,
    },
  }))
}
