import { keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { asStr } from '../../objects/access.ts'
import type { BuiltinData } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { typeError } from '../../objects/errors.ts'
import { PyExc_BlockingIOError, PyExc_EncodingWarning } from '../../objects/exception_types.ts'
import type { PyObject, Value } from '../../objects/object.ts'
import { None, typeOf } from '../../objects/types.ts'
import { warn } from '../../objects/warn.ts'
import { audit } from '../../vm/audit.ts'
import { interpreter } from '../../vm/interpreter.ts'
import { bufferedRandomType, bufferedReaderType, bufferedWriterType, defineBuffered } from './buffered.ts'
import { bytesIOType, defineBytesIO } from './bytesio.ts'
import { defineFileIO, fileIOType } from './fileio.ts'
import { defineBaseTypes } from './iobase.ts'
import { defineNewlineDecoder, newlineDecoderType } from './newlines.ts'
import { openFile } from './open.ts'
import { bufferedRWPairType, defineRWPair } from './rwpair.ts'
import { defineStringIO, stringIOType } from './stringio.ts'
import { defineTextIO, textIOWrapperType } from './textio.ts'
import {
  bufferedIOBaseType,
  DEFAULT_BUFFER_SIZE,
  iobaseType,
  rawIOBaseType,
  textIOBaseType,
  UnsupportedOperation,
} from './types.ts'

let defined = false

/** Gives the types of `_io` their behaviour, once; builtin types must have theirs. */
function defineIoTypes(): void {
  if (defined) return
  defined = true
  defineBaseTypes()
  defineFileIO()
  defineBuffered()
  defineRWPair()
  defineBytesIO()
  defineNewlineDecoder()
  defineStringIO()
  defineTextIO()
}

/** An argument that must be a str or None, by the words of `open`. */
function strOrNone(value: Value, name: string): Value {
  if (value === None || asStr(value) !== undefined) return value
  throw typeError(`open() argument '${name}' must be str or None, not ${typeOf(value).name}`)
}

function textEncodingName(encoding: Value, stacklevel: number): Owned<Value> | undefined {
  if (encoding !== None) return undefined
  const { flags } = interpreter.config
  if (flags.warnDefaultEncoding !== 0) warn(PyExc_EncodingWarning, "'encoding' argument not specified", stacklevel)
  return flags.utf8Mode !== 0 ? 'utf-8' : 'locale'
}

/** The `_io` module. */
export const ioModule = defineModule('_io', () => {
  defineIoTypes()
  return {
    functions: {
      "open(file, mode: text = 'r', buffering: int = -1, encoding = None, errors = None, newline = None, closefd: bool = True, opener = None)":
        (file, mode, buffering, encoding, errors, newline, closefd, opener): Owned<Value> =>
          openFile(file, {
            mode,
            buffering,
            encoding: strOrNone(encoding, 'encoding'),
            errors: strOrNone(errors, 'errors'),
            newline: strOrNone(newline, 'newline'),
            closefd,
            opener,
          }),
      'open_code(path: str)': (path): Owned<Value> => {
        audit('open', path as Value, 'rb', 0)
        return openFile(path as Value, { mode: 'rb' })
      },
      'text_encoding(encoding, stacklevel: int = 2, /)': (encoding, stacklevel) =>
        textEncodingName(encoding, stacklevel) ?? keep(encoding),
    },
    types: [
      iobaseType,
      rawIOBaseType,
      bufferedIOBaseType,
      textIOBaseType,
      fileIOType,
      bytesIOType,
      bufferedReaderType,
      bufferedWriterType,
      bufferedRandomType,
      bufferedRWPairType,
      newlineDecoderType,
      stringIOType,
      textIOWrapperType,
      UnsupportedOperation,
    ],
    attributes: { DEFAULT_BUFFER_SIZE, BlockingIOError: PyExc_BlockingIOError },
    setup: ({ data }) => {
      // In CPython the module is called `io` where its functions are concerned.
      for (const name of ['open', 'open_code', 'text_encoding']) {
        ;(data.get(name) as PyObject<BuiltinData>).data.module = 'io'
      }
    },
  }
})
