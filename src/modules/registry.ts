import type { ModuleDef } from '../objects/define_module.ts'
import { builtinsModule } from './builtins.ts'

/** The modules written in TypeScript: `sys.builtin_module_names`. One line each. */
export const moduleDefs: readonly ModuleDef[] = [builtinsModule]
