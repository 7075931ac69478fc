from sys import getsizeof as size
class A: pass
class B: __slots__ = ('a', 'b')
class L(list): pass
def f(): pass
def g(): yield 1
print([size(x) for x in (None, True, 0, 1, 2 ** 30, 2 ** 60, 10 ** 100, 1.5, 1j, '', 'abc', 'é', 'Ā', '\U0001f600', b'', b'abc')])
print([size(x) for x in ([], [1, 2, 3], (), (1, 2), {}, {'a': 1}, {i: i for i in range(100)}, set(), set(range(10)), frozenset(), range(3), slice(1))])
print([size(x) for x in (object(), A(), B(), L(), f, g(), f.__code__, A, int, type, len, [].append, ValueError('x'), iter([]), property())])
grown, sizes = [], []
for i in range(30): grown.append(i); sizes.append(size(grown))
print(sizes)
d, sizes = {}, []
for i in range(30): d[i] = i; sizes.append(size(d))
print(sizes)
print(size(list(range(1000))), size([None] * 1000), size([x for x in range(1000)]))
