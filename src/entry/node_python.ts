/** The thread that runs Python: the main thread starts it and serves it. */
import { ThreadBridge } from '../host/node/bridge.ts'
import { nodePlatform } from '../host/node/machine.ts'
import { pythonThreadData } from '../host/node/python_thread.ts'
import { pollWords } from '../memory/state.ts'
import { installPlatform } from '../vm/platform.ts'
import { runPython } from './python/run.ts'

const { port, argv, home } = pythonThreadData
port.postMessage({ words: pollWords })
const bridge = new ThreadBridge(port, pollWords)
installPlatform(nodePlatform(bridge, argv))
bridge.call('exit', runPython(home, argv))
