import { decodeUtf8 } from '../../base/utf8.ts'
import { docHook } from '../../objects/type_hooks.ts'
import { readFile } from '../../vm/system.ts'

/** Docstrings by what they describe: `list`, `list.append`, `math.sin`. */
function load(path: string): ReadonlyMap<string, string> {
  const bytes = readFile(path)
  return new Map(
    bytes === null ? [] : Object.entries(JSON.parse(decodeUtf8(bytes, 0, bytes.length)) as Record<string, string>),
  )
}

/** Makes the docstrings of builtins known; the file is read when a program first asks for one. */
export function installDocs(path: string): void {
  let docs: ReadonlyMap<string, string> | null = null
  docHook.docOf = (owner, name) => {
    docs ??= load(path)
    return docs.get(name === '' ? owner : `${owner}.${name}`)
  }
}
