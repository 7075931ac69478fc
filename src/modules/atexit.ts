import { drop, keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { defineModule } from '../objects/define_module.ts'
import { typeError } from '../objects/errors.ts'
import { type KeywordNames, Py_EQ, type Value } from '../objects/object.ts'
import { call, richCompareBool } from '../objects/protocols.ts'
import { typeOf } from '../objects/types.ts'
import { unraisable } from '../objects/unraisable.ts'

/** A function to be called at the end; it owns what it holds. */
interface Callback {
  readonly func: Owned<Value>
  readonly args: readonly Owned<Value>[]
  readonly kwnames: KeywordNames
}

/** In the order in which they were registered; `null` for what was taken out. */
let callbacks: (Callback | null)[] = []

function release({ func, args }: Callback): void {
  drop(func)
  for (const arg of args) drop(arg)
}

function clear(): void {
  const old = callbacks
  callbacks = []
  for (const callback of old) if (callback !== null) release(callback)
}

/** Calls all functions, the last first; their exceptions are reported as unraisable (`_PyAtExit_Call`). */
export function runExitFunctions(): void {
  for (let i = callbacks.length - 1; i >= 0; i--) {
    const callback = callbacks[i]
    if (callback === null || callback === undefined) continue
    const func = keep<Value>(callback.func)
    try {
      drop(call(func, callback.args, callback.kwnames))
    } catch (error) {
      unraisable(error, func, 'in atexit callback')
    } finally {
      drop(func)
    }
  }
  clear()
}

/** The module `atexit`. */
export const atexitModule = defineModule('atexit', () => ({
  functions: {
    '_clear()': clear,
    '_ncallbacks()': () => callbacks.length,
    '_run_exitfuncs()': runExitFunctions,
    'unregister(func, /)': (func) => {
      for (let i = 0; i < callbacks.length; i++) {
        const callback = callbacks[i]
        if (callback === null || callback === undefined) continue
        if (!richCompareBool(callback.func, func, Py_EQ)) continue
        callbacks[i] = null
        release(callback)
      }
    },
  },
  rawFunctions: {
    'register(func, /, *args, **kwargs)': (args, kwnames): Owned<Value> => {
      const [func] = args
      if (func === undefined || args.length === (kwnames?.length ?? 0)) {
        throw typeError('register() takes at least 1 argument (0 given)')
      }
      if (typeOf(func).tp_call === undefined) throw typeError('the first argument must be callable')
      callbacks.push({ func: keep(func), args: args.slice(1).map((arg) => keep(arg)), kwnames })
      return keep(func)
    },
  },
}))
