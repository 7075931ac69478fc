# The attributes of type itself: setting, deleting, and the errors of doing so.


def attempt(f):
    try:
        return f()
    except Exception as e:
        return f'{type(e).__name__}: {e}'


values = [
    ('__name__', 'N'), ('__name__', 5), ('__name__', 'a\0b'), ('__qualname__', 'Q'), ('__qualname__', 5),
    ('__module__', 'm'), ('__module__', 5), ('__doc__', 'd'), ('__doc__', 5), ('__dict__', {}), ('__mro__', ()),
    ('__base__', int), ('__flags__', 1), ('__annotations__', {}), ('__annotations__', 5),
    ('__abstractmethods__', {'x'}), ('__abstractmethods__', ()), ('__basicsize__', 1), ('__text_signature__', 'x'),
    ('zz', 1),
]
for name, value in values:
    cls = type('K', (), {})
    print(name, repr(value), attempt(lambda: setattr(cls, name, value)), attempt(lambda: getattr(cls, name)), repr(cls))
    print('   ', attempt(lambda: delattr(cls, name)))
    print('   ', attempt(lambda: setattr(int, name, value)), attempt(lambda: delattr(int, name)))

cls = type('K', (), {})
cls.__abstractmethods__ = {'b', 'a'}
print(attempt(cls))
cls.__abstractmethods__ = ['x']
print(attempt(cls))
del cls.__abstractmethods__
print(type(cls()).__name__, attempt(lambda: cls.__abstractmethods__))

for args in ((), (1, 2), (1, 2, 3, 4), (1, (), {}), ('A', [], {}), ('A', (), []), ('A\0', (), {}), ('A', (1,), {})):
    print(args, attempt(lambda: type(*args)))
print(attempt(lambda: type('A', (), {}, x=1)), attempt(lambda: type(1, x=2)))
print(attempt(lambda: type('A', (), {'__qualname__': 5})), attempt(lambda: type('A', (), {'__classcell__': 5})))


class Named:
    def __set_name__(self, owner, name):
        raise ZeroDivisionError(name)


try:
    class Owner:
        attribute = Named()
except RuntimeError as e:
    print(str(e).partition(' instance')[0], repr(e.__cause__))


class Plugin:
    def __init_subclass__(cls, **kwargs):
        print('new plugin', cls.__name__, kwargs)


class Loud(Plugin, volume=11): pass
print(attempt(lambda: type('A', (), {}, volume=1)))


class Meta(type):
    def __call__(cls, *args): return 'called', args
    def __getattr__(cls, name): return f'meta {name}'
    def __instancecheck__(cls, value): return value == 3
    def __subclasscheck__(cls, value): return value is int
    def __len__(cls): return 7
    def __getitem__(cls, key): return key
    def __iter__(cls): return iter([1, 2])
    def __contains__(cls, key): return key == 1
    def __bool__(cls): return False
    x = 5


class Made(metaclass=Meta): y = 6


print(Made(1), Made.foo, isinstance(3, Made), isinstance(4, Made), issubclass(int, Made), issubclass(str, Made))
print(len(Made), Made[4], list(Made), 1 in Made, bool(Made), Made.x, Made.y)
