import { environmentText } from '../../vm/locale_encoding.ts'
import { platform } from '../../vm/platform.ts'
import { readFile } from '../../vm/system.ts'
import { breakDown, daysFromCivil, isLeap } from './calendar.ts'

/** What local time is at a moment. */
interface Offset {
  /** Seconds ahead of UTC. */
  readonly offset: number
  readonly dst: boolean
  readonly name: string
}

/** A zone of local time, and what `time` tells of it. */
export interface Zone {
  at(seconds: number): Offset
  /** The names of winter and summer time. */
  readonly names: readonly [string, string]
}

/** When summer time begins or ends: a rule of a POSIX TZ string. */
interface Rule {
  readonly kind: 'M' | 'J' | 'n'
  readonly month: number
  readonly week: number
  readonly day: number
  readonly time: number
}

const DAY = 86400
const NAME = /^(?:<([A-Za-z0-9+-]+)>|([A-Za-z]{3,}))/
const CLOCK = /^([+-]?)(\d{1,3})(?::(\d{1,2})(?::(\d{1,2}))?)?/

class PosixParser {
  private rest: string

  constructor(text: string) {
    this.rest = text
  }

  get done(): boolean {
    return this.rest === ''
  }

  take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.rest)
    if (match !== null) this.rest = this.rest.slice(match[0].length)
    return match
  }

  name(): string | null {
    const match = this.take(NAME)
    return match === null ? null : (match[1] ?? match[2]!)
  }

  clock(): number | null {
    const match = this.take(CLOCK)
    if (match === null) return null
    const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0)
    return match[1] === '-' ? -seconds : seconds
  }

  rule(): Rule | null {
    if (this.take(/^,/) === null) return null
    const monthly = this.take(/^M(\d{1,2})\.(\d)\.(\d)/)
    const yearly = monthly === null ? this.take(/^(J?)(\d{1,3})/) : null
    if (monthly === null && yearly === null) return null
    let time: number | null = 7200
    if (this.take(/^\//) !== null) time = this.clock()
    if (time === null) return null
    if (monthly !== null) {
      return { kind: 'M', month: Number(monthly[1]), week: Number(monthly[2]), day: Number(monthly[3]), time }
    }
    return { kind: yearly![1] === 'J' ? 'J' : 'n', month: 0, week: 0, day: Number(yearly![2]), time }
  }
}

/** The second of a year, in local time, when a rule applies. */
function ruleSecond(rule: Rule, year: number): number {
  let day: number
  if (rule.kind === 'M') {
    const first = daysFromCivil(year, rule.month, 1)
    const weekday = (((first + 4) % 7) + 7) % 7
    day = first + ((rule.day - weekday + 7) % 7) + (rule.week - 1) * 7
    const next = daysFromCivil(year, rule.month + 1, 1)
    while (day >= next) day -= 7
  } else {
    day = daysFromCivil(year, 1, 1) + rule.day - (rule.kind === 'J' ? 1 : 0)
    if (rule.kind === 'J' && isLeap(year) && rule.day >= 60) day++
  }
  return day * DAY + rule.time
}

/** A zone of a POSIX TZ string, such as `EST5EDT,M3.2.0,M11.1.0`; `null` for a text that is none. */
export function posixZone(text: string): Zone | null {
  const parser = new PosixParser(text)
  const standardName = parser.name()
  const behind = standardName === null ? null : parser.clock()
  if (standardName === null || behind === null) return null
  const standard: Offset = { offset: -behind, dst: false, name: standardName }
  const summerName = parser.name()
  if (summerName === null) {
    if (!parser.done) return null
    return { at: () => standard, names: [standardName, standardName] }
  }
  const given = parser.done || text.includes(`${summerName},`) ? null : parser.clock()
  const summer: Offset = { offset: given === null ? standard.offset + 3600 : -given, dst: true, name: summerName }
  const rules = parser.done ? [] : [parser.rule(), parser.rule()]
  if (!parser.done || rules.includes(null)) return null
  const [begin, end] = rules.length === 0 ? defaultRules : (rules as [Rule, Rule])
  const at = (seconds: number): Offset => {
    // Before 1970 the C library goes by the rules of that year.
    const year = Math.max(1970, breakDown(seconds + standard.offset).year)
    const from = ruleSecond(begin, year) - standard.offset
    const to = ruleSecond(end, year) - summer.offset
    const inside = from < to ? seconds >= from && seconds < to : seconds >= from || seconds < to
    return inside ? summer : standard
  }
  return { at, names: [standardName, summerName] }
}

/** The rules where a TZ string names none: those of the United States. */
const defaultRules: [Rule, Rule] = [
  { kind: 'M', month: 3, week: 2, day: 0, time: 7200 },
  { kind: 'M', month: 11, week: 1, day: 0, time: 7200 },
]

/** A zone of a file in the format of `tzfile(5)`; `null` for bytes that are none. */
function fileZone(bytes: Uint8Array): Zone | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 44 || view.getUint32(0) !== 0x545a6966) return null
  const counts = (at: number) => [0, 1, 2, 3, 4, 5].map((i) => view.getUint32(at + 20 + 4 * i)) as number[]
  let at = 0
  let width = 4
  let [utc, std, leap, times, types, chars] = counts(at) as [number, number, number, number, number, number]
  if (bytes[4]! >= 0x32) {
    at = 44 + times * 5 + types * 6 + chars + leap * 8 + std + utc
    width = 8
    ;[utc, std, leap, times, types, chars] = counts(at) as [number, number, number, number, number, number]
  }
  const timesAt = at + 44
  const indexAt = timesAt + times * width
  const typesAt = indexAt + times
  const charsAt = typesAt + types * 6
  const nameAt = (i: number) => {
    let end = charsAt + i
    while (bytes[end] !== 0) end++
    return new TextDecoder().decode(bytes.subarray(charsAt + i, end))
  }
  const kinds: Offset[] = []
  for (let i = 0; i < types; i++) {
    const place = typesAt + 6 * i
    kinds.push({ offset: view.getInt32(place), dst: bytes[place + 4] === 1, name: nameAt(bytes[place + 5]!) })
  }
  const transitions: { when: number; kind: Offset }[] = []
  for (let i = 0; i < times; i++) {
    const when = width === 8 ? Number(view.getBigInt64(timesAt + 8 * i)) : view.getInt32(timesAt + 4 * i)
    transitions.push({ when, kind: kinds[bytes[indexAt + i]!]! })
  }
  const footerAt = charsAt + chars + leap * (width + 4) + std + utc
  const footer = width === 8 ? new TextDecoder().decode(bytes.subarray(footerAt)).trim() : ''
  return zoneOf(kinds, transitions, footer === '' ? null : posixZone(footer))
}

function zoneOf(
  kinds: readonly Offset[],
  transitions: readonly { when: number; kind: Offset }[],
  later: Zone | null,
): Zone {
  const first = kinds.find((kind) => !kind.dst) ?? kinds[0]!
  const last = transitions[transitions.length - 1]
  const at = (seconds: number): Offset => {
    if (last === undefined || seconds < transitions[0]!.when) {
      return last === undefined && later !== null ? later.at(seconds) : first
    }
    if (seconds >= last.when && later !== null) return later.at(seconds)
    let [low, high] = [0, transitions.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (transitions[middle]!.when <= seconds) low = middle
      else high = middle - 1
    }
    return transitions[low]!.kind
  }
  const names: [string, string | null] = ['UTC', null]
  for (const kind of kinds) names[kind.dst ? 1 : 0] = kind.name
  return { at, names: [names[0], names[1] ?? names[0]] }
}

const UTC: Zone = {
  at: () => ({ offset: 0, dst: false, name: 'UTC' }),
  names: ['UTC', 'UTC'],
}

/** The zone of a platform without files about zones. */
function platformZone(): Zone {
  const { clock } = platform()
  const year = breakDown(Number(clock.now() / 1000000000n)).year
  const winter = clock.zoneAt(daysFromCivil(year, 1, 1) * DAY)
  const summer = clock.zoneAt(daysFromCivil(year, 7, 1) * DAY)
  const [standard, other] = winter.dst ? [summer, winter] : [winter, summer]
  return {
    at: (seconds) => clock.zoneAt(seconds),
    names: [standard.name, other.name],
  }
}

/** The zone that the environment variable TZ asks for, by the rules of the C library. */
export function localZone(): Zone {
  const name = environmentText('TZ')
  if (name === undefined) {
    const bytes = readFile('/etc/localtime')
    return (bytes === null ? null : fileZone(bytes)) ?? platformZone()
  }
  const text = name.startsWith(':') ? name.slice(1) : name
  if (text === '') return UTC
  const bytes = readFile(text.startsWith('/') ? text : `/usr/share/zoneinfo/${text}`)
  const found = bytes === null ? null : fileZone(bytes)
  return (
    found ??
    posixZone(text) ?? {
      ...UTC,
      at: () => ({ offset: 0, dst: false, name: unknownName(text) }),
      names: [unknownName(text), unknownName(text)],
    }
  )
}

/** What the C library calls a zone that it does not know: the letters of the text. */
function unknownName(text: string): string {
  return /^[A-Za-z]{3,}/.exec(text)?.[0] ?? 'UTC'
}
