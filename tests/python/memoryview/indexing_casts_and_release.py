import struct


def show(text):
    try:
        shown = repr(eval(text, globals()))
        print(text, "=>", "<memory>" if " at 0x" in shown else shown[:150])
    except Exception as error:
        print(text, "=>", type(error).__name__, error)


def run(text):
    try:
        exec(text, globals())
        print(text, "ok")
    except Exception as error:
        print(text, "=>", type(error).__name__, error)


b=bytearray(range(24)); m=memoryview(b); r=memoryview(b'abcdef'); z=memoryview(b'').cast('b')
m2=m.cast('B',[2,3,4]); h=m.cast('h'); d0=memoryview(struct.pack('d',1.5)).cast('d',()) ; f=memoryview(bytes(16)).cast('f'); c=r.cast('c')
for s in ["m[0]","m[-1]","m[100]","m['a']","m[1:5].tolist()","m[::-1].tolist()","m[::3].strides","m[::-2].tobytes()","m2.tolist()","m2.shape","m2.strides","m2.ndim","m2[0]","m2[0,0,0]","m2[1,2,3]","m2[0,0]","m2[0,0,0,0]","m2[2,0,0]","m2[0:1].tolist()","m2[0:1,0:1]","m2[...]","m2[1.5]","h.tolist()","h[1]","h.format","h.itemsize","h.nbytes","len(h)","len(m2)","d0[()]","d0[0]","d0.tolist()","d0.ndim","d0.shape","d0.strides","len(d0)","iter(d0)","iter(m2)","list(r)","list(c)","c[0]","r.readonly","m.readonly","r.obj","m[2:4].obj is b","r.hex()","r.hex(':')","r.hex('-',2)","m[::2].hex()","m2.tobytes()","m2.tobytes('F')","m2.tobytes(order='A')","m2.tobytes(None)","m2.tobytes('X')","m2.tobytes(1)","r==b'abcdef'","r!=b'abcdef'","r==bytearray(b'abcdef')","r=='abcdef'","r<r","r==c","h==m","m==m2","f==memoryview(bytes(16)).cast('d')","f==memoryview(bytes(16)).cast('i')[:4]","hash(r)==hash(b'abcdef')","hash(m)","hash(h)","hash(h.toreadonly())","hash(memoryview(b'ab').cast('h'))","hash(m.toreadonly())","hash(r[::2])==hash(b'ace')","m.c_contiguous","m[::2].c_contiguous","m[::2].contiguous","m2.f_contiguous","m2.suboffsets","memoryview(1)","memoryview()","memoryview(object=b'a')","memoryview('a')","r.cast('x')","r.cast('h')","r.cast('i',[1,1])","r.cast('B',[2,3]).tolist()","r.cast('B',(6,)).tolist()","r.cast('B',[2,2])","r.cast('B',5)","r.cast('B',['a'])","r.cast('B',[0])","r.cast('B',[2**70])","r.cast(1)","r.cast('@h')","r.cast('@H').format","r.cast('<h')","h.cast('i')","m[::2].cast('B')","m2.cast('B')","m2.cast('B',[4,6])","z.tolist()","memoryview(b'').cast('i')","memoryview(b'').cast('B',[0])","bytes(m[::2])","bytearray(m[::-1])[:3]","b'x'.join([m[:2]])","b''.join([m[::2]])","m.toreadonly().readonly","97 in r","b'a' in r","300 in r","list(reversed(r))","isinstance(r[0:1],memoryview)","r.count(1)","type(r)(r)==r","memoryview(r).obj","f.tolist()","memoryview(b'\\x80').cast('b')[0]","memoryview(b'\\1\\0').cast('?').tolist()","memoryview(b'\\xff'*8).cast('Q')[0]","memoryview(b'\\xff'*8).cast('q')[0]","memoryview(b'\\xff'*8).cast('P')[0]","memoryview(b'\\xff'*8).cast('N')[0]","int.from_bytes(r,'big')","int(memoryview(b'12'))","float(memoryview(b'1.5'))","str(memoryview(b'abc'),'ascii')","str(memoryview(b'abc')[::2],'ascii')","bytes(r[::2])","class_", "r.__class__","memoryview.__mro__","class X(memoryview): pass"]: show(s)
for s in ["m[0]=255","m[0]=256","m[0]=-1","m[0]='a'","m[0]=1.5","r[0]=1","del m[0]","del m[0:1]","m[0:2]=b'zz'","m[0:2]=b'z'","m[0:2]='zz'","m[0:4]=m[2:6]","m[::2]=m[::-2]","h[0]=32767","h[0]=32768","h[0]='a'","h[0:1]=b'ab'","h[0:1]=memoryview(b'ab').cast('h')","m2[0,0,0]=9","m2[0]=9","m2[0:1]=m2[1:2]","m2[0:1,]=1","m2[0,0]=1","m[...]=1","m[1.5]=1","c[0]=b'x'","memoryview(bytearray(4)).cast('c')[0]=b'x'","memoryview(bytearray(4)).cast('c')[0]=b'xy'","memoryview(bytearray(4)).cast('c')[0]=1","memoryview(bytearray(4)).cast('f')[0]=1.5","memoryview(bytearray(4)).cast('f')[0]='a'","memoryview(bytearray(4)).cast('?')[0]=[]","memoryview(bytearray(8)).cast('Q')[0]=2**64","memoryview(bytearray(8)).cast('Q')[0]=-1","memoryview(bytearray(8)).cast('P')[0]=-1","b.append(1)","m.release()","m2.release();h.release()","m[0]","len(m)","m.tolist()","b.append(1)","x=memoryview(b)","y=x[1:]","x.release()","x.tolist()","y.tolist()[:2]","b.append(2)","y.release()","b.append(2)","print(m)if 0 else None","m==m","m==r","r==m","hash(m)","m.release()","m.__enter__()","m.__exit__()"]: run(s)
with memoryview(b'ab') as q: print(q.tolist())
run("q[0]"); run("q.format")
p=memoryview(b'abcd'); pp=memoryview(p); p.release(); print(pp.tolist())
import weakref
w=memoryview(b'x'); print(weakref.ref(w)() is w)
class E:
    def __index__(self): v.release(); return 4
ba=bytearray(b'1234'); v=memoryview(ba); run("v[0]=E()"); print(ba)
a=memoryview(bytearray(3)); bb=memoryview(a); print(bytes(bb))
import io
print(io.BytesIO(b'abc').readinto(a), a.tobytes())
print(repr(memoryview(b'a'))[:11])
