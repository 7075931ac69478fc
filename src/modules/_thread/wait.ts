import { asFloat, asInt } from '../../objects/access.ts'
import { overflowError, typeError, valueError } from '../../objects/errors.ts'
import type { Value } from '../../objects/object.ts'
import { typeOf } from '../../objects/types.ts'
import { platform } from '../../vm/platform.ts'
import { waitUntil } from '../../vm/threads.ts'

/** `_thread.TIMEOUT_MAX`, in seconds. */
export const TIMEOUT_MAX = 9223372036

/** The `blocking` and `timeout` of `acquire`: how long to wait in nanoseconds, `null` for ever (`lock_acquire_parse_args`). */
export function acquireTimeout(blocking: boolean, timeout: Value | undefined): bigint | null {
  const seconds = timeout === undefined ? -1 : (asFloat(timeout) ?? Number(asInt(timeout) ?? Number.NaN))
  if (timeout !== undefined && asFloat(timeout) === undefined && asInt(timeout) === undefined) {
    throw typeError(`'${typeOf(timeout).name}' object cannot be interpreted as an integer`)
  }
  if (Number.isNaN(seconds)) throw valueError('Invalid value NaN (not a number)')
  if (!blocking && seconds !== -1) throw valueError("can't specify a timeout for a non-blocking call")
  if (seconds < 0 && seconds !== -1) throw valueError('timeout value must be a non-negative number')
  if (!blocking) return 0n
  if (seconds === -1) return null
  if (seconds > 9.3e9) throw overflowError('timestamp out of range for platform time_t')
  if (seconds > TIMEOUT_MAX) throw overflowError('timeout value is too large')
  return BigInt(Math.ceil(seconds * 1e9))
}

/** Waits until `ready` holds, at most for this long (`null`: for ever); whether it does. */
export function waitFor(ready: () => boolean, timeout: bigint | null): boolean {
  if (timeout === 0n) return ready()
  return waitUntil(ready, timeout === null ? null : platform().clock.monotonic() + timeout)
}
