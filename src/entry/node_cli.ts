#!/usr/bin/env node
import { startPythonThread } from '../host/node/python_thread.ts'
import { isFirstThread } from '../host/node/thread_data.ts'

/** Commands of Taipan's own, which run no Python; on other threads they compile. */
const tools = ['--explain', '--compile', '--json']

const [, command, ...args] = process.argv
const first = args[0]?.split('=', 1)[0] ?? ''

if (!isFirstThread || tools.includes(first) || args.some((arg) => arg.startsWith('--explain'))) {
  const { nodeHost } = await import('../host/node/host.ts')
  const { run } = await import('./cli/main.ts')
  await run(nodeHost)
} else {
  startPythonThread('python_thread.cjs', import.meta.dirname, [command!, ...args])
}
