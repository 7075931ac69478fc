"""Contexts: attributes with their limits, copies, the current one in threads and contextvars, localcontext."""
import contextvars
import copy
import decimal
import pickle
import threading
from decimal import *


def attempt(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as error:
        print(text, "->", type(error).__name__, error)


c = Context()
for text in """getcontext()
DefaultContext, BasicContext, ExtendedContext
(MAX_PREC, MAX_EMAX, MIN_EMIN, MIN_ETINY, HAVE_THREADS, HAVE_CONTEXTVAR, decimal.__version__)
Context(5, ROUND_UP, -10, 10, 0, 1, [Inexact], [Rounded, InvalidOperation])
Context(prec=0)
Context(prec=MAX_PREC + 1)
Context(prec=10**30)
Context(prec=1.0)
Context(rounding="up")
Context(Emin=1)
Context(Emax=-1)
Context(capitals=2)
Context(clamp=3)
Context(traps=[Exception])
Context(traps=5)
Context(flags={})
Context(1, prec=2)
Context(1, 2, 3, 4, 5, 6, 7, 8, 9)
Context(precision=1)
setattr(c, "spam", 1)
setattr(c, "prec", "1")
setattr(c, "traps", {})
delattr(c, "prec")
c.Etiny(), c.Etop(), c.radix()
c.copy(), copy.copy(c), copy.deepcopy(c), c == c.copy()
pickle.loads(pickle.dumps(Context(7, traps=[Clamped])))
Context(7).__reduce__()
c.add(1)
c.add(1, "2")
c.add(x=1, y=2)
c.abs()
c.power(2, b=10, modulo=1000)
c.canonical(1)
localcontext(5)
localcontext(prec=0)
localcontext(spam=1)
setcontext(5)
getcontext(1)""".splitlines():
    attempt(text)

with localcontext() as inner:
    inner.prec = 5
    print(Decimal(1) / 3, getcontext() is inner)
    with localcontext(prec=3, rounding=ROUND_UP) as innermost:
        print(Decimal(1) / 3, innermost)
    print(Decimal(1) / 3)
print(Decimal(1) / 3)
with localcontext(c, Emax=5, traps=[Overflow]):
    try:
        Decimal(10) ** 6
    except Overflow as error:
        print(repr(error))

setcontext(BasicContext)
print(getcontext() is BasicContext, getcontext())
getcontext().prec = 11
seen = []


def work():
    seen.append(getcontext().prec)
    getcontext().prec = 4
    seen.append(str(Decimal(2) / 3))


thread = threading.Thread(target=work)
thread.start()
thread.join()
print(seen, getcontext().prec)


def change():
    setcontext(Context(prec=6))
    return str(Decimal(2) / 3)


print(contextvars.copy_context().run(change), getcontext().prec)
