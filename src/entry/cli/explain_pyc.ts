import { marshalRecords } from '../../bytecode/marshal_records.ts'
import type { Style } from './style.ts'

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')

/** The 16 bytes before the marshalled code: PEP 552. */
export function pycHeaderFields(pyc: Uint8Array) {
  const view = new DataView(pyc.buffer, pyc.byteOffset, pyc.length)
  const flags = view.getUint32(4, true)
  const magic = view.getUint16(0, true)
  if ((flags & 1) !== 0) return { magic, flags, source_hash: hex(pyc.subarray(8, 16)).replaceAll(' ', '') }
  return { magic, flags, source_mtime: view.getUint32(8, true), source_size: view.getUint32(12, true) }
}

/** The header field by field, then a line for each marshalled object: offset, type code, reference, value. */
export function* pycLines(pyc: Uint8Array, style: Style): Generator<string> {
  const fields = pycHeaderFields(pyc)
  const rows: [number, number, string][] = [
    [0, 4, `magic number ${fields.magic}: Python 3.11`],
    [4, 8, `flags ${fields.flags}: ${fields.flags === 0 ? 'checked by time and size' : 'checked by hash'}`],
  ]
  if ('source_mtime' in fields) {
    const time = new Date(fields.source_mtime! * 1000).toISOString().replace('.000Z', ' UTC').replace('T', ' ')
    rows.push([8, 12, `source changed ${time}`], [12, 16, `source has ${fields.source_size} bytes`])
  } else rows.push([8, 16, `source hash ${fields.source_hash}`])
  for (const [from, to, text] of rows) {
    yield `${style.faint(String(from).padStart(6))}  ${style.literal(hex(pyc.subarray(from, to)))}  ${text}`
  }
  for (const { offset, depth, code, ref, field, text } of marshalRecords(pyc.subarray(16))) {
    const left = `${style.faint(String(offset + 16).padStart(6))}  ${'  '.repeat(depth)}`
    const label = field === null ? '' : `${style.name(field)} `
    const reference = ref === null ? '' : style.faint(`  → ref ${ref}`)
    yield `${left}${style.keyword(code)} ${label}${text}${reference}`
  }
}
