# A container that dies in one thread while a finaliser of another one sleeps does not wait for it.
import gc
import sys
import threading
import time


class Nested(list):
    made = dead = 0

    def __init__(self, items):
        self[:] = items
        Nested.made += 1

    def __del__(self):
        Nested.dead += 1
        time.sleep(0.000001)


def work():
    while not stop:
        inner = Nested([])
        for _ in range(60):
            inner = [Nested([inner])]
        del inner


stop = []
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
time.sleep(0.2)
print(Nested.made - Nested.dead < 1000)
stop.append(True)
for thread in threads:
    thread.join()
gc.collect()
print(Nested.made == Nested.dead, Nested.made > 0)


# What ends a thread is reported, and is not the end of the program.
class Stream:
    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def fail():
    raise ValueError("the reason")


sys.stderr = stream = Stream()
thread = threading.Thread(target=fail, name="a thread that fails")
thread.start()
thread.join()
sys.stderr = sys.__stderr__
lines = stream.text.splitlines()
print(lines[0])
print(lines[-1])

# A signal that a thread asks for is handled by the main one.
import _thread
import signal

signal.signal(signal.SIGUSR1, lambda signum, frame: print("handled in", threading.current_thread().name))
thread = threading.Thread(target=_thread.interrupt_main, args=(signal.SIGUSR1,))
thread.start()
thread.join()
time.sleep(0.01)
