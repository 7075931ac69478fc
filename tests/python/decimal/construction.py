"""What numbers can be made of, and what the errors say."""
from decimal import *


def attempt(make, *args, **kwargs):
    try:
        print(args, kwargs, "->", repr(make(*args, **kwargs)))
    except Exception as error:
        print(args, kwargs, "->", type(error).__name__, error)


texts = ["", "1", " 1.50\n", "1_000.5_0", ".5", "5.", ".", "1e5", "1E+", "-0e-7", "\u0661\u0662.\u0663", "inf", "-Infinity",
         "infin", "nan", "-sNaN00123", "nan1x", "1e9999999999999999999", "1e-9999999999999999999", "0e99999999999999999999",
         "+-1", "1 2", "0x10", "1\0"]
for text in texts:
    attempt(Decimal, text)
    attempt(getcontext().create_decimal, text)
for value in (0, -5, True, 10**40, -(10**40), 0.1, -0.0, 1e300, 5e-324, float("inf"), float("nan"), None, [], {}, b"1", 1j):
    attempt(Decimal, value)
tuples = [(0, (1, 2), -1), [1, [0, 0, 3], 2], (0, (), 0), (1, (), "F"), (0, (1, 2), "n"), (1, (), "N"), (2, (1,), 0),
          (0, (10,), 0), (0, "12", 0), (0, (1,), "x"), (0, (1,), None), (0, (1,)), ("0", (1,), 0), (0, (1,), 10**18),
          (0, (1,), 10**30), (0, (1.0,), 0)]
for value in tuples:
    attempt(Decimal, value)
attempt(Decimal)
attempt(Decimal, 1, 2)
attempt(Decimal, 1, None, 3)
attempt(Decimal, value="7", context=None)
attempt(Decimal, 1, value=2)
attempt(Decimal, number=2)
for value in (3, 0.25, "1", None):
    attempt(Decimal.from_float, value)
    attempt(getcontext().create_decimal_from_float, value)

small = Context(prec=3, rounding=ROUND_HALF_UP, traps=[])
for value in (12345, "0.0012345", 1.2345, (1, (9, 9, 9, 5), -2), "NaN1234", Decimal("NaN12345"), 0, ""):
    print(repr(small.create_decimal(value)), [s.__name__ for s in small.flags if small.flags[s]])
    small.clear_flags()
