import { docHook } from '../../objects/type_hooks.ts'
import { readFile } from '../../vm/system.ts'

/** The file's lines; none where there is no file. */
function load(path: string): string {
  const bytes = readFile(path)
  return bytes === null ? '' : new TextDecoder().decode(bytes)
}

/**
 * Finds a docstring: each line has what it describes (`list`, `list.append`, `math.sin`), a tab, and the text as JSON; the
 * lines are in the order of these names. Programs ask for few of thousands, some of them at every start.
 */
function find(lines: string, key: string): string | undefined {
  let low = 0
  let high = lines.length
  while (low < high) {
    const start = lines.lastIndexOf('\n', (low + high) >> 1) + 1
    const tab = lines.indexOf('\t', start)
    const name = lines.slice(start, tab)
    const end = lines.indexOf('\n', tab)
    if (name === key) return JSON.parse(lines.slice(tab + 1, end)) as string
    if (name < key) low = end + 1
    else high = start - 1
  }
  return undefined
}

/** Makes the docstrings of builtins known; the file is read when a program first asks for one. */
export function installDocs(path: string): void {
  let lines: string | null = null
  const known = new Map<string, string | undefined>()
  docHook.docOf = (owner, name) => {
    const key = name === '' ? owner : `${owner}.${name}`
    let doc = known.get(key)
    if (doc === undefined && !known.has(key)) {
      lines ??= load(path)
      doc = find(lines, key)
      known.set(key, doc)
    }
    return doc
  }
}
