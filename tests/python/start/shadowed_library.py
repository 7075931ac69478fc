"""A program's own module of a library module's name is found first, by the library too."""
import os
import re
import subprocess
import sys
import tempfile


def run(code, **files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = os.path.join(folder, name.replace('__', '/') + '.py')
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w') as file:
                file.write(text)
        done = subprocess.run([sys.executable, '-S', '-c', code], cwd=folder, capture_output=True, text=True)
        frames = re.findall(r'(\w+)(?:/__init__)?\.py", line (\d+)', done.stderr)
        print(done.stdout.split(), frames, done.stderr.splitlines()[-1:])


run('import inspect', operator='1 / 0')
run('import traceback; print(traceback.linecache.__name__)', linecache='print("own")')
run('import sys, dataclasses; print("inspect" in sys.modules)', signal='print("own")', notes='')
run('import inspect; print(inspect.dis.mine)', dis='mine = 1\nopname = []')
run('import signal; print(signal.mine)', signal='mine = 2')
