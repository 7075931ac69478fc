"""What CPython makes of a source file at each stage, as text: the reference that Taipan is compared with.

stages.py digests LISTFILE OUTFILE     a line a file: its path, then the digest of each stage's text, tabs between
stages.py text STAGE FILE NAME OUTFILE the text of one stage of one file, compiled under the file name NAME
A line of LISTFILE is "path<TAB>name": the file to read, and the file name it is compiled under.
"""
import ast
import dis
import hashlib
import io
import marshal
import re
import symtable
import sys
import tokenize
import warnings

CODE_FIELDS = """co_argcount co_posonlyargcount co_kwonlyargcount co_nlocals co_stacksize co_flags co_code co_names
co_varnames co_cellvars co_freevars co_filename co_name co_qualname co_firstlineno co_linetable
co_exceptiontable""".split()


def tokens_text(source, name):
    lines = []
    for t in tokenize.tokenize(io.BytesIO(source).readline):
        lines.append("%d,%d-%d,%d %s %r %r" % (*t.start, *t.end, tokenize.tok_name[t.exact_type], t.string, t.line))
    return "\n".join(lines)


def ast_text(source, name):
    return ast.dump(ast.parse(source, name), include_attributes=True, indent=1)


def symbols_text(source, name):
    lines = []

    def visit(table, depth):
        pad = " " * depth
        lines.append("%s%s %s %d nested=%d optimized=%d" % (
            pad, table.get_type(), table.get_name(), table.get_lineno(), table.is_nested(), table.is_optimized()))
        for identifier in sorted(table.get_identifiers()):
            s = table.lookup(identifier)
            kinds = [k for k in ("referenced", "parameter", "global", "nonlocal", "declared_global", "local",
                                 "annotated", "free", "imported", "assigned", "namespace") if getattr(s, "is_" + k)()]
            lines.append("%s  %s: %s" % (pad, identifier, " ".join(kinds)))
        for child in table.get_children():
            visit(child, depth + 1)

    visit(symtable.symtable(source, name, "exec"), 0)
    return "\n".join(lines)


def constant_text(value):
    if isinstance(value, tuple):
        return "(" + ", ".join(map(constant_text, value)) + ")"
    if isinstance(value, frozenset):
        return "frozenset{" + ", ".join(sorted(map(constant_text, value))) + "}"
    if isinstance(value, type(constant_text.__code__)):
        return "<code %s>" % value.co_qualname
    return "%s %r" % (type(value).__name__, value)


def code_text(source, name):
    lines = []

    def visit(code):
        for field in CODE_FIELDS:
            value = getattr(code, field)
            lines.append("%s %s" % (field, value.hex() if isinstance(value, bytes) else repr(value)))
        for value in code.co_consts:
            lines.append("const " + constant_text(value))
        for value in code.co_consts:
            if isinstance(value, type(code)):
                visit(value)

    visit(compile(source, name, "exec", 0, True, 0))
    return "\n".join(lines)


def dis_text(source, name):
    out = io.StringIO()
    dis.dis(compile(source, name, "exec", 0, True, 0), file=out)
    text = re.sub(r"0x[0-9a-fA-F]{6,}", "0xADDR", out.getvalue())
    # the order inside a frozenset's repr depends on the hash seed
    return re.sub(r"frozenset\(\{([^{}]*)\}\)",
                  lambda m: "frozenset({" + ", ".join(sorted(m.group(1).split(", "))) + "})", text)


def marshal_text(source, name):
    # importlib holds the code object while it writes it, which shows in the first byte
    code = compile(source, name, "exec", 0, True, 0)
    return marshal.dumps(code).hex()


STAGES = {"tokens": tokens_text, "ast": ast_text, "symbols": symbols_text, "code": code_text, "dis": dis_text,
          "marshal": marshal_text}


def stage_text(stage, source, name):
    try:
        return STAGES[stage](source, name)
    except Exception as e:
        return "!%s: %s" % (type(e).__name__, e)


def digest(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def read(path):
    with open(path, "rb") as f:
        return f.read()


def main(argv):
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(1000)
    if argv[0] == "text":
        stage, path, name, outfile = argv[1:]
        with open(outfile, "wb") as f:
            f.write(stage_text(stage, read(path), name).encode("utf-8", "surrogatepass"))
        return
    with open(argv[1], encoding="utf-8") as f:
        todo = [line.rstrip("\n").split("\t") for line in f]
    # marshal before all else: the other stages (and json) intern strings, which marshal then writes in another way
    marshalled = [digest(stage_text("marshal", read(path), name)) for path, name in todo]
    with open(argv[2], "w", encoding="utf-8") as out:
        for (path, name), last in zip(todo, marshalled):
            source = read(path)
            digests = [digest(stage_text(stage, source, name)) for stage in STAGES if stage != "marshal"]
            out.write("\t".join([path, *digests, last]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
