import codecs


def handler(error):
    print(type(error).__name__, error.encoding, ascii(error.object), error.start, error.end, error.reason)
    return result


codecs.register_error("test.handler", handler)
for result in [("X", 2), ("X", 100), ("X", -100), ("X",), 1, (1, 1), (b"X", 2), ("X", 1.5), ("\u1234", 2), (None, 1)]:
    for call in [
        lambda: "a\xe9b".encode("ascii", "test.handler"),
        lambda: b"a\xe9b".decode("ascii", "test.handler"),
        lambda: b"a\xe9b".decode("utf-8", "test.handler"),
        lambda: "a\u1234".encode("cp1252", "test.handler"),
        lambda: b"a\x81b".decode("cp1252", "test.handler"),
    ]:
        try:
            print(ascii(call()))
        except Exception as error:
            print(type(error).__name__, ascii(str(error)))

for name in ["strict", "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace", "surrogatepass", "surrogateescape"]:
    function = codecs.lookup_error(name)
    print(function)
    for error in [
        UnicodeEncodeError("ascii", "a\u1234\udc80", 1, 3, "no"),
        UnicodeEncodeError("utf-8", "\udc80", 0, 1, "no"),
        UnicodeDecodeError("utf-8", b"a\xff\x80", 1, 2, "no"),
        UnicodeTranslateError("a\u1234", 1, 2, "no"),
        ValueError("x"),
        5,
    ]:
        try:
            print(ascii(function(error)))
        except Exception as raised:
            print(type(raised).__name__, ascii(str(raised)), raised is error)
