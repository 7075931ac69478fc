# list[int] and int | str.


g = list[int]
print(g, g.__origin__, g.__args__, g.__parameters__, type(g), repr(dict[str, list[int]]), tuple[()], tuple[int, ...])
print(g == list[int], g != list[str], hash(g) == hash(list[int]), g == 3)
print(g((1,2)), g.append is list.append, g.__mro_entries__((g,)))
class L(list[int]): pass
print(L.__bases__, L.__orig_bases__, L.__mro__)
try: isinstance([], g)
except TypeError as e: print(e)
try: issubclass(list, g)
except TypeError as e: print(e)
try: g[int]
except TypeError as e: print(e)
print([*tuple[int,str]], (*tuple[int],)[0].__unpacked__)
u = int | str
print(u, u.__args__, type(u), int | None, u | float, u | int, None | int, isinstance(1, u), isinstance(1.0, u), issubclass(bool, u))
print(u == (str | int), hash(u) == hash(str|int), u == int, int | list[int], list[int] | None)
try: int | 3
except TypeError as e: print(e)
try: u[int]
except TypeError as e: print(e)
try: type(u)()
except TypeError as e: print(e)
print(u.__module__, type(u).__name__, type(u).__qualname__, type(g).__module__)
try: u.foo
except AttributeError as e: print(e)
try: g.foo
except AttributeError as e: print(e)
print(dir(g) == sorted(set(dir(g))), [x for x in dir(g) if x not in dir(list)])
class T:
    def __init__(s, n): s.n=n
    def __typing_subst__(s, arg): return arg
    def __repr__(s): return s.n
    def __or__(s,o): return (s,o)
t=T('T'); s=T('S')
x = dict[t, list[s]]
print(x, x.__parameters__, x[int, str], x[int,str].__parameters__)
try: x[int]
except TypeError as e: print(e)
try: x[int,str,float]
except TypeError as e: print(e)
class G:
    def __class_getitem__(cls, k): return (cls, k)
print(G[int], G[1,2])
try: class_ = type('X', (list[int],), {})
except TypeError as e: print(e)
print(x.__reduce__())
print(type(g)(list, (int, str)), type(g)(list, int))
try: type(g)(list)
except TypeError as e: print(e)
print(list[int](range(3)))
class N:
    def __init__(self): pass
n = type(g)(N, int)()
print(n.__orig_class__)
