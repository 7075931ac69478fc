"""Trace and profile functions and audit hooks do not see the first use of a module that the start has imported."""
import sys


def use(name, attribute):
    getattr(sys.modules[name], attribute)


def trace(frame, event, arg):
    print('trace', event, frame.f_code.co_name)


def profile(frame, event, arg):
    print('profile', event, frame.f_code.co_name)


def audit(event, args):
    global events
    events += event in ('import', 'exec', 'compile')


events = 0
sys.settrace(trace)
use('posixpath', 'join')
sys.settrace(None)
use('codecs', 'lookup')
sys.setprofile(profile)
use('io', 'open')
sys.setprofile(None)
sys.addaudithook(audit)
use('os', 'sep')
print(events)
