def f(a, b=1, *args, c, d=2, **kw):
    return a, b, args, c, d, kw


def simple(a, b, c=3):
    return a, b, c


def only(a, /, b, *, c):
    return a, b, c


class A:
    def __init__(self, x, y=2, *, z=3):
        self.values = x, y, z

    def method(self, *args, k=None):
        return args, k


print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{'c': 3}))
print(simple(1, c=2, b=3), simple(*(1,), **{'b': 2}), only(1, 2, c=3), only(1, b=2, c=3))
print(A(1).values, A(1, z=5).values, A(x=1, y=3).values, A(1).method(1, 2, k=3), A.method(A(1), k=1))
bound = A(1).method
print(bound(k=5), bound(1, *(2, 3)))
for call in (
    lambda: simple(),
    lambda: simple(1),
    lambda: simple(1, 2, 3, 4),
    lambda: simple(1, 2, a=3),
    lambda: simple(1, 2, e=3),
    lambda: f(1),
    lambda: only(a=1, b=2, c=3),
    lambda: only(1, 2),
    lambda: A(),
    lambda: A(1, 2, 3),
    lambda: simple(**{1: 2}),
    lambda: simple(**{'a': 1}, **{'a': 2}),
    lambda: simple(*1),
    lambda: simple(**1),
    lambda: A(1)(),
):
    try:
        call()
    except TypeError as e:
        print(str(e).replace('__main__.', ''))


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


import sys


def endless():
    return endless()


try:
    endless()
except RecursionError as e:
    print(e)
sys.setrecursionlimit(10**6)
print(depth(50000))
