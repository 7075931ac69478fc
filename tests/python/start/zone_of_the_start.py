"""`time` knows the zone that the environment had at the start, until `tzset`."""
import os
import subprocess
import sys

code = '''
import os
os.environ['TZ'] = 'NEW1'
import time
print(time.tzname, time.timezone, time.localtime(0)[:6])
time.tzset()
print(time.tzname, time.timezone, time.localtime(0)[:6])
del os.environ['TZ']
print(time.tzname)
'''
env = {**os.environ, 'TZ': 'OLD-2'}
print(subprocess.run([sys.executable, '-S', '-c', code], env=env, capture_output=True, text=True).stdout)
