def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


class Empty:
    pass


class Meta(type):
    def __instancecheck__(cls, instance):
        return instance == 1

    def __subclasscheck__(cls, subclass):
        return subclass is int


class Checked(metaclass=Meta):
    pass


class Listed:
    def __dir__(self):
        return ['b', 'a']


class Fails:
    @property
    def missing(self):
        raise AttributeError('inner')

    @property
    def broken(self):
        raise ValueError('broken')


show(getattr, 1, 'x'), show(getattr, 1, 'x', 7), show(getattr, 1, 2), show(hasattr, 1, 'real'), show(hasattr, 1, 3)
show(setattr, 1, 'x', 2), show(delattr, 1, 'x'), show(getattr, 1), show(getattr, Fails(), 'missing', 0)
show(hasattr, Fails(), 'missing'), show(hasattr, Fails(), 'broken'), show(getattr, Fails(), 'broken', 0)
empty = Empty()
setattr(empty, 'b', 1)
empty.a = 2
print(vars(empty), dir(Listed()), 'a' in dir(empty))
delattr(empty, 'b')
show(vars, empty), show(vars, 3), show(dir, 1, 2)
show(isinstance, 1, Checked), show(isinstance, 2, Checked), show(issubclass, int, Checked), show(issubclass, str, Checked)
show(isinstance, 1, (str, (int,))), show(isinstance, 1, 3), show(issubclass, int, object), show(issubclass, 1, int)
show(issubclass, int, 3), show(isinstance, 1, int | str), show(isinstance, True, int), show(isinstance, 1, (3,))
show(callable, abs), show(callable, 3), show(callable, Empty), show(hash, []), show(hash, (1, 2, 3))
show(format, 3, 'x'), show(format, 3, 5), show(format, 'a', '>5'), show(ascii, 'é\U0001f600\x00'), show(repr, 'é')
