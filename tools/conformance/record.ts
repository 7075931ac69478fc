/**
 * Records what CPython 3.11 makes of every file of the packed library, as digests: `tests/data/library-stages.json`.
 *
 *   npm run record
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exchangeFolder, referencePython } from '../reference/python.ts'
import { digestRow, stageNames } from '../reference/stages.ts'
import { sourceFiles } from '../source_files.ts'
import { unpackLibrary } from '../stdlib.ts'

const here = dirname(fileURLToPath(import.meta.url))
const library = unpackLibrary()
const python = await referencePython()
const files = sourceFiles([library], '.py')
const folder = exchangeFolder()
writeFileSync(join(folder, 'list'), files.map((path) => `${path}\t${relative(library, path)}\n`).join(''))
await python.run(
  join(here, '../reference/stages.py'),
  ['digests', join(folder, 'list'), join(folder, 'out')],
  [library],
)
const rows = readFileSync(join(folder, 'out'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => ({ file: line.slice(0, line.indexOf('\t')), ...digestRow(line) }))
const lines = rows.map((row) => {
  const digests = stageNames.map((stage) => row[stage].slice(0, 16))
  return `  ${JSON.stringify(relative(library, row.file))}: ${JSON.stringify(digests)}`
})
const head = `  "": ${JSON.stringify([python.name, ...stageNames])}`
writeFileSync(join(here, '../../tests/data/library-stages.json'), `{\n${[head, ...lines].join(',\n')}\n}\n`)
console.log(`recorded ${rows.length} files from ${python.name}`)
