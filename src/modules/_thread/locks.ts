import type { Owned, WeakReferences } from '../../memory/header.ts'
import { defineType, tpNew } from '../../objects/define.ts'
import { runtimeError } from '../../objects/errors.ts'
import { newInstance } from '../../objects/instance.ts'
import { newTuple } from '../../objects/make.ts'
import {
  newObject,
  type PyObject,
  type PyTuple,
  type PyType,
  TPFLAGS_BASETYPE,
  TPFLAGS_DISALLOW_INSTANTIATION,
  type Value,
} from '../../objects/object.ts'
import { address } from '../../objects/object_object.ts'
import { thread } from '../../objects/thread.ts'
import { builtinType } from '../../objects/types.ts'
import { acquireTimeout, waitFor } from './wait.ts'

/** The `data` of a lock. */
interface LockData {
  locked: boolean
  weakrefs: WeakReferences | null
}

export type PyLock = PyObject<LockData>

interface RLockData {
  owner: number
  count: number
  weakrefs: WeakReferences | null
}

type PyRLock = PyObject<RLockData>

export const lockType = builtinType<PyLock>('_thread.lock', TPFLAGS_DISALLOW_INSTANTIATION)
export const rlockType = builtinType<PyRLock>('_thread.RLock', TPFLAGS_BASETYPE)

/** A new lock that nobody holds. */
export function newLock(): Owned<PyLock> {
  return newObject<LockData>(lockType, { locked: false, weakrefs: null })
}

function acquire({ data }: PyLock, blocking: boolean, timeout: Value | undefined): Owned<Value> {
  const limit = acquireTimeout(blocking, timeout)
  if (!waitFor(() => !data.locked, limit)) return false
  data.locked = true
  return true
}

/** Gives up a lock. */
function releaseLock({ data }: PyLock): void {
  if (!data.locked) throw runtimeError('release unlocked lock')
  data.locked = false
}

const state = (locked: boolean) => (locked ? 'locked' : 'unlocked')

function acquireRLock({ data }: PyRLock, blocking: boolean, timeout: Value | undefined): Owned<Value> {
  const limit = acquireTimeout(blocking, timeout)
  const me = thread.id
  if (data.count > 0 && data.owner === me) {
    data.count++
    return true
  }
  if (!waitFor(() => data.count === 0, limit)) return false
  data.owner = me
  data.count = 1
  return true
}

function releaseRLock({ data }: PyRLock): void {
  if (data.count === 0 || data.owner !== thread.id) throw runtimeError('cannot release un-acquired lock')
  if (--data.count === 0) data.owner = 0
}

/** Gives the types of locks their behaviour. */
export function defineLockTypes(): void {
  defineType(lockType, () => ({
    slots: {
      tp_repr: (self): Owned<Value> => `<${state(self.data.locked)} _thread.lock object at ${address(self)}>`,
      tp_weakrefs: ({ data }) => data,
    },
    methods: {
      'acquire(blocking: bool = True, timeout = NULL)': acquire,
      'acquire_lock(blocking: bool = True, timeout = NULL)': acquire,
      'release()': releaseLock,
      'release_lock()': releaseLock,
      'locked()': ({ data }): Owned<Value> => data.locked,
      'locked_lock()': ({ data }): Owned<Value> => data.locked,
      '__enter__()': (self) => acquire(self, true, undefined),
      '__exit__(*args)': (self) => releaseLock(self),
      '_at_fork_reinit()': ({ data }) => {
        data.locked = false
      },
    },
  }))
  defineType(rlockType, () => ({
    slots: {
      tp_new: tpNew('RLock(*args, **kwargs)', (type: PyType) => {
        const data: RLockData = { owner: 0, count: 0, weakrefs: null }
        return type === rlockType ? newObject(rlockType, data) : newInstance(type, data)
      }),
      tp_repr: (self): Owned<Value> => {
        const { count, owner } = self.data
        const name = self.type === rlockType ? '_thread.RLock' : self.type.name
        return `<${state(count > 0)} ${name} object owner=${owner} count=${count} at ${address(self)}>`
      },
      tp_weakrefs: ({ data }) => data,
    },
    methods: {
      'acquire(blocking: bool = True, timeout = NULL)': acquireRLock,
      'release()': releaseRLock,
      '__enter__()': (self) => acquireRLock(self, true, undefined),
      '__exit__(*args)': (self) => releaseRLock(self),
      '_is_owned()': ({ data }): Owned<Value> => data.count > 0 && data.owner === thread.id,
      '_recursion_count()': ({ data }): Owned<Value> => (data.owner === thread.id ? data.count : 0),
      '_release_save()': ({ data }) => {
        if (data.count === 0) throw runtimeError('cannot release un-acquired lock')
        const saved = newTuple([data.count, data.owner])
        data.count = 0
        data.owner = 0
        return saved
      },
      '_acquire_restore(state, /)': ({ data }, saved) => {
        waitFor(() => data.count === 0, null)
        const [count, owner] = (saved as PyTuple).data as readonly number[]
        data.count = count!
        data.owner = owner!
      },
      '_at_fork_reinit()': ({ data }) => {
        data.count = 0
        data.owner = 0
      },
    },
  }))
}
