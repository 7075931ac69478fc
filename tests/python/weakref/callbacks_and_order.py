import weakref, sys
sys.stderr = sys.stdout
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
def note(name):
    return lambda ref: print('callback', name, ref() is None)
a = A(1)
plain = weakref.ref(a)
print(plain is weakref.ref(a), plain() is a, weakref.getweakrefcount(a))
first, second = weakref.ref(a, note('first')), weakref.ref(a, note('second'))
gone = weakref.ref(a, note('gone'))
del gone
print([ref is other for ref, other in zip(weakref.getweakrefs(a), [plain, second, first])])
print(plain == first, plain != first, hash(plain) == hash(a), first.__callback__ is not None)
del a
print(plain(), first(), first.__callback__, plain == first)
try: hash(second)
except TypeError as e: print(e)
for make in (lambda: weakref.ref(1), lambda: weakref.ref(), lambda: weakref.ref(A, 1, 2), lambda: weakref.ref(A, callback=None), lambda: plain(1)):
    try: make()
    except TypeError as e: print(e)
class Keyed(weakref.ref):
    __slots__ = ('key',)
    def __new__(cls, obj, callback, key):
        self = super().__new__(cls, obj, callback)
        self.key = key
        return self
    def __init__(self, obj, callback, key): super().__init__(obj, callback)
b = A(2)
k = Keyed(b, None, 'k')
print(k.key, k is weakref.ref(b), k == weakref.ref(b), k() is b)
class Slotted: __slots__ = ()
try: weakref.ref(Slotted())
except TypeError as e: print(e)
