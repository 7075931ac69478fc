class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
def plain():
    x = D('in generator frame')
    yield 1
p = plain()
next(p)
def h():
    try:
        x = 1
    except ValueError:
        print('no')
    yield x
q = h()
next(q)
