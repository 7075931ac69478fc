/** Codecs of one byte a character, by tables and mappings that a program gives. */
import { PyError } from '../../base/errors.ts'
import { type Str, strLength } from '../../base/values.ts'
import {
  checkedPosition,
  type DecodeErrorHandler,
  type EncodeErrorHandler,
  strictDecoding,
  strictEncoding,
  UnicodeFault,
} from './codec_errors.ts'
import { ByteWriter, DecodeRun } from './codec_output.ts'
import { strCodePointAt } from './str_sequence.ts'

const REASON = 'character maps to <undefined>'

/** The code point that says in a table that a byte has no character. */
const UNDEFINED = 0xfffe

/** What a mapping has for a byte: a code point or a text; `undefined` for none. */
export type CharmapDecoding = (byte: number) => number | Str | undefined

/** What a mapping has for a code point: a byte or bytes; `undefined` for none. */
export type CharmapEncoding = (cp: number) => number | Uint8Array | undefined

/**
 * Decodes by a table, the characters of the bytes from 0 on, or by a mapping. Throws what mapping and handler throw,
 * `TypeError` for a number that is no code point, `IndexError`.
 */
export function charmapDecode(
  bytes: Uint8Array,
  table: Str | CharmapDecoding,
  errors: DecodeErrorHandler = strictDecoding,
): Str {
  const run = new DecodeRun(bytes, errors)
  const lookup = typeof table === 'function' ? table : tableLookup(table)
  let pos = 0
  while (pos < run.bytes.length) {
    const target = lookup(run.bytes[pos])
    if (target === undefined || target === UNDEFINED || target === '\ufffe') {
      pos = run.fault('charmap', pos, pos + 1, REASON)
      continue
    }
    if (typeof target !== 'number') run.out.addStr(target)
    else if (target >= 0 && target <= 0x10ffff) run.out.addCodePoint(target)
    else throw new PyError('TypeError', 'character mapping must be in range(0x110000)')
    pos++
  }
  return run.out.finish()
}

function tableLookup(table: Str): CharmapDecoding {
  const length = strLength(table)
  return (byte) => (byte < length ? strCodePointAt(table, byte) : undefined)
}

/**
 * Encodes by a mapping; the handler gets a whole run of characters that it has nothing for. Throws what mapping and
 * handler throw, `TypeError` for a number that is no byte, `IndexError`.
 */
export function charmapEncode(
  value: Str,
  mapping: CharmapEncoding,
  errors: EncodeErrorHandler = strictEncoding,
): Uint8Array {
  const length = strLength(value)
  const out = new ByteWriter(length)
  for (let pos = 0; pos < length; ) {
    if (write(out, mapping, strCodePointAt(value, pos))) {
      pos++
      continue
    }
    let end = pos + 1
    while (end < length && checked(mapping(strCodePointAt(value, end))) === undefined) end++
    const { replacement, position } = errors('charmap', value, pos, end, REASON)
    const next = checkedPosition(position, length)
    if (replacement instanceof Uint8Array) out.addAll(replacement)
    else {
      const size = strLength(replacement)
      for (let i = 0; i < size; i++) {
        if (!write(out, mapping, strCodePointAt(replacement, i))) {
          throw new UnicodeFault('charmap', value, pos, end, REASON)
        }
      }
    }
    pos = next
  }
  return out.finish()
}

function write(out: ByteWriter, mapping: CharmapEncoding, cp: number): boolean {
  const target = checked(mapping(cp))
  if (target === undefined) return false
  if (typeof target === 'number') out.add(target)
  else out.addAll(target)
  return true
}

function checked(target: number | Uint8Array | undefined): number | Uint8Array | undefined {
  if (typeof target === 'number' && !(target >= 0 && target <= 255)) {
    throw new PyError('TypeError', 'character mapping must be in range(256)')
  }
  return target
}

/** What `charmap_build` makes of a decoding table. */
export interface EncodingMap {
  /** Bytes by code points. */
  readonly bytes: ReadonlyMap<number, number>
  /** Whether CPython makes a dict of it, as its `EncodingMap` cannot hold it. */
  readonly isDict: boolean
}

/** Turns a decoding table around, its first 256 characters. Throws `TypeError` for an empty one. */
export function charmapBuild(table: Str): EncodingMap {
  const length = Math.min(256, strLength(table))
  if (length === 0) throw new PyError('TypeError', 'bad argument type for built-in operation')
  const bytes = new Map<number, number>()
  const blocks = new Set<number>()
  let isDict = strCodePointAt(table, 0) !== 0
  for (let byte = 0; byte < length; byte++) {
    const cp = strCodePointAt(table, byte)
    bytes.set(cp, byte)
    if (byte === 0) continue
    if (cp === 0 || cp > 0xffff) isDict = true
    else if (cp !== UNDEFINED) blocks.add(cp >> 7)
  }
  isDict ||= blocks.size >= 0xff
  if (!isDict) bytes.delete(UNDEFINED)
  return { bytes, isDict }
}
