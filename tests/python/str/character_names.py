import unicodedata

print(ascii('\N{SNOWMAN} \N{latin small letter e with acute}'), ascii(f'{1}\N{GRINNING FACE}'))
print(ascii(eval(r"'\N{CJK UNIFIED IDEOGRAPH-4E2D}\N{HANGUL SYLLABLE GAG}\N{LINE FEED}'")))
print(b'\\N{BULLET}'.decode('unicode_escape') == '\N{BULLET}' == unicodedata.lookup('BULLET'))
for source in (r"'\N{no such name}'", r"'\N{}'", r"'\N'", r"b'\N{BULLET}'", r"r'\N{BULLET}'"):
    try:
        print(eval(source))
    except SyntaxError as error:
        print(error.msg)
