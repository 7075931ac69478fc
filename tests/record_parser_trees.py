"""Records what CPython 3.11 makes of the programs in data/parser_trees.json.

Each case there has the arguments of `compile`; `tree` becomes the dump with positions, or `error` the exception's
name and message. Run it with python3.11 after adding a case.
"""
import ast
import json
import pathlib
import warnings

PATH = pathlib.Path(__file__).parent / "data" / "parser_trees.json"


def record(case):
    flags = ast.PyCF_ONLY_AST | (ast.PyCF_TYPE_COMMENTS if case["type_comments"] else 0)
    version = case["feature_version"]
    result = {key: case[key] for key in ("source", "mode", "type_comments", "feature_version")}
    try:
        tree = compile(
            case["source"], "<unknown>", case["mode"], flags, _feature_version=-1 if version is None else version
        )
    except SyntaxError as error:
        result["error"] = f"{type(error).__name__}: {error.msg}"
    else:
        result["tree"] = ast.dump(tree, include_attributes=True)
    return result


def main():
    warnings.simplefilter("ignore")
    cases = [record(case) for case in json.loads(PATH.read_text())]
    PATH.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")


main()
