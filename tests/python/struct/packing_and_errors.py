import struct


def show(text):
    try:
        print(text, "=>", repr(eval(text)))
    except Exception as error:
        print(text, "=>", type(error).__name__, error)


for text in ["struct.pack()","struct.pack(1)","struct.pack('i')","struct.pack('i',1,2)","struct.pack('i','a')","struct.pack('f','a')","struct.pack('é',1)","struct.pack(b'i',1)","struct.pack_into()","struct.pack_into('i')","struct.pack_into('i',bytearray(4))","struct.pack_into('i',b'abcd',0,1)","struct.pack_into('i',bytearray(4),0)","struct.pack_into('i',bytearray(4),'a',1)","struct.pack_into('i',bytearray(4),2**70,1)","struct.pack_into('i',1,0,1)","struct.unpack('i')","struct.unpack('i',1)","struct.unpack('i','abcd')","struct.unpack('i',b'')","struct.unpack_from('i')","struct.unpack_from('i',b'abcd',offset='a')","struct.unpack_from('i',buffer=b'abcd')","struct.unpack_from('i',b'abcd',2)","struct.iter_unpack('i',b'abc')","list(struct.iter_unpack('i',b'abcdabcd'))","struct.iter_unpack('i',b'abcdabcd').__length_hint__()","struct.iter_unpack('',b'')","struct.calcsize()","struct.calcsize('iq')","struct.calcsize('z')","struct.Struct()","struct.Struct(1)","struct.Struct('i','j')","struct.Struct('iq').size","struct.Struct(b'iq').format","struct.Struct.__new__(struct.Struct).size","struct.Struct.__new__(struct.Struct).pack()","struct.Struct.__new__(struct.Struct).format","struct.Struct.__new__(struct.Struct).unpack(b'')","struct.error","struct.error.__mro__","struct.error.__module__","struct.Struct('i').__sizeof__()","struct.Struct('iiq').__sizeof__()","struct._clearcache()","struct.Struct('i').pack(1)","struct.Struct('i').pack_into()","struct.Struct('i').pack_into(bytearray(8),4,1)","struct.Struct('i').unpack_from(b'abcdefgh',4)","struct.pack('?',[])","struct.pack('c',bytearray(b'a'))","struct.pack('s',bytearray(b'a'))","struct.pack('d',10**400)","struct.pack('i',1.5)","struct.pack('5s',b'abc')","struct.pack('5p',b'abc')","struct.pack('P',-1)","struct.pack('e',1e10)","struct.pack('i',2**40)","struct.pack('b',200)","struct.pack('H',-1)","struct.pack('>q',2**63)","struct.unpack('>hil',b'\\1\\2\\3\\4\\5\\6\\7\\1\\2\\3')","struct.unpack('2x',b'ab')","struct.unpack('<d',struct.pack('<d',1.5))"]:
    show(text)
