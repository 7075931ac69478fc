import sys


def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


print(sys.version_info[:2], sys.version_info.releaselevel, sys.hexversion >> 16 == 0x30b, sys.byteorder, sys.platform)
print(sys.float_info, sys.int_info, sys.hash_info, sep='\n')
print(sys.maxsize, sys.maxunicode, sys.getrecursionlimit(), sys.getdefaultencoding(), sys.implementation.cache_tag)
show(type(sys.flags)), show(type(sys.version_info)), show(sys.setrecursionlimit, 0), show(sys.setrecursionlimit, 'x')
show(sys.setrecursionlimit, 1), show(sys.intern, 3), show(sys.intern, 'abc'), show(sys.setswitchinterval, 0)
show(sys.set_int_max_str_digits, 5), show(sys.getsizeof), show(sys.getsizeof, [], 0), show(sys._getframe, 10000)
show(sys.getsizeof, 0), show(sys.getsizeof, 2**30), show(sys.getsizeof, 'abc'), show(sys.getsizeof, b'abc')
show(sys.getsizeof, ()), show(sys.getsizeof, (1, 2)), show(sys.getsizeof, {}), show(sys.getsizeof, 1.5)


class Sized:
    def __sizeof__(self):
        return -1


show(sys.getsizeof, Sized()), show(sys.getsizeof, object())
a = []
b = a
print(sys.getrefcount(a))
del b
print(sys.getrefcount(a))
try:
    raise ValueError('x')
except ValueError as error:
    print(sys.exc_info()[0], sys.exception() is error, sys.exc_info()[2] is error.__traceback__)
print(sys.exc_info(), sys.exception())
for status in (None, 3, 'text', (1, 2)):
    try:
        sys.exit(status)
    except SystemExit as error:
        print(repr(error), repr(error.code))
sys.displayhook(None)
sys.displayhook([1])
import builtins

print(builtins._)
show(sys.audit), show(sys.audit, 3), show(sys.audit, 'event', 1)
print(sys.get_asyncgen_hooks())
show(sys.set_asyncgen_hooks, 3), show(sys.call_tracing, max, (1, 2))


def frames():
    return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name


print(frames())
