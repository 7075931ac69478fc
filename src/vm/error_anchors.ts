import { decodeUtf8, encodeUtf8 } from '../base/utf8.ts'
import { optimizeAst } from '../compiler/optimizer.ts'
import { drop } from '../memory/counted.ts'
import { toException } from '../objects/errors.ts'
import { newText } from '../objects/make.ts'
import { callMethod } from '../objects/protocols.ts'
import { parse } from '../parser/parse.ts'
import { decodeSource } from '../source/decode.ts'
import { importModule } from './import.ts'
import { interpreter } from './interpreter.ts'

/** Where, within a line, the part stands that `^` marks while `~` marks the rest: character offsets. */
export interface Anchors {
  readonly left: number
  readonly right: number
}

const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x09 || byte === 0x0c

const [PARENTHESIS_RIGHT, BRACKET_LEFT, BRACKET_RIGHT] = [0x29, 0x5b, 0x5d]

/** The first place from `at` on where a byte stands, or the end. */
function find(text: Uint8Array, byte: number, at: number): number {
  const found = text.indexOf(byte, at)
  return found < 0 ? text.length : found
}

/** Columns that each character of a line takes where wide ones, such as those of East Asia, take two. */
export function displayWidths(characters: readonly string[]): readonly number[] {
  if (characters.every((character) => character < '\x80')) return characters.map(() => 1)
  const unicodedata = importModule('unicodedata')
  try {
    return characters.map((character) => {
      const width = callMethod(unicodedata, 'east_asian_width', [newText(character)])
      return width === 'W' || width === 'F' ? 2 : 1
    })
  } catch (error) {
    drop(toException(error))
    return characters.map(() => 1)
  } finally {
    drop(unicodedata)
  }
}

/** Number of characters in the first bytes of a UTF-8 text. */
export function characterOffset(text: Uint8Array, bytes: number): number {
  return [...decodeUtf8(text, 0, Math.min(Math.max(bytes, 0), text.length))].length
}

/** The bytes of the operator, or of the brackets, of the one expression that a text is. */
function byteAnchors(text: Uint8Array): [number, number] | undefined {
  const tree = parse(decodeSource(text, '<anchors>'))
  optimizeAst(tree, { optimize: interpreter.config.flags.optimize, features: 0 })
  if (tree.node !== 'Module' || tree.body.length !== 1) return undefined
  const [statement] = tree.body
  if (statement?.node !== 'Expr') return undefined
  const expression = statement.value
  if (expression.node === 'Subscript') {
    const left = find(text, BRACKET_LEFT, expression.value.end_col_offset!)
    const right = find(text, BRACKET_RIGHT, expression.slice.end_col_offset! + 1)
    return [left, Math.min(right + 1, text.length)]
  }
  if (expression.node !== 'BinOp') return undefined
  const { left, right } = expression
  for (let i = left.end_col_offset!; i < right.col_offset; i++) {
    // Brackets around the operand on the left end before the operator.
    if (isBlank(text[i]) || text[i] === PARENTHESIS_RIGHT) continue
    return [i, i + 1 < right.col_offset && !isBlank(text[i + 1]) ? i + 2 : i + 1]
  }
  return undefined
}

/** The anchors in a piece of a line that begins at character `start`; nothing for what is neither operation nor subscript. */
export function anchorsOf(segment: string, start: number): Anchors | undefined {
  const text = encodeUtf8(segment)
  let anchors: [number, number] | undefined
  try {
    anchors = byteAnchors(text)
  } catch {
    return undefined
  }
  if (anchors === undefined) return undefined
  return { left: characterOffset(text, anchors[0]) + start, right: characterOffset(text, anchors[1]) + start }
}
