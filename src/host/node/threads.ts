import { setFlagsFromString } from 'node:v8'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

/** Room for short-lived objects, for all threads together, and the least that one gets: it is taken at once. */
const YOUNG_GENERATION_MB = 192
const YOUNG_GENERATION_MIN_MB = 48

/** V8's young generation is three of the semispaces that its flag speaks of. */
const SEMISPACES = 3

/** How threads that compile are set up. */
export interface ThreadSettings {
  readonly resourceLimits: { readonly maxYoungGenerationSizeMb: number }
  /** Flags of V8, for the whole process. */
  readonly flags: readonly string[]
}

/**
 * The settings for so many threads. The young generation has its full size from the start, so that what one file needs
 * dies before it is ever moved. And functions are inlined into each other less: the compiler's work is spread over so
 * many of them that V8's optimiser is busy for seconds, and so it is done much sooner (a sixth less time for CPython's
 * library from cold, for a few per cent more once all is optimised).
 */
export function threadSettings(threads: number): ThreadSettings {
  const size = Math.max(YOUNG_GENERATION_MIN_MB, Math.floor(YOUNG_GENERATION_MB / threads))
  return {
    resourceLimits: { maxYoungGenerationSizeMb: size },
    flags: [`--min-semi-space-size=${Math.floor(size / SEMISPACES)}`, '--max-inlined-bytecode-size-cumulative=250'],
  }
}

function setFlags(flags: readonly string[]): void {
  try {
    for (const flag of flags) setFlagsFromString(flag)
  } catch {
    // Runtimes with another engine have the function, but not the flags.
  }
}

/**
 * Jobs go to a thread and results come back by the batch: to wake a thread that sleeps can cost as much as compiling a
 * small file. A batch is at most this long, and short enough that every thread gets several.
 */
const BATCH_MAX = 16
const BATCHES_PER_THREAD = 8

/** Batches that lie ready at a thread, so that it never waits while this one is held up by a slow disk. */
const BATCHES_AHEAD = 8

/** Jobs that stand one after the other in the list of all, or their results. */
interface Batch<T> {
  readonly first: number
  readonly items: readonly T[]
}

/** See `Host.parallel`. */
export async function parallel<J, R>(
  jobs: readonly J[],
  threads: number,
  onResult: (result: R, index: number) => void,
): Promise<void> {
  const results = new Map<number, readonly R[]>()
  const size = Math.max(1, Math.min(BATCH_MAX, Math.floor(jobs.length / (threads * BATCHES_PER_THREAD))))
  let next = 0
  let reported = 0
  const give = (worker: Worker) => {
    if (next >= jobs.length) return
    const batch: Batch<J> = { first: next, items: jobs.slice(next, next + size) }
    next += size
    worker.postMessage(batch)
  }
  const { resourceLimits, flags } = threadSettings(threads)
  setFlags(flags)
  const workers = Array.from(
    { length: Math.min(threads, jobs.length) },
    () => new Worker(process.argv[1]!, { resourceLimits }),
  )
  try {
    await new Promise<void>((resolve, reject) => {
      for (const worker of workers) {
        worker.on('error', reject)
        worker.on('message', ({ first, items }: Batch<R>) => {
          give(worker)
          results.set(first, items)
          for (let batch = results.get(reported); batch !== undefined; batch = results.get(reported)) {
            results.delete(reported)
            for (const result of batch) onResult(result, reported++)
          }
          if (reported === jobs.length) resolve()
        })
        for (let i = 0; i < BATCHES_AHEAD; i++) give(worker)
      }
    })
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** See `Host.serve`. */
export function serve<J, R>(handler: (job: J) => R): boolean {
  if (isMainThread || parentPort === null) return false
  const port = parentPort
  port.on('message', ({ first, items }: Batch<J>) => {
    const answer: Batch<R> = { first, items: items.map(handler) }
    port.postMessage(answer)
  })
  return true
}
