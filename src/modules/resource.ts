import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { defineModule } from '../objects/define_module.ts'
import { overflowError, valueError } from '../objects/errors.ts'
import { PyExc_OSError } from '../objects/exception_types.ts'
import { newFloat, newTuple } from '../objects/make.ts'
import { toIndex } from '../objects/number_protocol.ts'
import type { PyType, Value } from '../objects/object.ts'
import { toArray } from '../objects/sequence_protocol.ts'
import { newStructSequence, structSequenceType } from '../objects/struct_sequence.ts'
import { None } from '../objects/types.ts'
import { audit } from '../vm/audit.ts'
import { ENOSYS, EPERM, ESRCH } from '../vm/errno.ts'
import { osError } from '../vm/os_error.ts'
import { platform, SystemFault } from '../vm/platform.ts'
import { readFile } from '../vm/system.ts'
import { runHelper } from './helper_program.ts'

/** The limits in the order of their numbers: as `/proc` names them and as the program `prlimit` does. */
const LIMITS = [
  ['RLIMIT_CPU', 'Max cpu time', 'cpu'],
  ['RLIMIT_FSIZE', 'Max file size', 'fsize'],
  ['RLIMIT_DATA', 'Max data size', 'data'],
  ['RLIMIT_STACK', 'Max stack size', 'stack'],
  ['RLIMIT_CORE', 'Max core file size', 'core'],
  ['RLIMIT_RSS', 'Max resident set', 'rss'],
  ['RLIMIT_NPROC', 'Max processes', 'nproc'],
  ['RLIMIT_NOFILE', 'Max open files', 'nofile'],
  ['RLIMIT_MEMLOCK', 'Max locked memory', 'memlock'],
  ['RLIMIT_AS', 'Max address space', 'as'],
  ['', 'Max file locks', 'locks'],
  ['RLIMIT_SIGPENDING', 'Max pending signals', 'sigpending'],
  ['RLIMIT_MSGQUEUE', 'Max msgqueue size', 'msgqueue'],
  ['RLIMIT_NICE', 'Max nice priority', 'nice'],
  ['RLIMIT_RTPRIO', 'Max realtime priority', 'rtprio'],
  ['RLIMIT_RTTIME', 'Max realtime timeout', 'rttime'],
] as const

const RLIM_INFINITY = -1
const RUSAGE_SELF = 0
const RUSAGE_CHILDREN = -1
const RUSAGE_THREAD = 1
const PAGE_SIZE = 4096

let usageType: PyType | null = null

/** What the system counts of a process, in the order of `struct_rusage`; all but the first three are not known to us. */
const USAGE_FIELDS = [
  ...['ru_utime', 'ru_stime', 'ru_maxrss', 'ru_ixrss', 'ru_idrss', 'ru_isrss', 'ru_minflt', 'ru_majflt', 'ru_nswap'],
  ...['ru_inblock', 'ru_oublock', 'ru_msgsnd', 'ru_msgrcv', 'ru_nsignals', 'ru_nvcsw', 'ru_nivcsw'],
]

function structUsage(): PyType {
  usageType ??= structSequenceType({ name: 'resource.struct_rusage', fields: USAGE_FIELDS })
  return usageType
}

function usage(who: number): Owned<Value> {
  if (who !== RUSAGE_SELF && who !== RUSAGE_CHILDREN && who !== RUSAGE_THREAD) {
    throw valueError('invalid who parameter')
  }
  const { userMicroseconds, systemMicroseconds, maxRss } = platform().processes.usage()
  const own = who !== RUSAGE_CHILDREN
  const counted: Owned<Value>[] = [
    newFloat(own ? userMicroseconds / 1e6 : 0),
    newFloat(own ? systemMicroseconds / 1e6 : 0),
    own ? maxRss : 0,
  ]
  return newStructSequence(structUsage(), [...counted, ...USAGE_FIELDS.slice(counted.length).map(() => 0)])
}

type Limits = readonly [soft: number | bigint, hard: number | bigint]

const limitOf = (text: string): number | bigint => (text === 'unlimited' ? RLIM_INFINITY : Number(text))

function readLimits(pid: number, resource: number): Limits {
  const bytes = readFile(`/proc/${pid === 0 ? 'self' : pid}/limits`)
  if (bytes === null) throw osError(pid === 0 ? ENOSYS : ESRCH)
  const name = LIMITS[resource]![1]
  const line = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .find((row) => row.startsWith(`${name} `))
  if (line === undefined) throw osError(ENOSYS)
  const [soft, hard] = line.slice(name.length).trim().split(/\s+/)
  return [limitOf(soft!), limitOf(hard!)]
}

/** The two numbers of a limit to be set. */
function parseLimits(limits: Value): Limits {
  const items = toArray(limits)
  try {
    if (items.length !== 2) throw valueError('expected a tuple of 2 integers')
    const [soft, hard] = items.map(toIndex)
    for (const limit of [soft!, hard!]) {
      if (BigInt.asIntN(64, BigInt(limit)) !== BigInt(limit)) {
        throw overflowError('Python int too large to convert to C long')
      }
    }
    return [soft!, hard!]
  } finally {
    for (const item of items) drop(item)
  }
}

/** Whether a limit is beyond another; none is beyond all. */
function exceeds(limit: number | bigint, other: number | bigint): boolean {
  if (other === RLIM_INFINITY) return false
  return limit === RLIM_INFINITY || limit > other
}

function writeLimits(pid: number, resource: number, [soft, hard]: Limits): void {
  if (exceeds(soft, hard)) throw valueError('current limit exceeds maximum limit')
  const [oldSoft, oldHard] = readLimits(pid, resource)
  if (soft === oldSoft && hard === oldHard) return
  const text = [soft, hard].map((limit) => (limit === RLIM_INFINITY ? 'unlimited' : String(limit))).join(':')
  const { processes } = platform()
  const target = pid === 0 ? processes.pid : pid
  let status: number
  try {
    ;({ status } = runHelper(['prlimit', `--pid=${target}`, `--${LIMITS[resource]![2]}=${text}`], 1, 1))
  } catch (error) {
    if (error instanceof SystemFault) throw osError(ENOSYS)
    throw error
  }
  if (status === 0) return
  if (exceeds(hard, oldHard)) throw valueError('not allowed to raise maximum limit')
  throw osError(EPERM)
}

function checkResource(resource: number): void {
  if (resource < 0 || resource >= LIMITS.length) throw valueError('invalid resource specified')
}

const limitsTuple = (limits: Limits) => newTuple(limits)

/** The module `resource`. */
export const resourceModule = defineModule('resource', () => ({
  functions: {
    'getrusage(who: int, /)': usage,
    'getrlimit(resource: int, /)': (resource) => {
      checkResource(resource)
      return limitsTuple(readLimits(0, resource))
    },
    'setrlimit(resource: int, limits, /)': (resource, limits) => {
      checkResource(resource)
      audit('resource.setrlimit', resource, limits)
      writeLimits(0, resource, parseLimits(limits))
    },
    'prlimit(pid: int, resource: int, limits = None, /)': (pid, resource, limits) => {
      checkResource(resource)
      audit('resource.prlimit', pid, resource, limits)
      const old = readLimits(pid, resource)
      if (limits !== None) writeLimits(pid, resource, parseLimits(limits))
      return limitsTuple(old)
    },
    'getpagesize()': (): Owned<Value> => PAGE_SIZE,
  },
  attributes: {
    error: PyExc_OSError,
    RLIM_INFINITY,
    RUSAGE_SELF,
    RUSAGE_CHILDREN,
    RUSAGE_THREAD,
    RLIMIT_OFILE: LIMITS.findIndex(([name]) => name === 'RLIMIT_NOFILE'),
    ...Object.fromEntries(LIMITS.map(([name], i) => [name, i]).filter(([name]) => name !== '')),
  },
  setup: ({ data }) => {
    data.set('struct_rusage', keep<Value>(structUsage()))
  },
}))
