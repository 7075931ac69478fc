/**
 * Mutated sources and mutated `.pyc` files: each must end in a result or in a Python error, in less than 5 seconds.
 *
 *   npm run fuzz [-- --sources N] [--pycs N] [--seed N]        100,000 of each by default
 */
import { parseArgs } from 'node:util'
import { PyError } from '../../src/base/errors.ts'
import { compile, disassemble, readPyc, tokenize, writePyc } from '../../src/entry/compiler.ts'
import { libraryFiles } from '../stdlib.ts'
import { mutateBytes, mutateSource, pick, type Random, random, topStatements } from './mutate.ts'

/** What a run found: how many inputs ended how, and descriptions of those that ended badly. */
export interface FuzzResult {
  readonly ends: ReadonlyMap<string, number>
  readonly failures: readonly string[]
}

const limit = 5000

/** Runs `attempt` on `count` inputs of `make`; anything thrown but a Python error, and every slow input, is a failure. */
function fuzz<T>(count: number, make: () => T, attempt: (input: T) => void, show: (input: T) => string): FuzzResult {
  const ends = new Map<string, number>()
  const failures: string[] = []
  for (let i = 0; i < count; i++) {
    const input = make()
    const start = Date.now()
    let end = 'accepted'
    try {
      attempt(input)
    } catch (error) {
      end = error instanceof PyError ? error.type : 'failure'
      if (end === 'failure') failures.push(`${(error as Error).stack ?? error}\n  on ${show(input).slice(0, 2000)}`)
    }
    if (Date.now() - start > limit) failures.push(`took ${Date.now() - start} ms\n  on ${show(input)}`)
    ends.set(end, (ends.get(end) ?? 0) + 1)
    if (process.stderr.isTTY && i % 100 === 0) process.stderr.write(`\r\x1b[K${i}/${count}`)
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  return { ends, failures }
}

function statements(): string[] {
  return [...libraryFiles().values()].flatMap((data) => topStatements(new TextDecoder().decode(data)))
}

/** Mutated programs, as text and as bytes, through the tokenizer and the compiler. */
export function fuzzSources(count: number, seed: number): FuzzResult {
  const rng = random(seed)
  const texts = statements()
  const make = (): string | Uint8Array => {
    let text = pick(texts, rng)
    for (let n = 1 + Math.floor(rng() * 3); n > 0; n--) text = mutateSource(text, rng)
    return rng() < 0.3 ? mutateBytes(new TextEncoder().encode(text), rng) : text
  }
  const attempt = (input: string | Uint8Array) => {
    if (rng() < 0.2) attemptTokens(input)
    disassemble(compile(input, { filename: 'fuzz.py' }))
  }
  return fuzz(count, make, attempt, (input) => JSON.stringify(typeof input === 'string' ? input : [...input]))
}

function attemptTokens(input: string | Uint8Array): void {
  try {
    tokenize(input)
  } catch (error) {
    if (!(error instanceof PyError)) throw error
  }
}

/** Mutated `.pyc` files through the reader and, where it reads them, the disassembler. */
export function fuzzPycs(count: number, seed: number): FuzzResult {
  const rng = random(seed)
  const seeds = pycSeeds(rng)
  const attempt = (input: Uint8Array) => {
    const { code } = readPyc(input, { name: 'fuzz' })
    disassemble(code)
  }
  return fuzz(
    count,
    () => mutateBytes(pick(seeds, rng), rng),
    attempt,
    (input) => `[${input.join()}]`,
  )
}

function pycSeeds(rng: Random): Uint8Array[] {
  const small = [...libraryFiles()].filter(([, data]) => data.length < 6000)
  return Array.from({ length: 60 }, () => {
    const [name, source] = pick(small, rng)
    return writePyc(compile(source, { filename: name }), { mode: 'unchecked-hash', source })
  })
}

function report(what: string, { ends, failures }: FuzzResult): void {
  const counts = [...ends].sort((a, b) => b[1] - a[1]).map(([end, n]) => `${end} ${n}`)
  console.log(`${what}: ${counts.join(', ')}; ${failures.length} failures`)
  for (const failure of failures.slice(0, 10)) console.log(failure)
  if (failures.length > 0) process.exitCode = 1
}

if (import.meta.filename === process.argv[1]) {
  const options = { sources: { type: 'string' }, pycs: { type: 'string' }, seed: { type: 'string' } } as const
  const { values } = parseArgs({ options })
  report('sources', fuzzSources(Number(values.sources ?? 100000), Number(values.seed ?? 0)))
  report('pycs', fuzzPycs(Number(values.pycs ?? 100000), Number(values.seed ?? 0)))
}
