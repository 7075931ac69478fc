/** The disassembler: what CPython 3.11's `Lib/dis.py` gives for code objects. */
import { PyError } from '../base/errors.ts'
import { strToUtf16 } from '../base/values.ts'
import { type CodeConstant, CodeObject } from './code.ts'
import { type CodeAddress, codeCellvars, codeConstantRepr, codeFreevars, codeRepr, codeVarnames } from './code_repr.ts'
import { type ExceptionTableEntry, parseExceptionTable } from './exceptiontable.ts'
import { codeLines, codePositions, type Positions } from './linetable.ts'
import { argKind, hasArg, isBackwardJump, isJump, opcodeCacheEntries } from './opcode_table.ts'
import { CACHE, EXTENDED_ARG, KW_NAMES } from './opcodes.ts'
import { cmpOps, FORMAT_HAS_SPEC, formatConversions, makeFunctionParts, nbOps } from './operators.ts'
import { baseOpcode, cachesBehind, specializedName } from './specialized.ts'

/** `FORMAT_VALUE`'s argument: the conversion, empty for none, and whether a format specification is used. */
interface FormatArgument {
  readonly conversion: (typeof formatConversions)[number]
  readonly spec: boolean
}

/** One instruction, with the fields of `dis.Instruction`. */
export interface Instruction {
  readonly opname: string
  readonly opcode: number
  /** The number that the instruction carries, `EXTENDED_ARG`s included; null if it carries none. */
  readonly arg: number | null
  /** What the number means: a constant, a name, a jump's offset, an operator; undefined where `dis` does not tell. */
  readonly argval: CodeConstant | FormatArgument | undefined
  readonly argrepr: string
  /** In bytes. */
  readonly offset: number
  /** The line that begins here, or null. */
  readonly starts_line: number | null
  readonly is_jump_target: boolean
  readonly positions: Positions
}

/** What `getInstructions` shows. */
export interface InstructionOptions {
  /** Show the inline caches as instructions. */
  readonly show_caches?: boolean
  /**
   * Show specialised instructions: where the code that runs differs from `co_code`, a function gives its bytes. `true`
   * is for code that has not run.
   */
  readonly adaptive?: boolean | ((code: CodeObject) => Uint8Array)
  /** What stands for a code object's address in its `repr`; by default the same for all. */
  readonly address?: CodeAddress
}

/** What `disassemble` shows. */
export interface DisassembleOptions extends InstructionOptions {
  /** Disassemble the code objects among the constants too; by default they are. */
  readonly recursive?: boolean
  /** How deep to go into these; without a limit by default. */
  readonly depth?: number
  /** The offset of an instruction to mark with an arrow. */
  readonly lasti?: number
}

const sameAddress: CodeAddress = () => '0x7f0000000000'

/** Code objects may be shared, and so have texts that grow without bound; no compiler's has so many lines. */
const MAX_LINES = 1 << 23

const NO_POSITIONS: Positions = { lineno: null, end_lineno: null, col_offset: null, end_col_offset: null }

/** An element as Python's tuples and lists are indexed: a negative index counts from the end. */
function at<T>(items: readonly T[], index: number, type: 'tuple' | 'list'): T {
  const item = items[index < 0 ? index + items.length : index]
  if (item === undefined) throw new PyError('IndexError', `${type} index out of range`)
  return item
}

function localName(code: CodeObject, index: number): string {
  return strToUtf16(at(code.co_localsplusnames, index < 0 ? code.co_localsplusnames.length : index, 'tuple'))
}

interface Argument {
  readonly argval: Instruction['argval']
  readonly argrepr: string
}

/** Spells out an instruction's argument; `opcode` is no specialised form. */
function readArgument(code: CodeObject, opcode: number, arg: number, offset: number, address: CodeAddress): Argument {
  switch (argKind(opcode)) {
    case 'const': {
      if (opcode === KW_NAMES) return { argval: undefined, argrepr: '' }
      const argval = at(code.co_consts, arg, 'tuple')
      return { argval, argrepr: codeConstantRepr(argval, address) }
    }
    case 'name': {
      const argval = strToUtf16(at(code.co_names, arg, 'tuple'))
      return { argval, argrepr: argval }
    }
    case 'global': {
      const argval = strToUtf16(at(code.co_names, arg >> 1, 'tuple'))
      return { argval, argrepr: (arg & 1) !== 0 && argval !== '' ? `NULL + ${argval}` : argval }
    }
    case 'local':
    case 'free': {
      const argval = localName(code, arg)
      return { argval, argrepr: argval }
    }
    case 'jrel': {
      const argval = jumpTarget(opcode, arg, offset)
      return { argval, argrepr: `to ${argval}` }
    }
    case 'compare': {
      const argval = at(cmpOps, arg, 'tuple')
      return { argval, argrepr: argval }
    }
    case 'nb_op':
      return { argval: arg, argrepr: at(nbOps, arg, 'list')[1] }
    case 'format': {
      const conversion = formatConversions[arg & 3]!
      const spec = (arg & FORMAT_HAS_SPEC) !== 0
      const withSpec = conversion === '' ? 'with format' : `${conversion}, with format`
      return { argval: { conversion, spec }, argrepr: spec ? withSpec : conversion }
    }
    case 'function':
      return { argval: arg, argrepr: makeFunctionParts.filter((_, i) => (arg & (1 << i)) !== 0).join(', ') }
    default:
      return { argval: arg, argrepr: '' }
  }
}

function jumpTarget(opcode: number, arg: number, offset: number): number {
  return offset + 2 + (isBackwardJump(opcode) ? -arg : arg) * 2
}

/** Instructions without their inline caches. More than three `EXTENDED_ARG`s in a row wrap at 32 bits. */
class InstructionReader {
  offset = 0
  opcode = 0
  /** Null if the instruction carries no argument. */
  arg: number | null = null
  private readonly bytes: Uint8Array
  private next = 0
  private extended = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Goes to the next instruction; false after the last one. */
  advance(): boolean {
    const { bytes, next } = this
    if (next + 1 >= bytes.length) return false
    this.offset = next
    this.opcode = bytes[next]!
    const base = baseOpcode(this.opcode)
    this.arg = hasArg(base) ? bytes[next + 1]! | this.extended : null
    this.extended = base === EXTENDED_ARG ? this.arg! << 8 : 0
    this.next = next + 2 + 2 * cachesBehind(this.opcode)
    return true
  }
}

function jumpTargets(bytes: Uint8Array, entries: readonly ExceptionTableEntry[]): Set<number> {
  const targets = new Set<number>()
  const reader = new InstructionReader(bytes)
  while (reader.advance()) {
    if (isJump(reader.opcode)) targets.add(jumpTarget(reader.opcode, reader.arg!, reader.offset))
  }
  for (const entry of entries) if (entry.end > entry.start) targets.add(entry.target * 2)
  return targets
}

/** `dis.findlinestarts`: the lines by the offset at which each begins. */
function findLineStarts(code: CodeObject): Map<number, number> {
  const starts = new Map<number, number>()
  let last: number | null = null
  for (const { start, lineno } of codeLines(code)) {
    if (lineno === null || lineno === last) continue
    last = lineno
    starts.set(start, lineno)
  }
  return starts
}

function bytesOf(code: CodeObject, options: InstructionOptions): Uint8Array {
  return typeof options.adaptive === 'function' ? options.adaptive(code) : code.co_code
}

function cacheInstructions(
  owner: Instruction,
  bytes: Uint8Array,
  positions: readonly Positions[],
  instructions: Instruction[],
): void {
  const base = baseOpcode(owner.opcode)
  let offset = owner.offset
  for (const { name, size } of opcodeCacheEntries(base)) {
    for (let i = 0; i < size; i++) {
      offset += 2
      let argrepr = ''
      if (i === 0 && owner.opcode !== base) {
        let value = 0n
        for (let k = Math.min(offset + 2 * size, bytes.length) - 1; k >= offset; k--) {
          value = (value << 8n) | BigInt(bytes[k]!)
        }
        argrepr = `${name}: ${value}`
      }
      instructions.push({
        opname: 'CACHE',
        opcode: CACHE,
        arg: 0,
        argval: undefined,
        argrepr,
        offset,
        starts_line: null,
        is_jump_target: false,
        positions: positions[offset / 2] ?? NO_POSITIONS,
      })
    }
  }
}

function instructionsOf(
  code: CodeObject,
  entries: readonly ExceptionTableEntry[],
  lineStarts: ReadonlyMap<number, number>,
  positions: readonly Positions[],
  options: InstructionOptions,
): Instruction[] {
  const bytes = bytesOf(code, options)
  const targets = jumpTargets(bytes, entries)
  const address = options.address ?? sameAddress
  const instructions: Instruction[] = []
  const reader = new InstructionReader(bytes)
  while (reader.advance()) {
    const { offset, opcode, arg } = reader
    const argument = arg === null ? null : readArgument(code, baseOpcode(opcode), arg, offset, address)
    const instruction: Instruction = {
      opname: specializedName(opcode),
      opcode,
      arg,
      argval: argument === null ? null : argument.argval,
      argrepr: argument === null ? '' : argument.argrepr,
      offset,
      starts_line: lineStarts.get(offset) ?? null,
      is_jump_target: targets.has(offset),
      positions: positions[offset / 2] ?? NO_POSITIONS,
    }
    instructions.push(instruction)
    if (options.show_caches === true) cacheInstructions(instruction, bytes, positions, instructions)
  }
  return instructions
}

/**
 * The instructions of a code object, as `dis.Bytecode` lists them (`dis.get_instructions` does not mark the targets of
 * the exception table).
 *
 * @throws PyError IndexError if an argument leads nowhere, as in `dis`.
 */
export function getInstructions(code: CodeObject, options: InstructionOptions = {}): Instruction[] {
  const entries = parseExceptionTable(code.co_exceptiontable)
  return instructionsOf(code, entries, findLineStarts(code), codePositions(code), options)
}

function instructionText(instruction: Instruction, lineWidth: number, offsetWidth: number, current: boolean): string {
  const { starts_line, arg, argrepr } = instruction
  const line = starts_line === null ? ''.padStart(lineWidth) : String(starts_line).padStart(lineWidth)
  const marks = `${current ? '-->' : '   '} ${instruction.is_jump_target ? '>>' : '  '}`
  const offset = String(instruction.offset).padStart(offsetWidth)
  let text = `${marks} ${offset} ${instruction.opname.padEnd(20)}`
  if (lineWidth > 0) text = `${line} ${text}`
  if (arg !== null) text += ` ${String(arg).padStart(5)}`
  if (arg !== null && argrepr !== '') text += ` (${argrepr})`
  return text.trimEnd()
}

function disassembleOne(code: CodeObject, options: DisassembleOptions, lines: string[]): void {
  const entries = parseExceptionTable(code.co_exceptiontable)
  const lineStarts = findLineStarts(code)
  let maxLine = 0
  for (const line of lineStarts.values()) if (line > maxLine) maxLine = line
  const lineWidth = lineStarts.size === 0 ? 0 : Math.max(3, String(maxLine).length)
  const maxOffset = bytesOf(code, options).length - 2
  const offsetWidth = Math.max(4, String(maxOffset).length)
  const lasti = options.lasti ?? -1
  for (const instruction of instructionsOf(code, entries, lineStarts, [], options)) {
    if (instruction.starts_line !== null && instruction.offset > 0) lines.push('')
    lines.push(instructionText(instruction, lineWidth, offsetWidth, instruction.offset === lasti))
  }
  if (entries.length > 0) lines.push('ExceptionTable:')
  for (const { start, end, target, depth, lasti: pushesLasti } of entries) {
    lines.push(`  ${start * 2} to ${end * 2 - 2} -> ${target * 2} [${depth}]${pushesLasti ? ' lasti' : ''}`)
  }
}

/**
 * Disassembles a code object, and those among its constants, as `dis.dis` prints it.
 *
 * @throws PyError IndexError if an argument leads nowhere, and what the `repr` of a constant throws.
 */
export function disassemble(code: CodeObject, options: DisassembleOptions = {}): string {
  const lines: string[] = []
  const maxDepth = options.recursive === false ? 0 : (options.depth ?? Number.POSITIVE_INFINITY)
  const visit = (inner: CodeObject, depth: number): void => {
    disassembleOne(inner, depth === 0 ? options : { ...options, lasti: -1 }, lines)
    if (lines.length > MAX_LINES) throw new PyError('MemoryError', '')
    if (depth >= maxDepth) return
    for (const value of inner.co_consts) {
      if (!(value instanceof CodeObject)) continue
      lines.push('', `Disassembly of ${codeRepr(value, options.address ?? sameAddress)}:`)
      visit(value, depth + 1)
    }
  }
  visit(code, 0)
  return lines.join('\n') + '\n'
}

/** The names of `co_flags` that `dis` knows, from the lowest bit on. */
const FLAG_NAMES = [
  'OPTIMIZED',
  'NEWLOCALS',
  'VARARGS',
  'VARKEYWORDS',
  'NESTED',
  'GENERATOR',
  'NOFREE',
  'COROUTINE',
  'ITERABLE_COROUTINE',
  'ASYNC_GENERATOR',
]

/** `dis.pretty_flags`: the names of flags; those without one in hexadecimal. */
export function prettyFlags(flags: number): string {
  if (flags === 0) return '0x0'
  const names: string[] = []
  for (let i = 0; i < 32; i++) {
    if ((flags & (1 << i)) !== 0) names.push(FLAG_NAMES[i] ?? `0x${(2 ** i).toString(16)}`)
  }
  return names.join(', ')
}

/** What `dis.code_info` tells of a code object; `dis.show_code` prints it. */
export function codeInfo(code: CodeObject, address: CodeAddress = sameAddress): string {
  const varnames = codeVarnames(code)
  const lines = [
    `Name:              ${strToUtf16(code.co_name)}`,
    `Filename:          ${strToUtf16(code.co_filename)}`,
    `Argument count:    ${code.co_argcount}`,
    `Positional-only arguments: ${code.co_posonlyargcount}`,
    `Kw-only arguments: ${code.co_kwonlyargcount}`,
    `Number of locals:  ${varnames.length}`,
    `Stack size:        ${code.co_stacksize}`,
    `Flags:             ${prettyFlags(code.co_flags)}`,
  ]
  const list = (title: string, items: readonly string[]): void => {
    if (items.length > 0) lines.push(title)
    for (const [i, item] of items.entries()) lines.push(`${String(i).padStart(4)}: ${item}`)
  }
  list(
    'Constants:',
    code.co_consts.map((value) => codeConstantRepr(value, address)),
  )
  list('Names:', code.co_names.map(strToUtf16))
  list('Variable names:', varnames.map(strToUtf16))
  list('Free variables:', codeFreevars(code).map(strToUtf16))
  list('Cell variables:', codeCellvars(code).map(strToUtf16))
  return lines.join('\n')
}
