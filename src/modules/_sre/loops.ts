import { type Str, strFromCodePoints, WideStr } from '../../base/values.ts'
import { type Match, Matcher, type Subject } from './engine.ts'
import type { Poll } from './machine.ts'
import type { Program } from './program.ts'

/** `subject[start:end]`. */
function slice(subject: Subject, start: number, end: number): Subject {
  if (typeof subject === 'string') return subject.slice(start, end)
  if (subject instanceof WideStr) return strFromCodePoints(subject.codePoints.slice(start, end))
  return subject.slice(start, end)
}

/** The text of a group; `null` if it took no part in the match. */
export function groupText(subject: Subject, match: Match, group: number): Subject | null {
  const start = match.spans[2 * group]!
  return start < 0 ? null : slice(subject, start, match.spans[2 * group + 1]!)
}

const NOWHERE = Number.MAX_SAFE_INTEGER

/** `Pattern.findall`: for each match its text, or that of its only group, or those of all its groups. */
export function findAll(
  program: Program,
  subject: Subject,
  pos: number,
  endpos: number,
  poll?: Poll,
): (Subject | Subject[])[] {
  const matcher = new Matcher(program, subject, pos, endpos, poll)
  const empty = slice(subject, 0, 0)
  const out: (Subject | Subject[])[] = []
  while (matcher.find()) {
    const match = matcher.result()
    const groups = match.spans.length / 2 - 1
    if (groups === 0) out.push(slice(subject, matcher.start, matcher.end))
    else if (groups === 1) out.push(groupText(subject, match, 1) ?? empty)
    else {
      const texts: Subject[] = []
      for (let group = 1; group <= groups; group++) texts.push(groupText(subject, match, group) ?? empty)
      out.push(texts)
    }
    matcher.advance()
  }
  matcher.close()
  return out
}

/** `Pattern.split`: the texts between the matches, with the groups of each; 0 as `maxsplit` is no limit. */
export function split(program: Program, subject: Subject, maxsplit: number, poll?: Poll): (Subject | null)[] {
  const matcher = new Matcher(program, subject, 0, NOWHERE, poll)
  const out: (Subject | null)[] = []
  let last = 0
  for (let n = 0; (maxsplit === 0 || n < maxsplit) && matcher.find(); n++) {
    const match = matcher.result()
    out.push(slice(subject, last, matcher.start))
    for (let group = 1; group < match.spans.length / 2; group++) out.push(groupText(subject, match, group))
    last = matcher.end
    matcher.advance()
  }
  matcher.close()
  out.push(slice(subject, last, matcher.endpos))
  return out
}

/** What `Pattern.sub` joins, and how many matches were replaced. */
export interface Substitution<T> {
  readonly pieces: (Subject | T)[]
  readonly count: number
}

/**
 * `Pattern.subn` without the joining: the texts between the matches, and what `replace` makes of each match (`null` for
 * nothing). 0 as `count` is no limit.
 */
export function substitute<T>(
  program: Program,
  subject: Subject,
  count: number,
  replace: (match: Match) => T | null,
  poll?: Poll,
): Substitution<T> {
  const matcher = new Matcher(program, subject, 0, NOWHERE, poll)
  const pieces: (Subject | T)[] = []
  let last = 0
  let n = 0
  for (; (count === 0 || n < count) && matcher.find(); n++) {
    if (last < matcher.start) pieces.push(slice(subject, last, matcher.start))
    const piece = replace(matcher.result())
    if (piece !== null) pieces.push(piece)
    last = matcher.end
    matcher.advance()
  }
  matcher.close()
  if (last < matcher.endpos) pieces.push(slice(subject, last, matcher.endpos))
  return { pieces, count: n }
}

/** Part of a replacement: text, or the number of a group. */
export type TemplatePart = Str | Uint8Array | number

/** `re._parser.expand_template` over its parts in order: the replacement for a match; a group not set is empty. */
export function expandTemplate(parts: readonly TemplatePart[], subject: Subject, match: Match): Subject[] {
  const out: Subject[] = []
  for (const part of parts) {
    if (typeof part !== 'number') out.push(part)
    else {
      const text = groupText(subject, match, part)
      if (text !== null) out.push(text)
    }
  }
  return out
}
