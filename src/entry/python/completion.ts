import { strToUtf16 } from '../../base/values.ts'
import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { toException } from '../../objects/errors.ts'
import type { PyDict, Value } from '../../objects/object.ts'
import { call, callMethod } from '../../objects/protocols.ts'
import { importAttribute } from '../../vm/import.ts'

/** What the tab key completes: the name, with dots, before the cursor. */
const NAME = /[\w.]*$/

/** How many choices are shown at most. */
const CHOICES_MAX = 500

/** What the end of a line can become, by the library's `rlcompleter`; a tab after a blank indents. */
export function completions(line: string, namespace: PyDict): { choices: string[]; replaces: string } {
  const replaces = NAME.exec(line)![0]
  if (replaces === '') return { choices: ['    '], replaces }
  const choices: string[] = []
  let completer: Owned<Value> | undefined
  try {
    const type = importAttribute('rlcompleter', 'Completer')
    completer = call(type, [namespace])
    drop(type)
    for (let state = 0; state < CHOICES_MAX; state++) {
      const found = callMethod(completer, 'complete', [replaces, state])
      const text = asStr(found)
      drop(found)
      if (text === undefined) break
      choices.push(strToUtf16(text))
    }
  } catch (error) {
    drop(toException(error))
  } finally {
    drop(completer)
  }
  return { choices, replaces }
}
