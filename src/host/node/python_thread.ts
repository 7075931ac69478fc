import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { MessageChannel, SHARE_ENV, Worker } from 'node:worker_threads'
import type { PythonThreadData } from './thread_data.ts'

/** The JavaScript stack of Python's thread: builtins that call back into Python nest on it. */
const STACK_MB = 64

/** Room for short-lived objects: most of what a program makes dies before it is ever moved. */
const YOUNG_GENERATION_MB = 64

/** Room for them from the start, so that it does not grow by collections first. */
const FIRST_SEMI_SPACE_MB = 16

/** The most memory that objects may take: as much as 64-bit V8 can give. */
const OLD_GENERATION_MB = 8192

/**
 * How much a function runs before V8 optimises it: three times its default. Short programs, and the imports of all, are half
 * the time without what is optimised too early, and thrown away again; long ones hardly notice.
 */
const INTERRUPT_BUDGET = 200_000

/** What the code of Python's thread is compiled with: a cache of it is good for the same flags only. */
function setPythonFlags(): void {
  setFlagsFromString(`--min-semi-space-size=${FIRST_SEMI_SPACE_MB}`)
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`)
  // The loop goes over to compiled code by being entered anew (`POLL_REENTER`): V8 need not compile it twice, and what it
  // compiles for a frame under way knows less of the values in it.
  setFlagsFromString('--no-use-osr')
}

/**
 * Starts Python on a thread of its own, whose entry is the file `script` beside the one at the URL `base`; this thread
 * serves it until it asks to end the process.
 */
export async function startPythonThread(script: string, base: string, argv: readonly string[]): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  const home = fileURLToPath(new URL('.', base)).replace(/\/$/, '')
  const data: PythonThreadData = { port: port2, argv, home }
  setPythonFlags()
  const worker = new Worker(new URL(script, base), {
    workerData: data,
    transferList: [port2],
    env: SHARE_ENV,
    resourceLimits: {
      stackSizeMb: STACK_MB,
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      maxOldGenerationSizeMb: OLD_GENERATION_MB,
    },
  })
  worker.on('error', (error: Error) => {
    const { code } = error as NodeJS.ErrnoException
    const full = code === 'ERR_WORKER_OUT_OF_MEMORY'
    const text = full ? 'MemoryError: the JavaScript heap is full' : (error.stack ?? String(error))
    process.stderr.write(`taipan: internal error: ${text}\n`)
    process.exitCode = 1
  })
  // What serves the thread is loaded while that starts; its messages wait.
  const { MainThread } = await import('./main_thread.ts')
  port1.once('message', ({ words }: { words: Int32Array }) => new MainThread(port1, words))
}
