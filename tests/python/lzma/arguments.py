import lzma


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


XZ, ALONE, RAW = lzma.FORMAT_XZ, lzma.FORMAT_ALONE, lzma.FORMAT_RAW
LZMA1, LZMA2, DELTA = lzma.FILTER_LZMA1, lzma.FILTER_LZMA2, lzma.FILTER_DELTA

print(lzma.LZMAError.__mro__, lzma.PRESET_EXTREME, LZMA1, lzma.CHECK_UNKNOWN)
for filters in (
    [], (), 1, [1], [{}], [{'id': 99}], [{'id': LZMA2, 'foo': 1}], [{'id': 'x'}], [{'id': -1}],
    [{'id': LZMA2, 'preset': 'x'}], [{'id': LZMA2, 'preset': 99}], [{'id': LZMA2, 'dict_size': 1}],
    [{'id': LZMA2, 'lc': -1}], [{'id': LZMA2, 'lc': 3, 'lp': 3}], [{'id': LZMA2, 'nice_len': 1}],
    [{'id': LZMA2, 'mode': 7}], [{'id': LZMA2, 'mf': 7}], [{'id': DELTA}], [{'id': DELTA, 'dist': 300}, {'id': LZMA2}],
    [{'id': LZMA2}, {'id': DELTA}], [{'id': LZMA1}], [{'id': DELTA}] * 5, [{'id': DELTA, 'x': 1}],
    [{'id': lzma.FILTER_X86, 'start_offset': 'x'}],
):
    print(filters)
    show(lambda: type(lzma.LZMACompressor(XZ, filters=filters)))
    show(lambda: type(lzma.LZMADecompressor(RAW, filters=filters)))
for preset in 10, -1, 2**33, 'x', 9 | lzma.PRESET_EXTREME:
    show(lambda: type(lzma.LZMACompressor(XZ, preset=preset)))
    show(lambda: type(lzma.LZMACompressor(ALONE, preset=preset)))
for check in 3, 16, 99, -2, lzma.CHECK_SHA256:
    show(lambda: type(lzma.LZMACompressor(XZ, check)))
show(lambda: lzma.LZMACompressor(9))
show(lambda: lzma.LZMACompressor(RAW))
show(lambda: lzma.LZMACompressor(ALONE, 1))
show(lambda: lzma.LZMACompressor(XZ, preset=1, filters=[]))
show(lambda: lzma.LZMACompressor(1, 1, 1, None, 1))
show(lambda: lzma.LZMACompressor(foo=1))
show(lambda: lzma.LZMADecompressor(memlimit=-1))
show(lambda: lzma.LZMADecompressor(9))
show(lambda: lzma.LZMADecompressor(RAW))
show(lambda: lzma.LZMADecompressor(XZ, filters=[]))
show(lambda: lzma.LZMADecompressor(RAW, 1))
show(lambda: lzma.LZMADecompressor(memlimit=1000).decompress(lzma.compress(b'abc')))
for spec in (
    {'id': LZMA2, 'dict_size': 5000}, {'id': LZMA1}, {'id': LZMA1, 'lc': 1, 'lp': 2, 'pb': 3, 'dict_size': 65536},
    {'id': DELTA, 'dist': 7}, {'id': lzma.FILTER_ARM}, {'id': lzma.FILTER_ARM, 'start_offset': 4096},
):
    show(lambda: lzma._encode_filter_properties(spec))
for id, properties in (
    (LZMA2, b'\x10'), (LZMA2, b'\x99'), (LZMA2, b''), (LZMA1, b']\0\0\x80\0'), (LZMA1, b'\xff\0\0\x80\0'),
    (DELTA, b'\x05'), (4, b'\0\x10\0\0'), (99, b''), ('a', b''),
):
    show(lambda: lzma._decode_filter_properties(id, properties))
print([lzma.is_check_supported(check) for check in range(17)], lzma.LZMADecompressor().check)
compressor = lzma.LZMACompressor()
compressor.flush()
show(compressor.flush)
show(lambda: compressor.compress(b''))
show(lambda: lzma.decompress(b''))
show(lambda: lzma.decompress(b'xx'))
show(lambda: lzma.decompress(lzma.compress(b'abc')[:-1]))
show(lambda: lzma.decompress(lzma.compress(b'abc') + lzma.compress(b'def') + b'junk'))
