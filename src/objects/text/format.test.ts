import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strFromUtf16 } from '../../base/values.ts'
import { formatComplex, formatFloat } from './format_float.ts'
import { formatInt, intToFloat } from './format_int.ts'
import { formatStr } from './format_str.ts'

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

test('floats', () => {
  assert.equal(formatFloat(0, ''), '0.0')
  assert.equal(formatFloat(0, '.0f'), '0')
  assert.equal(formatFloat(0, '.2f'), '0.00')
  assert.equal(formatFloat(0, 'e'), '0.000000e+00')
  assert.equal(formatFloat(0, '.3e'), '0.000e+00')
  assert.equal(formatFloat(0, 'g'), '0')
  assert.equal(formatFloat(0, '.3g'), '0')
  assert.equal(formatFloat(0, '#g'), '0.00000')
  assert.equal(formatFloat(0, '#.0f'), '0.')
  assert.equal(formatFloat(0, 'G'), '0')
  assert.equal(formatFloat(0, 'F'), '0.000000')
  assert.equal(formatFloat(0, '%'), '0.000000%')
  assert.equal(formatFloat(0, '.1%'), '0.0%')
  assert.equal(formatFloat(0, 'n'), '0')
  assert.equal(formatFloat(0, '.3'), '0.0')
  assert.equal(formatFloat(0, '10.2'), '       0.0')
  assert.equal(formatFloat(0, '+'), '+0.0')
  assert.equal(formatFloat(0, '010.1f'), '00000000.0')
  assert.equal(formatFloat(0, ',.2f'), '0.00')
  assert.equal(formatFloat(0, '_'), '0.0')
  assert.equal(formatFloat(0, 'z.0f'), '0')
  assert.equal(formatFloat(0, '=+12.1f'), '+        0.0')
  assert.equal(formatFloat(0, '*^14'), '*****0.0******')
  assert.equal(formatFloat(0, '.0e'), '0e+00')
  assert.equal(formatFloat(0, 'E'), '0.000000E+00')
  assert.equal(formatFloat(-0, ''), '-0.0')
  assert.equal(formatFloat(-0, '.0f'), '-0')
  assert.equal(formatFloat(-0, '.2f'), '-0.00')
  assert.equal(formatFloat(-0, 'e'), '-0.000000e+00')
  assert.equal(formatFloat(-0, '.3e'), '-0.000e+00')
  assert.equal(formatFloat(-0, 'g'), '-0')
  assert.equal(formatFloat(-0, '.3g'), '-0')
  assert.equal(formatFloat(-0, '#g'), '-0.00000')
  assert.equal(formatFloat(-0, '#.0f'), '-0.')
  assert.equal(formatFloat(-0, 'G'), '-0')
  assert.equal(formatFloat(-0, 'F'), '-0.000000')
  assert.equal(formatFloat(-0, '%'), '-0.000000%')
  assert.equal(formatFloat(-0, '.1%'), '-0.0%')
  assert.equal(formatFloat(-0, 'n'), '-0')
  assert.equal(formatFloat(-0, '.3'), '-0.0')
  assert.equal(formatFloat(-0, '10.2'), '      -0.0')
  assert.equal(formatFloat(-0, '+'), '-0.0')
  assert.equal(formatFloat(-0, '010.1f'), '-0000000.0')
  assert.equal(formatFloat(-0, ',.2f'), '-0.00')
  assert.equal(formatFloat(-0, '_'), '-0.0')
  assert.equal(formatFloat(-0, 'z.0f'), '0')
  assert.equal(formatFloat(-0, '=+12.1f'), '-        0.0')
  assert.equal(formatFloat(-0, '*^14'), '*****-0.0*****')
  assert.equal(formatFloat(-0, '.0e'), '-0e+00')
  assert.equal(formatFloat(-0, 'E'), '-0.000000E+00')
  assert.equal(formatFloat(1.5, ''), '1.5')
  assert.equal(formatFloat(1.5, '.0f'), '2')
  assert.equal(formatFloat(1.5, '.2f'), '1.50')
  assert.equal(formatFloat(1.5, 'e'), '1.500000e+00')
  assert.equal(formatFloat(1.5, '.3e'), '1.500e+00')
  assert.equal(formatFloat(1.5, 'g'), '1.5')
  assert.equal(formatFloat(1.5, '.3g'), '1.5')
  assert.equal(formatFloat(1.5, '#g'), '1.50000')
  assert.equal(formatFloat(1.5, '#.0f'), '2.')
  assert.equal(formatFloat(1.5, 'G'), '1.5')
  assert.equal(formatFloat(1.5, 'F'), '1.500000')
  assert.equal(formatFloat(1.5, '%'), '150.000000%')
  assert.equal(formatFloat(1.5, '.1%'), '150.0%')
  assert.equal(formatFloat(1.5, 'n'), '1.5')
  assert.equal(formatFloat(1.5, '.3'), '1.5')
  assert.equal(formatFloat(1.5, '10.2'), '       1.5')
  assert.equal(formatFloat(1.5, '+'), '+1.5')
  assert.equal(formatFloat(1.5, '010.1f'), '00000001.5')
  assert.equal(formatFloat(1.5, ',.2f'), '1.50')
  assert.equal(formatFloat(1.5, '_'), '1.5')
  assert.equal(formatFloat(1.5, 'z.0f'), '2')
  assert.equal(formatFloat(1.5, '=+12.1f'), '+        1.5')
  assert.equal(formatFloat(1.5, '*^14'), '*****1.5******')
  assert.equal(formatFloat(1.5, '.0e'), '2e+00')
  assert.equal(formatFloat(1.5, 'E'), '1.500000E+00')
  assert.equal(formatFloat(2.5, ''), '2.5')
  assert.equal(formatFloat(2.5, '.0f'), '2')
  assert.equal(formatFloat(2.5, '.2f'), '2.50')
  assert.equal(formatFloat(2.5, 'e'), '2.500000e+00')
  assert.equal(formatFloat(2.5, '.3e'), '2.500e+00')
  assert.equal(formatFloat(2.5, 'g'), '2.5')
  assert.equal(formatFloat(2.5, '.3g'), '2.5')
  assert.equal(formatFloat(2.5, '#g'), '2.50000')
  assert.equal(formatFloat(2.5, '#.0f'), '2.')
  assert.equal(formatFloat(2.5, 'G'), '2.5')
  assert.equal(formatFloat(2.5, 'F'), '2.500000')
  assert.equal(formatFloat(2.5, '%'), '250.000000%')
  assert.equal(formatFloat(2.5, '.1%'), '250.0%')
  assert.equal(formatFloat(2.5, 'n'), '2.5')
  assert.equal(formatFloat(2.5, '.3'), '2.5')
  assert.equal(formatFloat(2.5, '10.2'), '       2.5')
  assert.equal(formatFloat(2.5, '+'), '+2.5')
  assert.equal(formatFloat(2.5, '010.1f'), '00000002.5')
  assert.equal(formatFloat(2.5, ',.2f'), '2.50')
  assert.equal(formatFloat(2.5, '_'), '2.5')
  assert.equal(formatFloat(2.5, 'z.0f'), '2')
  assert.equal(formatFloat(2.5, '=+12.1f'), '+        2.5')
  assert.equal(formatFloat(2.5, '*^14'), '*****2.5******')
  assert.equal(formatFloat(2.5, '.0e'), '2e+00')
  assert.equal(formatFloat(2.5, 'E'), '2.500000E+00')
  assert.equal(formatFloat(-1234567.891, ''), '-1234567.891')
  assert.equal(formatFloat(-1234567.891, '.0f'), '-1234568')
  assert.equal(formatFloat(-1234567.891, '.2f'), '-1234567.89')
  assert.equal(formatFloat(-1234567.891, 'e'), '-1.234568e+06')
  assert.equal(formatFloat(-1234567.891, '.3e'), '-1.235e+06')
  assert.equal(formatFloat(-1234567.891, 'g'), '-1.23457e+06')
  assert.equal(formatFloat(-1234567.891, '.3g'), '-1.23e+06')
  assert.equal(formatFloat(-1234567.891, '#g'), '-1.23457e+06')
  assert.equal(formatFloat(-1234567.891, '#.0f'), '-1234568.')
  assert.equal(formatFloat(-1234567.891, 'G'), '-1.23457E+06')
  assert.equal(formatFloat(-1234567.891, 'F'), '-1234567.891000')
  assert.equal(formatFloat(-1234567.891, '%'), '-123456789.100000%')
  assert.equal(formatFloat(-1234567.891, '.1%'), '-123456789.1%')
  assert.equal(formatFloat(-1234567.891, 'n'), '-1.23457e+06')
  assert.equal(formatFloat(-1234567.891, '.3'), '-1.23e+06')
  assert.equal(formatFloat(-1234567.891, '10.2'), '  -1.2e+06')
  assert.equal(formatFloat(-1234567.891, '+'), '-1234567.891')
  assert.equal(formatFloat(-1234567.891, '010.1f'), '-1234567.9')
  assert.equal(formatFloat(-1234567.891, ',.2f'), '-1,234,567.89')
  assert.equal(formatFloat(-1234567.891, '_'), '-1_234_567.891')
  assert.equal(formatFloat(-1234567.891, 'z.0f'), '-1234568')
  assert.equal(formatFloat(-1234567.891, '=+12.1f'), '-  1234567.9')
  assert.equal(formatFloat(-1234567.891, '*^14'), '*-1234567.891*')
  assert.equal(formatFloat(-1234567.891, '.0e'), '-1e+06')
  assert.equal(formatFloat(-1234567.891, 'E'), '-1.234568E+06')
  assert.equal(formatFloat(1e22, ''), '1e+22')
  assert.equal(formatFloat(1e22, '.0f'), '10000000000000000000000')
  assert.equal(formatFloat(1e22, '.2f'), '10000000000000000000000.00')
  assert.equal(formatFloat(1e22, 'e'), '1.000000e+22')
  assert.equal(formatFloat(1e22, '.3e'), '1.000e+22')
  assert.equal(formatFloat(1e22, 'g'), '1e+22')
  assert.equal(formatFloat(1e22, '.3g'), '1e+22')
  assert.equal(formatFloat(1e22, '#g'), '1.00000e+22')
  assert.equal(formatFloat(1e22, '#.0f'), '10000000000000000000000.')
  assert.equal(formatFloat(1e22, 'G'), '1E+22')
  assert.equal(formatFloat(1e22, 'F'), '10000000000000000000000.000000')
  assert.equal(formatFloat(1e22, '%'), '999999999999999983222784.000000%')
  assert.equal(formatFloat(1e22, '.1%'), '999999999999999983222784.0%')
  assert.equal(formatFloat(1e22, 'n'), '1e+22')
  assert.equal(formatFloat(1e22, '.3'), '1e+22')
  assert.equal(formatFloat(1e22, '10.2'), '     1e+22')
  assert.equal(formatFloat(1e22, '+'), '+1e+22')
  assert.equal(formatFloat(1e22, '010.1f'), '10000000000000000000000.0')
  assert.equal(formatFloat(1e22, ',.2f'), '10,000,000,000,000,000,000,000.00')
  assert.equal(formatFloat(1e22, '_'), '1e+22')
  assert.equal(formatFloat(1e22, 'z.0f'), '10000000000000000000000')
  assert.equal(formatFloat(1e22, '=+12.1f'), '+10000000000000000000000.0')
  assert.equal(formatFloat(1e22, '*^14'), '****1e+22*****')
  assert.equal(formatFloat(1e22, '.0e'), '1e+22')
  assert.equal(formatFloat(1e22, 'E'), '1.000000E+22')
  assert.equal(formatFloat(1e-7, ''), '1e-07')
  assert.equal(formatFloat(1e-7, '.0f'), '0')
  assert.equal(formatFloat(1e-7, '.2f'), '0.00')
  assert.equal(formatFloat(1e-7, 'e'), '1.000000e-07')
  assert.equal(formatFloat(1e-7, '.3e'), '1.000e-07')
  assert.equal(formatFloat(1e-7, 'g'), '1e-07')
  assert.equal(formatFloat(1e-7, '.3g'), '1e-07')
  assert.equal(formatFloat(1e-7, '#g'), '1.00000e-07')
  assert.equal(formatFloat(1e-7, '#.0f'), '0.')
  assert.equal(formatFloat(1e-7, 'G'), '1E-07')
  assert.equal(formatFloat(1e-7, 'F'), '0.000000')
  assert.equal(formatFloat(1e-7, '%'), '0.000010%')
  assert.equal(formatFloat(1e-7, '.1%'), '0.0%')
  assert.equal(formatFloat(1e-7, 'n'), '1e-07')
  assert.equal(formatFloat(1e-7, '.3'), '1e-07')
  assert.equal(formatFloat(1e-7, '10.2'), '     1e-07')
  assert.equal(formatFloat(1e-7, '+'), '+1e-07')
  assert.equal(formatFloat(1e-7, '010.1f'), '00000000.0')
  assert.equal(formatFloat(1e-7, ',.2f'), '0.00')
  assert.equal(formatFloat(1e-7, '_'), '1e-07')
  assert.equal(formatFloat(1e-7, 'z.0f'), '0')
  assert.equal(formatFloat(1e-7, '=+12.1f'), '+        0.0')
  assert.equal(formatFloat(1e-7, '*^14'), '****1e-07*****')
  assert.equal(formatFloat(1e-7, '.0e'), '1e-07')
  assert.equal(formatFloat(1e-7, 'E'), '1.000000E-07')
  assert.equal(formatFloat(Number.NaN, ''), 'nan')
  assert.equal(formatFloat(Number.NaN, '.0f'), 'nan')
  assert.equal(formatFloat(Number.NaN, '.2f'), 'nan')
  assert.equal(formatFloat(Number.NaN, 'e'), 'nan')
  assert.equal(formatFloat(Number.NaN, '.3e'), 'nan')
  assert.equal(formatFloat(Number.NaN, 'g'), 'nan')
  assert.equal(formatFloat(Number.NaN, '.3g'), 'nan')
  assert.equal(formatFloat(Number.NaN, '#g'), 'nan')
  assert.equal(formatFloat(Number.NaN, '#.0f'), 'nan')
  assert.equal(formatFloat(Number.NaN, 'G'), 'NAN')
  assert.equal(formatFloat(Number.NaN, 'F'), 'NAN')
  assert.equal(formatFloat(Number.NaN, '%'), 'nan%')
  assert.equal(formatFloat(Number.NaN, '.1%'), 'nan%')
  assert.equal(formatFloat(Number.NaN, 'n'), 'nan')
  assert.equal(formatFloat(Number.NaN, '.3'), 'nan')
  assert.equal(formatFloat(Number.NaN, '10.2'), '       nan')
  assert.equal(formatFloat(Number.NaN, '+'), '+nan')
  assert.equal(formatFloat(Number.NaN, '010.1f'), '0000000nan')
  assert.equal(formatFloat(Number.NaN, ',.2f'), 'nan')
  assert.equal(formatFloat(Number.NaN, '_'), 'nan')
  assert.equal(formatFloat(Number.NaN, 'z.0f'), 'nan')
  assert.equal(formatFloat(Number.NaN, '=+12.1f'), '+        nan')
  assert.equal(formatFloat(Number.NaN, '*^14'), '*****nan******')
  assert.equal(formatFloat(Number.NaN, '.0e'), 'nan')
  assert.equal(formatFloat(Number.NaN, 'E'), 'NAN')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, ''), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '.0f'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '.2f'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, 'e'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '.3e'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, 'g'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '.3g'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '#g'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '#.0f'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, 'G'), '-INF')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, 'F'), '-INF')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '%'), '-inf%')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '.1%'), '-inf%')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, 'n'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '.3'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '10.2'), '      -inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '+'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '010.1f'), '-000000inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, ',.2f'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '_'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, 'z.0f'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '=+12.1f'), '-        inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '*^14'), '*****-inf*****')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, '.0e'), '-inf')
  assert.equal(formatFloat(Number.NEGATIVE_INFINITY, 'E'), '-INF')
})

test('floats of many digits', () => {
  assert.equal(
    formatFloat(0.1, '.120f'),
    '0.100000000000000005551115123125782702118158340454101562500000000000000000000000000000000000000000000000000000000000000000',
  )
  assert.equal(
    formatFloat(0.1, '.110e'),
    '1.00000000000000005551115123125782702118158340454101562500000000000000000000000000000000000000000000000000000000e-01',
  )
  assert.equal(formatFloat(0.1, '.150g'), '0.1000000000000000055511151231257827021181583404541015625')
  assert.equal(formatFloat(0.1, '.0f'), '0')
  assert.equal(formatFloat(0.1, '.60g'), '0.1000000000000000055511151231257827021181583404541015625')
  assert.equal(
    formatFloat(1e300, '.120f'),
    '1000000000000000052504760255204420248704468581108159154915854115511802457988908195786371375080447864043704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
  )
  assert.equal(
    formatFloat(1e300, '.110e'),
    '1.00000000000000005250476025520442024870446858110815915491585411551180245798890819578637137508044786404370444383e+300',
  )
  assert.equal(
    formatFloat(1e300, '.150g'),
    '1.00000000000000005250476025520442024870446858110815915491585411551180245798890819578637137508044786404370444383288387817694252323536043057564479218479e+300',
  )
  assert.equal(
    formatFloat(1e300, '.0f'),
    '1000000000000000052504760255204420248704468581108159154915854115511802457988908195786371375080447864043704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160',
  )
  assert.equal(formatFloat(1e300, '.60g'), '1.00000000000000005250476025520442024870446858110815915491585e+300')
  assert.equal(
    formatFloat(5e-324, '.120f'),
    '0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
  )
  assert.equal(
    formatFloat(5e-324, '.110e'),
    '4.94065645841246544176568792868221372365059802614324764425585682500675507270208751865299836361635992379796564695e-324',
  )
  assert.equal(
    formatFloat(5e-324, '.150g'),
    '4.94065645841246544176568792868221372365059802614324764425585682500675507270208751865299836361635992379796564695445717730926656710355939796398774796011e-324',
  )
  assert.equal(formatFloat(5e-324, '.0f'), '0')
  assert.equal(formatFloat(5e-324, '.60g'), '4.94065645841246544176568792868221372365059802614324764425586e-324')
  assert.equal(
    formatFloat(0.3333333333333333, '.120f'),
    '0.333333333333333314829616256247390992939472198486328125000000000000000000000000000000000000000000000000000000000000000000',
  )
  assert.equal(
    formatFloat(0.3333333333333333, '.110e'),
    '3.33333333333333314829616256247390992939472198486328125000000000000000000000000000000000000000000000000000000000e-01',
  )
  assert.equal(formatFloat(0.3333333333333333, '.150g'), '0.333333333333333314829616256247390992939472198486328125')
  assert.equal(formatFloat(0.3333333333333333, '.0f'), '0')
  assert.equal(formatFloat(0.3333333333333333, '.60g'), '0.333333333333333314829616256247390992939472198486328125')
  assert.equal(formatFloat(0.5, '.0f'), '0')
  assert.equal(formatFloat(0.5, '.2f'), '0.50')
  assert.equal(formatFloat(0.5, '.1g'), '0.5')
  assert.equal(formatFloat(0.5, '.2g'), '0.5')
  assert.equal(formatFloat(0.5, '.0e'), '5e-01')
  assert.equal(formatFloat(0.5, '.1e'), '5.0e-01')
  assert.equal(formatFloat(1.5, '.0f'), '2')
  assert.equal(formatFloat(1.5, '.2f'), '1.50')
  assert.equal(formatFloat(1.5, '.1g'), '2')
  assert.equal(formatFloat(1.5, '.2g'), '1.5')
  assert.equal(formatFloat(1.5, '.0e'), '2e+00')
  assert.equal(formatFloat(1.5, '.1e'), '1.5e+00')
  assert.equal(formatFloat(2.5, '.0f'), '2')
  assert.equal(formatFloat(2.5, '.2f'), '2.50')
  assert.equal(formatFloat(2.5, '.1g'), '2')
  assert.equal(formatFloat(2.5, '.2g'), '2.5')
  assert.equal(formatFloat(2.5, '.0e'), '2e+00')
  assert.equal(formatFloat(2.5, '.1e'), '2.5e+00')
  assert.equal(formatFloat(0.125, '.0f'), '0')
  assert.equal(formatFloat(0.125, '.2f'), '0.12')
  assert.equal(formatFloat(0.125, '.1g'), '0.1')
  assert.equal(formatFloat(0.125, '.2g'), '0.12')
  assert.equal(formatFloat(0.125, '.0e'), '1e-01')
  assert.equal(formatFloat(0.125, '.1e'), '1.2e-01')
  assert.equal(formatFloat(0.375, '.0f'), '0')
  assert.equal(formatFloat(0.375, '.2f'), '0.38')
  assert.equal(formatFloat(0.375, '.1g'), '0.4')
  assert.equal(formatFloat(0.375, '.2g'), '0.38')
  assert.equal(formatFloat(0.375, '.0e'), '4e-01')
  assert.equal(formatFloat(0.375, '.1e'), '3.8e-01')
  assert.equal(formatFloat(1000000000000000.5, '.0f'), '1000000000000000')
  assert.equal(formatFloat(1000000000000000.5, '.2f'), '1000000000000000.50')
  assert.equal(formatFloat(1000000000000000.5, '.1g'), '1e+15')
  assert.equal(formatFloat(1000000000000000.5, '.2g'), '1e+15')
  assert.equal(formatFloat(1000000000000000.5, '.0e'), '1e+15')
  assert.equal(formatFloat(1000000000000000.5, '.1e'), '1.0e+15')
})

test('what floats refuse', () => {
  assert.throws(() => formatFloat(1.5, 'd'), {
    type: 'ValueError',
    message: "Unknown format code 'd' for object of type 'float'",
  })
  assert.throws(() => formatFloat(1.5, 's'), {
    type: 'ValueError',
    message: "Unknown format code 's' for object of type 'float'",
  })
  assert.throws(() => formatFloat(1.5, '.2147483648f'), { type: 'ValueError', message: 'precision too big' })
  assert.throws(() => formatFloat(1.5, 'x'), {
    type: 'ValueError',
    message: "Unknown format code 'x' for object of type 'float'",
  })
  assert.throws(() => formatFloat(1.5, '99999999999999999999'), {
    type: 'ValueError',
    message: 'Too many decimal digits in format string',
  })
  assert.throws(() => formatFloat(1.5, '.f'), { type: 'ValueError', message: 'Format specifier missing precision' })
  assert.throws(() => formatFloat(1.5, 'aa'), {
    type: 'ValueError',
    message: "Invalid format specifier 'aa' for object of type 'float'",
  })
  assert.throws(() => formatFloat(1.5, '.999999999f'), { type: 'MemoryError' })
})

test('complex numbers', () => {
  assert.equal(formatComplex(0, 0, ''), '0j')
  assert.equal(formatComplex(0, 0, '.2f'), '0.00+0.00j')
  assert.equal(formatComplex(0, 0, 'e'), '0.000000e+00+0.000000e+00j')
  assert.equal(formatComplex(0, 0, '12'), '          0j')
  assert.equal(formatComplex(0, 0, '<30.1f'), '0.0+0.0j                      ')
  assert.equal(formatComplex(0, 0, '^30'), '              0j              ')
  assert.equal(formatComplex(0, 0, '+'), '+0j')
  assert.equal(formatComplex(0, 0, '.3'), '0j')
  assert.equal(formatComplex(0, 0, '#'), '0.j')
  assert.equal(formatComplex(0, 0, 'n'), '0+0j')
  assert.equal(formatComplex(0, 0, '>+20.1e'), '   +0.0e+00+0.0e+00j')
  assert.equal(formatComplex(0, 0, ',.1f'), '0.0+0.0j')
  assert.equal(formatComplex(1, 2, ''), '(1+2j)')
  assert.equal(formatComplex(1, 2, '.2f'), '1.00+2.00j')
  assert.equal(formatComplex(1, 2, 'e'), '1.000000e+00+2.000000e+00j')
  assert.equal(formatComplex(1, 2, '12'), '      (1+2j)')
  assert.equal(formatComplex(1, 2, '<30.1f'), '1.0+2.0j                      ')
  assert.equal(formatComplex(1, 2, '^30'), '            (1+2j)            ')
  assert.equal(formatComplex(1, 2, '+'), '(+1+2j)')
  assert.equal(formatComplex(1, 2, '.3'), '(1+2j)')
  assert.equal(formatComplex(1, 2, '#'), '(1.+2.j)')
  assert.equal(formatComplex(1, 2, 'n'), '1+2j')
  assert.equal(formatComplex(1, 2, '>+20.1e'), '   +1.0e+00+2.0e+00j')
  assert.equal(formatComplex(1, 2, ',.1f'), '1.0+2.0j')
  assert.equal(formatComplex(-1.5, -2.5, ''), '(-1.5-2.5j)')
  assert.equal(formatComplex(-1.5, -2.5, '.2f'), '-1.50-2.50j')
  assert.equal(formatComplex(-1.5, -2.5, 'e'), '-1.500000e+00-2.500000e+00j')
  assert.equal(formatComplex(-1.5, -2.5, '12'), ' (-1.5-2.5j)')
  assert.equal(formatComplex(-1.5, -2.5, '<30.1f'), '-1.5-2.5j                     ')
  assert.equal(formatComplex(-1.5, -2.5, '^30'), '         (-1.5-2.5j)          ')
  assert.equal(formatComplex(-1.5, -2.5, '+'), '(-1.5-2.5j)')
  assert.equal(formatComplex(-1.5, -2.5, '.3'), '(-1.5-2.5j)')
  assert.equal(formatComplex(-1.5, -2.5, '#'), '(-1.5-2.5j)')
  assert.equal(formatComplex(-1.5, -2.5, 'n'), '-1.5-2.5j')
  assert.equal(formatComplex(-1.5, -2.5, '>+20.1e'), '   -1.5e+00-2.5e+00j')
  assert.equal(formatComplex(-1.5, -2.5, ',.1f'), '-1.5-2.5j')
  assert.equal(formatComplex(0, -1, ''), '-1j')
  assert.equal(formatComplex(0, -1, '.2f'), '0.00-1.00j')
  assert.equal(formatComplex(0, -1, 'e'), '0.000000e+00-1.000000e+00j')
  assert.equal(formatComplex(0, -1, '12'), '         -1j')
  assert.equal(formatComplex(0, -1, '<30.1f'), '0.0-1.0j                      ')
  assert.equal(formatComplex(0, -1, '^30'), '             -1j              ')
  assert.equal(formatComplex(0, -1, '+'), '-1j')
  assert.equal(formatComplex(0, -1, '.3'), '-1j')
  assert.equal(formatComplex(0, -1, '#'), '-1.j')
  assert.equal(formatComplex(0, -1, 'n'), '0-1j')
  assert.equal(formatComplex(0, -1, '>+20.1e'), '   +0.0e+00-1.0e+00j')
  assert.equal(formatComplex(0, -1, ',.1f'), '0.0-1.0j')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, ''), '(nan+infj)')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, '.2f'), 'nan+infj')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, 'e'), 'nan+infj')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, '12'), '  (nan+infj)')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, '<30.1f'), 'nan+infj                      ')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, '^30'), '          (nan+infj)          ')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, '+'), '(+nan+infj)')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, '.3'), '(nan+infj)')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, '#'), '(nan+infj)')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, 'n'), 'nan+infj')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, '>+20.1e'), '           +nan+infj')
  assert.equal(formatComplex(Number.NaN, Number.POSITIVE_INFINITY, ',.1f'), 'nan+infj')
  assert.equal(formatComplex(-0, 1e20, ''), '(-0+1e+20j)')
  assert.equal(formatComplex(-0, 1e20, '.2f'), '-0.00+100000000000000000000.00j')
  assert.equal(formatComplex(-0, 1e20, 'e'), '-0.000000e+00+1.000000e+20j')
  assert.equal(formatComplex(-0, 1e20, '12'), ' (-0+1e+20j)')
  assert.equal(formatComplex(-0, 1e20, '<30.1f'), '-0.0+100000000000000000000.0j ')
  assert.equal(formatComplex(-0, 1e20, '^30'), '         (-0+1e+20j)          ')
  assert.equal(formatComplex(-0, 1e20, '+'), '(-0+1e+20j)')
  assert.equal(formatComplex(-0, 1e20, '.3'), '(-0+1e+20j)')
  assert.equal(formatComplex(-0, 1e20, '#'), '(-0.+1.e+20j)')
  assert.equal(formatComplex(-0, 1e20, 'n'), '-0+1e+20j')
  assert.equal(formatComplex(-0, 1e20, '>+20.1e'), '   -0.0e+00+1.0e+20j')
  assert.equal(formatComplex(-0, 1e20, ',.1f'), '-0.0+100,000,000,000,000,000,000.0j')
  assert.throws(() => formatComplex(1, 2, '012'), {
    type: 'ValueError',
    message: 'Zero padding is not allowed in complex format specifier',
  })
  assert.throws(() => formatComplex(1, 2, '=12'), {
    type: 'ValueError',
    message: "'=' alignment flag is not allowed in complex format specifier",
  })
  assert.throws(() => formatComplex(1, 2, 'd'), {
    type: 'ValueError',
    message: "Unknown format code 'd' for object of type 'complex'",
  })
  assert.throws(() => formatComplex(1, 2, '%'), {
    type: 'ValueError',
    message: "Unknown format code '%' for object of type 'complex'",
  })
  assert.throws(() => formatComplex(1, 2, 's'), {
    type: 'ValueError',
    message: "Unknown format code 's' for object of type 'complex'",
  })
})

test('strings', () => {
  assert.equal(formatStr('abc', ''), 'abc')
  assert.equal(formatStr('abc', 's'), 'abc')
  assert.equal(formatStr('abc', '5'), 'abc  ')
  assert.equal(formatStr('abc', '>5'), '  abc')
  assert.equal(formatStr('abc', '^6'), ' abc  ')
  assert.equal(formatStr('abc', '*<5'), 'abc**')
  assert.equal(formatStr('abc', '.2'), 'ab')
  assert.equal(formatStr('abc', '5.1'), 'a    ')
  assert.equal(formatStr('abc', '05'), 'abc00')
  assert.equal(formatStr('abc', '<05'), 'abc00')
  assert.deepEqual(
    formatStr('abc', strFromUtf16('\u{1f600}^7')),
    strFromUtf16('\u{1f600}\u{1f600}abc\u{1f600}\u{1f600}'),
  )
  assert.equal(formatStr('abc', '.0'), '')
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), ''), strFromUtf16('a\u{1f600}b'))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), 's'), strFromUtf16('a\u{1f600}b'))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '5'), strFromUtf16('a\u{1f600}b  '))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '>5'), strFromUtf16('  a\u{1f600}b'))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '^6'), strFromUtf16(' a\u{1f600}b  '))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '*<5'), strFromUtf16('a\u{1f600}b**'))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '.2'), strFromUtf16('a\u{1f600}'))
  assert.equal(formatStr(strFromUtf16('a\u{1f600}b'), '5.1'), 'a    ')
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '05'), strFromUtf16('a\u{1f600}b00'))
  assert.deepEqual(formatStr(strFromUtf16('a\u{1f600}b'), '<05'), strFromUtf16('a\u{1f600}b00'))
  assert.deepEqual(
    formatStr(strFromUtf16('a\u{1f600}b'), strFromUtf16('\u{1f600}^7')),
    strFromUtf16('\u{1f600}\u{1f600}a\u{1f600}b\u{1f600}\u{1f600}'),
  )
  assert.equal(formatStr(strFromUtf16('a\u{1f600}b'), '.0'), '')
  assert.equal(formatStr('', ''), '')
  assert.equal(formatStr('', 's'), '')
  assert.equal(formatStr('', '5'), '     ')
  assert.equal(formatStr('', '>5'), '     ')
  assert.equal(formatStr('', '^6'), '      ')
  assert.equal(formatStr('', '*<5'), '*****')
  assert.equal(formatStr('', '.2'), '')
  assert.equal(formatStr('', '5.1'), '     ')
  assert.equal(formatStr('', '05'), '00000')
  assert.equal(formatStr('', '<05'), '00000')
  assert.deepEqual(
    formatStr('', strFromUtf16('\u{1f600}^7')),
    strFromUtf16('\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}'),
  )
  assert.equal(formatStr('', '.0'), '')
  assert.throws(() => formatStr('abc', '+'), {
    type: 'ValueError',
    message: 'Sign not allowed in string format specifier',
  })
  assert.throws(() => formatStr('abc', '- '), {
    type: 'ValueError',
    message: "Unknown format code '\\x20' for object of type 'str'",
  })
  assert.throws(() => formatStr('abc', ' '), {
    type: 'ValueError',
    message: 'Space not allowed in string format specifier',
  })
  assert.throws(() => formatStr('abc', '#'), {
    type: 'ValueError',
    message: 'Alternate form (#) not allowed in string format specifier',
  })
  assert.throws(() => formatStr('abc', '=5'), {
    type: 'ValueError',
    message: "'=' alignment not allowed in string format specifier",
  })
  assert.throws(() => formatStr('abc', 'd'), {
    type: 'ValueError',
    message: "Unknown format code 'd' for object of type 'str'",
  })
  assert.throws(() => formatStr('abc', 'z'), {
    type: 'ValueError',
    message: 'Negative zero coercion (z) not allowed in string format specifier',
  })
  assert.throws(() => formatStr('abc', ','), { type: 'ValueError', message: "Cannot specify ',' with 's'." })
  assert.throws(() => formatStr('abc', '_s'), { type: 'ValueError', message: "Cannot specify '_' with 's'." })
  assert.throws(() => formatStr('abc', '.'), { type: 'ValueError', message: 'Format specifier missing precision' })
  assert.throws(() => formatStr('abc', '5.x5'), { type: 'ValueError', message: 'Format specifier missing precision' })
  assert.throws(() => formatStr('abc', '0=5'), {
    type: 'ValueError',
    message: "'=' alignment not allowed in string format specifier",
  })
})
