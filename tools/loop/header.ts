/** The registers of the loop, taken from the frame `f`. */
export const registers = `
      S = f.stack
      sp = f.sp | 0
      pc = f.pc | 0
      run = f.run
      words = WORDS`

/** Where the names that the cases use come from. */
const imports: Readonly<Record<string, readonly string[]>> = {
  '../memory/counted.ts': ['decref', 'incref'],
  '../memory/header.ts': ['type Owned'],
  '../memory/state.ts': ['pollWords'],
  '../objects/dict_table.ts': ['type DictTable'],
  '../objects/errors.ts': ['indexError', 'isException', 'keyError', 'systemError'],
  '../objects/exception_types.ts': ['PyExc_StopAsyncIteration', 'type PyException'],
  '../objects/instance.ts': ['getSlot', 'setSlot'],
  '../objects/iterators.ts': [
    'type ArrayIteratorData',
    'endArrayIterator',
    'listIteratorType',
    'type RangeIteratorData',
    'rangeIteratorType',
    'tupleIteratorType',
  ],
  '../objects/make.ts': ['newFloat'],
  '../objects/object.ts': [
    'type PyDict',
    'PyFloat',
    'type PyInstance',
    'type PyList',
    'type PyObject',
    'type PyTuple',
    'type Value',
  ],
  '../objects/protocols.ts': ['isTrue'],
  '../objects/sequence_protocol.ts': ['next'],
  '../objects/shape.ts': ['type Shape'],
  '../objects/thread.ts': ['recursion', 'thread'],
  '../objects/types.ts': [
    'coroutineType',
    'dictType',
    'floatType',
    'functionType',
    'generatorType',
    'listType',
    'None',
    'tupleType',
  ],
  './attribute_cache.ts': ['loadAttr', 'loadMethod', 'storeAttr'],
  './calls.ts': ['callAny', 'callFunctionEx', 'initResult', 'recursionError'],
  './cold_opcodes.generated.ts': ['runCold'],
  './decode.ts': ['type InlineCache'],
  './frame.ts': [
    'endFrame',
    'EXIT_CALL',
    'EXIT_FOR_ITER',
    'EXIT_INIT',
    'EXIT_RUN',
    'EXIT_SEND',
    'type Frame',
    'functionFrame',
    'machine',
  ],
  './function.ts': ['type PyCell', 'type PyFunction'],
  './generators.ts': [
    'enterGenerator',
    'finishGenerator',
    'returnGenerator',
    'sendValue',
    'suspendGenerator',
    'takeReturned',
  ],
  './names.ts': [
    'LOAD_NAME',
    'STORE_NAME',
    'DELETE_NAME',
    'STORE_GLOBAL',
    'DELETE_GLOBAL',
    'DELETE_DEREF',
    'LOAD_CLASSDEREF',
    'loadGlobal',
    'unboundDeref',
    'unboundLocal',
  ],
  './ops/build.ts': [
    'BUILD_TUPLE',
    'BUILD_LIST',
    'BUILD_SET',
    'BUILD_MAP',
    'BUILD_CONST_KEY_MAP',
    'BUILD_STRING',
    'BUILD_SLICE',
    'FORMAT_VALUE',
    'LIST_APPEND',
    'SET_ADD',
    'MAP_ADD',
    'LIST_EXTEND',
    'SET_UPDATE',
    'DICT_UPDATE',
    'DICT_MERGE',
  ],
  './ops/unpack.ts': ['UNPACK_SEQUENCE', 'UNPACK_EX'],
  './ops/functions.ts': [
    'MAKE_CELL',
    'COPY_FREE_VARS',
    'MAKE_FUNCTION',
    'DELETE_ATTR',
    'LOAD_BUILD_CLASS',
    'LOAD_ASSERTION_ERROR',
    'SETUP_ANNOTATIONS',
    'PRINT_EXPR',
  ],
  './ops/exceptions.ts': [
    'PUSH_EXC_INFO',
    'POP_EXCEPT',
    'CHECK_EXC_MATCH',
    'CHECK_EG_MATCH',
    'PREP_RERAISE_STAR',
    'WITH_EXCEPT_START',
    'beforeWith',
    'BEFORE_ASYNC_WITH',
    'raiseVarargs',
  ],
  './ops/async.ts': ['GET_YIELD_FROM_ITER', 'GET_AITER', 'GET_ANEXT', 'GET_AWAITABLE', 'ASYNC_GEN_WRAP'],
  './ops/imports.ts': ['IMPORT_NAME', 'IMPORT_FROM', 'IMPORT_STAR'],
  './ops/match.ts': ['MATCH_MAPPING', 'MATCH_SEQUENCE', 'MATCH_KEYS', 'MATCH_CLASS'],
  './ops/values.ts': [],
  './polls.ts': ['servePolls'],
  './tracing.ts': [
    'beforeInstruction',
    'callFunctionExTraced',
    'callTraced',
    'traceReturn',
    'traceStop',
    'traceThrowEntry',
  ],
  './unwind.ts': ['unwind', 'unwound'],
}

/** The import statements for the names that a text uses. */
export function importsFor(text: string, valueNames: readonly string[]): string {
  const lines: string[] = []
  for (const [path, names] of Object.entries(imports)) {
    const all = path === './ops/values.ts' ? valueNames : names
    const used = all.filter((name) => new RegExp(`\\b${name.replace('type ', '')}\\b`).test(text))
    if (used.length > 0) lines.push(`import { ${used.join(', ')} } from '${path}'`)
  }
  return lines.join('\n')
}

/** An exception thrown into a suspended frame is a call to tracers. */
const throwEntry = `
  let leaving = false
  if (thrown !== undefined) {
    const failed = traceThrowEntry(f, thrown)
    if (failed !== undefined) {
      thrown = failed
      leaving = true
    }
  }`

/** The loop around its cases. */
export function header(traced: boolean): string {
  const words = traced ? 'run.plainWords' : 'run.words'
  const name = traced ? 'runTraced' : 'runLoop'
  const fetch = traced
    ? `pc++
        if (beforeInstruction(f, pc, sp)) {
          pc = f.pc | 0
          sp = f.sp | 0
        }
        const word = words[pc - 1] as number
        const arg = word >>> 8`
    : `const word = words[pc] as number
        pc++
        const arg = word >>> 8`
  return `// Written by tools/loop/generate.ts; do not edit.
/* IMPORTS */
/** ${traced ? 'The loop under a tracer or profiler: it reports lines, and opcodes where they are asked for.' : 'The interpreter’s loop.'} Runs \`entry\` until it returns, or yields; throws what it does not handle. With \`thrown\`, begins by handling that. Gives \`undefined\` where another loop must go on from \`machine.frame\`. */
export function ${name}(entry: Frame, thrown: unknown): Owned<Value> | undefined {
  let f = entry
  let run = f.run
  let words = ${words}
  let S = f.stack
  let sp = f.sp | 0
  let pc = f.pc | 0
  let reraised = false
${traced ? throwEntry : ''}
  machine.frame = f
  outer: for (;;) {
    if (thrown !== undefined) {
      const next = unwind(f, sp, pc, thrown, reraised${traced ? ', leaving' : ''})
      if (next === null) return undefined
      f = next
      thrown = undefined
      reraised = false
${traced ? 'leaving = false' : ''}
${registers.replace('WORDS', words)}
${traced ? '// The next line event asks which instruction came before.\nf.pc = unwound.pc' : ''}
    }
    try {
      for (;;) {
        ${fetch}
        switch (word & 255) {
/* CASES */
          default:
            f.pc = pc
            sp = runCold(f, word & 255, arg, sp) | 0
        }
      }
    } catch (error) {
      thrown = error
    }
  }
}
`
}

/** The function around the opcodes that the loops leave to it. */
export const coldHeader = `// Written by tools/loop/generate.ts; do not edit.
/* IMPORTS */

/**
 * Runs an opcode that is too rare for a case in the loop: a smaller loop is compiled sooner, and loses its compiled form
 * less often. Gives the new height of the stack; where it throws, the stack is as it was.
 */
export function runCold(f: Frame, op: number, arg: number, sp: number): number {
  const S = f.stack
  switch (op) {
/* CASES */
    default:
      throw systemError('unknown opcode')
  }
}
`
