"""The arguments of open, and files that nobody closed."""
import io, os, sys, tempfile, warnings

path = os.path.join(tempfile.mkdtemp(), 'f')
open(path, 'w').close()
for args, kwargs in ((('rw',), {}), (('',), {}), (('b',), {}), (('rr',), {}), (('rbt',), {}), (('U',), {}),
                     (('rb',), {'encoding': 'utf-8'}), (('rb',), {'newline': ''}), (('rb',), {'errors': 'strict'}),
                     (('r', 0), {}), (('x',), {}), (('r',), {'newline': 'q'}), (('r',), {'closefd': False}),
                     (('r',), {'encoding': 'nope'}), (('r',), {'encoding': 'hex'}), (('r',), {'opener': lambda p, f: -5})):
    try:
        open(path, *args, **kwargs).close()
        print(args, 'opened')
    except Exception as e:
        print(args, type(e).__name__, str(e).replace(path, 'PATH'))
for file in (-1, 1.5, None, [], 10**10, 9999, '/nonexistent/file', b'/nonexistent', '/', 'a\0b'):
    try:
        open(file)
    except Exception as e:
        print(repr(file), type(e).__name__, e)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    f = open(path, 'rb')
    del f
    open(path, 'w', 1).close()
    open(path, 'wb', 1).close()
print([(w.category.__name__, str(w.message).replace(path, 'PATH')) for w in caught])
f = open(path, 'w')
print(str(f).replace(path, 'PATH'), f.closed, f.mode, f.buffer.mode, f.buffer.raw.mode)
f.close()
for name in ('read', 'write', 'flush', 'tell', 'fileno', 'readable', '__enter__', '__iter__'):
    try:
        print(name, getattr(f, name)(*(['x'] if name == 'write' else [])))
    except Exception as e:
        print(name, type(e).__name__, e)
f.close()
for stream in (sys.stdin, sys.stdout, sys.stderr):
    print(stream.name, stream.mode, stream.errors if stream is sys.stderr else '')
