import { RESUME } from '../bytecode/opcodes.ts'
import { drop, keep } from '../memory/counted.ts'
import type { Counted, Owned } from '../memory/header.ts'
import { type AllocationTracer, traceAllocations } from '../memory/state.ts'
import { fillModules } from '../objects/deferred_module.ts'
import { defineModule } from '../objects/define_module.ts'
import { valueError } from '../objects/errors.ts'
import { newList, newTuple } from '../objects/make.ts'
import type { PyObject, Value } from '../objects/object.ts'
import type { Code } from '../vm/code.ts'
import { type Frame, machine } from '../vm/frame.ts'
import { currentLine, lasti } from '../vm/traceback.ts'
import { tracedBlocks, tracedSize } from './sys/traced_size.ts'

/*
 * Allocation tracing (CPython's _tracemalloc.c).
 *
 * What is traced are objects with a count, at the place where they were made, with the size that they have when the traces
 * are asked for; so what a list grows by counts where the list was made. Numbers and strings are plain
 * values of JavaScript, whose making nobody sees: they count for the container that holds them (`traced_size.ts`).
 */

const FRAMES_MAX = 65535

interface Trace {
  readonly traceback: Owned<Value>
  /** Frames there were, which may be more than the traceback has. */
  readonly frames: number
  size: number
}

/** The tracebacks handed out so far, by their text: equal ones are one tuple. */
const tracebacks = new Map<string, Owned<Value>>()
const traces = new Map<Counted, Trace>()
let limit = 1
let current = 0
let peak = 0
let tracing = false
/** Whether the tracer itself is at work, whose own objects do not count. */
let busy = false

/** Bytes that CPython needs for a trace and for a traceback of one frame. */
const TRACE_BYTES = 48
const TRACEBACK_BYTES = 64

/** The instruction from which on a code's frames are seen: that of its first RESUME, in bytes. */
const firstSeen = new WeakMap<Code, number>()

/** Whether a frame has not come to its first RESUME: tracebacks leave it out (`_PyFrame_IsIncomplete`). */
function isIncomplete(frame: Frame): boolean {
  const { code } = frame
  if (frame.generator !== null) return false
  let first = firstSeen.get(code)
  if (first === undefined) {
    const { co_code } = code.object
    first = 0
    while (first < co_code.length && co_code[first] !== RESUME) first += 2
    firstSeen.set(code, first)
  }
  return lasti(frame) < first
}

function capture(): { traceback: Owned<Value>; frames: number } {
  let key = ''
  let frames = 0
  for (let frame = machine.frame; frame !== null; frame = frame.back) {
    if (!isIncomplete(frame) && frames++ < limit) key += `${currentLine(frame) ?? 0}:${frame.code.object.co_filename}\n`
  }
  let traceback = tracebacks.get(key)
  if (traceback === undefined) {
    traceback = makeTraceback()
    tracebacks.set(key, traceback)
  }
  return { traceback, frames: Math.min(frames, FRAMES_MAX) }
}

function makeTraceback(): Owned<Value> {
  const entries: Owned<Value>[] = []
  for (let frame = machine.frame; frame !== null && entries.length < limit; frame = frame.back) {
    if (isIncomplete(frame)) continue
    entries.push(newTuple([keep<Value>(frame.code.filename), currentLine(frame) ?? 0]))
  }
  if (entries.length === 0) entries.push(newTuple(['<unknown>', 0]))
  return newTuple(entries)
}

const tracer: AllocationTracer = {
  born(object) {
    if (busy) return
    busy = true
    try {
      const { traceback, frames } = capture()
      const size = tracedSize(object as PyObject)
      traces.set(object, { traceback, frames, size })
      current += size
      if (current > peak) peak = current
    } finally {
      busy = false
    }
  },
  died(object) {
    const trace = traces.get(object)
    if (trace === undefined) return
    traces.delete(object)
    current -= trace.size
  },
}

/** Takes the sizes that the objects have now. */
function measure(): void {
  for (const [object, trace] of traces) {
    const size = tracedSize(object as PyObject)
    current += size - trace.size
    trace.size = size
  }
  if (current > peak) peak = current
}

/** `tracemalloc.start()`; does nothing if allocations are traced already. */
export function startTracing(frames: number): void {
  if (frames < 1 || frames > FRAMES_MAX) {
    throw valueError(`the number of frames must be in range [1; ${FRAMES_MAX}]`)
  }
  if (tracing) return
  fillModules()
  limit = frames
  tracing = true
  traceAllocations(tracer)
}

function clearTraces(): void {
  traces.clear()
  busy = true
  for (const traceback of tracebacks.values()) drop(traceback)
  busy = false
  tracebacks.clear()
  current = 0
  peak = 0
}

function stopTracing(): void {
  if (!tracing) return
  tracing = false
  traceAllocations(null)
  clearTraces()
}

function listTraces(): Owned<Value> {
  if (!tracing) return newList([])
  busy = true
  try {
    measure()
    const rows: Owned<Value>[] = []
    for (const [object, { traceback, frames }] of traces) {
      for (const size of tracedBlocks(object as PyObject)) {
        rows.push(newTuple([0, size, keep<Value>(traceback), frames]))
      }
    }
    return newList(rows)
  } finally {
    busy = false
  }
}

/** The module `_tracemalloc`. */
export const tracemallocModule = defineModule('_tracemalloc', () => ({
  functions: {
    'is_tracing()': () => tracing,
    'clear_traces()': () => {
      if (tracing) clearTraces()
    },
    '_get_traces()': listTraces,
    '_get_object_traceback(obj, /)': (obj) => {
      const trace = typeof obj === 'object' ? traces.get(obj) : undefined
      return trace === undefined ? undefined : keep<Value>(trace.traceback)
    },
    'start(nframe: int = 1, /)': startTracing,
    'stop()': stopTracing,
    'get_traceback_limit()': () => limit,
    'get_tracemalloc_memory()': () =>
      tracing ? traces.size * TRACE_BYTES + tracebacks.size * (TRACEBACK_BYTES + 16 * limit) : 0,
    'get_traced_memory()': () => {
      if (!tracing) return newTuple([0, 0])
      measure()
      return newTuple([current, peak])
    },
    'reset_peak()': () => {
      if (!tracing) return
      measure()
      peak = current
    },
  },
}))
