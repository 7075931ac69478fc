/**
 * The opcodes of CPython 3.11, one row each: number, stack effect, sentence, and how the argument and the inline
 * caches are read. Every table about opcodes (`opcode_table.ts`, the disassembler's, the compiler's stack depth, later
 * the virtual machine) is derived from these rows; the name is the name of the constant.
 *
 * ## Stack effects
 * `before -- after`, top of the stack last, as CPython writes them:
 * - `name` is one value; `name[n]` is `n` values, where `n` is written with `oparg`: `oparg`, `2 * oparg`, `oparg - 1`,
 *   `oparg & 0xff`, `oparg >> 8`, `oparg >> 1 & 1`, `oparg == 3` (a comparison counts as 1 or 0).
 * - `before -- after | jump: before -- after`: the first effect is that of falling through, the second that of jumping
 *   (for the pseudo instructions that open a handler: of arriving in the handler).
 * - `(name)` is on the stack when the instruction runs but is not counted. CPython's reckoning takes the arguments of
 *   a call off at `PRECALL` although `CALL` is what pops them; and the value that a resumed generator receives arrives
 *   after the depth was reckoned.
 */

declare const effectOf: unique symbol

/** A stack effect as written in a row. */
export type StackEffect = `${string}--${string}`

/** An opcode's number; its stack effect is kept in the type, so that semantics can be checked against it. */
export type Opcode<N extends number = number, E extends StackEffect = StackEffect> = N & { readonly [effectOf]: E }

/** The stack effect of an opcode, as a literal type. */
export type EffectOf<O> = O extends Opcode<number, infer E> ? E : never

/**
 * How `dis` and the compiler read an opcode's argument: a plain number, an index into `co_consts`, `co_names` or the
 * fast locals (`local`: plain ones, `free`: cells and free variables), a jump distance, a handler (pseudo
 * instructions only), an index into the comparison or binary operators, or flags that `dis` spells out.
 * `global` is a name's index shifted left by one; its lowest bit asks for a NULL below the value.
 */
export type ArgKind =
  | 'none'
  | 'raw'
  | 'const'
  | 'name'
  | 'global'
  | 'local'
  | 'free'
  | 'jrel'
  | 'handler'
  | 'compare'
  | 'nb_op'
  | 'format'
  | 'function'

export interface OpcodeOptions {
  readonly arg?: ArgKind
  /** The inline cache entries behind the instruction: `counter, version[2]` is one of one code unit, one of two. */
  readonly cache?: string
}

export interface OpcodeRow {
  readonly code: number
  readonly effect: StackEffect
  readonly doc: string
  readonly arg: ArgKind
  readonly cache: readonly CacheEntry[]
  /** Code units of all its cache entries. */
  readonly caches: number
}

/** One inline cache entry: its name and its size in code units. */
export interface CacheEntry {
  readonly name: string
  readonly size: number
}

/** Rows by opcode number. */
export const opcodeRows: OpcodeRow[] = []

function parseCache(text: string): CacheEntry[] {
  return Array.from(text.matchAll(/(\w+)(?:\[(\d+)\])?/g), ([, name, size]) => ({
    name: name!,
    size: Number(size ?? 1),
  }))
}

function op<const N extends number, const E extends StackEffect>(
  code: N,
  effect: E,
  doc: string,
  options: OpcodeOptions = {},
): Opcode<N, E> {
  const cache = options.cache === undefined ? [] : parseCache(options.cache)
  let caches = 0
  for (let i = 0; i < cache.length; i++) caches += cache[i]!.size
  opcodeRows[code] = { code, effect, doc, arg: options.arg ?? 'none', cache, caches }
  return code as Opcode<N, E>
}

export const CACHE = op(0, '--', 'Room for the inline cache of the instruction before it; never executed.')
export const POP_TOP = op(1, 'value --', 'Discard the top value.')
export const PUSH_NULL = op(2, '-- null', 'Push the NULL that tells a plain call from a method call.')
export const NOP = op(9, '--', 'Do nothing; it keeps a line number that a tracer must see.')
export const UNARY_POSITIVE = op(10, 'value -- result', 'result = +value.')
export const UNARY_NEGATIVE = op(11, 'value -- result', 'result = -value.')
export const UNARY_NOT = op(12, 'value -- result', 'result = not value.')
export const UNARY_INVERT = op(15, 'value -- result', 'result = ~value.')
export const BINARY_SUBSCR = op(25, 'container, key -- result', 'result = container[key].', {
  cache: 'counter, type_version[2], func_version',
})
export const GET_LEN = op(30, 'subject -- subject, length', 'Push len(subject), for a pattern.')
export const MATCH_MAPPING = op(31, 'subject -- subject, matches', 'Push whether the subject counts as a mapping.')
export const MATCH_SEQUENCE = op(32, 'subject -- subject, matches', 'Push whether the subject counts as a sequence.')
export const MATCH_KEYS = op(
  33,
  'subject, keys -- subject, keys, values',
  'Push the tuple of the subject’s values for these keys, or None if a key is missing.',
)
export const PUSH_EXC_INFO = op(
  35,
  'exception -- previous, exception',
  'Make the exception the one being handled, and keep the one handled before below it.',
)
export const CHECK_EXC_MATCH = op(
  36,
  'exception, type -- exception, matches',
  'Push whether the exception is caught by the type of an except clause.',
)
export const CHECK_EG_MATCH = op(
  37,
  'group, type -- rest, match',
  'Split an exception group for an except* clause; the match is None where nothing matches.',
)
export const WITH_EXCEPT_START = op(
  49,
  'exit, lasti, previous, exception -- exit, lasti, previous, exception, result',
  'Call the context manager’s exit function with the exception.',
)
export const GET_AITER = op(50, 'iterable -- iterator', 'iterator = iterable.__aiter__().')
export const GET_ANEXT = op(51, 'iterator -- iterator, awaitable', 'Push the awaitable of iterator.__anext__().')
export const BEFORE_ASYNC_WITH = op(
  52,
  'manager -- exit, awaitable',
  'Look up __aexit__, and call __aenter__ of an asynchronous context manager.',
)
export const BEFORE_WITH = op(53, 'manager -- exit, entered', 'Look up __exit__, and call __enter__.')
export const END_ASYNC_FOR = op(
  54,
  'iterator, exception --',
  'End an async for if the exception is StopAsyncIteration, else raise it again.',
)
export const STORE_SUBSCR = op(60, 'value, container, key --', 'container[key] = value.', { cache: 'counter' })
export const DELETE_SUBSCR = op(61, 'container, key --', 'del container[key].')
export const GET_ITER = op(68, 'iterable -- iterator', 'iterator = iter(iterable).')
export const GET_YIELD_FROM_ITER = op(
  69,
  'iterable -- iterator',
  'iterator = iter(iterable) for yield from; generators and permitted coroutines stay as they are.',
)
export const PRINT_EXPR = op(70, 'value --', 'Hand the value of an interactive statement to sys.displayhook.')
export const LOAD_BUILD_CLASS = op(71, '-- builder', 'Push builtins.__build_class__.')
export const LOAD_ASSERTION_ERROR = op(74, '-- type', 'Push AssertionError, whatever the name means now.')
export const RETURN_GENERATOR = op(
  75,
  '-- (sent)',
  'Return a generator, coroutine or asynchronous generator made of this frame.',
)
export const LIST_TO_TUPLE = op(82, 'list -- tuple', 'tuple = (*list,).')
export const RETURN_VALUE = op(83, 'value --', 'Return the value to the caller.')
export const IMPORT_STAR = op(84, 'module --', 'Bind all public names of the module.')
export const SETUP_ANNOTATIONS = op(85, '--', 'Create __annotations__ in the local namespace if it is missing.')
export const YIELD_VALUE = op(86, 'value -- sent', 'Suspend with the value; what is sent in replaces it.')
export const ASYNC_GEN_WRAP = op(87, 'value -- wrapped', 'Mark a value as yielded by an asynchronous generator.')
export const PREP_RERAISE_STAR = op(
  88,
  'original, raised -- exception',
  'Join what except* clauses raised and left over into the exception to raise, or None.',
)
export const POP_EXCEPT = op(89, 'previous --', 'Make the exception handled before the one being handled again.')
export const STORE_NAME = op(90, 'value --', 'Bind a name in the local namespace.', { arg: 'name' })
export const DELETE_NAME = op(91, '--', 'Unbind a name of the local namespace.', { arg: 'name' })
export const UNPACK_SEQUENCE = op(92, 'iterable -- items[oparg]', 'Unpack exactly oparg items, the first on top.', {
  arg: 'raw',
  cache: 'counter',
})
export const FOR_ITER = op(
  93,
  'iterator -- iterator, item | jump: iterator --',
  'Push the next item, or drop the exhausted iterator and jump.',
  { arg: 'jrel' },
)
export const UNPACK_EX = op(
  94,
  'iterable -- after[oparg >> 8], rest, before[oparg & 0xff]',
  'Unpack with a starred target: items before it, the list for it, items after it; the first on top.',
  { arg: 'raw' },
)
export const STORE_ATTR = op(95, 'value, owner --', 'owner.name = value.', {
  arg: 'name',
  cache: 'counter, version[2], index',
})
export const DELETE_ATTR = op(96, 'owner --', 'del owner.name.', { arg: 'name' })
export const STORE_GLOBAL = op(97, 'value --', 'Bind a global name.', { arg: 'name' })
export const DELETE_GLOBAL = op(98, '--', 'Unbind a global name.', { arg: 'name' })
export const SWAP = op(
  99,
  'bottom, between[oparg - 2], top -- top, between[oparg - 2], bottom',
  'Exchange the top value with the one at place oparg.',
  { arg: 'raw' },
)
export const LOAD_CONST = op(100, '-- constant', 'Push a constant.', { arg: 'const' })
export const LOAD_NAME = op(101, '-- value', 'Push what a name means in the local, global or built-in namespace.', {
  arg: 'name',
})
export const BUILD_TUPLE = op(102, 'items[oparg] -- tuple', 'Pack oparg values into a tuple.', { arg: 'raw' })
export const BUILD_LIST = op(103, 'items[oparg] -- list', 'Pack oparg values into a list.', { arg: 'raw' })
export const BUILD_SET = op(104, 'items[oparg] -- set', 'Pack oparg values into a set.', { arg: 'raw' })
export const BUILD_MAP = op(105, 'items[2 * oparg] -- dict', 'Make a dict of oparg keys, each below its value.', {
  arg: 'raw',
})
export const LOAD_ATTR = op(106, 'owner -- value', 'value = owner.name.', {
  arg: 'name',
  cache: 'counter, version[2], index',
})
export const COMPARE_OP = op(107, 'lhs, rhs -- result', 'Compare with one of the six rich comparisons.', {
  arg: 'compare',
  cache: 'counter, mask',
})
export const IMPORT_NAME = op(108, 'level, fromlist -- module', 'Import a module.', { arg: 'name' })
export const IMPORT_FROM = op(109, 'module -- module, value', 'Push an attribute or submodule of the module.', {
  arg: 'name',
})
export const JUMP_FORWARD = op(110, '--', 'Jump forward.', { arg: 'jrel' })
export const JUMP_IF_FALSE_OR_POP = op(
  111,
  'value -- | jump: value -- value',
  'Jump forward and keep the value if it is false, else drop it.',
  { arg: 'jrel' },
)
export const JUMP_IF_TRUE_OR_POP = op(
  112,
  'value -- | jump: value -- value',
  'Jump forward and keep the value if it is true, else drop it.',
  { arg: 'jrel' },
)
export const POP_JUMP_FORWARD_IF_FALSE = op(114, 'value --', 'Jump forward if the value is false.', { arg: 'jrel' })
export const POP_JUMP_FORWARD_IF_TRUE = op(115, 'value --', 'Jump forward if the value is true.', { arg: 'jrel' })
export const LOAD_GLOBAL = op(
  116,
  '-- null[oparg & 1], value',
  'Push what a name means in the global or built-in namespace, above a NULL if a call follows.',
  { arg: 'global', cache: 'counter, index, module_keys_version[2], builtin_keys_version' },
)
export const IS_OP = op(117, 'lhs, rhs -- result', 'result = lhs is rhs; is not, if oparg is 1.', { arg: 'raw' })
export const CONTAINS_OP = op(
  118,
  'value, container -- result',
  'result = value in container; not in, if oparg is 1.',
  {
    arg: 'raw',
  },
)
export const RERAISE = op(
  119,
  'below[oparg], exception -- below[oparg]',
  'Raise the exception again; if oparg is not 0, the value at that place is where it came from.',
  { arg: 'raw' },
)
export const COPY = op(
  120,
  'bottom, between[oparg - 1] -- bottom, between[oparg - 1], copy',
  'Push the value at place oparg once more.',
  { arg: 'raw' },
)
export const BINARY_OP = op(122, 'lhs, rhs -- result', 'result = lhs <oparg> rhs, in place or not.', {
  arg: 'nb_op',
  cache: 'counter',
})
export const SEND = op(
  123,
  'receiver, value -- receiver, yielded | jump: receiver, value -- returned',
  'Send the value to a subgenerator or awaitable; jump with its result when it has returned.',
  { arg: 'jrel' },
)
export const LOAD_FAST = op(124, '-- value', 'Push a local variable.', { arg: 'local' })
export const STORE_FAST = op(125, 'value --', 'Bind a local variable.', { arg: 'local' })
export const DELETE_FAST = op(126, '--', 'Unbind a local variable.', { arg: 'local' })
export const POP_JUMP_FORWARD_IF_NOT_NONE = op(128, 'value --', 'Jump forward if the value is not None.', {
  arg: 'jrel',
})
export const POP_JUMP_FORWARD_IF_NONE = op(129, 'value --', 'Jump forward if the value is None.', { arg: 'jrel' })
export const RAISE_VARARGS = op(
  130,
  'values[oparg] --',
  'Raise again (0), raise an exception (1), or raise an exception from a cause (2).',
  { arg: 'raw' },
)
export const GET_AWAITABLE = op(
  131,
  'object -- awaitable',
  'Get the iterator that await drives; oparg tells the error message of async with (1: enter, 2: exit).',
  { arg: 'raw' },
)
export const MAKE_FUNCTION = op(
  132,
  'defaults[oparg & 1], kwdefaults[oparg >> 1 & 1], annotations[oparg >> 2 & 1], closure[oparg >> 3 & 1], code -- function',
  'Make a function of a code object and the parts that the bits of oparg announce.',
  { arg: 'function' },
)
export const BUILD_SLICE = op(133, 'start, stop, step[oparg == 3] -- slice', 'Make a slice of two or three parts.', {
  arg: 'raw',
})
export const JUMP_BACKWARD_NO_INTERRUPT = op(134, '--', 'Jump backward without serving interrupts, while awaiting.', {
  arg: 'jrel',
})
export const MAKE_CELL = op(135, '--', 'Move a local variable into a new cell.', { arg: 'free' })
export const LOAD_CLOSURE = op(136, '-- cell', 'Push a cell, to go into a closure.', { arg: 'free' })
export const LOAD_DEREF = op(137, '-- value', 'Push what a cell holds.', { arg: 'free' })
export const STORE_DEREF = op(138, 'value --', 'Put the value into a cell.', { arg: 'free' })
export const DELETE_DEREF = op(139, '--', 'Empty a cell.', { arg: 'free' })
export const JUMP_BACKWARD = op(140, '--', 'Jump backward, serving interrupts.', { arg: 'jrel' })
export const CALL_FUNCTION_EX = op(
  142,
  'null, callable, args, kwargs[oparg & 1] -- result',
  'Call with a tuple of arguments and perhaps a dict of keyword arguments.',
  { arg: 'raw' },
)
export const EXTENDED_ARG = op(144, '--', 'Give the higher bits of the next instruction’s argument.', { arg: 'raw' })
export const LIST_APPEND = op(
  145,
  'list, between[oparg - 1], item -- list, between[oparg - 1]',
  'Append an item to the list at place oparg, in a comprehension.',
  { arg: 'raw' },
)
export const SET_ADD = op(
  146,
  'set, between[oparg - 1], item -- set, between[oparg - 1]',
  'Add an item to the set at place oparg, in a comprehension.',
  { arg: 'raw' },
)
export const MAP_ADD = op(
  147,
  'dict, between[oparg - 1], key, value -- dict, between[oparg - 1]',
  'Set an item of the dict at place oparg, in a comprehension.',
  { arg: 'raw' },
)
export const LOAD_CLASSDEREF = op(
  148,
  '-- value',
  'Push a free variable of a class body, unless the class namespace has the name.',
  { arg: 'free' },
)
export const COPY_FREE_VARS = op(149, '--', 'Take oparg cells from the function’s closure into the frame.', {
  arg: 'raw',
})
export const RESUME = op(
  151,
  '--',
  'Begin or go on: at the start (0), after a yield (1), a yield from (2) or an await (3); interrupts are served.',
  { arg: 'raw' },
)
export const MATCH_CLASS = op(
  152,
  'subject, type, names -- attributes',
  'Push the tuple of attributes that a class pattern asks for, or None; oparg counts the positional ones.',
  { arg: 'raw' },
)
export const FORMAT_VALUE = op(
  155,
  'value, spec[oparg >> 2 & 1] -- text',
  'Convert (str, repr or ascii) and format a value of an f-string.',
  { arg: 'format' },
)
export const BUILD_CONST_KEY_MAP = op(
  156,
  'values[oparg], keys -- dict',
  'Make a dict of values and a tuple of keys.',
  {
    arg: 'raw',
  },
)
export const BUILD_STRING = op(157, 'pieces[oparg] -- text', 'Join oparg strings.', { arg: 'raw' })
export const LOAD_METHOD = op(
  160,
  'owner -- function_or_null, owner_or_value',
  'Look up a method without binding it; if it is no method, push NULL and the attribute.',
  { arg: 'name', cache: 'counter, type_version[2], dict_offset, keys_version[2], descr[4]' },
)
export const LIST_EXTEND = op(
  162,
  'list, between[oparg - 1], iterable -- list, between[oparg - 1]',
  'Extend the list at place oparg by an iterable.',
  { arg: 'raw' },
)
export const SET_UPDATE = op(
  163,
  'set, between[oparg - 1], iterable -- set, between[oparg - 1]',
  'Add all items of an iterable to the set at place oparg.',
  { arg: 'raw' },
)
export const DICT_MERGE = op(
  164,
  'dict, between[oparg - 1], mapping -- dict, between[oparg - 1]',
  'Add a mapping to the keyword arguments at place oparg; a repeated key is an error.',
  { arg: 'raw' },
)
export const DICT_UPDATE = op(
  165,
  'dict, between[oparg - 1], mapping -- dict, between[oparg - 1]',
  'Add a mapping to the dict at place oparg.',
  { arg: 'raw' },
)
export const PRECALL = op(
  166,
  'function_or_null, callable, args[oparg] -- function_or_null, callable, (args[oparg])',
  'Prepare a call with oparg arguments: unpack a bound method.',
  { arg: 'raw', cache: 'counter' },
)
export const CALL = op(
  171,
  'function_or_null, callable, (args[oparg]) -- result',
  'Call with oparg arguments, the last of them by the keywords of KW_NAMES.',
  { arg: 'raw', cache: 'counter, func_version[2], min_args' },
)
export const KW_NAMES = op(172, '--', 'Name the keyword arguments of the next call: a constant tuple.', {
  arg: 'const',
})
export const POP_JUMP_BACKWARD_IF_NOT_NONE = op(173, 'value --', 'Jump backward if the value is not None.', {
  arg: 'jrel',
})
export const POP_JUMP_BACKWARD_IF_NONE = op(174, 'value --', 'Jump backward if the value is None.', { arg: 'jrel' })
export const POP_JUMP_BACKWARD_IF_FALSE = op(175, 'value --', 'Jump backward if the value is false.', { arg: 'jrel' })
export const POP_JUMP_BACKWARD_IF_TRUE = op(176, 'value --', 'Jump backward if the value is true.', { arg: 'jrel' })

/*
 * Pseudo instructions: the compiler's own, above every real opcode (CPython numbers them below zero); the assembler
 * resolves all of them.
 */
export const SETUP_FINALLY = op(256, '-- | jump: -- exception', 'Exceptions from here on go to the handler.', {
  arg: 'handler',
})
export const SETUP_CLEANUP = op(
  257,
  '-- | jump: -- lasti, exception',
  'As SETUP_FINALLY, for a handler that raises again and so keeps where the exception came from.',
  { arg: 'handler' },
)
export const SETUP_WITH = op(
  258,
  'entered -- entered | jump: entered -- lasti, exception',
  'As SETUP_CLEANUP, for the body of a with statement; the handler does not see what __enter__ gave.',
  { arg: 'handler' },
)
export const POP_BLOCK = op(259, '--', 'The innermost handler ends here.')
export const JUMP = op(260, '--', 'Jump, in whichever direction.', { arg: 'jrel' })
export const JUMP_NO_INTERRUPT = op(261, '--', 'Jump without serving interrupts.', { arg: 'jrel' })
export const POP_JUMP_IF_FALSE = op(262, 'value --', 'Jump if the value is false.', { arg: 'jrel' })
export const POP_JUMP_IF_TRUE = op(263, 'value --', 'Jump if the value is true.', { arg: 'jrel' })
export const POP_JUMP_IF_NONE = op(264, 'value --', 'Jump if the value is None.', { arg: 'jrel' })
export const POP_JUMP_IF_NOT_NONE = op(265, 'value --', 'Jump if the value is not None.', { arg: 'jrel' })
