"""What the start has imported can first be used while Python ends."""
import sys
import atexit


class Late:
    def __init__(self, *modules):
        self.modules = modules

    def __del__(self):
        os, codecs = self.modules
        print('late', os.sep, os.path.join('a', 'b'), codecs.BOM_UTF8)


import os, codecs
late = Late(os, codecs)
atexit.register(lambda: print('exit', sys.modules['stat'].S_ISDIR(0)))
del os, codecs
