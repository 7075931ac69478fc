"""Digests of compressed streams of many kinds of data; what decompressors say of streams in pieces and of broken ones."""
import bz2
import hashlib
import random

random.seed(5)
words = [bytes(random.choices(b'abcdefgh', k=random.randint(1, 9))) for _ in range(300)]
samples = {
    'empty': b'',
    'byte': b'x',
    'zeros': bytes(100000),
    'runs of 255': b'a' * 255 + b'b' + b'a' * 256 + b'b' + b'a' * 259,
    'period of 3': b'abc' * 5000,
    'period of 3000': random.randbytes(3000) * 40,
    'twice': random.randbytes(60000) * 2,
    'words': b' '.join(random.choices(words, k=30000)),
    'noise': random.randbytes(120000),
    'runs': b''.join(bytes([random.randint(0, 5)]) * random.randint(1, 600) for _ in range(1500)),
}
for name, data in samples.items():
    for level in 1, 9:
        packed = bz2.compress(data, level)
        assert bz2.decompress(packed) == data
        print(name, level, len(packed), hashlib.sha256(packed).hexdigest()[:16])

squeezer = bz2.BZ2Compressor(1)
sizes = [len(squeezer.compress(samples['noise'][at : at + 997])) for at in range(0, 120000, 997)]
print([size for size in sizes if size], sizes[0], len(squeezer.flush()))


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: squeezer.compress(b''))
show(squeezer.flush)
show(lambda: bz2.BZ2Compressor(0))
show(lambda: bz2.BZ2Compressor(1, 2))
show(lambda: bz2.BZ2Compressor('9'))
show(lambda: bz2.BZ2Decompressor(1))
show(lambda: bz2.BZ2Decompressor().decompress('x'))

packed = bz2.compress(samples['words'], 1) + b'rest'
for step in 1, 1000:
    for limit in -1, 0, 1000:
        opener = bz2.BZ2Decompressor()
        got, needs, at = b'', [], 0
        while not opener.eof:
            piece = b''
            if opener.needs_input:
                piece, at = packed[at : at + step], at + step
            more = opener.decompress(piece, limit or 5000)
            got += more
            needs.append((opener.needs_input, len(more)))
        print(step, limit, got == samples['words'], opener.unused_data, len(needs))
        print(hashlib.sha256(repr(needs).encode()).hexdigest()[:16])
show(lambda: opener.decompress(b''))

packed = bz2.compress(samples['words'][:3000])
for at in range(0, len(packed), 7):
    if at == 14:
        continue
    broken = bytearray(packed)
    broken[at] ^= 0x24
    show(lambda: len(bz2.decompress(bytes(broken))))
    show(lambda: bz2.decompress(packed[:at]))
