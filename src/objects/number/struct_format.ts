import { PyError } from '../../base/errors.ts'

/** What the values of a format code are, and how they are written. */
type Kind = 'pad' | 'char' | 'bool' | 'int' | 'float' | 'string' | 'pascal' | 'pointer'

/** One code of a format: `repeat` values of it, or for `s`, `p` and `x` one of `size` bytes. */
export interface Item {
  readonly code: string
  readonly kind: Kind
  readonly isSigned: boolean
  /** Bytes of one value. */
  readonly size: number
  readonly repeat: number
  /** Where the first value begins. */
  readonly offset: number
  /** Whether errors are worded as those of C's own types are. */
  readonly isNative: boolean
}

/** A parsed format: a `struct.Struct`. */
export interface StructFormat {
  /** Bytes of the packed form. */
  readonly size: number
  /** Number of values. */
  readonly length: number
  readonly isLittle: boolean
  readonly items: readonly Item[]
}

/** `struct.error`. */
export function structError(message: string): PyError {
  return new PyError('struct.error', message)
}

interface Code {
  readonly kind: Kind
  readonly isSigned: boolean
  /** Bytes in the native mode, which are also its alignment, and in the others; 0 where there is none. */
  readonly native: number
  readonly standard: number
}

function code(kind: Kind, native: number, standard: number, isSigned = false): Code {
  return { kind, isSigned, native, standard }
}

const CODES: Readonly<Record<string, Code>> = {
  x: code('pad', 1, 1),
  c: code('char', 1, 1),
  s: code('string', 1, 1),
  p: code('pascal', 1, 1),
  '?': code('bool', 1, 1),
  b: code('int', 1, 1, true),
  B: code('int', 1, 1),
  h: code('int', 2, 2, true),
  H: code('int', 2, 2),
  i: code('int', 4, 4, true),
  I: code('int', 4, 4),
  l: code('int', 8, 4, true),
  L: code('int', 8, 4),
  q: code('int', 8, 8, true),
  Q: code('int', 8, 8),
  n: code('int', 8, 0, true),
  N: code('int', 8, 0),
  P: code('pointer', 8, 0),
  e: code('float', 2, 2),
  f: code('float', 4, 4),
  d: code('float', 8, 8),
}

const MAX_SIZE = 9223372036854775807n

/**
 * Reads a format, given as a text of one character for each byte. Sizes and alignments of the native mode are those of
 * 64-bit Linux, little-endian. Throws `struct.error`.
 */
export function parseFormat(format: string): StructFormat {
  if (format.includes('\0')) throw structError('embedded null character')
  const order = format[0] ?? ''
  const hasOrder = order !== '' && '<>!=@'.includes(order)
  const isNative = !hasOrder || order === '@'
  const isLittle = order !== '>' && order !== '!'
  const items: Item[] = []
  let size = 0n
  let length = 0n
  for (let i = hasOrder ? 1 : 0; i < format.length; i++) {
    if (/[ \t-\r]/.test(format[i]!)) continue
    const digits = /^[0-9]*/.exec(format.slice(i))![0]
    const repeat = digits === '' ? 1n : BigInt(digits)
    if (repeat > MAX_SIZE) throw structError('total struct size too long')
    i += digits.length
    if (i >= format.length) throw structError('repeat count given without format specifier')
    const name = format[i]!
    const found = Object.hasOwn(CODES, name) ? CODES[name]! : null
    const unit = found === null ? 0 : isNative ? found.native : found.standard
    if (found === null || unit === 0) throw structError('bad char in struct format')
    if (isNative) size = ((size + BigInt(unit) - 1n) / BigInt(unit)) * BigInt(unit)
    const isWhole = found.kind === 'pad' || found.kind === 'string' || found.kind === 'pascal'
    const bytes = repeat * BigInt(unit)
    if (size + bytes > MAX_SIZE) throw structError('total struct size too long')
    const count = isWhole ? (found.kind === 'pad' ? 0n : 1n) : repeat
    if (found.kind !== 'pad' && (isWhole || repeat > 0n)) {
      items.push({
        code: name,
        kind: found.kind,
        isSigned: found.isSigned,
        size: isWhole ? Number(bytes) : unit,
        repeat: Number(count),
        offset: Number(size),
        // The little-endian modes take C's own ints where these have the same size.
        isNative: isNative || (isLittle && unit === found.native && found.kind !== 'float'),
      })
    }
    length += count
    size += bytes
  }
  return { size: Number(size), length: Number(length), isLittle, items }
}
