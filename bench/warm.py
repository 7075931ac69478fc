"""Compiles all files of a list, once for each line on standard input, and answers each with the seconds it took."""
import marshal
import sys
import time
import warnings

warnings.simplefilter("ignore")
files = []
with open(sys.argv[1]) as f:
    for path in f.read().split("\n"):
        with open(path, "rb") as source:
            files.append((path, source.read()))
for _ in sys.stdin:
    start = time.perf_counter()
    for path, source in files:
        try:
            marshal.dumps(compile(source, path, "exec", 0, True, 0))
        except (SyntaxError, ValueError):
            pass
    print(time.perf_counter() - start, flush=True)
