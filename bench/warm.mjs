/** Compiles all files of a list, once for each line on standard input, and answers each with the seconds it took. */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [library, list] = process.argv.slice(2)
const { compile, marshal } = await import(library)
const files = readFileSync(list, 'utf8')
  .split('\n')
  .map((path) => [path, readFileSync(path)])

for await (const _ of createInterface({ input: process.stdin })) {
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
