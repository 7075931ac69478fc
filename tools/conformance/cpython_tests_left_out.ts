/**
 * Methods of CPython's tests that say nothing about another implementation: they test the C API itself, or C modules made
 * for that. By file; a name, or a class for all of its methods, with the reason.
 */
const leftOut: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  test_bytes: {
    'BytesTest.test_from_format': 'PyBytes_FromFormat, through ctypes',
  },
  test_code: {
    CoExtra: '_PyCode_SetExtra and _PyCode_GetExtra, through ctypes',
    'CodeTest.test_newempty': 'PyCode_NewEmpty',
  },
  test_descr: {
    'ClassPropertiesAndMethods.test_classmethods_in_c': 'xxsubtype, the example of types made in C',
    'ClassPropertiesAndMethods.test_staticmethods_in_c': 'xxsubtype, the example of types made in C',
    'OperatorsTest.test_spam_dicts': 'xxsubtype, the example of types made in C',
    'OperatorsTest.test_spam_lists': 'xxsubtype, the example of types made in C',
  },
  test_exceptions: {
    'ExceptionTests.testSettingException': 'PyErr_SetObject, called without a frame of its own',
    'ExceptionTests.test_memory_error_in_PyErr_PrintEx': 'makes an allocation of C fail',
    'ExceptionTests.test_recursion_normalizing_infinite_exception': 'PyErr_NormalizeException',
    'ExceptionTests.test_recursion_normalizing_with_no_memory': 'makes an allocation of C fail',
  },
  test_finalization: {
    LegacyFinalizationTest: 'tp_del, which only types made in C can have',
    'SimpleFinalizationTest.test_non_gc': 'a heap type without Py_TPFLAGS_HAVE_GC',
    'SimpleFinalizationTest.test_non_gc_resurrect': 'a heap type without Py_TPFLAGS_HAVE_GC',
  },
  test_gc: {
    'GCCallbackTests.test_collect_garbage': 'tp_del, which only types made in C can have',
    'GCTests.test_legacy_finalizer': 'tp_del, which only types made in C can have',
    'GCTests.test_legacy_finalizer_newclass': 'tp_del, which only types made in C can have',
    'GCTests.test_trash_weakref_clear': 'a container made in C without Py_TPFLAGS_HAVE_GC',
  },
  test_generators: {
    'SignalAndYieldFromTest.test_raise_and_yield_from': 'a C function that raises a signal and sends at once',
  },
  test_import: {
    'ImportTests.test_from_import_missing_attr_has_name_and_so_path': 'a shared library as a module',
  },
  test_marshal: {
    CAPI_TestCase: 'PyMarshal_ReadObjectFromFile and its like, with a FILE of C',
  },
  test_sys: {
    'SysModuleTest.test_debugmallocstats': 'the statistics of pymalloc',
  },
  test_sys_settrace: {
    'SkipLineEventsTraceTestCase.test_no_line_event_after_creating_generator': 'PyEval_SetTrace',
    'TraceOpcodesTestCase.test_no_line_event_after_creating_generator': 'PyEval_SetTrace',
    'TraceTestCase.test_no_line_event_after_creating_generator': 'PyEval_SetTrace',
  },
  test_traceback: {
    'TracebackFormatTests.test_print_exception_bad_type_capi': 'PyErr_Display',
  },
  test_tracemalloc: {
    TestCAPI: 'PyTraceMalloc_Track and PyTraceMalloc_Untrack',
    'TestCommandLine.test_pymem_alloc0': 'PyMem_Malloc and its like',
  },
  test_unicode: {
    'UnicodeTest.test_resize': 'PyUnicode_Resize',
  },
  test_weakref: {
    'ReferencesTestCase.test_cfunction': 'a function made in C from a PyMethodDef',
  },
}

/** Why a method is left out; `undefined` if it is not. */
export function reasonToLeaveOut(file: string, name: string): string | undefined {
  const rows = leftOut[file]
  return rows?.[name] ?? rows?.[name.slice(0, name.indexOf('.'))]
}
