import type { Owned } from '../memory/header.ts'
import type { PyException } from './exception_types.ts'
import type { PyObject, Value } from './object.ts'

/** One level of "the exception being handled": a thread has one, each generator another (CPython's `_PyErr_StackItem`). */
export interface ExcItem {
  value: Owned<PyException> | null
  previous: ExcItem | null
}

/** What belongs to one Python thread and is needed below the virtual machine. */
export interface ThreadState {
  id: number
  /** Nested calls, Python's and recursive ones of builtins, and their limit. */
  depth: number
  handled: ExcItem
  /** The value of a generator that has returned, from `am_send` to its caller. */
  returned: Owned<Value> | undefined
  /** Containers whose `repr` is under way. */
  readonly repring: Set<object>
  /** The current context of `contextvars`; `null` before it is needed. */
  context: Owned<PyObject> | null
  /** `sys.settrace` and `sys.setprofile`. */
  trace: Owned<Value> | null
  profile: Owned<Value> | null
  /** Trace functions that run now: what they do is not traced; and the event that the innermost one was called for. */
  tracing: number
  tracingWhat: number
  /** Locks to release when the thread ends (`_thread._set_sentinel`), each owned. */
  readonly sentinels: Owned<Value>[]
}

/** A new thread's state. */
export function newThreadState(id: number): ThreadState {
  return {
    id,
    depth: 0,
    handled: { value: null, previous: null },
    returned: undefined,
    repring: new Set(),
    trace: null,
    profile: null,
    tracing: 0,
    tracingWhat: 0,
    context: null,
    sentinels: [],
  }
}

/** The running thread. */
export let thread: ThreadState = newThreadState(1)

/** Makes another thread the running one. */
export function switchThread(next: ThreadState): void {
  thread = next
}

/** `sys.getrecursionlimit()`. */
export const recursion = { limit: 1000 }

/** The exception being handled, borrowed: the innermost level that has one. */
export function handledException(): PyException | null {
  for (let item: ExcItem | null = thread.handled; item !== null; item = item.previous) {
    if (item.value !== null) return item.value
  }
  return null
}
