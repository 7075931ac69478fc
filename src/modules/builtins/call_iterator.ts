import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { defineType } from '../../objects/define.ts'
import { isException, typeError } from '../../objects/errors.ts'
import { PyExc_StopIteration } from '../../objects/exception_types.ts'
import { newTuple } from '../../objects/make.ts'
import { newObject, Py_EQ, type PyObject, TPFLAGS_HAVE_GC, type Value } from '../../objects/object.ts'
import { call, richCompareBool } from '../../objects/protocols.ts'
import { builtinType, typeOf } from '../../objects/types.ts'
import { interpreter } from '../../vm/interpreter.ts'

/** The `data` of what `iter(callable, sentinel)` gives; `null` once it is exhausted. */
interface CallIteratorData {
  callable: Owned<Value> | null
  sentinel: Owned<Value> | null
}

type PyCallIterator = PyObject<CallIteratorData>

const callIteratorType = builtinType<PyCallIterator>('callable_iterator', TPFLAGS_HAVE_GC)

function end(data: CallIteratorData): void {
  const { callable, sentinel } = data
  data.callable = null
  data.sentinel = null
  drop(callable)
  drop(sentinel)
}

function nextCall({ data }: PyCallIterator): Owned<Value> | undefined {
  if (data.callable === null) return undefined
  let result: Owned<Value>
  const callable = keep<Value>(data.callable)
  try {
    result = call(callable, [])
  } catch (error) {
    if (!isException(error, PyExc_StopIteration)) throw error
    drop(error)
    end(data)
    return undefined
  } finally {
    drop(callable)
  }
  // The call may have used up the iterator.
  if (data.sentinel === null) {
    drop(result)
    return undefined
  }
  let isEnd: boolean
  try {
    isEnd = richCompareBool(data.sentinel, result, Py_EQ)
  } catch (error) {
    drop(result)
    throw error
  }
  if (!isEnd) return result
  drop(result)
  end(data)
  return undefined
}

/** `iter(callable, sentinel)`. */
export function newCallIterator(callable: Value, sentinel: Value): Owned<PyObject> {
  if (typeOf(callable).tp_call === undefined) throw typeError('iter(v, w): v must be callable')
  const iterator = newObject<CallIteratorData>(callIteratorType, { callable: keep(callable), sentinel: keep(sentinel) })
  track(iterator)
  return iterator
}

function builtin(name: string): Owned<Value> {
  return keep(interpreter.builtins!.data.get(name)!)
}

/** Defines `callable_iterator`. */
export function defineCallIteratorType(): void {
  defineType(callIteratorType, () => ({
    slots: {
      tp_iter: (self): Owned<Value> => keep<Value>(self),
      tp_iternext: nextCall,
      tp_dealloc: ({ data }) => end(data),
      tp_traverse: ({ data }, visit) => {
        if (typeof data.callable === 'object' && data.callable !== null) visit(data.callable)
        if (typeof data.sentinel === 'object' && data.sentinel !== null) visit(data.sentinel)
      },
    },
    methods: {
      '__reduce__()': ({ data }): Owned<Value> =>
        data.callable === null
          ? newTuple([builtin('iter'), newTuple([newTuple([])])])
          : newTuple([builtin('iter'), newTuple([keep<Value>(data.callable), keep<Value>(data.sentinel!)])]),
    },
  }))
}
