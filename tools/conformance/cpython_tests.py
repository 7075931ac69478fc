"""Runs one of CPython's test files and writes down how each method ended: cpython_tests.py MODULE OUTPUT

Each line of OUTPUT is a mark, a tab, a method's id, and for one that did not pass a tab and why:
">" it begins, "+" it passed, "-" it failed, "s" it was skipped. "." is the end of the file.
"""
import importlib
import os
import random
import sys
import unittest

module, output = sys.argv[1:3]
sys.argv[:] = [module]
# What follows must work whatever a test puts in its place, and not in a process that it forks.
home, write_file, append = os.getpid(), os.write, os.O_WRONLY | os.O_APPEND | os.O_CREAT
open_file, close_file, process = os.open, os.close, os.getpid


def note(mark, *fields):
    if process() != home:
        return
    words = [" ".join(str(field).split()) for field in fields]
    file = open_file(output, append, 0o600)
    write_file(file, ("\t".join([mark, *words]) + "\n").encode("utf-8", "backslashreplace"))
    close_file(file)


def shown(error):
    try:
        return f"{error[0].__name__}: {error[1]}"[:300]
    except Exception:
        return error[0].__name__


class Result(unittest.TestResult):
    """Passes on what happens to each method as it happens."""

    def startTest(self, test):
        super().startTest(test)
        # A test may change its own name.
        self.name, self.mark, self.reason = test.id(), "+", ""
        note(">", self.name)

    def stopTest(self, test):
        super().stopTest(test)
        note(self.mark, self.name, self.reason)

    def lose(self, test, mark, reason):
        if not hasattr(self, "name") or isinstance(test, unittest.suite._ErrorHolder):
            note(mark, test.id(), reason)
        elif mark == "-" or self.mark == "+":
            self.mark, self.reason = mark, reason

    def addError(self, test, error):
        self.lose(test, "-", shown(error))

    addFailure = addError

    def addSubTest(self, test, part, error):
        if error is not None:
            self.lose(test, "-", shown(error))

    def addSkip(self, test, reason):
        # A part that is skipped does not skip the method.
        if not isinstance(test, unittest.case._SubTest):
            self.lose(test, "s", reason)

    def addExpectedFailure(self, test, error):
        self.lose(test, "s", "fails as expected")

    def addUnexpectedSuccess(self, test):
        self.lose(test, "-", "passes against expectation")


from test import support

support.use_resources = ["subprocess", "decimal"]
support.verbose = 0
support.record_original_stdout(sys.stdout)
random.seed(3)
try:
    unittest.TestLoader().loadTestsFromModule(importlib.import_module(module)).run(Result())
except unittest.SkipTest as error:
    note("s", module, error)
note(".")
