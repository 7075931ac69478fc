"""Local time by TZ strings, strftime, the errors of time."""
import os, time

for zone in ('UTC', 'EST+05EDT,M4.1.0,M10.5.0', 'AEST-10AEDT-11,M10.5.0,M3.5.0', '<+03>-3', ''):
    os.environ['TZ'] = zone
    time.tzset()
    print(zone, time.timezone, time.altzone, time.daylight, time.tzname)
    for seconds in (0, 951782400, 1175000000, 1190000000, 1700000000, -86400 * 400):
        t = time.localtime(seconds)
        print(tuple(t), t.tm_zone, t.tm_gmtoff, time.mktime(t) == seconds, time.ctime(seconds))
        print(time.strftime('%a %A %b %B %c %d %e %H %I %j %m %M %p %S %U %V %G %w %W %x %X %y %Y %z %Z %% %D %F %R %T %u', t))
for year in (1999, 2000, 2004, 2009, 2020, 2021):
    for month, day in ((1, 1), (1, 4), (12, 28), (12, 31)):
        t = time.gmtime(time.mktime((year, month, day, 0, 0, 0, 0, 0, -1)))
        print(time.strftime('%G-%V-%u %j %U %W', t), end=' ')
print()
for call in ("time.gmtime(float('nan'))", "time.gmtime(1e300)", "time.gmtime('a')", "time.sleep(-1)", "time.sleep('a')",
             "time.strftime(1)", "time.strftime('%Y', (1, 2))", "time.asctime((2020, 13) + (1,) * 7)", "time.asctime((1,) * 9)",
             "time.get_clock_info('x')", "time.strftime('%Y', (99, 1, 1) + (0,) * 6)", "time.clock_gettime(99)",
             "time.gmtime(-1)", "time.asctime(1)", "time.gmtime(10**20)", "time.struct_time(range(9))",
             "time.struct_time(range(11)).tm_zone", "time.strptime('2020-02-03', '%Y-%m-%d')", "time.strftime('%q%')"):
    try:
        print(call, eval(call))
    except Exception as e:
        print(call, type(e).__name__, e)
