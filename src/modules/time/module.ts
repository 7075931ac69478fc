import { strToUtf16 } from '../../base/values.ts'
import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asFloat, asInt, asStr } from '../../objects/access.ts'
import { defineModule } from '../../objects/define_module.ts'
import { overflowError, typeError, valueError } from '../../objects/errors.ts'
import { newFloat, newText, newTuple } from '../../objects/make.ts'
import { toIndex } from '../../objects/number_protocol.ts'
import type { PyDict, PyTuple, PyType, Value } from '../../objects/object.ts'
import { TPFLAGS_TUPLE_SUBCLASS } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { field, newStructSequence, type PyStructSequence, structSequenceType } from '../../objects/struct_sequence.ts'
import { None, simpleNamespaceType, typeOf } from '../../objects/types.ts'
import { importAttribute } from '../../vm/import.ts'
import { osError } from '../../vm/os_error.ts'
import { platform } from '../../vm/platform.ts'
import { checkSignals } from '../../vm/signals.ts'
import { waitsAmongThreads, waitUntil } from '../../vm/threads.ts'
import { type BrokenDown, breakDown, daysFromCivil } from './calendar.ts'
import { asctime, formatTime } from './strftime.ts'
import { localZone, type Zone } from './zone.ts'

const BILLION = 1000000000n
const TIME_T_MAX = 2 ** 63

let zone: Zone | null = null

function currentZone(): Zone {
  zone ??= localZone()
  return zone
}

let structTime: PyType | null = null

function structTimeType(): PyType {
  structTime ??= structSequenceType({
    name: 'time.struct_time',
    fields: [
      ...['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'],
      ...['tm_zone', 'tm_gmtoff'],
    ],
    visible: 9,
  })
  return structTime
}

function outOfRange(): unknown {
  return overflowError('timestamp out of range for platform time_t')
}

/** A number of seconds as C's `time_t`: floats are rounded down. */
function toTime(value: Value): number {
  const float = asFloat(value)
  let seconds: number
  if (float !== undefined) {
    if (Number.isNaN(float)) throw valueError('Invalid value NaN (not a number)')
    seconds = Math.floor(float)
  } else seconds = Number(toIndex(value))
  if (!(seconds >= -TIME_T_MAX && seconds < TIME_T_MAX)) throw outOfRange()
  // The year must fit a C int.
  if (Math.abs(seconds) > 67767976233532800) throw overflowError('Value too large for defined data type')
  return seconds
}

function optionalTime(value: Value): number {
  return value === None ? Number(platform().clock.now() / BILLION) : toTime(value)
}

function newStructTime(t: BrokenDown, dst: number, name: string, offset: number): Owned<Value> {
  return newStructSequence(structTimeType(), [
    ...[t.year, t.month, t.day, t.hour, t.minute, t.second, t.weekday, t.yearday, dst],
    newText(name),
    offset,
  ])
}

function localtime(seconds: number): Owned<Value> {
  const { offset, dst, name } = currentZone().at(seconds)
  return newStructTime(breakDown(seconds + offset), dst ? 1 : 0, name, offset)
}

/** The least year of C's `struct tm`, which counts from 1900. */
const TM_YEAR_MIN = -0x80000000 + 1900

/** A time tuple: its numbers, and the zone where it is a struct_time that knows one. */
interface TimeTuple extends BrokenDown {
  readonly isdst: number
  readonly zone: string | null
  readonly offset: number | null
}

function toInt(value: Value): number {
  const number = toIndex(value)
  if (number > 0x7fffffff) throw overflowError('signed integer is greater than maximum')
  if (number < -0x80000000) throw overflowError('signed integer is less than minimum')
  return Number(number)
}

function timeTuple(value: Value, name: string): TimeTuple {
  if (typeof value !== 'object' || (value.type.flags & TPFLAGS_TUPLE_SUBCLASS) === 0) {
    throw typeError('Tuple or struct_time argument required')
  }
  const items = (value as PyTuple).data
  if (items.length !== 9) throw typeError(`${name}(): illegal time tuple argument`)
  const [year, month, day, hour, minute, second, weekday, yearday, isdst] = items.map((item) => toInt(item)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (year < TM_YEAR_MIN) throw overflowError('year out of range')
  let zoneName: string | null = null
  let offset: number | null = null
  if (value.type === structTimeType()) {
    const [shownZone, shownOffset] = [field(value as PyStructSequence, 9), field(value as PyStructSequence, 10)]
    const text = asStr(shownZone)
    if (text !== undefined) zoneName = strToUtf16(text)
    offset = Number(asInt(shownOffset) ?? 0)
    if (text === undefined) offset = null
  }
  return {
    year,
    month,
    day,
    hour,
    minute,
    second,
    weekday: ((weekday % 7) + 7) % 7,
    yearday,
    isdst,
    zone: zoneName,
    offset,
  }
}

/** Checks the fields as `strftime` and `asctime` need them; what is 0 counts as the least (`checktm`). */
function checked(given: TimeTuple, weekdayGiven: number): TimeTuple {
  let { month, day, yearday } = given
  if (month === 0) month = 1
  else if (month < 0 || month > 12) throw valueError('month out of range')
  if (day === 0) day = 1
  else if (day < 0 || day > 31) throw valueError('day of month out of range')
  if (given.hour < 0 || given.hour > 23) throw valueError('hour out of range')
  if (given.minute < 0 || given.minute > 59) throw valueError('minute out of range')
  if (given.second < 0 || given.second > 61) throw valueError('seconds out of range')
  if (weekdayGiven < -1) throw valueError('day of week out of range')
  if (yearday === 0) yearday = 1
  else if (yearday < 0 || yearday > 366) throw valueError('day of year out of range')
  return { ...given, month, day, yearday }
}

function checkedTuple(value: Value, name: string): TimeTuple {
  const given = timeTuple(value, name)
  return checked(given, toInt((value as PyTuple).data[6]!))
}

function nowTuple(): TimeTuple {
  const seconds = Number(platform().clock.now() / BILLION)
  const { offset, dst, name } = currentZone().at(seconds)
  return { ...breakDown(seconds + offset), isdst: dst ? 1 : 0, zone: name, offset }
}

/** What `%Z` shows for a tuple without a zone. */
function zoneName(isdst: number): string {
  return isdst < 0 ? '' : currentZone().names[isdst > 0 ? 1 : 0]
}

function strftime(format: Value, value: Value | undefined): Owned<Value> {
  const text = asStr(format)
  if (text === undefined) throw typeError(`strftime() argument 1 must be str, not ${typeOf(format).name}`)
  const given = value === undefined ? nowTuple() : checkedTuple(value, 'strftime')
  const moment = { ...given, zone: given.zone ?? zoneName(given.isdst), offset: given.offset ?? 0 }
  const plain = strToUtf16(text)
  if (plain.includes('\0')) throw valueError('embedded null character')
  return newText(formatTime(plain, moment))
}

/** How far, and in what steps, the C library looks for summer or winter time. */
const STRIDE = 601200
const SEARCH_MAX = 268828200

function mktime(value: Value): Owned<Value> {
  const t = timeTuple(value, 'mktime')
  const local = daysFromCivil(t.year, t.month, t.day) * 86400 + t.hour * 3600 + t.minute * 60 + t.second
  const { at } = currentZone()
  const wanted = t.isdst < 0 ? null : t.isdst > 0
  const guesses = new Set<number>()
  for (const near of [-86400, 0, 86400]) guesses.add(at(local - at(local).offset + near).offset)
  let best: number | null = null
  for (const offset of guesses) {
    const seconds = local - offset
    const found = at(seconds)
    if (found.offset !== offset) continue
    if (best === null || wanted === found.dst) best = seconds
  }
  if (best === null) best = local - at(local - at(local).offset).offset
  const there = at(best)
  if (wanted !== null && there.dst !== wanted) {
    // The tuple counts in the other of winter and summer time: in what that is at the nearest time that has it.
    for (let delta = STRIDE; delta < SEARCH_MAX; delta += STRIDE) {
      for (const near of [best - delta, best + delta]) {
        const other = at(near)
        if (other.dst === wanted) return newFloat(local - other.offset)
      }
    }
    best += wanted ? -3600 : 3600
  }
  return newFloat(best)
}

const REALTIME = 0
const MONOTONIC = 1
const PROCESS = 2
const THREAD = 3
const CLOCKS: Readonly<Record<number, () => bigint>> = {
  [REALTIME]: () => platform().clock.now(),
  [MONOTONIC]: () => platform().clock.monotonic(),
  [PROCESS]: () => platform().clock.process(),
  [THREAD]: () => platform().clock.thread(),
  4: () => platform().clock.monotonic(),
  7: () => platform().clock.monotonic(),
  11: () => platform().clock.now() + 37n * BILLION,
}

const integer = (n: bigint): Owned<Value> => (n <= 9007199254740991n ? Number(n) : n)
const float = (n: bigint): Owned<Value> => newFloat(Number(n) / 1e9)

function readClock(id: number): bigint {
  const clock = CLOCKS[id]
  if (clock === undefined) throw osError(22)
  return clock()
}

const clockNames: Readonly<Record<string, { id: string; monotonic: boolean }>> = {
  time: { id: 'CLOCK_REALTIME', monotonic: false },
  monotonic: { id: 'CLOCK_MONOTONIC', monotonic: true },
  perf_counter: { id: 'CLOCK_MONOTONIC', monotonic: true },
  process_time: { id: 'CLOCK_PROCESS_CPUTIME_ID', monotonic: true },
  thread_time: { id: 'CLOCK_THREAD_CPUTIME_ID', monotonic: true },
}

function clockInfo(name: string): Owned<Value> {
  const info = clockNames[name]
  if (info === undefined) throw valueError('unknown clock')
  const names = ['implementation', 'monotonic', 'adjustable', 'resolution']
  const resolution = newFloat(1e-9)
  try {
    return call(simpleNamespaceType, [`clock_gettime(${info.id})`, info.monotonic, !info.monotonic, resolution], names)
  } finally {
    drop(resolution)
  }
}

/** A length of time in nanoseconds, rounded up (`_PyTime_ROUND_TIMEOUT`). */
export function toTimeout(value: Value): bigint {
  const seconds = asFloat(value)
  if (seconds !== undefined) {
    if (Number.isNaN(seconds)) throw valueError('Invalid value NaN (not a number)')
    if (Math.abs(seconds) >= 9223372036.854776) throw outOfRange()
    const whole = Math.trunc(seconds)
    const rest = (seconds - whole) * 1e9
    return BigInt(whole) * BILLION + BigInt(rest < 0 ? Math.floor(rest) : Math.ceil(rest))
  }
  const number = BigInt(toIndex(value))
  if (number > 9223372036n || number < -9223372036n) throw outOfRange()
  return number * BILLION
}

function sleep(value: Value): void {
  const length = toTimeout(value)
  if (length < 0n) throw valueError('sleep length must be non-negative')
  const { clock } = platform()
  const deadline = clock.monotonic() + length
  const nap = (nanoseconds: bigint) => {
    if (!clock.sleep(nanoseconds)) checkSignals()
  }
  if (waitsAmongThreads()) {
    waitUntil(() => false, deadline)
    return
  }
  for (let left = length; ; left = deadline - clock.monotonic()) {
    nap(left < 0n ? 0n : left)
    if (clock.monotonic() >= deadline) return
  }
}

/** The length of a year where CPython looks for winter and summer. */
const YEAR = (365 * 24 + 6) * 3600

/** Sets what depends on the zone: `timezone`, `altzone`, `daylight`, `tzname`. */
function setZone({ data }: PyDict): void {
  zone = localZone()
  const begin = Math.floor(Number(platform().clock.now() / BILLION) / YEAR) * YEAR
  const [january, july] = [zone.at(begin), zone.at(begin + YEAR / 2)]
  const [standard, summer] = january.offset > july.offset ? [july, january] : [january, july]
  data.set('timezone', -standard.offset + 0)
  data.set('altzone', -summer.offset + 0)
  data.set('daylight', january.offset === july.offset ? 0 : 1)
  data.set('tzname', newTuple([newText(standard.name.slice(0, 9)), newText(summer.name.slice(0, 9))]))
}

/** The `time` module. */
export const timeModule = defineModule('time', () => {
  let namespace: PyDict | null = null
  return {
    functions: {
      'time()': () => float(platform().clock.now()),
      'time_ns()': () => integer(platform().clock.now()),
      'monotonic()': () => float(platform().clock.monotonic()),
      'monotonic_ns()': () => integer(platform().clock.monotonic()),
      'perf_counter()': () => float(platform().clock.monotonic()),
      'perf_counter_ns()': () => integer(platform().clock.monotonic()),
      'process_time()': () => float(platform().clock.process()),
      'process_time_ns()': () => integer(platform().clock.process()),
      'thread_time()': () => float(platform().clock.thread()),
      'thread_time_ns()': () => integer(platform().clock.thread()),
      'clock_gettime(clk_id: int, /)': (id) => float(readClock(id)),
      'clock_gettime_ns(clk_id: int, /)': (id) => integer(readClock(id)),
      'clock_getres(clk_id: int, /)': (id) => {
        readClock(id)
        return newFloat(1e-9)
      },
      'get_clock_info(name: text, /)': (name) => clockInfo(name),
      'sleep(seconds, /)': sleep,
      'gmtime(seconds = None, /)': (seconds) => newStructTime(breakDown(optionalTime(seconds)), 0, 'UTC', 0),
      'localtime(seconds = None, /)': (seconds) => localtime(optionalTime(seconds)),
      'asctime(tuple = NULL, /)': (tuple) =>
        newText(asctime(tuple === undefined ? nowTuple() : checkedTuple(tuple, 'asctime'))),
      'ctime(seconds = None, /)': (seconds) => {
        const time = optionalTime(seconds)
        return newText(asctime(breakDown(time + currentZone().at(time).offset)))
      },
      'mktime(tuple, /)': mktime,
      'strftime(format, tuple = NULL, /)': strftime,
      'strptime(*args)': (args) => {
        const parse = importAttribute('_strptime', '_strptime_time')
        try {
          return call(parse, args)
        } finally {
          drop(parse)
        }
      },
      'tzset()': () => {
        if (namespace !== null) setZone(namespace)
      },
    },
    attributes: {
      _STRUCT_TM_ITEMS: 11,
      CLOCK_REALTIME: REALTIME,
      CLOCK_MONOTONIC: MONOTONIC,
      CLOCK_PROCESS_CPUTIME_ID: PROCESS,
      CLOCK_THREAD_CPUTIME_ID: THREAD,
      CLOCK_MONOTONIC_RAW: 4,
      CLOCK_BOOTTIME: 7,
      CLOCK_TAI: 11,
    },
    setup: (dict) => {
      namespace = dict
      dict.data.set('struct_time', keep<Value>(structTimeType()))
      setZone(dict)
    },
  }
})
