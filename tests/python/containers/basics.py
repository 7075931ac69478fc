l=[3,1,2]
l.sort(); print(l)
print([x*2 for x in l], tuple(l), (1,), ())
d={'a':1,2:3}
print(d, list(d.items()), list(d.keys()), d.get('a'), d.get('z',5))
s={3,1,2,10,5}
print(s, frozenset([1,2]), 3 in s, s|{99}, s&{1,2}, s-{1}, s^{1,77})
for i,x in enumerate('abc'): print(i,x)
print(list(zip([1,2,3],'abc')), list(map(str,[1,2])), list(filter(None,[0,1,2])), list(reversed([1,2,3])))
print(range(10)[2:5], list(range(0,20,3)), len(range(5)))
a,b,*c=[1,2,3,4]
print(a,b,c)
print(sorted([3,1,2]) if 0 else 0)
print(l[::-1], l[1:], slice(1,2), slice(1,2,3).indices(10))
l=[1]; l.append(l); print(l)
print({'a':{'b':[1,(2,3)]}})
try: {}['x']
except KeyError as e: print(repr(e), e.args)
try: [][1]
except IndexError as e: print(e)
try: {[]:1}
except TypeError as e: print(e)
class K:
    def __init__(s,v): s.v=v
    def __hash__(s): return hash(s.v)
    def __eq__(s,o): return s.v==getattr(o,'v',o)
    def __repr__(s): return 'K%r'%s.v
d={K(1):'a','x':2,1:'b'}
print(d, d[1], d['x'])
class D(dict):
    def __missing__(s,k): return k*2
print(D()[4], D(a=1))
l=[(2,'b'),(1,'a'),(2,'a')]; l.sort(key=lambda t:t[0], reverse=True); print(l)
print((1,2)+(3,), [1]*3, (1,2)<(1,3), [1,2]==[1,2.0], {1:2}=={1.0:2})
