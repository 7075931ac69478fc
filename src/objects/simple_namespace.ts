import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asStr } from './access.ts'
import { defineType } from './define.ts'
import { typeError } from './errors.ts'
import { clearInstance, instanceDict, newInstance, setInstanceAttribute, traverseInstance } from './instance.ts'
import { newText, newTuple } from './make.ts'
import type { KeywordNames, PyInstance, PyType, Value } from './object.ts'
import { richCompare, shown, textOf } from './protocols.ts'
import { Shape } from './shape.ts'
import { thread } from './thread.ts'
import { isInstanceOf, NotImplemented, simpleNamespaceType, type TypeFor } from './types.ts'

function initialize(self: PyInstance, args: readonly Value[], kwnames: KeywordNames): void {
  const count = kwnames === null ? 0 : kwnames.length
  if (args.length !== count) throw typeError('no positional arguments expected')
  for (let i = 0; i < count; i++) setInstanceAttribute(self, kwnames![i]!, keep(args[i]!))
}

function namespaceRepr(self: PyInstance): Owned<Value> {
  const name = self.type === simpleNamespaceType ? 'namespace' : self.type.name
  if (thread.repring.has(self)) return `${name}(...)`
  thread.repring.add(self)
  const dict = keep(instanceDict(self))
  try {
    const parts: string[] = []
    const { data: table } = dict
    const keys = table.keys.filter((key) => key !== undefined)
    for (const key of keys) {
      if (asStr(key) === undefined || key === '') continue
      const value = table.get(key)
      if (value !== undefined) parts.push(`${textOf(key)}=${shown(value)}`)
    }
    return newText(`${name}(${parts.join(', ')})`)
  } finally {
    drop(dict)
    thread.repring.delete(self)
  }
}

/** Defines `types.SimpleNamespace`: its instances are like those of a class without methods. */
export function defineSimpleNamespaceType(): void {
  simpleNamespaceType.data.rootShape = new Shape([], 0, null)
  defineType(simpleNamespaceType as TypeFor<PyInstance>, () => ({
    slots: {
      tp_new: (type: PyType) => newInstance(type, undefined),
      tp_init: initialize,
      tp_repr: namespaceRepr,
      tp_richcompare: (lhs: Value, rhs: Value, op: number) => {
        if (!isInstanceOf(lhs, simpleNamespaceType) || !isInstanceOf(rhs, simpleNamespaceType)) {
          return NotImplemented as Owned<Value>
        }
        return richCompare(instanceDict(lhs as PyInstance), instanceDict(rhs as PyInstance), op)
      },
      tp_dealloc: (self) => clearInstance(self),
      tp_clear: (self) => clearInstance(self),
      tp_traverse: (self, visit) => traverseInstance(self, visit),
    },
    methods: {
      '__reduce__()': (self) => newTuple([keep<Value>(self.type), newTuple([]), keep<Value>(instanceDict(self))]),
    },
    members: { __dict__: (self) => keep<Value>(instanceDict(self)) },
  }))
}
