import { type BrokenDown, daysFromCivil, isLeap } from './calendar.ts'

/** A moment as `strftime` shows it; the weekday and the day of the year are what the caller says. */
export interface Moment extends BrokenDown {
  readonly offset: number | null
  readonly zone: string
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
]

/** How a number is filled up on the left unless flags say otherwise. */
interface Field {
  readonly text: string
  readonly pad: string
  readonly width: number
}

const number = (value: number, width: number, pad = '0'): Field => ({ text: String(value), pad, width })
const plain = (text: string): Field => ({ text, pad: ' ', width: 0 })

/** The year and week of ISO 8601. */
function isoWeek(m: Moment): [year: number, week: number] {
  const weekOf = (yearday: number) => Math.floor((yearday - 1 - m.weekday + 10) / 7)
  const week = weekOf(m.yearday)
  if (week < 1) {
    const length = isLeap(m.year - 1) ? 366 : 365
    return [m.year - 1, weekOf(m.yearday + length)]
  }
  const length = isLeap(m.year) ? 366 : 365
  // The Thursday of the week tells which year it belongs to.
  if (week === 53 && m.yearday - m.weekday + 3 > length) return [m.year + 1, 1]
  return [m.year, week]
}

const hour12 = (hour: number) => (hour % 12 === 0 ? 12 : hour % 12)

/** The offset of `%z`: `+hhmm`. */
function offsetText(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60)
  const text = `${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`
  return (offset < 0 ? '-' : '+') + text
}

/** Formats that stand for others, in the C locale. */
const composed: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%+4Y-%m-%d',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
}

const fields: Readonly<Record<string, (m: Moment) => Field>> = {
  a: (m) => plain(days[m.weekday]!.slice(0, 3)),
  A: (m) => plain(days[m.weekday]!),
  b: (m) => plain(months[m.month - 1]!.slice(0, 3)),
  h: (m) => plain(months[m.month - 1]!.slice(0, 3)),
  B: (m) => plain(months[m.month - 1]!),
  C: (m) => number(Math.floor(m.year / 100), 2),
  d: (m) => number(m.day, 2),
  e: (m) => number(m.day, 2, ' '),
  g: (m) => number(((isoWeek(m)[0] % 100) + 100) % 100, 2),
  G: (m) => number(isoWeek(m)[0], 1),
  H: (m) => number(m.hour, 2),
  I: (m) => number(hour12(m.hour), 2),
  j: (m) => number(m.yearday, 3),
  k: (m) => number(m.hour, 2, ' '),
  l: (m) => number(hour12(m.hour), 2, ' '),
  m: (m) => number(m.month, 2),
  M: (m) => number(m.minute, 2),
  n: () => plain('\n'),
  p: (m) => plain(m.hour < 12 ? 'AM' : 'PM'),
  P: (m) => plain(m.hour < 12 ? 'am' : 'pm'),
  s: (m) => number(epoch(m), 1),
  S: (m) => number(m.second, 2),
  t: () => plain('\t'),
  u: (m) => number(m.weekday + 1, 1),
  U: (m) => number(Math.floor((m.yearday - 1 + 7 - ((m.weekday + 1) % 7)) / 7), 2),
  V: (m) => number(isoWeek(m)[1], 2),
  w: (m) => number((m.weekday + 1) % 7, 1),
  W: (m) => number(Math.floor((m.yearday - 1 + 7 - m.weekday) / 7), 2),
  y: (m) => number(((m.year % 100) + 100) % 100, 2),
  Y: (m) => number(m.year, 1),
  z: (m) => plain(m.offset === null ? '' : offsetText(m.offset)),
  Z: (m) => plain(m.zone),
  '%': () => plain('%'),
}

function epoch(m: Moment): number {
  return daysFromCivil(m.year, m.month, m.day) * 86400 + m.hour * 3600 + m.minute * 60 + m.second - (m.offset ?? 0)
}

function padded({ text, pad, width }: Field, flag: string, wanted: number): string {
  const fill = flag === '_' ? ' ' : flag === '0' || flag === '+' ? '0' : pad
  const size = flag === '-' ? 0 : Math.max(wanted, width)
  const negative = text.startsWith('-') && fill === '0'
  return negative ? `-${text.slice(1).padStart(size - 1, '0')}` : text.padStart(size, fill)
}

const DIRECTIVE = /%([-_0^#+]*)(\d*)([EO]?)(.)/gsu

/** The moment by a format of C's `strftime` in the C locale, with the flags of glibc; what it does not know stays. */
export function formatTime(format: string, m: Moment): string {
  return format.replace(DIRECTIVE, (whole, flags: string, width: string, _modifier: string, letter: string) => {
    const wanted = width === '' ? 0 : Number(width)
    const flag = flags.replace(/[\^#]/g, '').slice(-1)
    const inner = composed[letter]
    const field = fields[letter]
    let text: string
    if (inner !== undefined) text = formatTime(inner, m).padStart(wanted, flag === '0' ? '0' : ' ')
    else if (field !== undefined) text = padded(field(m), flag, wanted)
    else return whole
    if (flags.includes('^')) return text.toUpperCase()
    if (flags.includes('#')) return letter === 'p' || letter === 'Z' ? text.toLowerCase() : text.toUpperCase()
    return text
  })
}

/** `asctime`: `Sun Jun 20 23:21:05 1993`. */
export function asctime(m: BrokenDown): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const day = String(m.day).padStart(3)
  const clock = `${two(m.hour)}:${two(m.minute)}:${two(m.second)}`
  return `${days[m.weekday]!.slice(0, 3)} ${months[m.month - 1]!.slice(0, 3)}${day} ${clock} ${m.year}`
}
