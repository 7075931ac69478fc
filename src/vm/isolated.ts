import { keep } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { gcState, pollWords, WORD_IMPORTS } from '../memory/state.ts'
import type { Value } from '../objects/object.ts'
import { thread } from '../objects/thread.ts'
import { interpreter } from './interpreter.ts'
import { polling } from './polls.ts'

/** Gives the builtins their first meaning; gives back what the others meant, owned. */
function restoreBuiltins(): Map<Value, Owned<Value> | undefined> {
  const { data } = interpreter.builtins!
  const original = interpreter.original!
  const changed = new Map<Value, Owned<Value> | undefined>()
  for (let i = original.next(0); i >= 0; i = original.next(i + 1)) {
    const name = original.keys[i]!
    const now = data.get(name)
    if (now === original.values[i]) continue
    changed.set(name, now === undefined ? undefined : keep(now))
    data.set(name, keep(original.values[i]!))
  }
  return changed
}

/**
 * Runs code that could have run before while a program runs. The program neither sees it nor is disturbed: no
 * collection, no signal, no other thread, no limit on recursion but the machine's, the first builtins. To be used while
 * nothing traces.
 */
export function runIsolated(run: () => void): void {
  const { depth } = thread
  const { threshold, count } = gcState
  const { held } = polling
  const changed = restoreBuiltins()
  thread.depth = 0
  gcState.threshold = 0
  polling.held = true
  pollWords[WORD_IMPORTS]!++
  try {
    run()
  } finally {
    pollWords[WORD_IMPORTS]!--
    polling.held = held
    gcState.threshold = threshold
    gcState.count = count
    thread.depth = depth
    const { data } = interpreter.builtins!
    for (const [name, value] of changed) {
      if (value === undefined) data.delete(name)
      else data.set(name, value)
    }
  }
}
