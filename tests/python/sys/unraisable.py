import sys


class Fails:
    def __init__(self, error):
        self.error = error

    def __del__(self):
        raise self.error


def hook(args):
    print(type(args).__name__, args.exc_type.__name__, args.exc_value, args.err_msg, args.object.__qualname__)


sys.unraisablehook = hook
Fails(ValueError('first'))
sys.unraisablehook = lambda args: print('replaced', args.exc_value)
Fails(KeyError('second'))
sys.unraisablehook = sys.__unraisablehook__
sys.stderr = sys.stdout


class Other(Exception):
    pass


error = Other('shown')
try:
    sys.unraisablehook(3)
except TypeError as wrong:
    print(wrong)
