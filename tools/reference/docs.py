"""Writes the docstrings of all that CPython has in C, by name, as JSON: docs.py FILE"""
import importlib
import json
import sys
import types
import warnings

described = (
    types.BuiltinFunctionType,
    types.ClassMethodDescriptorType,
    types.GetSetDescriptorType,
    types.MemberDescriptorType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    staticmethod,
)
docs = {}
warnings.simplefilter("ignore")


def put(name, value):
    doc = value.__doc__
    if isinstance(doc, str):
        docs[name] = doc


def put_type(cls):
    members = vars(cls)
    if any(isinstance(value, types.FunctionType) for value in members.values()):
        return
    name = cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"
    put(name, cls)
    for key, value in members.items():
        if isinstance(value, described):
            put(f"{name}.{key}", value)


def all_types(cls, seen):
    if cls not in seen:
        seen.add(cls)
        for derived in type.__subclasses__(cls):
            all_types(derived, seen)
    return seen


for module_name in sys.builtin_module_names:
    try:
        module = importlib.import_module(module_name)
    except ImportError:
        continue
    put(module_name, module)
    for key, value in vars(module).items():
        if isinstance(value, types.BuiltinFunctionType):
            put(f"{module_name}.{key}", value)
for cls in all_types(object, set()):
    put_type(cls)
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(docs, file, sort_keys=True)
