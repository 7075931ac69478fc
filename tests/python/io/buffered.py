"""Buffered streams over raw ones that programs write."""
import io


class Raw(io.RawIOBase):
    def __init__(self, chunks):
        self.chunks = list(chunks)
        self.written = []

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, buffer):
        if not self.chunks:
            return 0
        data = self.chunks.pop(0)
        if data is None:
            return None
        buffer[:len(data)] = data
        return len(data)

    def write(self, data):
        self.written.append(bytes(data))
        return len(data)


r = io.BufferedReader(Raw([b'abc', b'd', None, b'efg', b'', b'h']), 4)
print(r.read(2), r.peek(), r.read(3), r.read1(10), r.read(), r.read())
print(io.BufferedReader(Raw([b'ab\n', b'c', b'd\ne'])).readlines())
raw = Raw([])
w = io.BufferedWriter(raw, 8)
for data in (b'abc', b'defg', b'hij', b'k' * 20, b''):
    print(w.write(data), raw.written)
w.flush()
print(raw.written)
for make in (lambda: io.BufferedReader(Raw([]), 0), lambda: io.BufferedWriter(io.BytesIO(), -1),
             lambda: io.BufferedReader(io.StringIO()), lambda: io.BufferedRandom(Raw([])),
             lambda: r.write(b''), lambda: w.read(), lambda: io.BytesIO().detach(),
             lambda: io.RawIOBase().read(), lambda: w.seek(0), lambda: r.read(-2), lambda: r.seek(0, 9)):
    try:
        print(make())
    except Exception as e:
        print(type(e).__name__, e)
f = io.BufferedRandom(io.BytesIO(b'0123456789'), 4)
print(f.read(3), f.write(b'xy'), f.tell(), f.seek(1), f.read(), f.seek(-3, 2), f.truncate(), f.raw.getvalue())
print(f.detach().getvalue())
try:
    f.read()
except ValueError as e:
    print(e)
pair = io.BufferedRWPair(Raw([b'in']), raw)
print(pair.read(), pair.write(b'out'), pair.readable(), pair.writable(), pair.closed)
pair.close()
print(pair.closed, raw.written[-1])
