# A child that writes to a pipe whose reader has closed it is told so.
import errno
import subprocess
import sys

program = """
import sys
sys.stdin.read()
try:
    sys.stdout.write("text")
    sys.stdout.flush()
except BrokenPipeError as error:
    sys.stdout = None
    sys.exit(error.errno)
"""
child = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.close()
child.communicate(b"")
print(child.returncode == errno.EPIPE)
