"""The collector sees what the start has imported, and the first use of it is no reason to collect."""
import gc

import os
events = []
gc.collect()
gc.callbacks.append(lambda phase, info: events.append(phase))
gc.set_threshold(10)
os.sep
count = len(events)
gc.callbacks.clear()
gc.set_threshold(700)
print(count)
names = {object.__name__ for object in gc.get_objects() if isinstance(object, type)}
print([name for name in ('Mapping', 'CodecInfo', 'TextIOBase', '_wrap_close', 'Quitter') if name not in names])
import sys
referents = gc.get_referents(sys.modules['stat'])
print([len(value) > 100 for value in referents if isinstance(value, dict)])
