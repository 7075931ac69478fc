# Attribute access and special methods of classes written in Python.


def attempt(f):
    try:
        return f()
    except BaseException as e:
        return f'{type(e).__name__}: {e}'
class A: pass
a=A()
print(attempt(lambda:a.x), attempt(lambda:setattr(a,'x',1)), attempt(lambda:delattr(a,'y')), attempt(lambda:delattr(A,'y')), attempt(lambda:A.y), attempt(lambda:(5).x), attempt(lambda:setattr(5,'x',1)), attempt(lambda:setattr(5,'real',1)), attempt(lambda:delattr(5,'x')), attempt(lambda:setattr([],'append',1)), attempt(lambda:setattr(object(),'x',1)), attempt(lambda:delattr([],'append')))
try: a.zz
except AttributeError as e: print(e.name, e.obj is a)
try: delattr(a,'zz')
except AttributeError as e: print(e.name, e.obj)
class G:
    def __getattr__(s,n): raise AttributeError('custom '+n)
try: G().q
except AttributeError as e: print(e, e.name, type(e.obj))
class H:
    def __getattribute__(s,n):
        if n=='ok': return 'OK'
        raise AttributeError(n)
    def __getattr__(s,n): return 'ga '+n
print(H().ok, H().zz)
class I:
    def __getattribute__(s,n): raise KeyError(n)
    def __getattr__(s,n): return 1
print(attempt(lambda:I().x))
print(attempt(lambda:object.__getattribute__(a,5)), attempt(lambda:object.__setattr__(a,5,1)), attempt(lambda:object.__getattribute__(a,'nope')), attempt(lambda:object.__setattr__(int,'x',1)), attempt(lambda:object.__delattr__(A,'x')), attempt(lambda:type.__setattr__(A,'k',3)), A.k, attempt(lambda:type.__getattribute__(A,'k')), attempt(lambda:type.__delattr__(A,'k')), attempt(lambda:type.__delattr__(A,'k')))
print(attempt(lambda:getattr(a,'\U0001f600')))
class S(str): pass
setattr(a,S('sx'),3); print(a.sx, a.__dict__, [type(k) for k in a.__dict__])
# data descr
class DD:
    def __get__(s,i,o): return ('get',i is not None,o)
    def __set__(s,i,v): i.__dict__['dd']=v
class ND:
    def __get__(s,i,o): return ('nd',i is not None)
class U:
    dd=DD(); nd=ND()
u=U(); u.dd=4; u.__dict__['nd']=9; print(u.dd,u.nd,U.dd,U.nd,u.__dict__); del u.__dict__['nd']; print(u.nd, attempt(lambda:delattr(u,'dd')))
class OnlyDel:
    def __delete__(s,i): print('deleted')
class UD: x=OnlyDel()
ud=UD(); del ud.x; print(attempt(lambda:setattr(ud,'x',1)), ud.x is UD.x)
class OnlySet:
    def __set__(s,i,v): pass
class US: x=OnlySet()
print(attempt(lambda:delattr(US(),'x')), attempt(lambda:US().x) is US.x)
print(object.__reduce_ex__.__name__, attempt(lambda:object().__format__('x')), format(object())[:15], attempt(lambda:object().__format__(5)), object().__sizeof__(), A().__sizeof__(), (1,2).__sizeof__(), type.__sizeof__(int), attempt(lambda:object.__sizeof__()), object.__subclasshook__(), object.__subclasshook__(1,2), object.__init_subclass__(), attempt(lambda:A.__init_subclass__(1)), attempt(lambda:A.__init_subclass__(x=1)))
print(attempt(lambda:object(1)), attempt(lambda:A(1)), attempt(lambda:A(x=1)), attempt(lambda:object.__init__(a,1)), attempt(lambda:object.__new__(A,1)))
class N1:
    def __new__(cls,*a): return object.__new__(cls,*a)
class N2:
    def __init__(s,*a): object.__init__(s,*a)
class N3:
    def __new__(cls,*a): return object.__new__(cls)
class N4:
    def __new__(cls,*a): return object.__new__(cls)
    def __init__(s,*a): object.__init__(s,*a)
for n in (N1,N2,N3,N4): print(n.__name__, attempt(lambda:type(n())), attempt(lambda:type(n(1))))
class R:
    def __init__(s): return 5
print(attempt(R))
class R2:
    def __new__(c): return 5
    def __init__(s): print('not called')
print(R2())
class L(list):
    def __init__(s,*a): list.__init__(s,*a); s.z=1
    def __len__(s): return 99
l=L([1,2]); print(l,len(l),l.z,l.__dict__, L.__mro__, bool(l), l==[1,2], list.__len__(l))
class Eq:
    def __eq__(s,o): return 'eq'
print(Eq()==1, attempt(lambda:hash(Eq())), Eq.__hash__, attempt(lambda:{Eq():1}), Eq()!=1)
class Eq2(Eq): __hash__=object.__hash__
print(type(hash(Eq2())))
class NE:
    def __ne__(s,o): return 'ne'
print(NE()==1, NE()!=1, type(hash(NE())))
class Cmp:
    def __lt__(s,o): return NotImplemented
print(attempt(lambda:Cmp()<1), attempt(lambda:Cmp()<Cmp()), attempt(lambda:1<Cmp()), attempt(lambda:Cmp()>1))
class It:
    def __iter__(s): return 5
class It2:
    __iter__=None
class It3:
    def __getitem__(s,i):
        if i<3: return i
        raise IndexError
print(attempt(lambda:iter(It())), attempt(lambda:iter(It2())), list(It3()), 2 in It3(), attempt(lambda:len(It3())))
class B1:
    def __bool__(s): return 5
class B2:
    def __len__(s): return -1
class B3:
    def __len__(s): return 'x'
class B4:
    def __len__(s): return 2**70
class B5:
    def __len__(s): return 0
class B6:
    def __index__(s): return 'x'
print(attempt(lambda:bool(B1())), attempt(lambda:bool(B2())), attempt(lambda:len(B2())), attempt(lambda:len(B3())), attempt(lambda:len(B4())), bool(B5()), attempt(lambda:[1][B6()]))
class Call:
    def __call__(s,*a,**k): return a,k
print(Call()(1,x=2), attempt(lambda:A()()), callable(Call()), callable(A()))
c=Call(); c.__call__=lambda:0; print(c(3)); del Call.__call__; print(attempt(lambda:c(3)))
class RS:
    def __repr__(s): return 5
    def __str__(s): return 6
    def __format__(s,f): return 7
    def __hash__(s): return 'x'
    def __dir__(s): return 5
    def __bytes__(s): return 5
print(attempt(lambda:repr(RS())), attempt(lambda:str(RS())), attempt(lambda:format(RS())), attempt(lambda:hash(RS())), attempt(lambda:dir(RS())), attempt(lambda:bytes(RS())))
class HB:
    def __hash__(s): return 2**100
class HN:
    def __hash__(s): return -1
print(hash(HB()), hash(HN()))
class OP:
    def __add__(s,o): return ('add',o)
    def __radd__(s,o): return ('radd',o)
    def __iadd__(s,o): return ('iadd',o)
    def __matmul__(s,o): return 'mm'
    def __pow__(s,o,m=None): return ('pow',o,m)
    def __rpow__(s,o): return ('rpow',o)
    def __neg__(s): return 'neg'
    def __divmod__(s,o): return 'dm'
    def __lshift__(s,o): return NotImplemented
o=OP(); print(o+1,1+o,o@1,o**2,pow(o,2,3),2**o,-o,divmod(o,1),attempt(lambda:o<<1),attempt(lambda:o-1),attempt(lambda:+o),attempt(lambda:pow(2,o,3)),attempt(lambda:~o))
o+=5; print(o)
class Sub(OP):
    def __radd__(s,o): return ('subradd',)
print(OP()+Sub(), (Sub()+OP())[0])
class Int(int):
    def __add__(s,o): return 'Int'
    def __radd__(s,o): return 'rInt'
print(Int(3)+4, 4+Int(3), Int(3)-1, Int(3)*2, repr(Int(3)), Int(3)==3, hash(Int(3)), type(Int(3).__neg__()))
class D2(dict):
    def __missing__(s,k): return ('missing',k)
print(D2()['x'], attempt(lambda:{}['x']))
class Str2(str):
    def __str__(s): return 'SS'
print(str(Str2('a')), repr(Str2('a')), Str2('a')+'b', len(Str2('abc')), f"{Str2('a')}")
class Ctx:
    def __enter__(s): return 1
try:
    with Ctx(): pass
except TypeError as e: print(e)
try:
    with 5: pass
except TypeError as e: print(e)
class DelAttr:
    def __delattr__(s,n): print('del',n)
    def __setattr__(s,n,v): print('set',n,v)
d=DelAttr(); d.x=1; del d.x; del DelAttr.__setattr__; d.y=5; print(attempt(lambda:d.y)); del d.y
class Fin:
    def __del__(s): print('fin')
f=Fin(); del f; f=Fin(); f=None
Fin.__del__=lambda s:print('fin2'); f=Fin(); del f; del Fin.__del__; f=Fin(); del f
