import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { lookupAttr } from './attributes.ts'
import { DictTable } from './dict_table.ts'
import { newList, none } from './make.ts'
import type { PyDict, PyList, Value } from './object.ts'
import { TPFLAGS_DICT_SUBCLASS } from './object.ts'
import { forEach, getItem, len } from './sequence_protocol.ts'
import { typeOf } from './types.ts'

/** Adds the names that a class and its bases have, as their `__dict__`s and `__bases__` show them (`merge_class_dict`). */
function mergeClass(names: DictTable, cls: Value): void {
  const dict = lookupAttr(cls, '__dict__')
  if (dict !== undefined) {
    try {
      forEach(dict, (key) => {
        names.set(key, none())
      })
    } finally {
      drop(dict)
    }
  }
  const bases = lookupAttr(cls, '__bases__')
  if (bases === undefined) return
  try {
    const count = len(bases)
    for (let i = 0; i < count; i++) {
      const base = getItem(bases, i)
      try {
        mergeClass(names, base)
      } finally {
        drop(base)
      }
    }
  } finally {
    drop(bases)
  }
}

function listOf(names: DictTable): Owned<PyList> {
  const keys: Owned<Value>[] = []
  for (const key of names.keys) if (key !== undefined) keys.push(keep<Value>(key))
  names.clear()
  return newList(keys)
}

/** `type.__dir__`: the names of a class and its bases. */
export function classNames(cls: Value): Owned<PyList> {
  const names = new DictTable()
  mergeClass(names, cls)
  return listOf(names)
}

/** `object.__dir__`: the names of an object's own attributes and of its class. */
export function objectNames(self: Value): Owned<PyList> {
  const own = lookupAttr(self, '__dict__')
  const isDict = own !== undefined && (typeOf(own).flags & TPFLAGS_DICT_SUBCLASS) !== 0
  const names = isDict ? (own as Owned<PyDict>).data.copy() : new DictTable()
  drop(own)
  const cls = lookupAttr(self, '__class__')
  if (cls !== undefined) {
    try {
      mergeClass(names, cls)
    } finally {
      drop(cls)
    }
  }
  return listOf(names)
}
