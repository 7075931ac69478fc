#!/usr/bin/env node
import { nodeHost } from '../host/node/host.ts'
import { run } from './cli/main.ts'

await run(nodeHost)
