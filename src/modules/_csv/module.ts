import { drop, keep } from '../../memory/counted.ts'
import type { Owned } from '../../memory/header.ts'
import { track } from '../../memory/state.ts'
import { asStr } from '../../objects/access.ts'
import { lookupAttr } from '../../objects/attributes.ts'
import { defineType, type Result } from '../../objects/define.ts'
import { defineModule } from '../../objects/define_module.ts'
import { isException, overflowError, typeError } from '../../objects/errors.ts'
import { PyExc_TypeError } from '../../objects/exception_types.ts'
import { newList, newStr } from '../../objects/make.ts'
import {
  type KeywordNames,
  newObject,
  type PyObject,
  TPFLAGS_DISALLOW_INSTANTIATION,
  TPFLAGS_HAVE_GC,
  type Value,
} from '../../objects/object.ts'
import { call, strText } from '../../objects/protocols.ts'
import { forEach, iter, next } from '../../objects/sequence_protocol.ts'
import { builtinType, complexType, floatType, isInstanceOf, None, typeOf } from '../../objects/types.ts'
import {
  CsvError,
  csvError,
  defineDialectType,
  dialectFrom,
  dialects,
  dialectType,
  type PyDialect,
  QUOTE_ALL,
  QUOTE_MINIMAL,
  QUOTE_NONE,
  QUOTE_NONNUMERIC,
  registeredDialect,
} from './dialect.ts'
import { fieldLimit, RecordParser } from './parser.ts'
import { RecordLine } from './writer_line.ts'

interface ReaderData {
  input: Owned<PyObject> | null
  dialect: Owned<PyDialect> | null
  readonly parser: RecordParser
  /** The fields of the record that is being read. */
  fields: Owned<Value>[]
  lineNumber: number
}

type PyReader = PyObject<ReaderData>

interface WriterData {
  write: Owned<Value> | null
  dialect: Owned<PyDialect> | null
  readonly line: RecordLine
}

type PyWriter = PyObject<WriterData>

const FLAGS = TPFLAGS_HAVE_GC | TPFLAGS_DISALLOW_INSTANTIATION
const readerType = builtinType<PyReader>('_csv.reader', FLAGS)
const writerType = builtinType<PyWriter>('_csv.writer', FLAGS)

/** The one or two positional arguments of a function that CPython gives no name. */
function oneOrTwo(args: readonly Value[], kwnames: KeywordNames) {
  const positional = args.length - (kwnames?.length ?? 0)
  if (positional < 1) throw typeError(` expected at least 1 argument, got ${positional}`)
  if (positional > 2) throw typeError(` expected at most 2 arguments, got ${positional}`)
  return { first: args[0]!, base: positional > 1 ? args[1] : undefined, keywords: args.slice(positional) }
}

function takeFields(data: ReaderData): Owned<Value>[] {
  const { fields } = data
  data.fields = []
  return fields
}

function clearReader({ data }: PyReader): void {
  const { input, dialect } = data
  data.input = null
  data.dialect = null
  for (const field of takeFields(data)) drop(field)
  drop(input)
  drop(dialect)
}

function newReader(args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const { first, base, keywords } = oneOrTwo(args, kwnames)
  const input = iter(first)
  let dialect: Owned<PyDialect>
  try {
    dialect = dialectFrom(base, keywords, kwnames)
  } catch (error) {
    drop(input)
    throw error
  }
  const parser = new RecordParser(dialect.data, {
    save: (field, numeric) => {
      const text = newStr(field)
      data.fields.push(numeric ? call(floatType, [text]) : text)
    },
    error: csvError,
  })
  const data: ReaderData = { input, dialect, parser, fields: [], lineNumber: 0 }
  const reader = newObject(readerType, data)
  track(reader)
  return reader
}

function readRecord({ data }: PyReader): Owned<Value> | undefined {
  const { parser } = data
  for (const field of takeFields(data)) drop(field)
  parser.reset()
  do {
    const line = data.input === null ? undefined : next(data.input)
    if (line === undefined) return parser.finish() ? newList(takeFields(data)) : undefined
    try {
      const text = asStr(line)
      if (text === undefined) {
        throw csvError(
          `iterator should return strings, not ${typeOf(line).name} (the file should be opened in text mode)`,
        )
      }
      data.lineNumber++
      parser.feed(text)
    } finally {
      drop(line)
    }
  } while (!parser.isDone)
  return newList(takeFields(data))
}

function newWriter(args: readonly Value[], kwnames: KeywordNames): Owned<Value> {
  const { first, base, keywords } = oneOrTwo(args, kwnames)
  const write = lookupAttr(first, 'write')
  if (write === undefined || typeOf(write).tp_call === undefined) {
    drop(write)
    throw typeError('argument 1 must have a "write" method')
  }
  let dialect: Owned<PyDialect>
  try {
    dialect = dialectFrom(base, keywords, kwnames)
  } catch (error) {
    drop(write)
    throw error
  }
  const writer = newObject<WriterData>(writerType, { write, dialect, line: new RecordLine(dialect.data, csvError) })
  track(writer)
  return writer
}

function clearWriter({ data }: PyWriter): void {
  const { write, dialect } = data
  data.write = null
  data.dialect = null
  drop(write)
  drop(dialect)
}

/** `PyNumber_Check`. */
function isNumber(value: Value): boolean {
  const { nb_index, nb_int, nb_float } = typeOf(value)
  return nb_index !== undefined || nb_int !== undefined || nb_float !== undefined || isInstanceOf(value, complexType)
}

function rowIterator(row: Value): Owned<PyObject> {
  try {
    return iter(row)
  } catch (error) {
    if (!isException(error, PyExc_TypeError)) throw error
    drop(error)
    throw csvError(`iterable expected, not ${typeOf(row).name}`)
  }
}

function writeRow({ data }: PyWriter, row: Value): Owned<Value> {
  const { line } = data
  const { quoting } = data.dialect!.data
  const iterator = rowIterator(row)
  line.reset()
  try {
    for (;;) {
      const field = next(iterator)
      if (field === undefined) break
      try {
        const quoted = quoting === QUOTE_ALL || (quoting === QUOTE_NONNUMERIC && !isNumber(field))
        line.add(field === None ? '' : (asStr(field) ?? strText(field)), quoted)
      } finally {
        drop(field)
      }
    }
  } finally {
    drop(iterator)
  }
  const text = newStr(line.finish())
  return call(data.write!, [text])
}

function registerDialect(args: readonly Value[], kwnames: KeywordNames): Result {
  const { first, base, keywords } = oneOrTwo(args, kwnames)
  if (asStr(first) === undefined) throw typeError('dialect name must be a string')
  dialects.data.set(first, dialectFrom(base, keywords, kwnames))
}

const LONG_MAX = 2n ** 63n - 1n

function fieldSizeLimit(limit: Value | undefined): Owned<Value> {
  const old = fieldLimit.value
  if (limit !== undefined) {
    if (typeof limit !== 'number' && typeof limit !== 'bigint') throw typeError('limit must be an integer')
    if (limit > LONG_MAX || limit < -LONG_MAX - 1n) throw overflowError('Python int too large to convert to C long')
    fieldLimit.value = Number(limit)
  }
  return old
}

function defineTypes(): void {
  defineDialectType()
  defineType(CsvError, () => ({}))
  defineType(readerType, () => ({
    slots: {
      tp_iter: (self) => keep<Value>(self),
      tp_iternext: readRecord,
      tp_dealloc: clearReader,
      tp_clear: clearReader,
      tp_traverse: ({ data }, visit) => {
        if (data.input !== null) visit(data.input)
        if (data.dialect !== null) visit(data.dialect)
        for (const field of data.fields) if (typeof field === 'object') visit(field)
      },
    },
    members: {
      dialect: ({ data }): Owned<Value> => keep<Value>(data.dialect ?? None),
      line_num: ({ data }): Owned<Value> => data.lineNumber,
    },
  }))
  defineType(writerType, () => ({
    slots: {
      tp_dealloc: clearWriter,
      tp_clear: clearWriter,
      tp_traverse: ({ data }, visit) => {
        if (typeof data.write === 'object' && data.write !== null) visit(data.write)
        if (data.dialect !== null) visit(data.dialect)
      },
    },
    methods: {
      'writerow(seq, /)': writeRow,
      'writerows(seqseq, /)': (self, rows) => forEach(rows, (row) => drop(writeRow(self, row))),
    },
    members: { dialect: ({ data }): Owned<Value> => keep<Value>(data.dialect ?? None) },
  }))
}

/** The module `_csv`. */
export const csvModule = defineModule('_csv', () => {
  defineTypes()
  return {
    rawFunctions: {
      'reader(iterable, dialect, **fmtparams)': newReader,
      'writer(fileobj, dialect, **fmtparams)': newWriter,
      'register_dialect(name, dialect, **fmtparams)': registerDialect,
    },
    functions: {
      'list_dialects()': () =>
        newList(dialects.data.keys.filter((name) => name !== undefined).map((name) => keep(name))),
      'unregister_dialect(name)': (name) => {
        if (!dialects.data.delete(name)) throw csvError('unknown dialect')
      },
      'get_dialect(name)': (name) => keep(registeredDialect(name)),
      'field_size_limit(new_limit = NULL)': fieldSizeLimit,
    },
    attributes: {
      Dialect: dialectType,
      Reader: readerType,
      Writer: writerType,
      Error: CsvError,
      __version__: '1.0',
      _dialects: dialects,
      QUOTE_MINIMAL,
      QUOTE_ALL,
      QUOTE_NONNUMERIC,
      QUOTE_NONE,
    },
  }
})
