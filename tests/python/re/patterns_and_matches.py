import copy
import pickle
import re


def show(text):
    try:
        print(text, "=>", ascii(eval(text)))
    except Exception as error:
        print(text, "=>", type(error).__name__, error)


p = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)(-(\d\d))?", re.I | re.M)
m = p.search("on 2024-05, then")
b = re.compile(rb"a(b)?")
for text in [
    "p", "b", "re.compile('x' * 300)", "re.compile('a', re.A)", "re.compile('(?x) a')", "p.flags", "p.groups", "p.groupindex", "p.pattern", "b.flags",
    "p == re.compile(p.pattern, re.I | re.M)", "p == re.compile(p.pattern)", "p == 5", "p < p", "hash(p) == hash(copy.copy(p))", "copy.deepcopy(p) is p", "pickle.loads(pickle.dumps(p)) == p",
    "m", "m.group()", "m.group(1, 'month')", "m.group(3)", "m[0]", "m['year']", "m[4]", "m.group(5)", "m.group('x')", "m.group(-1)", "m.group(1.5)", "m.groups()", "m.groups('-')", "m.groupdict()", "m.groupdict(0)",
    "m.span()", "m.span(3)", "m.start('month')", "m.end(2)", "m.regs", "m.lastindex", "m.lastgroup", "m.pos", "m.endpos", "m.re is p", "m.string", "m.expand(r'\\2/\\g<year>')", "copy.copy(m) is m",
    "p.match('2024-05')", "p.match('x')", "p.match('x2024-05', 1)", "p.match('2024-05', endpos=6)", "p.fullmatch('2024-05-06')", "p.fullmatch('2024-05-06x')", "p.match()", "p.match(1)", "p.match(b'a')", "b.match('a')", "p.search('x', pos='a')",
    "p.findall('2024-05 2023-04-03')", "b.findall(b'aabab')", "b.findall(bytearray(b'ab'))", "b.findall(memoryview(b'ab'))", "[x.span() for x in p.finditer('2024-05 2023-04-03')]", "p.finditer(5)",
    "re.split(r'(,)|;', 'a,b;c')", "re.split('', 'abc')", "re.split(',', 'a,b,c', 1)", "re.split(',', 'a,b', -1)", "re.sub('a', 'b', 'banana')", "re.sub('a', r'[\\g<0>]', 'banana')", "re.subn('a', lambda m: m[0].upper(), 'banana', 2)",
    "re.sub('a', lambda m: None, 'banana')", "re.sub('a', lambda m: 5, 'banana')", "re.sub('', '-', 'abc')", "re.sub(b'a', b'x', bytearray(b'aba'))", "re.sub('a', b'x', 'aba')", "re.sub('(a)|b', r'<\\1>', 'ab')", "re.sub('a', r'\\9', 'a')", "re.sub('a', 5, 'a')",
    "re.escape('a.b*c')", "re.findall('[\U0001f600-\U0001f64f]', 'x\U0001f601y')", "re.match('.', '\U0001f601').end()", "re.search('é', 'CAFÉ', re.I).span()", "re.match(r'(a+)+$', 'a' * 20 + 'b')", "re.match(r'(?>a+)b', 'aab')", "re.match(r'a*+a', 'aaa')",
    "re.Pattern", "re.Match[str]", "re.compile('(')", "re.compile('a', 2 ** 40)",
]:
    show(text)

s = re.Scanner([(r"\d+", lambda s, t: int(t)), (r"\w+", lambda s, t: t), (r"\s+", None)])
print(s.scan("ab 12 c"))
scanner = re.compile("a").scanner("aab")
print(scanner.match(), scanner.search(), scanner.match(), scanner.pattern)
