import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { defineModule } from '../objects/define_module.ts'
import { typeError } from '../objects/errors.ts'
import { newList } from '../objects/make.ts'
import type { Value } from '../objects/object.ts'
import {
  callableProxyType,
  isWeakRef,
  newProxy,
  proxyType,
  referentOf,
  refType,
  weakRefsOf,
} from '../objects/weakref.ts'

/** The module `_weakref`. */
export const weakrefModule = defineModule('_weakref', () => ({
  functions: {
    'getweakrefcount(object, /)': (object) => {
      let count = 0
      for (const _ of weakRefsOf(object) ?? []) count++
      return count
    },
    'getweakrefs(object, /)': (object) => {
      const references: Owned<Value>[] = []
      for (const reference of weakRefsOf(object) ?? []) references.push(keep<Value>(reference))
      return newList(references)
    },
    'proxy(object, callback = None, /)': (object, callback) => newProxy(object, callback),
    '_remove_dead_weakref(dct: dict, key, /)': (dct, key) => {
      const entry = dct.data.find(key)
      if (entry < 0) return
      const value = dct.data.values[entry]!
      if (!isWeakRef(value)) throw typeError('not a weakref')
      if (referentOf(value) !== null) return
      dct.data.remove(entry)
      drop(value)
    },
  },
  attributes: { ref: refType, ReferenceType: refType, ProxyType: proxyType, CallableProxyType: callableProxyType },
}))
