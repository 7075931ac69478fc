import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { POLL_SIGNAL, poll } from '../../memory/state.ts'
import { asStr } from '../../objects/access.ts'
import { defineModule } from '../../objects/define_module.ts'
import { newException, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_RuntimeError, PyExc_SystemExit } from '../../objects/exception_types.ts'
import { newFloat } from '../../objects/make.ts'
import {
  type PyDict,
  type PyTuple,
  type PyType,
  TPFLAGS_DICT_SUBCLASS,
  TPFLAGS_TUPLE_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { field, type PyStructSequence, structSequenceType } from '../../objects/struct_sequence.ts'
import { thread } from '../../objects/thread.ts'
import { isSubtype, typeOf } from '../../objects/types.ts'

import { deliver } from '../../vm/signals.ts'
import { startThread, threadCount } from '../../vm/threads.ts'
import { reportThreadException } from './excepthook.ts'
import { defineLocalType, localType } from './local.ts'
import { defineLockTypes, lockType, newLock, rlockType } from './locks.ts'
import { TIMEOUT_MAX } from './wait.ts'

/** Smallest stack of a thread that `stack_size` accepts. */
const STACK_MIN = 32768

function start(func: Value, args: Value, kwargs: Value | undefined): Owned<Value> {
  if (typeOf(func).tp_call === undefined) throw typeError('first arg must be callable')
  if (typeof args !== 'object' || (args.type.flags & TPFLAGS_TUPLE_SUBCLASS) === 0) {
    throw typeError('2nd arg must be a tuple')
  }
  const all = [...(args as PyTuple).data] as Value[]
  const names: Value[] = []
  if (kwargs !== undefined) {
    if (typeof kwargs !== 'object' || (kwargs.type.flags & TPFLAGS_DICT_SUBCLASS) === 0) {
      throw typeError('optional 3rd arg must be a dictionary')
    }
    const { data } = kwargs as PyDict
    for (let i = data.next(0); i >= 0; i = data.next(i + 1)) {
      if (asStr(data.keys[i]!) === undefined) throw typeError('keywords must be strings')
      names.push(keep<Value>(data.keys[i]!))
      all.push(data.values[i]!)
    }
  }
  return startThread(func, all, names.length > 0 ? names : null)
}

let stackSize = 0

/** The module `_thread`: threads over heap frames (`vm/threads.ts`). */
export const threadModule = defineModule('_thread', () => {
  defineLockTypes()
  defineLocalType()
  const hookArgs: PyType = structSequenceType({
    name: '_thread._ExceptHookArgs',
    fields: ['exc_type', 'exc_value', 'exc_traceback', 'thread'],
  })
  const exit = (): never => {
    throw newException(PyExc_SystemExit, [])
  }
  const ident = (): Owned<Value> => thread.id
  return {
    functions: {
      'start_new_thread(function, args, kwargs = NULL, /)': start,
      'start_new(function, args, kwargs = NULL, /)': start,
      'allocate_lock()': newLock,
      'allocate()': newLock,
      'exit()': exit,
      'exit_thread()': exit,
      'get_ident()': ident,
      'get_native_id()': ident,
      '_count()': (): Owned<Value> => threadCount(),
      'interrupt_main(signum: int = 2, /)': (signum) => {
        if (signum <= 0 || signum >= 65) throw valueError('signal number out of range')
        if (deliver(signum)) poll.requests |= POLL_SIGNAL
      },
      'stack_size(size: ssize = 0, /)': (size): Owned<Value> => {
        if (size < 0) throw valueError('size must be 0 or a positive value')
        if (size !== 0 && size < STACK_MIN) throw valueError(`size not valid: ${size} bytes`)
        const old = stackSize
        stackSize = size
        return old
      },
      '_set_sentinel()': () => {
        const lock = newLock()
        thread.sentinels.push(keep(lock))
        return lock
      },
      '_excepthook(args, /)': (args) => {
        if (!isSubtype(typeOf(args), hookArgs))
          throw typeError('_thread.excepthook argument type must be ExceptHookArgs')
        const [type, value, traceback, owner] = [0, 1, 2, 3].map((at) => field(args as PyStructSequence, at))
        if (type !== PyExc_SystemExit) reportThreadException(value!, traceback!, owner!)
      },
    },
    attributes: {
      LockType: lockType,
      RLock: rlockType,
      _local: localType,
      _ExceptHookArgs: hookArgs,
      error: PyExc_RuntimeError,
      TIMEOUT_MAX: newFloat(TIMEOUT_MAX),
    },
  }
})
