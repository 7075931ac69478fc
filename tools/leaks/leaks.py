"""Runs Python programs again and again in one interpreter and tells what each run leaves behind.

Usage: taipan tools/leaks/leaks.py [-v] PROGRAM...

The objects that the cycle collector watches are counted by type after each run; the first runs may fill caches,
so only what still grows afterwards is a leak. With -v some of the leaked objects and their referrers are shown.
The exit status is 1 if anything leaks.
"""
import collections
import contextlib
import gc
import io
import os
import sys

WARM_UP = 2
MEASURED = 3


@contextlib.contextmanager
def undone():
    """Undoes what programs may change for all that runs after them."""
    directory = os.getcwd()
    callbacks = gc.callbacks[:]
    importers = set(sys.path_importer_cache)
    try:
        yield
    finally:
        os.chdir(directory)
        gc.callbacks[:] = callbacks
        gc.enable()
        gc.set_debug(0)
        for path in set(sys.path_importer_cache) - importers:
            del sys.path_importer_cache[path]


def run(path):
    """Runs a program as a main module whose output is thrown away."""
    with undone():
        run_alone(path)


def run_alone(path):
    with open(path, encoding='utf-8') as file:
        code = compile(file.read(), path, 'exec')
    namespace = {'__name__': '__main__', '__file__': path, '__builtins__': __builtins__}
    streams = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = io.StringIO()
    try:
        try:
            exec(code, namespace)
        except (Exception, SystemExit):
            pass
        # What a program has defined refers to its namespace, and finalisers may still print.
        namespace.clear()
        gc.collect()
    finally:
        sys.stdout, sys.stderr = streams


def census():
    """Counts the living objects by type."""
    for _ in range(3):
        gc.collect()
    return collections.Counter(type(obj).__name__ for obj in gc.get_objects())


def leaks(path):
    """What each of the measured runs of a program added, by type."""
    for _ in range(WARM_UP):
        run(path)
    before = census()
    for _ in range(MEASURED):
        run(path)
    after = census()
    grown = {name: count - before[name] for name, count in after.items() if count - before[name] >= MEASURED}
    return grown


def show(path, names):
    """Shows what one more run leaves behind of some types."""
    census()
    known = {id(obj) for obj in gc.get_objects()}
    run(path)
    census()
    fresh = [obj for obj in gc.get_objects() if id(obj) not in known and type(obj).__name__ in names]
    for obj in fresh[:5]:
        print('   ', type(obj).__name__, ascii(repr(obj))[:100])
        for referrer in gc.get_referrers(obj)[:5]:
            if referrer is not fresh and not isinstance(referrer, type(sys._getframe())):
                print('        from', type(referrer).__name__, ascii(repr(referrer))[:100])


def main(arguments):
    verbose = '-v' in arguments
    failed = False
    for path in arguments:
        if path == '-v':
            continue
        sys.argv = [path]
        grown = leaks(os.path.abspath(path))
        if not grown:
            print('ok', os.path.basename(path))
            continue
        failed = True
        text = ', '.join(f'{count} {name}' for name, count in sorted(grown.items()))
        print(f'LEAK {os.path.basename(path)}: {text} in {MEASURED} runs')
        if verbose:
            show(os.path.abspath(path), grown)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
