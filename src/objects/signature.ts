import type { Str } from '../base/values.ts'
import type { PyDict, PyObject, PyType, Value } from './object.ts'

/**
 * Signatures as literal types: `'insert(index: ssize, object, /)'` is the key under which a method stands, the types of
 * its parameters, its argument parsing with CPython's messages, and its `__text_signature__`.
 *
 * A parameter is `name`, `name: converter`, either with ` = default`; `/`, `*`, `*args` and `**kwargs` mean what they
 * mean in Python. Defaults: `NULL` (an `undefined`), `None` (for a converter other than `object`: `null`), an int,
 * a float, `True`, `False`, a quoted text or `()`. No default holds a comma.
 */
export interface Converters {
  /** Any value, borrowed. */
  object: Value
  /** `Py_ssize_t`: through `__index__`; OverflowError where it does not fit 64 bits, else cut to ±(2^53−1). */
  ssize: number
  /** As `ssize`, but None is allowed and too large values are cut: the bounds of `find`, `index` and the like. */
  bound: number
  /** A C `int`: through `__index__`; OverflowError beyond 32 bits. */
  int: number
  /** Any int through `__index__`. */
  index: number | bigint
  /** The truth of any value. */
  bool: boolean
  /** A `str`, or TypeError. */
  str: Str
  /** As `str`, in UTF-16: for names of things that JavaScript knows, such as encodings. */
  text: string
  /** A C `double`: a float or what `__float__` or `__index__` make one. */
  double: number
  /** The bytes of any object with a contiguous buffer. */
  bytes: Uint8Array
  /** A fill character: its code point. */
  char: number
  /** A `bytes` or `bytearray` of length one: its byte. */
  byte: number
  dict: PyDict
  type: PyType
  tuple: PyObject
}

type Trim<S extends string> = S extends ` ${infer R}` ? Trim<R> : S extends `${infer R} ` ? Trim<R> : S
type Split<S extends string> = S extends `${infer A},${infer B}`
  ? [Trim<A>, ...Split<B>]
  : Trim<S> extends ''
    ? []
    : [Trim<S>]
type Converted<C extends string> = C extends keyof Converters ? Converters[C] : { error: `unknown converter: ${C}` }
type Argument<P extends string> = P extends `**${string}`
  ? PyDict | null
  : P extends `*${string}`
    ? readonly Value[]
    : P extends `${string}: ${infer C} = ${infer D}`
      ? D extends 'NULL'
        ? Converted<C> | undefined
        : D extends 'None'
          ? Converted<C> | null
          : Converted<C>
      : P extends `${string}: ${infer C}`
        ? Converted<C>
        : P extends `${string} = ${infer D}`
          ? D extends 'NULL'
            ? Value | undefined
            : Value
          : Value
type Arguments<T extends string[]> = T extends [infer H extends string, ...infer R extends string[]]
  ? H extends '/' | '*'
    ? Arguments<R>
    : [Argument<H>, ...Arguments<R>]
  : []

/** The types of a signature's parameters. */
export type Params<Sig extends string> = Sig extends `${string}(${infer P})` ? Arguments<Split<P>> : never

/** Where a parameter takes its argument from. */
type ParameterKind = 'positional-only' | 'positional-or-keyword' | 'keyword-only' | 'varargs' | 'varkeywords'

export interface Parameter {
  readonly name: string
  readonly kind: ParameterKind
  readonly converter: keyof Converters
  readonly required: boolean
  /** The default as written; `undefined` where there is none. */
  readonly defaultText: string | undefined
}

/** A parsed signature. */
export interface Signature {
  readonly name: string
  readonly parameters: readonly Parameter[]
  /** Parameters that a positional argument can fill, and how many of them must be filled. */
  readonly maxPositional: number
  readonly minPositional: number
  readonly varargs: boolean
  readonly varkeywords: boolean
  /** Number of parameters where all are plain `object`s that must be given by position; else -1. */
  readonly arity: number
  /** Whether a parameter can be named. */
  readonly nameable: boolean
  /** Whether arguments by position and defaults are all that a call needs. */
  readonly quick: boolean
  /** What parameters are that were not given, once somebody asked for it. */
  defaults: readonly unknown[] | null
}

const NAME = /^\s*(\*{0,2})(\w+)(?:: (\w+))?(?: = (.+))?$/

/** Whether the default is a value that calls can share. */
function isQuickDefault({ required, defaultText }: Parameter): boolean {
  return !required && defaultText !== '()'
}

/** Parses a signature. The keys are written by us, so a malformed one is a fault of Taipan. */
export function parseSignature(text: string): Signature {
  const open = text.indexOf('(')
  const parts = text
    .slice(open + 1, text.lastIndexOf(')'))
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const slash = parts.indexOf('/')
  const parameters: Parameter[] = []
  let keywordOnly = false
  parts.forEach((part, i) => {
    if (part === '/') return
    if (part === '*') {
      keywordOnly = true
      return
    }
    const match = NAME.exec(part)
    if (match === null) throw new Error(`malformed signature: ${text}`)
    const [, stars, name, converter, defaultText] = match
    const kind: ParameterKind =
      stars === '*'
        ? 'varargs'
        : stars === '**'
          ? 'varkeywords'
          : i < slash
            ? 'positional-only'
            : keywordOnly
              ? 'keyword-only'
              : 'positional-or-keyword'
    if (stars === '*') keywordOnly = true
    const required = stars === '' && defaultText === undefined
    parameters.push({
      name: name!,
      kind,
      converter: (converter ?? 'object') as keyof Converters,
      required,
      defaultText,
    })
  })
  const positional = parameters.filter((p) => p.kind.startsWith('positional'))
  const simple = parameters.every((p) => p.kind === 'positional-only' && p.required && p.converter === 'object')
  return {
    name: text.slice(0, open),
    parameters,
    maxPositional: positional.length,
    minPositional: positional.filter((p) => p.required).length,
    varargs: parameters.some((p) => p.kind === 'varargs'),
    varkeywords: parameters.some((p) => p.kind === 'varkeywords'),
    arity: simple ? parameters.length : -1,
    nameable: parameters.some((p) => p.kind === 'positional-or-keyword' || p.kind === 'keyword-only'),
    quick: parameters.every((p) =>
      p.kind === 'keyword-only'
        ? isQuickDefault(p)
        : p.kind.startsWith('positional') && (p.required || isQuickDefault(p)),
    ),
    defaults: null,
  }
}
