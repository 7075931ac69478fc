import type { PyError } from '../base/errors.ts'
import type { WarningHandler } from '../source/errors.ts'
import type { SourceText } from '../source/text.ts'
import { acquireArrays, growArrays, type TokenArrays } from './arrays.ts'
import { type NameTable, nameTable } from './names.ts'
import { E_OK, type TokenizeOptions, type TokenWarning, type TypeIgnore } from './tokens.ts'

/** Deepest nesting of blocks and of brackets (Parser/tokenizer.h). */
export const MAX_INDENT = 100
export const MAX_LEVEL = 200

/** The open blocks and brackets of a scanner. */
interface Stacks {
  readonly indents: Int32Array
  readonly altIndents: Int32Array
  readonly brackets: Uint8Array
  readonly bracketLines: Int32Array
  readonly bracketCols: Int32Array
}

/** Stacks that no scanner uses: an f-string has a scanner for each of its fields, and five arrays cost more than it. */
const freeStacks: Stacks[] = []

function newStacks(): Stacks {
  return {
    indents: new Int32Array(MAX_INDENT),
    altIndents: new Int32Array(MAX_INDENT),
    brackets: new Uint8Array(MAX_LEVEL),
    bracketLines: new Int32Array(MAX_LEVEL),
    bracketCols: new Int32Array(MAX_LEVEL),
  }
}

/**
 * The state of one tokenizer: what CPython keeps in `struct tok_state`, and the arrays it fills. The functions that
 * scan the parts (numbers, strings, indentation) share it.
 */
export class Scanner {
  readonly source: SourceText
  readonly options: TokenizeOptions
  readonly bytes: Uint8Array
  readonly length: number
  readonly table: NameTable
  readonly warn: WarningHandler | null
  /** Stop after this many tokens; only a replay has a limit. */
  readonly limit: number

  arrays: TokenArrays
  count = 0

  /** Line that was read last, where it starts, and where the text starts that is still in CPython's buffer. */
  lineno: number
  lineStart = 0
  bufferStart = 0
  /** End of the line read last, where a failure has moved `lineStart` back; else −1. */
  bufferEnd = -1
  /** The next token is the first of its line. */
  atLineStart = true
  /** A line without tokens; the tokens of such a line (type comments) do not touch the indentation. */
  blankLine = false

  indent = 0
  /** Both start with the 0 of the module's own block, which nothing overwrites. */
  readonly indents: Int32Array
  readonly altIndents: Int32Array

  level = 0
  readonly brackets: Uint8Array
  readonly bracketLines: Int32Array
  readonly bracketCols: Int32Array

  asyncDef = false
  asyncDefIndent = 0
  asyncDefNewline = false

  /** Position of the next byte, brought up to date when scanning stops. */
  position = 0
  done = E_OK
  error: PyError | null = null
  raised: PyError | null = null
  readonly warnings: TokenWarning[] = []
  readonly typeIgnores: TypeIgnore[] = []

  private readonly startingLineno: number
  private readonly startingCol: number
  private readonly stacks: Stacks

  constructor(source: SourceText, options: TokenizeOptions, warn: WarningHandler | null, limit: number) {
    this.source = source
    this.options = options
    this.bytes = source.bytes
    this.length = source.length
    this.table = nameTable()
    this.warn = warn
    this.limit = limit
    this.startingLineno = options.startingLineno
    this.startingCol = options.startingCol
    this.lineno = options.startingLineno > 0 ? options.startingLineno - 1 : 0
    this.arrays = acquireArrays(source.length)
    const stacks = freeStacks.pop() ?? newStacks()
    this.stacks = stacks
    this.indents = stacks.indents
    this.altIndents = stacks.altIndents
    this.brackets = stacks.brackets
    this.bracketLines = stacks.bracketLines
    this.bracketCols = stacks.bracketCols
  }

  /** Gives the stacks back for other scanners; nothing may look at them any more. */
  release(): void {
    freeStacks.push(this.stacks)
  }

  /** Adds a token of the current line. */
  emit(kind: number, start: number, end: number): void {
    const line = this.lineno
    this.emitSpan(kind, start, end, line, start - this.lineStart, end - this.lineStart)
  }

  /** Adds a token that covers no text. */
  emitEmpty(kind: number, position: number): void {
    this.emitSpan(kind, position, position, this.lineno, -1, -1)
  }

  /** Adds a token that ends on the current line. */
  emitSpan(kind: number, start: number, end: number, line: number, col: number, endCol: number): void {
    const i = this.count
    if (i === this.arrays.capacity) this.arrays = growArrays(this.arrays)
    if (this.lineno === this.startingLineno) {
      col += this.startingCol
      endCol += this.startingCol
    }
    const arrays = this.arrays
    arrays.kinds[i] = kind
    arrays.starts[i] = start
    arrays.ends[i] = end
    arrays.lines[i] = line
    arrays.cols[i] = col
    arrays.endLines[i] = this.lineno
    arrays.endCols[i] = endCol
    this.count = i + 1
  }
}
