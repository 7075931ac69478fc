const EQUALS = 61
const SPACE = 32
const TAB = 9
const CR = 13
const LF = 10
const UNDERSCORE = 95
const DOT = 46

const MAX_LINE = 76
const HEX = '0123456789ABCDEF'

function digitValue(c: number | undefined): number {
  if (c === undefined) return -1
  if (c >= 48 && c <= 57) return c - 48
  const letter = c | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

/** `a2b_qp`. What is no escape sequence stays as it is. `isHeader` turns underscores into spaces. */
export function fromQuotedPrintable(data: Uint8Array, isHeader = false): Uint8Array {
  const out = new Uint8Array(data.length)
  let o = 0
  let i = 0
  while (i < data.length) {
    const c = data[i++]!
    if (c !== EQUALS) {
      out[o++] = isHeader && c === UNDERSCORE ? SPACE : c
      continue
    }
    if (i >= data.length) break
    const next = data[i]!
    if (next === LF || next === CR) {
      while (i < data.length && data[i] !== LF) i++
      i++
    } else if (next === EQUALS) {
      out[o++] = EQUALS
      i++
    } else {
      const high = digitValue(next)
      const low = digitValue(data[i + 1])
      if (high >= 0 && low >= 0) {
        out[o++] = (high << 4) | low
        i += 2
      } else out[o++] = EQUALS
    }
  }
  return out.slice(0, o)
}

/** Options of `b2a_qp`. */
export interface QuotedPrintableOptions {
  /** Whether spaces and tabs are escaped. */
  readonly quoteTabs: boolean
  /** Whether line ends are such, and stay. */
  readonly isText: boolean
  /** Whether spaces become underscores. */
  readonly isHeader: boolean
}

/** `b2a_qp`. All line ends become that of the first line. */
export function toQuotedPrintable(data: Uint8Array, options: QuotedPrintableOptions): Uint8Array {
  return Uint8Array.from(new Writer(data, options).write())
}

class Writer {
  private readonly data: Uint8Array
  private readonly options: QuotedPrintableOptions
  private readonly isCrlf: boolean
  private readonly out: number[] = []
  private lineLength = 0

  constructor(data: Uint8Array, options: QuotedPrintableOptions) {
    this.data = data
    this.options = options
    const feed = data.indexOf(LF)
    this.isCrlf = feed > 0 && data[feed - 1] === CR
  }

  write(): number[] {
    const { data, out } = this
    let i = 0
    while (i < data.length) {
      const c = data[i]!
      if (this.mustEscape(i)) {
        if (this.lineLength + 3 >= MAX_LINE) this.breakLine()
        this.escape(c)
        this.lineLength += 3
        i++
      } else if (this.options.isText && (c === LF || (c === CR && data[i + 1] === LF))) {
        this.endLine()
        i += c === CR ? 2 : 1
      } else {
        const isLast = i + 1 === data.length || data[i + 1] === LF
        if (!isLast && this.lineLength + 1 >= MAX_LINE) this.breakLine()
        this.lineLength++
        out.push(this.options.isHeader && c === SPACE ? UNDERSCORE : c)
        i++
      }
    }
    return out
  }

  private mustEscape(i: number): boolean {
    const { data } = this
    const { quoteTabs, isText, isHeader } = this.options
    const c = data[i]!
    const next = data[i + 1]
    if (c > 126 || c === EQUALS || (isHeader && c === UNDERSCORE)) return true
    if (c === DOT && this.lineLength === 0) return next === undefined || next === LF || next === CR || next === 0
    if (c === CR || c === LF) return !isText
    if (c === TAB || c === SPACE) return quoteTabs || next === undefined
    return c < 33
  }

  private escape(c: number): void {
    this.out.push(EQUALS, HEX.charCodeAt(c >> 4), HEX.charCodeAt(c & 15))
  }

  private newLine(): void {
    if (this.isCrlf) this.out.push(CR)
    this.out.push(LF)
    this.lineLength = 0
  }

  private breakLine(): void {
    this.out.push(EQUALS)
    this.newLine()
  }

  /** White space before the end of a line would be lost; so its last character is escaped. */
  private endLine(): void {
    const { out } = this
    const last = out[out.length - 1]
    if (last === SPACE || last === TAB) {
      out.pop()
      this.escape(last)
    }
    this.newLine()
  }
}
