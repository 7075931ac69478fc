import contextvars, re
def shown(f):
    try: return re.sub('0x[0-9a-f]+', '0x', repr(f()))
    except Exception as e: return type(e).__name__ + ': ' + re.sub('0x[0-9a-f]+', '0x', str(e))
v, w = contextvars.ContextVar('v'), contextvars.ContextVar('w', default=3)
empty = contextvars.copy_context()
token = v.set(1)
full = contextvars.copy_context()
print(v.get(), w.get(), v in empty, v in full, full[v], len(full), list(full.items()) == [(v, 1)])
def body():
    print(v.get('none'), list(contextvars.copy_context()))
    v.set(2)
    return v.get(), empty[v]
print(empty.run(body), v.get(), full[v], empty == full, full == full.copy())
print(shown(lambda: empty.run(lambda: empty.run(len, ()))))
v.reset(token)
for f in (lambda: v.get(), lambda: v.get(4), lambda: v.reset(token), lambda: token, lambda: token.old_value, lambda: v, lambda: w, lambda: w.reset(1), lambda: full[w], lambda: full[1], lambda: 1 in full, lambda: full.get(w), lambda: contextvars.Token(), lambda: contextvars.ContextVar(1), lambda: contextvars.Context(1), lambda: full.run(), lambda: hash(full), lambda: contextvars.ContextVar[int]): print(shown(f))
def gen():
    token = w.set(10)
    yield w.get()
    w.reset(token)
    yield w.get()
g = gen()
print(next(g), w.get(), next(g), w.get())
