import { environmentText } from '../../vm/locale_encoding.ts'
import { O_APPEND, O_CREAT, O_WRONLY, platform, SystemFault } from '../../vm/platform.ts'
import { readFile } from '../../vm/system.ts'

/** Lines that are remembered from one session to the next. */
const REMEMBERED_MAX = 1000

function historyFile(): string | null {
  const home = environmentText('HOME')
  return home === undefined || home === '' ? null : `${home}/.python_history`
}

/** The lines of earlier sessions, the oldest first. */
export function loadHistory(): string[] {
  const file = historyFile()
  const bytes = file === null ? null : readFile(file)
  if (bytes === null) return []
  const lines = new TextDecoder().decode(bytes).split('\n')
  return lines.filter((line) => line !== '' && line !== '_HiStOrY_V2_').slice(-REMEMBERED_MAX)
}

/** Adds the lines of this session, those from number `known` on; a file that cannot be written stays as it is. */
export function saveHistory(lines: readonly string[], known: number): void {
  const file = historyFile()
  if (file === null || lines.length <= known) return
  const bytes = new TextEncoder().encode(`${lines.slice(known).join('\n')}\n`)
  const { fds } = platform()
  try {
    const fd = fds.open(file, O_WRONLY | O_APPEND | O_CREAT, 0o600)
    try {
      fds.write(fd, bytes)
    } finally {
      fds.close(fd)
    }
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
  }
}
