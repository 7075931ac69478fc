"""A wait that the thread's own repeated call ends, and what the thread does after it while others run."""
import asyncio
import os
import select
import signal
import subprocess
import threading
import time


async def child(number):
    process = await asyncio.create_subprocess_exec('cat', stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    output, _ = await process.communicate(b'%d' % number)
    return output, process.returncode


for number in range(8):
    print(asyncio.run(child(number)))


def busy(stop):
    while not stop.is_set():
        sum(range(100))


stop = threading.Event()
worker = threading.Thread(target=busy, args=(stop,))
worker.start()
for number in range(20):
    reading, writing = os.pipe()
    timer = threading.Timer(0.001, os.write, (writing, b'x'))
    timer.start()
    assert select.select([reading], [], [])[0] == [reading]
    # Nothing is there to read any more, and the thread goes on all the same.
    assert os.read(reading, 10) == b'x'
    end = time.monotonic() + 0.01
    while time.monotonic() < end:
        pass
    timer.join()
    os.close(reading)
    os.close(writing)
stop.set()
worker.join()
print('selected')

seen = []
signal.signal(signal.SIGALRM, lambda *args: seen.append(time.sleep(0.001)))
last = threading.Thread(target=time.sleep, args=(0.02,))
last.start()
signal.setitimer(signal.ITIMER_REAL, 0.01)
time.sleep(0.1)
print(last.is_alive(), seen)
process = subprocess.Popen(['sleep', '0.1'])
last = threading.Thread(target=time.sleep, args=(0.02,))
last.start()
print(process.wait(), last.is_alive())
