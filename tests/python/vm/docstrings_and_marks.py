# Docstrings of builtins, and the marks that a traceback puts under a line with brackets and wide characters.
import sys

print(list.append.__doc__)
print(int.__add__.__doc__)
print(abs.__doc__)
print(bin.__doc__.splitlines()[0])
print(bytearray.__doc__.splitlines()[0])


class Stream:
    """Takes what the hook writes, without what depends on where this file is."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def subscript(items):
    return items     [    "key"  ] + 1


def operation(a, b):
    return ( a   )   + b


def wide(a):
    return "宽的" + a + ("字" + a)[1]


for call in (lambda: subscript({}), lambda: operation(1, ""), lambda: wide(None)):
    try:
        call()
    except Exception as error:
        sys.stderr, stream = Stream(), sys.stderr
        sys.__excepthook__(type(error), error, error.__traceback__.tb_next.tb_next)
        sys.stderr, stream = stream, sys.stderr
        print(*stream.text.splitlines()[-3:], sep="\n")
