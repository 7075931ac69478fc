import sys


def outer():
    x = 5

    def inner():
        z = x + 2
        frame = sys._getframe()
        print(frame.f_code.co_name, frame.f_back.f_code.co_name, sorted(frame.f_locals), frame.f_lineno - frame.f_code.co_firstlineno)
        1 / 0

    return inner()


try:
    outer()
except ZeroDivisionError as e:
    tb = e.__traceback__
frames = []
while tb is not None:
    frames.append(tb.tb_frame)
    tb = tb.tb_next
print([f.f_code.co_name for f in frames], frames[2].f_back is frames[1])
print(frames[1].f_locals['x'], frames[2].f_locals['z'])
frames[2].clear()
print(frames[2].f_locals)
try:
    sys._getframe().clear()
except RuntimeError as e:
    print(e)


def suspended():
    try:
        yield
    finally:
        print('cleared')


g = suspended()
next(g)
g.gi_frame.clear()


def f(a, b=1, *args, c, d=2, **kw):
    def g():
        return a

    return g


code = f.__code__
print(code.co_argcount, code.co_kwonlyargcount, code.co_nlocals, code.co_varnames, code.co_cellvars, code.co_freevars)
other = code.replace(co_name='other')
print(other.co_name, other == code, other.replace(co_name='f') == code, hash(code) == hash(code.replace()))
for change in (
    {'co_argcount': -1},
    {'co_name': 1},
    {'co_consts': []},
    {'co_code': 'x'},
    {'co_nlocals': 77},
    {'co_code': b'abc'},
    {'foo': 1},
):
    try:
        code.replace(**change)
    except Exception as e:
        print(type(e).__name__, e)
print(list(code.co_lines())[0][:2], len(list(code.co_positions())) * 2 == len(code.co_code))
for attribute, value in (
    ('__code__', 1),
    ('__code__', (lambda: 0).__code__),
    ('__code__', f(1, c=2).__code__),
    ('__name__', 1),
    ('__defaults__', []),
    ('__kwdefaults__', ()),
    ('__annotations__', 1),
    ('__dict__', 1),
    ('__closure__', ()),
):
    try:
        setattr(f, attribute, value)
        print(attribute, 'set')
    except Exception as e:
        print(type(e).__name__, e)
FunctionType = type(f)
for args in ((1, {}), ((lambda: 0).__code__, 1), ((lambda: 0).__code__, {}, 3), ((lambda: 0).__code__, {}, 'n', 3)):
    try:
        FunctionType(*args)
    except TypeError as e:
        print(e)
