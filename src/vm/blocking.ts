import { EINTR } from './errno.ts'
import { type PollRequest, platform, SystemFault } from './platform.ts'
import { checkSignals } from './signals.ts'
import { waitsAmongThreads, waitUntil } from './threads.ts'

const MILLISECOND = 1000000n

/**
 * Waits until something happens on one of the descriptors, at most for so many nanoseconds (`null`: for ever); how many
 * have something. Signals are handled and other threads run meanwhile. To be called before anything else is done: with
 * threads, the instruction that led here may be run again.
 */
export function awaitEvents(requests: readonly PollRequest[], timeout: bigint | null): number {
  const { fds, clock } = platform()
  if (timeout === 0n) return fds.poll(requests, 0)
  let ready = 0
  const deadline = timeout === null ? null : clock.monotonic() + timeout
  if (waitsAmongThreads()) {
    const happened = () => {
      ready = fds.poll(requests, 0)
      return ready > 0
    }
    waitUntil(happened, deadline, (nanoseconds) => pollBriefly(requests, nanoseconds))
    return ready
  }
  ready = fds.poll(requests, 0)
  if (ready > 0) return ready
  for (;;) {
    const left = deadline === null ? null : deadline - clock.monotonic()
    if (left !== null && left <= 0n) return fds.poll(requests, 0)
    ready = pollOnce(requests, left)
    if (ready > 0) return ready
  }
}

/** Sleeps until something happens, the time is over, or a signal comes. */
function pollBriefly(requests: readonly PollRequest[], timeout: bigint): void {
  try {
    platform().fds.poll(requests, Number(timeout) / Number(MILLISECOND))
  } catch (error) {
    if (!(error instanceof SystemFault) || error.errno !== EINTR) throw error
  }
}

function pollOnce(requests: readonly PollRequest[], timeout: bigint | null): number {
  try {
    return platform().fds.poll(requests, timeout === null ? null : Number(timeout) / Number(MILLISECOND))
  } catch (error) {
    if (!(error instanceof SystemFault) || error.errno !== EINTR) throw error
    checkSignals()
    return 0
  }
}

/** Lets other threads run until a descriptor is ready; without threads the call that follows waits itself. */
export function yieldUntil(fd: number, events: number): void {
  if (!waitsAmongThreads()) return
  const { fds } = platform()
  if (fds.getBlocking(fd)) awaitEvents([{ fd, events, revents: 0 }], null)
}
