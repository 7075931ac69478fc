import { type Field, type NodeType, nodeType, positionNames } from '../../ast/fields.ts'
import type { Mod, Node } from '../../ast/nodes.ts'
import type { CodeConstant } from '../../bytecode/code.ts'
import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { newException } from '../../objects/errors.ts'
import { PyExc_RecursionError } from '../../objects/exception_types.ts'
import { newInstance, setInstanceAttribute } from '../../objects/instance.ts'
import { newList, newText, none } from '../../objects/make.ts'
import type { PyInstance, Value } from '../../objects/object.ts'
import { recursion, thread } from '../../objects/thread.ts'
import { constantValue } from '../../vm/code.ts'
import { type AstClasses, astClasses } from './classes.ts'

/** Nested nodes for one level of Python's recursion limit, as CPython's compiler counts them. */
const NODES_PER_LEVEL = 3

/** Python's nodes for a tree, owned (`PyAST_mod2obj`). Throws RecursionError for one that is nested too deeply. */
export function treeToObject(tree: Mod): Owned<Value> {
  return new Converter(astClasses()).node(tree)
}

class Converter {
  private readonly classes: AstClasses
  private readonly limit: number
  private depth: number

  constructor(classes: AstClasses) {
    this.classes = classes
    this.limit = recursion.limit * NODES_PER_LEVEL
    this.depth = thread.depth * NODES_PER_LEVEL
  }

  node(node: Node): Owned<Value> {
    if (++this.depth > this.limit) {
      throw newException(PyExc_RecursionError, ['maximum recursion depth exceeded during ast construction'])
    }
    const type: NodeType = nodeType(node as { readonly node: string })
    const made = newInstance(this.classes.byName.get(type.name)!, undefined) as Owned<PyInstance>
    const fields = node as unknown as Record<string, unknown>
    for (const field of type.fields) setInstanceAttribute(made, field.name, this.field(field, fields[field.name]))
    if (type.located) for (const name of positionNames) setInstanceAttribute(made, name, fields[name] as number)
    this.depth--
    return made
  }

  private field(field: Field, value: unknown): Owned<Value> {
    if (!field.list) return this.value(field.type, value)
    return newList((value as readonly unknown[]).map((item) => this.value(field.type, item)))
  }

  private value(type: string, value: unknown): Owned<Value> {
    switch (type) {
      case 'constant':
        return constantValue(value as CodeConstant)
      case 'identifier':
      case 'string':
        return value === null ? none() : newText(value as string)
      case 'int':
        return value === null ? none() : (value as number)
    }
    if (value === null) return none()
    if (typeof value === 'string') return keep<Value>(this.classes.singletons.get(value)!)
    return this.node(value as Node)
  }
}
