"""What programs see of the import of modules of the library."""
import _frozen_importlib as bootstrap
import os
import sys
import tempfile
import warnings

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)


def write(name, text):
    with open(os.path.join(folder, name), 'w') as file:
        file.write(text)


def forget(*names):
    for name in names:
        sys.modules.pop(name, None)


# A module that the library imports sees the frames of both imports.
write('heapq.py', '''
import sys, warnings
frame = sys._getframe()
while frame is not None:
    print(frame.f_code.co_name, end=' ')
    if frame.f_code.co_name.startswith('_find'):
        print(frame.f_locals['name'], end=' ')
    frame = frame.f_back
print()
warnings.warn('at the import', stacklevel=2)
warnings.warn('at the import of the import', stacklevel=3)
heappush = heappop = None
print(sys.modules['sched'].__spec__._initializing, 'scheduler' in vars(sys.modules['sched']))
''')
forget('heapq', 'sched')
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    import sched
for warning in caught:
    print(warning.message, os.path.basename(warning.filename))
os.remove(os.path.join(folder, 'heapq.py'))
forget('heapq', 'sched')


def describe(name):
    module = sys.modules[name]
    spec = module.__spec__
    print(name, [key for key in vars(module) if key.startswith('__')][:9])
    print(' ', list(vars(spec)), type(spec.loader) is type, spec._initializing, spec._uninitialized_submodules)
    print(' ', spec.parent, spec.has_location, spec.cached is None, spec.submodule_search_locations is None)
    print(' ', module.__package__, module.__loader__ is spec.loader, getattr(module, '__path__', None) is spec.submodule_search_locations)


forget('json', 'json.decoder', 'json.scanner', 'json.encoder', 'stat', 'colorsys')
before = len(sys.modules)
import json.decoder
import colorsys
import stat
print([name for name in list(sys.modules)[before:] if name.startswith('json') or name in ('colorsys', 'stat')])
for name in 'json', 'json.decoder', 'colorsys', 'stat':
    describe(name)
print(json.decoder is sys.modules['json.decoder'], colorsys.__spec__.cached == colorsys.__cached__)

# What is not there.
for name in 'no_such_module', 'json.no_such_module', 'colorsys.anything', 'no_such_package.module':
    try:
        __import__(name)
    except ImportError as error:
        print(type(error).__name__, error, error.name, error.path, error.__context__, error.__traceback__.tb_next)

# A file that comes later is found.
forget('colorsys')
write('colorsys.py', 'print("our colorsys")')
import colorsys
print(os.path.dirname(colorsys.__file__) == folder)
os.remove(os.path.join(folder, 'colorsys.py'))
sys.path_importer_cache[folder].invalidate_caches()
forget('colorsys')
import colorsys
print(os.path.dirname(colorsys.__file__) == folder)


# Whoever changes the import system is asked.
class Finder:
    @staticmethod
    def find_spec(name, path, target=None):
        print('asked for', name, path is None)


sys.meta_path.insert(0, Finder)
forget('colorsys')
import colorsys
sys.meta_path.remove(Finder)

original = bootstrap._load_unlocked


def load_unlocked(spec):
    print('loads', spec.name)
    return original(spec)


bootstrap._load_unlocked = load_unlocked
forget('colorsys')
import colorsys
bootstrap._load_unlocked = original

original = bootstrap.ModuleSpec.__init__


def init(self, name, *args, **kwargs):
    print('spec of', name)
    original(self, name, *args, **kwargs)


bootstrap.ModuleSpec.__init__ = init
forget('colorsys')
import colorsys
bootstrap.ModuleSpec.__init__ = original

# A module whose code fails is not left behind.
write('heapq.py', 'raise KeyError("broken")')
sys.path_importer_cache[folder].invalidate_caches()
forget('heapq', 'sched')
try:
    import sched
except KeyError as error:
    names = []
    entry = error.__traceback__
    while entry is not None:
        names.append(os.path.basename(entry.tb_frame.f_code.co_filename))
        entry = entry.tb_next
    print(error, names, 'sched' in sys.modules, 'heapq' in sys.modules)
os.remove(os.path.join(folder, 'heapq.py'))

# Another thread finds modules locked by the one that imports them.
write('heapq.py', '''
import _frozen_importlib, _thread
heappush = heappop = None
done = _thread.allocate_lock()
done.acquire()
_thread.start_new_thread(done.release, ())
for name in 'sched', 'heapq':
    lock = _frozen_importlib._module_locks[name]()
    print(name, lock.count, lock.owner == _thread.get_ident())
done.acquire()
''')
sys.path_importer_cache[folder].invalidate_caches()
forget('heapq', 'sched')
import sched
print(sorted(bootstrap._module_locks), bootstrap._blocking_on)
os.remove(os.path.join(folder, 'heapq.py'))
os.rmdir(folder)

# Hooks of audits and tracers see it all.
events = []
sys.setprofile(lambda frame, event, arg: events.append(frame.f_code.co_name) if event == 'call' else None)
forget('colorsys')
import colorsys
sys.setprofile(None)
print('_find_and_load' in events, '_load_unlocked' in events, 'exec_module' in events)
del events[:]
sys.addaudithook(lambda event, args: events.append(event) if event in ('import', 'exec') else None)
forget('colorsys')
import colorsys
print(events)
