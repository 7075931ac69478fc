/** Runs every `*.test.ts` below the folders named on the command line (default: all) with Node's test runner. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { sourceFiles } from './source_files.ts'

const folders = process.argv.slice(2).filter((a) => !a.startsWith('-'))
const options = process.argv.slice(2).filter((a) => a.startsWith('-'))
const files = sourceFiles(folders.length > 0 ? folders : ['src', 'tests', 'tools'], '.test.ts')
if (files.length === 0 || !folders.every((f) => existsSync(f))) {
  console.error('no tests found')
  process.exit(1)
}
const run = spawnSync(process.execPath, ['--import', 'tsx', '--test', ...options, ...files], { stdio: 'inherit' })
process.exit(run.status ?? 1)
