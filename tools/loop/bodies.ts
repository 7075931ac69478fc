/**
 * The opcodes that touch the frame, as the text of their cases in the loop. All others are functions over values
 * (`src/vm/ops/`), whose cases `generate.ts` writes from their stack effects.
 *
 * Names in the text: `f` the frame, `S` its stack, `sp` its height, `pc` the index of the next instruction, `arg` the
 * argument, `words` the instructions, `run` what else the code has (`consts`, `caches`). `PUSH(x)` and `POP1` move `sp`,
 * `DROP(x)` gives up a reference, `KEEP(x)` makes one, `RELOAD` takes the registers from `f`, `{ RAISE(e) }` raises
 * without a throw, which costs much in JavaScript. What may raise or look at the frame needs
 * `f.pc = pc` before it, what runs another frame `f.sp = sp` too. An exception must find the stack as it was before the
 * instruction.
 */

const unbound = `if (v === undefined) { f.pc = pc; throw unboundLocal(f, arg) }`

const loadFast = (arg: string) => `
    const v = S[${arg}]
    ${unbound.replace('arg', arg)}
    KEEP(v)
    PUSH(v)`

const storeFast = `
    const old = S[arg]
    POP1
    S[arg] = S[sp]
    if (old !== undefined) { DROP(old) }`

const jumpBack = `
    if (pollWords[0] !== 0) { f.pc = pc; f.sp = sp; if (servePolls(f)) { f.pc = arg; return undefined } }
    pc = arg`

/** Reads the slot that the cache `c` names of `owner` into `v`. */
const readSlot = `switch (c.index) {
        case 0: v = owner.s0; break
        case 1: v = owner.s1; break
        case 2: v = owner.s2; break
        case 3: v = owner.s3; break
        case 4: v = owner.s4; break
        case 5: v = owner.s5; break
        default: v = getSlot(owner, c.index)
      }`

/** A conditional jump: `test` is a JavaScript expression over \`truth\`. */
function popJump(condition: boolean, backward: boolean): string {
  return `
    const v = S[sp - 1] as Value
    let truth: boolean
    if (typeof v === 'boolean') truth = v
    else { f.pc = pc; truth = isTrue(v); DROP(v) }
    sp--
    if (${condition ? 'truth' : '!truth'}) {${backward ? jumpBack : ' pc = arg '}}`
}

function popJumpNone(isNone: boolean, backward: boolean): string {
  return `
    POP1
    const v = S[sp] as Value
    if (v ${isNone ? '===' : '!=='} None) {${backward ? jumpBack : ' pc = arg '}}
    DROP(v)`
}

const jumpOrPop = (condition: boolean) => `
    const v = S[sp - 1] as Value
    f.pc = pc
    if (${condition ? '' : '!'}isTrue(v)) pc = arg
    else { sp--; DROP(v) }`

/** Arithmetic with fast paths for ints and floats. */
function arithmetic(operator: string): string {
  return `
    const b = S[sp - 1] as Value, a = S[sp - 2] as Value
    if (typeof a === 'number' && typeof b === 'number') {
      const r = a ${operator} b
      if (r <= 9007199254740991 && r >= -9007199254740991) { POP1; S[sp - 1] = r${operator === '*' ? ' + 0' : ''}; break }
    } else if (typeof a === 'object' && typeof b === 'object' && a.type === floatType && b.type === floatType) {
      // Floats are never freed by their count: nothing to give up.
      const r = newFloat((a as PyFloat).data ${operator} (b as PyFloat).data)
      POP1; S[sp - 1] = r
      break
    }
    f.pc = pc
    const r = BINARY_OP(a, b, arg)
    POP1; S[sp - 1] = r
    DROP(a)
    DROP(b)`
}

/** The frame `n` begins: the registers become its own. */
const ENTER = `
      f = n
      machine.frame = f
      RELOAD`

export const frameBodies: Readonly<Record<string, string>> = {
  NOP: '',
  RESUME: `
    if (pollWords[0] !== 0) {
      f.pc = pc
      f.sp = sp
      if (servePolls(f)) {
        // The loop that goes on must see the call.
        f.pc = pc - 1
        return undefined
      }
    }`,
  POP_TOP: `
    POP1
    const v = S[sp] as Value
    DROP(v)`,
  PUSH_NULL: `
    PUSH(undefined)`,
  LOAD_FAST: loadFast('arg'),
  LOAD_CLOSURE: loadFast('arg'),
  LOAD_FAST_LOAD_FAST: `
    const v = S[arg]
    ${unbound}
    KEEP(v)
    PUSH(v)
    const second = (words[pc] as number) >>> 8
    pc++
    const w = S[second]
    if (w === undefined) { f.pc = pc; throw unboundLocal(f, second) }
    KEEP(w)
    PUSH(w)`,
  LOAD_FAST_LOAD_ATTR: `
    const owner = S[arg] as Owned<PyInstance>
    if (owner === undefined) { f.pc = pc; throw unboundLocal(f, arg) }
    const c = run.caches[pc] as InlineCache | null
    let v: Owned<Value> | undefined
    if (c !== null && typeof owner === 'object' && owner.shape === c.shape && owner.type.version === c.version) {
      ${readSlot}
    }
    if (v !== undefined) {
      KEEP(v)
      PUSH(v)
      pc++
    } else {
      KEEP(owner)
      PUSH(owner)
    }`,
  LOAD_FAST_LOAD_FAST_SUBSCR: `
    const v = S[arg]
    ${unbound}
    const second = (words[pc] as number) >>> 8
    const w = S[second]
    if (typeof w === 'number' && typeof v === 'object' && v.type === listType && w >= 0) {
      const items = (v as PyList).data
      if (w < items.length) {
        const r = items[w] as Owned<Value>
        KEEP(r)
        PUSH(r)
        pc = pc + 2 | 0
        break
      }
    }
    KEEP(v)
    PUSH(v)
    pc++
    if (w === undefined) { f.pc = pc; throw unboundLocal(f, second) }
    KEEP(w)
    PUSH(w)`,
  LOAD_FAST_LOAD_CONST: `
    const v = S[arg]
    ${unbound}
    KEEP(v)
    PUSH(v)
    const w = run.consts[(words[pc] as number) >>> 8] as Owned<Value>
    pc++
    KEEP(w)
    PUSH(w)`,
  STORE_FAST: storeFast,
  STORE_FAST_LOAD_FAST: `${storeFast}
    const second = (words[pc] as number) >>> 8
    pc++
    const v = S[second]
    if (v === undefined) { f.pc = pc; throw unboundLocal(f, second) }
    KEEP(v)
    PUSH(v)`,
  DELETE_FAST: `
    const v = S[arg]
    ${unbound}
    S[arg] = undefined
    DROP(v)`,
  LOAD_CONST: `
    const v = run.consts[arg] as Owned<Value>
    KEEP(v)
    PUSH(v)`,
  LOAD_GLOBAL: `
    let v: Owned<Value>
    const c = run.caches[pc - 1] as InlineCache | null
    if (c !== null && c.version === f.globals.data.version && (c.otherVersion === -1 || c.otherVersion === f.builtins.data.version)) {
      v = (c.value as DictTable).values[c.index] as Owned<Value>
    } else { f.pc = pc; v = loadGlobal(f, pc - 1, arg >> 1) }
    if ((arg & 1) !== 0) { PUSH(undefined) }
    KEEP(v)
    PUSH(v)`,
  LOAD_DEREF: `
    const v = (S[arg] as PyCell).data.value
    if (v === undefined) { f.pc = pc; throw unboundDeref(f, arg) }
    KEEP(v)
    PUSH(v)`,
  STORE_DEREF: `
    const { data } = S[arg] as PyCell
    const old = data.value
    POP1
    data.value = S[sp]
    if (old !== undefined) { DROP(old) }`,
  JUMP_FORWARD: ' pc = arg ',
  JUMP_BACKWARD: jumpBack,
  JUMP_BACKWARD_NO_INTERRUPT: ' pc = arg ',
  POP_JUMP_FORWARD_IF_FALSE: popJump(false, false),
  POP_JUMP_FORWARD_IF_TRUE: popJump(true, false),
  POP_JUMP_BACKWARD_IF_FALSE: popJump(false, true),
  POP_JUMP_BACKWARD_IF_TRUE: popJump(true, true),
  POP_JUMP_FORWARD_IF_NONE: popJumpNone(true, false),
  POP_JUMP_FORWARD_IF_NOT_NONE: popJumpNone(false, false),
  POP_JUMP_BACKWARD_IF_NONE: popJumpNone(true, true),
  POP_JUMP_BACKWARD_IF_NOT_NONE: popJumpNone(false, true),
  JUMP_IF_FALSE_OR_POP: jumpOrPop(false),
  JUMP_IF_TRUE_OR_POP: jumpOrPop(true),
  SWAP: `
    const top = S[sp - 1]
    S[sp - 1] = S[sp - arg]
    S[sp - arg] = top`,
  COPY: `
    const v = S[sp - arg]
    if (v !== undefined) { KEEP(v) }
    PUSH(v)`,
  BINARY_ADD: `
    const b = S[sp - 1] as Value, a = S[sp - 2] as Value
    if (typeof a === 'number' && typeof b === 'number') {
      const r = a + b
      if (r <= 9007199254740991 && r >= -9007199254740991) { POP1; S[sp - 1] = r; break }
    } else if (typeof a === 'string' && typeof b === 'string') {
      if (a.length + b.length < 0x10000000) { POP1; S[sp - 1] = a + b; break }
    } else if (typeof a === 'object' && typeof b === 'object' && a.type === floatType && b.type === floatType) {
      const r = newFloat((a as PyFloat).data + (b as PyFloat).data)
      POP1; S[sp - 1] = r
      break
    }
    f.pc = pc
    const r = BINARY_OP(a, b, arg)
    POP1; S[sp - 1] = r
    DROP(a)
    DROP(b)`,
  BINARY_SUBTRACT: arithmetic('-'),
  BINARY_MULTIPLY: arithmetic('*'),
  COMPARE_JUMP: `
    const b = S[sp - 1] as Value, a = S[sp - 2] as Value
    let truth: boolean
    if (typeof a === 'number' && typeof b === 'number') {
      switch (arg) {
        case 0: truth = a < b; break
        case 1: truth = a <= b; break
        case 2: truth = a === b; break
        case 3: truth = a !== b; break
        case 4: truth = a > b; break
        default: truth = a >= b
      }
      sp -= 2
    } else {
      f.pc = pc
      const r = COMPARE_OP(a, b, arg)
      POP1; S[sp - 1] = r
      DROP(a)
      DROP(b)
      if (typeof r !== 'boolean') break
      truth = r
      sp--
    }
    const jump = words[pc] as number
    pc++
    switch (jump & 255) {
      case 114: if (!truth) pc = jump >>> 8; break
      case 115: if (truth) pc = jump >>> 8; break
      case 175: if (!truth) { const to = jump >>> 8; if (pollWords[0] !== 0) { f.pc = pc; f.sp = sp; if (servePolls(f)) { f.pc = to; return undefined } } pc = to } break
      default: if (truth) { const to = jump >>> 8; if (pollWords[0] !== 0) { f.pc = pc; f.sp = sp; if (servePolls(f)) { f.pc = to; return undefined } } pc = to }
    }`,
  BINARY_SUBSCR: `
    const key = S[sp - 1] as Value, container = S[sp - 2] as Value
    f.pc = pc
    let r: Owned<Value>
    if (typeof container === 'object' && typeof key === 'number' && (container.type === listType || container.type === tupleType)) {
      const items = (container as PyList).data
      const at = key < 0 ? key + items.length : key
      if (at >= 0 && at < items.length) {
        r = items[at] as Owned<Value>
        KEEP(r)
      } else { RAISE(indexError(container.type === listType ? 'list index out of range' : 'tuple index out of range')) }
    } else if (typeof container === 'object' && container.type === dictType) {
      const found = (container as PyDict).data.get(key)
      if (found === undefined) { RAISE(keyError(key)) }
      r = found as Owned<Value>
      KEEP(r)
    } else r = BINARY_SUBSCR(container, key)
    POP1; S[sp - 1] = r
    DROP(container)
    DROP(key)`,
  LOAD_ATTR: `
    const owner = S[sp - 1] as Value
    f.pc = pc
    const v = loadAttr(f, owner, pc - 1, arg)
    S[sp - 1] = v
    DROP(owner)`,
  LOAD_ATTR_SLOT: `
    const owner = S[sp - 1] as Owned<PyInstance>
    const c = run.caches[pc - 1] as InlineCache
    let v: Owned<Value> | undefined
    if (typeof owner === 'object' && owner.shape === c.shape && owner.type.version === c.version) {
      ${readSlot}
    }
    if (v !== undefined) {
      KEEP(v)
    } else { f.pc = pc; v = loadAttr(f, owner, pc - 1, arg) }
    S[sp - 1] = v
    DROP(owner)`,
  STORE_ATTR: `
    const owner = S[sp - 1] as Value
    f.pc = pc
    storeAttr(f, owner, pc - 1, arg, S[sp - 2] as Owned<Value>)
    const v = S[sp - 2] as Value
    sp -= 2
    DROP(v)
    DROP(owner)`,
  STORE_ATTR_SLOT: `
    const owner = S[sp - 1] as Owned<PyInstance>
    const c = run.caches[pc - 1] as InlineCache
    if (typeof owner === 'object' && owner.shape === c.shape && owner.type.version === c.version) {
      const v = S[sp - 2] as Owned<Value>
      sp -= 2
      let old: Owned<Value> | undefined
      switch (c.index) {
        case 0: old = owner.s0; owner.s0 = v; break
        case 1: old = owner.s1; owner.s1 = v; break
        case 2: old = owner.s2; owner.s2 = v; break
        case 3: old = owner.s3; owner.s3 = v; break
        case 4: old = owner.s4; owner.s4 = v; break
        case 5: old = owner.s5; owner.s5 = v; break
        default: old = getSlot(owner, c.index); setSlot(owner, c.index, v)
      }
      if (c.value !== null) owner.shape = c.value as Shape
      if (old !== undefined) { DROP(old) }
      DROP(owner)
    } else {
      f.pc = pc
      storeAttr(f, owner, pc - 1, arg, S[sp - 2] as Owned<Value>)
      const v = S[sp - 2] as Value
      sp -= 2
      DROP(v)
      DROP(owner)
    }`,
  LOAD_METHOD: `
    f.pc = pc
    loadMethod(f, sp, pc - 1, arg)
    sp++`,
  LOAD_METHOD_CLASS: `
    const owner = S[sp - 1] as Value
    const c = run.caches[pc - 1] as InlineCache
    if (typeof owner === 'object' && owner.type.version === c.version && (c.shape === null || (owner as PyInstance).shape === c.shape)) {
      const method = c.value as Owned<PyObject>
      method.rc++
      S[sp - 1] = method
      PUSH(owner as Owned<Value>)
    } else { f.pc = pc; loadMethod(f, sp, pc - 1, arg); sp++ }`,
  KW_NAMES: `
    f.kwnames = (run.consts[arg] as PyTuple).data`,
  CALL: `
    // Nothing happens between PRECALL and CALL, and their argument is the same.
    if ((word & 255) === PRECALL) pc++
    const floor = sp - arg - 2
    let base = floor + 2, n = arg
    if (S[floor] !== undefined) { base--; n++ }
    const callable = S[base - 1] as Value
    f.pc = pc
    if (typeof callable === 'object' && callable.type === functionType) {
      const { data } = callable as PyFunction
      const callee = data.code.data
      if (f.kwnames === null && n === callee.argcount && callee.simple && !callee.generator) {
        if (thread.depth >= recursion.limit) throw recursionError()
        thread.depth++
        const n = functionFrame(callable as PyFunction)
        const T = n.stack
        for (let i = callee.argcount; i-- > 0; ) T[i] = S[base + i]
        callable.rc--
        f.sp = floor
        n.back = f
        n.exit = EXIT_CALL${ENTER}
        if (run.resumes && pollWords[0] === 0) pc = 1
        break
      }
    }
    f.sp = sp
    const n2 = callAny(f, callable, base, n, floor)
    sp = f.sp | 0
    if (n2 !== null) {
      const n = n2${ENTER}
    } else if (pollWords[0] !== 0) { f.pc = pc; if (servePolls(f)) return undefined }`,
  CALL_FUNCTION_EX: `
    f.pc = pc
    f.sp = sp
    const n = callFunctionEx(f, arg)
    sp = f.sp | 0
    if (n !== null) {${ENTER}
    } else if (pollWords[0] !== 0) { f.pc = pc; if (servePolls(f)) return undefined }`,
  BEFORE_WITH: `
    f.pc = pc
    f.sp = sp
    const n = beforeWith(f)
    sp = f.sp
    if (n !== null) {${ENTER}
    }`,
  RETURN_VALUE: `
    POP1
    const v = S[sp] as Owned<Value>
    // A frame object that lives on tells the line of the return.
    f.pc = pc
    const { back, exit } = f
    thread.depth--
    if (f.generator !== null) finishGenerator(f.generator)
    machine.frame = back
    endFrame(f)
    if (exit === EXIT_RUN) return v
    f = back as Frame
    RELOAD
    if (exit === EXIT_CALL) { PUSH(v) }
    else if (exit === EXIT_INIT) {
      if (v !== None) throw initResult(v)
      DROP(v)
    } else if (exit === EXIT_FOR_ITER) {
      POP1
      const it = S[sp] as Value
      pc = (words[pc - 1] as number) >>> 8
      DROP(it)
      DROP(v)
    } else {
      const receiver = S[sp - 1] as Value
      S[sp - 1] = v
      pc = (words[pc - 1] as number) >>> 8
      DROP(receiver)
    }`,
  YIELD_VALUE: `
    POP1
    const v = S[sp] as Owned<Value>
    f.pc = pc
    f.sp = sp
    const { back, exit } = f
    suspendGenerator(f)
    if (exit === EXIT_RUN) return v
    f = back as Frame
    RELOAD
    PUSH(v)`,
  RETURN_GENERATOR: `
    f.pc = pc
    f.sp = sp
    const { back, exit } = f
    const v = returnGenerator(f)
    thread.depth--
    machine.frame = back
    if (exit === EXIT_RUN) return v
    f = back as Frame
    RELOAD
    PUSH(v)`,
  FOR_ITER: `
    const it = S[sp - 1] as PyObject
    const type = it.type
    if (type === listIteratorType || type === tupleIteratorType) {
      const d = it.data as ArrayIteratorData
      if (d.items !== null) {
        if (d.index < d.items.length) {
          const v = d.items[d.index++] as Owned<Value>
          KEEP(v)
          PUSH(v)
          break
        }
        endArrayIterator(d)
      }
      sp--
      pc = arg
      DROP(it)
      break
    }
    if (type === rangeIteratorType) {
      const d = it.data as RangeIteratorData
      if (d.left > 0) {
        d.left--
        const v = d.next
        d.next = v + d.step
        PUSH(v)
      } else {
        sp--
        pc = arg
        DROP(it)
      }
      break
    }
    f.pc = pc
    if (type === generatorType) {
      f.sp = sp
      const n = enterGenerator(f, it, EXIT_FOR_ITER, undefined)
      if (n !== null) {${ENTER}
        break
      }
    }
    const v = next(it)
    if (v !== undefined) { PUSH(v) }
    else {
      sp--
      pc = arg
      DROP(it)
    }`,
  SEND: `
    f.pc = pc
    const receiver = S[sp - 2] as PyObject
    const sent = S[sp - 1] as Owned<Value>
    if (receiver.type === generatorType || receiver.type === coroutineType) {
      f.sp = sp
      const n = enterGenerator(f, receiver, EXIT_SEND, sent)
      if (n !== null) {
        f.sp = sp - 1
        DROP(sent)${ENTER}
        break
      }
    }
    const v = sendValue(receiver, sent)
    if (v !== undefined) {
      S[sp - 1] = v
      DROP(sent)
    } else {
      const result = takeReturned()
      POP1; S[sp - 1] = result
      pc = arg
      DROP(sent)
      DROP(receiver)
    }`,
  RAISE_VARARGS: `
    f.pc = pc
    f.sp = sp
    thrown = raiseVarargs(f, arg)
    reraised = arg === 0
    sp = f.sp | 0
    continue outer`,
  RERAISE: `
    POP1
    const exception = S[sp]
    f.pc = arg === 0 ? pc : (S[sp - arg] as number) + 1
    thrown = exception
    reraised = true
    continue outer`,
  END_ASYNC_FOR: `
    const exception = S[sp - 1] as Owned<PyException>
    const awaitable = S[sp - 2] as Value
    if (isException(exception, PyExc_StopAsyncIteration)) {
      sp -= 2
      DROP(exception)
      DROP(awaitable)
    } else {
      sp--
      f.pc = pc
      thrown = exception
      reraised = true
      continue outer
    }`,
}

const onReturn = `
    f.pc = pc
    f.sp = sp
    const failed = traceReturn(f, v)
    if (failed !== undefined) {
      DROP(v)
      thrown = failed
      leaving = true
      continue outer
    }`

/** The body of an opcode with parts of it replaced; each must be there. */
function changed(name: string, ...changes: readonly (readonly [string, string])[]): string {
  let body = frameBodies[name] as string
  for (const [from, to] of changes) {
    if (!body.includes(from)) throw new Error(`${name} has no ${from}`)
    body = body.replace(from, () => to)
  }
  return body
}

const skipResume = 'if (run.resumes && pollWords[0] === 0) pc = 1\n'
const skipPrecall = 'if ((word & 255) === PRECALL) pc++\n'

/** Opcodes that begin like another one, and are in its case. */
export const sharedCases: Readonly<Record<string, string>> = { PRECALL: 'CALL' }

/** Bodies of the traced loop that report what they do. */
export const tracedBodies: Readonly<Record<string, string>> = {
  FOR_ITER: changed('FOR_ITER', [
    '    const v = next(it)\n',
    '    const v = next(it)\n    if (v === undefined) { f.sp = sp; traceStop(f, it, thread.returned) }\n',
  ]),
  SEND: changed('SEND', [
    'const result = takeReturned()\n',
    'const result = takeReturned()\n      f.sp = sp\n      traceStop(f, receiver, result)\n',
  ]),
  RESUME: `
    if (pollWords[0] !== 0) { f.pc = pc; f.sp = sp; if (servePolls(f)) return undefined }`,
  PRECALL: '',
  CALL: changed('CALL', [skipPrecall, ''], [skipResume, ''], ['callAny(', 'callTraced(']),
  CALL_FUNCTION_EX: changed('CALL_FUNCTION_EX', ['callFunctionEx(', 'callFunctionExTraced(']),
  RETURN_VALUE: changed(
    'RETURN_VALUE',
    ['as Owned<Value>\n', `as Owned<Value>\n${onReturn}\n    sp = f.sp | 0\n    pc = f.pc | 0\n`],
    ['const it = S[sp] as Value\n', 'const it = S[sp] as PyObject\n      f.sp = sp\n      traceStop(f, it, v)\n'],
    [
      'const receiver = S[sp - 1] as Value\n',
      'const receiver = S[sp - 1] as PyObject\n      f.sp = sp\n      traceStop(f, receiver, v)\n',
    ],
  ),
  YIELD_VALUE: changed('YIELD_VALUE', ['    f.pc = pc\n    f.sp = sp\n', `${onReturn}\n`]),
}

/** Opcodes that work on the frame and are rare enough for a call: `sp = NAME(f, sp, arg)`. */
export const frameCalls: readonly string[] = [
  'LOAD_NAME',
  'STORE_NAME',
  'DELETE_NAME',
  'STORE_GLOBAL',
  'DELETE_GLOBAL',
  'DELETE_DEREF',
  'LOAD_CLASSDEREF',
  'MAKE_CELL',
  'COPY_FREE_VARS',
  'MAKE_FUNCTION',
  'DELETE_ATTR',
  'BUILD_TUPLE',
  'BUILD_LIST',
  'BUILD_SET',
  'BUILD_MAP',
  'BUILD_CONST_KEY_MAP',
  'BUILD_STRING',
  'BUILD_SLICE',
  'LIST_APPEND',
  'SET_ADD',
  'MAP_ADD',
  'LIST_EXTEND',
  'SET_UPDATE',
  'DICT_UPDATE',
  'DICT_MERGE',
  'UNPACK_SEQUENCE',
  'UNPACK_EX',
  'FORMAT_VALUE',
  'PUSH_EXC_INFO',
  'POP_EXCEPT',
  'CHECK_EXC_MATCH',
  'CHECK_EG_MATCH',
  'PREP_RERAISE_STAR',
  'WITH_EXCEPT_START',
  'BEFORE_ASYNC_WITH',
  'GET_YIELD_FROM_ITER',
  'GET_AITER',
  'GET_ANEXT',
  'GET_AWAITABLE',
  'ASYNC_GEN_WRAP',
  'IMPORT_NAME',
  'IMPORT_FROM',
  'IMPORT_STAR',
  'LOAD_BUILD_CLASS',
  'LOAD_ASSERTION_ERROR',
  'SETUP_ANNOTATIONS',
  'PRINT_EXPR',
  'MATCH_MAPPING',
  'MATCH_SEQUENCE',
  'MATCH_KEYS',
  'MATCH_CLASS',
]

/** Opcodes without a body of their own that programs run often enough for a case in the loop. */
export const hotOpcodes: ReadonlySet<string> = new Set([
  'BINARY_OP',
  'COMPARE_OP',
  'CONTAINS_OP',
  'IS_OP',
  'UNARY_NOT',
  'GET_ITER',
  'STORE_SUBSCR',
  'BUILD_TUPLE',
  'BUILD_LIST',
  'LIST_APPEND',
  'UNPACK_SEQUENCE',
])
