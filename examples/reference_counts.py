"""An object lives as long as something refers to it, and ends at once when nothing does."""
import sys


class Guest:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, "leaves")


a = []
print(sys.getrefcount(a))
b = a
print(sys.getrefcount(a))
del b
print(sys.getrefcount(a))

guest = Guest("Ada")
other = guest
print("two names")
del guest
print("one name")
other = None
print("no name")


def visit():
    guest = Guest("Grace")
    print("inside")


visit()
print("outside")
