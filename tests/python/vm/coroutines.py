class Awaitable:
    def __await__(self):
        return (yield 'wait')


async def simple():
    return await Awaitable()


c = simple()
print(c.send(None), c.cr_await is not None, c.cr_suspended)
try:
    c.send(9)
except StopIteration as e:
    print('value', e.value)
try:
    c.send(None)
except RuntimeError as e:
    print(e)


def attempt(make):
    coro = make()
    try:
        coro.send(None)
    except StopIteration as e:
        print('returned', e.value)
    except Exception as e:
        print(type(e).__name__, e)


async def bad_await():
    await 1


async def bad_for():
    async for _ in []:
        pass


class NoAnext:
    def __aiter__(self):
        return self


async def bad_iter():
    async for _ in NoAnext():
        pass


class BadAnext:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 3


async def bad_anext():
    async for _ in BadAnext():
        pass


async def bad_with():
    async with object():
        pass


class BadEnter:
    def __aenter__(self):
        return 1

    def __aexit__(self, *args):
        return 1


async def bad_enter():
    async with BadEnter():
        pass


async def agen():
    try:
        x = yield 1
        print('sent', x)
        yield 2
    finally:
        print('finally')


async def use():
    async for i in agen():
        print('item', i)
    a = agen()
    print(await a.__anext__(), await a.asend('s'))
    await a.aclose()
    a = agen()
    await a.asend(None)
    try:
        await a.athrow(ValueError('thrown'))
    except ValueError as e:
        print('got', e)
    try:
        await a.__anext__()
    except StopAsyncIteration:
        print('ended')
    return [i async for i in agen()]


async def default():
    async def empty():
        return
        yield

    return await anext(empty(), 'fallback')


for make in (bad_await, bad_for, bad_iter, bad_anext, bad_with, bad_enter, use, default):
    attempt(make)


def not_coroutine():
    yield from c


try:
    next(not_coroutine())
except TypeError as e:
    print(e)
