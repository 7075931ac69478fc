/** The budget of files: at most 700 lines, unless the list of exceptions says why. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sourceFiles } from '../source_files.ts'

const limit = 700

/** Files that may be longer, each with its reason. */
const exceptions: Record<string, string> = {}

/** Sentences about every file below `root` over its budget, and about exceptions that no file needs. */
export function budgetBreaches(root: string, allowed: Record<string, string> = exceptions): string[] {
  const breaches: string[] = []
  const unused = new Set(Object.keys(allowed))
  for (const path of sourceFiles([root], '.ts')) {
    if (path.endsWith('.generated.ts')) continue
    const file = relative(root, path)
    const lines = readFileSync(path, 'utf8').split('\n').length - 1
    if (lines <= limit) continue
    if (file in allowed) unused.delete(file)
    else breaches.push(`${file}: ${lines} lines, the budget is ${limit}`)
  }
  for (const file of unused) breaches.push(`${file}: is on the list of exceptions without need`)
  return breaches
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = budgetBreaches('src')
  for (const breach of breaches) console.error(breach)
  console.log(`file budget: ${breaches.length} breaches`)
  process.exit(breaches.length > 0 ? 1 : 0)
}
