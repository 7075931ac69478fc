import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PyError } from '../../base/errors.ts'
import {
  intAbs,
  intAdd,
  intAnd,
  intDivmod,
  intFloorDiv,
  intInvert,
  intLshift,
  intMod,
  intMul,
  intNegate,
  intOr,
  intPow,
  intPowMod,
  intRound,
  intRshift,
  intSub,
  intXor,
} from './int_arith.ts'
import { intBitCount, intBitLength, intFromBytes, intToBytes, intTrueDiv } from './int_bits.ts'
import { comb, factorial, gcd, isqrt, lcm, perm } from './int_math.ts'

test('int arithmetic stays in its one form and follows Python in signs', () => {
  assert.deepEqual(intAdd(9007199254740991, 1), 9007199254740992n)
  assert.deepEqual(intAdd(-7, 2), -5)
  assert.deepEqual(intAdd(7, -2), 5)
  assert.deepEqual(intAdd(0, -5), -5)
  assert.deepEqual(intAdd(1180591620717411303424n, -3), 1180591620717411303421n)
  assert.deepEqual(intAdd(-18446744073709551616n, 8589934593), -18446744065119617023n)
  assert.deepEqual(intAdd(-1, 1099511627776), 1099511627775)
  assert.deepEqual(intAdd(9007199254740991, 9007199254740991), 18014398509481982n)
  assert.deepEqual(intSub(9007199254740991, 1), 9007199254740990)
  assert.deepEqual(intSub(-7, 2), -9)
  assert.deepEqual(intSub(7, -2), 9)
  assert.deepEqual(intSub(0, -5), 5)
  assert.deepEqual(intSub(1180591620717411303424n, -3), 1180591620717411303427n)
  assert.deepEqual(intSub(-18446744073709551616n, 8589934593), -18446744082299486209n)
  assert.deepEqual(intSub(-1, 1099511627776), -1099511627777)
  assert.deepEqual(intSub(9007199254740991, 9007199254740991), 0)
  assert.deepEqual(intMul(9007199254740991, 1), 9007199254740991)
  assert.deepEqual(intMul(-7, 2), -14)
  assert.deepEqual(intMul(7, -2), -14)
  assert.deepEqual(intMul(0, -5), 0)
  assert.deepEqual(intMul(1180591620717411303424n, -3), -3541774862152233910272n)
  assert.deepEqual(intMul(-18446744073709551616n, 8589934593), -158456325046975419260797452288n)
  assert.deepEqual(intMul(-1, 1099511627776), -1099511627776)
  assert.deepEqual(intMul(9007199254740991, 9007199254740991), 81129638414606663681390495662081n)
  assert.deepEqual(intFloorDiv(9007199254740991, 1), 9007199254740991)
  assert.deepEqual(intFloorDiv(-7, 2), -4)
  assert.deepEqual(intFloorDiv(7, -2), -4)
  assert.deepEqual(intFloorDiv(0, -5), 0)
  assert.deepEqual(intFloorDiv(1180591620717411303424n, -3), -393530540239137101142n)
  assert.deepEqual(intFloorDiv(-18446744073709551616n, 8589934593), -2147483648)
  assert.deepEqual(intFloorDiv(-1, 1099511627776), -1)
  assert.deepEqual(intFloorDiv(9007199254740991, 9007199254740991), 1)
  assert.deepEqual(intMod(9007199254740991, 1), 0)
  assert.deepEqual(intMod(-7, 2), 1)
  assert.deepEqual(intMod(7, -2), -1)
  assert.deepEqual(intMod(0, -5), 0)
  assert.deepEqual(intMod(1180591620717411303424n, -3), -2)
  assert.deepEqual(intMod(-18446744073709551616n, 8589934593), 2147483648)
  assert.deepEqual(intMod(-1, 1099511627776), 1099511627775)
  assert.deepEqual(intMod(9007199254740991, 9007199254740991), 0)
  assert.deepEqual(intDivmod(9007199254740991, 1), [9007199254740991, 0])
  assert.deepEqual(intDivmod(-7, 2), [-4, 1])
  assert.deepEqual(intDivmod(7, -2), [-4, -1])
  assert.deepEqual(intDivmod(0, -5), [0, 0])
  assert.deepEqual(intDivmod(1180591620717411303424n, -3), [-393530540239137101142n, -2])
  assert.deepEqual(intDivmod(-18446744073709551616n, 8589934593), [-2147483648, 2147483648])
  assert.deepEqual(intDivmod(-1, 1099511627776), [-1, 1099511627775])
  assert.deepEqual(intDivmod(9007199254740991, 9007199254740991), [1, 0])
  assert.deepEqual(intAnd(9007199254740991, 1), 1)
  assert.deepEqual(intAnd(-7, 2), 0)
  assert.deepEqual(intAnd(7, -2), 6)
  assert.deepEqual(intAnd(0, -5), 0)
  assert.deepEqual(intAnd(1180591620717411303424n, -3), 1180591620717411303424n)
  assert.deepEqual(intAnd(-18446744073709551616n, 8589934593), 0)
  assert.deepEqual(intAnd(-1, 1099511627776), 1099511627776)
  assert.deepEqual(intAnd(9007199254740991, 9007199254740991), 9007199254740991)
  assert.deepEqual(intOr(9007199254740991, 1), 9007199254740991)
  assert.deepEqual(intOr(-7, 2), -5)
  assert.deepEqual(intOr(7, -2), -1)
  assert.deepEqual(intOr(0, -5), -5)
  assert.deepEqual(intOr(1180591620717411303424n, -3), -3)
  assert.deepEqual(intOr(-18446744073709551616n, 8589934593), -18446744065119617023n)
  assert.deepEqual(intOr(-1, 1099511627776), -1)
  assert.deepEqual(intOr(9007199254740991, 9007199254740991), 9007199254740991)
  assert.deepEqual(intXor(9007199254740991, 1), 9007199254740990)
  assert.deepEqual(intXor(-7, 2), -5)
  assert.deepEqual(intXor(7, -2), -7)
  assert.deepEqual(intXor(0, -5), -5)
  assert.deepEqual(intXor(1180591620717411303424n, -3), -1180591620717411303427n)
  assert.deepEqual(intXor(-18446744073709551616n, 8589934593), -18446744065119617023n)
  assert.deepEqual(intXor(-1, 1099511627776), -1099511627777)
  assert.deepEqual(intXor(9007199254740991, 9007199254740991), 0)
  assert.throws(() => intFloorDiv(0, 0), new PyError('ZeroDivisionError', 'integer division or modulo by zero'))
  assert.throws(() => intMod(0, 0), new PyError('ZeroDivisionError', 'integer modulo by zero'))
  assert.throws(
    () => intDivmod(1180591620717411303424n, 0),
    new PyError('ZeroDivisionError', 'integer division or modulo by zero'),
  )
  assert.throws(() => intFloorDiv(2, 0), new PyError('ZeroDivisionError', 'integer division or modulo by zero'))
  assert.throws(() => intMod(2, 0), new PyError('ZeroDivisionError', 'integer modulo by zero'))
  assert.throws(
    () => intDivmod(1180591620717411303424n, 0),
    new PyError('ZeroDivisionError', 'integer division or modulo by zero'),
  )
  assert.deepEqual(intNegate(0), 0)
  assert.deepEqual(intAbs(0), 0)
  assert.deepEqual(intInvert(0), -1)
  assert.deepEqual(intNegate(5), -5)
  assert.deepEqual(intAbs(5), 5)
  assert.deepEqual(intInvert(5), -6)
  assert.deepEqual(intNegate(-5), 5)
  assert.deepEqual(intAbs(-5), 5)
  assert.deepEqual(intInvert(-5), 4)
  assert.deepEqual(intNegate(9007199254740991), -9007199254740991)
  assert.deepEqual(intAbs(9007199254740991), 9007199254740991)
  assert.deepEqual(intInvert(9007199254740991), -9007199254740992n)
  assert.deepEqual(intNegate(-9007199254740991), 9007199254740991)
  assert.deepEqual(intAbs(-9007199254740991), 9007199254740991)
  assert.deepEqual(intInvert(-9007199254740991), 9007199254740990)
  assert.deepEqual(intNegate(9007199254740992n), -9007199254740992n)
  assert.deepEqual(intAbs(9007199254740992n), 9007199254740992n)
  assert.deepEqual(intInvert(9007199254740992n), -9007199254740993n)
  assert.deepEqual(intNegate(-9007199254740992n), 9007199254740992n)
  assert.deepEqual(intAbs(-9007199254740992n), 9007199254740992n)
  assert.deepEqual(intInvert(-9007199254740992n), 9007199254740991)
})

test('shifts and powers', () => {
  assert.deepEqual(intLshift(1, 53), 9007199254740992n)
  assert.deepEqual(intLshift(1, 52), 4503599627370496)
  assert.deepEqual(intLshift(-1, 70), -1180591620717411303424n)
  assert.deepEqual(intLshift(0, 1180591620717411303424n), 0)
  assert.throws(() => intLshift(3, -1), new PyError('ValueError', 'negative shift count'))
  assert.throws(() => intLshift(1, 4611686018427387904n), new PyError('MemoryError', ''))
  assert.throws(() => intLshift(1, 1180591620717411303424n), new PyError('OverflowError', 'too many digits in integer'))
  assert.deepEqual(intLshift(-1, 52), -4503599627370496)
  assert.deepEqual(intLshift(-1, 53), -9007199254740992n)
  assert.deepEqual(intRshift(-1, 100), -1)
  assert.deepEqual(intRshift(-8, 1), -4)
  assert.deepEqual(intRshift(9007199254740991, 40), 8191)
  assert.deepEqual(intRshift(1237940039285380274899124224n, 60), 1073741824)
  assert.deepEqual(intRshift(-1237940039285380274899124224n, 1180591620717411303424n), -1)
  assert.throws(() => intRshift(5, -1), new PyError('ValueError', 'negative shift count'))
  assert.deepEqual(intRshift(-1099511627776, 39), -2)
  assert.deepEqual(intPow(2, 10), 1024)
  assert.deepEqual(intPow(3, 33), 5559060566555523)
  assert.deepEqual(intPow(3, 34), 16677181699666569n)
  assert.deepEqual(intPow(-2, 63), -9223372036854775808n)
  assert.deepEqual(intPow(-1, 1180591620717411303424n), 1)
  assert.deepEqual(intPow(0, 0), 1)
  assert.deepEqual(intPow(10, 22), 10000000000000000000000n)
  assert.deepEqual(intPow(1152921504606846976n, 2), 1329227995784915872903807060280344576n)
  assert.deepEqual(intPow(2, 100), 1267650600228229401496703205376n)
  assert.deepEqual(intPowMod(3, -1, 7), 5)
  assert.throws(() => intPowMod(2, -1, 4), new PyError('ValueError', 'base is not invertible for the given modulus'))
  assert.deepEqual(intPowMod(5, 3, -7), -1)
  assert.deepEqual(intPowMod(5, 0, 1), 0)
  assert.throws(() => intPowMod(2, 3, 0), new PyError('ValueError', 'pow() 3rd argument cannot be 0'))
  assert.deepEqual(
    intPowMod(1208925819614629174706176n, 1237940039285380274899124224n, 100000000000000000000n),
    58912992453854232576n,
  )
  assert.deepEqual(intPowMod(7, 1267650600228229401496703205376n, 1000003), 310735)
  assert.deepEqual(intPowMod(123456789, 987654321, 2305843009213693951n), 50357601586279104n)
  assert.deepEqual(intPowMod(3, -2, -7), -3)
  assert.deepEqual(intRound(15, -1), 20)
  assert.deepEqual(intRound(25, -1), 20)
  assert.deepEqual(intRound(-15, -1), -20)
  assert.deepEqual(intRound(100000000000000000050n, -2), 100000000000000000000n)
  assert.deepEqual(intRound(7, 3), 7)
  assert.deepEqual(intRound(5, -400), 0)
  assert.deepEqual(intRound(1000000000000000000000000000000n, -31), 0)
})

test('bits, bytes and quotients', () => {
  assert.deepEqual(intBitLength(0), 0)
  assert.deepEqual(intBitCount(0), 0)
  assert.deepEqual(intBitLength(1), 1)
  assert.deepEqual(intBitCount(1), 1)
  assert.deepEqual(intBitLength(-1), 1)
  assert.deepEqual(intBitCount(-1), 1)
  assert.deepEqual(intBitLength(255), 8)
  assert.deepEqual(intBitCount(255), 8)
  assert.deepEqual(intBitLength(2147483648), 32)
  assert.deepEqual(intBitCount(2147483648), 1)
  assert.deepEqual(intBitLength(4294967296), 33)
  assert.deepEqual(intBitCount(4294967296), 1)
  assert.deepEqual(intBitLength(-9007199254740991), 53)
  assert.deepEqual(intBitCount(-9007199254740991), 53)
  assert.deepEqual(intBitLength(9007199254740992n), 54)
  assert.deepEqual(intBitCount(9007199254740992n), 1)
  assert.deepEqual(intBitLength(-18446744073709551615n), 64)
  assert.deepEqual(intBitCount(-18446744073709551615n), 64)
  assert.deepEqual(intToBytes(258, 4, false, false), Uint8Array.of(0, 0, 1, 2))
  assert.deepEqual(intToBytes(258, 4, true, false), Uint8Array.of(2, 1, 0, 0))
  assert.deepEqual(intToBytes(-2, 3, false, true), Uint8Array.of(255, 255, 254))
  assert.deepEqual(intToBytes(-128, 1, false, true), Uint8Array.of(128))
  assert.throws(() => intToBytes(-129, 1, false, true), new PyError('OverflowError', 'int too big to convert'))
  assert.throws(
    () => intToBytes(-1, 1, false, false),
    new PyError('OverflowError', "can't convert negative int to unsigned"),
  )
  assert.throws(() => intToBytes(256, 1, true, false), new PyError('OverflowError', 'int too big to convert'))
  assert.throws(() => intToBytes(1, -1, true, false), new PyError('ValueError', 'length argument must be non-negative'))
  assert.deepEqual(
    intToBytes(18446744073709551615n, 8, true, false),
    Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255),
  )
  assert.throws(() => intToBytes(128, 1, true, true), new PyError('OverflowError', 'int too big to convert'))
  assert.deepEqual(intToBytes(-9223372036854775808n, 8, false, true), Uint8Array.of(128, 0, 0, 0, 0, 0, 0, 0))
  assert.deepEqual(intFromBytes(Uint8Array.of(), false, true), 0)
  assert.deepEqual(intFromBytes(Uint8Array.of(1, 2), true, false), 513)
  assert.deepEqual(intFromBytes(Uint8Array.of(255, 254), false, true), -2)
  assert.deepEqual(
    intFromBytes(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255), false, false),
    18446744073709551615n,
  )
  assert.deepEqual(intFromBytes(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255), true, true), -1)
  assert.deepEqual(intFromBytes(Uint8Array.of(128, 0, 0, 0, 0, 0, 0), false, true), -36028797018963968n)
  assert.deepEqual(intTrueDiv(1, 3), 0.3333333333333333)
  assert.deepEqual(intTrueDiv(0, -5), -0)
  assert.deepEqual(intTrueDiv(1180591620717411303424n, 3), 3.935305402391371e20)
  assert.throws(
    () =>
      intTrueDiv(
        10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000n,
        1,
      ),
    new PyError('OverflowError', 'integer division result too large for a float'),
  )
  assert.deepEqual(
    intTrueDiv(
      1,
      10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000n,
    ),
    0,
  )
  assert.deepEqual(
    intTrueDiv(
      10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000n,
      1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000n,
    ),
    10,
  )
  assert.throws(() => intTrueDiv(1, 0), new PyError('ZeroDivisionError', 'division by zero'))
  assert.deepEqual(
    intTrueDiv(
      202402253307310618352495346718917307049556649764142118356901358027430339567995346891960383701437124495187077864316811911389808737385793476867013399940738509921517424276566361364466907742093216341239767678472745068562007483424692698618103355649159556340810056512358769552333414615230502532186327508646006263307707741093494785n,
      202402253307310618352495346718917307049556649764142118356901358027430339567995346891960383701437124495187077864316811911389808737385793476867013399940738509921517424276566361364466907742093216341239767678472745068562007483424692698618103355649159556340810056512358769552333414615230502532186327508646006263307707741093494784n,
    ),
    1,
  )
  assert.deepEqual(
    intTrueDiv(
      3,
      404804506614621236704990693437834614099113299528284236713802716054860679135990693783920767402874248990374155728633623822779617474771586953734026799881477019843034848553132722728933815484186432682479535356945490137124014966849385397236206711298319112681620113024717539104666829230461005064372655017292012526615415482186989568n,
    ),
    1e-323,
  )
})

test('functions of whole numbers', () => {
  assert.deepEqual(isqrt(0), 0)
  assert.deepEqual(isqrt(99), 9)
  assert.deepEqual(isqrt(1000000000000000), 31622776)
  assert.deepEqual(isqrt(9007199254740991), 94906265)
  assert.deepEqual(isqrt(10000000000000000000000000000000000000000n), 100000000000000000000n)
  assert.deepEqual(isqrt(340282366920938463463374607431768211455n), 18446744073709551615n)
  assert.throws(() => isqrt(-1), new PyError('ValueError', 'isqrt() argument must be nonnegative'))
  assert.deepEqual(gcd(12, -18), 6)
  assert.deepEqual(lcm(12, -18), 36)
  assert.deepEqual(gcd(0, 0), 0)
  assert.deepEqual(lcm(0, 0), 0)
  assert.deepEqual(gcd(1267650600228229401496703205376n, 808281277464764060643139600456536293376n), 1125899906842624)
  assert.deepEqual(
    lcm(1267650600228229401496703205376n, 808281277464764060643139600456536293376n),
    910043815000214977332758527534256632492715260325658624n,
  )
  assert.deepEqual(
    gcd(1034661805900421463212582471444683083207n, 29998182854814020098909890883165732213160486257041023049n),
    413343,
  )
  assert.deepEqual(
    lcm(1034661805900421463212582471444683083207n, 29998182854814020098909890883165732213160486257041023049n),
    75090116552821590482225731786983285892253447733880609542857259881494418160725420101733601n,
  )
  assert.deepEqual(gcd(18446744073709551616n, 3), 1)
  assert.deepEqual(lcm(18446744073709551616n, 3), 55340232221128654848n)
  assert.deepEqual(factorial(0), 1)
  assert.deepEqual(factorial(5), 120)
  assert.deepEqual(factorial(18), 6402373705728000)
  assert.deepEqual(factorial(19), 121645100408832000n)
  assert.deepEqual(factorial(25), 15511210043330985984000000n)
  assert.throws(() => factorial(-1), new PyError('ValueError', 'factorial() not defined for negative values'))
  assert.throws(
    () => factorial(9223372036854775808n),
    new PyError('OverflowError', 'factorial() argument should not exceed 9223372036854775807'),
  )
  assert.deepEqual(comb(5, 2), 10)
  assert.deepEqual(comb(5, 6), 0)
  assert.deepEqual(comb(60, 30), 118264581564861424n)
  assert.deepEqual(comb(100, 3), 161700)
  assert.deepEqual(comb(1000, 20), 339482811302457603895512614793686020778700n)
  assert.throws(() => comb(-1, 2), new PyError('ValueError', 'n must be a non-negative integer'))
  assert.throws(() => comb(2, -1), new PyError('ValueError', 'k must be a non-negative integer'))
  assert.deepEqual(comb(1180591620717411303424n, 2), 696898287454081973172400900209902591410176n)
  assert.throws(
    () => comb(1180591620717411303424n, 590295810358705651712n),
    new PyError('OverflowError', 'min(n - k, k) must not exceed 9223372036854775807'),
  )
  assert.deepEqual(perm(5, 2), 20)
  assert.deepEqual(perm(5, 6), 0)
  assert.deepEqual(perm(30, 20), 73096577329197271449600000n)
  assert.deepEqual(perm(1180591620717411303424n, 2), 1393796574908163946344801800419805182820352n)
  assert.throws(() => perm(3, -1), new PyError('ValueError', 'k must be a non-negative integer'))
  assert.throws(
    () => perm(1180591620717411303424n, 590295810358705651712n),
    new PyError('OverflowError', 'k must not exceed 9223372036854775807'),
  )
})
