/**
 * Writes the interpreter's loop (`src/vm/loop.generated.ts`), its copy for tracing (`src/vm/loop_traced.generated.ts`)
 * and the opcodes that both leave to a function of their own (`src/vm/cold_opcodes.generated.ts`), from the opcode rows,
 * the functions over values in `src/vm/ops/`, and the bodies of the opcodes that touch the frame.
 *
 *   node --import tsx tools/loop/generate.ts [--check]
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as opcodes from '../../src/bytecode/opcodes.ts'
import * as fast from '../../src/vm/fast_opcodes.ts'
import { frameBodies, frameCalls, hotOpcodes, sharedCases, tracedBodies } from './bodies.ts'
import { coldHeader, header, importsFor, registers } from './header.ts'

const vm = join(import.meta.dirname, '../../src/vm')

const numbers = new Map<string, number>()
for (const [name, value] of [...Object.entries(opcodes), ...Object.entries(fast)]) {
  if (typeof value === 'number' && value < 256) numbers.set(name, value)
}

/**
 * Makes every new value of `sp` and `pc` an int32 in V8's eyes: it keeps them in machine registers then, where sums
 * alone could be any number.
 */
function int32Registers(text: string): string {
  return text
    .replace(/\bPUSH\((.+?)\)(?=$|[ ;}])/gm, 'S[sp] = $1; sp++')
    .replace(/\bPOP1\b/g, 'sp--')
    .replace(/\b(sp|pc)\+\+/g, '$1 = ($1 + 1) | 0')
    .replace(/\b(sp|pc)--/g, '$1 = ($1 - 1) | 0')
    .replace(/\b(sp|pc) -= (\d+)/g, '$1 = ($1 - $2) | 0')
}

/** Expands DROP, KEEP, RELOAD, and the number of PRECALL. */
function expand(text: string, words: string): string {
  return int32Registers(text)
    .replace(/\bDROP\((\w+)\)/g, 'decref($1)')
    .replace(/\bKEEP\((\w+)\)/g, 'incref($1)')
    .replace(/\bRAISE\((.*)\) \}/g, 'thrown = $1; continue outer }')
    .replace(/\bPRECALL\b/g, String(opcodes.PRECALL))
    .replace(/\bRELOAD\b/g, registers.replace('WORDS', words))
}

/** The case of an opcode that is a function over values, from its stack effect. */
function valueCase(name: string): string {
  const { effect } = opcodes.opcodeRows[numbers.get(name)!]!
  const [before, after] = effect.split('--').map((side) =>
    side
      .split(',')
      .map((s) => s.trim())
      .filter(Boolean),
  )
  const inputs = before!
  const [result] = after!
  const n = inputs.length
  const lines = inputs.map((input, i) => `const ${input} = S[sp - ${n - i}] as Value`)
  const takesArg =
    /oparg/.test(opcodes.opcodeRows[numbers.get(name)!]!.doc) || name === 'BINARY_OP' || name === 'COMPARE_OP'
  const call = `${name}(${[...inputs, ...(takesArg ? ['arg'] : [])].join(', ')})`
  lines.push('f.pc = pc')
  const keepsInput = after!.length === 2 && after![0] === inputs[0]
  if (result === undefined) lines.push(call, `sp -= ${n}`)
  else if (keepsInput) return [...lines, `PUSH(${call})`].join('\n')
  else lines.push(`const out = ${call}`, ...(n > 1 ? [`sp -= ${n - 1}`] : []), 'S[sp - 1] = out')
  for (const input of inputs) lines.push(`DROP(${input})`)
  return lines.join('\n')
}

function frameCall(name: string): string {
  const arg = opcodes.opcodeRows[numbers.get(name)!]!.arg === 'none' ? '' : ', arg'
  return `f.pc = pc\nsp = ${name}(f, sp${arg}) | 0`
}

/** Whether an opcode stands outside the loop: it is neither the loop's own nor frequent. */
function isCold(name: string): boolean {
  return frameBodies[name] === undefined && !hotOpcodes.has(name) && !(name in sharedCases)
}

function caseOf(name: string, number: number, body: string, end: string, traced: boolean): string[] {
  const text = expand(body, traced ? 'run.plainWords' : 'run.words')
  const jumps = /continue outer\s*$/.test(text.trim())
  const others = traced ? [] : Object.keys(sharedCases).filter((other) => sharedCases[other] === name)
  const labels = others.map((other) => `case ${numbers.get(other)}: // ${other}`)
  return [...labels, `case ${number}: { // ${name}`, text, jumps ? '}' : `${end}\n}`]
}

function entries(): [string, number][] {
  return [...numbers].filter(([name]) => name !== 'CACHE' && name !== 'EXTENDED_ARG').sort((a, b) => a[1] - b[1])
}

function cases(traced: boolean): string {
  const out: string[] = []
  for (const [name, number] of entries()) {
    if (traced ? name in fast : name in sharedCases) continue
    if (isCold(name)) continue
    const special = traced ? (tracedBodies[name] ?? frameBodies[name]) : frameBodies[name]
    const body = special ?? (frameCalls.includes(name) ? frameCall(name) : valueCase(name))
    out.push(...caseOf(name, number, body, 'break', traced))
  }
  return out.join('\n')
}

/** The opcodes outside the loop; the loop has put `pc` into the frame. */
function coldCases(): string {
  const out: string[] = []
  for (const [name, number] of entries()) {
    if (!isCold(name)) continue
    const body = frameCalls.includes(name) ? frameCall(name) : valueCase(name)
    out.push(...caseOf(name, number, body.replace('f.pc = pc\n', ''), 'return sp', false))
  }
  return out.join('\n')
}

function valueNames(): string[] {
  return [...numbers.keys()].filter(
    (name) =>
      frameBodies[name] === undefined &&
      !frameCalls.includes(name) &&
      !(name in sharedCases) &&
      name !== 'CACHE' &&
      name !== 'EXTENDED_ARG',
  )
}

function formatted(body: string): string {
  const names = [...new Set([...valueNames(), 'BINARY_OP', 'COMPARE_OP', 'BINARY_SUBSCR'])]
  const source = body.replace('/* IMPORTS */', () => importsFor(body.replace(/export function \w+/, ''), names))
  return execFileSync('npx', ['biome', 'check', '--write', '--stdin-file-path=src/vm/loop.ts'], {
    input: source,
    encoding: 'utf8',
  })
}

const files: readonly (readonly [string, string])[] = [
  ['loop.generated.ts', int32Registers(header(false)).replace('/* CASES */', () => cases(false))],
  ['loop_traced.generated.ts', int32Registers(header(true)).replace('/* CASES */', () => cases(true))],
  ['cold_opcodes.generated.ts', coldHeader.replace('/* CASES */', () => coldCases())],
]
let failed = false
for (const [name, body] of files) {
  const path = join(vm, name)
  const text = formatted(body)
  if (process.argv.includes('--check')) {
    if (readFileSync(path, 'utf8') === text) continue
    console.error(`${path} is not what tools/loop/generate.ts writes`)
    failed = true
  } else writeFileSync(path, text)
}
if (failed) process.exitCode = 1
