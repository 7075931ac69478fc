def gen(n):
    try:
        yield n
    finally:
        print('closed', n)
def plain():
    yield 1
    yield 2
def deleg():
    yield from gen('delegated')
p = plain()
next(p)
g = gen('global')
next(g)
h = deleg()
next(h)
cyc = [gen('cycle')]; cyc.append(cyc)
next(cyc[0])
unstarted = gen('never')
