/** The commands that run no Python. */
import { nodeHost } from '../host/node/host.ts'
import { run } from './cli/main.ts'

await run(nodeHost)
