"""exp, ln, log10, power and sqrt at several precisions, and the widest context."""
from decimal import *

arguments = ["0", "1", "2", "0.5", "1.0000000000000000000000000001", "0.9999999999999999999999", "10", "1000", "1e-30", "-1e-30",
             "123.456", "-7.25", "99999", "1e19", "-1e20", "3.14159265358979323846264338327950288", "NaN7", "Infinity", "-Infinity"]
for prec in (1, 2, 5, 16, 28, 60):
    c = Context(prec=prec, traps=[], rounding=ROUND_DOWN)
    for text in arguments:
        d = Decimal(text)
        for name in ("exp", "ln", "log10", "sqrt"):
            c.clear_flags()
            print(prec, name, text, getattr(c, name)(d), *[s.__name__ for s in c.flags if c.flags[s]])
pairs = [("2", "0.5"), ("2", "100"), ("1.1", "-3"), ("0", "0"), ("0", "-1"), ("-8", "0.333"), ("-2", "3"), ("1", "1e30"),
         ("1.000", "3"), ("1.00", "0.5"), ("10", "1e10"), ("0.1", "1e20"), ("1.0001", "123456.789"), ("Infinity", "-1"),
         ("-Infinity", "3"), ("1", "Infinity"), ("0.5", "Infinity"), ("2", "-Infinity"), ("7", "20000"), ("3", "36893488147419103232")]
for a, b in pairs:
    for prec in (3, 28):
        c = Context(prec=prec, traps=[], Emax=9999, Emin=-9999)
        print(a, b, c.power(Decimal(a), Decimal(b)), *[s.__name__ for s in c.flags if c.flags[s]])
getcontext().prec = 300
print(Decimal(2).sqrt(), Decimal(1).exp(), Decimal(10).ln(), Decimal(2).log10(), Decimal(2) ** Decimal("0.5"), sep="\n")

setcontext(Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX))
print(Decimal(4).sqrt(), Decimal("40E9").sqrt(), Decimal(4) / 2, Decimal(400) ** -1, Decimal(10) // 3, Decimal(1000).log10())
print(Decimal("9e999999999999999999") - Decimal("1e999999999999999999"), Decimal("1e-1999999999999999997"), hash(Decimal("1e999999999999999999")))
for operation in (lambda: Decimal(1) / 3, lambda: Decimal(2).sqrt(), lambda: Decimal("1e999999999999999999") * 10):
    try:
        print(operation())
    except (MemoryError, Overflow) as error:
        print(type(error).__name__)
