import { decodeErrorMessage, decodeUtf8, findUtf8Fault, utf8FaultMessage } from '../base/utf8.ts'
import { binaryAliases, binaryCodecs, charmapRows, codecAliases, multibyteLabels } from './charmaps.generated.ts'

const DASH = 0x2d
const ASCII_SHIFT = 0xe000

/** A decoded text; or where decoding failed (byte offset) and the message of Python's exception. */
export interface Decoded {
  readonly text: string
  readonly error: string | null
  readonly errorAt: number
}

let aliases: Map<string, string> | null = null
let charmaps: Map<string, string> | null = null

/**
 * The module of Python's `encodings` package that a codec name leads to, if it is one of those known here: UTF-8,
 * ASCII, Latin-1, the single-byte codecs that extend ASCII, and the multi-byte ones that a `TextDecoder` decodes.
 */
export function findCodec(name: string): string | null {
  const key = normalized(name)
  const codec = aliasTable().get(key) ?? aliasTable().get(key.replaceAll('.', '_')) ?? key
  if (codec === 'utf_8' || codec === 'utf_8_sig' || codec === 'ascii' || codec === 'latin_1') return codec
  if (codec === 'iso8859_1') return 'latin_1'
  return charmapTable().has(codec) || Object.hasOwn(multibyteLabels, codec) ? codec : null
}

/** The message of the `LookupError` for a name that `findCodec` does not know. */
export function lookupErrorMessage(name: string): string {
  const key = normalized(name)
  // Only the name of an alias may have dots for underscores.
  if (binaryCodecs.split(' ').includes(key) || binaryAliases.split(' ').includes(key.replaceAll('.', '_'))) {
    return `'${name}' is not a text encoding; use codecs.decode() to handle arbitrary codecs`
  }
  return `unknown encoding: ${name}`
}

/** Decodes with the codec that Python knows by this name, strictly. */
export function decodeWith(name: string, bytes: Uint8Array): Decoded {
  const codec = findCodec(name)
  if (codec === null) return { text: '', error: lookupErrorMessage(name), errorAt: 0 }
  if (codec === 'latin_1') return decoded(latin1(bytes))
  if (codec === 'utf_8' || codec === 'utf_8_sig') return strictUtf8(bytes)
  if (codec === 'ascii') {
    const at = bytes.findIndex((c) => c >= 0x80)
    return at < 0 ? decoded(latin1(bytes)) : failed('ascii', bytes, at, at + 1, 'ordinal not in range(128)')
  }
  const charmap = charmapTable().get(codec)
  return charmap === undefined ? decodeMultibyte(codec, bytes) : decodeCharmap(charmap, bytes)
}

/** Decodes with U+FFFD for what is faulty; `null` encoding is strict UTF-8, for which a fault gives `null`. */
export function decodeReplacing(encoding: string | null, bytes: Uint8Array): string | null {
  if (encoding === null && findUtf8Fault(bytes, 0, bytes.length) !== null) return null
  if (encoding === null || encoding === 'utf-8') return decodeUtf8(bytes, 0, bytes.length)
  let text = ''
  let rest = bytes
  for (;;) {
    const part = decodeWith(encoding, rest)
    if (part.error === null) return text + part.text
    if (findCodec(encoding) === null) return null
    text += decodeWith(encoding, rest.subarray(0, part.errorAt)).text + '\ufffd'
    rest = rest.subarray(part.errorAt + 1)
  }
}

function decoded(text: string): Decoded {
  return { text, error: null, errorAt: -1 }
}

function failed(codec: string, bytes: Uint8Array, start: number, end: number, reason: string): Decoded {
  return { text: '', error: decodeErrorMessage(codec, bytes[start]!, start, end, reason), errorAt: start }
}

/** As `encodings.normalize_encoding` and the alias search have it: lower case, runs of other characters as one `_`. */
function normalized(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '_')
    .replace(/^_|_$/g, '')
}

function aliasTable(): Map<string, string> {
  if (aliases !== null) return aliases
  aliases = new Map()
  const words = codecAliases.split(' ')
  for (let i = 0; i < words.length; i += 2) aliases.set(words[i]!, words[i + 1]!)
  return aliases
}

/** The upper 128 characters of each single-byte codec; U+FFFD where it has none. */
function charmapTable(): Map<string, string> {
  if (charmaps !== null) return charmaps
  charmaps = new Map([['latin_1', String.fromCharCode(...Array.from({ length: 128 }, (_, i) => i + 128))]])
  for (const row of charmapRows) {
    const [name, base, difference] = row.split(' ') as [string, string, string]
    charmaps.set(name, changed(charmaps.get(base)!, difference))
  }
  return charmaps
}

/** The characters of one codec with the differences of another; see `charmapRows`. */
function changed(base: string, difference: string): string {
  const units = Array.from(base, (char) => char.charCodeAt(0))
  let at = 0
  let last = 0
  for (let i = 0; i < difference.length; i++) {
    const code = difference.charCodeAt(i)
    if (code >= 0x80) last = units[at++] = code
    else if (code === DASH) {
      for (const end = difference.charCodeAt(++i); last < end; ) units[at++] = ++last
    } else at = Number.parseInt(difference.slice(i, ++i + 1), 16) - 128
  }
  return String.fromCharCode(...units.map((code) => (code >> 7 === ASCII_SHIFT >> 7 ? code - ASCII_SHIFT : code)))
}

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096))
  return text
}

function strictUtf8(bytes: Uint8Array): Decoded {
  const fault = findUtf8Fault(bytes, 0, bytes.length)
  if (fault === null) return decoded(decodeUtf8(bytes, 0, bytes.length))
  return { text: '', error: utf8FaultMessage(bytes, fault, 0), errorAt: fault.start }
}

function decodeCharmap(upper: string, bytes: Uint8Array): Decoded {
  const units = new Uint16Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i]!
    const code = c < 0x80 ? c : upper.charCodeAt(c - 0x80)
    if (c >= 0x80 && code === 0xfffd) return failed('charmap', bytes, i, i + 1, 'character maps to <undefined>')
    units[i] = code
  }
  let text = ''
  for (let i = 0; i < units.length; i += 4096) text += String.fromCharCode(...units.subarray(i, i + 4096))
  return decoded(text)
}

/** Longest sequence of one character in the multi-byte codecs. */
const MAX_SEQUENCE = 4

function decodeMultibyte(codec: string, bytes: Uint8Array): Decoded {
  if (codec !== 'cp932' && hasFaultyLead(codec, bytes)) return findMultibyteFault(codec, bytes)
  const decoder = new TextDecoder(multibyteLabels[codec], { fatal: true })
  try {
    return decoded(decoder.decode(bytes))
  } catch {
    return findMultibyteFault(codec, bytes)
  }
}

/** 0x80 and 0xff start no character of these codecs (but cp932's), though some decoders let them pass. */
function isBadLead(c: number): boolean {
  return c === 0x80 || c === 0xff
}

/** Whether a character starts with a byte that starts none, or is cut by the end. */
function hasFaultyLead(codec: string, bytes: Uint8Array): boolean {
  let i = 0
  while (i < bytes.length) {
    const c = bytes[i]!
    if (isBadLead(c)) return true
    if (c < 0x80 || (codec === 'shift_jis' && c >= 0xa1 && c <= 0xdf)) i++
    else if (codec === 'gb18030' && bytes[i + 1]! < 0x40) i += 4
    else i += codec === 'euc_jp' && c === 0x8f ? 3 : 2
  }
  return i > bytes.length
}

function findMultibyteFault(codec: string, bytes: Uint8Array): Decoded {
  const decoder = new TextDecoder(multibyteLabels[codec], { fatal: true })
  let i = 0
  while (i < bytes.length) {
    if (bytes[i]! < 0x80) {
      i++
      continue
    }
    const size = sequenceSize(decoder, bytes, i)
    if (size === 0) {
      const isCut = i + 1 === bytes.length
      return failed(codec, bytes, i, i + 1, isCut ? 'incomplete multibyte sequence' : 'illegal multibyte sequence')
    }
    i += size
  }
  return failed(codec, bytes, bytes.length - 1, bytes.length, 'incomplete multibyte sequence')
}

/** Number of bytes of the character at `i`, or 0 if there is none. */
function sequenceSize(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, i: number): number {
  if (isBadLead(bytes[i]!)) return 0
  for (let size = 1; size <= MAX_SEQUENCE && i + size <= bytes.length; size++) {
    try {
      if (decoder.decode(bytes.subarray(i, i + size)) !== '') return size
    } catch {
      // A longer sequence may do.
    }
  }
  return 0
}
