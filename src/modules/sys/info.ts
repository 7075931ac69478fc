import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { newFloat } from '../../objects/make.ts'
import type { PyType, Value } from '../../objects/object.ts'
import { newStructSequence, structSequenceType } from '../../objects/struct_sequence.ts'
import { None } from '../../objects/types.ts'
import { interpreter } from '../../vm/interpreter.ts'
import { versionInfo } from './version.ts'

/** A struct sequence of the module: its type is made at the first use, since `tuple` must be there. */
function sequence(name: string, fields: readonly string[], instantiable: boolean, module = 'sys.'): () => PyType {
  let type: PyType | undefined
  return () => (type ??= structSequenceType({ name: module + name, fields, instantiable }))
}

const flagsType = sequence(
  'flags',
  [
    'debug',
    'inspect',
    'interactive',
    'optimize',
    'dont_write_bytecode',
    'no_user_site',
    'no_site',
    'ignore_environment',
    'verbose',
    'bytes_warning',
    'quiet',
    'hash_randomization',
    'isolated',
    'dev_mode',
    'utf8_mode',
    'warn_default_encoding',
    'safe_path',
    'int_max_str_digits',
  ],
  false,
)
const versionType = sequence('version_info', ['major', 'minor', 'micro', 'releaselevel', 'serial'], false)
const floatType = sequence(
  'float_info',
  ['max', 'max_exp', 'max_10_exp', 'min', 'min_exp', 'min_10_exp', 'dig', 'mant_dig', 'epsilon', 'radix', 'rounds'],
  true,
)
const intType = sequence(
  'int_info',
  ['bits_per_digit', 'sizeof_digit', 'default_max_str_digits', 'str_digits_check_threshold'],
  true,
)
const hashType = sequence(
  'hash_info',
  ['width', 'modulus', 'inf', 'nan', 'imag', 'algorithm', 'hash_bits', 'seed_bits', 'cutoff'],
  true,
)
const threadType = sequence('thread_info', ['name', 'lock', 'version'], true)
const asyncgenHooksType = sequence('asyncgen_hooks', ['firstiter', 'finalizer'], true, '')

/** `sys.flags`; `noSite` is `-S`. */
export function newFlags(noSite = interpreter.config.flags.noSite): Owned<Value> {
  const { flags, intMaxStrDigits } = interpreter.config
  return newStructSequence(flagsType(), [
    flags.debug,
    flags.inspect,
    flags.interactive,
    flags.optimize,
    flags.dontWriteBytecode,
    flags.noUserSite,
    noSite,
    flags.ignoreEnvironment,
    flags.verbose,
    flags.bytesWarning,
    flags.quiet,
    flags.hashRandomization,
    flags.isolated,
    flags.devMode,
    flags.utf8Mode,
    flags.warnDefaultEncoding,
    flags.safePath,
    intMaxStrDigits,
  ])
}

/** `sys.version_info`. */
export function newVersionInfo(): Owned<Value> {
  const { major, minor, micro, releaselevel, serial } = versionInfo
  return newStructSequence(versionType(), [major, minor, micro, releaselevel, serial])
}

/** `sys.float_info`: a C double. */
export function newFloatInfo(): Owned<Value> {
  return newStructSequence(floatType(), [
    newFloat(Number.MAX_VALUE),
    1024,
    308,
    newFloat(2.2250738585072014e-308),
    -1021,
    -307,
    15,
    53,
    newFloat(Number.EPSILON),
    2,
    1,
  ])
}

/** `sys.int_info`: CPython's, on 64-bit machines. */
export function newIntInfo(): Owned<Value> {
  return newStructSequence(intType(), [30, 4, 4300, 640])
}

/** `sys.hash_info`. */
export function newHashInfo(): Owned<Value> {
  return newStructSequence(hashType(), [64, 2n ** 61n - 1n, 314159, 0, 1000003, 'siphash13', 64, 128, 0])
}

/** `sys.thread_info`. */
export function newThreadInfo(): Owned<Value> {
  return newStructSequence(threadType(), ['pthread', 'semaphore', keep<Value>(None)])
}

/** `sys.get_asyncgen_hooks()`; takes over what it is given. */
export function newAsyncgenHooks(firstiter: Owned<Value>, finalizer: Owned<Value>): Owned<Value> {
  return newStructSequence(asyncgenHooksType(), [firstiter, finalizer])
}
