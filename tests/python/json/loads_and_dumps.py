import json
def t(s, *a):
    try: print(s, '->', ascii(eval(s)))
    except BaseException as e: print(s, '->', type(e).__name__, e)
docs = ['', ' ', '1', '-', '-0', '-0.0', '01', '1.', '1.5e', '1.5e+3', '1e5', '1E-5x', 'nul', 'null', 'true', 'false', 'NaN', '-Infinity', 'Infinity', '"a', '"a"', r'"\u00e9\ud83d\ude00\ud83d"', r'"\ud83d\u0041"', r'"\ud83d\uZZZZ"', r'"\x"', '"\\', '"\n"', r'"\u12"', '[', '[1', '[1,', '[1,]', '[1 2]', '[]', '[ ]', '[1, [2, {"a": []}]]', '{', '{"a"', '{"a":', '{"a": 1', '{"a": 1,', '{"a": 1,}', '{a: 1}', '{"a" 1}', '{"a": 1 "b": 2}', '{}', '{"a": 1, "a": 2}', '{"x": {"y": null}}', '1 2', '"\U0001f600x"', '["\U0001f600", 1, "\\n"]', '{"\U0001f600": "é"}', '12345678901234567890', '1' * 5000, '123456789012345', '1234567890123456', '-9007199254740993', '{"a": [1, 2, {"b": "c"}], "d": 1.25}', '[1,\n 2,\n x]', '{"a": tru}', '[NaN, -Infinity]', '1.0000000000000000001', '1e400', '"\\/\\b\\f\\n\\r\\t\\"\\\\"', '[-]','[1.e5]', '"abc\x01"', '\ufeff1']
for d in docs: t('json.loads(%r)' % d[:80] if len(d) < 100 else 'json.loads(docs[%d])' % docs.index(d))
t('json.loads("[1.5, 2]", parse_float=str, parse_int=lambda x: x+"!")')
t('json.loads("{\\"a\\": {\\"b\\": 1}}", object_hook=lambda d: sorted(d.items()))')
t('json.loads("{\\"a\\": {\\"b\\": 1}}", object_pairs_hook=lambda d: d)')
t('json.loads("[NaN]", parse_constant=lambda c: c)')
t('json.loads("[" * 100000)')
t('json.loads(b"[1]")'); t('json.loads(1)')
t('json.loads(\'"\\n"\', strict=False)')
class L(list): pass
class D(dict): pass
class I(int):
    def __repr__(self): return 'I'
class F(float): pass
class S(str): pass
circ = []; circ.append(circ); cd = {}; cd['x'] = cd
vals = ['None', 'True', '1', '-5', '1.5', '1e100', 'float("nan")', 'float("-inf")', '10**30', '"a"', '"é\U0001f600\\n\\"\\\\\\x00\\x7f"', '[]', '{}', '()', '[1, "a", None, [2.5]]', '{"a": 1, 2: "b", 1.5: None, None: 1, True: 2}', '{(1,): 2}', 'object()', 'circ', 'cd', 'L([1])', 'D(a=1)', 'I(5)', 'F(2.5)', 'S("x")', '{S("k"): 1}', '"\ud83d"', 'set()', '10**5000', '[[[[]]]]', '{"b": 1, "a": 2}', '{F(1.0): 1}', '{I(3): 1}']
for v in vals:
    t('json.dumps(%s)' % v.replace('\ud83d', '\\ud83d'))
    t('json.dumps(%s, ensure_ascii=False)' % v.replace('\ud83d', '\\ud83d'))
t('json.dumps({"b": 1, "a": 2, "c": {"z": 1, "y": 2}}, sort_keys=True)')
t('json.dumps({"b": 1, 2: 3}, sort_keys=True)')
t('json.dumps({(1,): 1, "a": 2}, skipkeys=True)')
t('json.dumps([1.5, float("nan")], allow_nan=False)')
t('json.dumps(object(), default=lambda o: [1, 2])')
t('json.dumps(object(), default=lambda o: o)')
t('json.dumps([1, {"a": 2}], separators=(",", ":"))')
t('json.dumps([1, {"a": 2, "b": []}], indent=2)')
t('json.dumps([1, {"a": 2}], check_circular=False)')
t('json.dumps({"\U0001f600": 1}, ensure_ascii=False)')
import _json
for s in ['_json.scanstring(1, 2)', '_json.scanstring("abc\\"", 10)', '_json.scanstring("abc\\"x", 0)', '_json.encode_basestring(1)', '_json.encode_basestring_ascii("é")', '_json.make_scanner(1)', '_json.make_encoder(1,2)', '_json.make_encoder(1,2,3,4,"a","b",1,2,3)', '_json.make_scanner', '_json.make_encoder', 'json.decoder.JSONDecoder().scan_once("[1]", -1)', 'json.decoder.JSONDecoder().scan_once("[1]", 0)', 'json.decoder.JSONDecoder().scan_once("[1]", 5)','json.decoder.JSONDecoder().scan_once.strict']: t(s)
x = []
for i in range(100000): x = [x]
t('json.dumps(x)')
