def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, *e.args)


def grow():
    d = {1: 1}
    for k in d:
        d[k + 1] = 1


def replace():
    d = {0: 0}
    for k in d:
        del d[0]
        d[0] = 0


def shrink_set():
    s = {1, 2, 3}
    for x in s:
        s.discard(x)


attempt(grow)
attempt(replace)
attempt(shrink_set)


class Clears:
    def __init__(self, d):
        self.d = d

    def __hash__(self):
        return 1

    def __eq__(self, other):
        self.d.clear()
        return NotImplemented


d = {}
d[Clears(d)] = 'a'
attempt(lambda: d.get(1, 'gone'))
print(d)


class Counted:
    hashed = 0

    def __init__(self, value):
        self.value = value

    def __hash__(self):
        Counted.hashed += 1
        return hash(self.value)

    def __eq__(self, other):
        return self.value == getattr(other, 'value', other)

    def __repr__(self):
        return f'Counted({self.value!r})'


d = {Counted(i): i for i in range(5)}
print(Counted.hashed)
e = dict(d)
s = set(d)
s |= frozenset(d)
e.update(d)
print(Counted.hashed, e, len(s))
print(d[3], d['x'] if 'x' in d else None, {1: 'a', 1.0: 'b', True: 'c'})
nan = float('nan')
print({nan: 1}[nan], nan in {nan}, float('nan') in {nan}, [nan] == [nan], (nan,) in {(nan,)})


class Text(str):
    pass


print({Text('a'): 1}['a'], {'a': 1}[Text('a')], {(1, 'a'): 2}[(True, Text('a'))])
for f in (
    lambda: {[]: 1},
    lambda: {{}},
    lambda: {}[set()],
    lambda: {(1, []): 2},
    lambda: set() in {frozenset()},
    lambda: {}.popitem(),
    lambda: {}.pop('k'),
    lambda: {}.pop(),
    lambda: dict(1),
    lambda: dict([1]),
    lambda: dict(['abc']),
    lambda: dict([], []),
    lambda: {}.update(1, 2),
    lambda: {1: 2} | [(3, 4)],
    lambda: {1: 2}.__or__({3: 4}),
    lambda: dict.fromkeys('ab'),
    lambda: dict.fromkeys([[]]),
    lambda: dict(a=1, **{'b': 2}),
    lambda: dict([('a', 1)], b=3),
):
    attempt(f)
k = {1: 2, 3: 4}
print(k.keys() & {1}, k.keys() | [5], k.items() - {(1, 2)}, k.keys() ^ {3, 9}, k.keys() == {1, 3}, k.keys() <= {1, 3, 5})
print(list(reversed(k)), list(reversed(k.items())), k.values(), k.keys().mapping)
it = iter(k)
print(it.__length_hint__(), next(it), it.__length_hint__(), it.__reduce__()[1])
