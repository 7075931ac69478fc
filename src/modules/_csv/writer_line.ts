import { StrBuilder } from '../../base/str_builder.ts'
import { type Str, strCodePoints } from '../../base/values.ts'
import { type Dialect, NOT_SET, QUOTE_NONE } from './dialect.ts'

/** Puts one record together, field by field, as CPython's `_csv.c` does. */
export class RecordLine {
  private readonly dialect: Dialect
  private readonly error: (message: string) => unknown
  /** Characters that must be quoted or escaped. */
  private readonly special: Set<number>
  private out = new StrBuilder()
  private fields = 0
  private empty = true

  constructor(dialect: Dialect, error: (message: string) => unknown) {
    this.dialect = dialect
    this.error = error
    this.special = new Set([...strCodePoints(dialect.lineterminator), dialect.delimiter, dialect.quotechar])
    this.special.add(dialect.escapechar)
    this.special.delete(NOT_SET)
  }

  reset(): void {
    this.out = new StrBuilder()
    this.fields = 0
    this.empty = true
  }

  /** Adds a field, within quotes if `quoted` is true or its characters need them. */
  add(field: Str, quoted: boolean): void {
    const { dialect, out } = this
    const isPlain = this.isPlain(field)
    const text = isPlain ? field : this.escaped(field)
    const quotes = quoted || (!isPlain && this.needsQuotes(field))
    if (this.fields > 0) {
      out.addCodePoint(dialect.delimiter)
      this.empty = false
    }
    if (quotes) out.addCodePoint(dialect.quotechar)
    out.addStr(text)
    if (quotes) out.addCodePoint(dialect.quotechar)
    if (quotes || text !== '') this.empty = false
    this.fields++
  }

  /** The record with its terminator. */
  finish(): Str {
    if (this.fields > 0 && this.empty) {
      if (this.dialect.quoting === QUOTE_NONE) throw this.error('single empty field record must be quoted')
      this.fields--
      this.add('', true)
    }
    this.out.addStr(this.dialect.lineterminator)
    return this.out.finish()
  }

  private isPlain(field: Str): boolean {
    const { special } = this
    if (typeof field !== 'string') return !field.codePoints.some((c) => special.has(c))
    for (let i = 0; i < field.length; i++) if (special.has(field.charCodeAt(i))) return false
    return true
  }

  /** Whether a special character gets an escape before it; a quote that is doubled does not. */
  private wantsEscape(c: number): boolean {
    const { dialect } = this
    if (dialect.quoting === QUOTE_NONE) return true
    if (c === dialect.quotechar) return !dialect.doublequote
    return c === dialect.escapechar
  }

  private needsQuotes(field: Str): boolean {
    return strCodePoints(field).some((c) => this.special.has(c) && !this.wantsEscape(c))
  }

  private escaped(field: Str): Str {
    const { dialect, special } = this
    const text = new StrBuilder()
    for (const c of strCodePoints(field)) {
      if (special.has(c)) {
        if (this.wantsEscape(c)) {
          if (dialect.escapechar === NOT_SET) throw this.error('need to escape, but no escapechar set')
          text.addCodePoint(dialect.escapechar)
        } else if (c === dialect.quotechar) text.addCodePoint(c)
      }
      text.addCodePoint(c)
    }
    return text.finish()
  }
}
