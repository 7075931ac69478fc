import gc
gc.collect()
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
a = A(1); a.me = a; del a
print(gc.collect())
a = A(2); b = A(3); a.o = b; b.o = a; del a, b
print(gc.collect(0))
class B: pass
def chain(n):
    first = last = B()
    for i in range(n):
        x = B(); x.prev = last; last.next = x; last = x
    last.next = first
    first.prev = last
chain(10)
print(gc.collect())
l = []; l.append(l); del l
print(gc.collect())
d = {}; d['d'] = d; del d
print(gc.collect())
def f():
    def g(): return g
    return g
f(); print(gc.collect())
class C:
    def m(self): return C
del C; print(gc.collect() > 0)
print(gc.get_threshold())
print(gc.is_tracked([]), gc.is_tracked(1), gc.is_tracked("a"), gc.is_tracked({}), gc.is_tracked({"a": 1}), gc.is_tracked({"a": []}))
keep = []
class R:
    def __del__(self): keep.append(self)
r = R(); r.r = r; del r
print(gc.collect(), len(keep), gc.is_finalized(keep[0]))
keep.clear(); print(gc.collect(), len(keep))
print(gc.get_referents([1,2,3]), gc.get_referents({5: 7}), gc.get_referents({'a': 2}), gc.get_referents((1, [2])))
x = [1]; y = [x]
print([z is y for z in gc.get_referrers(x) if type(z) is list])
gc.freeze(); print(gc.get_freeze_count() > 0); gc.unfreeze(); print(gc.get_freeze_count())
gc.set_debug(gc.DEBUG_SAVEALL)
l = []; l.append(l); del l
print(gc.collect(), gc.garbage)
gc.set_debug(0); gc.garbage.clear(); gc.collect()
def cb(phase, info): print(phase, info)
gc.callbacks.append(cb)
gc.collect(1)
gc.callbacks.clear()
print(gc.collect())
try: 1/0
except ZeroDivisionError as e:
    err = e
    err.self = err
del err
print(gc.collect())
def gen():
    me = yield
    yield me
g = gen(); next(g); g.send(g); del g
print(gc.collect())
n = 0
class D:
    def __del__(self):
        global n
        n += 1
for i in range(3000):
    q = D(); q.q = q
print(n > 1000)
for i in range(3):
    try: gc.collect(5)
    except ValueError as e: print(e)
