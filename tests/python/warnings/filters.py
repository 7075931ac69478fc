import sys
import warnings


class Stream:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, 'FILE'))


def show(message, category, filename, lineno, file=None, line=None):
    print('shown', category.__name__, message)


warnings.showwarning = show


def warn_twice(category):
    for _ in range(2):
        warnings.warn('message', category)


for action in ('default', 'always', 'ignore', 'once', 'module', 'error'):
    with warnings.catch_warnings():
        warnings.simplefilter(action)
        print(action)
        try:
            warn_twice(UserWarning)
        except UserWarning as error:
            print('raised', error)
with warnings.catch_warnings():
    warnings.resetwarnings()
    warnings.filterwarnings('error', message='ab', category=DeprecationWarning)
    try:
        warnings.warn('abc', DeprecationWarning)
    except DeprecationWarning as error:
        print('raised', error)
    warnings.warn('xabc', DeprecationWarning)
for args in (('m', int), ('m', 'x'), ('m', 3)):
    try:
        warnings.warn(*args)
    except TypeError as error:
        print(error)
try:
    warnings.warn_explicit('m', UserWarning, 'f', 1, registry=3)
except TypeError as error:
    print(error)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    compile('x is 1', 'name', 'eval')
    compile(r"'\d'", 'name', 'eval')
    warnings.warn_explicit('explicit', UserWarning, 'some.py', 7)
    warnings.warn(RuntimeWarning('instance'))
print([(w.category.__name__, str(w.message), w.filename.split('/')[-1], w.lineno) for w in caught])
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try:
        compile('x is 1', 'name', 'eval')
    except SyntaxError as error:
        print(error)
