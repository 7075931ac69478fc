# Which builtin types can be joined as bases, and which instances can change their class.


def attempt(f):
    try:
        return f()
    except Exception as e:
        return f'{type(e).__name__}: {e}'


builtin_types = [
    int, str, list, dict, tuple, bool, type(None), ValueError, OSError, KeyError, set, object, type, property, map,
]
for a in builtin_types:
    for b in builtin_types:
        made = attempt(lambda: type('Q', (a, b), {}))
        print(a.__name__, b.__name__, made if isinstance(made, str) else made.__base__.__name__)


class A: pass
class B(A): pass
class Slots1: __slots__ = ('a', 'b')
class Slots2: __slots__ = ('b', 'a')
class Slots3: __slots__ = ('a', 'c')
class Slots4(Slots1): __slots__ = ()
class Slots5: __slots__ = ('a', 'b', '__dict__')
class Slots6: __slots__ = ('a', 'b', '__weakref__')
class Int1(int): pass
class Int2(int): pass
class List1(list): pass
class Error1(Exception): pass
class Error2(ValueError): pass
class Error3(OSError): pass


classes = [A, B, Slots1, Slots2, Slots3, Slots4, Slots5, Slots6, Int1, Int2, List1, Error1, Error2, Error3, int]
for a in classes:
    for b in classes:
        instance = a()
        print(a.__name__, b.__name__, attempt(lambda: setattr(instance, '__class__', b) or type(instance).__name__))

s = Slots1()
s.a, s.b = 1, 2
s.__class__ = Slots2
print(s.a, s.b)
print(attempt(lambda: setattr(A(), '__class__', 5)), attempt(lambda: delattr(A(), '__class__')))
