import io


class Stream:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)

    def flush(self):
        self.parts.append('<flush>')


stream = Stream()
print(1, 'two', [3], sep='-', end='!', file=stream, flush=True)
print(stream.parts)
text = io.StringIO()
print('a', 'b', file=text)
print(repr(text.getvalue()))
for wrong in ({'sep': 3}, {'end': 3}, {'foo': 1}, {'file': 3}):
    try:
        print('x', **wrong)
    except Exception as error:
        print(type(error).__name__, error)
print(sep='-')
print(1, 2, sep=None, end=None)
