import gc, weakref
gc.disable()
gc.collect()
class Node:
    def __init__(self, name): self.name = name
    def __del__(self): print('finalize', self.name)
a, b = Node('a'), Node('b')
a.other, b.other = b, a
outside = weakref.ref(a, lambda ref: print('callback', ref()))
a.inside = weakref.ref(b, lambda ref: print('never'))
del a, b
print(gc.collect())
saved = []
class Back:
    def __del__(self): saved.append(self)
x = Back(); x.me = x
del x
print(gc.collect(), len(saved), gc.is_finalized(saved[0]))
saved.clear()
print(gc.collect(), len(saved))
def cycles():
    def g(): return g
    yield_ = (i for i in [1]); next(yield_)
    l = []; l.append(l)
    d = {}; d['d'] = d
    t = ([],); t[0].append(t)
    s = set()
    class S: pass
    o = S(); o.s = s; s.add(o)
    m = [].append; l2 = [m]; m.__self__.append(m)
    it = iter(l2); l2.append(it)
    p = property(lambda self: p)
cycles()
print(gc.collect() > 0, gc.garbage)
gc.set_debug(gc.DEBUG_SAVEALL)
l = []; l.append(l); del l
print(gc.collect(), gc.garbage)
gc.set_debug(0); gc.garbage.clear()
print(gc.collect())
for args in ((3,), (-1,), ('a',)):
    try: gc.collect(*args)
    except (ValueError, TypeError) as e: print(e)
for generation in (3, -2):
    try: gc.get_objects(generation)
    except ValueError as e: print(e)
