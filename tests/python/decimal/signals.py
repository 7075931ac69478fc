"""Signals: the exceptions and their bases, traps, flags and the mappings that show them."""
import decimal
from decimal import *

classes = [DecimalException, Clamped, DivisionByZero, Inexact, Overflow, Rounded, Underflow, InvalidOperation, Subnormal,
           FloatOperation, decimal.DivisionImpossible, decimal.DivisionUndefined, decimal.ConversionSyntax,
           decimal.InvalidContext]
for kind in classes:
    print(kind, kind.__bases__, kind.__module__, kind.__qualname__)

everything = [Inexact, Rounded, Clamped, Subnormal, Underflow, Overflow, DivisionByZero, InvalidOperation, FloatOperation]
operations = {
    "1/0": lambda: Decimal(1) / 0,
    "0/0": lambda: Decimal(0) / 0,
    "1//0": lambda: Decimal(1) // 0,
    "1%0": lambda: Decimal(1) % 0,
    "divmod": lambda: divmod(Decimal(5), 0),
    "impossible": lambda: Decimal("1e30") // 1,
    "syntax": lambda: Decimal("x"),
    "third": lambda: Decimal(1) / 3,
    "large": lambda: Decimal("9e9") * 10,
    "small": lambda: Decimal("1e-9") / 7,
    "vanishing": lambda: Decimal("1e-9") / 10**20,
    "zero": lambda: Decimal("0e-50") * 1,
    "float": lambda: Decimal(0.5),
    "mixed": lambda: Decimal(1) < 0.5,
    "equal": lambda: Decimal(1) == 1.0,
    "signaling": lambda: Decimal("sNaN") + 1,
    "ordered": lambda: Decimal("NaN") < 1,
    "root": lambda: Decimal(-1).sqrt(),
    "logarithm": lambda: Decimal(0).logb(),
}
for name, operation in operations.items():
    for trap in [None, *everything]:
        setcontext(Context(prec=5, Emin=-9, Emax=9, traps=[] if trap is None else [trap], flags=[]))
        try:
            print(name, operation(), end="")
        except DecimalException as error:
            print(name, repr(error), end="")
        print("", [s.__name__ for s in getcontext().flags if getcontext().flags[s]])

context = Context(flags=[Inexact], traps=[])
other = Context(flags=[Inexact])
flags = context.flags
print(flags, len(flags), flags[Inexact], flags[Rounded], Inexact in flags, "x" in flags)
print(flags == other.flags, flags == {1: 2}, flags == flags.copy(), flags != {s: False for s in flags})
flags[Rounded] = 1
flags.update({Inexact: 0})
print(flags.copy(), flags.get(5), type(flags).__mro__[1])
for attempt in (
    lambda: flags["x"],
    lambda: flags.__delitem__(Rounded),
    lambda: flags.__setitem__(int, 1),
    lambda: hash(flags),
    lambda: len(type(flags)()),
):
    try:
        print(attempt())
    except Exception as error:
        print(type(error).__name__, error)
