import { MessageChannel, SHARE_ENV, Worker, type WorkerOptions } from 'node:worker_threads'
import { MainThread } from './main_thread.ts'
import type { PythonThreadData } from './thread_data.ts'
import { RunningFlags, startWithRoom } from './v8_flags.ts'

/** The JavaScript stack of Python's thread: builtins that call back into Python nest on it. */
const STACK_MB = 64

/** Room for short-lived objects: most of what a program makes dies before it is ever moved. */
const YOUNG_GENERATION_MB = 64

/** The most memory that objects may take: as much as 64-bit V8 can give. */
const OLD_GENERATION_MB = 8192

/**
 * Starts Python on a thread of its own, whose entry is the script of that name in the directory `home`; this thread serves
 * it until it asks to end the process.
 */
export function startPythonThread(script: string, home: string, argv: readonly string[]): void {
  const { port1, port2 } = new MessageChannel()
  const running = new RunningFlags()
  const data: PythonThreadData = { port: port2, argv, home, runningFlags: running.shared }
  const options: WorkerOptions = {
    workerData: data,
    transferList: [port2],
    env: SHARE_ENV,
    // Python writes to the descriptors itself: the streams that Node would set up for it here take time.
    stdout: true,
    stderr: true,
    resourceLimits: {
      stackSizeMb: STACK_MB,
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      maxOldGenerationSizeMb: OLD_GENERATION_MB,
    },
  }
  const worker = startWithRoom(() => new Worker(`${home}/${script}`, options))
  worker.on('error', (error: Error) => {
    const { code } = error as NodeJS.ErrnoException
    const full = code === 'ERR_WORKER_OUT_OF_MEMORY'
    const text = full ? 'MemoryError: the JavaScript heap is full' : (error.stack ?? String(error))
    process.stderr.write(`taipan: internal error: ${text}\n`)
    process.exitCode = 1
  })
  port1.once('message', ({ words }: { words: Int32Array }) => new MainThread(port1, words, () => running.set()))
}
