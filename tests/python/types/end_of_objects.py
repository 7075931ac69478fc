# When objects and classes end, in which order, and how many references they have.
import sys, weakref, gc


class D:
    def __init__(s,n): s.n=n
    def __del__(s): print('del',s.n)
class A:
    d=D('class attr')
A.d=None
class B:
    x=D('x'); y=D('y')
del B; print('before gc'); gc.collect()
class M(type):
    def __del__(c): print('meta del', c.__name__)
class C(metaclass=M): pass
w=weakref.ref(C, lambda r:print('wr')); del C; gc.collect(); print(w())
class E:
    def __init__(s): s.a=D('a'); s.b=D('b')
    def __del__(s): print('E del', hasattr(s,'a'))
e=E(); del e
class Res:
    def __del__(s):
        global kept; kept=s; print('res')
r=Res(); del r; print(type(kept)); del kept; print('end')
e=ValueError(D('in exc')); del e
try: raise ValueError(D('raised'))
except ValueError: pass
print('after')
def f():
    x=D('local'); 1/0
try: f()
except ZeroDivisionError as q: tb=q.__traceback__
print('tb held'); del tb
class S:
    __slots__=('a','b','__weakref__')
s=S(); s.a=D('s.a'); s.b=D('s.b'); w=weakref.ref(s); del s; print(w())
class P(property): pass
p=P(D('fget')); del p
n=type(sys.implementation)(a=D('ns')); del n
c=classmethod(D('cm')); del c
x=super(E, E()); del x
a=[]; print(sys.getrefcount(a), sys.getrefcount(E), sys.getrefcount(M))
class Sub(E): pass
print(sys.getrefcount(E), sys.getrefcount(Sub)); i=Sub(); print(sys.getrefcount(Sub)); del i
m=E.__mro__; print(E.__mro__ is m, E.__bases__ is E.__bases__, E.__dict__ is E.__dict__, len(gc.get_referents(Sub))>3)
print(E.__subclasses__()); del Sub; gc.collect(); print(E.__subclasses__())
