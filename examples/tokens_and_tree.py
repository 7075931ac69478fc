"""From text to tokens to a syntax tree: what the parser sees of one line."""
import ast
import io
import tokenize

SOURCE = "total = price * (1 + rate)\n"

for token in tokenize.generate_tokens(io.StringIO(SOURCE).readline):
    print(f"{tokenize.tok_name[token.type]:10} {token.string!r}")

print(ast.dump(ast.parse(SOURCE), indent=2))
