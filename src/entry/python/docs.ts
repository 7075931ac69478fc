import { docHook } from '../../objects/type_hooks.ts'
import type { FrozenModules } from '../../vm/interpreter.ts'

/** The docstring of a name among the lines of `FrozenModules.docs`. */
function find(lines: string, name: string): string | undefined {
  const start = `\n${lines}`.indexOf(`\n${name}\t`)
  if (start < 0) return undefined
  return JSON.parse(lines.slice(start + name.length + 1, lines.indexOf('\n', start))) as string
}

/** Makes the docstrings of builtins known; they are read when programs ask for them, which is for few of thousands. */
export function installDocs(frozen: FrozenModules): void {
  const known = new Map<string, string | undefined>()
  docHook.docOf = (owner, name) => {
    const key = name === '' ? owner : `${owner}.${name}`
    let doc = known.get(key)
    if (doc === undefined && !known.has(key)) {
      doc = find(frozen.docs(key), key)
      known.set(key, doc)
    }
    return doc
  }
}
