import { fileURLToPath } from 'node:url'
import { isMainThread, MessageChannel, type MessagePort, SHARE_ENV, Worker, workerData } from 'node:worker_threads'
import { MainThread } from './main_thread.ts'

/** What the thread that runs Python is given. */
export interface PythonThreadData {
  readonly port: MessagePort
  /** The command's path and its arguments. */
  readonly argv: readonly string[]
  /** The directory of the package. */
  readonly home: string
}

/** The JavaScript stack of Python's thread: builtins that call back into Python nest on it. */
const STACK_MB = 64

/** Room for short-lived objects: most of what a program makes dies before it is ever moved. */
const YOUNG_GENERATION_MB = 64

/** Whether this is the thread that the process began with. */
export const isFirstThread = isMainThread

/** On Python's thread: what it was given. */
export const pythonThreadData = workerData as PythonThreadData

/**
 * Starts Python on a thread of its own, whose entry is the file `script` beside the one at the URL `base`; this thread
 * serves it until it asks to end the process.
 */
export function startPythonThread(script: string, base: string, argv: readonly string[]): void {
  const { port1, port2 } = new MessageChannel()
  const home = fileURLToPath(new URL('.', base)).replace(/\/$/, '')
  const data: PythonThreadData = { port: port2, argv, home }
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
  port1.once('message', ({ words }: { words: Int32Array }) => new MainThread(port1, words))
  worker.on('error', (error: Error) => {
    const code = (error as NodeJS.ErrnoException).code
    const text =
      code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'MemoryError: the JavaScript heap is full' : (error.stack ?? String(error))
    process.stderr.write(`taipan: internal error: ${text}\n`)
    process.exitCode = 1
  })
}

/** The most memory that objects may take: as much as 64-bit V8 can give. */
const OLD_GENERATION_MB = 8192
