import ast

source = "x: int = 1\ndef f(a, /, b=2, *c, d, **e) -> str:\n    return f'{a!r:>{b}}'\n"
tree = ast.parse(source)
print(ast.dump(tree, include_attributes=True))
print(ast.unparse(tree))
namespace = {}
exec(compile(tree, '<tree>', 'exec'), namespace)
print(repr(namespace['f'](3, d=1)))
name = ast.Name('a', ast.Load())
print(name.id, name._fields, ast.Name.__match_args__, ast.Name.__doc__, ast.arg._attributes, ast.arg.end_lineno)
print(ast.stmt.__doc__.splitlines()[1].strip(), isinstance(name, ast.AST), ast.Name.__mro__)


class Named(ast.Name):
    pass


print(ast.literal_eval("{'a': [1, (2.5, b'x')], None: {True}}"))
wrong = [
    lambda: ast.Name(1, 2, 3),
    lambda: ast.Name('a', id='b'),
    lambda: compile(ast.Expression(name), '', 'eval'),
    lambda: compile(name, '', 'eval'),
    lambda: compile(ast.Module([1], []), '', 'exec'),
    lambda: compile(ast.Module(body=[]), '', 'exec'),
    lambda: compile(ast.Module(body=3, type_ignores=[]), '', 'exec'),
    lambda: compile(ast.Expression(ast.Constant(print, lineno=1, col_offset=0)), '', 'eval'),
    lambda: compile(ast.Module([ast.Pass(lineno='x', col_offset=0)], []), '', 'exec'),
    lambda: ast.parse('a b'),
    lambda: ast.parse('(yield)', mode='nothing'),
]
for make in wrong:
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)
located = ast.fix_missing_locations(ast.Expression(Named('value', ast.Load())))
print(eval(compile(located, '', 'eval'), {'value': 42}))
print(compile('1 + 1', '', 'eval', ast.PyCF_ONLY_AST).body.op.__class__, ast.Add().__reduce__()[1:])
