"""Modules that others import for a few of their functions are complete at their first use, however it comes about."""
import sys
import dataclasses
import subprocess

names = ['ast', 'dis', 'opcode', 'inspect', 'linecache', 'locale', 'signal', 'token', 'tokenize', '_ast', '_opcode']
print([name for name in names if name not in sys.modules])
print(sys.modules['dis'].opname[100], sys.modules['opcode'].stack_effect(1), sys.modules['_ast'].Name._fields)

node = compile('"text"', '<string>', 'eval', 0x400)
print(type(node).__module__, node.body.s, type(node.body).__name__)


def broken():
    raise ValueError('broken')


try:
    broken()
except ValueError as error:
    import traceback
    print(traceback.format_exc().splitlines()[-1], sys.exc_info()[1] is error)
    print([entry.name for entry in traceback.extract_tb(error.__traceback__)])

entered = sys.modules.pop('signal')
print(entered.SIGINT, entered.Signals.__module__, 'signal' in sys.modules)
import signal
print(signal is entered, signal.SIGTERM == entered.SIGTERM, signal.Signals is entered.Signals)
sys.modules['signal'] = entered


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0


print(Point.__doc__, sys.modules['inspect'].signature(broken))


def generator():
    import tokenize, io
    for token in tokenize.generate_tokens(io.StringIO('a = 1\n').readline):
        yield tokenize.tok_name[token.type]


print(list(generator()))
from locale import LC_ALL as category
print(category == sys.modules['locale'].LC_ALL, sys.modules['locale'].normalize('de_DE'))
from inspect import *
print(isgenerator(generator()))
