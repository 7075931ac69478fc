/** Seeded damage to programs and to bytes, for tests that must come out the same each time. */

/** A seeded generator of uniform numbers in [0, 1): the 32-bit mixer of Mulberry32. */
export type Random = () => number

/** The generator for a seed. */
export function random(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of the items. */
export function pick<T>(items: readonly T[], rng: Random): T {
  return items[Math.floor(rng() * items.length)]!
}

const pieces =
  /\n[ \t]*|[A-Za-z_]\w*|\d[\w.]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\*\*=?|\/\/=?|<<=?|>>=?|[-+*/%&|^@:<>=!]=|->|\.\.\.|\S/g

const intruders =
  "( ) [ ] { } : , = == := * ** -> . ... @ ; if else for in lambda def class return yield await async not is None True 1 0777 1_ 0x 1e 'x' f'{' f'{a!x}' b'é' import from as with try except finally del global nonlocal pass break continue raise assert x print match case $ ? ! \\ é € ' \"\"\" # <> != %"
    .split(' ')
    .concat(['\n', '    ', '\t', '\n        ', '\0'])

/** A program with one token deleted, doubled, swapped with its neighbour, replaced, put in, or all behind it cut off. */
export function mutateSource(source: string, rng: Random): string {
  const tokens = [...source.matchAll(pieces)]
  if (tokens.length === 0) return pick(intruders, rng)
  const at = Math.floor(rng() * tokens.length)
  const start = tokens[at]!.index
  const text = tokens[at]![0]
  const end = start + text.length
  const kind = Math.floor(rng() * 7)
  if (kind === 0) return source.slice(0, start) + source.slice(end)
  if (kind === 1 || kind === 2)
    return source.slice(0, start) + pick(intruders, rng) + (rng() < 0.5 ? ' ' : '') + source.slice(start)
  if (kind === 3) return `${source.slice(0, end)} ${text}${source.slice(end)}`
  if (kind === 4) return source.slice(0, start) + pick(intruders, rng) + source.slice(end)
  if (kind === 5) return source.slice(0, start) + (rng() < 0.5 ? '' : '\n')
  const next = tokens[at + 1]
  if (next === undefined) return source.slice(0, start)
  const nextEnd = next.index + next[0].length
  return source.slice(0, start) + next[0] + source.slice(end, next.index) + text + source.slice(nextEnd)
}

/** Bytes with a few of them flipped, set to extremes, removed, repeated, or all behind a point cut off. */
export function mutateBytes(data: Uint8Array, rng: Random): Uint8Array {
  let bytes = data.slice()
  for (let n = 1 + Math.floor(rng() * 4); n > 0 && bytes.length >= 4; n--) {
    const at = Math.floor(rng() * bytes.length)
    const kind = Math.floor(rng() * 6)
    if (kind === 0) bytes[at]! ^= 1 << Math.floor(rng() * 8)
    else if (kind === 1) bytes[at] = pick([0, 1, 0x7f, 0x80, 0xff], rng)
    else if (kind === 2) bytes[at] = Math.floor(rng() * 256)
    else if (kind === 3) bytes = bytes.slice(0, at)
    else if (kind === 4)
      bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + Math.floor(rng() * 8))])
    else
      new DataView(bytes.buffer).setInt32(
        Math.min(at, Math.max(0, bytes.length - 4)),
        pick([-1, 2 ** 31 - 1, -(2 ** 31), 2 ** 24], rng),
        true,
      )
  }
  return bytes
}

/** The statements at the left margin of a program, each with what is indented below it. */
export function topStatements(source: string): string[] {
  const lines = source.split('\n')
  const statements: string[] = []
  let current: string[] = []
  for (const line of lines) {
    if (/^[A-Za-z_@]/.test(line) && !/^(else|elif|except|finally)\b/.test(line) && !current.at(-1)?.startsWith('@')) {
      if (current.length > 0) statements.push(`${current.join('\n')}\n`)
      current = []
    }
    current.push(line)
  }
  if (current.length > 0) statements.push(`${current.join('\n')}\n`)
  return statements.filter((text) => text.trim() !== '' && text.split('\n').length < 40)
}
