import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { typeLookup } from '../../objects/attributes.ts'
import { defineType, tpNew } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import type { DictTable } from '../../objects/dict_table.ts'
import { indexError, newException, typeError } from '../../objects/errors.ts'
import { PyExc_AttributeError } from '../../objects/exception_types.ts'
import { newOf } from '../../objects/instance.ts'
import { newTuple } from '../../objects/make.ts'
import { binaryOp, NB_ADD } from '../../objects/number_protocol.ts'
import {
  type PyDict,
  type PyObject,
  type PyTuple,
  TPFLAGS_HAVE_GC,
  TPFLAGS_TUPLE_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { call, shown } from '../../objects/protocols.ts'
import { forEach, setItem } from '../../objects/sequence_protocol.ts'
import { shortName } from '../../objects/type_names.ts'
import { builtinType, dictType, None, type TypeFor, typeOf } from '../../objects/types.ts'
import { defaultdictType, defineDefaultdict } from './defaultdict.ts'
import { defineDeque, dequeIteratorType, dequeReverseIteratorType, dequeType } from './deque.ts'
import { defineOrderedDict, orderedDictType } from './ordered_dict.ts'

interface TupleGetterData {
  readonly index: number
  doc: Owned<Value>
}

/** The descriptor of a named tuple's field. */
const tupleGetterType: TypeFor<PyObject<TupleGetterData>> = builtinType('_collections._tuplegetter', TPFLAGS_HAVE_GC)

function defineTupleGetter(): void {
  tupleGetterType.data.module = 'collections'
  defineType(tupleGetterType, () => ({
    slots: {
      tp_new: tpNew('_tuplegetter(index: ssize, doc, /)', (type, index, doc) =>
        newOf<TupleGetterData>(type, { index, doc: keep(doc) }),
      ),
      tp_descr_get: (self, instance) => {
        if (instance === undefined || instance === None) return keep<Value>(self)
        const { index } = self.data
        if (typeof instance !== 'object' || (instance.type.flags & TPFLAGS_TUPLE_SUBCLASS) === 0) {
          throw typeError(
            `descriptor for index '${index}' for tuple subclasses doesn't apply to '${typeOf(instance).name}' object`,
          )
        }
        const item = (instance as PyTuple).data[index]
        if (item === undefined) throw indexError('tuple index out of range')
        return keep<Value>(item)
      },
      tp_descr_set: (_self, _instance, value) => {
        throw newException(PyExc_AttributeError, [
          value === undefined ? "can't delete attribute" : "can't set attribute",
        ])
      },
      tp_repr: ({ data, type }) => `${shortName(type)}(${data.index}, ${shown(data.doc)})`,
      tp_dealloc: ({ data }) => drop(data.doc),
      tp_traverse: ({ data }, visit) => {
        if (typeof data.doc === 'object') visit(data.doc)
      },
    },
    methods: {
      '__reduce__()': ({ data, type }) => newTuple([keep<Value>(type), newTuple([data.index, keep<Value>(data.doc)])]),
    },
    members: {
      __doc__: {
        get: ({ data }) => keep<Value>(data.doc),
        set: ({ data }, value) => {
          const old = data.doc
          data.doc = keep(value ?? None)
          drop(old)
        },
      },
    },
  }))
}

/** Counts items in a real dict. */
function countInTable(table: DictTable, iterable: Value): void {
  forEach(iterable, (item) => {
    const old = table.get(item)
    if (typeof old === 'number' && old < Number.MAX_SAFE_INTEGER) table.set(item, old + 1)
    else if (old === undefined) table.set(item, 1)
    else {
      keep(old)
      try {
        table.set(item, binaryOp(old, 1, NB_ADD))
      } finally {
        drop(old)
      }
    }
  })
}

/** Counts items through the mapping's own `get` and `__setitem__`. */
function countInMapping(mapping: Value, iterable: Value): void {
  const get = typeOf(mapping).tp_getattro!(mapping, 'get')
  if (get === undefined) throw typeError(`'${typeOf(mapping).name}' object has no attribute 'get'`)
  try {
    forEach(iterable, (item) => {
      const old = call(get, [item, 0])
      const sum = binaryOp(old, 1, NB_ADD)
      try {
        setItem(mapping, item, sum)
      } finally {
        drop(old)
        drop(sum)
      }
    })
  } finally {
    drop(get)
  }
}

/** The module `_collections`. */
export const collectionsModule = defineModule('_collections', () => {
  defineDeque()
  defineDefaultdict()
  defineOrderedDict()
  defineTupleGetter()
  return {
    functions: {
      '_count_elements(mapping, iterable, /)': (mapping, iterable) => {
        const type = typeOf(mapping)
        const plain =
          typeLookup(type, 'get') === typeLookup(dictType, 'get') &&
          typeLookup(type, '__setitem__') === typeLookup(dictType, '__setitem__')
        if (plain) countInTable((mapping as PyDict).data, iterable)
        else countInMapping(mapping, iterable)
      },
    },
    types: [dequeType, defaultdictType, orderedDictType, dequeIteratorType, dequeReverseIteratorType, tupleGetterType],
  }
})
