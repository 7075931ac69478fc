import sys


def tracer(frame, event, arg):
    if event == 'exception':
        arg = (arg[0].__name__, str(arg[1]))
    print(frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, event, arg)
    return tracer


def run(function):
    print('---', function.__name__)
    sys.settrace(tracer)
    try:
        function()
    except Exception as e:
        sys.settrace(None)
        print('raised', type(e).__name__, e)
    finally:
        sys.settrace(None)


def loop():
    t = 0
    for i in range(2):
        t += i
    while t:
        t -= 1
    return t


def raises():
    try:
        1 / 0
    except ZeroDivisionError:
        pass
    raise ValueError('out')


def gen():
    yield 1
    return 3


def uses_gen():
    for _ in gen():
        pass


def delegates():
    return list(inner())


def inner():
    yield from gen()


def manages():
    class Manager:
        def __enter__(self):
            return 1

        def __exit__(self, *args):
            return True

    with Manager():
        raise TypeError('t')
    return 5


async def awaits():
    async def one():
        return 1

    return await one()


def runs_awaits():
    try:
        awaits().send(None)
    except StopIteration:
        pass


for function in (loop, raises, uses_gen, delegates, manages, runs_awaits):
    run(function)


def opcodes(frame, event, arg):
    frame.f_trace_opcodes = True
    frame.f_trace_lines = False
    print(frame.f_code.co_name, event)
    return opcodes


def small():
    x = 1
    return x


sys.settrace(opcodes)
small()
sys.settrace(None)


def profiler(frame, event, arg):
    print('profile', frame.f_code.co_name, event, getattr(arg, '__name__', None))


sys.setprofile(profiler)
loop()
len([])
list.append([], 1)
try:
    [].pop()
except IndexError:
    pass
sys.setprofile(None)


def changed():
    a = 1
    b = 2
    return a + b


def changer(frame, event, arg):
    if event == 'line' and 'b' in frame.f_locals:
        frame.f_locals['a'] = 77
    return changer


sys.settrace(changer)
print_me = changed()
sys.settrace(None)
print(print_me)
