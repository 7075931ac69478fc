import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt, asStr } from '../../objects/access.ts'
import { isException, newException, overflowError, typeError, valueError } from '../../objects/errors.ts'
import { PyExc_KeyError } from '../../objects/exception_types.ts'
import { newDict } from '../../objects/make.ts'
import { type PyDict, type PyType, TPFLAGS_DICT_SUBCLASS, type Value } from '../../objects/object.ts'
import { getItem, isSequence, len, sequenceItem } from '../../objects/sequence_protocol.ts'
import { typeOf } from '../../objects/types.ts'
import {
  FILTER_DELTA,
  FILTER_LZMA1,
  FILTER_LZMA2,
  FILTERS_MAX,
  type Filter,
  type LzmaOptions,
  PRESET_DEFAULT,
  presetOptions,
} from './filter_chain.ts'
import { branchConverters } from './simple_filters.ts'

/*
 * Filters as programs describe them: dicts with an `id` and the options by name.
 */

const ULONGLONG_MAX = 2n ** 64n - 1n

/** `PyLong_AsUnsignedLongLong`. */
export function toUnsigned64(value: Value): bigint {
  const number = asInt(value)
  if (number === undefined) throw typeError('an integer is required')
  if (number < 0) throw overflowError("can't convert negative int to unsigned")
  if (number > ULONGLONG_MAX) throw overflowError('int too big to convert')
  return BigInt(number)
}

/** A number of 32 bits; `type` is what the error calls it. */
export function toUnsigned32(value: Value, type = 'uint32_t'): number {
  const number = toUnsigned64(value)
  if (number > 0xffffffffn) throw overflowError(`Value too large for ${type} type`)
  return Number(number)
}

/** The id as the filters' rows have it: a number where it is safe. */
export const filterId = (id: bigint): bigint | number => (id < 2n ** 53n ? Number(id) : id)

const LZMA_OPTIONS = ['dict_size', 'lc', 'lp', 'pb', 'mode', 'nice_len', 'mf', 'depth'] as const

/** The entry of a mapping, owned; `undefined` where there is none. */
function entryOf(spec: Value, key: string): Owned<Value> | undefined {
  try {
    return getItem(spec, key)
  } catch (error) {
    if (!isException(error, PyExc_KeyError)) throw error
    drop(error)
    return undefined
  }
}

/** The numbers of a dict under these names; what else it holds, and what is no number of 32 bits, is a ValueError. */
function numbersOf(spec: Value, names: readonly string[], ignored: readonly string[], what: string) {
  const wrong = () => valueError(`Invalid filter specifier for ${what} filter`)
  if (typeof spec !== 'object' || (spec.type.flags & TPFLAGS_DICT_SUBCLASS) === 0) throw wrong()
  const { data } = spec as PyDict
  const numbers = new Map<string, number>()
  for (let i = data.next(0); i >= 0; i = data.next(i + 1)) {
    const name = asStr(data.keys[i]!)
    if (typeof name !== 'string') throw wrong()
    if (ignored.includes(name)) continue
    const number = asInt(data.values[i]!)
    if (!names.includes(name) || number === undefined || number < 0 || number > 0xffffffff) throw wrong()
    numbers.set(name, Number(number))
  }
  return numbers
}

function parseLzma(id: bigint | number, spec: Value, error: PyType): Filter {
  const given = entryOf(spec, 'preset')
  let preset = PRESET_DEFAULT
  if (given !== undefined) {
    try {
      preset = toUnsigned32(given)
    } finally {
      drop(given)
    }
  }
  const options = lzmaPreset(preset, error)
  Object.assign(options, Object.fromEntries(numbersOf(spec, LZMA_OPTIONS, ['id', 'preset'], 'LZMA')))
  return { id: id as typeof FILTER_LZMA2, options }
}

/** The options of a preset, or the module's error. */
export function lzmaPreset(preset: number, error: PyType): LzmaOptions {
  const options = presetOptions(preset)
  if (options === null) throw newException(error, [`Invalid compression preset: ${preset}`])
  return options
}

/** The filter that a dict describes; `error` is `LZMAError`. */
export function parseFilter(spec: Value, error: PyType): Filter {
  if (typeOf(spec).mp_subscript === undefined) throw typeError('Filter specifier must be a dict or dict-like object')
  const found = entryOf(spec, 'id')
  if (found === undefined) throw valueError('Filter specifier must have an "id" entry')
  let wide: bigint
  try {
    wide = toUnsigned64(found)
  } finally {
    drop(found)
  }
  const id = filterId(wide)
  if (id === FILTER_LZMA1 || id === FILTER_LZMA2) return parseLzma(id, spec, error)
  if (id === FILTER_DELTA) {
    return { id: FILTER_DELTA, dist: numbersOf(spec, ['dist'], ['id'], 'delta').get('dist') ?? 1 }
  }
  if (!branchConverters.has(Number(id))) throw valueError(`Invalid filter ID: ${wide}`)
  const start_offset = numbersOf(spec, ['start_offset'], ['id'], 'BCJ').get('start_offset') ?? 0
  return { id: Number(id) as 4, start_offset }
}

/** The filters of a sequence of dicts. */
export function parseFilters(specs: Value, error: PyType): Filter[] {
  const count = len(specs)
  if (!isSequence(specs)) throw typeError(`${typeOf(specs).name} is not a sequence`)
  if (count > FILTERS_MAX) {
    throw valueError(`Too many filters - liblzma supports a maximum of ${FILTERS_MAX}`)
  }
  const filters: Filter[] = []
  for (let i = 0; i < count; i++) {
    const spec = sequenceItem(specs, i)
    try {
      filters.push(parseFilter(spec, error))
    } finally {
      drop(spec)
    }
  }
  return filters
}

/** The dict that describes a filter as far as its properties in a stream do. */
export function describeFilter(filter: Filter): Owned<Value> {
  const dict = newDict()
  const { data } = dict
  data.set('id', filter.id)
  if ('dist' in filter) data.set('dist', filter.dist)
  else if ('start_offset' in filter) data.set('start_offset', filter.start_offset)
  else {
    const { options } = filter
    if (filter.id === FILTER_LZMA1) for (const name of ['lc', 'lp', 'pb'] as const) data.set(name, options[name])
    data.set('dict_size', options.dict_size)
  }
  return dict
}
