"""What CPython's own tests ask of its C API and what has a meaning without C.

Only conformance runs have this folder on their path. Methods that need the C API itself fail with AttributeError.
"""
import struct
import sys
import types

CHAR_MAX, CHAR_MIN, UCHAR_MAX = 127, -128, 255
SHRT_MAX, SHRT_MIN, USHRT_MAX = 32767, -32768, 65535
INT_MAX, INT_MIN, UINT_MAX = 2**31 - 1, -(2**31), 2**32 - 1
LONG_MAX, LONG_MIN, ULONG_MAX = 2**63 - 1, -(2**63), 2**64 - 1
LLONG_MAX, LLONG_MIN, ULLONG_MAX = LONG_MAX, LONG_MIN, ULONG_MAX
PY_SSIZE_T_MAX, PY_SSIZE_T_MIN, SIZE_MAX = LONG_MAX, LONG_MIN, ULONG_MAX
FLT_MAX, FLT_MIN = 3.4028234663852886e38, 1.1754943508222875e-38
DBL_MAX, DBL_MIN = sys.float_info.max, sys.float_info.min
WITH_PYMALLOC = True
USE_STACKCHECK = 0
SIZEOF_TIME_T = 8


class error(Exception):
    pass


class RecursingInfinitelyError(Exception):
    def __new__(cls, *args):
        return cls()


class awaitType:
    """An object whose only special method is __await__."""

    def __init__(self, result):
        self._result = result

    def __await__(self):
        return self._result


def raise_skip(what):
    import unittest

    raise unittest.SkipTest("the C API itself: " + what)


def raise_exception(cls, count):
    raise cls(*range(count))


def raise_memoryerror():
    raise MemoryError


def make_exception_with_doc(name, doc=None, base=None, dict=None):
    module, dot, bare = name.rpartition(".")
    if not dot:
        raise SystemError("PyErr_NewException: name must be module.class")
    namespace = {"__module__": module, **(dict or {})}
    if doc is not None:
        namespace["__doc__"] = doc
    bases = base if isinstance(base, tuple) else (base or Exception,)
    return type(bare, bases, namespace)


def exception_print(exception, *_):
    if not isinstance(exception, BaseException):
        raise TypeError("an exception instance is required")
    sys.__excepthook__(type(exception), exception, exception.__traceback__)


def traceback_print(tb, file):
    if not hasattr(tb, "tb_frame"):
        raise TypeError("PyTraceBack_Print() arg is not a traceback")
    import io

    class _End(Exception):
        pass

    old, sys.stderr = sys.stderr, io.StringIO()
    try:
        sys.__excepthook__(_End, _End(), tb)
        lines = sys.stderr.getvalue().splitlines(keepends=True)
    finally:
        sys.stderr = old
    file.write("".join(lines[:-1]))


def write_unraisable_exc(exception, err_msg, obj):
    message = f"Exception ignored {err_msg}" if err_msg else None
    if exception.__traceback__ is None:
        frame = sys._getframe(1)
        exception.__traceback__ = types.TracebackType(None, frame, frame.f_lasti, frame.f_lineno)
    args = _unraisable_type()((type(exception), exception, exception.__traceback__, message, obj))
    hook = sys.unraisablehook
    try:
        hook(args)
    except BaseException as error:
        message = "Exception ignored in sys.unraisablehook"
        args = _unraisable_type()((type(error), error, error.__traceback__, message, hook))
        sys.__unraisablehook__(args)


def _unraisable_type():
    """The type of the argument of sys.unraisablehook, which has no name in sys."""
    class Fails:
        def __del__(self):
            raise ValueError

    found = []
    hook = sys.unraisablehook
    sys.unraisablehook = lambda args: found.append(type(args))
    try:
        Fails()
    finally:
        sys.unraisablehook = hook
    return found[0]


def dict_getitem_knownhash(mapping, key, hash):
    if not isinstance(mapping, dict):
        raise SystemError("bad argument to internal function")
    return dict.__getitem__(mapping, key)


def sequence_getitem(sequence, index):
    if index < 0:
        raise IndexError("index out of range")
    return sequence[index]


def sequence_setitem(sequence, index, value):
    sequence[index] = value


def getbuffer_with_null_view(obj):
    raise BufferError("getbuffer called with NULL view")


_FLOAT_CODES = {2: "e", 4: "f", 8: "d"}


def float_pack(size, value, little):
    return struct.pack("<>"[not little] + _FLOAT_CODES[size], value)


def float_unpack(data, little):
    return struct.unpack("<>"[not little] + _FLOAT_CODES[len(data)], data)[0]


def unicode_legacy_string(text):
    return text


def create_cfunction():
    raise_skip("functions made in C")


def test_with_docstring():
    """This is a pretty normal docstring."""


def bad_get(self, instance, owner):
    return repr(self)


def run_in_subinterp(code):
    raise_skip("interpreters beside each other")


def pymem_getallocatorsname():
    return "pymalloc"
