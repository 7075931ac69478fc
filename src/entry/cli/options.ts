/** An option of a command: its spellings, its argument's name (none for a switch), what it says in the help. */
export interface OptionRow {
  readonly flags: readonly string[]
  readonly value?: string
  readonly help: string
  /** May stand without its value (`--explain`). */
  readonly optionalValue?: boolean
}

/** What the user wrote: values by the first flag of each option, in order; the words that are no options. */
export interface ParsedOptions {
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly operands: readonly string[]
}

/** A mistake in the command line, in a sentence for its author. */
export class UsageError extends Error {}

/**
 * Reads a command line as `argparse` does: `-fq` is `-f -q`, `-j4` is `-j 4`, `--name=value` is `--name value`,
 * all after `--` are operands, and a lone `-` is one. Throws `UsageError`.
 */
export function parseOptions(rows: readonly OptionRow[], args: readonly string[]): ParsedOptions {
  const values = new Map<string, string[]>()
  const operands: string[] = []
  const find = (flag: string) => rows.find((row) => row.flags.includes(flag))
  let at = 0
  const add = (row: OptionRow, flag: string, attached: string | null) => {
    const list = values.get(row.flags[0]!) ?? []
    values.set(row.flags[0]!, list)
    if (row.value === undefined) list.push('')
    else if (attached !== null) list.push(attached)
    else if (row.optionalValue) list.push('')
    else if (at < args.length) list.push(args[at++]!)
    else throw new UsageError(`argument ${row.flags.join('/')}: expected one argument`)
    if (row.value === undefined && attached !== null) {
      if (flag.startsWith('--')) throw new UsageError(`argument ${flag}: ignored explicit argument '${attached}'`)
      readCluster(`-${attached}`)
    }
  }
  const readCluster = (text: string) => {
    const row = find(text.slice(0, 2))
    if (row === undefined) throw new UsageError(`unrecognized arguments: ${text}`)
    add(row, text.slice(0, 2), text.length > 2 ? text.slice(2) : null)
  }
  while (at < args.length) {
    const arg = args[at++]!
    if (arg === '--') {
      operands.push(...args.slice(at))
      break
    }
    if (arg === '-' || !arg.startsWith('-')) operands.push(arg)
    else if (arg.startsWith('--')) {
      const equals = arg.indexOf('=')
      const flag = equals < 0 ? arg : arg.slice(0, equals)
      const row = find(flag)
      if (row === undefined) throw new UsageError(`unrecognized arguments: ${arg}`)
      add(row, flag, equals < 0 ? null : arg.slice(equals + 1))
    } else readCluster(arg)
  }
  return { values, operands }
}

/** The options as aligned lines of help. */
export function optionHelp(rows: readonly OptionRow[]): string {
  const left = rows.map((row) => {
    const value = row.value === undefined ? '' : row.optionalValue ? `[=${row.value}]` : ` ${row.value}`
    return `  ${row.flags.join(', ')}${value}`
  })
  const width = Math.min(30, Math.max(...left.map((text) => text.length)) + 2)
  return rows
    .map((row, i) => {
      const gap = left[i]!.length + 2 > width ? `\n${' '.repeat(width)}` : ' '.repeat(width - left[i]!.length)
      return `${left[i]}${gap}${row.help}`
    })
    .join('\n')
}
