"""While somebody looks on, the code of a module runs when it is imported."""
import sys

called = []


def trace(frame, event, arg):
    if frame.f_code.co_name == '<module>':
        called.append(frame.f_globals['__name__'])


sys.settrace(trace)
import textwrap
sys.settrace(None)
print('textwrap' in called)

import builtins
imported = []
original = builtins.__import__
builtins.__import__ = lambda name, *args: imported.append(name) or original(name, *args)
import dis
builtins.__import__ = original
print('opcode' in imported)

import threading
results = []
threads = [threading.Thread(target=lambda: results.append(sys.modules['traceback'].__name__)) for _ in range(3)]
import traceback
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results)
