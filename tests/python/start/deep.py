"""The first use of a module that the start has imported takes no more of the recursion limit than a later one."""
import sys


def down(n, name, attribute):
    if n == 0:
        return getattr(sys.modules[name], attribute)
    return down(n - 1, name, attribute)


def limit():
    n = 0
    while True:
        try:
            down(n + 1, 'sys', 'path')
        except RecursionError:
            return n
        n += 1


sys.setrecursionlimit(150)
deepest = limit()
print(down(deepest, 'os', 'sep'), down(deepest, 'posixpath', 'sep'), down(deepest, 'io', 'SEEK_END'))
print(down(deepest, 'codecs', 'BOM_UTF8'), down(deepest, '_collections_abc', 'Sized'))
print('ä'.encode('cp1252'))
