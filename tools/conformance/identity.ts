/**
 * Compares every stage of every file of a library with a real CPython 3.11.
 *
 *   npm run identity [-- --tree DIR] [--sample N] [--seed N] [--stage NAME] [--show N]
 *
 * Without `--tree`: the packed library and, where a CPython is installed, all of its `Lib` with the tests.
 * The exit status is 0 where every stage is identical in 100 % and the marshalled bytes in 99.5 % of the files.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { exchangeFolder, type ReferencePython, referencePython } from '../reference/python.ts'
import { digestRow, type StageName, stageDigest, stageNames, stageText } from '../reference/stages.ts'
import { sourceFiles } from '../source_files.ts'
import { unpackLibrary } from '../stdlib.ts'
import { pick, random } from './mutate.ts'

const script = join(dirname(fileURLToPath(import.meta.url)), '../reference/stages.py')
const { values } = parseArgs({
  options: {
    tree: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '0' },
    stage: { type: 'string', multiple: true },
    show: { type: 'string', default: '5' },
  },
})
const stages = stageNames.filter((name) => values.stage === undefined || values.stage.includes(name))

function filesOf(tree: string): string[] {
  const files = sourceFiles([tree], '.py').filter((path) => !/site-packages|__pycache__/.test(path))
  const count = Number(values.sample ?? files.length)
  const rng = random(Number(values.seed))
  const chosen = new Set<string>()
  while (chosen.size < Math.min(count, files.length))
    chosen.add(count < files.length ? pick(files, rng) : files[chosen.size]!)
  return [...chosen].sort()
}

async function referenceDigests(python: ReferencePython, tree: string, files: readonly string[]) {
  const folder = exchangeFolder()
  writeFileSync(join(folder, 'list'), files.map((path) => `${path}\t${relative(tree, path)}\n`).join(''))
  await python.run(script, ['digests', join(folder, 'list'), join(folder, 'out')], [tree])
  return readFileSync(join(folder, 'out'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => digestRow(line))
}

async function referenceText(python: ReferencePython, stage: StageName, path: string, name: string): Promise<string> {
  const out = join(exchangeFolder(), 'out')
  await python.run(script, ['text', stage, path, name, out], [dirname(path)])
  return readFileSync(out, 'utf8')
}

async function showDifference(python: ReferencePython, stage: StageName, path: string, name: string): Promise<void> {
  const theirs = (await referenceText(python, stage, path, name)).split('\n')
  const ours = stageText(stage, readFileSync(path), name).split('\n')
  const at = theirs.findIndex((line, i) => line !== ours[i])
  console.log(`  ${stage} of ${name} differs in line ${at + 1}`)
  console.log(`    CPython ${theirs[at]?.slice(0, 300)}\n    Taipan  ${ours[at]?.slice(0, 300)}`)
}

/** Compares one tree; says whether it reached its goal. */
async function compareTree(python: ReferencePython, tree: string): Promise<boolean> {
  const files = filesOf(tree)
  console.log(`${tree}: ${files.length} files against ${python.name}`)
  const reference = await referenceDigests(python, tree, files)
  const same = new Map<StageName, number>(stages.map((stage) => [stage, 0]))
  const different: [StageName, string][] = []
  files.forEach((path, i) => {
    const source = readFileSync(path)
    for (const stage of stages) {
      const digest = stageDigest(stageText(stage, source, relative(tree, path)))
      if (digest === reference[i]![stage]) same.set(stage, same.get(stage)! + 1)
      else different.push([stage, path])
    }
    if (process.stderr.isTTY)
      process.stderr.write(`\r\x1b[K${i + 1}/${files.length}  ${relative(tree, path)}`.slice(0, 79))
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  let reached = true
  for (const [stage, count] of same) {
    const share = (100 * count) / files.length
    reached &&= share >= (stage === 'marshal' ? 99.5 : 100)
    console.log(
      `  ${stage.padEnd(8)}${String(count).padStart(6)} of ${files.length}  ${share.toFixed(2).padStart(6)} %`,
    )
  }
  for (const [stage, path] of different.slice(0, Number(values.show))) {
    await showDifference(python, stage, path, relative(tree, path))
  }
  return reached
}

const python = await referencePython()
const trees =
  values.tree !== undefined ? [values.tree] : [unpackLibrary(), ...(python.library === null ? [] : [python.library])]
let reached = true
for (const tree of trees) reached = (await compareTree(python, tree)) && reached
process.exit(reached ? 0 : 1)
