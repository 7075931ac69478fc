# Descriptors and functions of builtin types: their attributes, calls and errors.


def attempt(f):
    try:
        return f()
    except Exception as e: return type(e).__name__+': '+str(e)
ma=list.append; bf=len; bm=[].append; wd=int.__add__; mw=(1).__add__; gs=type.__dict__['__name__']; me=property.fget; cm=dict.__dict__['fromkeys']; cmb=dict.fromkeys; st=str.maketrans; nw=object.__new__; slot=type('S',(),{'__slots__':('q',)}).q
for o in (ma,bf,bm,wd,mw,gs,me,cm,cmb,st,nw,slot, object.__init__):
    print('=====', type(o).__name__)
    for a in ('__name__','__qualname__','__module__','__self__','__objclass__','__text_signature__'):
        r=attempt(lambda:getattr(o,a))
        print(' ',a,r if a!='__self__' else type(r))
    print('  reduce', attempt(lambda:type(o.__reduce__()))if type(o).__name__ not in ('getset_descriptor','classmethod_descriptor')else 0, attempt(lambda: (o.__reduce__()[1][1] if isinstance(o.__reduce__(),tuple) else o.__reduce__())if type(o).__name__ not in ('getset_descriptor','classmethod_descriptor') else 0))
    print('  call0', attempt(lambda:o()))
    print('  call1', attempt(lambda:o(5)))
    print('  call kw', attempt(lambda:o(x=5)))
    print('  get', attempt(lambda: type(o.__get__([],list)).__name__), attempt(lambda:type(o.__get__(5,int)).__name__), attempt(lambda:o.__get__(None,None)), attempt(lambda: type(o.__get__(None,int)).__name__))
    print('  set', attempt(lambda:o.__set__([],3)), attempt(lambda:o.__delete__([])))
    print('  eq', o==o, o!=o, attempt(lambda: o<o), hash(o)==hash(o))
print(mw == (1).__add__, mw == (2).__add__, hash(mw)==hash((1).__add__), [].append == [].append, bm==bm)
a=[]; print(a.append==a.append, a.append!=a.append, hash(a.append)==hash(a.append))
print(attempt(lambda: list.append(5,6)), attempt(lambda: int.__add__('a',1)), attempt(lambda: int.__add__(1)), attempt(lambda:int.__add__(1,2,3)), attempt(lambda:int.__add__(1,x=2)))
print(attempt(lambda: dict.fromkeys()), attempt(lambda: cm(5)), attempt(lambda: cm(int,[])), attempt(lambda: cm(dict,'ab')), attempt(lambda: cm.__get__(None,int)), attempt(lambda:cm.__get__(5)))
print(attempt(lambda: len.__get__), attempt(lambda: setattr(len,'foo',1)), attempt(lambda: setattr(len,'__name__','x')), attempt(lambda: setattr(list.append,'x',1)))
print(attempt(lambda: gs.__get__(5,int)), attempt(lambda: me.__set__(property(),1)), attempt(lambda: slot.__get__(3,int)), attempt(lambda: type.__dict__['__mro__'].__set__(int,1)), attempt(lambda: type.__dict__['__dict__'].__set__(int,1)))
print(repr(gs), repr(me), repr(cm), repr(ma), repr(wd), repr(slot), repr(bf), repr(st).partition(' at ')[0])
print(attempt(lambda: object.__new__()), attempt(lambda: object.__new__(5)), attempt(lambda: int.__new__(str)), attempt(lambda: int.__new__(bool)), attempt(lambda: object.__new__(dict)))
class B(int): pass
print(attempt(lambda: object.__init_subclass__(5)), attempt(lambda: B.__init_subclass__(x=5)))
