import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { asInt, asStr } from '../../objects/access.ts'
import { hasBuffer } from '../../objects/buffer.ts'
import { defineModule } from '../../objects/define_module.ts'
import { overflowError, typeError } from '../../objects/errors.ts'
import {
  newObject,
  type PyDict,
  type PyList,
  type PyTuple,
  TPFLAGS_LIST_SUBCLASS,
  type Value,
} from '../../objects/object.ts'
import { None, typeOf } from '../../objects/types.ts'
import { asciiIsCased, asciiLower, unicodeIsCased, unicodeLower } from './characters.ts'
import { defineMatchType } from './match.ts'
import { CODESIZE, MAGIC, MAXGROUPS, MAXREPEAT } from './opcodes.ts'
import { definePatternType, defineScannerType } from './pattern.ts'
import { holdSubject, releaseSubject } from './subject.ts'
import { type PatternData, patternType } from './types.ts'
import { type Codes, validateCode } from './validate.ts'

function toCodes(code: Value): Codes {
  if (typeof code !== 'object' || (code.type.flags & TPFLAGS_LIST_SUBCLASS) === 0) {
    throw typeError(`compile() argument 'code' must be list, not ${typeOf(code).name}`)
  }
  return Uint32Array.from((code as PyList).data, (item) => {
    const value = asInt(item)
    if (value === undefined) throw typeError('an integer is required')
    if (value < 0) throw overflowError("can't convert negative value to unsigned int")
    if (value > 0xffffffff) throw overflowError('regular expression code size limit exceeded')
    return Number(value)
  })
}

/** Whether a pattern is of bytes; `null` where it has no text. */
function isBytesPattern(pattern: Value): boolean | null {
  if (pattern === None) return null
  if (asStr(pattern) !== undefined) return false
  if (hasBuffer(pattern)) return true
  releaseSubject(holdSubject(pattern))
  return null
}

function compile(
  pattern: Value,
  flags: number,
  code: Value,
  groups: number,
  groupindex: PyDict,
  indexgroup: Value,
): Owned<Value> {
  const codes = toCodes(code)
  const isBytes = isBytesPattern(pattern)
  validateCode(codes, groups)
  const data: PatternData = {
    pattern: keep(pattern),
    flags,
    groups,
    groupindex: keep(groupindex),
    indexgroup: keep(indexgroup as PyTuple),
    isBytes,
    codes,
    program: null,
    weakrefs: null,
  }
  const made = newObject(patternType, data)
  track(made)
  return made
}

/** The module `_sre`. */
export const sreModule = defineModule('_sre', () => ({
  functions: {
    'compile(pattern, flags: int, code, groups: ssize, groupindex: dict, indexgroup: tuple)': compile,
    'getcodesize()': () => CODESIZE,
    'ascii_iscased(character: int, /)': (character): Owned<Value> => asciiIsCased(character),
    'unicode_iscased(character: int, /)': (character): Owned<Value> => unicodeIsCased(character),
    'ascii_tolower(character: int, /)': (character): Owned<Value> => asciiLower(character),
    'unicode_tolower(character: int, /)': (character): Owned<Value> => unicodeLower(character),
  },
  attributes: {
    MAGIC,
    CODESIZE,
    MAXREPEAT,
    MAXGROUPS,
    copyright: ' SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB ',
  },
  setup: () => {
    definePatternType()
    defineMatchType()
    defineScannerType()
  },
}))
