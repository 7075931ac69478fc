import type { Expr, ExprNode } from '../../ast/nodes.ts'
import { type Str, strCodePoints, strFromCodePoints } from '../../base/values.ts'

const PERCENT = 0x25
const DOT = 0x2e
/** `-`, which justifies to the left, as strings in f-strings are anyway. */
const MINUS = 0x2d
const DIGIT_0 = 0x30
const DIGIT_9 = 0x39
/** `-`, `+`, space, `#`, `0`; all but the first mean nothing for strings. */
const FLAGS: readonly number[] = [MINUS, 0x2b, 0x20, 0x23, DIGIT_0]
/** `s`, `r`, `a`: the only conversions that f-strings have as well. */
const CONVERSIONS: readonly number[] = [0x73, 0x72, 0x61]
/** A width or precision of this many digits is left to run time. */
const TOO_MANY_DIGITS = 3

interface Conversion {
  readonly code: number
  readonly spec: string
}

/** Reads a `%` format piece by piece. */
class FormatReader {
  private readonly text: readonly number[]
  private at = 0

  constructor(format: Str) {
    this.text = strCodePoints(format)
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  /** The text up to the next conversion, `%%` as `%`. */
  literal(): readonly number[] {
    const out: number[] = []
    while (!this.done) {
      if (this.text[this.at] === PERCENT) {
        if (this.text[this.at + 1] !== PERCENT) break
        this.at++
      }
      out.push(this.text[this.at++]!)
    }
    return out
  }

  /** The conversion at the `%` that comes next; null for one that f-strings do not have. */
  conversion(): Conversion | null {
    this.at++
    let left = false
    while (FLAGS.includes(this.text[this.at]!)) if (this.text[this.at++] === MINUS) left = true
    const width = this.digits()
    const hasPrecision = this.text[this.at] === DOT
    if (hasPrecision) this.at++
    const precision = hasPrecision ? this.digits() : ''
    if (width.length >= TOO_MANY_DIGITS || precision.length >= TOO_MANY_DIGITS) return null
    const code = this.text[this.at++]
    if (code === undefined || !CONVERSIONS.includes(code)) return null
    const align = !left && Number(width) > 0 ? '>' : ''
    return { code, spec: align + withoutZeros(width) + (hasPrecision ? `.${Number(precision)}` : '') }
  }

  private digits(): string {
    let digits = ''
    for (let ch = this.text[this.at]!; ch >= DIGIT_0 && ch <= DIGIT_9; ch = this.text[++this.at]!) {
      digits += String.fromCharCode(ch)
    }
    return digits
  }
}

function withoutZeros(digits: string): string {
  return digits === '' ? '' : String(Number(digits))
}

function literalNode(value: Str): ExprNode<'Constant'> {
  return { node: 'Constant', value, kind: null, lineno: -1, col_offset: -1, end_lineno: -1, end_col_offset: -1 }
}

function formattedValue(value: Expr, conversion: Conversion): ExprNode<'FormattedValue'> {
  return {
    node: 'FormattedValue',
    value,
    conversion: conversion.code,
    format_spec: conversion.spec === '' ? null : literalNode(conversion.spec),
    lineno: value.lineno,
    col_offset: value.col_offset,
    end_lineno: value.end_lineno,
    end_col_offset: value.end_col_offset,
  }
}

/**
 * The f-string that does the same as `format % (items)`, at the place of `node`; null where the format asks for more
 * than an f-string can do, or for another number of items.
 */
export function foldFormat(node: ExprNode<'BinOp'>, format: Str, items: readonly Expr[]): ExprNode<'JoinedStr'> | null {
  const reader = new FormatReader(format)
  const values: Expr[] = []
  let count = 0
  for (;;) {
    const literal = reader.literal()
    if (literal.length !== 0) values.push(literalNode(strFromCodePoints(literal)))
    if (reader.done) break
    if (count >= items.length) return null
    const conversion = reader.conversion()
    if (conversion === null) return null
    values.push(formattedValue(items[count++]!, conversion))
  }
  if (count < items.length) return null
  return {
    node: 'JoinedStr',
    values,
    lineno: node.lineno,
    col_offset: node.col_offset,
    end_lineno: node.end_lineno,
    end_col_offset: node.end_col_offset,
  }
}
