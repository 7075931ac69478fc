import type { Owned } from '../../memory/header.ts'
import { defineType } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { newBytes } from '../../objects/make.ts'
import type { Value } from '../../objects/object.ts'
import { crc32 } from '../binascii/checksums.ts'
import { adler32 } from './adler32.ts'
import { compress, DEF_MEM_LEVEL, defineCompressType, newCompress } from './compress.ts'
import { DEF_BUF_SIZE, decompress, defineDecompressType, newDecompress } from './decompress.ts'
import { ZlibError } from './error.ts'

/** The release of zlib whose output the library's equals. */
const VERSION = '1.2.13'

/** The module `zlib`, over the library pako. */
export const zlibModule = defineModule('zlib', () => {
  defineType(ZlibError, () => ({}))
  defineCompressType()
  defineDecompressType()
  return {
    functions: {
      'adler32(data: bytes, value: index = 1, /)': (data, value): Owned<Value> =>
        adler32(data, Number(BigInt.asUintN(32, BigInt(value)))),
      'compress(data: bytes, /, level: int = -1, wbits: int = 15)': (data, level, wbits) =>
        newBytes(compress(data, { level, wbits })),
      'compressobj(level: int = -1, method: int = 8, wbits: int = 15, memLevel: int = 8, strategy: int = 0, zdict: bytes = NULL)':
        (level, method, wbits, memLevel, strategy, zdict) =>
          newCompress({ level, method, wbits, memLevel, strategy }, zdict),
      'crc32(data: bytes, value: index = 0, /)': (data, value): Owned<Value> => crc32(data, value),
      'decompress(data: bytes, /, wbits: int = 15, bufsize: ssize = 16384)': (data, wbits, size) =>
        newBytes(decompress(data, wbits, size)),
      'decompressobj(wbits: int = 15, zdict = NULL)': newDecompress,
    },
    attributes: {
      error: ZlibError,
      __version__: '1.0',
      ZLIB_VERSION: VERSION,
      ZLIB_RUNTIME_VERSION: VERSION,
      MAX_WBITS: 15,
      DEFLATED: 8,
      DEF_MEM_LEVEL,
      DEF_BUF_SIZE,
      Z_NO_COMPRESSION: 0,
      Z_BEST_SPEED: 1,
      Z_BEST_COMPRESSION: 9,
      Z_DEFAULT_COMPRESSION: -1,
      Z_FILTERED: 1,
      Z_HUFFMAN_ONLY: 2,
      Z_RLE: 3,
      Z_FIXED: 4,
      Z_DEFAULT_STRATEGY: 0,
      Z_NO_FLUSH: 0,
      Z_PARTIAL_FLUSH: 1,
      Z_SYNC_FLUSH: 2,
      Z_FULL_FLUSH: 3,
      Z_FINISH: 4,
      Z_BLOCK: 5,
      Z_TREES: 6,
    },
  }
})
