"""Digests of what compressors write for many kinds of data, options and ways of flushing."""
import copy
import hashlib
import random
import zlib

random.seed(11)
words = [bytes(random.choices(b'abcdefgh', k=random.randint(1, 9))) for _ in range(200)]
samples = {
    'empty': b'',
    'byte': b'x',
    'zeros': bytes(100000),
    'words': b' '.join(random.choices(words, k=12000)),
    'noise': random.randbytes(70000),
    'ramp': bytes(range(256)) * 300,
}


def digest(data):
    return f'{len(data)} {hashlib.sha256(data).hexdigest()[:12]}'


for name, data in samples.items():
    for level in range(-1, 10):
        for wbits in -15, -9, 9, 15, 25, 31:
            packed = zlib.compress(data, level, wbits)
            assert zlib.decompress(packed, wbits) == data
            if level in (0, 1, 4, 6, 9):
                print(name, level, wbits, digest(packed))

for strategy in range(5):
    for memory in 1, 5, 9:
        squeezer = zlib.compressobj(6, zlib.DEFLATED, 15, memory, strategy, zdict=b' '.join(words[:50]))
        out = b''
        data = samples['words']
        for at in range(0, len(data), 5000):
            out += squeezer.compress(data[at : at + 5000])
            out += squeezer.flush((0, 1, 2, 3, 5)[at // 5000 % 5])
        twin = copy.deepcopy(squeezer)
        assert twin.flush() == (end := squeezer.flush())
        out += end
        opener = zlib.decompressobj(zdict=b' '.join(words[:50]))
        assert opener.decompress(out + b'rest') == data and opener.unused_data == b'rest' and opener.eof
        print(strategy, memory, digest(out))

packed = zlib.compress(samples['words'])
for limit in 1, 7, 1000, 40000:
    opener = zlib.decompressobj()
    tails = []
    pending, got = packed, b''
    while not opener.eof:
        got += opener.decompress(pending, limit)
        pending = opener.unconsumed_tail
        tails.append(len(pending))
    assert got == samples['words']
    print(limit, len(tails), hashlib.sha256(repr(tails).encode()).hexdigest()[:12])
opener = zlib.decompressobj()
first = opener.decompress(packed[:1000])
other = opener.copy()
print(first + opener.decompress(packed[1000:]) == samples['words'] == first + other.decompress(packed[1000:]))
