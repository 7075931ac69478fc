import sysconfig

for name in 'EXT_SUFFIX', 'SOABI', 'SHLIB_SUFFIX', 'MULTIARCH', 'Py_DEBUG', 'ABIFLAGS', 'VERSION', 'py_version_short':
    print(name, repr(sysconfig.get_config_var(name)))
print(sysconfig.get_config_vars('SIZEOF_LONG', 'SIZEOF_VOID_P', 'WITH_PYMALLOC', 'NO_SUCH_NAME'))
print(sysconfig.get_platform(), sysconfig.get_python_version(), sysconfig.get_default_scheme())
prefix = sysconfig.get_config_var('prefix')
print(sysconfig.get_config_var('LIBDIR') == prefix + '/lib', sysconfig.get_config_var('exec_prefix') == prefix)
print(sorted(sysconfig.get_paths()))
