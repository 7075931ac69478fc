"""Hashes, comparison and arithmetic with ints, floats, fractions and complex numbers; conversions."""
import math
import numbers
import operator
from decimal import Decimal, FloatOperation, getcontext
from fractions import Fraction

values = [Decimal("-0.0"), Decimal("1.50"), Decimal("-3"), Decimal("0.1"), Decimal("Infinity"), Decimal("NaN")]
others = [0, -3, 10**20, True, 1.5, 0.1, float("inf"), float("nan"), Fraction(3, 2), Fraction(1, 10), 1.5 + 0j, 1j, "1.5", None]
for a in values:
    for b in others:
        for name in ("eq", "lt", "add", "truediv", "floordiv"):
            for x, y in ((a, b), (b, a)):
                try:
                    result = repr(getattr(operator, name)(x, y))
                except Exception as error:
                    result = f"{type(error).__name__} {error}"
                print(name, x, y, result)
getcontext().clear_flags()
print(Decimal(1) == 1.0, getcontext().flags[FloatOperation])

for text in ["0", "-0", "1", "-1", "2.50", "1e15", "1e100", "1e-100", "2305843009213693951", "-2305843009213693951", "0.1"]:
    d = Decimal(text)
    same = [hash(d) == hash(Fraction(text))]
    if d == int(d):
        same.append(hash(d) == hash(int(d)))
    print(text, hash(d), same, d.as_integer_ratio(), int(d), float(d), complex(d), bool(d))
print(hash(Decimal("inf")), hash(Decimal("-inf")), len({Decimal("1.0"), 1, 1.0, Fraction(1)}))
print(isinstance(Decimal(1), numbers.Number), isinstance(Decimal(1), numbers.Real))
for text in ["2.5", "3.5", "-2.5", "2.675", "1e30", "NaN", "Infinity"]:
    for convert in (int, round, math.floor, math.ceil, math.trunc, float, lambda d: round(d, 2), lambda d: round(d, -1),
                    lambda d: d.as_integer_ratio(), hash if text != "NaN" else len):
        try:
            print(repr(convert(Decimal(text))), end=" ")
        except Exception as error:
            print(type(error).__name__, error, end=" ")
    print()
for attempt in (lambda: hash(Decimal("sNaN")), lambda: float(Decimal("sNaN")), lambda: round(Decimal(1), 1.5),
                lambda: round(Decimal(1), 10**30), lambda: ~Decimal(1), lambda: Decimal(1) << 1, lambda: Decimal(1)[0],
                lambda: pow(Decimal(7), 3, 10), lambda: pow(7, 3, Decimal(10)), lambda: divmod(7, Decimal("2.5"))):
    try:
        print(attempt())
    except Exception as error:
        print(type(error).__name__, error)
