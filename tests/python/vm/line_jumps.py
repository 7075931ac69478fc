import sys


def straight():
    out = []
    out.append(1)
    out.append(2)
    out.append(3)
    return out


def blocks():
    out = []
    for i in range(2):
        out.append(i)
        out.append(10)
    try:
        out.append(5)
    except ValueError:
        out.append(6)
    if out is None:
        out.append(7)
    return out


def jump(function, at, to):
    first = function.__code__.co_firstlineno
    done = []

    def tracer(frame, event, arg):
        if frame.f_code is function.__code__ and event == 'line' and frame.f_lineno == first + at and not done:
            done.append(1)
            try:
                frame.f_lineno = first + to
            except ValueError as e:
                print('ValueError', str(e).split(str(first + to))[-1])
        return tracer

    sys.settrace(tracer)
    try:
        result = function()
    finally:
        sys.settrace(None)
    print(function.__name__, at, to, result)


for function, at, to in (
    (straight, 2, 4),
    (straight, 4, 1),
    (straight, 3, 100),
    (straight, 3, -3),
    (blocks, 1, 3),
    (blocks, 4, 5),
    (blocks, 6, 8),
    (blocks, 4, 9),
    (blocks, 6, 2),
    (blocks, 5, 10),
):
    jump(function, at, to)
try:
    sys._getframe().f_lineno = 1
except ValueError as e:
    print(e)
