# Setting and deleting the attributes of exceptions.


def attempt(f):
    try:
        return f()
    except BaseException as e:
        return f'{type(e).__name__}: {e}'
def S(o,n,v):
    setattr(o,n,v); return getattr(o,n)
def D(o,n):
    delattr(o,n); return 'ok'
e=ValueError('a','b')
for n in ['args','__cause__','__context__','__suppress_context__','__traceback__','__notes__','__dict__','foo']:
    for v in [None,1,'ab',(1,2),[3],ValueError('z'),True,{'q':1},{1:2}]:
        print(n, repr(v), attempt(lambda:S(e,n,v)))
    print(n, attempt(lambda:D(e,n)))
for X,names in [(StopIteration,['value']),(SystemExit,['code']),(ImportError,['msg','name','path']),(OSError,['errno','strerror','filename','filename2','characters_written']),(SyntaxError,['msg','filename','lineno','offset','text','end_lineno','end_offset','print_file_and_line']),(NameError,['name']),(AttributeError,['name','obj'])]:
    e=X()
    for n in names:
        for v in [1,'s',None,1.5,-1,10**30]:
            print(X.__name__,n,v,attempt(lambda:S(e,n,v)), attempt(lambda:str(e)))
        print(attempt(lambda:D(e,n)), attempt(lambda:getattr(e,n)), attempt(lambda:D(e,n)))
e=UnicodeEncodeError('ascii','abc',0,1,'r')
for n in ['encoding','object','start','end','reason']:
    for v in ['x',1,None,10**30,-5]:
        old=getattr(e,n)
        print(n,v,attempt(lambda:S(e,n,v)))
        if n!='object': print(attempt(lambda:str(e)))
        attempt(lambda:setattr(e,n,old))
    if n!='object': print(attempt(lambda:D(e,n)), attempt(lambda:getattr(e,n)))
e=ExceptionGroup('m',[ValueError(1)])
print(attempt(lambda:S(e,'message','q')), attempt(lambda:S(e,'exceptions',())), attempt(lambda:D(e,'message')))
e=Exception()
print(attempt(lambda:e.add_note('x')), e.__notes__, attempt(lambda:e.add_note(1)), attempt(lambda:e.add_note()), attempt(lambda:e.with_traceback(None) is e), attempt(lambda:e.with_traceback(1)))
e.__notes__=3
print(attempt(lambda:e.add_note('x')))
print(attempt(lambda:e.__setstate__({'a':1})), e.a, attempt(lambda:e.__setstate__(3)), attempt(lambda:e.__setstate__(None)), e.__dict__, e.__reduce__())
try:
    try: 1/0
    except Exception as q: raise KeyError('x') from q
except Exception as q: print(repr(q.__cause__), repr(q.__context__), q.__suppress_context__, q.__traceback__ is not None)
class MyE(OSError):
    def __init__(self,a,b,c=5): super().__init__(a,b); self.c=c
m=MyE(2,'b'); print(type(m), repr(m), str(m), m.errno, m.c)
class My2(OSError):
    def __new__(cls,*a): return super().__new__(cls,*a)
m=My2(2,'b','f'); print(type(m), repr(m), str(m), m.errno)
class My3(OSError): pass
print(repr(My3(2,'x')), type(My3(2,'x')))
print(type(OSError(17,'x')), type(OSError(True,'x')), type(OSError('2','x')), type(ConnectionError(104,'x')))
for n in (1,2,3,4,10,11,13,17,20,21,32,103,104,108,110,111,114,115,5): print(n,type(OSError(n,'x')).__name__)
class MyI(ImportError):
    def __init__(self,*a): super().__init__(*a, name='z')
print(MyI('q').name, MyI('q').msg, str(MyI('q')), MyI('q').__reduce__())
class K(KeyError):
    def __str__(self): return 'K'
print(str(K(1)), repr(K(1)))
class Str:
    def __str__(s): return 'STR'
    def __repr__(s): return 'REPR'
print(str(ValueError(Str())), repr(ValueError(Str())), str(ValueError(Str(),1)), str(KeyError(Str())), str(OSError(Str(),Str())), str(OSError(Str(),Str(),Str())), str(SyntaxError(Str(),(Str(),1,2,3))))
print(str(SyntaxError('m',('/a/b/c.py',10**30,2,3))), str(SyntaxError('m',('c.py',None,2,3))), str(SyntaxError('m',(None,4,2,3))), str(SyntaxError('m',('c.py',True,2,3))))
x=Exception(1); x.x=5; print(x.__reduce__(), x.__dict__)
print(Exception.__new__(Exception,1,a=2).args, Exception.__init__(x,3), x.args, attempt(lambda:Exception.__init__(x,a=3)))
e=Exception(1,2); e.args=[5,6]; print(e.args, attempt(lambda:S(e,'args',5)))
try:
    raise StopIteration
except StopIteration as q: print(q.value, q.args)
print(attempt(lambda: issubclass(EnvironmentError, OSError)), EnvironmentError is OSError, IOError is OSError)
