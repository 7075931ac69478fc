import { strRepr } from '../../base/repr.ts'
import { strFromUtf16 } from '../../base/values.ts'
import type { TokenInfo } from '../../tokens/tokenize_module.ts'
import type { Style } from './style.ts'

/** One line a token: place, kind, text. */
export function* tokenLines(tokens: readonly TokenInfo[], style: Style): Generator<string> {
  const places = tokens.map(({ start, end }) => `${start[0]}:${start[1]}-${end[0]}:${end[1]}`)
  const placeWidth = Math.max(...places.map((place) => place.length))
  const kindWidth = Math.max(...tokens.map((token) => token.exact_type.length))
  for (const [i, token] of tokens.entries()) {
    const text = token.exact_type === 'STRING' || token.exact_type === 'NUMBER' ? style.literal : style.name
    const kind = token.exact_type.padEnd(kindWidth)
    yield `${style.faint(places[i]!.padEnd(placeWidth))}  ${style.keyword(kind)}  ${text(strRepr(strFromUtf16(token.string)))}`
  }
}
