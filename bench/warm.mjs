/** Compiles all files of a list several times in one process and prints the seconds of each pass. */
import { readFileSync } from 'node:fs'

const [library, list, passes] = process.argv.slice(2)
const { compile, marshal } = await import(library)
const files = readFileSync(list, 'utf8')
  .split('\n')
  .map((path) => [path, readFileSync(path)])
for (let pass = 0; pass < Number(passes); pass++) {
  const start = process.hrtime.bigint()
  for (const [path, source] of files) {
    try {
      marshal.dumps(compile(source, { filename: path }))
    } catch (error) {
      if (error.type === undefined) throw error
    }
  }
  console.log(Number(process.hrtime.bigint() - start) / 1e9)
}
