"""BytesIO and StringIO."""
import io, pickle

b = io.BytesIO(b'one\ntwo\nthree')
print(b.readline(), b.tell(), b.read(2), b.readlines(), b.read())
print(b.seek(20), b.write(b'end'), b.getvalue())
view = b.getbuffer()
view[0:3] = b'ONE'
for call in (lambda: b.write(b'x' * 50), lambda: b.truncate(1), lambda: b.close()):
    try:
        call()
    except BufferError as e:
        print(e)
view.release()
print(b.truncate(5), b.getvalue(), b.seek(-2, 2), b.seek(1, 1))
for call in (lambda: b.seek(-1), lambda: b.seek(0, 5), lambda: b.truncate(-1), lambda: b.write('x'), lambda: b.read('a')):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
print(pickle.loads(pickle.dumps(b)).getvalue())
b.close()
try:
    b.read()
except ValueError as e:
    print(e)
s = io.StringIO('a\r\nb\rc\n', newline=None)
print(s.readlines(), s.newlines, repr(s.getvalue()))
s = io.StringIO('a\nb', newline='\r\n')
print(repr(s.getvalue()), s.readlines())
s = io.StringIO()
print(s.write('h€llo😀'), s.tell(), s.seek(2), s.write('LL'), s.getvalue(), s.seek(10), s.write('x'), ascii(s.getvalue()))
print(s.seek(0), s.read(3), s.truncate(), s.getvalue(), s.seek(0, 2))
for call in (lambda: s.seek(1, 1), lambda: s.seek(-1), lambda: s.write(b''), lambda: io.StringIO(1),
             lambda: io.StringIO('', 'x'), lambda: s.truncate(-5)):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
print(list(pickle.loads(pickle.dumps(io.StringIO('p\nq')))))
