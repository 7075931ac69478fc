def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


show(eval, '1+1'), show(eval, ' \t 1+1'), show(eval, '1+'), show(eval, 'x', {'x': 5}), show(eval, 'x', {}, {'x': 6})
show(eval, 5), show(eval, '1', 5), show(eval, '1', {}, 5), show(eval, b'2*3'), show(eval, bytearray(b'2*4'))
show(exec, 'x=', {}), show(exec, 5), show(exec, 'pass', 5), show(exec, 'pass', {}, 3)
show(compile, '1', 'f', 'foo'), show(compile, '1', 'f', 'eval', 99999), show(compile, '1', 'f', 'eval', 0, 0, 5)
show(compile, 1, 'f', 'eval'), show(compile, '1', 3, 'eval'), show(compile, '1'), show(compile, '1', 'f', 'func_type')
show(compile, 'a\0b', 'f', 'exec')

namespace = {}
exec('a = 1\ndef f(): return a', namespace)
print(namespace['f'](), '__builtins__' in namespace)


def function():
    x = 1
    y = 2
    print(sorted(locals()), eval('x + y'))
    exec('z = 3')
    print(sorted(locals()))

    def inner():
        return x, locals()

    print(inner())


function()


def outer():
    value = 10

    def inner():
        print(value)

    return inner


inner = outer()
exec(inner.__code__, {'print': print}, closure=inner.__closure__)
show(exec, inner.__code__, {}), show(exec, inner.__code__, {}, closure=())
show(exec, 'pass', {}, closure=inner.__closure__), show(eval, inner.__code__)
show(exec, 'print(1)', {'__builtins__': {}}), show(exec, 'print(1)', {'__builtins__': 123})
show(exec, 'class A: pass', {'__builtins__': {}})
exec(compile('print(__debug__)', '<s>', 'exec'))
print(compile('"doc"\nassert 1', '<s>', 'exec', optimize=2).co_consts)
exec('from __future__ import annotations\ndef f(a: b): pass\nprint(f.__annotations__)')
