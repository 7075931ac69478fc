import random, _random
for seed in (1, -5, 10 ** 50, 'text', b'bytes', 1.5):
    r = random.Random(seed)
    print(repr(seed)[:10], r.random(), r.getrandbits(100), r.randrange(1000), r.choice('abc'), r.sample(range(50), 3))
r = random.Random(3)
state = r.getstate()
first = [r.gauss(0, 1), r.randint(1, 6), r.uniform(1, 2), r.betavariate(1, 2)]
r.setstate(state)
print(first == [r.gauss(0, 1), r.randint(1, 6), r.uniform(1, 2), r.betavariate(1, 2)], first)
items = list(range(10)); r.shuffle(items); print(items, r.choices(items, k=4), r.randbytes(5))
for f in (lambda: _random.Random(1, 2), lambda: _random.Random(x=1), lambda: r.getrandbits(-1), lambda: r.getrandbits(1.5), lambda: _random.Random().setstate(1), lambda: _random.Random().setstate((1,)), lambda: _random.Random().setstate((1,) * 624 + (700,)), lambda: _random.Random([])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
