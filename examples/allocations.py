"""Where memory comes from: tracemalloc tells the line that made each object."""
import tracemalloc


def lists(count):
    return [[] for _ in range(count)]


def table(count):
    return {i: None for i in range(count)}


tracemalloc.start()
keep = lists(1000)
before = tracemalloc.take_snapshot()
more = table(1000)
after = tracemalloc.take_snapshot()
tracemalloc.stop()

for stat in before.filter_traces([tracemalloc.Filter(True, __file__)]).statistics("lineno")[:1]:
    print("line", stat.traceback[0].lineno, "made", stat.count > 900)
for stat in after.compare_to(before, "lineno"):
    if stat.traceback[0].filename == __file__ and stat.size_diff > 30000:
        print("line", stat.traceback[0].lineno, "grew")
