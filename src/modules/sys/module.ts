import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { defineModule } from '../../objects/define_module.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { intLimits } from '../../objects/int_limits.ts'
import { newDict, newFloat, newFrozenSet, newList, newText, newTuple, none } from '../../objects/make.ts'
import type { PyDict, PyTuple, Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { SetTable } from '../../objects/set_table.ts'
import { recursion, thread } from '../../objects/thread.ts'
import { None, simpleNamespaceType, typeOf } from '../../objects/types.ts'
import { decimalLimit } from '../../parser/numbers.ts'
import { asyncgenHooks } from '../../vm/async_generators.ts'
import { builtinModules } from '../../vm/builtin_modules.ts'
import { coroutineOrigins } from '../../vm/generators.ts'
import { interpreter, sysAttribute } from '../../vm/interpreter.ts'
import { writeException } from '../../vm/print_exception.ts'
import { sysDict } from '../../vm/sys_state.ts'
import { switching } from '../../vm/threads.ts'
import { callTracing, setProfile, setTrace } from '../../vm/tracing.ts'
import * as functions from './functions.ts'
import { breakpointHook, displayHook } from './hooks.ts'
import {
  newAsyncgenHooks,
  newFlags,
  newFloatInfo,
  newHashInfo,
  newIntInfo,
  newThreadInfo,
  newVersionInfo,
} from './info.ts'
import { stdlibModuleNames } from './stdlib_names.ts'
import { defaultUnraisableHook, unraisableHookArgsType } from './unraisable.ts'
import { COPYRIGHT, HEX_VERSION, VERSION } from './version.ts'

function strings(values: readonly string[]): Owned<Value>[] {
  return values.map((value) => newText(value))
}

function implementation(versionInfo: Value): Owned<Value> {
  const names = ['name', 'cache_tag', 'version', 'hexversion', '_multiarch']
  const { implementationName } = interpreter.config
  return call(
    simpleNamespaceType,
    [implementationName, 'cpython-311', versionInfo, HEX_VERSION, 'x86_64-linux-gnu'],
    names,
  )
}

/** Replaces a hook of asynchronous generators: `undefined` leaves it, None takes it away. */
function setAsyncgenHook(name: 'firstiter' | 'finalizer', hook: Value | undefined): void {
  if (hook === undefined) return
  if (hook !== None && typeOf(hook).tp_call === undefined) {
    throw typeError(`callable ${name} expected, got ${typeOf(hook).name}`)
  }
  const old = asyncgenHooks[name]
  asyncgenHooks[name] = hook === None ? null : keep(hook)
  drop(old)
}

function orNone(value: Value | null): Owned<Value> {
  return value === null ? none() : keep(value)
}

/** What holds as long as the interpreter runs (`_PySys_InitCore`). */
function setConstants({ data }: PyDict): void {
  for (const name of ['displayhook', 'excepthook', 'breakpointhook', 'unraisablehook']) {
    data.set(`__${name}__`, keep(data.get(name)!))
  }
  const versionInfo = newVersionInfo()
  data.set('version', VERSION)
  data.set('hexversion', HEX_VERSION)
  data.set('_git', newTuple(['Taipan', '', '']))
  data.set('_framework', '')
  data.set('api_version', 1013)
  data.set('copyright', COPYRIGHT)
  data.set('platform', 'linux')
  data.set('maxsize', 2n ** 63n - 1n)
  data.set('float_info', newFloatInfo())
  data.set('int_info', newIntInfo())
  data.set('hash_info', newHashInfo())
  data.set('maxunicode', 0x10ffff)
  data.set('builtin_module_names', newTuple([...builtinModules.keys()].sort()))
  const names = new SetTable()
  for (const name of stdlibModuleNames) names.add(name)
  data.set('stdlib_module_names', newFrozenSet(names))
  data.set('byteorder', 'little')
  data.set('abiflags', '')
  data.set('version_info', versionInfo)
  data.set('implementation', implementation(versionInfo))
  data.set('flags', newFlags())
  data.set('float_repr_style', 'short')
  data.set('thread_info', newThreadInfo())
  data.set('meta_path', newList([]))
  data.set('path_importer_cache', newDict())
  data.set('path_hooks', newList([]))
}

/** What the configuration says (`_PySys_UpdateConfig`). */
export function updateSysFromConfig(): void {
  const { config } = interpreter
  const { data } = sysDict
  const text = (name: string, value: string | null) => {
    data.set(name, value === null ? none() : newText(value))
  }
  const list = (name: string, values: readonly string[]) => {
    data.set(name, newList(strings(values)))
  }
  list('path', config.moduleSearchPaths)
  text('executable', config.executable)
  text('_base_executable', config.baseExecutable)
  text('prefix', config.prefix)
  text('base_prefix', config.basePrefix)
  text('exec_prefix', config.execPrefix)
  text('base_exec_prefix', config.baseExecPrefix)
  text('platlibdir', config.platlibdir)
  text('pycache_prefix', config.pycachePrefix)
  text('_home', config.home)
  text('_stdlib_dir', config.stdlibDir)
  list('argv', config.argv)
  list('orig_argv', config.origArgv)
  list('warnoptions', config.warnoptions)
  const options = newDict()
  for (const [name, value] of config.xoptions) options.data.set(newText(name), value === true ? true : newText(value))
  data.set('_xoptions', options)
  data.set('flags', newFlags())
  data.set('dont_write_bytecode', config.flags.dontWriteBytecode !== 0)
  // Where nobody set a limit, `sys.flags` says −1 and CPython's own limit holds.
  const digits = config.intMaxStrDigits < 0 ? 4300 : config.intMaxStrDigits
  intLimits.maxStrDigits = digits
  decimalLimit.digits = digits
}

/** `sys.getdlopenflags()`: nothing is loaded with them, since there are no modules of C. */
let dlopenFlags = 2

/** The module `sys`; its namespace exists before it. */
export const sysModule = defineModule('sys', () => ({
  dict: sysDict,
  functions: {
    '_clear_type_cache()': () => {},
    '_current_exceptions()': functions.exceptionsByThread,
    '_current_frames()': functions.framesByThread,
    '_debugmallocstats()': () => {},
    '_getframe(depth: int = 0, /)': functions.getFrame,
    '_getquickenedcount()': () => 0,
    'addaudithook(hook)': functions.addAuditHook,
    'call_tracing(func, funcargs: tuple, /)': (func, args) => callTracing(func, (args as PyTuple).data),
    'displayhook(object, /)': displayHook,
    'exc_info()': functions.exceptionInfo,
    'excepthook(exctype, value, traceback, /)': (_type, value, traceback) => {
      const stream = sysAttribute('stderr')
      if (stream !== undefined && stream !== None) writeException(value, stream, traceback)
    },
    'exception()': functions.currentException,
    'exit(status = None, /)': functions.exit,
    'get_asyncgen_hooks()': () => newAsyncgenHooks(orNone(asyncgenHooks.firstiter), orNone(asyncgenHooks.finalizer)),
    'get_coroutine_origin_tracking_depth()': () => coroutineOrigins.depth,
    'get_int_max_str_digits()': () => intLimits.maxStrDigits,
    'getallocatedblocks()': functions.allocatedBlocks,
    'getdefaultencoding()': () => 'utf-8',
    'getdlopenflags()': () => dlopenFlags,
    'getfilesystemencodeerrors()': () => interpreter.config.filesystemErrors,
    'getfilesystemencoding()': () => interpreter.config.filesystemEncoding,
    'getrecursionlimit()': () => recursion.limit,
    'getrefcount(object, /)': functions.refCount,
    'getsizeof(object, default = NULL)': functions.sizeOf,
    'getprofile()': () => orNone(thread.profile),
    'getswitchinterval()': () => newFloat(Number(switching.interval) / 1e9),
    'gettrace()': () => orNone(thread.trace),
    'intern(string, /)': functions.intern,
    'is_finalizing()': () => interpreter.finalizing,
    'set_asyncgen_hooks(firstiter = NULL, finalizer = NULL)': (firstiter, finalizer) => {
      setAsyncgenHook('finalizer', finalizer)
      setAsyncgenHook('firstiter', firstiter)
    },
    'set_coroutine_origin_tracking_depth(depth: int)': (depth) => {
      if (depth < 0) throw valueError('depth must be >= 0')
      coroutineOrigins.depth = depth
    },
    'set_int_max_str_digits(maxdigits: int)': functions.setIntMaxStrDigits,
    'setdlopenflags(flags: int, /)': (flags) => {
      dlopenFlags = flags
    },
    'setprofile(function, /)': (func) => setProfile(func === None ? null : func),
    'setrecursionlimit(limit: int, /)': functions.setRecursionLimit,
    'setswitchinterval(interval: double, /)': (interval) => {
      if (!(interval > 0)) throw valueError('switch interval must be strictly positive')
      switching.interval = BigInt(Math.floor(interval * 1e6)) * 1000n
    },
    'settrace(function, /)': (func) => setTrace(func === None ? null : func),
    'unraisablehook(unraisable, /)': (args) => {
      if (typeOf(args) !== unraisableHookArgsType()) {
        throw typeError('sys.unraisablehook argument type must be UnraisableHookArgs')
      }
      defaultUnraisableHook(args)
    },
  },
  rawFunctions: {
    'audit(event, *args)': (args, kwnames) => {
      if (kwnames !== null) throw typeError('sys.audit() takes no keyword arguments')
      functions.raiseAuditEvent(args)
    },
    'breakpointhook(*args, **kwargs)': breakpointHook,
  },
  setup: setConstants,
}))
