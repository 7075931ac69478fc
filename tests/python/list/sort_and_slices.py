words = ["pear", "fig", "apple", "kiwi", "Fig"]
print(sorted(words), sorted(words, key=len), sorted(words, key=str.lower, reverse=True))
pairs = [(1, "b"), (0, "a"), (1, "a"), (0, "b")]
pairs.sort(key=lambda pair: pair[0])
print(pairs)


class Meddler:
    def __init__(self, items):
        self.items = items

    def __lt__(self, other):
        self.items.append(1)
        return True


items = []
items.extend(Meddler(items) for _ in range(3))
try:
    items.sort()
except ValueError as error:
    print(error)
try:
    [1, "a"].sort()
except TypeError as error:
    print(error)

numbers = list(range(10))
print(numbers[::-3], numbers[-3:], numbers[8:2:-2], numbers[20:])
numbers[2:5] = "ab"
print(numbers)
numbers[::2] = [0] * len(numbers[::2])
print(numbers)
del numbers[1::2]
print(numbers)
try:
    numbers[::2] = [1]
except ValueError as error:
    print(error)
