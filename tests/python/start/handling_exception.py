"""The first use of a module that the start has imported, while exceptions are handled and generators run."""
import sys


def numbers():
    try:
        yield sys.modules['stat'].S_IFREG
    finally:
        yield sys.modules['posixpath'].curdir


try:
    1 / 0
except ZeroDivisionError as error:
    before = sys.exc_info()
    sys.modules['os'].sep
    print(sys.exc_info() == before, error.__context__, error.__traceback__.tb_next)
    try:
        sys.modules['codecs'].nothing
    except AttributeError as second:
        print(second.__context__ is error, second.name, second.obj.__name__)
print(list(numbers()), sys.exc_info())


class Meta(type):
    def __getattr__(cls, name):
        return getattr(sys.modules['io'], name)


class Proxy(metaclass=Meta):
    pass


print(Proxy.SEEK_CUR, [sys.modules['_collections_abc'].Sized for _ in 'ab'][0].__name__)
