# Exception groups and except*.


def attempt(f):
    try:
        return f()
    except BaseException as e:
        return f'{type(e).__name__}: {e}'
def show(e, i=0):
    if e is None: return 'None'
    if isinstance(e, BaseExceptionGroup): return type(e).__name__+'('+repr(e.message)+', ['+', '.join(show(x) for x in e.exceptions)+'])'
    return repr(e)
eg=ExceptionGroup('a',[ValueError(1),TypeError('t'),ExceptionGroup('b',[OSError(3,'o'),ValueError(2)]),KeyError('k')])
eg.add_note('n1')
try: raise eg
except ExceptionGroup as q: pass
for m in [ValueError,(ValueError,KeyError),OSError,ZeroDivisionError,ExceptionGroup,BaseException,lambda e: isinstance(e,ValueError) and e.args==(2,), (), (ValueError,(KeyError,)), 5, [ValueError], int, lambda e: 1/0]:
    r=attempt(lambda:eg.split(m)); 
    if isinstance(r,str): print(r); continue
    print([show(x) for x in r], show(attempt(lambda:eg.subgroup(m))) , r[0] is eg, [getattr(x,'__notes__',None) for x in r if x], [x.__traceback__ is eg.__traceback__ for x in r if x])
print(show(eg.derive([ValueError(5)])), attempt(lambda:eg.derive()), attempt(lambda:eg.derive(5)), attempt(lambda:eg.split()), attempt(lambda:eg.split(1,2)))
class MyEG(ExceptionGroup):
    def __new__(cls, msg, excs, code=0):
        o=super().__new__(cls,msg,excs); o.code=code; return o
    def derive(self, excs): return MyEG(self.message, excs, self.code)
x=MyEG('m',[ValueError(1),TypeError(2)],9)
a,b=x.split(ValueError); print(type(a),a.code,b.code,show(a),show(b))
class Bad(ExceptionGroup):
    def derive(self, excs): return 5
print(attempt(lambda:Bad('m',[ValueError(1),TypeError(1)]).split(ValueError)))
class B2(ExceptionGroup): pass
print(attempt(lambda:B2('m',[KeyboardInterrupt()])), type(B2('m',[ValueError()])), type(B2('m',[ValueError(),TypeError()]).split(ValueError)[0]))
class B3(BaseExceptionGroup): pass
print(type(B3('m',[ValueError()])), type(B3('m',[KeyboardInterrupt()])))
print(str(eg), repr(eg)[:80], eg.args[0], eg.message, eg.exceptions[0], attempt(lambda:BaseExceptionGroup('x')), attempt(lambda:BaseExceptionGroup()), attempt(lambda:BaseExceptionGroup('x',[ValueError()],a=1)), attempt(lambda: ExceptionGroup('x',{1:2})), attempt(lambda: ExceptionGroup('x',{ValueError()})), attempt(lambda:ExceptionGroup[int]))
def f(excs, handlers):
    out=[]
    try:
        try: raise ExceptionGroup('g',excs)
        except* ValueError as e: out.append(('V',show(e))); handlers.get('V',lambda:0)()
        except* (TypeError,KeyError) as e: out.append(('TK',show(e))); handlers.get('T',lambda:0)()
        except* OSError as e: out.append(('O',show(e))); raise
        else: out.append('else')
        finally: out.append('fin')
    except BaseException as q: out.append(('EXC',show(q), show(q.__context__), show(q.__cause__)))
    return out
def r(x):
    def g(): raise x
    return g
print(f([ValueError(1)],{}))
print(f([ValueError(1),TypeError(2)],{}))
print(f([ValueError(1),OSError(2)],{}))
print(f([ValueError(1),ZeroDivisionError(2), ExceptionGroup('in',[OSError(4),KeyError(5), ZeroDivisionError(6)])],{}))
print(f([ValueError(1),TypeError(2)],{'V':r(IndexError(9))}))
print(f([ValueError(1),TypeError(2), OSError(3)],{'V':r(IndexError(9)),'T':r(IndexError(10))}))
def h(e):
    out=[]
    try:
        try: raise e
        except* ValueError as q: out.append(show(q))
    except BaseException as q: out.append(('EXC',show(q)))
    return out
print(h(ValueError(1)), h(KeyError(2)), h(ExceptionGroup('x',[KeyError(1)])))
def k():
    try: raise ValueError(1)
    except* ExceptionGroup: pass
print(attempt(k))
def k2():
    try: raise ValueError(1)
    except* int: pass
print(attempt(k2))
def k3():
    try: raise ValueError(1)
    except* (int,ValueError): pass
print(attempt(k3))
try:
    try: raise ExceptionGroup('x',[ValueError(1)])
    except* ValueError as e: raise e
except ExceptionGroup as q: print(show(q), q.__context__)
try:
    try: raise ValueError(1)
    except* ValueError: raise TypeError(3) from None
except BaseException as q: print(show(q), show(q.__context__), q.__suppress_context__)
