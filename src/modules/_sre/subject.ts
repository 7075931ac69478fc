import { type Str, strLength } from '../../base/values.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import { getBuffer, hasBuffer, PyBUF_SIMPLE } from '../../objects/buffer.ts'
import { typeError } from '../../objects/errors.ts'
import { newBytes, newStr } from '../../objects/make.ts'
import type { PyBuffer, Value } from '../../objects/object.ts'
import { strSlice } from '../../objects/text/str_sequence.ts'
import { typeOf } from '../../objects/types.ts'
import type { Subject } from './engine.ts'

/** What a pattern is matched with, and the view that keeps its memory in place; `null` for strings. */
export interface HeldSubject {
  readonly subject: Subject
  readonly view: PyBuffer | null
}

/** The text or bytes of a value, to be released. TypeError for other values. */
export function holdSubject(value: Value): HeldSubject {
  const text = asStr(value)
  if (text !== undefined) return { subject: text, view: null }
  if (!hasBuffer(value)) throw typeError(`expected string or bytes-like object, got '${typeOf(value).name}'`)
  const view = getBuffer(value, PyBUF_SIMPLE)
  return { subject: view.bytes, view }
}

/** Gives up what `holdSubject` holds. */
export function releaseSubject(held: HeldSubject): void {
  if (held.view !== null) held.view.release()
}

/** A text as a value: an exact `str` or `bytes`. */
export function toValue(text: Subject): Owned<Value> {
  return text instanceof Uint8Array ? newBytes(text) : newStr(text)
}

/** The length of a text. */
export function subjectLength(subject: Subject): number {
  return subject instanceof Uint8Array ? subject.length : strLength(subject)
}

/** `subject[start:end]`, cut to what is there. */
export function sliceSubject(subject: Subject, start: number, end: number): Subject {
  const length = subjectLength(subject)
  const to = Math.min(Math.max(end, 0), length)
  const from = Math.min(Math.max(start, 0), to)
  return subject instanceof Uint8Array ? subject.slice(from, to) : strSlice(subject as Str, from, to)
}
