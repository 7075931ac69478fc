import { runLoop } from './loop.generated.ts'
import { runTraced } from './loop_traced.generated.ts'
import { loops, selectLoop } from './tracing.ts'

/** Gives the machine its loops. */
export function installLoops(): void {
  loops.plain = runLoop
  loops.traced = runTraced
  selectLoop()
}
