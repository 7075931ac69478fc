import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constantRepr, strRepr } from '../base/repr.ts'
import { type CodeConstant, CodeObject } from '../bytecode/code.ts'
import { parse } from '../parser/parse.ts'
import { decodeSource } from '../source/decode.ts'
import { compileAst } from './compile.ts'

/** What CPython 3.11.7 made of a code block; code and tables in hexadecimal, long ones as length and CRC. */
interface Recorded {
  readonly name: string
  readonly flags: number
  readonly stack: number
  readonly consts: readonly string[]
  readonly names: string
  readonly locals: string
  readonly code: string
  readonly lines: string
  readonly handlers: string
}

/** A program and its code blocks, without the module's own unless it is the only one. */
interface Case {
  readonly title: string
  readonly source: string
  readonly codes: readonly Recorded[]
}

const CASES: readonly Case[] = [
  {
    title: 'a conditional jump over an empty else',
    source: 'def f(a):\n  if a:\n    pass\n  else:\n    b = 1\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 1,
        consts: ['None', '1'],
        names: '',
        locals: 'a b',
        code: '97007c0072026400530064017d0164005300',
        lines: '8000d80506f00003030ad804088044e00809804180418041',
        handlers: '',
      },
    ],
  },
  {
    title: 'implicit returns get the lines of what leads to them',
    source: 'def f(a):\n  if a:\n    x\n  elif b:\n    y\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 1,
        consts: ['None'],
        names: 'x b y',
        locals: 'a',
        code: '97007c007209740000000000000000000000010064005300740200000000000000000000720974040000000000000000000001006400530064005300',
        lines: '8000d80506f000030306dd0405804180418041dd0708f000010306dd0405804180418041f003010306f000010306',
        handlers: '',
      },
    ],
  },
  {
    title: 'exits that several jumps share are copied',
    source: 'def f():\n  for a in b:\n    if a: continue\n    while c:\n      if d: break\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 2,
        consts: ['None'],
        names: 'b c d',
        locals: 'a',
        code: '970074000000000000000000000044005d1b7d007c0072018c05740200000000000000000000720f74040000000000000000000072016e07740200000000000000000000b00f8c1c64005300',
        lines:
          '8000dd0b0cf000030312f0000303128061d80708804e8828dd0a0bf000010512dd090a806b8845f503000b0cf000010512f8f005030312f000030312',
        handlers: '',
      },
    ],
  },
  {
    title: 'jumps to jumps are threaded',
    source: 'def f(a, b, c):\n  while a:\n    if b:\n      if c: d\n  return (a and b) or c\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 1,
        consts: ['None'],
        names: 'd',
        locals: 'a b c',
        code: '97007c00720d7c0172097c02720774000000000000000000000001007c00b00d7c0072027c0170017c025300',
        lines:
          '8000d80809f00002030ed80708f00001050ed8090a80678d418841f00500090af00002030ef006000b0c88279001881e9061d00217',
        handlers: '',
      },
    ],
  },
  {
    title: 'handlers, nested',
    source:
      'def f():\n  try:\n    try: a\n    except B as e: c\n    finally: d\n  except: g\n  with h as i: return j\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 6,
        consts: ['None'],
        names: 'a B c d g h j',
        locals: 'e i',
        code: '9700090074000000000000000000000001006e1e2300740200000000000000000000240072117d007404000000000000000000000100590064007d007e006e0864007d007e007701770078035900770174060000000000000000000001006e0c2300740600000000000000000000010077007803590077016e0e23000100740800000000000000000000010059006e03780359007701740a0000000000000000000035007d01740c000000000000000000006302640064006400a6020000ab020000000000000000010053002300310073047702780359007701010059000100010064005300',
        lines:
          '8000f00204030cdd090a88118811f8dd0b0cd00414d00414d004149531903190319031903190319031f8f8f8f8d00414f8f8f8dd0d0e88518851f88d5188518851f8f8f88851f8d8020b8d21882188218821f8f8f8dd0708d0021788419561d00217d00217d00217d00217d10217d40217d00217d00217d00217d00217d00217d00217f8f8f8d00217d00217d00217d00217d00217d00217',
        handlers:
          '82070a00890130008a0a2503940720039b053000a0052503a5033000a8083d00b0093903b9033d00bd09410803c11207412603c12604412a07c12d01412a07',
      },
    ],
  },
  {
    title: 'cells, parameters that are cells, free variables',
    source: 'def f(a, b):\n  c = 1\n  def g(d):\n    nonlocal c\n    return lambda: (a, c, d)\n  return g, b\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 2,
        consts: ['None', '1', '<code>'],
        names: '',
        locals: 'a b g c',
        code: '87008703970064018a03880088036602640284087d027c027c0166025300',
        lines: 'f8f88000d806078021f00202031df00002031df00002031df00002031df00002031df00002031df006000a0b88418814802b',
        handlers: '',
      },
      {
        name: 'f.<locals>.g',
        flags: 19,
        stack: 3,
        consts: ['None', '<code>'],
        names: '',
        locals: 'd a c',
        code: '9502870097008801880288006603640184085300',
        lines: 'f8f88000e00b1cd00b1cd00b1cd00b1cd00b1cd00b1cd0041c',
        handlers: '',
      },
      {
        name: 'f.<locals>.g.<locals>.<lambda>',
        flags: 19,
        stack: 3,
        consts: ['None'],
        names: '',
        locals: 'a c d',
        code: '9503970089008901890266035300',
        lines: 'f8800090419071982190398000',
        handlers: '',
      },
    ],
  },
  {
    title: 'a generator that is a closure',
    source: 'def f(a):\n  def g(b):\n    yield a\n    yield lambda: b\n  return g\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 2,
        consts: ['None', '<code>'],
        names: '',
        locals: 'a g',
        code: '8700970088006601640184087d017c015300',
        lines: 'f88000f002020314f000020314f000020314f000020314f000020314f006000a0b8028',
        handlers: '',
      },
      {
        name: 'f.<locals>.g',
        flags: 51,
        stack: 2,
        consts: ['None', '<code>'],
        names: '',
        locals: 'b a',
        code: '950187004b00010097008901560097010100880066016401840856009701010064005300',
        lines: 'f8f8e800e8008000d80a0b804780478047d80a13882988298829804f804f804f804f804f',
        handlers: '',
      },
      {
        name: 'f.<locals>.g.<locals>.<lambda>',
        flags: 19,
        stack: 1,
        consts: ['None'],
        names: '',
        locals: 'b',
        code: '9501970089005300',
        lines: 'f8800090218000',
        handlers: '',
      },
    ],
  },
  {
    title: 'a coroutine',
    source: 'async def f(a):\n  async with a as b:\n    async for c in b: await c\n',
    codes: [
      {
        name: 'f',
        flags: 131,
        stack: 6,
        consts: ['None'],
        names: '',
        locals: 'a b c',
        code: '4b00010097007c003400830164007b035600970386047d017c013200330064007b035600970386047d027c02830064007b0356009703860401008c1036000900640064006400a6020000ab020000000000000000830264007b0356009703860401006400530023003100830264007b0356009703860473047702780359007701010059000100010064005300',
        lines:
          'e800e8008000d80d0ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031e9021d81314d0041dd0041dd0041dd0041dd0041dd0041dd0041d886198419067906790679067906790679067906790319031f00301031ef00001031ef00001031ef10001031ef40001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef00001031ef8f8f8f00001031ef00001031ef00001031ef00001031ef00001031ef00001031e',
        handlers: '8b0333038e061e04940b3303b30a3d07c100013d07',
      },
    ],
  },
  {
    title: 'an async generator',
    source: 'async def f(a):\n  yield [x async for x in a]\n',
    codes: [
      {
        name: 'f',
        flags: 515,
        stack: 2,
        consts: ['None', '<code>'],
        names: '',
        locals: 'a',
        code: '4b0001009700640184007c003200a6000000ab000000000000000000830064007b03560097038604570056009701010064005300',
        lines:
          'e800e8008000d8081cd0081c9821d0081cd1081cd4081cd0081cd0081cd0081cd0081cd0081cd0081cd0021cd0021cd0021cd0021cd0021cd0021c',
        handlers: '',
      },
      {
        name: 'f.<locals>.<listcomp>',
        flags: 147,
        stack: 4,
        consts: ['None'],
        names: '',
        locals: '.0 x',
        code: '4b000100970067007c00330064007b035600970386047d017c0191028c0a36005300',
        lines: 'e800e8008000d0081cd0081cd0081cd0081cd0081cd0081cd0081cd0081c90518811d0081cd0081cd0081cd0081c',
        handlers: '85060f04',
      },
    ],
  },
  {
    title: 'tuples that are unpacked at once, and swaps',
    source:
      'def f(a, b, c, d):\n  a, b = b, a\n  a, b, c = c, b, a\n  a, = b,\n  a, a = b, c\n  a, b, c, d = d, c, b, a\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 4,
        consts: ['None'],
        names: '',
        locals: 'a b c d',
        code: '97007c017c007d017d007c027c017c007d027d017d007c017d007c017c0263027d007d007c037c027c017c0066045c0400007d007d017d027d0364005300',
        lines:
          '8000d8090a884180518021d80c0d88719021880180518021d807088021d8090a8841802480218051d80f10902190519801887a812a802180518801883188318831',
        handlers: '',
      },
    ],
  },
  {
    title: 'swaps of patterns',
    source:
      'def f(a):\n  match a:\n    case [b, C(c, d=e), *g]: return b, c, e, g\n    case {1: h, **i}: return h, i\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 6,
        consts: ['None', '2', "('d',)", '1', '(1,)'],
        names: 'C',
        locals: 'a b c e g h i',
        code: '97007c007801200072221e0064016b0500000000721c5e0263036302740000000000000000000000640298017801810d5c0200007d027d037d047d0101007c017c027c037c04660453000100010001001f00721e1e0064036b0500000000721864042100780181125c0100006303630269006303a5025c010000780263023d007d067d057c057c066602530001000100010064005300',
        lines:
          '8000d80809d8091bd0091bd0091bd0091bd0091bd2091bd0091bd0091b882188218d518859885988598859895998029802980298029802a041a071a821a851a04ad01d2ed0091bd0091bd0091bd80914881b881b881b8a1b881b881b881b881b881b891b885188518851885188518951885188518851885188519851a0019854906b881b881b881b881b881b',
        handlers: '',
      },
    ],
  },
  {
    title: 'tests of constants and of None',
    source:
      'def f(a):\n  while 1:\n    if a is None: break\n    if a is not None and 0: b\n  return a if a is None else 0\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 1,
        consts: ['None', '1', '0'],
        names: 'b',
        locals: 'a',
        code: '970009007c0080016e047c00810109008c077c0080027c006e0164025300',
        lines: '8000f00202031ed8070880799025d80708807d807df00502031ef006000f108869881188119851d0021e',
        handlers: '',
      },
    ],
  },
  {
    title: 'tuples of constants that the tree did not show',
    source: 'def f(a=1, *, b=(1, 2), c=3): pass\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 1,
        consts: ['None'],
        names: '',
        locals: 'a b c',
        code: '970064005300',
        lines: '800080008000',
        handlers: '',
      },
    ],
  },
  {
    title: 'constants that nothing uses any more are dropped at the end only',
    source: "def f():\n  'doc'\n  if 0: return 5\n  return 6 if 1 else 7\n",
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 1,
        consts: ["'doc'", '0', '5', '1', '6'],
        names: '',
        locals: '',
        code: '9700090064045300',
        lines: '8000e00210d8090ad00216',
        handlers: '',
      },
    ],
  },
  {
    title: 'arguments and jumps that need EXTENDED_ARG',
    source: `def f(a):\n  if a:\n${Array.from({ length: 260 }, (_, i) => `    a(${i}.5)\n`).join('')}`,
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 3,
        consts: ['261'],
        names: '',
        locals: 'a',
        code: 'length 5746 crc32 01ee2d92',
        lines: 'length 3408 crc32 df5027e6',
        handlers: '',
      },
    ],
  },
  {
    title: 'several statements in a line',
    source: 'def f(a): b = a; c = b; return [a, b,\n  c]\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 3,
        consts: ['None'],
        names: '',
        locals: 'a b c',
        code: '97007c007d017c017d027c007c017c0267035300',
        lines: '80008861882190519011a001a031d80203f003012005f000011905',
        handlers: '',
      },
    ],
  },
  {
    title: 'a class body and its __class__ cell',
    source: 'class C:\n  x: int = 1\n  def f(self): return super().f()\n',
    codes: [
      {
        name: 'C',
        flags: 0,
        stack: 3,
        consts: ["'C'", '1', "'x'", '<code>'],
        names: '__name__ __module__ __qualname__ x int __annotations__ f __classcell__',
        locals: '__class__',
        code: '8700970065005a0164005a02550064015a036504650564023c00000088006601640384085a06880078015a075300',
        lines:
          'f8800080008000800080008000d80b0c80218053802a802a812ad80221d00221d00221d00221d00221d00221d00221d00221d00221',
        handlers: '',
      },
      {
        name: 'C.f',
        flags: 3,
        stack: 2,
        consts: ['None'],
        names: 'super f',
        locals: 'self __class__',
        code: '95019700740100000000000000000000a6000000ab000000000000000000a0010000000000000000000000000000000000000000a6000000ab0000000000000000005300',
        lines: 'f8800095659167946797699269916b946bd00f21',
        handlers: '',
      },
    ],
  },
  {
    title: 'a global that is called takes its NULL along',
    source: 'def f():\n  global g\n  g = h(1, k=2)\n',
    codes: [
      {
        name: 'f',
        flags: 3,
        stack: 4,
        consts: ['None', '1', '2', "('k',)"],
        names: 'h g',
        locals: '',
        code: '970074010000000000000000000064016402ac03a6020000ab020000000000000000610164005300',
        lines: '8000e5060788018851806981698469802180218021',
        handlers: '',
      },
    ],
  },
]

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) !== 0 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Bytes in the form in which the expected ones are recorded. */
function recorded(bytes: Uint8Array, like: string): string {
  if (!like.startsWith('length')) return hex(bytes)
  return `length ${bytes.length} crc32 ${crc32(bytes).toString(16).padStart(8, '0')}`
}

function codesIn(code: CodeObject): CodeObject[] {
  return code.co_consts.filter((value) => value instanceof CodeObject).flatMap((inner) => [inner, ...codesIn(inner)])
}

function showConst(value: CodeConstant): string {
  return value instanceof CodeObject ? '<code>' : constantRepr(value)
}

function compiled(source: string): CodeObject {
  return compileAst(parse(decodeSource(source, '<case>')), { filename: '<case>' })
}

for (const { title, source, codes } of CASES) {
  test(title, () => {
    const got = codesIn(compiled(source))
    assert.equal(got.length, codes.length)
    for (const [i, expected] of codes.entries()) {
      const code = got[i]!
      const isShort = !expected.code.startsWith('length')
      assert.deepEqual(
        {
          name: code.co_qualname,
          flags: code.co_flags,
          stack: code.co_stacksize,
          consts: isShort ? code.co_consts.map(showConst) : [String(code.co_consts.length)],
          names: code.co_names.join(' '),
          locals: code.co_localsplusnames.join(' '),
          code: recorded(code.co_code, expected.code),
          lines: recorded(code.co_linetable, expected.lines),
          handlers: recorded(code.co_exceptiontable, expected.handlers),
        },
        expected,
      )
    }
  })
}

test('kinds of locals tell parameters in cells apart', () => {
  const outer = codesIn(compiled('def f(a, b):\n  c = 1\n  def g(): return a, c\n'))
  assert.deepEqual(outer[0]!.co_localsplusnames, ['a', 'b', 'g', 'c'])
  assert.deepEqual([...outer[0]!.co_localspluskinds], [0x60, 0x20, 0x20, 0x40])
  assert.deepEqual([...outer[1]!.co_localspluskinds], [0x80, 0x80])
})

test('equal parts of code objects are one object', () => {
  const [f, g, h] = codesIn(compiled('def f(): return a\ndef g(): return a\ndef h(b): return b\n'))
  assert.equal(f!.co_code, g!.co_code)
  assert.equal(f!.co_names, g!.co_names)
  assert.equal(f!.co_consts, g!.co_consts)
  assert.equal(f!.co_exceptiontable, h!.co_exceptiontable)
  assert.equal(f!.co_localspluskinds, g!.co_localspluskinds)
  assert.equal(f!.co_localspluskinds, f!.co_exceptiontable, 'there is one empty byte string')
})

test('names above U+FFFF are kept whole', () => {
  const code = compiled('\u{1d400}\u{20000} = 1\n')
  assert.equal(strRepr(code.co_names[0]!), "'A\u{20000}'")
})
