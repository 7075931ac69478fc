# Threads that wait while a builtin has called them back: each of them goes on when it can.
import functools
import itertools
import threading
from _queue import SimpleQueue

# An iterator that waits inside tee(): the other branch sees that it is in use.
start, finish = threading.Event(), threading.Event()


class Slow:
    def __iter__(self):
        return self

    def __next__(self):
        start.set()
        finish.wait(5)


a, b = itertools.tee(Slow())
thread = threading.Thread(target=next, args=[a])
thread.start()
start.wait()
try:
    next(b)
except RuntimeError as error:
    print("tee:", error)
finish.set()
thread.join()

# A key function that waits for the main thread.
inside, go = threading.Event(), threading.Event()


def key(number):
    inside.set()
    go.wait()
    return -number


results = []
thread = threading.Thread(target=lambda: results.append(sorted([1, 2, 3], key=key)))
thread.start()
inside.wait()
print("the other thread is inside sorted()")
go.set()
thread.join()
print(results)

# What a builtin has taken before it had to wait is not lost.
queue = SimpleQueue()
thread = threading.Thread(target=lambda: results.append(list(iter(queue.get, None))))
thread.start()
for item in range(5):
    queue.put(item)
queue.put(None)
thread.join()
print(results[-1])

# The main thread waits inside a builtin for one that waits inside another.
first, second, log = threading.Event(), threading.Event(), []


def theirs(number):
    log.append("theirs begins")
    first.set()
    second.wait()
    log.append("theirs ends")
    return number


def ours(number):
    first.wait()
    log.append("ours")
    second.set()
    return number


thread = threading.Thread(target=lambda: sorted([1], key=theirs))
thread.start()
print(sorted([5], key=ours))
thread.join()
print(log)

# A thread inside a builtin that turns round until somebody stops it.
stop = []


def spin(number):
    while not stop:
        pass
    return number


thread = threading.Thread(target=lambda: results.append(sorted([2, 1], key=spin)))
thread.start()
threading.Event().wait(0.01)
stop.append(True)
thread.join()
print(results[-1])

# Several threads wait inside a cached function for each other.
barrier = threading.Barrier(4)


@functools.lru_cache
def meet(number):
    barrier.wait(10)
    return number * 2


threads = [threading.Thread(target=lambda n=n: results.append(meet(n))) for n in range(3)]
for thread in threads:
    thread.start()
barrier.wait(10)
for thread in threads:
    thread.join()
print(sorted(results[-3:]))
