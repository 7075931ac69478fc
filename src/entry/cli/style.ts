import type { Host, TextOutput } from '../../host/host.ts'

/** The colours of a terminal; each function gives its text back unchanged where colour is not wanted. */
export interface Style {
  heading(text: string): string
  name(text: string): string
  literal(text: string): string
  keyword(text: string): string
  faint(text: string): string
  error(text: string): string
}

const codes = { heading: '1;36', name: '33', literal: '32', keyword: '35', faint: '2', error: '31' }

/**
 * The style for an output: coloured on a terminal, plain in a pipe. `NO_COLOR` (https://no-color.org) turns colour
 * off, `FORCE_COLOR` on, as does `TERM=dumb` off.
 */
export function styleFor(host: Host, output: TextOutput): Style {
  const off = (host.env('NO_COLOR') ?? '') !== '' || host.env('TERM') === 'dumb'
  const forced = !['', '0', undefined].includes(host.env('FORCE_COLOR'))
  const coloured = !off && (output.isTerminal || forced)
  const paint = (code: string) => (text: string) => (coloured && text !== '' ? `\x1b[${code}m${text}\x1b[0m` : text)
  return {
    heading: paint(codes.heading),
    name: paint(codes.name),
    literal: paint(codes.literal),
    keyword: paint(codes.keyword),
    faint: paint(codes.faint),
    error: paint(codes.error),
  }
}
