/** The thread that runs Python: the main thread starts it and serves it. */
import { ThreadBridge } from '../host/node/bridge.ts'
import { nodePlatform } from '../host/node/machine.ts'
import { pythonThreadData } from '../host/node/thread_data.ts'
import { pollWords } from '../memory/state.ts'
import { installPlatform } from '../vm/platform.ts'
import { runPython } from './python/run.ts'

/** What `runScript` gives the bundle to call at its end. */
declare const TAIPAN_DONE: (() => void) | undefined

const { port, argv, home } = pythonThreadData
port.postMessage({ words: pollWords })
const bridge = new ThreadBridge(port, pollWords)
installPlatform(nodePlatform(bridge, argv))
const status = runPython(home, argv)
if (typeof TAIPAN_DONE !== 'undefined') TAIPAN_DONE()
bridge.call('exit', status)
