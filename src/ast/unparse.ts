import { PyError } from '../base/errors.ts'
import { docstringNode } from './docstring.ts'
import { nodeType } from './fields.ts'
import type {
  Alias,
  ExceptHandler,
  Expr,
  MatchCase,
  Mod,
  ModNode,
  Node,
  Pattern,
  PatternNode,
  SimpleStmt,
  Stmt,
  StmtNode,
  WithItem,
} from './nodes.ts'
import { ATOM, binaryOperators, EXPR, TEST, TUPLE, YIELD } from './operators.ts'
import { docstringText, plain } from './unparse_expr.ts'

type FunctionNode = StmtNode<'FunctionDef' | 'AsyncFunctionDef'>
type TryNode = StmtNode<'Try' | 'TryStar'>

/**
 * Source text that parses to a tree equal to `node`: the text of Python 3.11's `ast.unparse`, in UTF-16.
 * Throws PyError `ValueError` where no text exists (a backslash in the expression of an f-string) and `RecursionError`
 * for a tree nested too deeply.
 */
export function unparse(node: Node): string {
  try {
    const writer = new StatementWriter()
    writer.node(node)
    return writer.toString()
  } catch (error) {
    if (error instanceof RangeError) throw new PyError('RecursionError', 'maximum recursion depth exceeded')
    throw error
  }
}

class StatementWriter {
  #out: string[] = []
  #indent = 0
  #inTryStar = false
  readonly #typeIgnores = new Map<number, string>()

  toString(): string {
    return this.#out.join('')
  }

  node(node: Node): void {
    switch (node.node) {
      case 'Module':
      case 'Interactive':
      case 'Expression':
      case 'FunctionType':
        this.#mod(node)
        break
      case 'ExceptHandler':
        this.#handler(node)
        break
      case 'match_case':
        this.#matchCase(node)
        break
      case 'alias':
        this.#write(aliasText(node))
        break
      case 'withitem':
        this.#write(withItemText(node))
        break
      case 'arguments':
        this.#write(plain.arguments(node))
        break
      case 'arg':
        this.#write(plain.arg(node))
        break
      case 'keyword':
        this.#write(plain.keyword(node))
        break
      case 'comprehension':
        this.#write(plain.generator(node))
        break
      case 'TypeIgnore':
        break
      default:
        if (isPattern(node)) this.#write(patternText(node, TEST))
        else if (isStmt(node)) this.#stmt(node)
        else this.#write(plain.text(node, TEST))
    }
  }

  #mod(mod: Mod): void {
    switch (mod.node) {
      case 'Module':
        for (const ignore of mod.type_ignores) this.#typeIgnores.set(ignore.lineno, `ignore${ignore.tag}`)
        this.#bodyWithDocstring(mod)
        break
      case 'Interactive':
        // `ast.unparse` has nothing for this node: each statement starts the text anew.
        for (const stmt of mod.body) {
          this.#out = []
          this.#stmt(stmt)
        }
        break
      case 'Expression':
        this.#write(plain.text(mod.body, TEST))
        break
      case 'FunctionType':
        this.#write(`(${list(mod.argtypes)}) -> ${plain.text(mod.returns, TEST)}`)
        break
    }
  }

  #write(text: string): void {
    this.#out.push(text)
  }

  #maybeNewline(): void {
    if (this.#out.length > 0) this.#out.push('\n')
  }

  /** Starts a line. */
  #fill(text: string): void {
    this.#maybeNewline()
    this.#out.push('    '.repeat(this.#indent) + text)
  }

  #block(body: readonly Stmt[], comment = ''): void {
    this.#write(`:${comment}`)
    this.#indent++
    this.#stmts(body)
    this.#indent--
  }

  #optionalBlock(keyword: string, body: readonly Stmt[]): void {
    if (body.length === 0) return
    this.#fill(keyword)
    this.#block(body)
  }

  #definitionBlock(node: FunctionNode | StmtNode<'ClassDef'>, comment: string): void {
    this.#write(`:${comment}`)
    this.#indent++
    this.#bodyWithDocstring(node)
    this.#indent--
  }

  #bodyWithDocstring(node: FunctionNode | StmtNode<'ClassDef'> | ModNode<'Module'>): void {
    const docstring = docstringNode(node.body)
    if (docstring === null) this.#stmts(node.body)
    else {
      this.#fill(docstringText(docstring))
      this.#stmts(node.body.slice(1))
    }
  }

  #typeComment(node: { readonly lineno: number; readonly type_comment: string | null }): string {
    const comment = this.#typeIgnores.get(node.lineno) ?? node.type_comment
    return comment === null ? '' : ` # type: ${comment}`
  }

  #stmts(body: readonly Stmt[]): void {
    for (const stmt of body) this.#stmt(stmt)
  }

  #stmt(s: Stmt): void {
    switch (s.node) {
      case 'Expr':
        this.#fill(plain.text(s.value, YIELD))
        break
      case 'Assign': {
        const targets = s.targets.map((target) => `${plain.text(target, TUPLE)} = `).join('')
        this.#fill(targets + plain.text(s.value, TEST) + this.#typeComment(s))
        break
      }
      case 'If':
        this.#if(s)
        break
      case 'FunctionDef':
        this.#function(s, 'def')
        break
      case 'AsyncFunctionDef':
        this.#function(s, 'async def')
        break
      case 'ClassDef':
        this.#class(s)
        break
      case 'For':
      case 'AsyncFor':
        this.#fill(s.node === 'For' ? 'for ' : 'async for ')
        this.#write(`${plain.text(s.target, TUPLE)} in ${plain.text(s.iter, TEST)}`)
        this.#block(s.body, this.#typeComment(s))
        this.#optionalBlock('else', s.orelse)
        break
      case 'While':
        this.#fill(`while ${plain.text(s.test, TEST)}`)
        this.#block(s.body)
        this.#optionalBlock('else', s.orelse)
        break
      case 'With':
      case 'AsyncWith':
        this.#fill(`${s.node === 'With' ? 'with' : 'async with'} ${s.items.map(withItemText).join(', ')}`)
        this.#block(s.body, this.#typeComment(s))
        break
      case 'Try':
      case 'TryStar':
        this.#try(s)
        break
      case 'Match':
        this.#fill(`match ${plain.text(s.subject, TEST)}:`)
        this.#indent++
        for (const matchCase of s.cases) this.#matchCase(matchCase)
        this.#indent--
        break
      default:
        this.#fill(simpleStmtText(s))
    }
  }

  /** A chain of `elif` is nested in the tree, side by side in the text. */
  #if(s: StmtNode<'If'>): void {
    let keyword = 'if'
    for (;;) {
      this.#fill(`${keyword} ${plain.text(s.test, TEST)}`)
      this.#block(s.body)
      const next: Stmt | undefined = s.orelse[0]
      if (s.orelse.length !== 1 || next?.node !== 'If') break
      s = next
      keyword = 'elif'
    }
    this.#optionalBlock('else', s.orelse)
  }

  #decorators(decorators: readonly Expr[]): void {
    this.#maybeNewline()
    for (const decorator of decorators) this.#fill(`@${plain.text(decorator, TEST)}`)
  }

  #function(s: FunctionNode, keyword: string): void {
    this.#decorators(s.decorator_list)
    this.#fill(`${keyword} ${s.name}(${plain.arguments(s.args)})`)
    if (s.returns !== null) this.#write(` -> ${plain.text(s.returns, TEST)}`)
    this.#definitionBlock(s, this.#typeComment(s))
  }

  #class(s: StmtNode<'ClassDef'>): void {
    this.#decorators(s.decorator_list)
    const bases = [...s.bases.map((base) => plain.text(base, TEST)), ...s.keywords.map((k) => plain.keyword(k))]
    this.#fill(`class ${s.name}${bases.length === 0 ? '' : `(${bases.join(', ')})`}`)
    this.#definitionBlock(s, '')
  }

  #try(s: TryNode): void {
    const outer = this.#inTryStar
    this.#inTryStar = s.node === 'TryStar'
    this.#fill('try')
    this.#block(s.body)
    for (const handler of s.handlers) this.#handler(handler)
    this.#optionalBlock('else', s.orelse)
    this.#optionalBlock('finally', s.finalbody)
    this.#inTryStar = outer
  }

  #handler(handler: ExceptHandler): void {
    this.#fill(this.#inTryStar ? 'except*' : 'except')
    if (handler.type !== null) this.#write(` ${plain.text(handler.type, TEST)}`)
    if (handler.name !== null) this.#write(` as ${handler.name}`)
    this.#block(handler.body)
  }

  #matchCase(matchCase: MatchCase): void {
    this.#fill(`case ${patternText(matchCase.pattern, TEST)}`)
    if (matchCase.guard !== null) this.#write(` if ${plain.text(matchCase.guard, TEST)}`)
    this.#block(matchCase.body)
  }
}

function isPattern(node: Node): node is Pattern {
  return nodeType(node).sum === 'pattern'
}

function isStmt(node: Node): node is Stmt {
  return nodeType(node).sum === 'stmt'
}

const list = (exprs: readonly Expr[]): string => exprs.map((e) => plain.text(e, TEST)).join(', ')

/** The text of a statement without a block. */
function simpleStmtText(s: Exclude<SimpleStmt, StmtNode<'Expr' | 'Assign'>>): string {
  switch (s.node) {
    case 'Return':
      return s.value === null ? 'return' : `return ${plain.text(s.value, TEST)}`
    case 'Delete':
      return `del ${list(s.targets)}`
    case 'AugAssign':
      return `${plain.text(s.target, TEST)} ${binaryOperators[s.op].text}= ${plain.text(s.value, TEST)}`
    case 'AnnAssign': {
      const target = plain.text(s.target, TEST)
      const head = s.simple === 0 && s.target.node === 'Name' ? `(${target})` : target
      const value = s.value === null ? '' : ` = ${plain.text(s.value, TEST)}`
      return `${head}: ${plain.text(s.annotation, TEST)}${value}`
    }
    case 'Raise':
      return raiseText(s)
    case 'Assert':
      return `assert ${plain.text(s.test, TEST)}${s.msg === null ? '' : `, ${plain.text(s.msg, TEST)}`}`
    case 'Import':
      return `import ${s.names.map(aliasText).join(', ')}`
    case 'ImportFrom':
      return `from ${'.'.repeat(s.level ?? 0)}${s.module ?? ''} import ${s.names.map(aliasText).join(', ')}`
    case 'Global':
      return `global ${s.names.join(', ')}`
    case 'Nonlocal':
      return `nonlocal ${s.names.join(', ')}`
    case 'Pass':
      return 'pass'
    case 'Break':
      return 'break'
    case 'Continue':
      return 'continue'
  }
}

function raiseText(s: StmtNode<'Raise'>): string {
  if (s.exc === null) {
    if (s.cause !== null) throw new PyError('ValueError', "Node can't use cause without an exception.")
    return 'raise'
  }
  return `raise ${plain.text(s.exc, TEST)}${s.cause === null ? '' : ` from ${plain.text(s.cause, TEST)}`}`
}

function aliasText(alias: Alias): string {
  return alias.asname === null ? alias.name : `${alias.name} as ${alias.asname}`
}

function withItemText(item: WithItem): string {
  const context = plain.text(item.context_expr, TEST)
  return item.optional_vars === null ? context : `${context} as ${plain.text(item.optional_vars, TEST)}`
}

function patternText(p: Pattern, level: number): string {
  switch (p.node) {
    case 'MatchValue':
      return plain.text(p.value, TEST)
    case 'MatchSingleton':
      return plain.literal(p.value)
    case 'MatchSequence':
      return `[${patternList(p.patterns)}]`
    case 'MatchStar':
      return `*${p.name ?? '_'}`
    case 'MatchMapping':
      return mappingPatternText(p)
    case 'MatchClass': {
      const named = p.kwd_attrs.map((attr, i) => `${attr}=${patternText(p.kwd_patterns[i]!, TEST)}`)
      const all = [...p.patterns.map((pattern) => patternText(pattern, TEST)), ...named]
      return `${plain.text(p.cls, ATOM)}(${all.join(', ')})`
    }
    case 'MatchAs': {
      if (p.name === null) return '_'
      if (p.pattern === null) return p.name
      const text = `${patternText(p.pattern, EXPR)} as ${p.name}`
      return level > TEST ? `(${text})` : text
    }
    case 'MatchOr': {
      const text = p.patterns.map((pattern) => patternText(pattern, EXPR + 1)).join(' | ')
      return level > EXPR ? `(${text})` : text
    }
  }
}

function patternList(patterns: readonly Pattern[]): string {
  return patterns.map((pattern) => patternText(pattern, TEST)).join(', ')
}

function mappingPatternText(p: PatternNode<'MatchMapping'>): string {
  const items = p.keys.map((key, i) => `${plain.text(key, TEST)}: ${patternText(p.patterns[i]!, TEST)}`)
  if (p.rest !== null) items.push(`**${p.rest}`)
  return `{${items.join(', ')}}`
}
