"""Text files: ends of lines, encodings, positions."""
import os, tempfile

path = os.path.join(tempfile.mkdtemp(), 'file.txt')
for newline in (None, '', '\n', '\r', '\r\n'):
    with open(path, 'w', encoding='utf-8', newline=newline) as f:
        print(repr(newline), f.write('a\nb\r\nc\rd'))
    with open(path, 'rb') as f:
        print(f.read())
    for reading in (None, '', '\n', '\r', '\r\n'):
        with open(path, encoding='utf-8', newline=reading) as f:
            print(repr(reading), f.readlines(), f.newlines)

with open(path, 'w', encoding='utf-8') as f:
    f.write('é€😀\nsecond\nthird')
with open(path, encoding='utf-8') as f:
    print(f.read(2), f.tell())
    place = f.tell()
    print(repr(f.readline()), f.tell())
    f.seek(place)
    print(repr(f.read()))
    f.seek(0)
    print(repr(f.readline(2)), repr(f.readline(1)), repr(f.readline()))
    for line in f:
        try:
            f.tell()
        except OSError as e:
            print(e)
        break
for encoding in ('utf-16', 'utf-8-sig', 'latin-1', 'utf-32-le'):
    with open(path, 'w', encoding=encoding) as f:
        f.write('ab\n')
    with open(path, 'a', encoding=encoding) as f:
        f.write('cd\n')
    with open(path, 'rb') as f:
        print(encoding, f.read())
    with open(path, encoding=encoding) as f:
        print(f.readlines())
with open(path, 'wb') as f:
    f.write(b'ok\xff\xfeend')
for errors in ('strict', 'replace', 'ignore', 'surrogateescape', 'backslashreplace'):
    try:
        with open(path, encoding='utf-8', errors=errors) as f:
            print(errors, ascii(f.read()))
    except UnicodeDecodeError as e:
        print(errors, e)
with open(path, 'w', encoding='ascii') as f:
    try:
        f.write('é')
    except UnicodeEncodeError as e:
        print(e)
    f.reconfigure(errors='xmlcharrefreplace')
    f.write('é')
print(open(path).read())
