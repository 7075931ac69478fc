"""format(), str and repr, as_tuple, to_eng_string."""
import itertools
from decimal import *

numbers = ["0", "-0", "0.00", "0e5", "1", "-1234567.891", "1234.5e10", "9.995", "1e-7", "-0.0004", "123456789012345678901234567890",
           "1E+20", "7e-400", "NaN12", "-sNaN", "Infinity", "-inf"]
specs = ["", "e", "E", ".0e", ".3e", "f", ".0f", ".2f", "g", ".3g", "G", "%", ".1%", "n", "10", "<10", "^12.1f", "=+12",
         "*>20,.3f", "020,.2f", ",", "+", " ", "z.2f", "-z.3", "\u1234^9", "\0<8", "08.3e", "012,"]
for number, spec in itertools.product(numbers, specs):
    print(ascii(spec), ascii(format(Decimal(number), spec)))
for number in numbers:
    d = Decimal(number)
    print(str(d), repr(d), d.to_eng_string(), d.as_tuple(), d.adjusted())
for exponent in range(-9, 10):
    d = Decimal((0, (1, 2, 3), exponent))
    print(d, d.to_eng_string(), Decimal((0, (0,), exponent)).to_eng_string())
for spec in ["s", "d", ".", "00", "<05", "_", ",n", "5z", "x", "10.2f ", "<<<", "." + "9" * 30]:
    try:
        print(repr(format(Decimal("1.5"), spec)))
    except Exception as error:
        print(spec, type(error).__name__, error)
overrides = [
    {"decimal_point": ",", "grouping": "\3\2", "thousands_sep": "."},
    {"decimal_point": "\u066b", "grouping": "\3\3", "thousands_sep": "\u066c"},
    {"decimal_point": "", "grouping": "", "thousands_sep": ""},
    {"decimal_point": ".", "grouping": "\1\x7f", "thousands_sep": "-"},
    {},
]
for override in overrides:
    for spec in ("n", "020n", "f", ".1e", "<15"):
        try:
            print(ascii(Decimal("1234567890.25").__format__(spec, override)))
        except Exception as error:
            print(type(error).__name__, error)
with localcontext() as c:
    c.capitals = 0
    print(Decimal("1e30"), format(Decimal("1e30"), ""), format(Decimal("1e30"), "e"), repr(Decimal("-1E-10")))
    c.rounding = ROUND_FLOOR
    print(format(Decimal("-1.25"), ".1f"), format(Decimal("1.25"), ".1f"), "%s|%d|%.2f" % ((Decimal("1.75"),) * 3))
