import {
  alpha,
  alphanumeric,
  caseIgnorable,
  decimal,
  lowercase,
  printable,
  uppercase,
  xidContinueOnly,
  xidStart,
} from './unicode_ranges.generated.ts'

/** One property of code points: where membership changes, ascending; the first change enters. */
type Boundaries = Uint32Array

let startTable: Boundaries | null = null
let continueTable: Boundaries | null = null
let printableTable: Boundaries | null = null
let alphanumericTable: Boundaries | null = null
let alphaTable: Boundaries | null = null
let decimalTable: Boundaries | null = null
let lowercaseTable: Boundaries | null = null
let uppercaseTable: Boundaries | null = null
let caseIgnorableTable: Boundaries | null = null

/** First and last of the characters that are digits but not decimal ones, such as superscripts. */
const OTHER_DIGITS = [
  0xb2, 0xb3, 0xb9, 0xb9, 0x1369, 0x1371, 0x19da, 0x19da, 0x2070, 0x2070, 0x2074, 0x2079, 0x2080, 0x2089, 0x2460,
  0x2468, 0x2474, 0x247c, 0x2488, 0x2490, 0x24ea, 0x24ea, 0x24f5, 0x24fd, 0x24ff, 0x24ff, 0x2776, 0x277e, 0x2780,
  0x2788, 0x278a, 0x2792, 0x10a40, 0x10a43, 0x10e60, 0x10e68, 0x11052, 0x1105a, 0x1f100, 0x1f10a,
]

/** The ideographs that are numbers; they are letters too. */
const IDEOGRAPHIC_NUMBERS = new Set(
  (
    '\u3405\u3483\u382a\u3b4d\u4e00\u4e03\u4e07\u4e09\u4e5d\u4e8c\u4e94\u4e96\u4ebf\u4ec0\u4edf\u4ee8\u4f0d\u4f70' +
    '\u5104\u5146\u5169\u516b\u516d\u5341\u5343\u5344\u5345\u534c\u53c1\u53c2\u53c3\u53c4\u56db\u58f1\u58f9\u5e7a' +
    '\u5efe\u5eff\u5f0c\u5f0d\u5f0e\u5f10\u62fe\u634c\u67d2\u6f06\u7396\u767e\u8086\u842c\u8cae\u8cb3\u8d30\u9621' +
    '\u9646\u964c\u9678\u96f6\uf96b\uf973\uf978\uf9b2\uf9d1\uf9d3\uf9fd\u{20001}\u{20064}\u{200e2}\u{20121}\u{2092a}' +
    '\u{20983}\u{2098c}\u{2099c}\u{20aea}\u{20afd}\u{20b19}\u{22390}\u{22998}\u{23b1b}\u{2626d}\u{2f890}'
  ).match(/./gu),
)

/** Whether a code point may start an identifier: XID_Start of Unicode 14, without the underscore. */
export function isXidStart(cp: number): boolean {
  return contains((startTable ??= decodeBoundaries(xidStart)), cp)
}

/** Whether a code point may go on an identifier: XID_Continue of Unicode 14. */
export function isXidContinue(cp: number): boolean {
  return isXidStart(cp) || contains((continueTable ??= decodeBoundaries(xidContinueOnly)), cp)
}

/** `str.isprintable` of one code point, as Python 3.11 (Unicode 14) has it. */
export function isPrintable(cp: number): boolean {
  if (cp < 0x7f) return cp >= 0x20
  return contains((printableTable ??= decodeBoundaries(printable)), cp)
}

/** `str.isalnum` of one code point; with the underscore, what `\w` matches in Python 3.11's regular expressions. */
export function isAlphanumeric(cp: number): boolean {
  return contains((alphanumericTable ??= decodeBoundaries(alphanumeric)), cp)
}

/** `str.isalpha` of one code point: any letter. */
export function isAlpha(cp: number): boolean {
  if (cp < 0x80) return (cp | 0x20) >= 0x61 && (cp | 0x20) <= 0x7a
  return contains((alphaTable ??= decodeBoundaries(alpha)), cp)
}

/** Whether a code point has the property Lowercase, which is `str.islower` of one character. */
export function isLowercase(cp: number): boolean {
  if (cp < 0x80) return cp >= 0x61 && cp <= 0x7a
  return contains((lowercaseTable ??= decodeBoundaries(lowercase)), cp)
}

/** Whether a code point has the property Uppercase, which is `str.isupper` of one character. */
export function isUppercase(cp: number): boolean {
  if (cp < 0x80) return cp >= 0x41 && cp <= 0x5a
  return contains((uppercaseTable ??= decodeBoundaries(uppercase)), cp)
}

/** Whether a code point is a letter in title case (category Lt). */
export function isTitlecase(cp: number): boolean {
  if (cp < 0x1f88) return cp === 0x1c5 || cp === 0x1c8 || cp === 0x1cb || cp === 0x1f2
  if (cp <= 0x1faf) return (cp & 8) !== 0
  return cp === 0x1fbc || cp === 0x1fcc || cp === 0x1ffc
}

/** Whether a code point has the property Case_Ignorable, which the lower case of a final sigma depends on. */
export function isCaseIgnorable(cp: number): boolean {
  return contains((caseIgnorableTable ??= decodeBoundaries(caseIgnorable)), cp)
}

/** The value of a decimal digit of any script (what `int` and `float` read), or −1. */
export function decimalValue(cp: number): number {
  if (cp < 0x80) return cp >= 0x30 && cp <= 0x39 ? cp - 0x30 : -1
  const table = (decimalTable ??= decodeBoundaries(decimal))
  const after = boundariesUpTo(table, cp)
  // The digits of a script stand together, so a range starts with a zero and holds whole tens.
  return (after & 1) === 1 ? (cp - table[after - 1]!) % 10 : -1
}

/** `str.isdigit` of one code point: decimal digits, superscripts, digits in circles and the like. */
export function isDigit(cp: number): boolean {
  if (decimalValue(cp) >= 0) return true
  for (let i = 0; i < OTHER_DIGITS.length; i += 2) {
    if (cp >= OTHER_DIGITS[i]! && cp <= OTHER_DIGITS[i + 1]!) return true
  }
  return false
}

/** `str.isnumeric` of one code point: whatever has a numeric value, fractions and ideographs among it. */
export function isNumeric(cp: number): boolean {
  if (cp < 0x80) return cp >= 0x30 && cp <= 0x39
  return isAlpha(cp) ? IDEOGRAPHIC_NUMBERS.has(String.fromCodePoint(cp)) : isAlphanumeric(cp)
}

/** `str.isspace` of one code point. */
export function isSpace(cp: number): boolean {
  if (cp <= 0x20) return cp === 0x20 || (cp >= 0x09 && cp <= 0x0d) || cp >= 0x1c
  if (cp < 0x1680) return cp === 0x85 || cp === 0xa0
  if (cp < 0x2000) return cp === 0x1680
  return cp <= 0x200a || cp === 0x2028 || cp === 0x2029 || cp === 0x202f || cp === 0x205f || cp === 0x3000
}

/** Undoes the generator's text, which has the distances between the boundaries. */
function decodeBoundaries(text: string): Boundaries {
  const out = decodeNumbers(text)
  for (let i = 1; i < out.length; i++) out[i]! += out[i - 1]!
  return out
}

/** The numbers that the generator wrote in groups of five bits, the highest first; bit 32 of a digit says that another follows. */
export function decodeNumbers(text: string): Uint32Array {
  const out = new Uint32Array(text.length)
  let count = 0
  let number = 0
  for (let i = 0; i < text.length; i++) {
    const digit = digitValue(text.charCodeAt(i))
    number = (number << 5) | (digit & 31)
    if (digit & 32) continue
    out[count++] = number
    number = 0
  }
  return out.slice(0, count)
}

function digitValue(code: number): number {
  if (code >= 97) return code - 71
  if (code === 95) return 63
  if (code >= 65) return code - 65
  return code === 45 ? 62 : code + 4
}

function contains(table: Boundaries, cp: number): boolean {
  return (boundariesUpTo(table, cp) & 1) === 1
}

function boundariesUpTo(table: Boundaries, cp: number): number {
  let low = 0
  let high = table.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (table[middle]! <= cp) low = middle + 1
    else high = middle
  }
  return low
}
