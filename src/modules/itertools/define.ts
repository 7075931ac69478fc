import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { defineType, type Result, type TypeSpec } from '../../objects/define.ts'
import { typeError } from '../../objects/errors.ts'
import { iterSelf } from '../../objects/iterator_types.ts'
import { newTuple } from '../../objects/make.ts'
import {
  type KeywordNames,
  type PyObject,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  type Value,
} from '../../objects/object.ts'
import { builtinType, type TypeFor } from '../../objects/types.ts'

/** What an iterator owns: values, lists of them, nothing. */
type Part = Value | null | undefined | readonly (Value | null | undefined)[]

/** What an iterator of `itertools` is made of. */
export interface Itertool<D, M extends string> {
  readonly make: (type: PyType, args: readonly Value[], kwnames: KeywordNames) => Owned<Value>
  readonly next: (self: PyObject<D>) => Owned<Value> | undefined
  /** All that `data` owns. */
  readonly parts: (data: D) => readonly Part[]
  readonly repr?: (self: PyObject<D>) => Owned<Value>
  readonly methods?: TypeSpec<PyObject<D>, M, never, never>['methods']
  readonly classMethods?: Readonly<Record<string, (type: PyType, ...args: never[]) => Result>>
}

/** A type of the module, without behaviour yet. */
export function itertool<D>(name: string): TypeFor<PyObject<D>> {
  return builtinType(`itertools.${name}`, TPFLAGS_HAVE_GC | TPFLAGS_BASETYPE)
}

function visitPart(part: Part, visit: (child: PyObject) => void): void {
  if (Array.isArray(part)) for (const value of part) visitPart(value, visit)
  else if (typeof part === 'object' && part !== null) visit(part as PyObject)
}

function dropPart(part: Part): void {
  if (Array.isArray(part)) for (const value of part) drop(value)
  else drop(part)
}

/** Gives an iterator its behaviour. */
export function defineItertool<D, M extends string = never>(type: TypeFor<PyObject<D>>, tool: Itertool<D, M>): void {
  defineType(type, () => ({
    slots: {
      tp_new: tool.make,
      ...(tool.repr === undefined ? {} : { tp_repr: tool.repr }),
      tp_iter: iterSelf,
      tp_iternext: tool.next,
      tp_dealloc: ({ data }) => {
        for (const part of tool.parts(data)) dropPart(part)
      },
      tp_traverse: ({ data }, visit) => {
        for (const part of tool.parts(data)) visitPart(part, visit)
      },
    },
    methods: (tool.methods ?? {}) as Record<M, never>,
    classMethods: (tool.classMethods ?? {}) as Record<never, never>,
  }))
}

/** `(type, args, state)`, as `__reduce__` gives it; what is handed in is borrowed. */
export function reduced(self: PyObject, args: readonly Value[], state?: Value): Owned<Value> {
  const parts: Owned<Value>[] = [keep<Value>(self.type), newTuple(args.map((arg) => keep(arg)))]
  if (state !== undefined) parts.push(keep(state))
  return newTuple(parts)
}

/** Checks that there are no keyword arguments; those of classes derived in Python may want some for their own use. */
export function refuseKeywords(type: TypeFor<never>, made: PyType, kwnames: KeywordNames, name: string): void {
  if (kwnames !== null && kwnames.length > 0 && (made === type || made.tp_init === type.tp_init)) {
    throw typeError(`${name}() takes no keyword arguments`)
  }
}
