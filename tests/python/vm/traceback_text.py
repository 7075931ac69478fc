import io
import sys


def show(function):
    stream = io.StringIO()
    kept, sys.stderr = sys.stderr, stream
    try:
        function()
    except BaseException as e:
        sys.excepthook(type(e), e, e.__traceback__)
    finally:
        sys.stderr = kept
    print(stream.getvalue().replace(__file__, 'FILE'))


def divide(x):
    return x / 0


def recurse(n):
    if n == 0:
        return [1, 2][5]
    return recurse(n - 1)


def binary():
    divide(1)


def folded():
    recurse(10)


def cause():
    try:
        divide(1)
    except ZeroDivisionError as e:
        raise ValueError('x') from e


def context():
    try:
        divide(1)
    except ZeroDivisionError:
        {}['k']


def attribute():
    class Foo:
        blech = 1

    Foo().bleach


def name():
    blabla = 1
    blaba


def group():
    raise ExceptionGroup('eg', [ValueError(1), TypeError('t'), ExceptionGroup('n', [KeyError('x')])])


def notes():
    e = ValueError('n')
    e.add_note('note 1')
    e.add_note('note\n2')
    raise e


def syntax():
    exec(compile('x = = 1', 'foo.py', 'exec'))


def subscripts():
    y = {'a': {'b': None}}
    y['a']['b']['c']['d']


def lines():
    (1 +
      'a')


def call():
    missing(divide, 2, 3,
        4)


def wide():
    é = 'ü'; é + 1


def broken_str():
    class E(Exception):
        def __str__(self):
            raise ValueError

    raise E


def made_up():
    raise SyntaxError('bad', ('f', 3, 4, 'abc def', 3, 7))


for function in (binary, folded, cause, context, attribute, name, group, notes, syntax, subscripts, lines, call, wide,
                 broken_str, made_up):
    show(function)
