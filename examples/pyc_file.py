"""Importing a module leaves its bytecode in __pycache__, and the next import reads it there."""
import importlib
import importlib.util
import marshal
import os
import py_compile
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    source = os.path.join(folder, "greeting.py")
    with open(source, "w") as file:
        file.write('def greet(name):\n    return f"Hello, {name}"\n')
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = False
    greeting = importlib.import_module("greeting")
    print(greeting.greet("pyc"))
    print(os.listdir(os.path.join(folder, "__pycache__")))
    with open(greeting.__cached__, "rb") as file:
        data = file.read()
    print(data[:4] == importlib.util.MAGIC_NUMBER, len(data[:16]))
    code = marshal.loads(data[16:])
    print(code.co_name, code.co_names)
    print(os.path.basename(py_compile.compile(source, optimize=2)))
