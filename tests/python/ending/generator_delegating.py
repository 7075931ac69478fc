import types
class It:
    def __iter__(self): return self
    def __next__(self): return 1
    def close(self): print('closed it')
def h():
    yield from It()
q = h()
next(q)
