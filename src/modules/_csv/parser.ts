import { StrBuilder } from '../../base/str_builder.ts'
import type { Str } from '../../base/values.ts'
import { type Dialect, QUOTE_NONE, QUOTE_NONNUMERIC } from './dialect.ts'

/** Where the parser stands in a record. */
const START_RECORD = 0
const START_FIELD = 1
const ESCAPED_CHAR = 2
const IN_FIELD = 3
const IN_QUOTED_FIELD = 4
const ESCAPE_IN_QUOTED_FIELD = 5
const QUOTE_IN_QUOTED_FIELD = 6
const EAT_CRNL = 7
const AFTER_ESCAPED_CRNL = 8

/** What follows the last character of a line. */
const EOL = -2
const LF = 10
const CR = 13
const SPACE = 32

/** The limit of `csv.field_size_limit`. */
export const fieldLimit = { value: 128 * 1024 }

/** What the parser tells its owner. */
export interface RecordSink {
  /** A field has ended; `numeric` says that it shall become a float. */
  save(field: Str, numeric: boolean): void
  /** The error to throw. */
  error(message: string): unknown
}

/** The automaton that takes lines apart into fields, character by character, as CPython's `_csv.c` does. */
export class RecordParser {
  private readonly dialect: Dialect
  private readonly sink: RecordSink
  private state = START_RECORD
  private field = new StrBuilder()
  private length = 0
  private numeric = false

  constructor(dialect: Dialect, sink: RecordSink) {
    this.dialect = dialect
    this.sink = sink
  }

  /** Makes ready for a new record. */
  reset(): void {
    this.field = new StrBuilder()
    this.length = 0
    this.state = START_RECORD
    this.numeric = false
  }

  /** Whether the record has ended with the line that was fed last. */
  get isDone(): boolean {
    return this.state === START_RECORD
  }

  /** Ends the record where the input ends within a field; false if there is nothing in it. */
  finish(): boolean {
    if (this.length === 0 && this.state !== IN_QUOTED_FIELD) return false
    if (this.dialect.strict) throw this.sink.error('unexpected end of data')
    this.save()
    return true
  }

  /** Takes a line, which may or may not have its end. */
  feed(line: Str): void {
    if (typeof line === 'string') {
      for (let i = 0; i < line.length; i++) {
        if (this.state === IN_FIELD || this.state === IN_QUOTED_FIELD) {
          const end = this.plainEnd(line, i)
          if (end > i) {
            this.addRun(line.slice(i, end))
            i = end
            if (i === line.length) break
          }
        }
        this.take(line.charCodeAt(i))
      }
    } else for (const codePoint of line.codePoints) this.take(codePoint)
    this.take(EOL)
  }

  /** Where the run of characters ends that mean themselves within a field, quoted or not. */
  private plainEnd(line: string, start: number): number {
    const { delimiter, escapechar, quotechar } = this.dialect
    let i = start
    for (; i < line.length; i++) {
      const c = line.charCodeAt(i)
      if (c === delimiter || c === quotechar || c === escapechar || c === LF || c === CR) break
    }
    return i
  }

  private addRun(text: string): void {
    if (this.length + text.length > fieldLimit.value) throw this.tooLarge()
    this.length += text.length
    this.field.addText(text)
  }

  private add(c: number): void {
    if (this.length >= fieldLimit.value) throw this.tooLarge()
    this.length++
    this.field.addCodePoint(c)
  }

  private tooLarge(): unknown {
    return this.sink.error(`field larger than field limit (${fieldLimit.value})`)
  }

  private save(): void {
    const field = this.field.finish()
    const { numeric } = this
    this.field = new StrBuilder()
    this.length = 0
    this.numeric = false
    this.sink.save(field, numeric)
  }

  /** Ends the field if `c` ends the line. */
  private endsLine(c: number): boolean {
    if (c !== LF && c !== CR && c !== EOL) return false
    this.save()
    this.state = c === EOL ? START_RECORD : EAT_CRNL
    return true
  }

  private take(c: number): void {
    switch (this.state) {
      case START_RECORD:
        if (c === EOL) return
        if (c === LF || c === CR) {
          this.state = EAT_CRNL
          return
        }
        this.startField(c)
        return
      case START_FIELD:
        this.startField(c)
        return
      case ESCAPED_CHAR:
        this.add(c === EOL ? LF : c)
        this.state = c === LF || c === CR ? AFTER_ESCAPED_CRNL : IN_FIELD
        return
      case AFTER_ESCAPED_CRNL:
        if (c !== EOL) this.inField(c)
        return
      case IN_FIELD:
        this.inField(c)
        return
      case IN_QUOTED_FIELD:
        this.inQuotedField(c)
        return
      case ESCAPE_IN_QUOTED_FIELD:
        this.add(c === EOL ? LF : c)
        this.state = IN_QUOTED_FIELD
        return
      case QUOTE_IN_QUOTED_FIELD:
        this.afterQuote(c)
        return
      default:
        if (c === EOL) this.state = START_RECORD
        else if (c !== LF && c !== CR) {
          throw this.sink.error(
            'new-line character seen in unquoted field - do you need to open the file in universal-newline mode?',
          )
        }
    }
  }

  private startField(c: number): void {
    const { dialect } = this
    this.state = START_FIELD
    if (this.endsLine(c)) return
    if (c === dialect.quotechar && dialect.quoting !== QUOTE_NONE) this.state = IN_QUOTED_FIELD
    else if (c === dialect.escapechar) this.state = ESCAPED_CHAR
    else if (c === SPACE && dialect.skipinitialspace) return
    else if (c === dialect.delimiter) this.save()
    else {
      if (dialect.quoting === QUOTE_NONNUMERIC) this.numeric = true
      this.add(c)
      this.state = IN_FIELD
    }
  }

  private inField(c: number): void {
    const { dialect } = this
    if (this.endsLine(c)) return
    if (c === dialect.escapechar) this.state = ESCAPED_CHAR
    else if (c === dialect.delimiter) {
      this.save()
      this.state = START_FIELD
    } else this.add(c)
  }

  private inQuotedField(c: number): void {
    const { dialect } = this
    if (c === EOL) return
    if (c === dialect.escapechar) this.state = ESCAPE_IN_QUOTED_FIELD
    else if (c === dialect.quotechar && dialect.quoting !== QUOTE_NONE) {
      this.state = dialect.doublequote ? QUOTE_IN_QUOTED_FIELD : IN_FIELD
    } else this.add(c)
  }

  private afterQuote(c: number): void {
    const { dialect } = this
    if (dialect.quoting !== QUOTE_NONE && c === dialect.quotechar) {
      this.add(c)
      this.state = IN_QUOTED_FIELD
    } else if (c === dialect.delimiter) {
      this.save()
      this.state = START_FIELD
    } else if (this.endsLine(c)) return
    else if (dialect.strict) {
      const [delimiter, quote] = [dialect.delimiter, dialect.quotechar].map((code) => String.fromCodePoint(code))
      throw this.sink.error(`'${delimiter}' expected after '${quote}'`)
    } else {
      this.add(c)
      this.state = IN_FIELD
    }
  }
}
