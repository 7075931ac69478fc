import { drop } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { asInt, asStr } from './access.ts'
import { lookupSpecial } from './attributes.ts'
import { typeError } from './errors.ts'
import type { PyStr, Value } from './object.ts'
import { call, repr, str } from './protocols.ts'
import { typeOf } from './types.ts'

/** `format(value, spec)`. */
export function format(value: Value, spec: Value): Owned<PyStr> {
  if (spec === '') {
    if (typeof value === 'string') return value
    if (typeof value === 'number' || (typeof value === 'bigint' && asInt(value) !== undefined)) return str(value)
  }
  const method = lookupSpecial(value, '__format__')
  if (method === undefined) throw typeError(`Type ${typeOf(value).name} doesn't define __format__`)
  try {
    const result = call(method, [spec])
    if (asStr(result) === undefined) {
      const { name } = typeOf(result)
      drop(result)
      throw typeError(`__format__ must return a str, not ${name}`)
    }
    return result as Owned<PyStr>
  } finally {
    drop(method)
  }
}

/** `ascii(value)`: the `repr` with escapes for what is not ASCII; set by the file of `str`. */
export const asciiHook: { ascii: (value: Value) => Owned<PyStr> } = { ascii: repr }

/** One field of an f-string: conversion (bits 0 and 1: none, `str`, `repr`, `ascii`), then the format specification. */
export function formatValue(value: Value, spec: Value, oparg: number): Owned<PyStr> {
  const conversion = oparg & 3
  if (conversion === 0) return format(value, spec)
  const text = conversion === 1 ? str(value) : conversion === 2 ? repr(value) : asciiHook.ascii(value)
  if (spec === '' && (typeof text === 'string' || typeOf(text).name === 'str')) return text
  try {
    return format(text, spec)
  } finally {
    drop(text)
  }
}
