"""The part of CPython's internals that its own tests ask for and that has a meaning without C."""
import sys

SIZEOF_PYGC_HEAD = 16


def get_recursion_depth():
    frame, depth = sys._getframe(1), 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1
    return depth


def get_config():
    return {"code_debug_ranges": 1, "use_frozen_modules": 1, "faulthandler": 0, "tracemalloc": 0}
