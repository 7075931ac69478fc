"""Handlers of signals, wherever a program is."""
import os, select, signal, time


class Rang(Exception):
    pass


def ring(number, frame):
    raise Rang(signal.Signals(number).name)


def attempt(name, function):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        function()
    except Rang as e:
        print(name, e)


def spin():
    while True:
        pass


reading, writing = os.pipe()
signal.signal(signal.SIGALRM, ring)
attempt('loop', spin)
attempt('sleep', lambda: time.sleep(10))
attempt('read', lambda: os.read(reading, 1))
attempt('select', lambda: select.select([reading], [], []))
attempt('builtin', lambda: list(map(str, iter(int, 1))))
seen = []
signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(number))
os.kill(os.getpid(), signal.SIGUSR1)
signal.raise_signal(signal.SIGUSR1)
print(seen, signal.getsignal(signal.SIGTERM), signal.signal(signal.SIGUSR1, signal.SIG_IGN) is not None)
signal.raise_signal(signal.SIGUSR1)
print(signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM]), signal.sigpending())
signal.raise_signal(signal.SIGALRM)
print(signal.sigpending(), signal.sigwait([signal.SIGALRM]), signal.sigpending())
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt as e:
    print(repr(e))
start = time.monotonic()
signal.signal(signal.SIGALRM, lambda *args: seen.append('alarm'))
signal.setitimer(signal.ITIMER_REAL, 0.02)
time.sleep(0.1)
print(seen, time.monotonic() - start >= 0.1, signal.getitimer(signal.ITIMER_REAL))
for call in ("signal.signal(0, ring)", "signal.signal(9, ring)", "signal.signal(2, 5)", "signal.getsignal(99)",
             "signal.strsignal(11)", "signal.set_wakeup_fd(99)", "signal.setitimer(9, 1)", "signal.raise_signal(99)"):
    try:
        print(call, eval(call))
    except Exception as e:
        print(call, type(e).__name__, e)
