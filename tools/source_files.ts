import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The files below `roots` (folders or files) whose names end with `ending`, sorted; `node_modules` is left out. */
export function sourceFiles(roots: readonly string[], ending: string): string[] {
  const found: string[] = []
  const visit = (path: string) => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (name !== 'node_modules') visit(join(path, name))
    } else if (path.endsWith(ending)) found.push(path)
  }
  for (const root of roots) visit(root)
  return found
}
