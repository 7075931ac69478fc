import type { Pattern, PatternNode } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { unpackExArg } from './collections.ts'
import { loadConst, nameTuple } from './constants.ts'
import { emit, emitJump, newBlock, setLoc, useBlock } from './emit.ts'
import { checkForbiddenName, syntaxError } from './errors.ts'
import { visitMappingKeys } from './mapping_keys.ts'
import { emitBinary, emitCompare } from './operators.ts'
import { checkNotStored, emitFailPop, jumpToFailPop, PatternContext, rotate, storeCapture } from './pattern_context.ts'
import { type Unit, visitExpr } from './state.ts'

/** `_` */
export function isWildcard(p: Pattern): boolean {
  return p.node === 'MatchAs' && p.name === null
}

function isStarWildcard(p: Pattern): boolean {
  return p.node === 'MatchStar' && p.name === null
}

/**
 * Matches the top of the stack, which is consumed, against a pattern (PEP 634); on failure jumps to where all that is
 * on the stack for it is popped. Throws PySyntaxError for patterns that the grammar allows but the language does not.
 */
export function visitPattern(u: Unit, p: Pattern, pc: PatternContext): void {
  setLoc(u, p)
  switch (p.node) {
    case 'MatchValue':
      visitValue(u, p, pc)
      break
    case 'MatchSingleton':
      loadConst(u, p.value)
      emitCompare(u, 'Is')
      jumpToFailPop(u, pc, op.POP_JUMP_IF_FALSE)
      break
    case 'MatchSequence':
      visitSequence(u, p, pc)
      break
    case 'MatchMapping':
      visitMapping(u, p, pc)
      break
    case 'MatchClass':
      visitClassPattern(u, p, pc)
      break
    case 'MatchStar':
      storeCapture(u, pc, p.name)
      break
    case 'MatchAs':
      visitAs(u, p, pc)
      break
    case 'MatchOr':
      visitOr(u, p, pc)
      break
    default:
      p satisfies never
  }
}

/** A pattern inside another one: it may always match. */
function visitSubpattern(u: Unit, p: Pattern, pc: PatternContext): void {
  const saved = pc.allowIrrefutable
  pc.allowIrrefutable = true
  visitPattern(u, p, pc)
  pc.allowIrrefutable = saved
}

function visitValue(u: Unit, p: PatternNode<'MatchValue'>, pc: PatternContext): void {
  const value = p.value
  if (value.node !== 'Constant' && value.node !== 'Attribute') {
    throw syntaxError(u, 'patterns may only match literals and attribute lookups')
  }
  visitExpr(u, value)
  emitCompare(u, 'Eq')
  jumpToFailPop(u, pc, op.POP_JUMP_IF_FALSE)
}

function visitAs(u: Unit, p: PatternNode<'MatchAs'>, pc: PatternContext): void {
  if (p.pattern === null) {
    if (!pc.allowIrrefutable) {
      const what = p.name === null ? 'wildcard' : `name capture '${p.name}'`
      throw syntaxError(u, `${what} makes remaining patterns unreachable`)
    }
    storeCapture(u, pc, p.name)
    return
  }
  pc.onTop++
  emit(u, op.COPY, 1)
  visitPattern(u, p.pattern, pc)
  pc.onTop--
  storeCapture(u, pc, p.name)
}

function visitSequence(u: Unit, p: PatternNode<'MatchSequence'>, pc: PatternContext): void {
  const patterns = p.patterns
  const size = patterns.length
  let star = -1
  let onlyWildcards = true
  for (let i = 0; i < size; i++) {
    const item = patterns[i]!
    if (item.node === 'MatchStar') {
      if (star >= 0) throw syntaxError(u, 'multiple starred names in sequence pattern')
      star = i
      if (!isStarWildcard(item)) onlyWildcards = false
    } else if (!isWildcard(item)) {
      onlyWildcards = false
    }
  }
  pc.onTop++
  emit(u, op.MATCH_SEQUENCE)
  jumpToFailPop(u, pc, op.POP_JUMP_IF_FALSE)
  if (star < 0) checkLength(u, pc, size, 'Eq')
  else if (size > 1) checkLength(u, pc, size - 1, 'GtE')
  pc.onTop--
  if (onlyWildcards) emit(u, op.POP_TOP)
  else if (star >= 0 && isStarWildcard(patterns[star]!)) matchItems(u, patterns, star, pc)
  else unpackItems(u, patterns, star, pc)
}

function checkLength(u: Unit, pc: PatternContext, size: number, operator: 'Eq' | 'GtE'): void {
  emit(u, op.GET_LEN)
  loadConst(u, size)
  emitCompare(u, operator)
  jumpToFailPop(u, pc, op.POP_JUMP_IF_FALSE)
}

/** Unpacks the subject and matches the items one after the other. */
function unpackItems(u: Unit, patterns: readonly Pattern[], star: number, pc: PatternContext): void {
  const size = patterns.length
  if (star < 0) emit(u, op.UNPACK_SEQUENCE, size)
  else emit(u, op.UNPACK_EX, unpackExArg(u, star, size, 'sequence pattern'))
  matchUnpacked(u, patterns, pc)
}

/** Matches as many values as there are patterns, the first on top of the stack. */
function matchUnpacked(u: Unit, patterns: readonly Pattern[], pc: PatternContext): void {
  pc.onTop += patterns.length
  for (let i = 0; i < patterns.length; i++) {
    pc.onTop--
    visitSubpattern(u, patterns[i]!, pc)
  }
}

/** Fetches by index those items that are looked at: what `*_` stands for is never unpacked. */
function matchItems(u: Unit, patterns: readonly Pattern[], star: number, pc: PatternContext): void {
  const size = patterns.length
  pc.onTop++
  for (let i = 0; i < size; i++) {
    const item = patterns[i]!
    if (isWildcard(item) || i === star) continue
    emit(u, op.COPY, 1)
    if (i < star) {
      loadConst(u, i)
    } else {
      // Not every sequence takes negative indices.
      emit(u, op.GET_LEN)
      loadConst(u, size - i)
      emitBinary(u, 'Sub')
    }
    emit(u, op.BINARY_SUBSCR)
    visitSubpattern(u, item, pc)
  }
  pc.onTop--
  emit(u, op.POP_TOP)
}

function visitClassPattern(u: Unit, p: PatternNode<'MatchClass'>, pc: PatternContext): void {
  const { patterns, kwd_attrs: attrs, kwd_patterns: attrPatterns } = p
  if (attrs.length !== attrPatterns.length) {
    const lengths = `kwd_attrs (${attrs.length}) / kwd_patterns (${attrPatterns.length})`
    throw syntaxError(u, `${lengths} length mismatch in class pattern`)
  }
  if (attrs.length !== 0) {
    checkAttributes(u, attrs, attrPatterns)
    setLoc(u, p)
  }
  visitExpr(u, p.cls)
  loadConst(u, nameTuple(attrs))
  emit(u, op.MATCH_CLASS, patterns.length)
  pc.onTop++
  jumpIfNone(u, pc)
  const count = patterns.length + attrs.length
  emit(u, op.UNPACK_SEQUENCE, count)
  pc.onTop += count - 1
  for (let i = 0; i < count; i++) {
    pc.onTop--
    const item = i < patterns.length ? patterns[i]! : attrPatterns[i - patterns.length]!
    if (isWildcard(item)) emit(u, op.POP_TOP)
    else visitSubpattern(u, item, pc)
  }
}

/** Fails if the top of the stack, which stays there, is None. */
function jumpIfNone(u: Unit, pc: PatternContext): void {
  emit(u, op.COPY, 1)
  loadConst(u, null)
  emitCompare(u, 'IsNot')
  jumpToFailPop(u, pc, op.POP_JUMP_IF_FALSE)
}

/** Throws PySyntaxError for an attribute given twice, or called `__debug__`; the place is that of its pattern. */
function checkAttributes(u: Unit, attrs: readonly string[], patterns: readonly Pattern[]): void {
  const areDistinct = new Set(attrs).size === attrs.length
  for (let i = 0; i < attrs.length; i++) {
    const attr = attrs[i]!
    setLoc(u, patterns[i]!)
    checkForbiddenName(u, attr, 'Store')
    const again = areDistinct ? -1 : attrs.indexOf(attr, i + 1)
    if (again === -1) continue
    setLoc(u, patterns[again]!)
    throw syntaxError(u, `attribute name repeated in class pattern: ${attr}`)
  }
}

function visitMapping(u: Unit, p: PatternNode<'MatchMapping'>, pc: PatternContext): void {
  const { keys, patterns, rest } = p
  const size = keys.length
  if (size !== patterns.length) {
    throw syntaxError(u, `keys (${size}) / patterns (${patterns.length}) length mismatch in mapping pattern`)
  }
  pc.onTop++
  emit(u, op.MATCH_MAPPING)
  jumpToFailPop(u, pc, op.POP_JUMP_IF_FALSE)
  if (size === 0 && rest === null) {
    pc.onTop--
    emit(u, op.POP_TOP)
    return
  }
  if (size !== 0) checkLength(u, pc, size, 'GtE')
  visitMappingKeys(u, keys)
  emit(u, op.BUILD_TUPLE, size)
  emit(u, op.MATCH_KEYS)
  pc.onTop += 2
  jumpIfNone(u, pc)
  emit(u, op.UNPACK_SEQUENCE, size)
  pc.onTop--
  matchUnpacked(u, patterns, pc)
  pc.onTop -= 2
  if (rest === null) {
    // The keys and the subject.
    emit(u, op.POP_TOP)
    emit(u, op.POP_TOP)
    return
  }
  copyRest(u, size)
  storeCapture(u, pc, rest)
}

/** Makes of the subject and the tuple of keys a dict of all other items. */
function copyRest(u: Unit, size: number): void {
  emit(u, op.BUILD_MAP, 0)
  emit(u, op.SWAP, 3)
  emit(u, op.DICT_UPDATE, 2)
  emit(u, op.UNPACK_SEQUENCE, size)
  for (let left = size; left > 0; left--) {
    emit(u, op.COPY, 1 + left)
    emit(u, op.SWAP, 2)
    emit(u, op.DELETE_SUBSCR)
  }
}

/** `a | b`: every alternative works on a copy of the subject and must bind the same names. */
function visitOr(u: Unit, p: PatternNode<'MatchOr'>, pc: PatternContext): void {
  const end = newBlock(u)
  const last = p.patterns.length - 1
  let control: readonly string[] = []
  for (let i = 0; i <= last; i++) {
    const alternative = p.patterns[i]!
    setLoc(u, alternative)
    const inner = new PatternContext(i === last && pc.allowIrrefutable)
    emit(u, op.COPY, 1)
    visitPattern(u, alternative, inner)
    if (i === 0) control = [...inner.stores]
    else reorderStores(u, inner.stores, control)
    emitJump(u, op.JUMP, end)
    emitFailPop(u, inner)
  }
  emit(u, op.POP_TOP)
  jumpToFailPop(u, pc, op.JUMP)
  useBlock(u, end)
  // Between the captures and their place lie the other captures, the copy of the subject and what was there before.
  const rotations = control.length + 1 + pc.onTop + pc.stores.length
  for (const name of control) {
    rotate(u, rotations)
    checkNotStored(u, pc, name)
    pc.stores.push(name)
  }
  emit(u, op.POP_TOP)
}

/** Brings the captures of an alternative, names and stack, into the order of the first one's. */
function reorderStores(u: Unit, stores: string[], control: readonly string[]): void {
  if (stores.length !== control.length) throw differentNames(u)
  for (let i = control.length - 1; i >= 0; i--) {
    const at = stores.indexOf(control[i]!)
    if (at === -1) throw differentNames(u)
    if (at === i) continue
    const moved = stores.splice(0, at + 1)
    stores.splice(i - at, 0, ...moved)
    for (let n = 0; n <= at; n++) rotate(u, i + 1)
  }
}

function differentNames(u: Unit): Error {
  return syntaxError(u, 'alternative patterns bind different names')
}
