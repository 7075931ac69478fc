"""Objects that refer to each other keep each other alive: the cycle collector finds them."""
import gc
import weakref


class Node:
    def __init__(self, name):
        self.name = name
        self.other = None

    def __del__(self):
        print("finalising", self.name)


print(gc.get_threshold())
gc.collect()
gc.disable()
left, right = Node("left"), Node("right")
left.other, right.other = right, left
alive = weakref.ref(left)
del left, right
print("still there:", alive() is not None)
print("collected:", gc.collect())
print("still there:", alive() is not None)
print(len(gc.garbage), gc.get_count()[1:])
