import weakref
class N(list):
    pass
class C:
    def __call__(self, x): return x + 1
    def __add__(self, other): return 'add', other
    def __radd__(self, other): return 'radd', other
    def __bytes__(self): return b'bytes'
    def __int__(self): return 7
    def __index__(self): return 8
    def __float__(self): return 2.5
    def __neg__(self): return 'neg'
    def __iter__(self): return iter((1, 2))
    def __contains__(self, x): return x == 3
    def __str__(self): return 'C!'
n, c = N([3, 4]), C()
p, q = weakref.proxy(n), weakref.proxy(c)
print(type(p).__name__, type(q).__name__, p is weakref.proxy(n))
print(len(p), p[0], 3 in p, list(p), p + [5], bool(p), str(p), p == [3, 4], p < [4])
p[0] = 9
p.extra = 1
p += [1]
print(n, n.extra, p)
print(q(3), q + 1, 1 + q, bytes(q), int(q), float(q), -q, list(q), 3 in q, str(q), hex(q))
for attempt in (lambda: hash(q), lambda: q < 1, lambda: q - 1, lambda: next(q), lambda: q[0], lambda: ~q, lambda: divmod(q, 2), lambda: q ** 2, lambda: abs(q)):
    try: print(attempt())
    except TypeError as e: print(e)
del c
for attempt in (lambda: q.x, lambda: q + 1, lambda: bool(q), lambda: q(1), lambda: str(q)):
    try: attempt()
    except ReferenceError as e: print(e)
d = weakref.WeakValueDictionary(); s = weakref.WeakSet()
class V: pass
v = V(); d['v'] = v; s.add(v)
print(len(d), len(s), d['v'] is v)
del v
print(len(d), len(s), list(d.keys()))
