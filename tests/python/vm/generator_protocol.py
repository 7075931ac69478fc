def g():
    x = yield 1
    print('got', x)
    try:
        yield 2
    except ValueError as e:
        print('caught', e)
        yield 3
    return 5


def delegate():
    r = yield from g()
    print('result', r)
    return 7


it = delegate()
print(next(it), it.send('a'), it.throw(ValueError('v')))
print(it.gi_yieldfrom is not None, it.gi_running, it.gi_suspended)
try:
    next(it)
except StopIteration as e:
    print('value', e.value)
print(it.gi_frame, it.gi_suspended)


def closing():
    try:
        yield 1
    finally:
        print('closed')


f = closing()
next(f)
del f
print('after del')


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


b = stubborn()
next(b)
for action in (b.close, lambda: g().send(1), lambda: g().throw(3), lambda: g().throw(ValueError('x'), 1)):
    try:
        action()
    except Exception as e:
        print(type(e).__name__, e)


def stops():
    raise StopIteration(3)
    yield


try:
    next(stops())
except RuntimeError as e:
    print(e, repr(e.__cause__), e.__cause__ is e.__context__)


def reenters():
    next(me)
    yield


me = reenters()
try:
    next(me)
except ValueError as e:
    print(e)
try:
    closing().__name__ = 1
except TypeError as e:
    print(e)


class Inner:
    def __iter__(self):
        return self

    def __next__(self):
        return 'item'

    def throw(self, *args):
        print('throw', [a if isinstance(a, type) else type(a) for a in args])
        raise StopIteration('from throw')

    def close(self):
        print('close')


def outer():
    print((yield from Inner()))
    yield 'end'


o = outer()
next(o)
print(o.throw(KeyError))
o = outer()
next(o)
o.close()
