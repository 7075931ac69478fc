import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { getAttr } from '../../objects/attributes.ts'
import { builtinFunction } from '../../objects/define.ts'
import { newDict, newList, newText, newTuple, none } from '../../objects/make.ts'
import type { PyDict, Value } from '../../objects/object.ts'
import { call } from '../../objects/protocols.ts'
import { bytesType } from '../../objects/types.ts'
import { moduleCompletions } from '../../vm/module_completions.ts'
import { readFile } from '../../vm/system.ts'

/*
 * The regular expressions that modules of the library compile when they are imported are compiled by the build, as the
 * modules themselves are: what `re._compiler` makes of a pattern depends on the pattern and its flags alone.
 */

const PATTERNS_FILE = 'patterns.json'

/** What the build has written: flags, code, number of groups, and the names of groups with their numbers. */
type Compiled = readonly [flags: number, code: readonly number[], groups: number, names: readonly [string, number][]]

/** The key under which the build has written a pattern; `null` for what it cannot have written. */
function keyOf(pattern: Value, flags: Value): string | null {
  if (typeof flags !== 'number') return null
  if (typeof pattern === 'string') return `${flags} ${pattern}`
  if (typeof pattern !== 'object' || pattern.type !== bytesType) return null
  return `${flags}b${String.fromCharCode(...(pattern.data as Uint8Array).subarray(0, LONGEST))}`
}

/** Longer patterns in bytes are not looked for. */
const LONGEST = 10_000

/** The arguments of `_sre.compile`, owned. */
function compileArguments(pattern: Value, [flags, code, groups, names]: Compiled): Owned<Value>[] {
  const numbers = newDict()
  const byNumber: Owned<Value>[] = Array.from({ length: groups + 1 }, none)
  for (const [name, number] of names) {
    numbers.data.set(newText(name), number)
    drop(byNumber[number])
    byNumber[number] = newText(name)
  }
  return [keep(pattern), flags, newList([...code]), groups, numbers, newTuple(byNumber)]
}

function completeCompiler(library: string, { data }: PyDict): void {
  // Programs may bring another `re`.
  if (data.get('__file__') !== newText(`${library}/re/_compiler.py`)) return
  const original = data.get('compile')
  const sre = data.get('_sre')
  const bytes = readFile(library.replace(/[^/]*$/, PATTERNS_FILE))
  if (original === undefined || sre === undefined || bytes === null) return
  const compiled = JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, string>>
  const fallback = keep(original)
  const compile = builtinFunction(
    'compile(p, flags = 0)',
    (pattern, flags): Owned<Value> => {
      const key = keyOf(pattern, flags)
      if (key === null || !Object.hasOwn(compiled, key)) return call(fallback, [pattern, flags])
      const args = compileArguments(pattern, JSON.parse(compiled[key]!) as Compiled)
      const compileCode = getAttr(sre, 'compile')
      try {
        return call(compileCode, args)
      } finally {
        drop(compileCode)
        for (const arg of args) drop(arg)
      }
    },
    're._compiler',
  )
  data.set('compile', compile)
}

/** Lets the `re` of the packed library use the patterns beside it: to be called before the interpreter starts. */
export function useCompiledPatterns(library: string): void {
  moduleCompletions.set('re._compiler', (namespace) => completeCompiler(library, namespace))
}
