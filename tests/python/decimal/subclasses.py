"""Classes derived from Decimal and Context; immutability, copying, pickling, arguments of methods."""
import copy
import inspect
import pickle
from decimal import *


class Money(Decimal):
    def __new__(cls, value, currency="EUR"):
        self = super().__new__(cls, value)
        self.currency = currency
        return self

    def __add__(self, other):
        return Money(super().__add__(other), self.currency)


class Plain(Decimal):
    __slots__ = ()


class Loud(Context):
    pass


price = Money("9.99", currency="CHF")
total = price + 1
print(repr(total), type(total).__name__, total.currency, type(price * 2), type(-price), type(abs(price)))
print(type(Decimal(price)), type(Plain(price)), type(Plain.from_float(0.5)), Plain("1") == 1, Decimal(price) is price)
print(type(price.copy_abs()), type(price.canonical()), type(price.real), price.canonical() is price)
print(pickle.loads(pickle.dumps(price)).__dict__, type(pickle.loads(pickle.dumps(Plain(3)))))
print(copy.copy(price) is price, copy.deepcopy(price) is price, price.__reduce__())
print(type(Loud(3).copy()), Loud(3), Loud(3).__reduce__()[0])

d = Decimal("1.5")
for text in """setattr(d, "x", 1)
setattr(d, "real", 1)
Plain(1).x
d.compare()
d.compare(1, 2, 3)
d.compare("1")
d.compare(1.5)
d.compare(other=1, context=None)
d.compare(1, context=5)
d.quantize(Decimal("0.1"), "ROUND_HALF")
d.quantize(exp=Decimal("1"), rounding=ROUND_UP)
d.fma(2)
d.fma(2, third=3)
d.exp(context=1)
d.exp(spam=1)
d.is_nan(1)
d.to_integral_value(ROUND_CEILING), d.to_integral_exact(rounding=None)
d.__format__(5)
d.__format__()
d.__round__(1, 2)
d.__deepcopy__()
Decimal.exp(5)
Decimal.__add__(1, 2)
d.__add__("x"), d.__rpow__(2), d.__eq__("x")
Decimal.__new__(int)
Decimal.__new__(Plain, 5)
object.__new__(Decimal)
type("Both", (Decimal, int), {})
inspect.signature(Decimal.quantize), inspect.signature(Context.fma), inspect.signature(Decimal)
Decimal.quantize, Decimal.real, Context.prec, d.__sizeof__()""".splitlines():
    try:
        print(text, "->", repr(eval(text)))
    except Exception as error:
        print(text, "->", type(error).__name__, error)
