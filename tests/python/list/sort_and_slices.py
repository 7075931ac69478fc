def lcg(seed):
    while True:
        seed=(seed*6364136223846793005+1442695040888963407)%2**64
        yield seed>>33
def run(seed):
l=[]
g=lcg(5)
for n in range(200):
    a=[(next(g)%50, i) for i in range(next(g)%300)]
    b=sorted(a,key=lambda t:t[0],reverse=n%2==1); l.append(hash(tuple(b)))
    class C:
        cnt=0
        def __init__(s,v): s.v=v
        def __lt__(s,o): C.cnt+=1; return s.v<o.v
    c=[C(x[0]) for x in a]; c.sort(); l.append(C.cnt)
    f=[x[0]/3 for x in a]; f.sort(reverse=True); l.append(hash(tuple(f)))
print(l)
x=list(range(40))
for n in range(3000):
    lo,hi,st=[(next(g)%100-50) if next(g)%4 else None for _ in range(3)]
    if st==0: st=1
    y=x[:]; 
    z=y[lo:hi:st]
    w=range(40)[lo:hi:st]
    del y[lo:hi:st]
    q=x[:]; 
    try: q[lo:hi:st]=[-1]*len(z)
    except ValueError as e: print(e)
    q2=x[:]; q2[lo:hi]=[-7]*(next(g)%6)
    if n%50==0: print(z,w,len(y),q,q2)
    l.append(hash((tuple(z),tuple(y),tuple(q),tuple(q2),tuple(w))))
print(hash(tuple(l)))
