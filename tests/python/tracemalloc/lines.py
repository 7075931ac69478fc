import tracemalloc
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
tracemalloc.start(2)
def make(size):
    return bytes(size)
kept = make(100_000)
dicts = [{'x': i} for i in range(1000)]
snapshot = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, __file__)])
top = snapshot.statistics('lineno')
print([stat.traceback[0].lineno for stat in top[:2]])
by_line = {stat.traceback[0].lineno: stat for stat in top}
print(by_line[5].size, by_line[5].count)
print([frame.lineno for frame in tracemalloc.get_object_traceback(kept)])
del snapshot, top, by_line
before, peak = tracemalloc.get_traced_memory()
del kept
after, same = tracemalloc.get_traced_memory()
print(peak >= before, peak == same, tracemalloc.get_traceback_limit())
tracemalloc.reset_peak()
print(tracemalloc.get_traced_memory()[1] < peak)
tracemalloc.clear_traces()
print(tracemalloc.get_object_traceback(dicts[0]))
tracemalloc.stop()
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
for count in (0, -1, 65536):
    try: tracemalloc.start(count)
    except ValueError as e: print(e)
