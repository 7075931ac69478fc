import { keep } from '../../memory/counted.ts'
import { defineModule } from '../../objects/define_module.ts'
import type { Value } from '../../objects/object.ts'
import { PyCF_ALLOW_TOP_LEVEL_AWAIT, PyCF_ONLY_AST, PyCF_TYPE_COMMENTS } from '../../vm/compile_source.ts'
import { astClasses } from './classes.ts'

/** The module `_ast`: the classes of the syntax tree. */
export const astModule = defineModule('_ast', () => ({
  attributes: { PyCF_ALLOW_TOP_LEVEL_AWAIT, PyCF_ONLY_AST, PyCF_TYPE_COMMENTS },
  setup: ({ data }) => {
    for (const [name, type] of astClasses().byName) data.set(name, keep<Value>(type))
  },
}))
