import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt } from '../objects/access.ts'
import { builtinFunction, defineType } from '../objects/define.ts'
import { defineModule } from '../objects/define_module.ts'
import { newException, overflowError, typeError, valueError } from '../objects/errors.ts'
import { PyExc_KeyboardInterrupt, PyExc_OSError } from '../objects/exception_types.ts'
import { newFloat, newSet, newText, newTuple, none } from '../objects/make.ts'
import { toDouble, toIndex } from '../objects/number_protocol.ts'
import type { PyDict, PyType, Value } from '../objects/object.ts'
import { forEach } from '../objects/sequence_protocol.ts'
import { newStructSequence, structSequenceType } from '../objects/struct_sequence.ts'
import { thread } from '../objects/thread.ts'
import { typeOf } from '../objects/types.ts'
import { EINVAL } from '../vm/errno.ts'
import { osError } from '../vm/os_error.ts'
import { platform } from '../vm/platform.ts'
import {
  blockedSignals,
  checkSignals,
  deliver,
  MAIN_THREAD,
  NSIG,
  noteSignals,
  setBlocked,
  signalHandlers,
  takeWaiting,
  waitingSignals,
  wakeup,
} from '../vm/signals.ts'
import { sleepBriefly, waitsAmongThreads, waitUntil } from '../vm/threads.ts'
import { exceptionClass } from './exception_class.ts'
import { toTimeout } from './time/module.ts'

/** Linux's signals: their numbers, names, and the words of `strsignal`. */
const signals: readonly (readonly [number: number, name: string, words: string])[] = [
  [1, 'SIGHUP', 'Hangup'],
  [2, 'SIGINT', 'Interrupt'],
  [3, 'SIGQUIT', 'Quit'],
  [4, 'SIGILL', 'Illegal instruction'],
  [5, 'SIGTRAP', 'Trace/breakpoint trap'],
  [6, 'SIGABRT', 'Aborted'],
  [7, 'SIGBUS', 'Bus error'],
  [8, 'SIGFPE', 'Floating point exception'],
  [9, 'SIGKILL', 'Killed'],
  [10, 'SIGUSR1', 'User defined signal 1'],
  [11, 'SIGSEGV', 'Segmentation fault'],
  [12, 'SIGUSR2', 'User defined signal 2'],
  [13, 'SIGPIPE', 'Broken pipe'],
  [14, 'SIGALRM', 'Alarm clock'],
  [15, 'SIGTERM', 'Terminated'],
  [16, 'SIGSTKFLT', 'Stack fault'],
  [17, 'SIGCHLD', 'Child exited'],
  [18, 'SIGCONT', 'Continued'],
  [19, 'SIGSTOP', 'Stopped (signal)'],
  [20, 'SIGTSTP', 'Stopped'],
  [21, 'SIGTTIN', 'Stopped (tty input)'],
  [22, 'SIGTTOU', 'Stopped (tty output)'],
  [23, 'SIGURG', 'Urgent I/O condition'],
  [24, 'SIGXCPU', 'CPU time limit exceeded'],
  [25, 'SIGXFSZ', 'File size limit exceeded'],
  [26, 'SIGVTALRM', 'Virtual timer expired'],
  [27, 'SIGPROF', 'Profiling timer expired'],
  [28, 'SIGWINCH', 'Window changed'],
  [29, 'SIGIO', 'I/O possible'],
  [30, 'SIGPWR', 'Power failure'],
  [31, 'SIGSYS', 'Bad system call'],
]

/** Second names of signals, and the bounds of those for real-time use. */
const otherNames: Readonly<Record<string, number>> = {
  SIGCLD: 17,
  SIGIOT: 6,
  SIGPOLL: 29,
  SIGRTMIN: 34,
  SIGRTMAX: 64,
}

/** Signals that the C library keeps for itself. */
const isReserved = (signum: number) => signum === 32 || signum === 33

const SIG_DFL = 0
const SIG_IGN = 1

const ItimerError = exceptionClass('signal', 'itimer_error', PyExc_OSError)

let siginfoType: PyType | null = null

function siginfo(): PyType {
  siginfoType ??= structSequenceType({
    name: 'signal.struct_siginfo',
    fields: ['si_signo', 'si_code', 'si_errno', 'si_pid', 'si_uid', 'si_status', 'si_band'],
  })
  return siginfoType
}

function checkNumber(signum: number): void {
  if (signum < 1 || signum >= NSIG) throw valueError('signal number out of range')
}

/** `default_int_handler`. */
const interruptHandler = builtinFunction(
  'default_int_handler(signalnum, frame, /)',
  () => {
    throw newException(PyExc_KeyboardInterrupt, [])
  },
  '_signal',
)

/** Python's handler of a signal, owned; None where the signal is not ours to tell of. */
function handlerOf(signum: number): Owned<Value> {
  const handler = signalHandlers[signum]
  if (handler !== undefined) return keep(handler)
  if (isReserved(signum)) return none()
  return platform().signals.disposition(signum) === 'ignore' ? SIG_IGN : SIG_DFL
}

function setHandler(signum: number, handler: Value): Owned<Value> {
  if (thread.id !== MAIN_THREAD) throw valueError('signal only works in main thread of the main interpreter')
  checkNumber(signum)
  const callable = typeOf(handler).tp_call !== undefined
  const number = asInt(handler)
  if (!callable && number !== SIG_DFL && number !== SIG_IGN) {
    throw typeError('signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object')
  }
  checkSignals()
  const disposition = callable ? 'handle' : number === SIG_IGN ? 'ignore' : 'default'
  const old = handlerOf(signum)
  if (isReserved(signum) || !platform().signals.setDisposition(signum, disposition)) {
    drop(old)
    throw osError(EINVAL)
  }
  const before = signalHandlers[signum]
  signalHandlers[signum] = callable ? keep(handler) : (number as number)
  drop(before)
  return old
}

/** Lets Python handle Ctrl-C, and ignores what would end the process without a word (`_PySignal_Init`). */
export function installSignalHandlers(): void {
  if (signalHandlers[2] !== undefined) return
  const { signals: machine } = platform()
  for (const signum of [13, 25]) machine.setDisposition(signum, 'ignore')
  if (machine.setDisposition(2, 'handle')) signalHandlers[2] = keep<Value>(interruptHandler)
}

function toSignalSet(iterable: Value): Set<number> {
  const found = new Set<number>()
  forEach(iterable, (item) => {
    const signum = toIndex(item)
    if (signum < 1 || signum >= NSIG) throw valueError(`signal number ${signum} out of range [1; ${NSIG - 1}]`)
    found.add(Number(signum))
  })
  return found
}

function newSignalSet(numbers: Iterable<number>): Owned<Value> {
  const set = newSet()
  for (const signum of [...numbers].sort((a, b) => a - b)) set.data.add(signum)
  return set
}

function sigmask(how: number, mask: Value): Owned<Value> {
  const given = toSignalSet(mask)
  const old = newSignalSet(blockedSignals)
  if (how === 0) setBlocked(new Set([...blockedSignals, ...given]))
  else if (how === 1) setBlocked(new Set([...blockedSignals].filter((signum) => !given.has(signum))))
  else if (how === 2) setBlocked(given)
  else throw osError(EINVAL)
  checkSignals()
  return old
}

/** Waits until one of the signals has come; its number, or 0 when the time is over. */
function awaitSignal(set: ReadonlySet<number>, nanoseconds: bigint | null): number {
  const { clock, signals: machine } = platform()
  const end = nanoseconds === null ? null : clock.monotonic() + nanoseconds
  if (waitsAmongThreads()) {
    const come = () => {
      noteSignals()
      return waitingSignals().some((signum) => set.has(signum))
    }
    if (!waitUntil(come, end, sleepBriefly)) return 0
  }
  for (;;) {
    checkSignals()
    for (const signum of set) if (takeWaiting(signum)) return signum
    const left = end === null ? null : Number(end - clock.monotonic()) / 1e9
    if (left !== null && left <= 0) return 0
    machine.wait(left)
  }
}

function newSiginfo(signum: number): Owned<Value> {
  const { pid, users } = platform().processes
  return newStructSequence(siginfo(), [signum, 0, 0, pid, users?.uid ?? 0, 0, 0])
}

const seconds = (value: number): Owned<Value> => newFloat(value)

function itimerResult([left, interval]: readonly [number, number]): Owned<Value> {
  return newTuple([seconds(left), seconds(interval)])
}

/** Only the timer of real time can be had: the platform does not count the process's own time for signals. */
function checkTimer(which: number): void {
  if (which !== 0) throw newException(ItimerError, [EINVAL, 'Invalid argument'])
}

function setWakeup(fd: number, warn: boolean): Owned<Value> {
  if (thread.id !== MAIN_THREAD) throw valueError('set_wakeup_fd only works in main thread of the main interpreter')
  if (fd !== -1) {
    platform().fds.fstat(fd)
    if (platform().fds.getBlocking(fd)) throw valueError(`the fd ${fd} must be in non-blocking mode`)
  }
  const old = wakeup.fd
  wakeup.fd = fd
  wakeup.warnOnFullBuffer = warn
  return old
}

function raise(signum: number): void {
  if (signum !== 0 && (signum < 0 || signum >= NSIG)) throw osError(EINVAL)
  if (signum === 0) return
  if (!deliver(signum)) platform().signals.raise(signum)
  checkSignals()
}

/** The `_signal` module. */
export const signalModule = defineModule('_signal', () => {
  defineType(ItimerError, () => ({}))
  return {
    functions: {
      'signal(signalnum: int, handler, /)': setHandler,
      'getsignal(signalnum: int, /)': (signum) => {
        checkNumber(signum)
        return handlerOf(signum)
      },
      'raise_signal(signalnum: int, /)': raise,
      'strsignal(signalnum: int, /)': (signum) => {
        checkNumber(signum)
        const row = signals.find(([number]) => number === signum)
        if (row !== undefined) return newText(row[2])
        return isReserved(signum) ? none() : newText(`Real-time signal ${signum - 34}`)
      },
      'siginterrupt(signalnum: int, flag: int, /)': checkNumber,
      'pause()': () => {
        platform().signals.wait(null)
        checkSignals()
      },
      'alarm(seconds: int, /)': (count): Owned<Value> => Math.ceil(platform().signals.setTimer(count, 0)[0]),
      'setitimer(which: int, seconds, interval = 0.0, /)': (which, delay, interval) => {
        const [first, again] = [toDouble(delay), toDouble(interval)]
        checkTimer(which)
        if (first < 0 || again < 0) throw newException(ItimerError, [EINVAL, 'Invalid argument'])
        return itimerResult(platform().signals.setTimer(first, again))
      },
      'getitimer(which: int, /)': (which) => {
        checkTimer(which)
        return itimerResult(platform().signals.getTimer())
      },
      'pthread_kill(thread_id: index, signalnum: int, /)': (_id, signum) => {
        if (signum < 0 || signum >= NSIG) throw osError(EINVAL)
        raise(signum)
      },
      'pthread_sigmask(how: int, mask, /)': sigmask,
      'sigpending()': () => {
        checkSignals()
        return newSignalSet(waitingSignals())
      },
      'sigwait(sigset, /)': (set): Owned<Value> => awaitSignal(toSignalSet(set), null),
      'sigwaitinfo(sigset, /)': (set) => newSiginfo(awaitSignal(toSignalSet(set), null)),
      'sigtimedwait(sigset, timeout, /)': (set, timeout) => {
        const length = toTimeout(timeout)
        if (length < 0n) throw valueError('timeout must be non-negative')
        const signum = awaitSignal(toSignalSet(set), length)
        return signum === 0 ? none() : newSiginfo(signum)
      },
      'valid_signals()': () =>
        newSignalSet(Array.from({ length: NSIG - 1 }, (_, i) => i + 1).filter((signum) => !isReserved(signum))),
    },
    rawFunctions: {
      'set_wakeup_fd(fd, *, warn_on_full_buffer=True)': (args, kwnames) => {
        const count = args.length - (kwnames?.length ?? 0)
        if (count !== 1) throw typeError(`set_wakeup_fd() takes exactly 1 positional argument (${count} given)`)
        if (kwnames !== null && kwnames[0] !== 'warn_on_full_buffer') {
          throw typeError(`'${String(kwnames[0])}' is an invalid keyword argument for set_wakeup_fd()`)
        }
        const fd = toIndex(args[0]!)
        if (fd > 0x7fffffff || fd < -0x80000000) throw overflowError('Python int too large to convert to C int')
        return setWakeup(Number(fd), kwnames === null || args[1] !== false)
      },
    },
    attributes: {
      ...Object.fromEntries(signals.map(([number, name]) => [name, number])),
      ...otherNames,
      NSIG,
      SIG_DFL,
      SIG_IGN,
      SIG_BLOCK: 0,
      SIG_UNBLOCK: 1,
      SIG_SETMASK: 2,
      ITIMER_REAL: 0,
      ITIMER_VIRTUAL: 1,
      ITIMER_PROF: 2,
      ItimerError,
      default_int_handler: interruptHandler,
    },
    setup: ({ data }: PyDict) => {
      data.set('struct_siginfo', keep<Value>(siginfo()))
    },
  }
})
