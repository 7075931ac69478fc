"""All short lines of the characters that matter, read and written under many dialects: digests of what comes out."""
import csv
import hashlib
import io
import itertools

ALPHABET = 'a",\n \\\U0001f40d'
DIALECTS = [
    dict(quoting=quoting, doublequote=doublequote, escapechar=escapechar, skipinitialspace=space, strict=strict)
    for quoting in range(4)
    for doublequote in (False, True)
    for escapechar in (None, '\\')
    for space in (False, True)
    for strict in (False, True)
]


def read(text, options):
    reader = csv.reader(text.splitlines(True), **options)
    rows = []
    try:
        for row in reader:
            rows.append(row)
    except (csv.Error, ValueError) as error:
        rows.append(str(error))
    return rows, reader.line_num


def write(fields, options):
    out = io.StringIO()
    try:
        csv.writer(out, **options).writerow(fields)
    except csv.Error as error:
        return str(error)
    return out.getvalue()


lines = [''.join(chars) for size in range(5) for chars in itertools.product(ALPHABET, repeat=size)]
lines = lines[::7]
for number, options in enumerate(DIALECTS):
    read_digest, write_digest = hashlib.sha256(), hashlib.sha256()
    for line in lines:
        read_digest.update(repr(read(line, options)).encode())
        written = write([line, None, 1, 2.5, line[1:]], options) + write([line], options)
        write_digest.update(repr(written).encode())
    print(number, read_digest.hexdigest()[:16], write_digest.hexdigest()[:16])
