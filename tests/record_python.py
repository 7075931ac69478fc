"""Records what CPython 3.11 prints for the programs in tests/python and examples: python3.11 tests/record_python.py"""
import pathlib
import subprocess
import sys

assert sys.version_info[:2] == (3, 11) and sys.implementation.name == "cpython"
root = pathlib.Path(__file__).resolve().parent.parent
for program in sorted([*root.glob("tests/python/**/*.py"), *root.glob("examples/*.py")]):
    run = subprocess.run([sys.executable, "-B", program.name], cwd=program.parent, capture_output=True, timeout=60)
    if run.returncode != 0 or run.stderr:
        sys.exit(f"{program}: {run.stderr.decode()}")
    program.with_suffix(".out").write_bytes(run.stdout)
