import { collectDue } from '../memory/gc.ts'
import { builtinPolls, POLL_GC, POLL_LIMIT, POLL_REENTER, POLL_SIGNAL, poll } from '../memory/state.ts'
import { type Frame, machine } from './frame.ts'

/** What serves the bits of `poll.requests`; true where another loop must go on. They may throw Python exceptions. */
export const pollServers: { readonly bit: number; serve: (frame: Frame) => boolean }[] = [
  {
    bit: POLL_GC,
    serve: () => {
      collectDue()
      return false
    },
  },
]

/** Whether requests wait: what runs shall not be interrupted. */
export const polling = { held: false }

/** Serves all requests; true where the loop must give way to another one (`run`). */
export function servePolls(frame: Frame): boolean {
  if (polling.held) return false
  let leave = false
  const reenter = (poll.requests & POLL_REENTER) !== 0
  if (reenter) poll.requests &= ~POLL_REENTER
  for (const server of pollServers) {
    if ((poll.requests & server.bit) === 0) continue
    poll.requests &= ~server.bit
    if (server.serve(frame)) leave = true
  }
  machine.reentered = reenter && !leave
  return leave || reenter
}

/** What a builtin that runs for long serves now and then: signals and limits, which end it by an exception. */
export function servePollsInBuiltin(): void {
  if (polling.held) return
  const { frame } = machine
  if ((poll.requests & (POLL_SIGNAL | POLL_LIMIT)) === 0 || frame === null) return
  for (const server of pollServers) {
    if ((server.bit & (POLL_SIGNAL | POLL_LIMIT)) === 0 || (poll.requests & server.bit) === 0) continue
    poll.requests &= ~server.bit
    server.serve(frame)
  }
}

builtinPolls.serve = servePollsInBuiltin
