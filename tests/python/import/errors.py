def show(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs).__name__)
    except Exception as error:
        print(type(error).__name__, error, getattr(error, 'name', None))


show(__import__, 'nonexistent_module'), show(__import__, 3), show(__import__, ''), show(__import__, 'os', level=-1)
show(__import__, 'os.path'), show(__import__, 'os.path', fromlist=['join']), show(__import__, 'sys.nothing')
show(__import__, 'x', {}, {}, [], 1), show(__import__, 'x', {'__package__': 'a.b'}, {}, [], 5)
show(__import__, 'x', {'__package__': 3}, {}, [], 1), show(__import__, 'x', 5, {}, [], 1)
show(__import__, 'x', {'__package__': ''}, {}, [], 1)
try:
    from os import nothing_of_this_name
except ImportError as error:
    print(str(error).split(' (')[0], error.name, error.path is not None)
try:
    import nonexistent_package.module
except ImportError as error:
    print(error, error.name, error.path)
