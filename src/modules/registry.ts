import type { ModuleDef } from '../objects/define_module.ts'
import { abcModule } from './_abc.ts'
import { astModule } from './_ast/module.ts'
import { codecsModule } from './_codecs.ts'
import { collectionsModule } from './_collections/module.ts'
import { contextvarsModule } from './_contextvars.ts'
import { functoolsModule } from './_functools/module.ts'
import { ioModule } from './_io/module.ts'
import { jsonModule } from './_json/module.ts'
import { opcodeModule } from './_opcode.ts'
import { randomModule } from './_random.ts'
import { sreModule } from './_sre/module.ts'
import { stringModule } from './_string.ts'
import { symtableModule } from './_symtable.ts'
import { threadModule } from './_thread/module.ts'
import { typingModule } from './_typing.ts'
import { warningsModule } from './_warnings.ts'
import { weakrefModule } from './_weakref.ts'
import { atexitModule } from './atexit.ts'
import { cmathModule } from './cmath.ts'
import { gcModule } from './gc.ts'
import { marshalModule } from './marshal.ts'
import { mathModule } from './math.ts'

/** The modules written in TypeScript besides `sys`, `builtins` and `_imp`: `sys.builtin_module_names`. One line each. */
export const moduleDefs: readonly ModuleDef[] = [
  opcodeModule,
  stringModule,
  symtableModule,
  astModule,
  collectionsModule,
  functoolsModule,
  abcModule,
  typingModule,
  contextvarsModule,
  ioModule,
  jsonModule,
  randomModule,
  threadModule,
  codecsModule,
  sreModule,
  weakrefModule,
  atexitModule,
  marshalModule,
  warningsModule,
  cmathModule,
  gcModule,
  mathModule,
]
