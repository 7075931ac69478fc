import { keep } from '../memory/counted.ts'
import { defineModule } from '../objects/define_module.ts'

/** The module `_typing`. */
export const typingModule = defineModule('_typing', () => ({
  functions: { '_idfunc(x, /)': (x) => keep(x) },
}))
