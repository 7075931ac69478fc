/** What Python's thread begins with: the virtual machine, compiled already where V8 has kept its code. */
import { runScript } from '../host/node/cached_script.ts'
import { pythonThreadData } from '../host/node/thread_data.ts'
import { RunningFlags, setStartingFlags } from '../host/node/v8_flags.ts'

setStartingFlags()
runScript(`${pythonThreadData.home}/python.cjs`, new RunningFlags(pythonThreadData.runningFlags))
