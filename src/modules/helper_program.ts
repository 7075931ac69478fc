import { platform } from '../vm/platform.ts'
import { interruptible } from '../vm/signals.ts'
import { readAll } from '../vm/system.ts'

/** What a helper program left: its exit status and what it wrote. */
export interface HelperResult {
  readonly status: number
  readonly output: string
}

/**
 * Runs a program of the system that makes a call which JavaScript has no way to make, on a descriptor of ours: the
 * program has it under the number `as`. Signals are handled while it runs. Throws SystemFault where it cannot be started.
 */
export function runHelper(args: readonly string[], fd: number, as: number): HelperResult {
  const { fds, processes } = platform()
  const [read, write] = fds.pipe(0)
  let pid: number
  try {
    pid = processes.spawn({
      args,
      executables: [`/usr/bin/${args[0]}`, `/bin/${args[0]}`],
      env: null,
      cwd: null,
      fds: new Map([
        [as, fd],
        [1, write],
      ]),
      newSession: false,
      uid: null,
      gid: null,
    })
  } catch (error) {
    fds.close(read)
    throw error
  } finally {
    fds.close(write)
  }
  try {
    const output = new TextDecoder().decode(readAll(read))
    const [, status] = interruptible((machine) => machine.processes.wait(pid, true))!
    return { status: status >> 8, output }
  } finally {
    fds.close(read)
  }
}
