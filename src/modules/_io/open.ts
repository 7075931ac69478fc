import { drop } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asInt, asStr } from '../../objects/access.ts'
import { getAttr, setAttr } from '../../objects/attributes.ts'
import { isBytes } from '../../objects/bytes_like.ts'
import { typeError, valueError } from '../../objects/errors.ts'
import { PyExc_RuntimeWarning } from '../../objects/exception_types.ts'
import { newText } from '../../objects/make.ts'
import type { PyType, Value } from '../../objects/object.ts'
import { call, shown } from '../../objects/protocols.ts'
import { None, typeOf } from '../../objects/types.ts'
import { warn } from '../../objects/warn.ts'
import { fspath } from '../../vm/fspath.ts'
import { bufferedRandomType, bufferedReaderType, bufferedWriterType } from './buffered.ts'
import { fileIOType } from './fileio.ts'
import { chained } from './iobase.ts'
import { textIOWrapperType } from './textio.ts'
import { asks, command, toOffset } from './types.ts'

/** The arguments of `open` behind the file; all borrowed. */
export interface OpenArguments {
  readonly mode?: string
  readonly buffering?: number
  readonly encoding?: Value
  readonly errors?: Value
  readonly newline?: Value
  readonly closefd?: boolean
  readonly opener?: Value
}

/** What a mode asks for. */
interface Mode {
  readonly raw: string
  readonly updating: boolean
  readonly writing: boolean
  readonly binary: boolean
}

function parseMode(mode: string): Mode {
  const letters = new Set(mode)
  const invalid = letters.size !== mode.length || ![...letters].every((letter) => 'xrwa+tb'.includes(letter))
  if (invalid) throw valueError(`invalid mode: '${mode}'`)
  const binary = letters.has('b')
  if (binary && letters.has('t')) throw valueError("can't have text and binary mode at once")
  const kinds = ['x', 'r', 'w', 'a'].filter((letter) => letters.has(letter))
  if (kinds.length > 1) throw valueError('must have exactly one of create/read/write/append mode')
  const updating = letters.has('+')
  return { raw: (kinds[0] ?? '') + (updating ? '+' : ''), updating, writing: kinds[0] !== 'r', binary }
}

function checkBinary(given: OpenArguments, buffering: number): void {
  const { encoding = None, errors = None, newline = None } = given
  if (encoding !== None) throw valueError("binary mode doesn't take an encoding argument")
  if (errors !== None) throw valueError("binary mode doesn't take an errors argument")
  if (newline !== None) throw valueError("binary mode doesn't take a newline argument")
  if (buffering === 1) {
    warn(
      PyExc_RuntimeWarning,
      "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
      1,
    )
  }
}

/** Whether a file argument counts as a number (`PyNumber_Check`). */
function isNumber(file: Value): boolean {
  const type = typeOf(file)
  return (
    asInt(file) !== undefined || type.nb_index !== undefined || type.nb_int !== undefined || type.nb_float !== undefined
  )
}

/** `io.open`: the file argument is borrowed. */
export function openFile(file: Value, given: OpenArguments): Owned<Value> {
  if (isNumber(file)) return openWith(file, given)
  const path = fspath(file)
  try {
    if (asStr(path) === undefined && !isBytes(path)) throw typeError(`invalid file: ${shown(file)}`)
    return openWith(path, given)
  } finally {
    drop(path)
  }
}

function openWith(file: Value, given: OpenArguments): Owned<Value> {
  const modeText = given.mode ?? 'r'
  const mode = parseMode(modeText)
  const buffering = given.buffering ?? -1
  if (mode.binary) checkBinary(given, buffering)
  let stream: Owned<Value> = call(fileIOType, [file, mode.raw, given.closefd ?? true, given.opener ?? None])
  try {
    let size = buffering
    let lines = size === 1
    if (size < 0 && asks(stream, 'isatty')) lines = true
    if (lines) size = -1
    if (size < 0) size = blockSize(stream)
    if (size < 0) throw valueError('invalid buffering size')
    if (size === 0) {
      if (!mode.binary) throw valueError("can't have unbuffered text I/O")
      return stream
    }
    const kind: PyType = mode.updating ? bufferedRandomType : mode.writing ? bufferedWriterType : bufferedReaderType
    stream = wrapped(stream, call(kind, [stream, size]))
    if (mode.binary) return stream
    const { encoding = None, errors = None, newline = None } = given
    stream = wrapped(stream, call(textIOWrapperType, [stream, encoding, errors, newline, lines]))
    setAttr(stream, 'mode', newText(modeText))
    return stream
  } catch (error) {
    throw closing(stream, error)
  }
}

function blockSize(raw: Value): number {
  const size = getAttr(raw, '_blksize')
  try {
    return toOffset(size)
  } finally {
    drop(size)
  }
}

/** The outer stream, which holds the inner one from now on. */
function wrapped(inner: Owned<Value>, outer: Owned<Value>): Owned<Value> {
  drop(inner)
  return outer
}

/** Closes what was opened when the rest failed; the failure. */
function closing(stream: Owned<Value>, error: unknown): unknown {
  try {
    command(stream, 'close')
    return error
  } catch (second) {
    return chained(error, second)
  } finally {
    drop(stream)
  }
}
