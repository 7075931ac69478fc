# property, classmethod, staticmethod and super.


def attempt(f):
    try:
        return f()
    except BaseException as e:
        return f'{type(e).__name__}: {e}'
class C:
    x = property(lambda s: 1)
    y = property()
    z = property(None, lambda s,v: None, None, 'docz')
    def getw(self):
        'getw doc'
        return 5
    w = property(getw)
    v = property(getw, doc='own')
c=C()
print(c.x, attempt(lambda: setattr(c,'x',1)), attempt(lambda:delattr(c,'x')), attempt(lambda:c.y), attempt(lambda:c.z), attempt(lambda:setattr(c,'z',3)), C.w.__doc__, C.v.__doc__, C.z.__doc__, C.x.__doc__)
p=property(); print(attempt(lambda:p.__get__(c)), attempt(lambda:p.__set__(c,1)), attempt(lambda:p.__delete__(c)), p.__get__(None,C) is p)
print(attempt(lambda:p.__set_name__(1)), attempt(lambda:p.__set_name__(C,'nm')), attempt(lambda:p.__get__(c)), attempt(lambda:p.__set_name__(C,'nm',3)))
q=C.w.setter(lambda s,v:None); print(q.fget is C.w.fget, q.fset is not None, q.__doc__, C.v.getter(None) is C.v, C.v.getter(lambda s:2).__doc__, C.w.getter(lambda s:2).__doc__)
print(attempt(lambda:property(1,2,3,4,5)), attempt(lambda:property(foo=1)), attempt(lambda:setattr(p,'fget',1)), attempt(lambda:setattr(p,'__doc__','new')), p.__doc__, attempt(lambda:delattr(p,'__doc__')),p.__doc__)
class P(property):
    "Pdoc"
s=P(C.getw); print(s.__doc__, P.__doc__, s.__dict__)
class P2(property):
    __slots__=()
print(attempt(lambda:P2(C.getw)), attempt(lambda: P2(lambda s:1).__doc__))
class A:
    @property
    def a(self): raise AttributeError('inner')
print(attempt(lambda:A().a))
class Abs:
    def f(self): pass
    f.__isabstractmethod__=True
print(property(Abs.f).__isabstractmethod__, property(lambda:1).__isabstractmethod__, classmethod(Abs.f).__isabstractmethod__, staticmethod(Abs.f).__isabstractmethod__)
class BadAbs:
    class F:
        def __bool__(s): raise ZeroDivisionError('b')
    class G: pass
g=BadAbs.G(); g.__isabstractmethod__=BadAbs.F()
print(attempt(lambda:property(g).__isabstractmethod__))
# classmethod
def f(cls,*a): 
    'f doc'
    return cls,a
f.attr=3; f.__annotations__['x']=int
cm=classmethod(f); sm=staticmethod(f)
for m in (cm,sm): print(m.__name__,m.__qualname__,m.__doc__,m.__module__,m.__annotations__,m.__wrapped__ is f,m.__func__ is f, sorted(m.__dict__), repr(m)[:25])
class D:
    c=cm; s=sm
    p=classmethod(property(lambda cls: cls.__name__))
print(D.c(1), D().c(1), D.s(1), D().s(1,2), D.p, D().p, D.__dict__['c'] is cm, D.c.__func__ is f, D.c.__self__ is D)
print(attempt(lambda:cm()), sm(4,5), attempt(lambda:classmethod()), attempt(lambda:classmethod(1,2)), attempt(lambda:classmethod(f,x=1)), attempt(lambda:staticmethod()), cm.__get__(5)(1), cm.__get__(5,str)(1), cm.__get__(None,str)(1))
cm.foo=3; print(cm.foo, cm.__dict__['foo'], attempt(lambda:setattr(cm,'__func__',1)))
x=classmethod.__new__(classmethod); print(attempt(lambda:x.__get__(1)), attempt(lambda:staticmethod.__new__(staticmethod).__get__(1)), repr(x), x.__func__)
class CM(classmethod):
    z=1
y=CM(f); y.q=2; print(y.q, y.__dict__['q'], y.__name__, y.z, sorted(y.__dict__))
# super
class X:
    def m(self): return 'X'
    @classmethod
    def k(cls): return 'Xk', cls
    a=5
class Y(X):
    def m(self): return super().m()+'Y'
    @classmethod
    def k(cls): return super().k()
    a=6
    def g(self): return super().a, super().__class__, super().__thisclass__, super().__self__ is self, super().__self_class__
y=Y(); print(y.m(), Y.k(), y.k(), y.g(), super(Y,y).a, super(Y,Y).a, super(Y,y).m())
u=super(Y); print(repr(u), u.__self__, u.__self_class__, u.__thisclass__, u.__get__(y))
print(attempt(lambda:super(Y,5)), attempt(lambda:super(Y,X)), attempt(lambda:super(5)), attempt(lambda:super(1,2,3)), attempt(lambda:super(Y,y,x=1)), attempt(lambda:super(Y,y).zzz), attempt(lambda: super(Y,Y).zzz), repr(super(Y,y)), repr(super(Y,Y)))
def noarg(): return super()
print(attempt(noarg), attempt(lambda:super()), attempt(lambda x:super()))
def outer(self): return super()
print(attempt(lambda:outer(y)))
class Z(Y):
    def f(self):
        del self
        return super()
    def g2(self):
        self=5
        return super().m
    def h(self): return (lambda: super().m())()
    def i(self): return [super().m for _ in range(1)]
    def j(self,x=1):
        def q(): return self
        return super().m()
print(attempt(Z().f), attempt(Z().g2), attempt(Z().h), attempt(Z().i), Z().j())
class S(super): pass
print(S(Y,y).m(), type(S(Y).__get__(y)), attempt(lambda:setattr(super(Y,y),'zz',1)), super(Y,y).__getattribute__('a'))
class Prox:
    def __init__(s,o): s.o=o
    @property
    def __class__(s): return Y
print(super(Y,Prox(y)).a)
