// Written by tools/loop/generate.ts; do not edit.
import { decref, incref } from '../memory/counted.ts'
import type { Owned } from '../memory/header.ts'
import { pollWords } from '../memory/state.ts'
import type { DictTable } from '../objects/dict_table.ts'
import { indexError, isException, keyError } from '../objects/errors.ts'
import { PyExc_StopAsyncIteration, type PyException } from '../objects/exception_types.ts'
import { getSlot, setSlot } from '../objects/instance.ts'
import {
  type ArrayIteratorData,
  endArrayIterator,
  listIteratorType,
  type RangeIteratorData,
  rangeIteratorType,
  tupleIteratorType,
} from '../objects/iterators.ts'
import { newFloat } from '../objects/make.ts'
import type { PyDict, PyFloat, PyInstance, PyList, PyObject, PyTuple, Value } from '../objects/object.ts'
import { isTrue } from '../objects/protocols.ts'
import { next } from '../objects/sequence_protocol.ts'
import type { Shape } from '../objects/shape.ts'
import { recursion, thread } from '../objects/thread.ts'
import {
  coroutineType,
  dictType,
  floatType,
  functionType,
  generatorType,
  listType,
  None,
  tupleType,
} from '../objects/types.ts'
import { loadAttr, loadMethod, storeAttr } from './attribute_cache.ts'
import { callAny, callFunctionEx, initResult, recursionError } from './calls.ts'
import { runCold } from './cold_opcodes.generated.ts'
import type { InlineCache } from './decode.ts'
import {
  EXIT_CALL,
  EXIT_FOR_ITER,
  EXIT_INIT,
  EXIT_RUN,
  EXIT_SEND,
  endFrame,
  type Frame,
  functionFrame,
  machine,
} from './frame.ts'
import type { PyCell, PyFunction } from './function.ts'
import {
  enterGenerator,
  finishGenerator,
  returnGenerator,
  sendValue,
  suspendGenerator,
  takeReturned,
} from './generators.ts'
import { loadGlobal, unboundDeref, unboundLocal } from './names.ts'
import { BUILD_LIST, BUILD_TUPLE, LIST_APPEND } from './ops/build.ts'
import { beforeWith, raiseVarargs } from './ops/exceptions.ts'
import { UNPACK_SEQUENCE } from './ops/unpack.ts'
import {
  BINARY_OP,
  BINARY_SUBSCR,
  COMPARE_OP,
  CONTAINS_OP,
  GET_ITER,
  IS_OP,
  STORE_SUBSCR,
  UNARY_NOT,
} from './ops/values.ts'
import { servePolls } from './polls.ts'
import { unwind } from './unwind.ts'
/** The interpreter’s loop. Runs `entry` until it returns, or yields; throws what it does not handle. With `thrown`, begins by handling that. Gives `undefined` where another loop must go on from `machine.frame`. */
export function runLoop(entry: Frame, thrown: unknown): Owned<Value> | undefined {
  let f = entry
  let run = f.run
  let words = run.words
  let S = f.stack
  let sp = f.sp | 0
  let pc = f.pc | 0
  let reraised = false

  machine.frame = f
  outer: for (;;) {
    if (thrown !== undefined) {
      const next = unwind(f, sp, pc, thrown, reraised)
      if (next === null) return undefined
      f = next
      thrown = undefined
      reraised = false

      S = f.stack
      sp = f.sp | 0
      pc = f.pc | 0
      run = f.run
      words = run.words
    }
    try {
      for (;;) {
        const word = words[pc] as number
        pc = (pc + 1) | 0
        const arg = word >>> 8
        switch (word & 255) {
          case 1: {
            // POP_TOP

            sp = (sp - 1) | 0
            const v = S[sp] as Value
            decref(v)
            break
          }
          case 2: {
            // PUSH_NULL

            S[sp] = undefined
            sp = (sp + 1) | 0
            break
          }
          case 3: {
            // BINARY_ADD

            const b = S[sp - 1] as Value,
              a = S[sp - 2] as Value
            if (typeof a === 'number' && typeof b === 'number') {
              const r = a + b
              if (r <= 9007199254740991 && r >= -9007199254740991) {
                sp = (sp - 1) | 0
                S[sp - 1] = r
                break
              }
            } else if (typeof a === 'string' && typeof b === 'string') {
              if (a.length + b.length < 0x10000000) {
                sp = (sp - 1) | 0
                S[sp - 1] = a + b
                break
              }
            } else if (typeof a === 'object' && typeof b === 'object' && a.type === floatType && b.type === floatType) {
              const r = newFloat((a as PyFloat).data + (b as PyFloat).data)
              sp = (sp - 1) | 0
              S[sp - 1] = r
              break
            }
            f.pc = pc
            const r = BINARY_OP(a, b, arg)
            sp = (sp - 1) | 0
            S[sp - 1] = r
            decref(a)
            decref(b)
            break
          }
          case 4: {
            // BINARY_SUBTRACT

            const b = S[sp - 1] as Value,
              a = S[sp - 2] as Value
            if (typeof a === 'number' && typeof b === 'number') {
              const r = a - b
              if (r <= 9007199254740991 && r >= -9007199254740991) {
                sp = (sp - 1) | 0
                S[sp - 1] = r
                break
              }
            } else if (typeof a === 'object' && typeof b === 'object' && a.type === floatType && b.type === floatType) {
              // Floats are never freed by their count: nothing to give up.
              const r = newFloat((a as PyFloat).data - (b as PyFloat).data)
              sp = (sp - 1) | 0
              S[sp - 1] = r
              break
            }
            f.pc = pc
            const r = BINARY_OP(a, b, arg)
            sp = (sp - 1) | 0
            S[sp - 1] = r
            decref(a)
            decref(b)
            break
          }
          case 5: {
            // BINARY_MULTIPLY

            const b = S[sp - 1] as Value,
              a = S[sp - 2] as Value
            if (typeof a === 'number' && typeof b === 'number') {
              const r = a * b
              if (r <= 9007199254740991 && r >= -9007199254740991) {
                sp = (sp - 1) | 0
                S[sp - 1] = r + 0
                break
              }
            } else if (typeof a === 'object' && typeof b === 'object' && a.type === floatType && b.type === floatType) {
              // Floats are never freed by their count: nothing to give up.
              const r = newFloat((a as PyFloat).data * (b as PyFloat).data)
              sp = (sp - 1) | 0
              S[sp - 1] = r
              break
            }
            f.pc = pc
            const r = BINARY_OP(a, b, arg)
            sp = (sp - 1) | 0
            S[sp - 1] = r
            decref(a)
            decref(b)
            break
          }
          case 6: {
            // COMPARE_JUMP

            const b = S[sp - 1] as Value,
              a = S[sp - 2] as Value
            let truth: boolean
            if (typeof a === 'number' && typeof b === 'number') {
              switch (arg) {
                case 0:
                  truth = a < b
                  break
                case 1:
                  truth = a <= b
                  break
                case 2:
                  truth = a === b
                  break
                case 3:
                  truth = a !== b
                  break
                case 4:
                  truth = a > b
                  break
                default:
                  truth = a >= b
              }
              sp = (sp - 2) | 0
            } else {
              f.pc = pc
              const r = COMPARE_OP(a, b, arg)
              sp = (sp - 1) | 0
              S[sp - 1] = r
              decref(a)
              decref(b)
              if (typeof r !== 'boolean') break
              truth = r
              sp = (sp - 1) | 0
            }
            const jump = words[pc] as number
            pc = (pc + 1) | 0
            switch (jump & 255) {
              case 114:
                if (!truth) pc = jump >>> 8
                break
              case 115:
                if (truth) pc = jump >>> 8
                break
              case 175:
                if (!truth) {
                  const to = jump >>> 8
                  if (pollWords[0] !== 0) {
                    f.pc = pc
                    f.sp = sp
                    if (servePolls(f)) {
                      f.pc = to
                      return undefined
                    }
                  }
                  pc = to
                }
                break
              default:
                if (truth) {
                  const to = jump >>> 8
                  if (pollWords[0] !== 0) {
                    f.pc = pc
                    f.sp = sp
                    if (servePolls(f)) {
                      f.pc = to
                      return undefined
                    }
                  }
                  pc = to
                }
            }
            break
          }
          case 7: {
            // LOAD_FAST_LOAD_FAST

            const v = S[arg]
            if (v === undefined) {
              f.pc = pc
              throw unboundLocal(f, arg)
            }
            incref(v)
            S[sp] = v
            sp = (sp + 1) | 0
            const second = (words[pc] as number) >>> 8
            pc = (pc + 1) | 0
            const w = S[second]
            if (w === undefined) {
              f.pc = pc
              throw unboundLocal(f, second)
            }
            incref(w)
            S[sp] = w
            sp = (sp + 1) | 0
            break
          }
          case 8: {
            // LOAD_FAST_LOAD_CONST

            const v = S[arg]
            if (v === undefined) {
              f.pc = pc
              throw unboundLocal(f, arg)
            }
            incref(v)
            S[sp] = v
            sp = (sp + 1) | 0
            const w = run.consts[(words[pc] as number) >>> 8] as Owned<Value>
            pc = (pc + 1) | 0
            incref(w)
            S[sp] = w
            sp = (sp + 1) | 0
            break
          }
          case 9: {
            // NOP

            break
          }
          case 12: {
            // UNARY_NOT
            const value = S[sp - 1] as Value
            f.pc = pc
            const out = UNARY_NOT(value)
            S[sp - 1] = out
            decref(value)
            break
          }
          case 13: {
            // STORE_FAST_LOAD_FAST

            const old = S[arg]
            sp = (sp - 1) | 0
            S[arg] = S[sp]
            if (old !== undefined) {
              decref(old)
            }
            const second = (words[pc] as number) >>> 8
            pc = (pc + 1) | 0
            const v = S[second]
            if (v === undefined) {
              f.pc = pc
              throw unboundLocal(f, second)
            }
            incref(v)
            S[sp] = v
            sp = (sp + 1) | 0
            break
          }
          case 14: {
            // LOAD_ATTR_SLOT

            const owner = S[sp - 1] as Owned<PyInstance>
            const c = run.caches[pc - 1] as InlineCache
            let v: Owned<Value> | undefined
            if (typeof owner === 'object' && owner.shape === c.shape && owner.type.version === c.version) {
              switch (c.index) {
                case 0:
                  v = owner.s0
                  break
                case 1:
                  v = owner.s1
                  break
                case 2:
                  v = owner.s2
                  break
                case 3:
                  v = owner.s3
                  break
                case 4:
                  v = owner.s4
                  break
                case 5:
                  v = owner.s5
                  break
                default:
                  v = getSlot(owner, c.index)
              }
            }
            if (v !== undefined) {
              incref(v)
            } else {
              f.pc = pc
              v = loadAttr(f, owner, pc - 1, arg)
            }
            S[sp - 1] = v
            decref(owner)
            break
          }
          case 16: {
            // STORE_ATTR_SLOT

            const owner = S[sp - 1] as Owned<PyInstance>
            const c = run.caches[pc - 1] as InlineCache
            if (typeof owner === 'object' && owner.shape === c.shape && owner.type.version === c.version) {
              const v = S[sp - 2] as Owned<Value>
              sp = (sp - 2) | 0
              let old: Owned<Value> | undefined
              switch (c.index) {
                case 0:
                  old = owner.s0
                  owner.s0 = v
                  break
                case 1:
                  old = owner.s1
                  owner.s1 = v
                  break
                case 2:
                  old = owner.s2
                  owner.s2 = v
                  break
                case 3:
                  old = owner.s3
                  owner.s3 = v
                  break
                case 4:
                  old = owner.s4
                  owner.s4 = v
                  break
                case 5:
                  old = owner.s5
                  owner.s5 = v
                  break
                default:
                  old = getSlot(owner, c.index)
                  setSlot(owner, c.index, v)
              }
              if (c.value !== null) owner.shape = c.value as Shape
              if (old !== undefined) {
                decref(old)
              }
              decref(owner)
            } else {
              f.pc = pc
              storeAttr(f, owner, pc - 1, arg, S[sp - 2] as Owned<Value>)
              const v = S[sp - 2] as Value
              sp = (sp - 2) | 0
              decref(v)
              decref(owner)
            }
            break
          }
          case 17: {
            // LOAD_METHOD_CLASS

            const owner = S[sp - 1] as Value
            const c = run.caches[pc - 1] as InlineCache
            if (
              typeof owner === 'object' &&
              owner.type.version === c.version &&
              (c.shape === null || (owner as PyInstance).shape === c.shape)
            ) {
              const method = c.value as Owned<PyObject>
              method.rc++
              S[sp - 1] = method
              S[sp] = owner as Owned<Value>
              sp = (sp + 1) | 0
            } else {
              f.pc = pc
              loadMethod(f, sp, pc - 1, arg)
              sp = (sp + 1) | 0
            }
            break
          }
          case 18: {
            // LOAD_FAST_LOAD_ATTR

            const owner = S[arg] as Owned<PyInstance>
            if (owner === undefined) {
              f.pc = pc
              throw unboundLocal(f, arg)
            }
            const c = run.caches[pc] as InlineCache | null
            let v: Owned<Value> | undefined
            if (
              c !== null &&
              typeof owner === 'object' &&
              owner.shape === c.shape &&
              owner.type.version === c.version
            ) {
              switch (c.index) {
                case 0:
                  v = owner.s0
                  break
                case 1:
                  v = owner.s1
                  break
                case 2:
                  v = owner.s2
                  break
                case 3:
                  v = owner.s3
                  break
                case 4:
                  v = owner.s4
                  break
                case 5:
                  v = owner.s5
                  break
                default:
                  v = getSlot(owner, c.index)
              }
            }
            if (v !== undefined) {
              incref(v)
              S[sp] = v
              sp = (sp + 1) | 0
              pc = (pc + 1) | 0
            } else {
              incref(owner)
              S[sp] = owner
              sp = (sp + 1) | 0
            }
            break
          }
          case 19: {
            // LOAD_FAST_LOAD_FAST_SUBSCR

            const v = S[arg]
            if (v === undefined) {
              f.pc = pc
              throw unboundLocal(f, arg)
            }
            const second = (words[pc] as number) >>> 8
            const w = S[second]
            if (typeof w === 'number' && typeof v === 'object' && v.type === listType && w >= 0) {
              const items = (v as PyList).data
              if (w < items.length) {
                const r = items[w] as Owned<Value>
                incref(r)
                S[sp] = r
                sp = (sp + 1) | 0
                pc = (pc + 2) | 0
                break
              }
            }
            incref(v)
            S[sp] = v
            sp = (sp + 1) | 0
            pc = (pc + 1) | 0
            if (w === undefined) {
              f.pc = pc
              throw unboundLocal(f, second)
            }
            incref(w)
            S[sp] = w
            sp = (sp + 1) | 0
            break
          }
          case 25: {
            // BINARY_SUBSCR

            const key = S[sp - 1] as Value,
              container = S[sp - 2] as Value
            f.pc = pc
            let r: Owned<Value>
            if (
              typeof container === 'object' &&
              typeof key === 'number' &&
              (container.type === listType || container.type === tupleType)
            ) {
              const items = (container as PyList).data
              const at = key < 0 ? key + items.length : key
              if (at >= 0 && at < items.length) {
                r = items[at] as Owned<Value>
                incref(r)
              } else {
                thrown = indexError(
                  container.type === listType ? 'list index out of range' : 'tuple index out of range',
                )
                continue outer
              }
            } else if (typeof container === 'object' && container.type === dictType) {
              const found = (container as PyDict).data.get(key)
              if (found === undefined) {
                thrown = keyError(key)
                continue outer
              }
              r = found as Owned<Value>
              incref(r)
            } else r = BINARY_SUBSCR(container, key)
            sp = (sp - 1) | 0
            S[sp - 1] = r
            decref(container)
            decref(key)
            break
          }
          case 53: {
            // BEFORE_WITH

            f.pc = pc
            f.sp = sp
            const n = beforeWith(f)
            sp = f.sp
            if (n !== null) {
              f = n
              machine.frame = f

              S = f.stack
              sp = f.sp | 0
              pc = f.pc | 0
              run = f.run
              words = run.words
            }
            break
          }
          case 54: {
            // END_ASYNC_FOR

            const exception = S[sp - 1] as Owned<PyException>
            const awaitable = S[sp - 2] as Value
            if (isException(exception, PyExc_StopAsyncIteration)) {
              sp = (sp - 2) | 0
              decref(exception)
              decref(awaitable)
            } else {
              sp = (sp - 1) | 0
              f.pc = pc
              thrown = exception
              reraised = true
              continue outer
            }
            break
          }
          case 60: {
            // STORE_SUBSCR
            const value = S[sp - 3] as Value
            const container = S[sp - 2] as Value
            const key = S[sp - 1] as Value
            f.pc = pc
            STORE_SUBSCR(value, container, key)
            sp = (sp - 3) | 0
            decref(value)
            decref(container)
            decref(key)
            break
          }
          case 68: {
            // GET_ITER
            const iterable = S[sp - 1] as Value
            f.pc = pc
            const out = GET_ITER(iterable)
            S[sp - 1] = out
            decref(iterable)
            break
          }
          case 75: {
            // RETURN_GENERATOR

            f.pc = pc
            f.sp = sp
            const { back, exit } = f
            const v = returnGenerator(f)
            thread.depth--
            machine.frame = back
            if (exit === EXIT_RUN) return v
            f = back as Frame

            S = f.stack
            sp = f.sp | 0
            pc = f.pc | 0
            run = f.run
            words = run.words
            S[sp] = v
            sp = (sp + 1) | 0
            break
          }
          case 83: {
            // RETURN_VALUE

            sp = (sp - 1) | 0
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

            S = f.stack
            sp = f.sp | 0
            pc = f.pc | 0
            run = f.run
            words = run.words
            if (exit === EXIT_CALL) {
              S[sp] = v
              sp = (sp + 1) | 0
            } else if (exit === EXIT_INIT) {
              if (v !== None) throw initResult(v)
              decref(v)
            } else if (exit === EXIT_FOR_ITER) {
              sp = (sp - 1) | 0
              const it = S[sp] as Value
              pc = (words[pc - 1] as number) >>> 8
              decref(it)
              decref(v)
            } else {
              const receiver = S[sp - 1] as Value
              S[sp - 1] = v
              pc = (words[pc - 1] as number) >>> 8
              decref(receiver)
            }
            break
          }
          case 86: {
            // YIELD_VALUE

            sp = (sp - 1) | 0
            const v = S[sp] as Owned<Value>
            f.pc = pc
            f.sp = sp
            const { back, exit } = f
            suspendGenerator(f)
            if (exit === EXIT_RUN) return v
            f = back as Frame

            S = f.stack
            sp = f.sp | 0
            pc = f.pc | 0
            run = f.run
            words = run.words
            S[sp] = v
            sp = (sp + 1) | 0
            break
          }
          case 92: {
            // UNPACK_SEQUENCE
            f.pc = pc
            sp = UNPACK_SEQUENCE(f, sp, arg) | 0
            break
          }
          case 93: {
            // FOR_ITER

            const it = S[sp - 1] as PyObject
            const type = it.type
            if (type === listIteratorType || type === tupleIteratorType) {
              const d = it.data as ArrayIteratorData
              if (d.items !== null) {
                if (d.index < d.items.length) {
                  const v = d.items[d.index++] as Owned<Value>
                  incref(v)
                  S[sp] = v
                  sp = (sp + 1) | 0
                  break
                }
                endArrayIterator(d)
              }
              sp = (sp - 1) | 0
              pc = arg
              decref(it)
              break
            }
            if (type === rangeIteratorType) {
              const d = it.data as RangeIteratorData
              if (d.left > 0) {
                d.left--
                const v = d.next
                d.next = v + d.step
                S[sp] = v
                sp = (sp + 1) | 0
              } else {
                sp = (sp - 1) | 0
                pc = arg
                decref(it)
              }
              break
            }
            f.pc = pc
            if (type === generatorType) {
              f.sp = sp
              const n = enterGenerator(f, it, EXIT_FOR_ITER, undefined)
              if (n !== null) {
                f = n
                machine.frame = f

                S = f.stack
                sp = f.sp | 0
                pc = f.pc | 0
                run = f.run
                words = run.words
                break
              }
            }
            const v = next(it)
            if (v !== undefined) {
              S[sp] = v
              sp = (sp + 1) | 0
            } else {
              sp = (sp - 1) | 0
              pc = arg
              decref(it)
            }
            break
          }
          case 95: {
            // STORE_ATTR

            const owner = S[sp - 1] as Value
            f.pc = pc
            storeAttr(f, owner, pc - 1, arg, S[sp - 2] as Owned<Value>)
            const v = S[sp - 2] as Value
            sp = (sp - 2) | 0
            decref(v)
            decref(owner)
            break
          }
          case 99: {
            // SWAP

            const top = S[sp - 1]
            S[sp - 1] = S[sp - arg]
            S[sp - arg] = top
            break
          }
          case 100: {
            // LOAD_CONST

            const v = run.consts[arg] as Owned<Value>
            incref(v)
            S[sp] = v
            sp = (sp + 1) | 0
            break
          }
          case 102: {
            // BUILD_TUPLE
            f.pc = pc
            sp = BUILD_TUPLE(f, sp, arg) | 0
            break
          }
          case 103: {
            // BUILD_LIST
            f.pc = pc
            sp = BUILD_LIST(f, sp, arg) | 0
            break
          }
          case 106: {
            // LOAD_ATTR

            const owner = S[sp - 1] as Value
            f.pc = pc
            const v = loadAttr(f, owner, pc - 1, arg)
            S[sp - 1] = v
            decref(owner)
            break
          }
          case 107: {
            // COMPARE_OP
            const lhs = S[sp - 2] as Value
            const rhs = S[sp - 1] as Value
            f.pc = pc
            const out = COMPARE_OP(lhs, rhs, arg)
            sp = (sp - 1) | 0
            S[sp - 1] = out
            decref(lhs)
            decref(rhs)
            break
          }
          case 110: {
            // JUMP_FORWARD
            pc = arg
            break
          }
          case 111: {
            // JUMP_IF_FALSE_OR_POP

            const v = S[sp - 1] as Value
            f.pc = pc
            if (!isTrue(v)) pc = arg
            else {
              sp = (sp - 1) | 0
              decref(v)
            }
            break
          }
          case 112: {
            // JUMP_IF_TRUE_OR_POP

            const v = S[sp - 1] as Value
            f.pc = pc
            if (isTrue(v)) pc = arg
            else {
              sp = (sp - 1) | 0
              decref(v)
            }
            break
          }
          case 114: {
            // POP_JUMP_FORWARD_IF_FALSE

            const v = S[sp - 1] as Value
            let truth: boolean
            if (typeof v === 'boolean') truth = v
            else {
              f.pc = pc
              truth = isTrue(v)
              decref(v)
            }
            sp = (sp - 1) | 0
            if (!truth) {
              pc = arg
            }
            break
          }
          case 115: {
            // POP_JUMP_FORWARD_IF_TRUE

            const v = S[sp - 1] as Value
            let truth: boolean
            if (typeof v === 'boolean') truth = v
            else {
              f.pc = pc
              truth = isTrue(v)
              decref(v)
            }
            sp = (sp - 1) | 0
            if (truth) {
              pc = arg
            }
            break
          }
          case 116: {
            // LOAD_GLOBAL

            let v: Owned<Value>
            const c = run.caches[pc - 1] as InlineCache | null
            if (
              c !== null &&
              c.version === f.globals.data.version &&
              (c.otherVersion === -1 || c.otherVersion === f.builtins.data.version)
            ) {
              v = (c.value as DictTable).values[c.index] as Owned<Value>
            } else {
              f.pc = pc
              v = loadGlobal(f, pc - 1, arg >> 1)
            }
            if ((arg & 1) !== 0) {
              S[sp] = undefined
              sp = (sp + 1) | 0
            }
            incref(v)
            S[sp] = v
            sp = (sp + 1) | 0
            break
          }
          case 117: {
            // IS_OP
            const lhs = S[sp - 2] as Value
            const rhs = S[sp - 1] as Value
            f.pc = pc
            const out = IS_OP(lhs, rhs, arg)
            sp = (sp - 1) | 0
            S[sp - 1] = out
            decref(lhs)
            decref(rhs)
            break
          }
          case 118: {
            // CONTAINS_OP
            const value = S[sp - 2] as Value
            const container = S[sp - 1] as Value
            f.pc = pc
            const out = CONTAINS_OP(value, container, arg)
            sp = (sp - 1) | 0
            S[sp - 1] = out
            decref(value)
            decref(container)
            break
          }
          case 119: {
            // RERAISE

            sp = (sp - 1) | 0
            const exception = S[sp]
            f.pc = arg === 0 ? pc : (S[sp - arg] as number) + 1
            thrown = exception
            reraised = true
            continue outer
          }
          case 120: {
            // COPY

            const v = S[sp - arg]
            if (v !== undefined) {
              incref(v)
            }
            S[sp] = v
            sp = (sp + 1) | 0
            break
          }
          case 122: {
            // BINARY_OP
            const lhs = S[sp - 2] as Value
            const rhs = S[sp - 1] as Value
            f.pc = pc
            const out = BINARY_OP(lhs, rhs, arg)
            sp = (sp - 1) | 0
            S[sp - 1] = out
            decref(lhs)
            decref(rhs)
            break
          }
          case 123: {
            // SEND

            f.pc = pc
            const receiver = S[sp - 2] as PyObject
            const sent = S[sp - 1] as Owned<Value>
            if (receiver.type === generatorType || receiver.type === coroutineType) {
              f.sp = sp
              const n = enterGenerator(f, receiver, EXIT_SEND, sent)
              if (n !== null) {
                f.sp = sp - 1
                decref(sent)
                f = n
                machine.frame = f

                S = f.stack
                sp = f.sp | 0
                pc = f.pc | 0
                run = f.run
                words = run.words
                break
              }
            }
            const v = sendValue(receiver, sent)
            if (v !== undefined) {
              S[sp - 1] = v
              decref(sent)
            } else {
              const result = takeReturned()
              sp = (sp - 1) | 0
              S[sp - 1] = result
              pc = arg
              decref(sent)
              decref(receiver)
            }
            break
          }
          case 124: {
            // LOAD_FAST

            const v = S[arg]
            if (v === undefined) {
              f.pc = pc
              throw unboundLocal(f, arg)
            }
            incref(v)
            S[sp] = v
            sp = (sp + 1) | 0
            break
          }
          case 125: {
            // STORE_FAST

            const old = S[arg]
            sp = (sp - 1) | 0
            S[arg] = S[sp]
            if (old !== undefined) {
              decref(old)
            }
            break
          }
          case 126: {
            // DELETE_FAST

            const v = S[arg]
            if (v === undefined) {
              f.pc = pc
              throw unboundLocal(f, arg)
            }
            S[arg] = undefined
            decref(v)
            break
          }
          case 128: {
            // POP_JUMP_FORWARD_IF_NOT_NONE

            sp = (sp - 1) | 0
            const v = S[sp] as Value
            if (v !== None) {
              pc = arg
            }
            decref(v)
            break
          }
          case 129: {
            // POP_JUMP_FORWARD_IF_NONE

            sp = (sp - 1) | 0
            const v = S[sp] as Value
            if (v === None) {
              pc = arg
            }
            decref(v)
            break
          }
          case 130: {
            // RAISE_VARARGS

            f.pc = pc
            f.sp = sp
            thrown = raiseVarargs(f, arg)
            reraised = arg === 0
            sp = f.sp | 0
            continue outer
          }
          case 134: {
            // JUMP_BACKWARD_NO_INTERRUPT
            pc = arg
            break
          }
          case 136: {
            // LOAD_CLOSURE

            const v = S[arg]
            if (v === undefined) {
              f.pc = pc
              throw unboundLocal(f, arg)
            }
            incref(v)
            S[sp] = v
            sp = (sp + 1) | 0
            break
          }
          case 137: {
            // LOAD_DEREF

            const v = (S[arg] as PyCell).data.value
            if (v === undefined) {
              f.pc = pc
              throw unboundDeref(f, arg)
            }
            incref(v)
            S[sp] = v
            sp = (sp + 1) | 0
            break
          }
          case 138: {
            // STORE_DEREF

            const { data } = S[arg] as PyCell
            const old = data.value
            sp = (sp - 1) | 0
            data.value = S[sp]
            if (old !== undefined) {
              decref(old)
            }
            break
          }
          case 140: {
            // JUMP_BACKWARD

            if (pollWords[0] !== 0) {
              f.pc = pc
              f.sp = sp
              if (servePolls(f)) {
                f.pc = arg
                return undefined
              }
            }
            pc = arg
            break
          }
          case 142: {
            // CALL_FUNCTION_EX

            f.pc = pc
            f.sp = sp
            const n = callFunctionEx(f, arg)
            sp = f.sp | 0
            if (n !== null) {
              f = n
              machine.frame = f

              S = f.stack
              sp = f.sp | 0
              pc = f.pc | 0
              run = f.run
              words = run.words
            } else if (pollWords[0] !== 0) {
              f.pc = pc
              if (servePolls(f)) return undefined
            }
            break
          }
          case 145: {
            // LIST_APPEND
            f.pc = pc
            sp = LIST_APPEND(f, sp, arg) | 0
            break
          }
          case 151: {
            // RESUME

            if (pollWords[0] !== 0) {
              f.pc = pc
              f.sp = sp
              if (servePolls(f)) {
                // The loop that goes on must see the call.
                f.pc = pc - 1
                return undefined
              }
            }
            break
          }
          case 160: {
            // LOAD_METHOD

            f.pc = pc
            loadMethod(f, sp, pc - 1, arg)
            sp = (sp + 1) | 0
            break
          }
          case 166: // PRECALL
          case 171: {
            // CALL

            // Nothing happens between 166 and CALL, and their argument is the same.
            if ((word & 255) === 166) pc = (pc + 1) | 0
            const floor = sp - arg - 2
            let base = floor + 2,
              n = arg
            if (S[floor] !== undefined) {
              base--
              n++
            }
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
                n.exit = EXIT_CALL
                f = n
                machine.frame = f

                S = f.stack
                sp = f.sp | 0
                pc = f.pc | 0
                run = f.run
                words = run.words
                if (run.resumes && pollWords[0] === 0) pc = 1
                break
              }
            }
            f.sp = sp
            const n2 = callAny(f, callable, base, n, floor)
            sp = f.sp | 0
            if (n2 !== null) {
              const n = n2
              f = n
              machine.frame = f

              S = f.stack
              sp = f.sp | 0
              pc = f.pc | 0
              run = f.run
              words = run.words
            } else if (pollWords[0] !== 0) {
              f.pc = pc
              if (servePolls(f)) return undefined
            }
            break
          }
          case 172: {
            // KW_NAMES

            f.kwnames = (run.consts[arg] as PyTuple).data
            break
          }
          case 173: {
            // POP_JUMP_BACKWARD_IF_NOT_NONE

            sp = (sp - 1) | 0
            const v = S[sp] as Value
            if (v !== None) {
              if (pollWords[0] !== 0) {
                f.pc = pc
                f.sp = sp
                if (servePolls(f)) {
                  f.pc = arg
                  return undefined
                }
              }
              pc = arg
            }
            decref(v)
            break
          }
          case 174: {
            // POP_JUMP_BACKWARD_IF_NONE

            sp = (sp - 1) | 0
            const v = S[sp] as Value
            if (v === None) {
              if (pollWords[0] !== 0) {
                f.pc = pc
                f.sp = sp
                if (servePolls(f)) {
                  f.pc = arg
                  return undefined
                }
              }
              pc = arg
            }
            decref(v)
            break
          }
          case 175: {
            // POP_JUMP_BACKWARD_IF_FALSE

            const v = S[sp - 1] as Value
            let truth: boolean
            if (typeof v === 'boolean') truth = v
            else {
              f.pc = pc
              truth = isTrue(v)
              decref(v)
            }
            sp = (sp - 1) | 0
            if (!truth) {
              if (pollWords[0] !== 0) {
                f.pc = pc
                f.sp = sp
                if (servePolls(f)) {
                  f.pc = arg
                  return undefined
                }
              }
              pc = arg
            }
            break
          }
          case 176: {
            // POP_JUMP_BACKWARD_IF_TRUE

            const v = S[sp - 1] as Value
            let truth: boolean
            if (typeof v === 'boolean') truth = v
            else {
              f.pc = pc
              truth = isTrue(v)
              decref(v)
            }
            sp = (sp - 1) | 0
            if (truth) {
              if (pollWords[0] !== 0) {
                f.pc = pc
                f.sp = sp
                if (servePolls(f)) {
                  f.pc = arg
                  return undefined
                }
              }
              pc = arg
            }
            break
          }
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
