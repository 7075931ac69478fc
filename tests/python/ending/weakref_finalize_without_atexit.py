import weakref, atexit
class T: pass
t = T()
f2 = weakref.finalize(t, print, 'finalized without atexit')
atexit.unregister(weakref.finalize._exitfunc)
atexit._clear()
