"""Records what CPython 3.11 makes of small sources, for the tests in src/tokens: python3.11 tools/tokens/record.py.

Writes tests/data/tokens.json: for each source the parser-level tokens, the error of the tokenizer, the errors that
compile() reports where they are the tokenizer's, and the text of Lib/tokenize.py's tokens.
"""
import _tokenize
import io
import json
import os
import random
import tokenize
import warnings

SEEDS = [
    "x = 1\n", "", "\n", "a\r\nb\r\n", "a\rb", "if x: # c\n  y\n# d\nz", "x = (\n1, \n\n)\n", '"""a\nb"""; \\\n c',
    "\\\nx", "  \\\n  x\n", "x #c", "if 1:\n x", "a\n\\\n", "é=ﬁ\n", "𝔘𝔫𝔦 = 𝔘\n", "def f():\n\tx\n\n\tif y:\n\t\tz\nw\n",
    "if 1:\n\tx\n        y\n", "if 1:\n        x\n\ty\n", "if 1:\n    x\n  y\n", "\x0cx\n \x0c y\n", "  \x0cx\n",
    "1 12 0 00 0_0 1_000 0x1F 0XabC 0o17 0O7 0b101 0B1 1. .5 1.5 1e5 1E+5 1.e-3 1_0.0_1e1_0 1j 1.5J 0777.5 09e1 0j\n",
    "089", "0_", "1__2", "1_a", "1_", "0x", "0xg", "0x_", "0o8", "0o18", "0o", "0b2", "0b12", "0b", "1e", "1e+", "1.5e-",
    "1if 1else 2", "0x1for x in y", "1not in x", "1or 2", "1in x", "1jif 1 else 2", "1abc", "1.abc", "0o7or 1", "1é", "5andx",
    "'a' \"b\" r'\\' b'x' Rb'y' bR\"z\" u'u' f'{x}' fR'' ur''\n", "'abc", "'abc\n", '"a\\\nb"', '"\\', '"""abc\n\n', "'''a\\'''", "''''''",
    "( [ { } ] )", ")", "(]", "(\n\n]", "{(", "x = (\n1,\n", "(" * 201, "x = €", "x\xa0=1", "a\u200bb", "\x01", "x\x7f", "$ ? ! `", "\ufeffx",
    "+ - * / % @ & | ^ ~ < > <= >= == != <> << >> ** // -> := ... .. . , ; : = += -= *= /= %= @= &= |= ^= <<= >>= **= //=\n",
    "a \\", "a \\ b", "a = \\\n b \\ c\n", " \\\n", "x = \\\n\\\n 1\n", "async def f(): await x\n", "match _:\n case _: pass\n",
    "class A:\n  def f(self):\n    return None\n  x = True\n", "lambda: (yield)\n", "if x:\n  (a\nb\n  )\n", "\tx", "if x:\n # c\n  y\n # d\n",
    "".join(" " * i + "if x:\n" for i in range(101)), "١ = 1", "x١ = 1", "ª℘ = 1", "\u0301a", "a\u0301 = á\n", "def\tf ( ) :\n\tpass\n",
]
PIECES = ["\t", " ", "\n", "\r", "\x0c", "\\", "\\\n", "(", ")", "[", "]", "{", "}", '"', "'", '"""', "#", "0", "1_", "0x", "0o8",
          "1e", "1if ", "é", "€", "\xa0", "𝔘", "$", "!", "...", "->", "**=", "if", ":", "    ", "rb", "f", ";", "0777", "\x01"]
TOKENIZER_ERRORS = ("invalid non-printable", "invalid character", "invalid decimal", "invalid hexadecimal", "invalid octal",
                    "invalid binary", "invalid imaginary", "invalid digit", "leading zeros", "unterminated", "unmatched",
                    "closing paren", "too many nested", "inconsistent use", "too many levels", "unexpected EOF while",
                    "unexpected character after", "unindent does")


def sources():
    yield from SEEDS
    rng = random.Random(311)
    for _ in range(160):
        text = rng.choice(SEEDS[:30])
        for _ in range(rng.randint(1, 3)):
            i = rng.randint(0, len(text))
            text = text[:i] + rng.choice(PIECES) + text[i + rng.randint(0, 1):]
        yield text


def fields(error):
    return [type(error).__name__, error.msg, error.lineno, error.offset, error.text, error.end_lineno, error.end_offset]


def tokens_of(source):
    found = []
    try:
        for text, kind, line, end_line, col, end_col, _ in _tokenize.TokenizerIter(source):
            found.append([kind, line, col, end_line, end_col, text])
    except SyntaxError as error:
        return found, fields(error)
    return found, None


def compile_error(source, mode):
    try:
        compile(source, "<string>", mode, dont_inherit=True)
    except SyntaxError as error:
        if error.msg.startswith(TOKENIZER_ERRORS):
            return fields(error)
    except Exception:
        pass
    return None


def module_tokens(source):
    found = []
    try:
        for t in tokenize.tokenize(io.BytesIO(source.encode()).readline):
            found.append([tokenize.tok_name[t.type], tokenize.tok_name[t.exact_type], t.string, t.start, t.end, t.line])
    except IndentationError as error:
        return found, ["IndentationError", error.msg, error.lineno, error.offset, error.text]
    except tokenize.TokenError as error:
        return found, ["TokenError", str(error)]
    return found, None


def main():
    warnings.simplefilter("ignore")
    records = []
    for source in dict.fromkeys(sources()):
        found, error = tokens_of(source)
        of_module, module_error = module_tokens(source) if len(source) < 150 else ([], "not recorded")
        errors = {mode: compile_error(source, mode) for mode in ("exec", "eval", "single")}
        errors["bytes"] = compile_error(source.encode(), "exec")
        records.append({
            "source": source, "tokens": found, "error": error,
            "compile": {key: value for key, value in errors.items() if value},
            "module": [] if module_error else of_module, "module_error": module_error,
        })
    path = os.path.join(os.path.dirname(__file__), "../../tests/data/tokens.json")
    with open(path, "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in records) + "\n]\n")


main()
