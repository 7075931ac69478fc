import { astToJson } from '../../ast/json.ts'
import type { CodeObject } from '../../bytecode/code.ts'
import { marshalRecords } from '../../bytecode/marshal_records.ts'
import { writePyc } from '../../bytecode/pyc.ts'
import type { Host } from '../../host/host.ts'
import type { CompileWarning } from '../../source/errors.ts'
import { compile, disassemble, parse, symtable, tokenize } from '../compiler.ts'
import { astLines } from './explain_ast.ts'
import { codeToJson } from './explain_bytecode.ts'
import { pycHeaderFields, pycLines } from './explain_pyc.ts'
import { symbolLines, symbolsToJson } from './explain_symbols.ts'
import { tokenLines } from './explain_tokens.ts'
import { fileReader } from './file_reader.ts'
import { warningText } from './py_compile.ts'
import type { Style } from './style.ts'

/** The stages that can be shown, in their order. */
export const stages = ['tokens', 'ast', 'symbols', 'bytecode', 'pyc'] as const
export type Stage = (typeof stages)[number]

/** Whether a word names a stage. */
export function isStage(name: string): name is Stage {
  return (stages as readonly string[]).includes(name)
}

/** What `--explain` was asked for. */
export interface ExplainRequest {
  /** A path, or `-` for standard input. */
  readonly file: string
  readonly stages: readonly Stage[]
  readonly json: boolean
  readonly optimize: 0 | 1 | 2
  readonly style: Style
}

/** One program on its way through the stages; each stage is made when it is first asked for. */
class Program {
  private readonly host: Host
  private readonly optimize: 0 | 1 | 2
  readonly source: Uint8Array
  readonly filename: string
  readonly mtime: number
  private readonly onWarning: ((warning: CompileWarning) => void) | undefined
  private compiled: CodeObject | null = null

  constructor(host: Host, request: ExplainRequest, onWarning?: (warning: CompileWarning) => void) {
    this.host = host
    this.onWarning = onWarning
    this.optimize = request.optimize
    this.filename = request.file === '-' ? '<stdin>' : host.absolutePath(request.file)
    this.source = request.file === '-' ? host.readStdin() : host.readFile(request.file)
    this.mtime = (request.file === '-' ? null : host.status(request.file))?.mtime ?? 0
  }

  get tokens() {
    return tokenize(this.source)
  }

  get tree() {
    return parse(this.source, { filename: this.filename, from: 'file' })
  }

  get symbols() {
    return symtable(this.source, this.filename, 'exec', { readFile: fileReader(this.host), from: 'file' })
  }

  get code(): CodeObject {
    const { filename, optimize, onWarning } = this
    const options = { filename, optimize, from: 'file', readFile: fileReader(this.host), onWarning } as const
    this.compiled ??= compile(this.source, options)
    return this.compiled
  }

  get pyc() {
    return writePyc(this.code, { mode: 'timestamp', mtime: this.mtime, size: this.source.length })
  }
}

function rule(stage: Stage, width: number, style: Style): string {
  return `${style.heading(`── ${stage} ${'─'.repeat(Math.max(3, width - stage.length - 4))}`)}\n`
}

function linesOf(stage: Stage, program: Program, style: Style): Iterable<string> {
  switch (stage) {
    case 'tokens':
      return tokenLines(program.tokens, style)
    case 'ast':
      return astLines(program.tree, style)
    case 'symbols':
      return symbolLines(program.symbols, style)
    case 'bytecode':
      return disassemble(program.code).trimEnd().split('\n')
    case 'pyc':
      return pycLines(program.pyc, style)
  }
}

function jsonOf(stage: Stage, program: Program): unknown {
  switch (stage) {
    case 'tokens':
      return program.tokens
    case 'ast':
      return astToJson(program.tree)
    case 'symbols':
      return symbolsToJson(program.symbols)
    case 'bytecode':
      return codeToJson(program.code)
    case 'pyc':
      return { ...pycHeaderFields(program.pyc), records: [...marshalRecords(program.pyc.subarray(16))] }
  }
}

/**
 * `taipan --explain`: writes the stages of a file to standard output, aligned for people or as one JSON object.
 * Throws what the program's own error is, after the stages that stand before it; gives the exit status.
 */
export function explain(host: Host, request: ExplainRequest): number {
  if (request.json) {
    const program = new Program(host, request)
    const result: Record<string, unknown> = { file: program.filename }
    for (const stage of request.stages) result[stage] = jsonOf(stage, program)
    host.stdout.write(`${JSON.stringify(result, null, 1)}\n`)
    return 0
  }
  const program = new Program(host, request, (warning) => {
    if (warning.category === 'SyntaxWarning') host.stderr.write(warningText(host, warning))
  })
  // All that is wrong with the program is told before any of its stages.
  void program.code
  const width = Math.min(host.stdout.columns, 100)
  request.stages.forEach((stage, i) => {
    let text = request.stages.length > 1 ? (i > 0 ? '\n' : '') + rule(stage, width, request.style) : ''
    for (const line of linesOf(stage, program, request.style)) text += `${line}\n`
    host.stdout.write(text)
  })
  return 0
}
