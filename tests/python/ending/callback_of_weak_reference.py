import weakref


class Thing:
    pass


thing = Thing()
cycle = [thing]
cycle.append(cycle)
final = weakref.finalize(thing, print, "finalized")
print("last line")
