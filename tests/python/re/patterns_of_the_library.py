import json.decoder
import re
import string
import textwrap
import tokenize

for pattern in [
    string.Template.pattern,
    textwrap.TextWrapper.wordsep_re,
    json.decoder.STRINGCHUNK,
    tokenize.cookie_re,
    re.compile(tokenize.PseudoToken, re.UNICODE),
]:
    print(pattern.flags, pattern.groups, list(pattern.groupindex.items()), len(pattern.pattern))
print(re.findall(string.Template.pattern, "$name ${other} $$ $"))
print(textwrap.wrap("some well-known words, wrapped -- and more", 12))
print(list(tokenize.generate_tokens(iter(["if x: y = 'z' # c\n"]).__next__))[3])
print(re.compile(tokenize.PseudoToken).fullmatch("  name").groups())
try:
    re.compile(string.Template.pattern.pattern + "(")
except re.error as error:
    print(error)
