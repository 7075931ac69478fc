/** Preloaded into a measured process: writes its peak resident memory in kB when it ends. */
import { writeFileSync } from 'node:fs'

const file = process.env.TAIPAN_BENCH_MEMORY
process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)))
