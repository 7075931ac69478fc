import importlib
import os
import sys
import tempfile

files = {
    'pack/__init__.py': 'print("pack", __name__, __package__)\nfrom . import one\n__all__ = ["one", "two"]\n',
    'pack/one.py': 'from .sub.deep import VALUE\nprint("one", VALUE)\n',
    'pack/two.py': 'from . import one as other\nprint("two", other.__name__)\n',
    'pack/sub/__init__.py': '',
    'pack/sub/deep.py': 'from .. import __name__ as VALUE\n',
    'circle_a.py': 'from circle_b import y\nx = 1\n',
    'circle_b.py': 'from circle_a import x\ny = 2\n',
    'space/inside.py': 'print("inside", __spec__.parent)\n',
    'hidden.py': '_private = 1\npublic = 2\n',
    'broken.py': 'raise ValueError("broken")\n',
}
with tempfile.TemporaryDirectory() as folder:
    for name, text in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as file:
            file.write(text)
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    from pack import *

    print(one.__name__, two.__name__)
    try:
        import circle_a
    except ImportError as error:
        print(str(error).split(' (/')[0], error.name, 'circle_a' in sys.modules)
    import space.inside

    print(type(space.__path__).__name__)
    exec('from hidden import *')
    print('public' in globals(), '_private' in globals())
    for _ in range(2):
        try:
            import broken
        except ValueError as error:
            print(error, 'broken' in sys.modules, error.__traceback__.tb_next.tb_frame.f_code.co_name)
    with open(os.path.join(folder, 'hidden.py'), 'a') as file:
        file.write('later = 3\n')
    import hidden

    print(hasattr(hidden, 'later'), importlib.reload(hidden).later)
