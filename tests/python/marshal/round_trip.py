import io
import marshal

values = [
    None, True, False, ..., StopIteration, 0, 1, -1, 2**31, -2**31 - 1, 2**100, -2**70, 1.5, -0.0, float('inf'), 1 + 2j,
    '', 'a', 'é', '\U0001f600', '\ud800', b'', b'abc', bytearray(b'xy'), (), (1, (2,)), [1, [2]], {1: 'a', 'b': [2]},
    {1}, frozenset([2]), set(), range,
]
for value in values:
    for version in (0, 2, 4):
        try:
            back = marshal.loads(marshal.dumps(value, version))
            print(repr(back), type(back).__name__, end=' ')
        except ValueError as error:
            print(error, end=' ')
    print()
recursive = []
recursive.append(recursive)
back = marshal.loads(marshal.dumps(recursive))
print(back[0] is back)
shared = [1]
back = marshal.loads(marshal.dumps((shared, shared)))
print(back[0] is back[1])
exec(marshal.loads(marshal.dumps(compile('print("code", 1 + 1)', 'f', 'exec'))))
file = io.BytesIO()
for value in ('one', [2], {'three': 3}):
    marshal.dump(value, file)
file.seek(0)
print(marshal.load(file), marshal.load(file), marshal.load(file), marshal.version)
for data in (b'', b'i\x01', b'?', b'(\x01\x00\x00\x00', b'[\xff\xff\xff\xff'):
    try:
        marshal.loads(data)
    except Exception as error:
        print(type(error).__name__, error)
try:
    marshal.load(io.StringIO('x'))
except TypeError as error:
    print(error)
