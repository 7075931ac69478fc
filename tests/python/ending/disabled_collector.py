import gc, sys
gc.disable()
name = 'global'
class T:
    def __init__(self, n):
        self.n = n
        self.me = self
    def __del__(self): print('del', self.n, name, sys.modules is None, len(sys.modules or ()) > 3, gc.isenabled())
a = T('held')
T('lost')
class U:
    def __del__(self): print('U', name)
u = U()
import builtins
builtins.kept = T('builtins')
