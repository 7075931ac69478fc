"""What CPython says about programs, most of them invalid: the reference for Taipan's errors and warnings.

syntax.py extract TESTDIR OUTFILE    the invalid programs that CPython's own tests contain, a JSON line each
syntax.py answer INFILE OUTFILE      CPython's answer to each line of INFILE, a JSON line each
A case is {"source": base64, "kind": "str"|"bytes", "mode": "exec"|"eval"|"single", "origin": ...}.
"""
import ast
import base64
import doctest
import json
import os
import sys
import textwrap
import warnings

FILENAME = "<case>"
# calls of a test whose string arguments are programs
COMPILERS = {"compile", "exec", "eval", "parse", "symtable", "check_syntax_error", "_check_error", "check",
             "assertSyntaxError", "assertInvalidSyntax", "assertAllRaise", "check_error", "compile_command",
             "_testFailure", "checkParse", "assert_invalid", "assert_syntax_error", "_check_noerror"}
# the tests of the language; elsewhere such strings are mostly prose
LANGUAGE = {"test_%s.py" % name for name in """ast asyncgen augassign builtin bytes code_module codeop compile complex
coroutines decorators dictcomps dis eof except_star exception_group exceptions extcall float flufl fstring future
generator_stop generators genexps global grammar int_literal keywordonlyarg lib2to3 listcomps metaclass
named_expressions parser patma peepholer pep3120 pep646_syntax positional_only_arg repl scope setcomps source_encoding
string_literals subclassinit super symtable syntax sys_settrace tokenize traceback type_annotations type_comments types
typing unicode_identifiers unpack_ex unparse utf8source with yield_from""".split()}


def answer(source, mode):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(source, FILENAME, mode, 0, True)
            result = {"ok": True}
        except SyntaxError as e:
            result = {"type": type(e).__name__, "msg": e.msg, "lineno": e.lineno, "offset": e.offset,
                      "end_lineno": e.end_lineno, "end_offset": e.end_offset, "text": e.text}
        except Exception as e:
            result = {"type": type(e).__name__, "msg": str(e)}
    result["warnings"] = [[w.category.__name__, str(w.message), w.lineno] for w in caught]
    return result


def is_invalid(source, mode):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, FILENAME, mode, 0, True)
        except SyntaxError:
            return True
        except Exception:
            return False
    return False


def strings_of(call):
    for node in list(call.args) + [k.value for k in call.keywords]:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, (str, bytes)):
                yield part.value


def cases_of(path, name):
    with open(path, "rb") as f:
        raw = f.read()
    try:
        tree = ast.parse(raw)
    except SyntaxError:
        yield raw, "exec"
        return
    parser = doctest.DocTestParser()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ">>>" in node.value:
            try:
                examples = parser.get_examples(node.value)
            except ValueError:
                continue
            for example in examples:
                if example.exc_msg and "Error" in example.exc_msg:
                    yield example.source, "single"
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in COMPILERS:
                for text in strings_of(node):
                    yield text, "eval" if called == "eval" else "exec"
                    if isinstance(text, str) and text[:1] in " \t\n":
                        yield textwrap.dedent(text), "exec"


def extract(testdir):
    seen = set()
    for name in sorted(os.listdir(testdir)):
        if name not in LANGUAGE and not (name.startswith("bad") and name.endswith(".py")):
            continue
        for source, mode in cases_of(os.path.join(testdir, name), name):
            if (source, mode) in seen or not source.strip() or len(source) > 20000:
                continue
            seen.add((source, mode))
            if is_invalid(source, mode):
                kind = "str" if isinstance(source, str) else "bytes"
                data = source.encode("utf-8", "surrogatepass") if kind == "str" else source
                yield {"source": base64.b64encode(data).decode(), "kind": kind, "mode": mode, "origin": name}


def main(argv):
    if argv[0] == "extract":
        with open(argv[2], "w") as out:
            for case in extract(argv[1]):
                out.write(json.dumps(case) + "\n")
        return
    with open(argv[1]) as f, open(argv[2], "w") as out:
        for line in f:
            case = json.loads(line)
            source = base64.b64decode(case["source"])
            if case["kind"] == "str":
                source = source.decode("utf-8", "surrogatepass")
            out.write(json.dumps(answer(source, case["mode"])) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
