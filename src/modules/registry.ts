import type { ModuleDef } from '../objects/define_module.ts'
import { abcModule } from './_abc.ts'
import { astModule } from './_ast/module.ts'
import { bisectModule } from './_bisect.ts'
import { bz2Module } from './_bz2/module.ts'
import { codecsModule } from './_codecs.ts'
import { collectionsModule } from './_collections/module.ts'
import { contextvarsModule } from './_contextvars.ts'
import { csvModule } from './_csv/module.ts'
import { decimalModule } from './_decimal/module.ts'
import { functoolsModule } from './_functools/module.ts'
import { hashlibModule } from './_hashlib/module.ts'
import { heapqModule } from './_heapq.ts'
import { ioModule } from './_io/module.ts'
import { jsonModule } from './_json/module.ts'
import { localeModule } from './_locale.ts'
import { lzmaModule } from './_lzma/module.ts'
import { opcodeModule } from './_opcode.ts'
import { operatorModule } from './_operator/module.ts'
import { posixSubprocessModule } from './_posixsubprocess.ts'
import { queueModule } from './_queue.ts'
import { randomModule } from './_random.ts'
import { signalModule } from './_signal.ts'
import { socketModule } from './_socket/module.ts'
import { sreModule } from './_sre/module.ts'
import { statModule } from './_stat.ts'
import { statisticsModule } from './_statistics.ts'
import { stringModule } from './_string.ts'
import { structModule } from './_struct.ts'
import { symtableModule } from './_symtable.ts'
import { threadModule } from './_thread/module.ts'
import { tracemallocModule } from './_tracemalloc.ts'
import { typingModule } from './_typing.ts'
import { warningsModule } from './_warnings.ts'
import { weakrefModule } from './_weakref.ts'
import { arrayModule } from './array/module.ts'
import { atexitModule } from './atexit.ts'
import { binasciiModule } from './binascii/module.ts'
import { cmathModule } from './cmath.ts'
import { errnoModule } from './errno.ts'
import { faulthandlerModule } from './faulthandler.ts'
import { fcntlModule } from './fcntl.ts'
import { gcModule } from './gc.ts'
import { blake2Module } from './hashes/blake2_module.ts'
import { md5Module, sha1Module, sha256Module, sha512Module } from './hashes/digests_module.ts'
import { sha3Module } from './hashes/sha3_module.ts'
import { itertoolsModule } from './itertools/module.ts'
import { marshalModule } from './marshal.ts'
import { mathModule } from './math.ts'
import { mmapModule } from './mmap/module.ts'
import { posixModule } from './posix/module.ts'
import { grpModule, pwdModule } from './pwd.ts'
import { resourceModule } from './resource.ts'
import { selectModule } from './select.ts'
import { termiosModule } from './termios/module.ts'
import { timeModule } from './time/module.ts'
import { unicodedataModule } from './unicodedata/module.ts'
import { zlibModule } from './zlib/module.ts'

/** The modules written in TypeScript besides `sys`, `builtins` and `_imp`: `sys.builtin_module_names`. One line each. */
export const moduleDefs: readonly ModuleDef[] = [
  posixSubprocessModule,
  faulthandlerModule,
  socketModule,
  opcodeModule,
  stringModule,
  statisticsModule,
  symtableModule,
  astModule,
  collectionsModule,
  arrayModule,
  decimalModule,
  functoolsModule,
  bisectModule,
  bz2Module,
  hashlibModule,
  heapqModule,
  operatorModule,
  itertoolsModule,
  abcModule,
  tracemallocModule,
  typingModule,
  contextvarsModule,
  csvModule,
  ioModule,
  jsonModule,
  queueModule,
  randomModule,
  threadModule,
  codecsModule,
  sreModule,
  structModule,
  binasciiModule,
  unicodedataModule,
  zlibModule,
  weakrefModule,
  atexitModule,
  marshalModule,
  warningsModule,
  cmathModule,
  errnoModule,
  gcModule,
  blake2Module,
  md5Module,
  sha1Module,
  sha256Module,
  sha3Module,
  sha512Module,
  mathModule,
  mmapModule,
  posixModule,
  timeModule,
  signalModule,
  selectModule,
  statModule,
  localeModule,
  lzmaModule,
  grpModule,
  pwdModule,
  fcntlModule,
  resourceModule,
  termiosModule,
]
