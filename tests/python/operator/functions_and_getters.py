import _operator as op, _heapq as hq, _bisect as bi
print(op.itemgetter(1)([4,5]), op.itemgetter(1,0)('ab'), op.itemgetter('x')({'x':3}), op.itemgetter(1,'a'), op.itemgetter(slice(1,None))([1,2,3]))
class A: pass
a=A(); a.b=A(); a.b.c=5; a.m=lambda *x,**k:(x,k)
print(op.attrgetter('b.c')(a), op.attrgetter('b.c','b.c')(a), op.attrgetter('b','c.d'), op.methodcaller('m',1,x=2)(a), op.methodcaller('foo',1,x=2), op.methodcaller('m',1).__reduce__()[1])
for f in [lambda: op.itemgetter(), lambda: op.attrgetter(1), lambda: op.methodcaller(), lambda: op.methodcaller(1), lambda: op.add(1), lambda: op.add(1,'a'), lambda: op.concat(1,2), lambda: op.index('a'), lambda: op.length_hint([], 'a'), lambda: op.indexOf([1],2), lambda: op.countOf(5,1), lambda: op.call(), lambda: hq.heappush((),1), lambda: hq.heappop([]), lambda: hq.heappop(()), lambda: bi.bisect([1],1) if hasattr(bi,'bisect') else bi.bisect_left([1],1,-1), lambda: bi.bisect_left(5,1), lambda: op.itemgetter(1)(), lambda: op.itemgetter(x=1), lambda: op.abs('a'), lambda: op.neg('a'), lambda: op._compare_digest('a',b'a'), lambda: op._compare_digest('é','a')]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(op.add(1,2), op.concat([1],[2]), op.iadd([1],[2]), op.pow(2,10), op.not_(0), op.truth([]), op.contains([1],1), op.countOf([1,2,1],1), op.length_hint(iter([1,2])), op.length_hint(5,7), op.call(max,1,2))
l=[5,3,8,1,9,2]; hq.heapify(l); print(l); hq.heappush(l,0); print(l); print([hq.heappop(l) for _ in range(len(l))])
print(hq.heappushpop([2,3],1), hq.heapreplace([1,2],5)); l=[3,1,2]; hq._heapify_max(l); print(l, hq._heappop_max(l), hq._heapreplace_max(l,0), l)
print(bi.bisect_left([1,2,2,3],2), bi.bisect_right([1,2,2,3],2), bi.bisect_left([(1,),(2,)],2,key=lambda t:t[0])); l=[1,3]; bi.insort_left(l,2); print(l)
print(op._compare_digest('abc','abc'), op._compare_digest(b'a',b'b'))
