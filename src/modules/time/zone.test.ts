import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breakDown, daysFromCivil } from './calendar.ts'
import { formatTime } from './strftime.ts'
import { posixZone } from './zone.ts'

test('days and their parts are each other’s inverse', () => {
  for (const seconds of [0, -1, 951782400, 4102444800, -62135596800, 253402300799]) {
    const t = breakDown(seconds)
    const back = daysFromCivil(t.year, t.month, t.day) * 86400 + t.hour * 3600 + t.minute * 60 + t.second
    assert.equal(back, seconds)
  }
  assert.deepEqual(breakDown(951782400), {
    ...{ year: 2000, month: 2, day: 29, hour: 0, minute: 0, second: 0 },
    ...{ weekday: 1, yearday: 60 },
  })
})

test('a TZ string has summer time by its rules', () => {
  const zone = posixZone('EST5EDT,M3.2.0,M11.1.0')!
  assert.deepEqual(zone.at(1700000000), { offset: -18000, dst: false, name: 'EST' })
  assert.deepEqual(zone.at(1690000000), { offset: -14400, dst: true, name: 'EDT' })
  const south = posixZone('AEST-10AEDT-11,M10.5.0,M3.5.0')!
  assert.equal(south.at(1704067200).name, 'AEDT')
  assert.equal(posixZone('nonsense'), null)
  assert.deepEqual(posixZone('<+03>-3')!.names, ['+03', '+03'])
})

test('flags and widths of strftime are those of glibc', () => {
  const moment = { ...breakDown(951782400 + 3661), offset: 3600, zone: 'CET' }
  assert.equal(formatTime('%-d|%_m|%010Y|%^a|%#Z|%10B|%z', moment), '29| 2|0000002000|TUE|cet|  February|+0100')
  assert.equal(formatTime('%q%', moment), '%q%')
})
