import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { defineType, tpNew } from './define.ts'
import { typeError } from './errors.ts'
import { newOf } from './instance.ts'
import { newText } from './make.ts'
import { binaryOp } from './number_protocol.ts'
import { type PyDict, type PyObject, TPFLAGS_LIST_SUBCLASS, TPFLAGS_TUPLE_SUBCLASS, type Value } from './object.ts'
import { callMethod, richCompare, shown, str } from './protocols.ts'
import { contains, getItem, iter, len } from './sequence_protocol.ts'
import { genericAliasHook } from './type_hooks.ts'
import { dictType, mappingproxyType, type TypeFor, typeOf } from './types.ts'

/** The `data` of a mappingproxy: the mapping, owned. */
interface MappingProxyData {
  mapping: Owned<Value> | null
}

type PyProxy = PyObject<MappingProxyData>

/** A read-only view of a mapping; it keeps the mapping alive. */
export function newMappingProxy(mapping: Value): Owned<PyProxy> {
  return newOf<MappingProxyData>(mappingproxyType, { mapping: keep(mapping) })
}

function checkMapping(value: Value): void {
  const type = typeOf(value)
  if (type.mp_subscript === undefined || (type.flags & (TPFLAGS_LIST_SUBCLASS | TPFLAGS_TUPLE_SUBCLASS)) !== 0) {
    throw typeError(`mappingproxy() argument must be a mapping, not ${type.name}`)
  }
}

/** What a proxy stands for; any other value is itself. */
function unwrap(value: Value): Value {
  return typeof value === 'object' && value.type === mappingproxyType ? (value as PyProxy).data.mapping! : value
}

const delegate = (name: string) => (self: PyProxy) => callMethod(self.data.mapping!, name, [])

function release({ data }: PyProxy): void {
  const { mapping } = data
  data.mapping = null
  drop(mapping)
}

/** Defines `mappingproxy`. */
export function defineMappingProxyType(): void {
  defineType(mappingproxyType as TypeFor<PyProxy>, () => ({
    signature: '(mapping)',
    slots: {
      tp_new: tpNew('mappingproxy(mapping)', (_type, mapping) => {
        checkMapping(mapping)
        return newMappingProxy(mapping)
      }),
      tp_repr: ({ data }) => newText(`mappingproxy(${shown(data.mapping!)})`),
      tp_str: ({ data }) => str(data.mapping!),
      tp_richcompare: (lhs: PyProxy, rhs, op) => richCompare(lhs.data.mapping!, rhs, op),
      tp_iter: ({ data }) => iter(data.mapping!) as Owned<Value>,
      mp_length: ({ data }) => len(data.mapping!),
      mp_subscript: ({ data }, key) => getItem(data.mapping!, key),
      sq_contains: ({ data }, key) => {
        const mapping = data.mapping!
        return typeOf(mapping) === dictType ? (mapping as PyDict).data.has(key) : contains(mapping, key)
      },
      nb_or: (lhs, rhs) => binaryOp(unwrap(lhs), unwrap(rhs), 7),
      nb_inplace_or: () => {
        throw typeError("'|=' is not supported by mappingproxy; use '|' instead")
      },
      tp_dealloc: release,
      tp_traverse: ({ data }, visit) => {
        if (typeof data.mapping === 'object' && data.mapping !== null) visit(data.mapping)
      },
    },
    methods: {
      'get(key, default = None, /)': ({ data }, key, fallback) => callMethod(data.mapping!, 'get', [key, fallback]),
      'keys()': delegate('keys'),
      'values()': delegate('values'),
      'items()': delegate('items'),
      'copy()': delegate('copy'),
      '__reversed__()': delegate('__reversed__'),
    },
    classMethods: { '__class_getitem__(object, /)': (type, args) => genericAliasHook.make(type, args) },
  }))
}
