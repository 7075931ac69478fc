"""Records tests/data/sre_cases.json: codes of patterns and what CPython 3.11 finds with them.

Run with CPython 3.11: python3.11 tools/sre/record.py > tests/data/sre_cases.json
"""
import json
import re
from re import _compiler, _parser

CASES = [
    (r'abc', 0, ['abc', 'xabcabc', 'ab', '']),
    (r'a*b', 0, ['aaab', 'b', 'aaaa', 'xaab aab']),
    (r'a*?b', 0, ['aaab', 'caab']),
    (r'a{2,3}?c|a{1,2}+b', 0, ['aac', 'aaac', 'aab', 'ab']),
    (r'(a|b)*c', 0, ['ababc', 'c', 'abab']),
    (r'(?:(a)|b)*', 0, ['ab', 'ba', 'bb']),
    (r'(a+)(b+)?\1', 0, ['aabaa', 'aaa', 'abba']),
    (r'(?i)(straSSe)\1', 0, ['STRASSEstrasse', 'Strassestrass']),
    (r'(?i)[k-s]+\u212a', 0, ['KkSs\u212ak', '\u017f\u212a']),
    (r'(?ia)[a-z]+', 0, ['\u212aAZ', 'mN']),
    (r'(?m)^(\w+)$', 0, ['one\ntwo three\nfour\n', '\n\nx']),
    (r'\Aa.b\Z', re.S, ['a\nb', 'a\nb\n']),
    (r'a$', 0, ['a\n', 'a\n\n', 'ba']),
    (r'\b\w+\b|\B', 0, ['hello, w\u00f6rld', '', '!']),
    (r'(?a)\b\w+\b', 0, ['hello, w\u00f6rld']),
    (r'(?=(a+))\w\1', 0, ['aaab', 'baaa']),
    (r'(?<=ab)c|(?<!x)d', 0, ['abc', 'xd', 'd', 'abcxdd']),
    (r'a(?!b)', 0, ['ab', 'aab', 'ac']),
    (r'(<)?(\w+)(?(1)>|$)', 0, ['<a>', 'a', '<a', 'a>']),
    (r'(?>a+)b|(?>a|ab)c', 0, ['aab', 'abc', 'ac']),
    (r'(?:ab)++c', 0, ['ababc', 'abab']),
    (r'(?:a|ab)*+c', 0, ['aabc', 'aac']),
    (r'((?:a?)*?)b', 0, ['aab', 'b']),
    (r'(?:(\d){2,}|([ab])+)++', 0, ['12ab', 'a', '1a']),
    (r'(?:()|a)*?b', 0, ['aab']),
    (r'x*', 0, ['axb', 'xx', '']),
    (r'(|a)+', 0, ['aaa']),
    (r'[^\W\d_]+', 0, ['ab1_\u00e9\u0416', '\U0001d49c\U0001d49e']),
    (r'[\u0400-\u04ff\U00010400-\U0001044f]+', 0, ['\u0416\u0437\U00010412', 'a\u0401']),
    (r'[abc\u0100\u0301\u1234\u5678\u9abc\uffff]+', 0, ['a\u1234\u9abcz', '\uffff\u0101']),
    (r'.\U0001f600', 0, ['x\U0001f600', '\U0001f600\U0001f600', 'xy']),
    (r'foo(?:bar|baz|bat)\d{2}', 0, ['foobar12', 'foobat1 foobaz99']),
    (r'(?:one|two|three|\d+)(?: |$)', 0, ['one two 33 three', 'onetwo ']),
    (r'"(?:[^"\\]|\\.)*"', 0, ['say "a\\"b" and "c"', '"open']),
    (r'(.*)\.(.*)', 0, ['a.b.c', 'abc', '.']),
    (r'(?:(?:a{1,2}){2,3}?b)*', 0, ['aabaaab', 'aaaab']),
    (rb'(\w+)=(\d+)', 0, [b'a=1;bc=22', b'\xe9=1']),
    (rb'(?Li)[a-c\xe9]+', 0, [b'ABC\xe9\xc9', b'xyz']),
    (rb'\x00(..)\xff', re.S, [b'a\x00\n\xfe\xff']),
]


def encode(subject):
    return list(subject) if isinstance(subject, bytes) else subject


def outcome(match):
    if match is None:
        return None
    return [[x for span in match.regs for x in span], match.lastindex or -1]


def record(pattern, flags, subjects):
    parsed = _parser.parse(pattern, flags)
    compiled = re.compile(pattern, flags)
    rows = []
    for subject in subjects:
        for pos, endpos in {(0, len(subject)), (1, len(subject)), (0, max(len(subject) - 1, 0))}:
            args = subject, pos, endpos
            rows.append({
                'subject': encode(subject),
                'pos': pos,
                'endpos': endpos,
                'match': outcome(compiled.match(*args)),
                'fullmatch': outcome(compiled.fullmatch(*args)),
                'search': [outcome(match) for match in compiled.finditer(*args)],
            })
    rows.sort(key=lambda row: json.dumps(row))
    return {
        'pattern': str(pattern),
        'isBytes': isinstance(pattern, bytes),
        'codes': [int(code) for code in _compiler._code(parsed, flags)],
        'groups': compiled.groups,
        'rows': rows,
    }


print('[')
print(',\n'.join(json.dumps(record(*case)) for case in CASES))
print(']')
