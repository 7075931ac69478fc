"""Prints, as JSON, what re makes of the regular expressions that modules of the library compile when they are imported.

Run by the build with the Python that it has just built:  cli.js record_patterns.py MODULE...
"""
import importlib
import sys
import warnings

import re._compiler as compiler

original = compiler.compile
found = {}


def record(p, flags=0):
    compiled = original(p, flags)
    if type(p) in (str, bytes) and type(flags) is int and not flags & compiler.SRE_FLAG_DEBUG:
        tree = compiler._parser.parse(p, flags)
        key = f"{flags} {p}" if isinstance(p, str) else f"{flags}b{p.decode('latin-1')}"
        groups = [[name, number] for name, number in tree.state.groupdict.items()]
        found[key] = [flags | tree.state.flags, compiler._code(tree, flags), tree.state.groups - 1, groups]
    return compiled


compiler.compile = record
# What the module re itself compiles, before this could see it.
record('')
warnings.simplefilter("ignore")
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except Exception:
        # Of another system, or it needs a module that there is none of.
        pass

# Only now: the patterns of json are among those to record.
import json

# Text within text: a program reads only the few that it uses.
json.dump({key: json.dumps(value, separators=(",", ":")) for key, value in sorted(found.items())}, sys.stdout)
