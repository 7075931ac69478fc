# Special methods that come from one base or several, and that come and go later.
class Sized:
    def __len__(self):
        return 3


class Plain:
    pass


class Child(Plain):
    pass


class Both(Plain, Sized):
    pass


class Table(Sized, dict):
    pass


class Number(int, Plain):
    def __add__(self, other):
        return "added"


class Reflected(Plain, int):
    def __radd__(self, other):
        return "reflected"


class Compared(Plain):
    def __eq__(self, other):
        return True


class Hashed(Compared, Sized):
    __hash__ = Sized.__hash__


class Borrowing(Plain):
    __len__ = list.__len__
    __repr__ = int.__repr__
    __iter__ = None


def attempt(what, *args):
    try:
        print(what(*args))
    except TypeError as error:
        print("TypeError:", error)


print(len(Both()), len(Table(a=1)), bool(Table()), Table(a=1) == {"a": 1})
print(Number(1) + 2, Number(1) - 2, 2 + Reflected(1), Reflected(1) + 2)
attempt(hash, Compared())
hashed = Hashed()
print(hash(hashed) == object.__hash__(hashed), Compared() == 1, hashed != 1)
attempt(len, Borrowing())
attempt(repr, Borrowing())
attempt(iter, Borrowing())
attempt(len, Child())
Plain.__len__ = lambda self: 5


class Later(Child):
    pass


print(len(Child()), len(Later()), len(Both()), len(Compared()))
Child.__call__ = lambda self, x: x + 1


class Latest(Later):
    pass


print(Later()(1), Latest()(2), callable(Child()), callable(Plain()))
del Plain.__len__
attempt(len, Latest())
print(len(Both()))


class Meta(type):
    def mro(cls):
        return [cls, Sized, *type.mro(cls)[1:]]

    def __len__(cls):
        return 9


class Odd(Plain, metaclass=Meta):
    pass


print(len(Odd()), len(Odd), [each.__name__ for each in Odd.__mro__])
for bases in ((Plain, Plain), (Plain, Child), (object, Plain)):
    attempt(type, "Wrong", bases, {})


class Named:
    def __set_name__(self, owner, name):
        print("named", owner.__name__, name)
        owner.more = Named()


class Base:
    def __init_subclass__(cls, /, **keywords):
        print("subclass", cls.__name__, keywords)


class Derived(Base, Sized, key=1):
    first = Named()
    second = len
    third = Named()


class Single(Derived):
    pass


attempt(lambda: type("Keywords", (Plain,), {}, key=1))
