import mmap
import os
import re
import tempfile


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


m = mmap.mmap(-1, 10)
for call in (
    lambda: m['a'], lambda: m[20], lambda: m[1:3:2], lambda: m.__setitem__(0, 300), lambda: m.__setitem__(0, b'a'),
    lambda: m.__setitem__(slice(0, 2), b'abc'), lambda: m.__setitem__(slice(0, 2), 'ab'), lambda: m.__delitem__(0),
    lambda: m.__setitem__(slice(0, 10, 3), b'wxyz'), lambda: m[:], lambda: m.__setitem__(-1, 33), lambda: m[-3:],
    lambda: m.read('a'), lambda: m.read(3), lambda: m.tell(), lambda: m.read(-1), lambda: m.read(None),
    lambda: m.seek(99), lambda: m.seek(0, 9), lambda: m.seek(-4, 2), lambda: m.readline(), lambda: m.seek(0),
    lambda: m.write(b'x' * 20), lambda: m.write(b'one\ntwo'), lambda: m.seek(0), lambda: (m.readline(), m.readline()),
    lambda: m.find(b'o', 0), lambda: m.rfind(b'o', 0), lambda: m.find(b'o', -5), lambda: m.find(1), lambda: b'o' in m,
    lambda: len(m), lambda: list(m)[:3], lambda: m.move(0, 4, 3), lambda: m[:8], lambda: m.move(0, 5, 20),
    lambda: m.read_byte(), lambda: m.write_byte(300), lambda: m.seek(9), lambda: m.write_byte(65), lambda: m[9],
    lambda: m.write_byte(1), lambda: m.flush(1), lambda: m.flush(0, 10), lambda: m.flush(), lambda: m.madvise(99),
    lambda: m.madvise(mmap.MADV_NORMAL), lambda: m.size(), lambda: repr(m), lambda: m.resize(5), lambda: m[:],
    lambda: re.search(b'w', m).span(), lambda: m.__enter__() is m, lambda: m.close(), lambda: m[0], lambda: len(m),
    lambda: repr(m), lambda: m.closed, lambda: m.__enter__(), lambda: m.close(),
    lambda: mmap.mmap('a', 1), lambda: mmap.mmap(-1, 0), lambda: mmap.mmap(-1, -1), lambda: mmap.mmap(99, 1),
    lambda: mmap.mmap(-1, 5, access=9), lambda: mmap.mmap(-1, 5, prot=1, access=1), lambda: mmap.mmap(-1, 5, offset=-1),
):
    show(call)
m = mmap.mmap(-1, 10, access=mmap.ACCESS_READ)
view = memoryview(m)
for call in (
    lambda: m.write(b'a'), lambda: m.__setitem__(0, 1), lambda: m.close(), lambda: view.readonly, lambda: m.resize(3),
    lambda: m.move(0, 1, 2), lambda: m.write_byte(1), lambda: repr(m), lambda: m.flush(), lambda: view.release(),
    lambda: m.resize(3), lambda: m.close(),
):
    show(call)

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'file')
    with open(path, 'wb') as file:
        file.write(b'0123456789' * 1000)

    def content(stop=20):
        with open(path, 'rb') as file:
            return file.read(stop)

    with open(path, 'r+b') as file:
        with mmap.mmap(file.fileno(), 0) as m:
            print(len(m), m.size(), m[5:8])
            m[0] = 65
            m[2:4] = b'BC'
            print(content())
            view = memoryview(m)
            view[4:6] = b'DE'
            view.release()
            m.flush()
            print(content())
            m.resize(5)
            print(content(), m[:], os.path.getsize(path))
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as m:
            m[0:2] = b'zz'
            print(m[:], content())
        show(lambda: mmap.mmap(file.fileno(), 100))
        show(lambda: mmap.mmap(file.fileno(), 0, offset=4096))
        show(lambda: mmap.mmap(file.fileno(), 1, offset=1))
        file.truncate(0)
        show(lambda: mmap.mmap(file.fileno(), 0))
