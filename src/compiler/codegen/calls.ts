import type { Expr, ExprNode, Keyword } from '../../ast/nodes.ts'
import * as op from '../../bytecode/opcodes.ts'
import { DEF_IMPORT } from '../../symbols/entry.ts'
import { buildArguments, hasStarred } from './collections.ts'
import { addConst, loadConst, loadName, nameTuple } from './constants.ts'
import { emit, emitNoLine, setAttributeLoc, setCallLoc, setLoc } from './emit.ts'
import { checkForbiddenName, syntaxError, warn } from './errors.ts'
import { emitName } from './names.ts'
import { STACK_USE_GUIDELINE, type Unit, visitExpr, visitExprs } from './state.ts'
import { inferTypeName } from './types.ts'

/** `CALL_FUNCTION_EX`: a dict of keyword arguments is on the stack. */
const HAS_KEYWORDS = 1

/** From here on comparing all keywords with each other takes longer than a set of them. */
const MANY_KEYWORDS = 16

/** Whether a call loads its method and object at once (`maybe_optimize_method_call`). */
export function isMethodCall(u: Unit, e: ExprNode<'Call'>): boolean {
  const method = e.func
  if (method.node !== 'Attribute' || method.ctx !== 'Load') return false
  if (isImported(u, method.value)) return false
  const keywords = e.keywords.length
  if (e.args.length + keywords + (keywords === 0 ? 0 : 1) >= STACK_USE_GUIDELINE) return false
  return !hasStarred(e.args) && !hasDoubleStarred(e.keywords)
}

/** A name that the module's own scope imports: its attributes are functions, not methods. */
function isImported(u: Unit, e: Expr): boolean {
  if (e.node !== 'Name') return false
  const flags = u.c.symtable.top.symbols.get(e.id)
  return flags !== undefined && (flags & DEF_IMPORT) !== 0
}

function hasDoubleStarred(keywords: readonly Keyword[]): boolean {
  for (let i = 0; i < keywords.length; i++) if (keywords[i]!.arg === null) return true
  return false
}

/** The rest of a method call whose object is on the stack. */
export function finishMethodCall(u: Unit, e: ExprNode<'Call'>, method: ExprNode<'Attribute'>): void {
  setAttributeLoc(u, method)
  matchAttributeStart(u, method)
  emitName(u, op.LOAD_METHOD, method.attr)
  visitExprs(u, e.args)
  if (e.keywords.length !== 0) visitKeywords(u, e.keywords)
  setCallLoc(u, e)
  matchAttributeStart(u, method)
  const count = e.args.length + e.keywords.length
  emit(u, op.PRECALL, count)
  emit(u, op.CALL, count)
}

/** What comes before the function of a call is visited. The position must be that of the call. */
export function beginCall(u: Unit, e: ExprNode<'Call'>): void {
  checkCallable(u, e.func)
  setLoc(u, e.func)
  emit(u, op.PUSH_NULL)
}

/** The arguments and the call itself; `pushed` arguments are on the stack already (`compiler_call_helper`). */
export function finishCall(u: Unit, pushed: number, args: readonly Expr[], keywords: readonly Keyword[]): void {
  const isSmall = args.length + keywords.length * 2 <= STACK_USE_GUIDELINE
  if (!isSmall || hasStarred(args) || hasDoubleStarred(keywords)) {
    finishGeneralCall(u, pushed, args, keywords)
    return
  }
  visitExprs(u, args)
  if (keywords.length !== 0) visitKeywords(u, keywords)
  const count = pushed + args.length + keywords.length
  emit(u, op.PRECALL, count)
  emit(u, op.CALL, count)
}

/** A call with a tuple of positional and a dict of keyword arguments. */
function finishGeneralCall(u: Unit, pushed: number, args: readonly Expr[], keywords: readonly Keyword[]): void {
  const first = args[0]
  if (pushed === 0 && args.length === 1 && first?.node === 'Starred') visitExpr(u, first.value)
  else buildArguments(u, args, pushed)
  if (keywords.length !== 0) buildKeywords(u, keywords)
  emit(u, op.CALL_FUNCTION_EX, keywords.length === 0 ? 0 : HAS_KEYWORDS)
}

function buildKeywords(u: Unit, keywords: readonly Keyword[]): void {
  let hasDict = false
  let run = 0
  for (let i = 0; i < keywords.length; i++) {
    const keyword = keywords[i]!
    if (keyword.arg !== null) {
      run++
      continue
    }
    if (run !== 0) {
      buildKeywordRun(u, keywords, i - run, i)
      if (hasDict) emit(u, op.DICT_MERGE, 1)
      hasDict = true
      run = 0
    }
    if (!hasDict) emit(u, op.BUILD_MAP, 0)
    hasDict = true
    visitExpr(u, keyword.value)
    emit(u, op.DICT_MERGE, 1)
  }
  if (run === 0) return
  buildKeywordRun(u, keywords, keywords.length - run, keywords.length)
  if (hasDict) emit(u, op.DICT_MERGE, 1)
}

/** A dict of the keyword arguments `begin` to `end`, none of them `**`. */
function buildKeywordRun(u: Unit, keywords: readonly Keyword[], begin: number, end: number): void {
  const count = end - begin
  const isBig = count * 2 > STACK_USE_GUIDELINE
  if (count > 1 && !isBig) {
    const names: string[] = []
    for (let i = begin; i < end; i++) {
      visitExpr(u, keywords[i]!.value)
      names.push(keywords[i]!.arg!)
    }
    loadConst(u, nameTuple(names))
    emit(u, op.BUILD_CONST_KEY_MAP, count)
    return
  }
  if (isBig) emitNoLine(u, op.BUILD_MAP, 0)
  for (let i = begin; i < end; i++) {
    loadName(u, keywords[i]!.arg!)
    visitExpr(u, keywords[i]!.value)
    if (isBig) emitNoLine(u, op.MAP_ADD, 1)
  }
  if (!isBig) emit(u, op.BUILD_MAP, count)
}

/** Pushes the values of keyword arguments and announces their names to the call. */
function visitKeywords(u: Unit, keywords: readonly Keyword[]): void {
  const names: string[] = []
  for (let i = 0; i < keywords.length; i++) {
    visitExpr(u, keywords[i]!.value)
    names.push(keywords[i]!.arg!)
  }
  emit(u, op.KW_NAMES, addConst(u, nameTuple(names)))
}

/** Throws PySyntaxError for a keyword argument given twice, or called `__debug__`. */
export function checkKeywords(u: Unit, keywords: readonly Keyword[]): void {
  const count = keywords.length
  if (count > MANY_KEYWORDS && areDistinct(keywords)) return
  for (let i = 0; i < count; i++) {
    const name = keywords[i]!.arg
    if (name === null) continue
    checkForbiddenName(u, name, 'Store')
    for (let j = i + 1; j < count; j++) {
      if (keywords[j]!.arg !== name) continue
      setLoc(u, keywords[j]!)
      throw syntaxError(u, `keyword argument repeated: ${name}`)
    }
  }
}

function areDistinct(keywords: readonly Keyword[]): boolean {
  const names = new Set<string>(['__debug__'])
  for (const { arg } of keywords) {
    if (arg === null) continue
    if (names.has(arg)) return false
    names.add(arg)
  }
  return true
}

/** Warns of a call of a literal or display. */
function checkCallable(u: Unit, func: Expr): void {
  // A lambda can be called; everything else whose type is known cannot.
  if (func.node === 'Name' || func.node === 'Attribute' || func.node === 'Lambda') return
  const type = inferTypeName(func)
  if (type !== null) warn(u, `'${type}' object is not callable; perhaps you missed a comma?`)
}

/**
 * Where an attribute access spans lines, moves the start of the unit's position to the attribute's name
 * (`update_start_location_to_match_attr`).
 */
export function matchAttributeStart(u: Unit, e: ExprNode<'Attribute'>): void {
  const line = e.end_lineno
  if (u.lineno === line) return
  u.lineno = line
  const length = codePointCount(e.attr)
  if (length <= e.end_col_offset) {
    u.col_offset = e.end_col_offset - length
  } else {
    // Only a tree that was not parsed from source can say so.
    u.col_offset = -1
    u.end_col_offset = -1
  }
  if (line > u.end_lineno) u.end_lineno = line
  if (line === u.end_lineno && u.col_offset > u.end_col_offset) u.end_col_offset = u.col_offset
}

function codePointCount(name: string): number {
  let count = name.length
  for (let i = 0; i < name.length; i++) if ((name.charCodeAt(i) & 0xfc00) === 0xdc00) count--
  return count
}
