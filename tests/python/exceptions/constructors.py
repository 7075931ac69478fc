# Builtin exceptions with all kinds of arguments: fields, str, repr, pickling.


def attempt(f):
    try:
        return f()
    except Exception as e:
        return f'{type(e).__name__}: {e}'


arguments = {
    ValueError: [(), (1,), ('a', 'b')],
    KeyError: [(), (1,), ('a',), ('a', 'b')],
    StopIteration: [(), (1,), (1, 2)],
    SystemExit: [(), (1,), (1, 2)],
    ImportError: [(), ('m',), ('a', 'b')],
    OSError: [
        (), (1,), (2, 'x'), (2, 'x', 'f'), (2, 'x', 'f', None, 'g'), (2, 'x', None), (2, 'x', 'f', 0, 'g', 6),
        (11, 'x', 7), (None, None, None), ('2', 'x'),
    ],
    BlockingIOError: [(11, 'x', 7), (11, 'x', 'f'), (11, 'x', 10**30)],
    SyntaxError: [
        (), ('m',), ('m', ('/d/f', 1, 2, 't')), ('m', ('f', 1, 2, 't', 3, 4)), ('m', ('f', 1, 2, 't', 3)),
        ('m', (1, 2)), ('m', ()), ('m', 5), ('m', (None, 4, 2, 3)), ('m', ('c.py', None, 2, 3)),
    ],
    UnicodeEncodeError: [
        (), ('ascii', 'abc', 0, 1, 'r'), ('ascii', b'abc', 0, 1, 'r'), ('ascii', 'abc', 0, 3, 'r'),
        ('u', 'ab\u1234\U00012345', 2, 3, 'r'), ('u', 'ab\u1234\U00012345', 3, 4, 'r'), ('u', 'ab', 9, 10, 'r'),
        (None, 'ab', 9, 10, 'r'),
    ],
    UnicodeDecodeError: [
        ('ascii', b'abc', 1, 2, 'r'), ('ascii', b'abc', 1, 3, 'r'), ('ascii', bytearray(b'abc'), 0, 1, 'r'),
        ('ascii', 'abc', 0, 1, 'r'),
    ],
    UnicodeTranslateError: [('abc', 1, 2, 'r'), ('abc', 1, 3, 'r'), ('abc', 1, 2), ('ab\u1234', 2, 3, 'r')],
    NameError: [('a',)],
    AttributeError: [('a',)],
    ExceptionGroup: [
        (), ('eg', [ValueError(1)]), ('eg', [KeyboardInterrupt()]), ('eg', []), ('eg', 5), (5, [ValueError()]),
        ('eg', [1]), ('eg', (ExceptionGroup('x', [TypeError(1)]), OSError(2, 'e'))),
    ],
    BaseExceptionGroup: [('eg', [ValueError(1)]), ('eg', [KeyboardInterrupt()])],
}
fields = [
    'value', 'code', 'msg', 'name', 'path', 'errno', 'strerror', 'filename', 'filename2', 'characters_written', 'lineno',
    'offset', 'text', 'end_lineno', 'end_offset', 'print_file_and_line', 'encoding', 'object', 'start', 'end', 'reason',
    'obj', 'message', 'exceptions', 'winerror', '__cause__', '__context__', '__suppress_context__', '__traceback__',
    '__notes__', '__dict__',
]
for cls, rows in arguments.items():
    print(cls.__name__, [base.__name__ for base in cls.__mro__], cls.__basicsize__)
    for args in rows:
        e = attempt(lambda: cls(*args))
        if isinstance(e, str):
            print('   ', args, e)
            continue
        print('   ', args, type(e).__name__, repr(e), repr(str(e)))
        print('       ', {name: getattr(e, name) for name in fields if hasattr(e, name)}, e.__reduce__())
    print('   ', attempt(lambda: cls(foo=1)), attempt(lambda: cls('a', name='n')), attempt(lambda: cls('a', obj=3, path=1)))

for number in (1, 2, 3, 4, 10, 11, 13, 17, 20, 21, 32, 103, 104, 108, 110, 111, 114, 115, 5):
    print(number, type(OSError(number, 'x')).__name__)
