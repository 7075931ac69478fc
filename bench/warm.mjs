/**
 * Compiles all files of a list, once for each line on standard input, and answers each with the seconds it took.
 * With limits (JSON) as a third argument it compiles on a worker thread that has them, else where the program started.
 */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

async function loadCompiler([library, list]) {
  const { compile, marshal } = await import(library)
  const files = readFileSync(list, 'utf8')
    .split('\n')
    .map((path) => [path, readFileSync(path)])
  return () => {
    const start = process.hrtime.bigint()
    for (const [path, source] of files) {
      try {
        marshal.dumps(compile(source, { filename: path }))
      } catch (error) {
        if (error.type === undefined) throw error
      }
    }
    return Number(process.hrtime.bigint() - start) / 1e9
  }
}

async function onThread(args, resourceLimits) {
  const worker = new Worker(new URL(import.meta.url), { workerData: args, resourceLimits })
  worker.on('message', (seconds) => console.log(seconds))
  for await (const _ of createInterface({ input: process.stdin })) worker.postMessage(null)
  await worker.terminate()
}

const [library, list, limits] = process.argv.slice(2)
if (!isMainThread) {
  const pass = await loadCompiler(workerData)
  parentPort.on('message', () => parentPort.postMessage(pass()))
} else if (limits !== undefined) {
  await onThread([library, list], JSON.parse(limits))
} else {
  const pass = await loadCompiler([library, list])
  for await (const _ of createInterface({ input: process.stdin })) console.log(pass())
}
