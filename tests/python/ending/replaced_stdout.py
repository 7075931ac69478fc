import io
import sys

sys.stdout = io.StringIO()
sys.__stdout__.write("written last, and never flushed\n")
