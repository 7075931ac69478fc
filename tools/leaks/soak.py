"""Runs a mixed program for a long time and watches whether its memory grows.

Usage: taipan tools/leaks/soak.py [ITERATIONS]      (10,000,000 without an argument)

An iteration is one small job: objects, exceptions, generators, closures, containers, text, cycles, weak references,
coroutines, and now and then threads, classes and new code. Every job leaves nothing behind, and most meet names and
values that no job before has met, so that a table which only grows is found too. The cycle collector runs when it
thinks it should, except that a sample counts what is left after a collection.

The exit status is 1 if, from the first quarter to the end, the resident memory grew by more than 10 % and 20 MB, or
the living objects by more than 10 % and 1,000. Each is the median of the samples of an eighth of the run.
"""
import asyncio
import collections
import collections.abc
import contextlib
import copy
import decimal
import functools
import gc
import io
import itertools
import json
import os
import queue
import re
import statistics
import struct
import sys
import threading
import time
import types
import weakref

SAMPLES = 40
CHUNK = 1000
SHARE = 1.10
MORE_MEGABYTES = 20
MORE_OBJECTS = 1000


class Shape:
    """A class with a property, a class method and operators."""

    count = 0

    def __init__(self, width, height):
        self.width = width
        self.height = height

    @classmethod
    def square(cls, side):
        return cls(side, side)

    @property
    def area(self):
        return self.width * self.height

    def __add__(self, other):
        return Shape(self.width + other.width, self.height + other.height)

    def __eq__(self, other):
        return self.area == other.area

    def __hash__(self):
        return hash(self.area)

    def __repr__(self):
        return f'{type(self).__name__}({self.width!r}, {self.height!r})'


class Named(Shape):
    __slots__ = ('label',)

    def __init__(self, width, height, label):
        super().__init__(width, height)
        self.label = label


class Node:
    """Part of a cycle, told of its end."""

    def __init__(self, number):
        self.number = number
        self.links = []

    def __del__(self):
        ended['nodes'] += 1


ended = collections.Counter()
recent = collections.OrderedDict()
weak_values = weakref.WeakValueDictionary()
weak_set = weakref.WeakSet()
watches = collections.deque(maxlen=1000)


def objects(i):
    first, second = Shape.square(i % 7), Named(i, 2, 'side')
    total = first + second
    assert total.area == (i % 7 + i) * (i % 7 + 2)
    method = total.__add__
    return method(first) == first, {first, second}, second.label


def attributes(i):
    """An attribute whose name no object has had."""
    holder = types.SimpleNamespace(number=i)
    instance = Shape(1, i)
    name = f'field_{i}'
    setattr(instance, name, holder)
    setattr(holder, name, instance)
    assert getattr(getattr(instance, name), name) is instance
    delattr(instance, name)


def absent_names(i):
    thing = Shape(i, 1)
    assert not hasattr(thing, f'missing_{i}') and getattr(Shape, f'missing_{i}', None) is None
    assert not hasattr(sys, f'missing_{i}') and not hasattr(i, f'missing_{i}')
    with contextlib.suppress(AttributeError):
        thing.missing


def copies(i):
    one = {'name': f'copy {i}', 'parts': [i << 60, (i, f'part {i}')], 'self': []}
    one['self'].append(one)
    two = copy.deepcopy(one)
    assert two['self'][0] is two and two['parts'] == one['parts'] and id(two) != id(one)
    one['self'].clear()


def dynamic_dict(i):
    instance = Shape(i, i)
    instance.__dict__[f'key_{i}'] = instance.__dict__.copy()
    return vars(instance)[f'key_{i}']['width']


def exceptions(i):
    def fail(depth):
        if depth == 0:
            raise KeyError(i)
        try:
            fail(depth - 1)
        finally:
            ended['calls'] += 1

    try:
        try:
            fail(3)
        except LookupError as error:
            raise ValueError(f'item {i}') from error
    except ValueError as error:
        assert error.__cause__.args == (i,) and error.__traceback__ is not None
        kept = error
    with contextlib.suppress(ValueError):
        raise kept
    try:
        raise ExceptionGroup('some', [TypeError(i), OSError(i, 'text')])
    except* OSError as group:
        assert group.exceptions[0].errno == i
    except* TypeError:
        ended['groups'] += 1


def generators(i):
    def inner(n):
        received = yield n
        try:
            while True:
                received = yield received
        except ZeroDivisionError:
            return n + 1

    def outer():
        result = yield from inner(i)
        yield result

    running = outer()
    assert next(running) == i and running.send('x') == 'x'
    assert running.throw(ZeroDivisionError) == i + 1
    left = outer()
    next(left)
    return sum(x * x for x in range(5)), left


def closures(i):
    def counter():
        count = i

        def step(by=1):
            nonlocal count
            count += by
            return count

        return step

    step = counter()
    step()
    add = functools.partial(lambda a, b, *, c=0: a + b + c, i)
    assert step(2) == i + 3 and add(1, c=2) == i + 3
    return cached(i % 1000), cached(str(i))


@functools.lru_cache(maxsize=64)
def cached(key):
    return [key]


def dicts(i):
    recent[i] = f'value {i}'
    if len(recent) > 100:
        recent.popitem(last=False)
    table = {n: str(n) for n in range(i % 10)}
    table |= {'a': i, (i, 'b'): None}
    del table['a']
    counts = collections.Counter(str(i))
    groups = collections.defaultdict(list)
    for digit in str(i):
        groups[digit].append(counts[digit])
    return table, dict(sorted(groups.items())), {**table, 'c': 1}


def lists(i):
    items = [(i * n) % 11 for n in range(12)]
    items.sort(key=lambda n: -n)
    items[2:5] = [i]
    items.extend(range(3))
    items.insert(0, items.pop())
    ring = collections.deque(items, maxlen=5)
    ring.rotate(2)
    first, *rest = items
    return items[::-2], sorted(ring), rest * 2, set(items) & {1, 2, i}, list(zip(items, itertools.count(first)))


def text(i):
    line = ', '.join([str(i), f'{i:>10,}', f'{i / 7:.3f}', '%05d %s' % (i % 99999, 'ä'), '{0!r:<5}'.format(i)])
    assert line.encode().decode() == line
    words = line.upper().replace('0', 'zero').split(', ')
    return hash(line), words, line[::-1].partition(','), sys.intern(f'name_{i}'), '☃' * (i % 5), chr(i % 0x3000 + 0x10000)


def numbers(i):
    big = (i + 1) ** 20
    value = decimal.Decimal(i) / 3
    assert big // (i + 1) ** 19 == i + 1
    return divmod(big, 10**9), float(i) * 0.5, complex(i, 1) * 2j, str(value), i.to_bytes(8, 'little')


def data(i):
    packed = struct.pack('<IHd', i & 0xFFFFFFFF, i & 0xFFFF, i / 2)
    changed = bytearray(packed)
    view = memoryview(changed)
    view[0] = 1
    del view
    changed.extend(b'tail')
    out = io.StringIO()
    json.dump({'i': i, 'list': [1, 2.5, None], f'key {i}': True}, out)
    stream = io.BytesIO(changed)
    return json.loads(out.getvalue())['i'] == i, stream.read(3), re.sub(r'\d+', lambda m: m[0][::-1], f'a{i}b')


def cycles(i):
    one, two = Node(i), Node(-i)
    one.links.append(two)
    two.links.append(one)
    if i % 3 == 0:
        watch = weakref.ref(one, lambda ref: ended.update(['callbacks']))
        watches.append(watch)
    loop = []
    loop.append({'self': loop})
    function = lambda: function
    return function


def weak(i):
    thing = Shape(i, i)
    other = Shape(i, 1)
    weak_values[i] = thing
    weak_values['last'] = thing
    weak_set.add(thing)
    weakref.finalize(other, ended.update, ['finalised'])
    proxy = weakref.proxy(thing)
    method = weakref.WeakMethod(thing.__add__)
    assert proxy.area == i * i and method() is not None and i in weak_values


class Awaited:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


async def countdown(n):
    while n:
        n -= 1
        yield n


def coroutines(i):
    async def inner():
        return await Awaited(i)

    async def outer():
        async with contextlib.AsyncExitStack():
            return await inner() + sum([n async for n in countdown(3)])

    running = outer()
    assert running.send(None) == i
    try:
        running.send(1)
    except StopIteration as stop:
        assert stop.value == 4
    left = outer()
    left.send(None)
    left.close()


def event_loop(i):
    async def work(n):
        await asyncio.sleep(0)
        return n

    async def main():
        task = asyncio.create_task(work(i))
        results = await asyncio.gather(*(work(n) for n in range(3)))
        return sum(results) + await task

    assert asyncio.run(main()) == i + 3


def threads(i):
    jobs, results = queue.Queue(), queue.Queue()

    def work():
        local.value = i
        while (job := jobs.get()) is not None:
            results.put(job + local.value)

    local = threading.local()
    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for n in range(10):
        jobs.put(n)
    for _ in workers:
        jobs.put(None)
    for worker in workers:
        worker.join()
    assert sum(results.get() for _ in range(10)) == 45 + 10 * i


def new_classes(i):
    def method(self):
        return super(made, self).__repr__(), i

    made = type(f'Made{i}', (Shape,), {'method': method, '__slots__': (f'slot_{i}',)})
    instance = made(i, 1)
    setattr(instance, f'slot_{i}', instance)
    assert instance.method()[1] == i and made in Shape.__subclasses__()
    assert not isinstance(instance, collections.abc.Mapping) and isinstance(instance, collections.abc.Hashable)

    class Meta(type):
        def __call__(cls, *args):
            return super().__call__(*args)

    class Local(metaclass=Meta):
        value = i

    assert Local().value == i


def descriptors(i):
    reading, writing = os.pipe()
    os.write(writing, b'%d' % i)
    assert os.read(reading, 100) == b'%d' % i
    for fd in (reading, writing):
        os.close(fd)
    with open(__file__, 'rb') as file:
        assert file.read(3) == b'"""'


def new_code(i):
    space = {}
    exec(f'def function_{i}(a, b={i}):\n    return [a, b, "text {i}"]\n', space)
    assert space[f'function_{i}'](1) == [1, i, f'text {i}']
    assert eval(f'{i} + 1') == i + 1
    module = types.ModuleType(f'module_{i}')
    module.__dict__.update(space)
    sys.modules[module.__name__] = module
    del sys.modules[module.__name__]
    assert re.compile(f'x{i}').match(f'x{i}y')


JOBS = (
    objects,
    attributes,
    absent_names,
    copies,
    dynamic_dict,
    exceptions,
    generators,
    closures,
    dicts,
    lists,
    text,
    numbers,
    data,
    cycles,
    weak,
    coroutines,
)
RARE = (new_classes, new_code, event_loop, threads, descriptors)


def run(start, end):
    """The iterations from start to end; every CHUNK one of the rare jobs."""
    count = len(JOBS)
    for i in range(start, end):
        JOBS[i % count](i)
        if i % CHUNK == 0:
            RARE[i // CHUNK % len(RARE)](i)


def resident():
    """The megabytes of the process in memory, or None where the system does not tell."""
    try:
        with open('/proc/self/statm') as file:
            return int(file.read().split()[1]) * os.sysconf('SC_PAGE_SIZE') / 1e6
    except OSError:
        return None


def grew(samples, more):
    """What the median of the last eighth has over that of the eighth before the first quarter's end, and if it is much."""
    eighth = len(samples) // 8
    before = statistics.median(samples[eighth : 2 * eighth])
    after = statistics.median(samples[-eighth:])
    return before, after, after > before * SHARE and after > before + more


def main(arguments):
    total = int(arguments[0].replace('_', '').replace(',', '')) if arguments else 10_000_000
    total = max(total, SAMPLES)
    blocks = getattr(sys, 'getallocatedblocks', int)
    began = time.perf_counter()
    memory, living = [], []
    print(f'{"iterations":>12} {"seconds":>8} {"resident MB":>12} {"objects":>9} {"blocks":>9}')
    for sample in range(SAMPLES):
        end = total * (sample + 1) // SAMPLES
        run(total * sample // SAMPLES, end)
        megabytes = resident()
        gc.collect()
        memory.append(megabytes)
        living.append(len(gc.get_objects()))
        seconds = time.perf_counter() - began
        shown = '-' if megabytes is None else f'{megabytes:.1f}'
        print(f'{end:>12,} {seconds:>8.0f} {shown:>12} {living[-1]:>9,} {blocks() or "-":>9}', flush=True)
    failed = False
    for what, samples, more in (('resident MB', memory, MORE_MEGABYTES), ('objects', living, MORE_OBJECTS)):
        if None in samples:
            continue
        before, after, leaks = grew(samples, more)
        failed |= leaks
        print(f'{"LEAK" if leaks else "ok"}: {what} {before:,.1f} after the first quarter, {after:,.1f} at the end')
    print('ended:', dict(ended))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
