import { enumerations, type Field, type NodeType, nodeTypes, positionNames } from '../../ast/fields.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr, utf16 } from '../../objects/access.ts'
import { lookupAttr, setAttr } from '../../objects/attributes.ts'
import { defineType } from '../../objects/define.ts'
import { typeError } from '../../objects/errors.ts'
import { clearInstance, instanceDict, newInstance, traverseInstance } from '../../objects/instance.ts'
import { newDict, newTuple, none } from '../../objects/make.ts'
import {
  type KeywordNames,
  type PyInstance,
  type PyObject,
  type PyStr,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_HAVE_GC,
  TPFLAGS_IMMUTABLETYPE,
  type Value,
} from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { toArray } from '../../objects/sequence_protocol.ts'
import { Shape } from '../../objects/shape.ts'
import { builtinType, typeType } from '../../objects/types.ts'

/** `ast.AST`, from which all nodes derive. */
const astType = builtinType<PyInstance>('ast.AST', TPFLAGS_BASETYPE | TPFLAGS_HAVE_GC)

/** `AST(*args, **kwargs)`: sets the fields in their order, then those that are named (`ast_type_init`). */
function initialize(self: PyInstance, args: readonly Value[], kwnames: KeywordNames): void {
  const declared = lookupAttr(self.type, '_fields')
  const fields = declared === undefined ? [] : toArray(declared)
  drop(declared)
  const positional = args.length - (kwnames === null ? 0 : kwnames.length)
  try {
    if (fields.length < positional) {
      const s = fields.length === 1 ? '' : 's'
      throw typeError(`${self.type.name} constructor takes at most ${fields.length} positional argument${s}`)
    }
    for (let i = 0; i < positional; i++) setAttr(self, fields[i] as PyStr, args[i]!)
    kwnames?.forEach((key, i) => {
      const name = utf16(key)
      const at = fields.findIndex((field) => asStr(field) !== undefined && utf16(field) === name)
      if (at >= 0 && at < positional) {
        throw typeError(`${self.type.name} got multiple values for argument '${name}'`)
      }
      setAttr(self, key as PyStr, args[positional + i]!)
    })
  } finally {
    for (const field of fields) drop(field)
  }
}

function defineAst(): void {
  astType.flags &= ~TPFLAGS_IMMUTABLETYPE
  astType.data.rootShape = new Shape([], 0, null)
  defineType(astType, () => ({
    slots: {
      tp_new: (type: PyType) => newInstance(type, undefined),
      tp_init: initialize,
      tp_dealloc: (self) => clearInstance(self),
      tp_clear: (self) => clearInstance(self),
      tp_traverse: (self, visit) => traverseInstance(self, visit),
    },
    methods: {
      '__reduce__()': (self): Owned<Value> =>
        newTuple([keep<Value>(self.type), newTuple([]), keep<Value>(instanceDict(self))]),
    },
    members: { __dict__: (self) => keep<Value>(instanceDict(self)) },
    attributes: { _fields: newTuple([]), _attributes: newTuple([]), __match_args__: newTuple([]) },
  }))
}

function fieldText({ name, type, list, optional }: Field): string {
  return `${type}${list ? '*' : optional ? '?' : ''} ${name}`
}

function nodeText({ name, fields }: NodeType): string {
  return fields.length === 0 ? name : `${name}(${fields.map(fieldText).join(', ')})`
}

/** A class derived from one node class; `base` is borrowed. */
function newClass(name: string, base: PyType, fields: readonly string[], doc: string): PyType {
  const dict = newDict()
  const names = newTuple([...fields])
  dict.data.set('_fields', names)
  dict.data.set('__match_args__', keep<Value>(names))
  dict.data.set('__module__', 'ast')
  dict.data.set('__doc__', doc)
  const bases = newTuple([keep<Value>(base)])
  const made = call(typeType, [name, bases, dict]) as Owned<PyType>
  drop(bases)
  drop(dict)
  return made
}

function setAll(type: PyType, names: readonly string[], value: () => Owned<Value>): void {
  for (const name of names) {
    const made = value()
    setAttr(type, name, made)
    drop(made)
  }
}

function addPositions(type: PyType, located: boolean, optionalEnd: boolean): void {
  setAll(type, ['_attributes'], () => newTuple(located ? [...positionNames] : []))
  if (located && optionalEnd) setAll(type, ['end_lineno', 'end_col_offset'], none)
}

/** The classes of `_ast` by name, and the one instance of each that has no fields of its own. */
export interface AstClasses {
  readonly byName: ReadonlyMap<string, PyType>
  /** Nodes of classes whose instances are all alike: contexts and operators. */
  readonly singletons: ReadonlyMap<string, Owned<Value>>
}

let classes: AstClasses | undefined

/** The classes of `_ast`, made at the first use. */
export function astClasses(): AstClasses {
  classes ??= makeClasses()
  return classes
}

/** Whether the classes have been made: without them no value can be a node. */
export function hasAstClasses(): boolean {
  return classes !== undefined
}

function makeClasses(): AstClasses {
  defineAst()
  const byName = new Map<string, PyType>([['AST', astType]])
  const singletons = new Map<string, Owned<Value>>()
  const members = new Map<string, NodeType[]>()
  for (const type of nodeTypes.values()) {
    const group = members.get(type.sum)
    if (group === undefined) members.set(type.sum, [type])
    else group.push(type)
  }
  for (const [sum, types] of members) addGroup(byName, sum, types)
  for (const [sum, names] of enumerations) {
    const base = newClass(sum, astType, [], `${sum} = ${names.join(' | ')}`)
    addPositions(base, false, false)
    byName.set(sum, base)
    for (const name of names) {
      const type = newClass(name, base, [], name)
      byName.set(name, type)
      singletons.set(name, call(type, []))
    }
  }
  return { byName, singletons }
}

/** A sum with its constructors, or a product. */
function addGroup(byName: Map<string, PyType>, sum: string, types: readonly NodeType[]): void {
  const [first] = types
  if (first === undefined) return
  // The ends of patterns must be given.
  const optionalEnd = sum !== 'pattern'
  if (first.product) {
    const type = newClass(sum, astType, fieldNames(first), nodeText(first))
    addPositions(type, first.located, optionalEnd)
    setAll(type, optionalNames(first), none)
    byName.set(sum, type)
    return
  }
  const separator = `\n${' '.repeat(sum.length + 1)}| `
  const base = newClass(sum, astType, [], `${sum} = ${types.map(nodeText).join(separator)}`)
  addPositions(base, first.located, optionalEnd)
  byName.set(sum, base)
  for (const node of types) {
    const type = newClass(node.name, base, fieldNames(node), nodeText(node))
    setAll(type, optionalNames(node), none)
    byName.set(node.name, type)
  }
}

function fieldNames(type: NodeType): string[] {
  return type.fields.map((field) => field.name)
}

/** Fields that a class gives None to. */
function optionalNames(type: NodeType): string[] {
  return type.fields.filter((field) => field.optional && !field.list).map((field) => field.name)
}

/** Whether a value is an instance of a class derived from `ast.AST`. */
export function isNode(value: Value): value is PyInstance {
  return typeof value === 'object' && (value as PyObject).type.mro.includes(astType)
}
