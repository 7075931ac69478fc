import type { Expr, ExprNode } from './nodes.ts'
import { ATOM, binaryOperators } from './operators.ts'

/** An expression whose first operand may be such an expression again, thousands of times over. */
export type ChainNode = ExprNode<'Attribute' | 'Subscript' | 'Call' | 'BinOp'>

/**
 * The text of a chain: walks down to its first operand, then writes the rest on the way up, so that length costs no
 * stack. `text` writes an operand at a level of precedence, `link` a node of the chain behind the text before it.
 */
export function chainText(
  first: ChainNode,
  level: number,
  text: (e: Expr, level: number) => string,
  link: (e: ChainNode, before: string, level: number) => string,
): string {
  const chain: ChainNode[] = []
  const levels: number[] = []
  let e: Expr = first
  while (e.node === 'Attribute' || e.node === 'Subscript' || e.node === 'Call' || e.node === 'BinOp') {
    chain.push(e)
    levels.push(level)
    if (e.node === 'BinOp') {
      level = binaryOperators[e.op].precedence + (e.op === 'Pow' ? 1 : 0)
      e = e.left
    } else {
      level = ATOM
      e = e.node === 'Call' ? e.func : e.value
    }
  }
  let out = text(e, level)
  for (let i = chain.length - 1; i >= 0; i--) out = link(chain[i]!, out, levels[i]!)
  return out
}
