import weakref, atexit
class T: pass
t = T()
weakref.finalize(t, print, 'finalize at exit')
f2 = weakref.finalize(t, print, 'not at exit')
f2.atexit = False
atexit.register(print, 'atexit one')
r = weakref.ref(t, lambda r: print('callback'))
