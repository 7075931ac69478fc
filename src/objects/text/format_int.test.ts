import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { formatInt, intToFloat } from './format_int.ts'

test('ints', () => {
  assert.equal(formatInt(0, ''), '0')
  assert.equal(formatInt(0, 'd'), '0')
  assert.equal(formatInt(0, '5'), '    0')
  assert.equal(formatInt(0, '<12d'), '0           ')
  assert.equal(formatInt(0, '^+12,'), '     +0     ')
  assert.equal(formatInt(0, '=+12'), '+          0')
  assert.equal(formatInt(0, '012,d'), '0,000,000,000')
  assert.equal(formatInt(0, 'x'), '0')
  assert.equal(formatInt(0, '#X'), '0X0')
  assert.equal(formatInt(0, '_b'), '0')
  assert.equal(formatInt(0, '#o'), '0o0')
  assert.equal(formatInt(0, 'e'), '0.000000e+00')
  assert.equal(formatInt(0, '.2f'), '0.00')
  assert.equal(formatInt(0, '%'), '0.000000%')
  assert.equal(formatInt(0, 'n'), '0')
  assert.deepEqual(
    formatInt(0, strFromUtf16('\u{1f600}>25')),
    strFromUtf16(
      '\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}0',
    ),
  )
  assert.equal(formatInt(0, '020_x'), '0_0000_0000_0000_0000')
  assert.equal(formatInt(0, ' '), ' 0')
  assert.equal(formatInt(0, '-'), '0')
  assert.equal(formatInt(-42, ''), '-42')
  assert.equal(formatInt(-42, 'd'), '-42')
  assert.equal(formatInt(-42, '5'), '  -42')
  assert.equal(formatInt(-42, '<12d'), '-42         ')
  assert.equal(formatInt(-42, '^+12,'), '    -42     ')
  assert.equal(formatInt(-42, '=+12'), '-         42')
  assert.equal(formatInt(-42, '012,d'), '-000,000,042')
  assert.equal(formatInt(-42, 'x'), '-2a')
  assert.equal(formatInt(-42, '#X'), '-0X2A')
  assert.equal(formatInt(-42, '_b'), '-10_1010')
  assert.equal(formatInt(-42, '#o'), '-0o52')
  assert.equal(formatInt(-42, 'e'), '-4.200000e+01')
  assert.equal(formatInt(-42, '.2f'), '-42.00')
  assert.equal(formatInt(-42, '%'), '-4200.000000%')
  assert.equal(formatInt(-42, 'n'), '-42')
  assert.deepEqual(
    formatInt(-42, strFromUtf16('\u{1f600}>25')),
    strFromUtf16(
      '\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}-42',
    ),
  )
  assert.equal(formatInt(-42, '020_x'), '-0000_0000_0000_002a')
  assert.equal(formatInt(-42, ' '), '-42')
  assert.equal(formatInt(-42, '-'), '-42')
  assert.equal(formatInt(1234567, ''), '1234567')
  assert.equal(formatInt(1234567, 'd'), '1234567')
  assert.equal(formatInt(1234567, '5'), '1234567')
  assert.equal(formatInt(1234567, '<12d'), '1234567     ')
  assert.equal(formatInt(1234567, '^+12,'), ' +1,234,567 ')
  assert.equal(formatInt(1234567, '=+12'), '+    1234567')
  assert.equal(formatInt(1234567, '012,d'), '0,001,234,567')
  assert.equal(formatInt(1234567, 'x'), '12d687')
  assert.equal(formatInt(1234567, '#X'), '0X12D687')
  assert.equal(formatInt(1234567, '_b'), '1_0010_1101_0110_1000_0111')
  assert.equal(formatInt(1234567, '#o'), '0o4553207')
  assert.equal(formatInt(1234567, 'e'), '1.234567e+06')
  assert.equal(formatInt(1234567, '.2f'), '1234567.00')
  assert.equal(formatInt(1234567, '%'), '123456700.000000%')
  assert.equal(formatInt(1234567, 'n'), '1234567')
  assert.deepEqual(
    formatInt(1234567, strFromUtf16('\u{1f600}>25')),
    strFromUtf16(
      '\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}1234567',
    ),
  )
  assert.equal(formatInt(1234567, '020_x'), '0_0000_0000_0012_d687')
  assert.equal(formatInt(1234567, ' '), ' 1234567')
  assert.equal(formatInt(1234567, '-'), '1234567')
  assert.equal(formatInt(1180591620717411303424n, ''), '1180591620717411303424')
  assert.equal(formatInt(1180591620717411303424n, 'd'), '1180591620717411303424')
  assert.equal(formatInt(1180591620717411303424n, '5'), '1180591620717411303424')
  assert.equal(formatInt(1180591620717411303424n, '<12d'), '1180591620717411303424')
  assert.equal(formatInt(1180591620717411303424n, '^+12,'), '+1,180,591,620,717,411,303,424')
  assert.equal(formatInt(1180591620717411303424n, '=+12'), '+1180591620717411303424')
  assert.equal(formatInt(1180591620717411303424n, '012,d'), '1,180,591,620,717,411,303,424')
  assert.equal(formatInt(1180591620717411303424n, 'x'), '400000000000000000')
  assert.equal(formatInt(1180591620717411303424n, '#X'), '0X400000000000000000')
  assert.equal(
    formatInt(1180591620717411303424n, '_b'),
    '100_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000_0000',
  )
  assert.equal(formatInt(1180591620717411303424n, '#o'), '0o200000000000000000000000')
  assert.equal(formatInt(1180591620717411303424n, 'e'), '1.180592e+21')
  assert.equal(formatInt(1180591620717411303424n, '.2f'), '1180591620717411303424.00')
  assert.equal(formatInt(1180591620717411303424n, '%'), '118059162071741130342400.000000%')
  assert.equal(formatInt(1180591620717411303424n, 'n'), '1180591620717411303424')
  assert.deepEqual(
    formatInt(1180591620717411303424n, strFromUtf16('\u{1f600}>25')),
    strFromUtf16('\u{1f600}\u{1f600}\u{1f600}1180591620717411303424'),
  )
  assert.equal(formatInt(1180591620717411303424n, '020_x'), '40_0000_0000_0000_0000')
  assert.equal(formatInt(1180591620717411303424n, ' '), ' 1180591620717411303424')
  assert.equal(formatInt(1180591620717411303424n, '-'), '1180591620717411303424')
  assert.equal(formatInt(65, 'c'), 'A')
  assert.equal(formatInt(65, '5c'), '    A')
  assert.equal(formatInt(65, '<5c'), 'A    ')
  assert.equal(formatInt(65, '=5c'), '    A')
  assert.equal(formatInt(65, '*^5c'), '**A**')
  assert.deepEqual(formatInt(128512, 'c'), strFromUtf16('\u{1f600}'))
  assert.deepEqual(formatInt(128512, '5c'), strFromUtf16('    \u{1f600}'))
  assert.deepEqual(formatInt(128512, '<5c'), strFromUtf16('\u{1f600}    '))
  assert.deepEqual(formatInt(128512, '=5c'), strFromUtf16('    \u{1f600}'))
  assert.deepEqual(formatInt(128512, '*^5c'), strFromUtf16('**\u{1f600}**'))
})

test('what ints refuse', () => {
  assert.throws(() => formatInt(1, '.2d'), {
    type: 'ValueError',
    message: 'Precision not allowed in integer format specifier',
  })
  assert.throws(() => formatInt(1, 'zd'), {
    type: 'ValueError',
    message: 'Negative zero coercion (z) not allowed in integer format specifier',
  })
  assert.throws(() => formatInt(1, '+c'), {
    type: 'ValueError',
    message: "Sign not allowed with integer format specifier 'c'",
  })
  assert.throws(() => formatInt(1, '#c'), {
    type: 'ValueError',
    message: "Alternate form (#) not allowed with integer format specifier 'c'",
  })
  assert.throws(() => formatInt(-1, 'c'), { type: 'OverflowError', message: '%c arg not in range(0x110000)' })
  assert.throws(() => formatInt(1208925819614629174706176n, 'c'), {
    type: 'OverflowError',
    message: 'Python int too large to convert to C long',
  })
  assert.throws(() => formatInt(1114112, 'c'), { type: 'OverflowError', message: '%c arg not in range(0x110000)' })
  assert.throws(
    () =>
      formatInt(
        10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000n,
        'e',
      ),
    { type: 'OverflowError', message: 'int too large to convert to float' },
  )
  assert.throws(() => formatInt(1, 's'), {
    type: 'ValueError',
    message: "Unknown format code 's' for object of type 'int'",
  })
  assert.throws(() => formatInt(1, '\xe9'), {
    type: 'ValueError',
    message: "Unknown format code '\\xe9' for object of type 'int'",
  })
  assert.throws(() => formatInt(1, ',x'), { type: 'ValueError', message: "Cannot specify ',' with 'x'." })
  assert.throws(() => formatInt(1, ',_d'), { type: 'ValueError', message: "Cannot specify both ',' and '_'." })
  assert.throws(() => formatInt(1, '_,d'), { type: 'ValueError', message: "Cannot specify both ',' and '_'." })
  assert.throws(() => formatInt(1, '.'), { type: 'ValueError', message: 'Format specifier missing precision' })
  assert.throws(() => formatInt(1, 'qq'), {
    type: 'ValueError',
    message: "Invalid format specifier 'qq' for object of type 'int'",
  })
  assert.throws(() => formatInt(1, '99999999999999999999'), {
    type: 'ValueError',
    message: 'Too many decimal digits in format string',
  })
  assert.throws(() => formatInt(10n ** 4300n, 'd'), { type: 'ValueError' })
  assert.equal(String(formatInt(10n ** 4300n, 'd', 'int', 0)).length, 4301)
  assert.throws(() => formatInt(1, ',s'), { type: 'ValueError', message: "Cannot specify ',' with 's'." })
  assert.throws(() => formatInt(1, '_c'), { type: 'ValueError', message: "Cannot specify '_' with 'c'." })
  assert.throws(() => formatInt(1, ',\x01'), { type: 'ValueError', message: "Cannot specify ',' with '\\x1'." })
  assert.throws(() => formatInt(1, 'k', 'Colour'), { message: "Unknown format code 'k' for object of type 'Colour'" })
  assert.throws(() => intToFloat(10n ** 400n), { type: 'OverflowError', message: 'int too large to convert to float' })
})
