import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { defineModule } from '../../objects/define_module.ts'
import { PyExc_OSError } from '../../objects/exception_types.ts'
import { newList } from '../../objects/make.ts'
import type { Value } from '../../objects/object.ts'
import { fspath } from '../../vm/fspath.ts'
import { platform } from '../../vm/platform.ts'
import { posixConstants } from './constants.ts'
import { descriptorFunctions } from './fds.ts'
import { fileFunctions } from './files.ts'
import { environDict, processFunctions, sysconfNames } from './processes.ts'
import { resultTypes } from './results.ts'
import { defineScandir, dirEntryType, scandir } from './scandir.ts'

/** What `os.supports_fd` and its like are made from: everything that goes through `/proc` on Linux. */
const linuxHas = [
  ...['HAVE_FACCESSAT', 'HAVE_FCHDIR', 'HAVE_FCHMOD', 'HAVE_FCHMODAT', 'HAVE_FCHOWN', 'HAVE_FCHOWNAT'],
  ...['HAVE_FDOPENDIR', 'HAVE_FSTATAT', 'HAVE_FSTATVFS', 'HAVE_FTRUNCATE', 'HAVE_FUTIMENS', 'HAVE_FUTIMES'],
  ...['HAVE_FUTIMESAT', 'HAVE_LINKAT', 'HAVE_LCHOWN', 'HAVE_LSTAT', 'HAVE_LUTIMES', 'HAVE_MKDIRAT', 'HAVE_OPENAT'],
  ...['HAVE_READLINKAT', 'HAVE_RENAMEAT', 'HAVE_SYMLINKAT', 'HAVE_UNLINKAT', 'HAVE_UTIMENSAT'],
]

const elsewhereHas = ['HAVE_FCHMOD', 'HAVE_FCHOWN', 'HAVE_FTRUNCATE', 'HAVE_FUTIMES', 'HAVE_LSTAT', 'HAVE_LUTIMES']

let defined = false

/** The `posix` module: as much of it as the platform gives. */
export const posixModule = defineModule('posix', () => {
  if (!defined) defineScandir()
  defined = true
  const types = resultTypes()
  return {
    functions: {
      ...fileFunctions,
      ...descriptorFunctions,
      ...processFunctions,
      'fspath(path)': (path: Value) => fspath(path),
      'scandir(path = None)': scandir,
    },
    types: [dirEntryType],
    attributes: { ...posixConstants, error: PyExc_OSError },
    setup: ({ data }) => {
      const has = platform().name === 'linux' ? linuxHas : elsewhereHas
      data.set('_have_functions', newList([...has] as Owned<Value>[]))
      data.set('environ', environDict())
      data.set('sysconf_names', sysconfNames())
      data.set('stat_result', keep<Value>(types.stat))
      data.set('statvfs_result', keep<Value>(types.statvfs))
      data.set('terminal_size', keep<Value>(types.terminalSize))
      data.set('uname_result', keep<Value>(types.uname))
      data.set('times_result', keep<Value>(types.times))
      data.set('sched_param', keep<Value>(types.schedParam))
    },
  }
})
