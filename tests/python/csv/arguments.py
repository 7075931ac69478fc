import _csv
import csv


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


class Broken:
    delimiter = '\t'

    @property
    def quotechar(self):
        raise ZeroDivisionError


show(lambda: _csv.Reader())
show(lambda: csv.reader())
show(lambda: csv.reader(1, 2, 3))
show(lambda: csv.reader(1))
show(lambda: csv.reader([], bad=1))
show(lambda: csv.writer(1))
show(lambda: csv.writer(None, delimiter='ab'))
show(lambda: _csv.Dialect(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
show(lambda: _csv.Dialect(1, dialect=2))
show(lambda: _csv.Dialect(Broken).delimiter)
show(lambda: _csv.Dialect(Broken()).quotechar)
show(lambda: _csv.Dialect(quotechar=None).quoting)
show(lambda: _csv.Dialect(quotechar=None, quoting=0))
show(lambda: _csv.Dialect(lineterminator=None))
for name in 'delimiter', 'escapechar', 'quotechar', 'lineterminator', 'quoting':
    for value in '', 'ab', 1, 1.5, None, True, 2 ** 40:
        show(lambda: getattr(_csv.Dialect(**{name: value}), name))
show(lambda: _csv.Dialect.__reduce__(_csv.Dialect()))
show(lambda: csv.register_dialect())
show(lambda: csv.register_dialect(1))
show(lambda: csv.register_dialect('mine', delimiter='|', strict=1))
show(lambda: list(csv.reader(['a|b', 'c,d'], 'mine')))
show(lambda: csv.get_dialect('mine').strict)
show(csv.list_dialects)
show(lambda: csv.unregister_dialect('mine'))
show(lambda: csv.unregister_dialect('mine'))
show(lambda: csv.get_dialect([]))
show(lambda: list(csv.reader([b'a'])))
show(lambda: list(csv.reader(['1,x'], quoting=csv.QUOTE_NONNUMERIC)))
show(lambda: csv.field_size_limit(3))
show(lambda: list(csv.reader(['abcd'])))
show(lambda: csv.field_size_limit(1.0))
show(lambda: csv.field_size_limit(2 ** 70))
show(lambda: csv.field_size_limit(1 << 17))
