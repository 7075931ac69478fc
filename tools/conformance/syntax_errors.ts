/**
 * Compares errors and warnings of programs, most of them invalid, with a real CPython 3.11.
 *
 *   npm run syntax-errors [-- --mutants N] [--seed N] [--show N]
 *
 * The programs: those in CPython's own tests, where they are installed, and mutants of the packed library's
 * statements. The exit status is 0 where 98 % of the invalid ones are identical in type, message and positions.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { PyError } from '../../src/base/errors.ts'
import { compile } from '../../src/entry/compiler.ts'
import { PySyntaxError } from '../../src/source/errors.ts'
import { exchangeFolder, referencePython } from '../reference/python.ts'
import { libraryFiles } from '../stdlib.ts'
import { mutateSource, pick, random, topStatements } from './mutate.ts'

interface Case {
  /** Base64 of UTF-8, where `kind` is `str` with surrogates passed through. */
  readonly source: string
  readonly kind: 'str' | 'bytes'
  readonly mode: 'exec' | 'eval' | 'single'
  readonly origin: string
}

interface Answer {
  readonly ok?: true
  readonly type?: string
  readonly msg?: string
  readonly lineno?: number | null
  readonly offset?: number | null
  readonly end_lineno?: number | null
  readonly end_offset?: number | null
  readonly text?: string | null
  readonly warnings: readonly [string, string, number][]
}

const script = join(dirname(fileURLToPath(import.meta.url)), '../reference/syntax.py')
const { values } = parseArgs({
  options: {
    mutants: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '0' },
    show: { type: 'string', default: '10' },
  },
})

function mutants(count: number, seed: number): Case[] {
  const rng = random(seed)
  const statements = [...libraryFiles().values()].flatMap((data) => topStatements(new TextDecoder().decode(data)))
  return Array.from({ length: count }, () => {
    const text = mutateSource(pick(statements, rng), rng)
    return { source: Buffer.from(text).toString('base64'), kind: 'str', mode: 'exec', origin: 'mutant' }
  })
}

/** What `compile()` makes of a case, in the form of `syntax.py`. */
export function answerTo({ source, kind, mode }: Case): Answer {
  const bytes = Buffer.from(source, 'base64')
  const warnings: [string, string, number][] = []
  try {
    compile(kind === 'bytes' ? bytes : strOf(bytes), {
      filename: '<case>',
      mode,
      onWarning: (w) => void warnings.push([w.category, w.message, w.lineno]),
    })
    return { ok: true, warnings }
  } catch (error) {
    if (error instanceof PySyntaxError) {
      const { type, msg, lineno, offset, end_lineno, end_offset, text } = error
      return { type, msg, lineno, offset, end_lineno, end_offset, text, warnings }
    }
    if (error instanceof PyError) return { type: error.type, msg: error.message, warnings }
    throw error
  }
}

/** The text of UTF-8 in which lone surrogates are three bytes each. */
function strOf(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\xff]+/g, (run) => {
    const part = Buffer.from(run, 'latin1')
    const text = part.toString('utf8')
    if (Buffer.from(text).equals(part)) return text
    return part
      .toString('latin1')
      .replace(/\xed([\xa0-\xbf])([\x80-\xbf])/g, (_, a: string, b: string) =>
        String.fromCharCode(0xd000 | ((a.charCodeAt(0) & 0x3f) << 6) | (b.charCodeAt(0) & 0x3f)),
      )
  })
}

const fields = ['ok', 'type', 'msg', 'lineno', 'offset', 'end_lineno', 'end_offset'] as const
const sameError = (a: Answer, b: Answer) => fields.every((field) => (a[field] ?? null) === (b[field] ?? null))
const sameText = (a: Answer, b: Answer) => (a.text ?? null) === (b.text ?? null)
const sameWarnings = (a: Answer, b: Answer) => JSON.stringify(a.warnings) === JSON.stringify(b.warnings)

async function main(): Promise<void> {
  const python = await referencePython()
  const folder = exchangeFolder()
  const cases: Case[] = []
  if (python.library !== null) {
    await python.run(script, ['extract', join(python.library, 'test'), join(folder, 'extracted')])
    const lines = readFileSync(join(folder, 'extracted'), 'utf8').trim().split('\n').filter(Boolean)
    cases.push(...lines.map((line) => JSON.parse(line) as Case))
  }
  cases.push(...mutants(Number(values.mutants), Number(values.seed)))
  writeFileSync(join(folder, 'cases'), cases.map((c) => `${JSON.stringify(c)}\n`).join(''))
  await python.run(script, ['answer', join(folder, 'cases'), join(folder, 'answers')])
  const answers = readFileSync(join(folder, 'answers'), 'utf8').trim().split('\n')
  const groups = new Map<string, { all: number; same: number; text: number; warnings: number }>()
  const different: { case: Case; theirs: Answer; ours: Answer }[] = []
  cases.forEach((c, i) => {
    const theirs = JSON.parse(answers[i]!) as Answer
    const ours = answerTo(c)
    const group = `${theirs.ok ? 'valid' : 'invalid'}, ${c.origin === 'mutant' ? 'mutants' : "CPython's tests"}`
    const row = groups.get(group) ?? { all: 0, same: 0, text: 0, warnings: 0 }
    groups.set(group, row)
    row.all++
    row.same += Number(sameError(ours, theirs))
    row.text += Number(sameText(ours, theirs))
    row.warnings += Number(sameWarnings(ours, theirs))
    if (!sameError(ours, theirs)) different.push({ case: c, theirs, ours })
  })
  report(python.name, groups, different)
}

function report(
  name: string,
  groups: ReadonlyMap<string, { all: number; same: number; text: number; warnings: number }>,
  different: readonly { case: Case; theirs: Answer; ours: Answer }[],
): void {
  const percent = (part: number, all: number) => `${((100 * part) / all).toFixed(2)} %`.padStart(10)
  console.log(`against ${name}`)
  console.log(
    `${''.padEnd(26)}${'programs'.padStart(9)}${'error'.padStart(10)}${'text'.padStart(10)}${'warnings'.padStart(10)}`,
  )
  let all = 0
  let same = 0
  for (const [group, row] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const shares = [row.same, row.text, row.warnings].map((n) => percent(n, row.all)).join('')
    console.log(`${group.padEnd(26)}${String(row.all).padStart(9)}${shares}`)
    if (group.startsWith('invalid')) [all, same] = [all + row.all, same + row.same]
  }
  console.log(`${'all invalid'.padEnd(26)}${String(all).padStart(9)}${percent(same, all)}`)
  console.log(`${different.length} programs with another answer`)
  for (const { case: c, theirs, ours } of different.slice(0, Number(values.show))) {
    const source = Buffer.from(c.source, 'base64').toString('utf8')
    console.log(`-- ${c.origin} (${c.mode}) ${JSON.stringify(source.slice(-300))}`)
    console.log(`   CPython ${JSON.stringify(theirs)}\n   Taipan  ${JSON.stringify(ours)}`)
  }
  process.exitCode = same / all >= 0.98 ? 0 : 1
}

await main()
