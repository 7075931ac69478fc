import fcntl
import os
import tempfile
import termios


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


show(lambda: fcntl.fcntl('a', 1))
show(lambda: fcntl.fcntl(99, 1))
show(lambda: fcntl.fcntl(-1, 1))
show(lambda: fcntl.fcntl(0, fcntl.F_GETFD, 'x'))
show(lambda: fcntl.fcntl(0, 1, b'x' * 2000))
show(lambda: fcntl.fcntl(0, 1, 1.5))
show(lambda: fcntl.ioctl(0, 1, 'x'))
show(lambda: fcntl.ioctl(0, termios.TIOCGWINSZ, b'\0' * 8))
show(lambda: fcntl.ioctl(0, 1, 1.5))
show(lambda: fcntl.flock(0))
show(lambda: termios.error.__mro__)
show(lambda: fcntl.fcntl(0, 2 ** 40))
show(lambda: fcntl.fcntl(0, 1, 2 ** 70))
folder = tempfile.TemporaryDirectory()
path = folder.name + '/x'
fd = os.open(path, os.O_RDWR | os.O_CREAT)
show(lambda: oct(fcntl.fcntl(fd, fcntl.F_GETFL) & ~0o100000))
show(lambda: fcntl.fcntl(fd, fcntl.F_GETFD))
show(lambda: fcntl.fcntl(fd, fcntl.F_SETFD, 0))
show(lambda: os.get_inheritable(fd))
show(lambda: fcntl.fcntl(fd, fcntl.F_DUPFD, 50))
show(lambda: os.get_inheritable(50))
show(lambda: fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 60))
show(lambda: os.get_inheritable(60))
r, w = os.pipe()
show(lambda: fcntl.fcntl(r, fcntl.F_GETFL))
show(lambda: fcntl.fcntl(r, fcntl.F_SETFL, os.O_NONBLOCK))
show(lambda: fcntl.fcntl(r, fcntl.F_GETFL))
show(lambda: os.get_blocking(r))
show(lambda: os.read(r, 1))
show(lambda: fcntl.flock(fd, fcntl.LOCK_EX))
fd2 = os.open(path, os.O_RDWR)
show(lambda: fcntl.flock(fd2, fcntl.LOCK_EX | fcntl.LOCK_NB))
show(lambda: fcntl.flock(fd, fcntl.LOCK_UN))
show(lambda: fcntl.flock(fd2, fcntl.LOCK_EX | fcntl.LOCK_NB))
