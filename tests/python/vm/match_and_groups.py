class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y):
        self.x, self.y = x, y


class BadArgs:
    __match_args__ = ['x']


def describe(value):
    match value:
        case Point(0, y=y):
            return 'on the axis', y
        case Point(x, y):
            return 'point', x, y
        case {'k': v, **rest}:
            return 'mapping', v, rest
        case [a, *b, c]:
            return 'sequence', a, b, c
        case int(n) | float(n):
            return 'number', n
        case str() as s:
            return 'text', s
        case _:
            return 'other'


for value in (Point(0, 2), Point(1, 2), {'k': 1, 'l': 2}, [1, 2, 3, 4], (5, 6), 'abc', 4, 2.5, {'x': 1}, None, b'ab'):
    print(describe(value))
for source in (
    'match 1:\n  case int(1, 2): pass',
    'match BadArgs():\n  case BadArgs(1): pass',
    'match Point(1, 2):\n  case Point(1, x=2): pass',
    'match 1:\n  case describe(): pass',
    'match Point(1, 2):\n  case Point(1, 2, 3): pass',
):
    try:
        exec(source)
    except TypeError as e:
        print(e)


def groups(error):
    try:
        try:
            raise error
        except* ValueError as e:
            print('values', e.exceptions)
        except* TypeError as e:
            print('types', e.exceptions)
            raise KeyError('new')
    except BaseException as e:
        print('left', repr(e), repr(e.__context__))


groups(ValueError(1))
groups(ExceptionGroup('g', [ValueError(1), TypeError(2)]))
groups(ExceptionGroup('g', [ValueError(1), OSError(2), ExceptionGroup('n', [TypeError(3), OSError(4)])]))
for kinds in (ExceptionGroup, (ValueError, ExceptionGroup), 3):
    try:
        try:
            raise ValueError
        except* kinds:
            pass
    except TypeError as e:
        print(e)
