# What __slots__ adds to a class and its instances, and what it refuses.


def attempt(f):
    try:
        return f()
    except Exception as e:
        return f'{type(e).__name__}: {e}'


def describe(cls):
    return list(cls.__dict__), cls.__basicsize__, cls.__itemsize__, cls.__dictoffset__, cls.__weakrefoffset__


declared = [
    'a', ('a', 'b'), ['x'], ('1',), (1,), ('__dict__',), ('__weakref__',), ('__dict__', '__dict__'),
    ('__weakref__', '__weakref__'), ('a', 'a'), ('__a', '__a__'), (), ('',), ('é',), {'k': 1},
    ('__qualname__',), ('__module__',), ('x.y',), ('a b',), 5, None, ('__dict__', '__weakref__', 'z'),
]
for slots in declared:
    made = attempt(lambda: type('A', (), {'__slots__': slots}))
    if isinstance(made, str):
        print(repr(slots), made)
    else:
        print(repr(slots), describe(made), attempt(lambda: made().__dict__), attempt(lambda: setattr(made(), 'zz', 1)))

for base in (int, tuple, bytes, str, type, list, dict, ValueError, OSError, float, property, classmethod, set):
    print(base.__name__, describe(type('B', (base,), {})))
    for slots in (('a',), (), ('__dict__',), ('__weakref__',)):
        made = attempt(lambda: type('B', (base,), {'__slots__': slots}))
        print('   ', slots, made if isinstance(made, str) else describe(made))

print(attempt(lambda: type('A', (), {'a': 1, '__slots__': ('a',)})))
print(attempt(lambda: type('A', (), {'_A__a': 1, '__slots__': ('__a',)})))


class Point:
    __slots__ = ('x', 'y')


p = Point()
print(attempt(lambda: p.x), attempt(lambda: delattr(p, 'x')))
p.x = 1
print(p.x, Point.x, type(Point.x), attempt(lambda: Point.x.__get__(3, int)))
del p.x
print(hasattr(p, 'x'))
