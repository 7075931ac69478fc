import { isMainThread, type MessagePort, workerData } from 'node:worker_threads'

/** What the thread that runs Python is given. */
export interface PythonThreadData {
  readonly port: MessagePort
  /** The command's path and its arguments. */
  readonly argv: readonly string[]
  /** The directory of the package. */
  readonly home: string
  /** The memory of `RunningFlags`. */
  readonly runningFlags: Int32Array<SharedArrayBuffer>
}

/** Whether this is the thread that the process began with. */
export const isFirstThread = isMainThread

/** On Python's thread: what it was given. */
export const pythonThreadData = workerData as PythonThreadData
