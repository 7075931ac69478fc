import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { stageDigest, stageNames, stageText } from '../tools/reference/stages.ts'
import { libraryFiles } from '../tools/stdlib.ts'

const recorded: Record<string, string[]> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'data/library-stages.json'), 'utf8'),
)
const [, ...recordedStages] = recorded['']!
const files = libraryFiles()

test('every file of the packed library has recorded digests', () => {
  const names = Object.keys(recorded).filter((name) => name !== '')
  assert.deepEqual(recordedStages, [...stageNames])
  assert.deepEqual(names.sort(), [...files.keys()].sort())
  assert.ok(names.length > 400)
})

for (const [index, stage] of stageNames.entries()) {
  test(`${stage}: what CPython makes of every file of the packed library`, () => {
    const different: string[] = []
    for (const [name, source] of files) {
      const digest = stageDigest(stageText(stage, source, name)).slice(0, 16)
      if (digest !== recorded[name]![index]) different.push(name)
    }
    assert.deepEqual(different, [])
  })
}

test('a changed digest is noticed', () => {
  const [name, source] = [...files][0]!
  const changed = new TextEncoder().encode(`${new TextDecoder().decode(source)}\nx = 1\n`)
  for (const stage of stageNames) {
    assert.notEqual(stageDigest(stageText(stage, changed, name)), stageDigest(stageText(stage, source, name)), stage)
  }
})
