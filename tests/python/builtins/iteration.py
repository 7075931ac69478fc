def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


class Loud:
    def __init__(self, truth):
        self.truth = truth

    def __bool__(self):
        print('asked', self.truth)
        return self.truth


show(all, [Loud(True), Loud(False), Loud(True)]), show(any, [Loud(False), Loud(True), Loud(False)])
show(all, 5), show(any, []), show(all, []), show(all)
show(min, 3, 1, 2), show(max, [3, 9, 2]), show(min, []), show(min, [], default=4), show(max, 1, 2, default=3)
show(max, ['aa', 'b', 'cc'], key=len), show(min, ['aa', 'b', 'c'], key=len), show(min), show(max, 1), show(min, 1, 'a')
show(min, [1], foo=2), show(max, 'a', 'b', key=None), show(max, [1, 2], key=3)
show(next, iter([])), show(next, iter([]), 5), show(next, 3), show(next), show(next, iter([1]), 2)
show(len, 3), show(len, 'abc'), show(iter, 3), show(iter, 3, 4)
print(list(iter([1, 2, 3, 1, 5].pop, 1)))
show(sorted, [3, 1, 2]), show(sorted, [3, 1, 2], reverse=True), show(sorted, 'bCa', key=str.upper)
show(sorted, [1, 'a']), show(sorted), show(sorted, [1], 2), show(sorted, [1], foo=3)
show(aiter, 3), show(anext, 3)


class Counter:
    def __init__(self, last):
        self.at, self.last = 0, last

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.at == self.last:
            raise StopAsyncIteration
        self.at += 1
        return self.at


async def main(counter):
    return [await anext(counter), await anext(counter, 'end'), await anext(counter, 'end')]


try:
    main(Counter(1)).send(None)
except StopIteration as stop:
    print(stop.value)
