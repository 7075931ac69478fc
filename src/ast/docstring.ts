import { type Constant, type Str, strCodePoints, strFromCodePoints, WideStr } from '../base/values.ts'
import type { ExprNode, ModNode, Stmt, StmtNode } from './nodes.ts'

const TAB_SIZE = 8
const TAB = 0x09
const NEWLINE = 0x0a
const RETURN = 0x0d
const SPACE = 0x20

/** What `str.strip` takes away: the white space of Unicode, and the separators that Python counts as such. */
const WHITESPACE: ReadonlySet<number> = new Set([
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003,
  0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
])

/** The node of the docstring with which a body begins, or `null`. As `_PyAST_GetDocString`. */
export function docstringNode(body: readonly Stmt[]): ExprNode<'Constant'> | null {
  const first = body[0]
  if (first === undefined || first.node !== 'Expr' || first.value.node !== 'Constant') return null
  return isStr(first.value.value) ? first.value : null
}

/**
 * The docstring of a module, class or function, or `null`. As `ast.get_docstring`: unless `clean` is false, tabs are
 * expanded, the indentation that lines have in common is removed, and so are blank lines around the text.
 */
export function getDocstring(
  node: ModNode<'Module'> | StmtNode<'FunctionDef' | 'AsyncFunctionDef' | 'ClassDef'>,
  clean = true,
): Str | null {
  const text = docstringNode(node.body)?.value
  if (text === undefined || !isStr(text)) return null
  return clean ? cleandoc(text) : text
}

function isStr(value: Constant): value is Str {
  return typeof value === 'string' || value instanceof WideStr
}

/** As `inspect.cleandoc`. */
function cleandoc(text: Str): Str {
  const lines = splitLines(expandTabs(strCodePoints(text)))
  let margin = Number.POSITIVE_INFINITY
  for (const line of lines.slice(1)) {
    const indent = indentation(line)
    if (indent < line.length) margin = Math.min(margin, indent)
  }
  const cut = lines.map((line, i) => {
    if (i === 0) return line.slice(indentation(line))
    return margin === Number.POSITIVE_INFINITY ? line : line.slice(margin)
  })
  while (cut.length > 0 && cut[cut.length - 1]!.length === 0) cut.pop()
  while (cut.length > 0 && cut[0]!.length === 0) cut.shift()
  const out: number[] = []
  cut.forEach((line, i) => {
    if (i > 0) out.push(NEWLINE)
    for (const cp of line) out.push(cp)
  })
  return strFromCodePoints(out)
}

function indentation(line: readonly number[]): number {
  const first = line.findIndex((cp) => !WHITESPACE.has(cp))
  return first < 0 ? line.length : first
}

function expandTabs(text: readonly number[]): number[] {
  const out: number[] = []
  let column = 0
  for (const cp of text) {
    if (cp === TAB) {
      for (let width = TAB_SIZE - (column % TAB_SIZE); width > 0; width--, column++) out.push(SPACE)
    } else {
      out.push(cp)
      column = cp === NEWLINE || cp === RETURN ? 0 : column + 1
    }
  }
  return out
}

function splitLines(text: readonly number[]): number[][] {
  const lines: number[][] = [[]]
  for (const cp of text) {
    if (cp === NEWLINE) lines.push([])
    else lines[lines.length - 1]!.push(cp)
  }
  return lines
}
