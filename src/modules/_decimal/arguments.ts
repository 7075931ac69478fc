import { strToUtf16 } from '../../base/values.ts'
import { asStr } from '../../objects/access.ts'
import { typeError } from '../../objects/errors.ts'
import type { KeywordNames, Value } from '../../objects/object.ts'

/*
 * Arguments as `PyArg_ParseTuple` and `PyArg_ParseTupleAndKeywords` take them for a function without a name, whose
 * messages are others than those of signatures.
 */

const plural = (count: number) => (count === 1 ? '' : 's')

/** The arguments in the order of the parameters; `undefined` for those not given, of which the first `required` must be. */
export function parseKeywords(
  names: readonly string[],
  required: number,
  args: readonly Value[],
  kwnames: KeywordNames,
): readonly (Value | undefined)[] {
  const keywords = kwnames === null ? 0 : kwnames.length
  const positional = args.length - keywords
  if (args.length > names.length) {
    const kind = positional === 0 ? 'keyword ' : ''
    throw typeError(
      `function takes at most ${names.length} ${kind}argument${plural(names.length)} (${args.length} given)`,
    )
  }
  if (kwnames === null) {
    if (positional < required) throw missing(names, positional)
    return args
  }
  const given = kwnames.map((name) => strToUtf16(asStr(name)!))
  const out: (Value | undefined)[] = args.slice(0, positional)
  for (let i = 0; i < names.length; i++) {
    const at = given.indexOf(names[i]!)
    if (at >= 0 && i < positional) {
      throw typeError(`argument for function given by name ('${names[i]}') and position (${i + 1})`)
    }
    if (at >= 0) out[i] = args[positional + at]
    else if (i >= positional && i < required) throw missing(names, i)
  }
  const unknown = given.find((name) => !names.includes(name))
  if (unknown !== undefined) throw typeError(`'${unknown}' is an invalid keyword argument for this function`)
  return out
}

function missing(names: readonly string[], i: number): unknown {
  return typeError(`function missing required argument '${names[i]}' (pos ${i + 1})`)
}

/** Checks the number of arguments of a method that takes them by position alone. */
export function checkCount(
  method: string,
  args: readonly Value[],
  kwnames: KeywordNames,
  min: number,
  max: number,
): void {
  if (kwnames !== null && kwnames.length > 0) throw typeError(`${method}() takes no keyword arguments`)
  if (args.length >= min && args.length <= max) return
  const bound = min === max ? 'exactly' : args.length < min ? 'at least' : 'at most'
  const count = args.length < min ? min : max
  throw typeError(`function takes ${bound} ${count} argument${plural(count)} (${args.length} given)`)
}
