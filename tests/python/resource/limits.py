import resource


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


print(resource.error, resource.RLIM_INFINITY, resource.RLIMIT_NOFILE, resource.getpagesize())
show(lambda: resource.getrlimit(99))
show(lambda: resource.getrusage(99))
show(lambda: resource.setrlimit(0, 1))
show(lambda: resource.setrlimit(0, (1, 2, 3)))
show(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2**70, 1)))
show(lambda: resource.setrlimit(resource.RLIMIT_CORE, (1, 0)))
show(lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)))
show(lambda: resource.getrlimit(resource.RLIMIT_CORE))
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
show(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard)))
show(lambda: resource.prlimit(0, resource.RLIMIT_NOFILE)[0])
usage = resource.getrusage(resource.RUSAGE_SELF)
print(type(usage), len(usage), usage.ru_utime > 0, usage.ru_maxrss > 0, usage[0] == usage.ru_utime)
