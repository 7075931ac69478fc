from array import array
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, '|', e)
for c in 'bBhHiIlLqQ':
    for v in (-1, 128, 256, -40000,40000, 70000, -2**31-1, 2**31, 2**32, -2**63-1, 2**63, 2**64, 2**70, 'a', 1.5): 
        try: print(array(c,[v]))
        except Exception as e: print(c, v, type(e).__name__, '|', e)
for c in 'fd':
    t(lambda: array(c,['a'])); t(lambda: array(c,[1e300])); t(lambda:array(c,[2**2000]))
t(lambda: array('u',[1])); t(lambda: array('u',['ab'])); t(lambda: array('u','ab')); t(lambda: array('i','ab')); t(lambda: array('i', array('u','a')))
t(lambda: array()); t(lambda: array('x')); t(lambda: array(1)); t(lambda: array('i',1)); t(lambda: array('i',x=1)); t(lambda: array('ii')); t(lambda: array('i',[1],2))
a=array('i',[1,2,3])
for e in ["a[5]","a['x']","a[1:2]","a+[1]","a*2","a.index(9)","a.remove(9)","a.pop(7)","array('i').pop()","a.__reduce_ex__(2)","a.__reduce_ex__(4)","a.buffer_info()[1]","a.frombytes(b'abc')","a.fromunicode('x')","a.tounicode()","a.fromlist((1,))","a.extend(array('d'))","a.extend([1,'a'])","a<array('d',[1.5])","a=={}","iter(a).__reduce__()","a.append()","a.insert(1)","a.__iadd__([1])","a.__setitem__(slice(0,1),[1])","a.__setitem__(slice(0,3,2),array('i',[1]))","a.__setitem__(9,1)","a.byteswap()","a","array('d',[1.5,float('nan')])","hash(a)","a.typecode,a.itemsize", "array('i',b'abcd')","array('i',range(3))","array('h',(1,2))","a.tolist(),a.tobytes()","a.index(2,5)","memoryview(a)[0]", "a.fromfile(1,2)","'x' in a", "a.count(1)"]: 
    print(e,end=' -> '); t(lambda: eval(e))
m=memoryview(a)
t(lambda: a.append(1)); t(lambda: a.__delitem__(0))
import array as A
t(lambda: A._array_reconstructor(1,'i',0,b'')); t(lambda: A._array_reconstructor(int,'i',0,b'')); t(lambda: A._array_reconstructor(array,'i',99,b'')); t(lambda: A._array_reconstructor(array,'z',1,b''));t(lambda: A._array_reconstructor(array,'i',1,''));t(lambda: A._array_reconstructor(array,'i',1,b'\xff\x01'));t(lambda: A._array_reconstructor(array,'i',99)); t(lambda: A._array_reconstructor(array,'h',5,b'\x00\x01\x02'))
