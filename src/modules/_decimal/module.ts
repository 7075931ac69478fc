import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { defineType } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { typeError } from '../../objects/errors.ts'
import { newDict, newTuple } from '../../objects/make.ts'
import { type KeywordNames, newObject, type PyObject, type PyType, type Value } from '../../objects/object.ts'
import { call, callMethod } from '../../objects/protocols.ts'
import { isInstanceOf, None, typeType } from '../../objects/types.ts'
import { importAttribute, importModule } from '../../vm/import.ts'
import { parseKeywords } from './arguments.ts'
import { contextParameters, defineContextType, setAttributes } from './context_type.ts'
import { setRational } from './decimal_compare.ts'
import { defineDecimalType, setDecimalTuple } from './decimal_type.ts'
import { MAX_EMAX, MAX_PREC, MIN_EMIN, MIN_ETINY, roundingNames } from './number.ts'
import { defineSignalDictMixin, setSignalDictType } from './signal_dict.ts'
import { defineSignals, exceptionClasses } from './signals.ts'
import {
  basicContext,
  contextArgument,
  contextType,
  copyContext,
  currentContext,
  decimalType,
  defaultContext,
  defineCurrentContext,
  extendedContext,
  type ManagerData,
  managerType,
  type PyContext,
  setCurrentContext,
  signalDictMixinType,
} from './types.ts'

type PyManager = PyObject<ManagerData>

const managerParameters = ['ctx', ...contextParameters]

function localContext(args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const global = currentContext()
  const values = parseKeywords(managerParameters, 0, args, kwnames)
  const [given] = values
  contextArgument(given)
  const local = copyContext(given === undefined || given === None ? global : (given as PyContext))
  try {
    setAttributes(local.data.ctx, values.slice(1))
  } catch (error) {
    drop(local)
    throw error
  }
  return newObject<ManagerData>(managerType, { local, global: keep(global) as Owned<PyContext> })
}

function defineManager(): void {
  defineType(managerType, () => ({
    slots: {
      tp_dealloc: ({ data }: PyManager) => {
        drop(data.local)
        drop(data.global)
      },
    },
    methods: {
      '__enter__()': ({ data }: PyManager) => {
        setCurrentContext(data.local)
        return keep<Value>(data.local)
      },
      '__exit__(*args)': ({ data }: PyManager) => setCurrentContext(data.global),
    },
  }))
}

/** `DecimalTuple`: a named tuple of this module. */
function makeDecimalTuple(): Owned<Value> {
  const collections = importModule('collections')
  try {
    const type = callMethod(collections, 'namedtuple', ['DecimalTuple', 'sign digits exponent'])
    ;(type as unknown as PyType).dict!.set('__module__', 'decimal')
    return type
  } finally {
    drop(collections)
  }
}

/** `SignalDict`: the mixin made a MutableMapping. */
function makeSignalDictType(): Owned<PyType> {
  const bases = newTuple([keep<Value>(signalDictMixinType), importAttribute('collections.abc', 'MutableMapping')])
  const namespace = newDict()
  try {
    return call(typeType, ['SignalDict', bases, namespace]) as Owned<PyType>
  } finally {
    drop(namespace)
    drop(bases)
  }
}

function registerNumber(): void {
  const number = importAttribute('numbers', 'Number')
  try {
    drop(callMethod(number, 'register', [decimalType]))
  } finally {
    drop(number)
  }
}

/** What the module has, made once: a second import gets the same classes and contexts. */
let attributes: Record<string, Value> | undefined

function makeAttributes(): Record<string, Value> {
  drop(importModule('_contextvars'))
  defineSignals()
  defineSignalDictMixin()
  defineContextType()
  defineManager()
  defineDecimalType()
  defineCurrentContext()
  registerNumber()
  setRational(importAttribute('numbers', 'Rational'))
  const tuple = makeDecimalTuple()
  setDecimalTuple(keep(tuple))
  setSignalDictType(makeSignalDictType())
  return {
    Decimal: decimalType,
    Context: contextType,
    DecimalTuple: tuple,
    ...Object.fromEntries(exceptionClasses.map((type) => [type.name, type])),
    DefaultContext: defaultContext as Value,
    HAVE_CONTEXTVAR: true,
    HAVE_THREADS: true,
    BasicContext: basicContext as Value,
    ExtendedContext: extendedContext as Value,
    MAX_PREC,
    MAX_EMAX,
    MIN_EMIN,
    MIN_ETINY,
    ...Object.fromEntries(roundingNames.map((name) => [name, name])),
    __version__: '1.70',
    __libmpdec_version__: '2.5.1',
  }
}

/** The module `_decimal`. */
export const decimalModule = defineModule('_decimal', () => ({
  functionsModule: 'decimal',
  functions: {
    'getcontext()': () => keep<Value>(currentContext() as Value),
    'setcontext(context, /)': (context: Value) => {
      if (!isInstanceOf(context, contextType)) throw typeError('argument must be a context')
      setCurrentContext(context as PyContext)
    },
  },
  rawFunctions: { 'localcontext(ctx = None, **kwargs)': localContext },
  attributes: (attributes ??= makeAttributes()),
}))
