import type { Mod } from '../../ast/nodes.ts'
import type { Owned } from '../../memory/header.ts'
import { missing } from '../../objects/errors.ts'
import type { Value } from '../../objects/object.ts'
import type { CompileMode } from '../../vm/compile_source.ts'

/** Whether a value is a node of Python's `ast` (`PyAST_Check`). */
export function isTree(_value: Value): boolean {
  return false
}

/** The tree that Python's nodes stand for (`PyAST_obj2mod`). */
export function treeFromObject(_value: Value, mode: CompileMode): Mod {
  throw missing(`compiling a tree (${mode})`)
}

/** Python's nodes for a tree (`PyAST_mod2obj`). */
export function treeToObject(tree: Mod): Owned<Value> {
  throw missing(`PyCF_ONLY_AST (${tree.node})`)
}
