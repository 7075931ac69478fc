# Linearisation, custom mro(), assignment of __bases__ and what follows from it.


def attempt(f):
    try:
        return f()
    except Exception as e:
        return f'{type(e).__name__}: {e}'


class A: pass
class B(A): pass
class C(A): pass
class D(B, C): pass


print(D.__mro__, D.__base__)
print(attempt(lambda: type('E', (A, B), {})))
print(attempt(lambda: type('E', (A, A), {})))
print(A.mro(), type.mro(B), A.__subclasses__())


class Ordered(type):
    def mro(cls):
        return order if cls.__name__ == 'Odd' else [cls, A, object]


print(Ordered('Even', (), {}).__mro__)
for order in ([], [1], [int], (object,), 5, [A]):
    print(order, attempt(lambda: Ordered('Odd', (), {}).__mro__))


class First:
    def f(self): return 'first'
    def __len__(self): return 1


class Second:
    def f(self): return 'second'
    def __len__(self): return 2


class Derived(First): pass
class Further(Derived): pass


def rebase(cls, bases):
    cls.__bases__ = bases
    return cls.__mro__


x = Further()
print(len(x), x.f())
print(rebase(Derived, (Second,)))
print(len(x), x.f(), First.__subclasses__(), Second.__subclasses__(), Further.__mro__)
for bases in ((), 5, (5,), (Further,), (int,), (Derived,), (object,), (First, Second)):
    print(bases, attempt(lambda: rebase(Derived, bases)))
print(attempt(lambda: rebase(int, (A,))), attempt(lambda: delattr(Derived, '__bases__')))


class Meta1(type): pass
class Meta2(type): pass
class X1(metaclass=Meta1): pass
class X2(metaclass=Meta2): pass


print(attempt(lambda: type('Z', (X1, X2), {})), type(type('Z', (X1,), {})))
