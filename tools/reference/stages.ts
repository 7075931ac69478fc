/** Taipan's side of `stages.py`: the same text for each stage of a source file. */
import { createHash } from 'node:crypto'
import { typeName } from '../../src/ast/json.ts'
import { PyError } from '../../src/base/errors.ts'
import { bytesRepr, constantRepr, strRepr } from '../../src/base/repr.ts'
import { FrozenSet, type Str, strFromUtf16, strToUtf16 } from '../../src/base/values.ts'
import { CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, type CodeConstant, CodeObject } from '../../src/bytecode/code.ts'
import {
  compile,
  disassemble,
  dump,
  marshal,
  PySyntaxError,
  parse,
  symtable,
  tokenize,
} from '../../src/entry/compiler.ts'
import { strOfSyntaxError } from '../../src/source/format.ts'

/** The stages that are compared, in their order. */
export const stageNames = ['tokens', 'ast', 'symbols', 'code', 'dis', 'marshal'] as const
export type StageName = (typeof stageNames)[number]

/** The digests of a line that `stages.py` wrote: by stage. */
export function digestRow(line: string): Record<StageName, string> {
  const cells = line.split('\t').slice(1)
  return Object.fromEntries(stageNames.map((stage, i) => [stage, cells[i]!])) as Record<StageName, string>
}

function tokensText(source: Uint8Array): string {
  return tokenize(source)
    .map(({ start, end, exact_type, string, line }) => {
      const place = `${start[0]},${start[1]}-${end[0]},${end[1]}`
      return `${place} ${exact_type} ${strRepr(strFromUtf16(string))} ${strRepr(strFromUtf16(line))}`
    })
    .join('\n')
}

type Table = ReturnType<typeof symtable>
const kinds = [
  'referenced',
  'parameter',
  'global',
  'nonlocal',
  'declared_global',
  'local',
  'annotated',
  'free',
  'imported',
  'assigned',
  'namespace',
] as const

const byCodePoint = (a: string, b: string) => {
  const [x, y] = [Array.from(a), Array.from(b)]
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    if (x[i] !== y[i]) return x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!
  }
  return x.length - y.length
}

function symbolsText(source: Uint8Array, name: string): string {
  const lines: string[] = []
  const visit = (table: Table, depth: number) => {
    const pad = ' '.repeat(depth)
    const flags = `nested=${Number(table.is_nested())} optimized=${Number(table.is_optimized())}`
    lines.push(`${pad}${table.get_type()} ${table.get_name()} ${table.get_lineno()} ${flags}`)
    for (const identifier of [...table.get_identifiers()].sort(byCodePoint)) {
      const symbol = table.lookup(identifier)
      lines.push(`${pad}  ${identifier}: ${kinds.filter((kind) => symbol[`is_${kind}`]()).join(' ')}`)
    }
    for (const child of table.get_children()) visit(child, depth + 1)
  }
  visit(symtable(source, name, 'exec'), 0)
  return lines.join('\n')
}

function constantText(value: CodeConstant): string {
  if (value instanceof CodeObject) return `<code ${strToUtf16(value.co_qualname)}>`
  if (value instanceof FrozenSet) {
    const items = value.items.map(constantText)
    return `frozenset{${items.sort(byCodePoint).join(', ')}}`
  }
  if (value instanceof Uint8Array) return `bytes ${bytesRepr(value)}`
  if (Array.isArray(value)) return `(${value.map(constantText).join(', ')})`
  return `${typeName(value)} ${constantRepr(value)}`
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
const namesText = (names: readonly Str[]) => constantRepr([...names])

function codeText(source: Uint8Array, name: string): string {
  const lines: string[] = []
  const visit = (code: CodeObject) => {
    const named = (kind: number) => code.co_localsplusnames.filter((_, i) => (code.co_localspluskinds[i]! & kind) !== 0)
    const locals = named(CO_FAST_LOCAL)
    lines.push(`co_argcount ${code.co_argcount}`, `co_posonlyargcount ${code.co_posonlyargcount}`)
    lines.push(`co_kwonlyargcount ${code.co_kwonlyargcount}`, `co_nlocals ${locals.length}`)
    lines.push(`co_stacksize ${code.co_stacksize}`, `co_flags ${code.co_flags}`, `co_code ${hex(code.co_code)}`)
    lines.push(`co_names ${namesText(code.co_names)}`, `co_varnames ${namesText(locals)}`)
    lines.push(`co_cellvars ${namesText(named(CO_FAST_CELL))}`, `co_freevars ${namesText(named(CO_FAST_FREE))}`)
    lines.push(`co_filename ${strRepr(code.co_filename)}`, `co_name ${strRepr(code.co_name)}`)
    lines.push(`co_qualname ${strRepr(code.co_qualname)}`, `co_firstlineno ${code.co_firstlineno}`)
    lines.push(`co_linetable ${hex(code.co_linetable)}`, `co_exceptiontable ${hex(code.co_exceptiontable)}`)
    for (const value of code.co_consts) lines.push(`const ${constantText(value)}`)
    for (const value of code.co_consts) if (value instanceof CodeObject) visit(value)
  }
  visit(compile(source, { filename: name }))
  return lines.join('\n')
}

function disText(source: Uint8Array, name: string): string {
  const text = disassemble(compile(source, { filename: name })).replace(/0x[0-9a-fA-F]+(?=, file)/g, '0xADDR')
  return text
    .replace(/0x[0-9a-fA-F]{6,}/g, '0xADDR')
    .replace(
      /frozenset\(\{([^{}]*)\}\)/g,
      (_, items: string) => `frozenset({${items.split(', ').sort(byCodePoint).join(', ')}})`,
    )
}

const texts: Record<StageName, (source: Uint8Array, name: string) => string> = {
  tokens: tokensText,
  ast: (source, name) => dump(parse(source, { filename: name }), { include_attributes: true, indent: 1 }),
  symbols: symbolsText,
  code: codeText,
  dis: disText,
  marshal: (source, name) => hex(marshal.dumps(compile(source, { filename: name }))),
}

/** The text of one stage, or `!Type: message` where the source is refused. */
export function stageText(stage: StageName, source: Uint8Array, name: string): string {
  try {
    return texts[stage](source, name)
  } catch (error) {
    if (error instanceof PySyntaxError) return `!${error.type}: ${strOfSyntaxError(error)}`
    if (error instanceof PyError) return `!${error.type}: ${error.message}`
    throw error
  }
}

/** The digest that `stages.py` makes of a text. */
export function stageDigest(text: string): string {
  return createHash('sha256').update(encode(text)).digest('hex').slice(0, 32)
}

/** UTF-8 in which a lone surrogate is three bytes, as Python's `surrogatepass` writes it. */
function encode(text: string): Uint8Array {
  if (!/\p{Surrogate}/u.test(text)) return new TextEncoder().encode(text)
  const parts: number[] = []
  for (const char of text) {
    const cp = char.codePointAt(0)!
    if (cp >= 0xd800 && cp <= 0xdfff) parts.push(0xe0 | (cp >> 12), 0x80 | ((cp >> 6) & 0x3f), 0x80 | (cp & 0x3f))
    else parts.push(...new TextEncoder().encode(char))
  }
  return Uint8Array.from(parts)
}
