#!/usr/bin/env node
import { startPythonThread } from '../host/node/python_thread.ts'
import { isFirstThread } from '../host/node/thread_data.ts'

/** Set by the build to the place of the tools beside this script. */
declare const TAIPAN_TOOLS: string | undefined

const toolsModule = typeof TAIPAN_TOOLS === 'undefined' ? './node_tools.ts' : TAIPAN_TOOLS

/** Commands of Taipan's own, which run no Python; on other threads they compile. */
const tools = ['--explain', '--compile', '--json']

const [, command, ...args] = process.argv
const first = args[0]?.split('=', 1)[0] ?? ''

if (!isFirstThread || tools.includes(first) || args.some((arg) => arg.startsWith('--explain'))) {
  void import(toolsModule)
} else {
  startPythonThread('python_thread.cjs', import.meta.dirname, [command!, ...args])
}
