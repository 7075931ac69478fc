"""Every operation on random operands in random contexts, with the flags it leaves."""
import random
from decimal import *

chance = random.Random(20)
modes = [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]
unary = (
    "abs exp ln log10 minus next_minus next_plus normalize plus to_integral_exact to_integral_value sqrt logb "
    "is_normal is_subnormal number_class to_sci_string to_eng_string copy_abs copy_negate create_decimal"
).split()
binary = (
    "add compare compare_signal divide divide_int divmod max max_mag min min_mag multiply next_toward quantize "
    "remainder remainder_near subtract compare_total compare_total_mag copy_sign rotate same_quantum scaleb shift power"
).split()


def digits(count):
    kind = chance.random()
    if kind < 0.2:
        return "9" * count
    if kind < 0.4:
        return chance.choice("125") + "0" * (count - 1)
    return str(chance.randrange(10**count))


def operand():
    kind = chance.random()
    if kind < 0.06:
        return Decimal(chance.choice(["Inf", "-Inf", "NaN", "-NaN12", "sNaN", "-sNaN345"]))
    coefficient = "0" if kind < 0.1 else digits(chance.choice([1, 2, 3, 5, 9, 19, 28, 40]))
    return Decimal(f"{chance.choice(['', '-'])}{coefficient}E{chance.choice([0, -1, -2, 3, -len(coefficient), chance.randrange(-60, 60)])}")


def context():
    limit = chance.choice([0, 3, 10, 99, 999999, MAX_EMAX])
    return Context(
        prec=chance.choice([1, 2, 3, 5, 9, 16, 28, 40]),
        rounding=chance.choice(modes),
        Emin=-limit,
        Emax=limit,
        capitals=chance.choice([0, 1]),
        clamp=chance.choice([0, 0, 1]),
        flags=[],
        traps=[],
    )


def shown(result):
    return tuple(map(str, result)) if isinstance(result, tuple) else str(result)


for _ in range(600):
    c = context()
    name = chance.choice(unary if chance.random() < 0.4 else binary)
    operands = [operand()] if name in unary else [operand(), operand()]
    if name in ("shift", "rotate", "scaleb", "power") and chance.random() < 0.8:
        operands[1] = Decimal(chance.randrange(-40, 40))
    result = getattr(c, name)(*operands)
    print(name, *operands, c.prec, c.Emax, c.clamp, shown(result), *[s.__name__ for s in c.flags if c.flags[s]])

c = Context(prec=20, traps=[])
for _ in range(40):
    a, b, m = (Decimal(chance.randrange(-99, 100)) for _ in range(3))
    print(c.power(a, abs(b), m), c.fma(a, b, m))
for _ in range(30):
    a, b = (Decimal("".join(chance.choice("01") for _ in range(chance.randrange(1, 30)))) for _ in range(2))
    print(c.logical_and(a, b), c.logical_or(a, b), c.logical_xor(a, b), c.logical_invert(a))
