from _collections import deque, defaultdict, OrderedDict, _count_elements
d=deque([1,2,3],maxlen=3); d.append(4); print(d, d.maxlen, len(d)); d.appendleft(0); print(d)
d.rotate(1); print(d); d.reverse(); print(list(d), d[0], d[-1]); 
d=deque(range(10)); d.rotate(-3); print(d); d.insert(2,'x'); print(d); d.remove('x'); print(d, d.index(5), d.count(5)); del d[3]; print(d)
print(d==deque(d), d<deque([100]), d+deque([1]), deque([1,2])*2, d.copy())
dd=defaultdict(list); dd['a'].append(1); print(dd, dd.copy(), dd|{1:2})
o=OrderedDict([('a',1),('b',2)]); o.move_to_end('a'); print(o, list(o.items()), list(reversed(o))); o.x=5; print(o.__dict__, o==OrderedDict(b=2,a=1), o=={'a':1,'b':2}); print(o.popitem(last=False), o)
m={}; _count_elements(m,'abracadabra'); print(m)
from _functools import partial, reduce, cmp_to_key, _lru_cache_wrapper
p=partial(int, base=2); print(p('101'), p); print(reduce(lambda a,b:a+b,[1,2,3],10))
print(sorted([3,1,2], key=cmp_to_key(lambda a,b:b-a)))
f=_lru_cache_wrapper(lambda x:x*2, 2, False, tuple) if 0 else None
