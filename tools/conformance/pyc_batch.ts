/**
 * Compiles many files in one process, for comparisons of whole `.pyc` files with another compiler's.
 *
 *   npm run --silent pyc-batch -- LISTFILE OUTDIR OPTIMIZE
 *
 * A line of LISTFILE is `n<TAB>path`. For each, OUTDIR/n.out holds the `.pyc` with the source's time and size, or
 * OUTDIR/n.err the error as `Type: message`; `n` is added to OUTDIR/progress when it is done.
 */
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PyError } from '../../src/base/errors.ts'
import { compile, PySyntaxError, writePyc } from '../../src/entry/compiler.ts'
import { strOfSyntaxError } from '../../src/source/format.ts'

/** `str()` of a Python exception behind its type. */
function errorText(error: PyError): string {
  return `${error.type}: ${error instanceof PySyntaxError ? strOfSyntaxError(error) : error.message}`
}

const [listFile, outDir, optimize] = process.argv.slice(2)
if (listFile === undefined || outDir === undefined) {
  console.error('usage: pyc-batch LISTFILE OUTDIR OPTIMIZE')
  process.exit(2)
}
for (const line of readFileSync(listFile, 'utf8').split('\n')) {
  const [n, path] = line.split('\t')
  if (n === undefined || path === undefined) continue
  const source = readFileSync(path)
  try {
    const code = compile(source, { filename: path, optimize: Number(optimize ?? 0) as 0 | 1 | 2 })
    const { mtimeMs, size } = statSync(path)
    writeFileSync(join(outDir, `${n}.out`), writePyc(code, { mode: 'timestamp', mtime: mtimeMs / 1000, size }))
  } catch (error) {
    if (!(error instanceof PyError)) throw error
    writeFileSync(join(outDir, `${n}.err`), errorText(error))
  }
  appendFileSync(join(outDir, 'progress'), `${n}\n`)
}
