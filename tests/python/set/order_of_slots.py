def lcg(seed):
    while True:
        seed=(seed*6364136223846793005+1442695040888963407)%2**64
        yield seed>>33
def run(seed):
    g=lcg(seed); r=lambda n: next(g)%n
    def val():
        k=r(10)
        if k<4: return r(60)-20
        if k==4: return (r(5),r(5)-2)
        if k==5: return (r(100)-50)/4
        if k==6: return r(2**30)*2**40-2**60
        if k==7: return r(3)==1
        if k==8: return frozenset([r(4),r(9)])
        return r(10**6)*10**9
    s=set(); t={val() for _ in range(r(40))}; d={}; out=[]
    for _ in range(300):
        k=r(16); v=val()
        if k<6: s.add(v)
        elif k<9: s.discard(v)
        elif k==9 and s: out.append(s.pop())
        elif k==10: s|=t
        elif k==11: s-=t; t=set(s)|{val() for _ in range(r(30))}
        elif k==12: out.append(list(s^t)[:9]); out.append(list(s&t)); out.append(list(t-s)[:5])
        elif k==13: out.append(list(frozenset(s)|t)[:20])
        elif k==14: s=set(list(s)[:r(50)])
        else: d[v]=len(d); d.pop(val(),None)
    out.append(list(s)); out.append(list(d.items())); out.append(hash(frozenset(s))); out.append(hash(tuple(s)))
    return out
for i in range(12): print(i, run(i))
