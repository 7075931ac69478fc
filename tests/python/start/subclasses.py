"""Classes know their subclasses in modules that the program has not used, and ABCs what is registered there."""
names = {cls.__name__ for cls in object.__subclasses__()}
print([name for name in ('Hashable', 'Sized', 'Codec', '_wrap_close', 'Quitter', '_Printer') if name not in names])
import _io
print(sorted(cls.__name__ for cls in _io._IOBase.__subclasses__()))
import _collections_abc
print([cls.__name__ for cls in _collections_abc.MutableMapping.__subclasses__()][:1])
import abc
token = abc.get_cache_token()
import os, io, codecs
os.sep, io.SEEK_END, codecs.BOM_UTF8
print(token == abc.get_cache_token())
match range(3):
    case [0, *rest]:
        print(rest)
match os.environ:
    case {**items}:
        print(type(items))
