"""A program that replaces builtins does not see the first use of a module that the start has imported."""
import builtins

original = builtins.__import__
builtins.__import__ = lambda name, *args: print('import', name) or original(name, *args)
builtins.property = builtins.zip = builtins.set = None
del builtins.range
import os
import io, codecs
print(os.sep, io.SEEK_END, codecs.BOM_UTF8)
print(os.fspath('x'), property, zip, 'range' in vars(builtins))
builtins.__import__ = original
