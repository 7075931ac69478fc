"""What the start has imported is all there, whichever way a program first looks at it."""
import sys

names = ['codecs', 'encodings', 'encodings.aliases', 'encodings.utf_8', 'abc', 'io', 'stat', '_collections_abc',
         'genericpath', 'posixpath', 'os.path', 'os', '_sitebuiltins', 'site', '_codecs', '_signal', '_abc', '_stat']
print([name for name in names if name not in sys.modules])
print({type(sys.modules[name]).__name__ for name in names})

print(vars(sys.modules['stat'])['S_IFMT'](0o100644))
print('normpath' in dir(sys.modules['posixpath']))
print(sys.modules['os.path'] is sys.modules['posixpath'])
print(repr(sys.modules['genericpath'])[:21])
print(hasattr(sys.modules['io'], 'nothing_of_this_name'))
try:
    sys.modules['abc'].nothing_of_this_name
except AttributeError as error:
    print(error)
print(type(sys.modules['os']).__getattribute__(sys.modules['os'], 'sep'))
print(sys.modules['_collections_abc'].__spec__.name, sys.modules['_collections_abc'].__spec__._initializing)
print(sys.modules['encodings'].aliases is sys.modules['encodings.aliases'], sys.modules['encodings'].utf_8.__name__)
print(sys.modules['_signal'].SIGINT, sys.modules['_stat'].S_IFDIR)

sys.modules['codecs'].added = 1
print(list(sys.modules['codecs'].__dict__)[-1], len(sys.modules['codecs'].__all__))

import site
print([name for name in ('PREFIXES', 'USER_SITE', 'USER_BASE', 'ENABLE_USER_SITE') if name not in vars(site)])
print(site.USER_SITE == site.getusersitepackages(), site.USER_BASE == site.getuserbase())
print(sys.flags.no_site, sys.path == sorted(set(sys.path), key=sys.path.index))
print([type(value).__name__ for value in (quit, exit, copyright, credits, license, help)], quit, exit)
print(help, license._Printer__data, credits._Printer__lines)
print(sys.__interactivehook__.__qualname__, sys.__interactivehook__.__globals__ is vars(site))
