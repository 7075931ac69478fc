import abc
import gc
import types


class Bag:
    def __init__(self, first):
        self.first = first


def fill(bag, count):
    for n in range(count):
        setattr(bag, f'name_{n}', n)
    return bag


bags = [fill(Bag(n), n) for n in (0, 3, 59, 60, 61, 200)]
print([len(vars(bag)) for bag in bags], [list(vars(bag))[-1] for bag in bags])

# Every instance with a name of its own, more of them than anything would be shared by.
singles = []
for n in range(3000):
    single = Bag(n)
    setattr(single, f'own_{n}', n)
    single.last = -n
    singles.append(single)
print(all(list(vars(single)) == ['first', f'own_{n}', 'last'] for n, single in enumerate(singles)))
for n, single in enumerate(singles):
    delattr(single, f'own_{n}')
    single.first += 1
print(all(vars(single) == {'first': n + 1, 'last': -n} for n, single in enumerate(singles)))
print(sum(hasattr(single, f'own_{n}') for n, single in enumerate(singles)), singles[2000].last, Bag(1).first)

space = types.SimpleNamespace()
for n in range(2000):
    setattr(space, f'key_{n}', n)
    if n > 1:
        delattr(space, f'key_{n - 2}')
print(space)
print(sum(hasattr(Bag, f'absent_{n}') for n in range(3000)), Bag.__init__ is Bag.__init__)


class Abstract(abc.ABC):
    pass


def classes(count):
    kept = []
    for n in range(count):
        made = type(f'Made{n}', (), {})
        assert not issubclass(made, Abstract)
        if n % 100 == 0:
            kept.append(made)
    return kept


kept = classes(300)
gc.collect()
print(len(abc._get_dump(Abstract)[2]), [made.__name__ for made in kept])
