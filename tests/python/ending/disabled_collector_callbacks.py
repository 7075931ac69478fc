import gc
gc.disable()
def f(phase, info):
    print(phase, info)
gc.callbacks.append(f)
class T:
    def __init__(self, n):
        self.n = n
        self.me = self
    def __del__(self): print('del', self.n)
T('lost')
t = T('held')
