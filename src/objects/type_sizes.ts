/**
 * CPython's sizes of the instances of builtin types on 64-bit machines, for types that differ from their base: name,
 * `__basicsize__`, `__itemsize__`, `__dictoffset__`, `__weakrefoffset__`; zeros at the end are left out.
 */
const rows = `
ast.AST 24 0 16, AttributeError 88 0 16, BaseException 72 0 16, BaseExceptionGroup 88 0 16,
ExceptionGroup 96 0 16 88, ImportError 96 0 16, NameError 80 0 16, OSError 112 0 16, StopIteration 80 0 16,
SyntaxError 136 0 16, SystemExit 80 0 16, UnicodeDecodeError 112 0 16, UnicodeEncodeError 112 0 16,
UnicodeTranslateError 112 0 16, _abc._abc_data 48, _asyncio.Future 128 0 104 112, _asyncio.FutureIter 24,
_asyncio.Task 176 0 104 112, _bz2.BZ2Compressor 112, _bz2.BZ2Decompressor 152, _collections._deque_iterator 56,
_collections._deque_reverse_iterator 56, _collections._tuplegetter 32, _contextvars.Context 48 0 0 32,
_contextvars.ContextVar 64, _contextvars.Token 48, _csv.Dialect 48, _csv.reader 88, _csv.writer 72,
_elementtree._element_iterator 64, _hashlib.HASH 32, _hashlib.HMAC 32, _hashlib.UnsupportedDigestmodError 80 0 16 72,
_io.BufferedRWPair 48 0 32 40, _io.BufferedRandom 152 0 136 144, _io.BufferedReader 152 0 136 144,
_io.BufferedWriter 152 0 136 144, _io.BytesIO 64 0 40 48, _io.FileIO 48 0 40 32, _io.IncrementalNewlineDecoder 40,
_io.StringIO 120 0 104 112, _io.TextIOWrapper 192 0 184 176, _io._BytesIOBuffer 24, _io._IOBase 32 0 16 24,
_json.Encoder 80, _json.Scanner 72, _lzma.LZMACompressor 192, _lzma.LZMADecompressor 224, _lzma.LZMAError 80 0 16 72,
_multibytecodec.MultibyteCodec 24, _multibytecodec.MultibyteIncrementalDecoder 56,
_multibytecodec.MultibyteIncrementalEncoder 48, _multibytecodec.MultibyteStreamReader 64,
_multibytecodec.MultibyteStreamWriter 56, _pickle.Pdata 56 8, _pickle.PickleError 80 0 16 72, _pickle.Pickler 152,
_pickle.PicklerMemoProxy 24, _pickle.Unpickler 272, _pickle.UnpicklerMemoProxy 24, _queue.Empty 80 0 16 72,
_queue.SimpleQueue 56 0 0 48, _random.Random 2520, _sha512.sha384 224, _sha512.sha512 224, _socket.socket 48,
_sre.SRE_Scanner 240, _struct.Struct 56 0 0 48, _struct.unpack_iterator 112, _thread.RLock 48 0 0 40,
_thread._local 64 0 0 40, _thread._localdummy 32 0 0 24, _thread.lock 40 0 0 24, anext_awaitable 32,
array.array 64 0 0 48, array.arrayiterator 40, async_generator 152 8 0 24, async_generator_asend 40,
async_generator_athrow 40, async_generator_wrapped_value 24, binascii.Error 80 0 16 72,
binascii.Incomplete 80 0 16 72, bool 32 4, builtin_function_or_method 56 0 0 40, builtin_method 64 0 0 40,
bytearray 56, bytearray_iterator 32, bytes 33 1, bytes_iterator 32, callable_iterator 32, cell 24,
classmethod 32 0 24, classmethod_descriptor 56, code 184 2 0 144, collections.OrderedDict 112 0 96 104,
collections.defaultdict 56, collections.deque 216 0 0 208, complex 32, coroutine 152 8 0 24, coroutine_wrapper 24,
datetime.date 32, datetime.datetime 48, datetime.time 40, datetime.timedelta 40, datetime.timezone 32, decimal.Context 96,
decimal.ContextManager 32, decimal.Decimal 104, decimal.SignalDictMixin 24, dict 48,
dict_itemiterator 56, dict_items 24, dict_keyiterator 56, dict_keys 24, dict_reverseitemiterator 56,
dict_reversekeyiterator 56, dict_reversevalueiterator 56, dict_valueiterator 56, dict_values 24, enumerate 56,
fieldnameiterator 56, filter 32, float 24, formatteriterator 48, frame 120 8, frozenset 200 0 0 192,
function 136 0 88 96, functools.KeyWrapper 32, functools._lru_cache_wrapper 152 0 136 144,
functools._lru_list_elem 56, functools.partial 64 0 40 48, generator 152 8 0 24, generic_alias_iterator 24,
getset_descriptor 48, instancemethod 24, int 24 4, iterator 32, itertools._grouper 32, itertools._tee 40 0 0 32,
itertools._tee_dataobject 496, itertools.accumulate 48, itertools.chain 32, itertools.combinations 56,
itertools.combinations_with_replacement 56, itertools.compress 32, itertools.count 40, itertools.cycle 48,
itertools.dropwhile 40, itertools.filterfalse 32, itertools.groupby 64, itertools.islice 56, itertools.pairwise 32,
itertools.permutations 64, itertools.product 48, itertools.repeat 32, itertools.starmap 32, itertools.takewhile 40,
itertools.zip_longest 56, list 40, list_iterator 32, list_reverseiterator 32, longrange_iterator 48, map 32,
mappingproxy 24, member_descriptor 48, memory_iterator 48, memoryview 144 8 0 136, method 48 0 0 32,
method-wrapper 32, method_descriptor 56, mmap.mmap 80 0 0 64, module 56 0 16 40, object 16, odict_iterator 64,
operator.attrgetter 40, operator.itemgetter 48, operator.methodcaller 40, pickle.PickleBuffer 104 0 0 96,
posix.DirEntry 72, posix.ScandirIterator 104, property 64, pyexpat.xmlparser 72, range 48, range_iterator 48,
re.Match 88 8, re.Pattern 96 4 0 64, reversed 32, select.epoll 24, select.poll 48, set 200 0 0 192, set_iterator 48,
slice 40, staticmethod 32 0 24, str 80, str_ascii_iterator 32, str_iterator 32, super 40, traceback 40, tuple 24 8,
tuple_iterator 32, type 904 40 264 368, types.GenericAlias 64 0 0 40, types.SimpleNamespace 24 0 16,
types.UnionType 32, unicodedata.UCD 40, weakref.CallableProxyType 64, weakref.ProxyType 64, weakref.ReferenceType 64,
wrapper_descriptor 56, xml.etree.ElementTree.Element 56 0 0 48, xml.etree.ElementTree.ParseError 144 0 16 136,
xml.etree.ElementTree.TreeBuilder 160, xml.etree.ElementTree.XMLParser 120, xml.parsers.expat.ExpatError 80 0 16 72,
zip 48, zlib.Compress 168, zlib.Decompress 168, zlib.error 80 0 16 72, zoneinfo.ZoneInfo 208 0 0 32
`

/** The four numbers of a type's instances. */
export interface TypeSizes {
  readonly basicsize: number
  readonly itemsize: number
  readonly dictoffset: number
  readonly weaklistoffset: number
}

let sizes: Map<string, TypeSizes> | null = null

function parse(): Map<string, TypeSizes> {
  const table = new Map<string, TypeSizes>()
  for (const row of rows.trim().split(/,\s+/)) {
    const [name, ...numbers] = row.split(' ')
    const [basicsize = 0, itemsize = 0, dictoffset = 0, weaklistoffset = 0] = numbers.map(Number)
    table.set(name!, { basicsize, itemsize, dictoffset, weaklistoffset })
  }
  return table
}

/** The sizes of a builtin type by its name, with its module unless that is `builtins`; `undefined` where they are its base's. */
export function sizesOf(name: string): TypeSizes | undefined {
  sizes ??= parse()
  return sizes.get(name)
}
