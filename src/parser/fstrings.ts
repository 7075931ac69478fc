import type { Expr, ExprNode } from '../ast/nodes.ts'
import { StrBuilder } from '../base/str_builder.ts'
import type { Str } from '../base/values.ts'
import { decodeRaw, decodeStrEscapes, warnInvalidEscape } from './escapes.ts'
import type { LiteralContext } from './literal_context.ts'

const TAB = 0x09
const NEWLINE = 0x0a
const FORM_FEED = 0x0c
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const EXCLAMATION = 0x21
const DOUBLE_QUOTE = 0x22
const HASH = 0x23
const SINGLE_QUOTE = 0x27
const LEFT_PAREN = 0x28
const RIGHT_PAREN = 0x29
const COLON = 0x3a
const LESS = 0x3c
const EQUAL = 0x3d
const GREATER = 0x3e
const LETTER_N = 0x4e
const LEFT_BRACKET = 0x5b
const BACKSLASH = 0x5c
const RIGHT_BRACKET = 0x5d
const LETTER_a = 0x61
const LETTER_r = 0x72
const LETTER_s = 0x73
const LEFT_BRACE = 0x7b
const RIGHT_BRACE = 0x7d

/** CPython's MAXLEVEL for brackets. */
const MAX_BRACKETS = 200
/** A replacement field may stand in a format spec, but not in the format spec of that one. */
const MAX_FIELD_LEVEL = 2
/** `FormattedValue.conversion` where there is none. */
const NO_CONVERSION = -1

function opens(byte: number): boolean {
  return byte === LEFT_PAREN || byte === LEFT_BRACKET || byte === LEFT_BRACE
}

function closes(byte: number): boolean {
  return byte === RIGHT_PAREN || byte === RIGHT_BRACKET || byte === RIGHT_BRACE
}

function closerOf(opening: number): number {
  return opening === LEFT_PAREN ? RIGHT_PAREN : opening + 2
}

function isPythonSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === NEWLINE || byte === FORM_FEED
}

function isSpace(byte: number): boolean {
  return byte === SPACE || (byte >= TAB && byte <= CARRIAGE_RETURN)
}

/** The one token being read, and where in it. Format specs of its fields are read from the same one. */
class FStringCursor {
  readonly token: number
  readonly end: number
  readonly raw: boolean
  pos: number
  /** How far lines have been counted, their number since the token's start, and where the last one starts. */
  counted: number
  lines = 0
  lineStart: number

  constructor(token: number, tokenStart: number, start: number, end: number, raw: boolean) {
    this.token = token
    this.counted = tokenStart
    this.lineStart = tokenStart
    this.pos = start
    this.end = end
    this.raw = raw
  }
}

/**
 * Builds the JoinedStr of a run of adjacent literals, or of a format spec, as CPython 3.11 does (PEP 498, before PEP
 * 701): literal text is gathered until a replacement field ends it; the expression of a field is cut out by counting
 * brackets and quotes and parsed on its own. All nodes except those inside expressions have the place of the whole
 * run, `first` to `last`.
 */
export class FString {
  private readonly ctx: LiteralContext
  private readonly first: number
  private readonly last: number
  private readonly values: Expr[] = []
  private pending: StrBuilder | null = null

  constructor(ctx: LiteralContext, first: number, last: number) {
    this.ctx = ctx
    this.first = first
    this.last = last
  }

  /** Adds literal text, such as that of a neighbour without prefix `f`. */
  addText(text: Str): void {
    if (text === '') return
    if (this.pending === null) this.pending = new StrBuilder()
    this.pending.addStr(text)
  }

  /** Reads one f-string literal: the source bytes `start` to `end` between the quotes of `token`. */
  readLiteral(token: number, start: number, end: number, raw: boolean): void {
    this.read(new FStringCursor(token, this.ctx.tokens.starts[token], start, end, raw), 0)
  }

  /** The JoinedStr; it and a last literal part have the place of the tokens `first` to `last`. */
  finish(first: number, last: number): ExprNode<'JoinedStr'> {
    if (this.pending !== null) this.flush(this.pending.finish(), first, last)
    const { tokens } = this.ctx
    return {
      node: 'JoinedStr',
      values: this.values,
      lineno: tokens.lines[first],
      col_offset: tokens.cols[first],
      end_lineno: tokens.endLines[last],
      end_col_offset: tokens.endCols[last],
    }
  }

  private flush(value: Str, first: number, last: number): void {
    const { tokens, source } = this.ctx
    this.values.push({
      node: 'Constant',
      value,
      kind: source.bytes[tokens.starts[first]] === 0x75 ? 'u' : null,
      lineno: tokens.lines[first],
      col_offset: tokens.cols[first],
      end_lineno: tokens.endLines[last],
      end_col_offset: tokens.endCols[last],
    })
    this.pending = null
  }

  private read(cursor: FStringCursor, level: number): void {
    const { bytes } = this.ctx.source
    for (;;) {
      if (this.readText(cursor, level)) continue
      if (cursor.pos >= cursor.end || bytes[cursor.pos] === RIGHT_BRACE) break
      this.readField(cursor, level)
    }
    if (level === 0 && cursor.pos < cursor.end - 1) this.ctx.raise('f-string: unexpected end of string')
    if (level !== 0 && bytes[cursor.pos] !== RIGHT_BRACE) this.ctx.raise("f-string: expecting '}'")
  }

  /** Reads literal text up to a field or the end; true after a doubled brace, where more text may follow. */
  private readText(cursor: FStringCursor, level: number): boolean {
    const { bytes } = this.ctx.source
    const { end, raw } = cursor
    const start = cursor.pos
    let i = start
    let escapes = false
    let doubled = false
    while (i < end) {
      let byte = bytes[i++]
      if (byte === BACKSLASH && !raw && i < end) {
        escapes = true
        byte = bytes[i++]
        if (byte === LETTER_N) {
          if (i < end && bytes[i++] === LEFT_BRACE) while (i < end && bytes[i++] !== RIGHT_BRACE);
          continue
        }
        if (byte === LEFT_BRACE) warnInvalidEscape(this.ctx, i - 1, cursor.token)
      } else if (byte === BACKSLASH) escapes = true
      if (byte !== LEFT_BRACE && byte !== RIGHT_BRACE) continue
      if (level === 0) {
        if (i < end && bytes[i] === byte) {
          doubled = true
          break
        }
        if (byte === RIGHT_BRACE) this.ctx.raise("f-string: single '}' is not allowed")
      }
      i--
      break
    }
    cursor.pos = doubled ? i + 1 : i
    if (i > start) {
      // Escapes are the rule's business even where there are none: it places faulty UTF-8 in another way.
      const plain = raw || (!escapes && this.ctx.source.ascii !== null)
      this.addText(plain ? decodeRaw(this.ctx, start, i) : decodeStrEscapes(this.ctx, start, i, cursor.token))
    }
    return doubled
  }

  private readField(cursor: FStringCursor, level: number): void {
    const { ctx } = this
    const { bytes } = ctx.source
    if (level >= MAX_FIELD_LEVEL) ctx.raise('f-string: expressions nested too deeply')
    const start = ++cursor.pos
    this.skipExpression(cursor)
    if (cursor.pos >= cursor.end) this.expectBrace()
    const value = this.parseExpression(cursor, start)

    let conversion = NO_CONVERSION
    let spec: Expr | null = null
    let debug: Str | null = null
    if (bytes[cursor.pos] === EQUAL) {
      debug = this.readDebugText(cursor, start)
    }
    if (bytes[cursor.pos] === EXCLAMATION) conversion = this.readConversion(cursor)
    if (cursor.pos >= cursor.end) this.expectBrace()
    if (bytes[cursor.pos] === COLON) {
      if (++cursor.pos >= cursor.end) this.expectBrace()
      const nested = new FString(ctx, this.first, this.last)
      nested.read(cursor, level + 1)
      spec = nested.finish(cursor.token, cursor.token)
    }
    if (cursor.pos >= cursor.end || bytes[cursor.pos] !== RIGHT_BRACE) this.expectBrace()
    cursor.pos++
    if (debug !== null) {
      if (spec === null && conversion === NO_CONVERSION) conversion = LETTER_r
      this.addText(debug)
    }
    if (this.pending !== null) this.flush(this.pending.finish(), this.first, this.last)
    this.values.push(this.fieldNode(value, conversion, spec))
  }

  private fieldNode(value: Expr, conversion: number, spec: Expr | null): ExprNode<'FormattedValue'> {
    const { tokens } = this.ctx
    return {
      node: 'FormattedValue',
      value,
      conversion,
      format_spec: spec,
      lineno: tokens.lines[this.first],
      col_offset: tokens.cols[this.first],
      end_lineno: tokens.endLines[this.last],
      end_col_offset: tokens.endCols[this.last],
    }
  }

  private expectBrace(): never {
    return this.ctx.raise("f-string: expecting '}'")
  }

  /** The source of a field `{expression = }` up to what follows the blanks after `=`. */
  private readDebugText(cursor: FStringCursor, start: number): Str {
    const { ctx } = this
    const { bytes } = ctx.source
    if (ctx.featureVersion < 8) {
      ctx.raise('f-string: self documenting expressions are only supported in Python 3.8 and greater')
    }
    cursor.pos++
    while (isSpace(bytes[cursor.pos])) cursor.pos++
    if (cursor.pos >= cursor.end) this.expectBrace()
    return decodeRaw(ctx, start, cursor.pos)
  }

  private readConversion(cursor: FStringCursor): number {
    if (++cursor.pos >= cursor.end) this.expectBrace()
    const letter = this.ctx.source.bytes[cursor.pos++]
    if (letter !== LETTER_s && letter !== LETTER_r && letter !== LETTER_a) {
      this.ctx.raise("f-string: invalid conversion character: expected 's', 'r', or 'a'")
    }
    return letter
  }

  /** Finds the end of a field's expression, wherever its syntax is right; leaves the cursor on what ends it. */
  private skipExpression(cursor: FStringCursor): void {
    const { ctx } = this
    const { bytes } = ctx.source
    const { end } = cursor
    const brackets: number[] = []
    let i = cursor.pos
    let quote = 0
    let tripled = false
    for (; i < end; i++) {
      const byte = bytes[i]
      if (byte === BACKSLASH) ctx.raise('f-string expression part cannot include a backslash')
      if (quote !== 0) {
        if (byte !== quote) continue
        if (!tripled) quote = 0
        else if (i + 2 < end && bytes[i + 1] === byte && bytes[i + 2] === byte) {
          i += 2
          quote = 0
        }
      } else if (byte === SINGLE_QUOTE || byte === DOUBLE_QUOTE) {
        quote = byte
        tripled = i + 2 < end && bytes[i + 1] === byte && bytes[i + 2] === byte
        if (tripled) i += 2
      } else if (opens(byte)) {
        if (brackets.length >= MAX_BRACKETS) ctx.raise('f-string: too many nested parenthesis')
        brackets.push(byte)
      } else if (byte === HASH) {
        ctx.raise("f-string expression part cannot include '#'")
      } else if (brackets.length === 0 && this.mayEnd(byte)) {
        if (i + 1 < end && bytes[i + 1] === EQUAL && byte !== COLON && byte !== RIGHT_BRACE) i++
        else if (byte !== LESS && byte !== GREATER) break
      } else if (closes(byte)) {
        this.closeBracket(brackets, byte)
      }
    }
    cursor.pos = i
    if (quote !== 0) ctx.raise('f-string: unterminated string')
    if (brackets.length > 0) ctx.raise(`f-string: unmatched '${String.fromCharCode(brackets[brackets.length - 1])}'`)
  }

  private mayEnd(byte: number): boolean {
    return (
      byte === EXCLAMATION ||
      byte === COLON ||
      byte === RIGHT_BRACE ||
      byte === EQUAL ||
      byte === LESS ||
      byte === GREATER
    )
  }

  private closeBracket(brackets: number[], closing: number): void {
    const char = String.fromCharCode(closing)
    const opening = brackets.pop()
    if (opening === undefined) this.ctx.raise(`f-string: unmatched '${char}'`)
    else if (closerOf(opening) !== closing) {
      const other = String.fromCharCode(opening)
      this.ctx.raise(`f-string: closing parenthesis '${char}' does not match opening parenthesis '${other}'`)
    }
  }

  private parseExpression(cursor: FStringCursor, start: number): Expr {
    const { ctx } = this
    const { bytes } = ctx.source
    const end = cursor.pos
    let i = start
    while (i < end && isPythonSpace(bytes[i])) i++
    if (i === end) {
      const stop = bytes[end]
      if (stop === EXCLAMATION || stop === COLON || stop === EQUAL) {
        ctx.raise(`f-string: expression required before '${String.fromCharCode(stop)}'`)
      }
      ctx.raise('f-string: empty expression not allowed')
    }
    return this.parseAt(cursor, start, end)
  }

  /**
   * Parses the expression between the bytes `start` and `end`, giving the opening brace's place for the parenthesis
   * that CPython puts there (`fstring_find_expr_location`). If nothing but blanks stands between the brace and the end
   * of its line, the column is that of the token's start or 0.
   */
  private parseAt(cursor: FStringCursor, start: number, end: number): Expr {
    const { ctx } = this
    const { bytes } = ctx.source
    const { tokens } = ctx
    const { token } = cursor
    const brace = start - 1
    // Fields come in their order, so that each line is counted once.
    for (; cursor.counted < brace; cursor.counted++) {
      if (bytes[cursor.counted] === NEWLINE) {
        cursor.lines++
        cursor.lineStart = cursor.counted + 1
      }
    }
    const { lines, lineStart } = cursor
    let i = start
    while (bytes[i] === SPACE || bytes[i] === TAB || bytes[i] === FORM_FEED) i++
    const cols = bytes[i] === NEWLINE || bytes[i] === RIGHT_BRACE ? 0 : brace - lineStart
    const col = lines === 0 ? tokens.cols[token] + cols : cols
    return ctx.parseField(start, end, tokens.lines[token] + lines, col)
  }
}
