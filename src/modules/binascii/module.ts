import { PyError } from '../../base/errors.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { bufferBytes, hasBuffer } from '../../objects/buffer.ts'
import { hexSeparator } from '../../objects/bytes_methods.ts'
import { defineType } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { conversions, newException, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_Exception, PyExc_ValueError } from '../../objects/exception_types.ts'
import { newBytes } from '../../objects/make.ts'
import type { Value } from '../../objects/object.ts'
import { bytesHex } from '../../objects/text/bytes_hex.ts'
import { latin1FromText } from '../../objects/text/latin1.ts'
import { typeOf } from '../../objects/types.ts'
import { exceptionClass } from '../exception_class.ts'
import { crc32, crcHqx } from './checksums.ts'
import { fromQuotedPrintable, toQuotedPrintable } from './quoted_printable.ts'
import { fromBase64, fromUu, toBase64, toUu, unhexlify } from './text.ts'

const BinasciiError = exceptionClass('binascii', 'Error', PyExc_ValueError)
const Incomplete = exceptionClass('binascii', 'Incomplete', PyExc_Exception)

/** The bytes of a bytes-like object, or of a string of ASCII characters. */
function asciiBytes(value: Value): Uint8Array {
  const text = asStr(value)
  if (text !== undefined) {
    if (typeof text !== 'string' || /[^\0-\x7f]/.test(text)) {
      throw valueError('string argument should contain only ASCII characters')
    }
    return latin1FromText(text)
  }
  if (hasBuffer(value)) return bufferBytes(value)
  throw typeError(`argument should be bytes, buffer or ASCII string, not '${typeOf(value).name}'`)
}

const hexlify = (data: Uint8Array, separator: Value | undefined, size: number): Owned<Value> =>
  newBytes(latin1FromText(bytesHex(data, hexSeparator(separator), size)))

/** `crc`: an int of any size, of which the low 32 bits count. */
const lowBits = (value: number | bigint): number => Number(BigInt.asUintN(32, BigInt(value)))

/** The module `binascii`. */
export const binasciiModule = defineModule('binascii', () => {
  defineType(BinasciiError, () => ({}))
  defineType(Incomplete, () => ({}))
  conversions.push((error) =>
    error instanceof PyError && error.type === 'binascii.Error'
      ? newException(BinasciiError, [error.message])
      : undefined,
  )
  return {
    functions: {
      'a2b_uu(data, /)': (data) => newBytes(fromUu(asciiBytes(data))),
      'b2a_uu(data: bytes, /, *, backtick: int = False)': (data, backtick) => {
        if (data.length > 45) throw new PyError('binascii.Error', 'At most 45 bytes at once')
        return newBytes(toUu(data, Boolean(backtick)))
      },
      'a2b_base64(data, /, *, strict_mode: int = False)': (data, strict) =>
        newBytes(fromBase64(asciiBytes(data), Boolean(strict))),
      'b2a_base64(data: bytes, /, *, newline: int = True)': (data, newline) =>
        newBytes(toBase64(data, Boolean(newline))),
      'a2b_hex(hexstr, /)': (hexstr) => newBytes(unhexlify(asciiBytes(hexstr))),
      'unhexlify(hexstr, /)': (hexstr) => newBytes(unhexlify(asciiBytes(hexstr))),
      'b2a_hex(data: bytes, sep = NULL, bytes_per_sep: int = 1)': hexlify,
      'hexlify(data: bytes, sep = NULL, bytes_per_sep: int = 1)': hexlify,
      'a2b_qp(data, header: int = False)': (data, header) =>
        newBytes(fromQuotedPrintable(asciiBytes(data), Boolean(header))),
      'b2a_qp(data: bytes, quotetabs: int = False, istext: int = True, header: int = False)': (
        data,
        quoteTabs,
        isText,
        header,
      ) =>
        newBytes(
          toQuotedPrintable(data, {
            quoteTabs: Boolean(quoteTabs),
            isText: Boolean(isText),
            isHeader: Boolean(header),
          }),
        ),
      'crc_hqx(data: bytes, crc: index, /)': (data, crc): Owned<Value> => crcHqx(data, lowBits(crc)),
      'crc32(data: bytes, crc: index = 0, /)': (data, crc): Owned<Value> => crc32(data, lowBits(crc)),
    },
    attributes: { Error: BinasciiError, Incomplete },
  }
})
