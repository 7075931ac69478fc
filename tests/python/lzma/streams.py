"""Streams that liblzma has written, whole, in pieces and broken; and our own streams, read again."""
import base64
import hashlib
import lzma

TEXT = b''.join(b'%d lines of text, %x in all; ' % (n, n * n) for n in range(400))
STREAMS = {
    'xz': (
        '{Wp48S^xk9=GL@E0stWa761SMbT8$j-~lTDPh9{Q2nq)=|0FJ;Z`jut7NP;!KF2B$>u2|!{~yM*wV6iUE8GtS(Y(+=e*}d1t?h}M'
        'wV9K2WKD|2*0>C^(N?j?N~d9%E8|$;>@D9U7773WXYY$36|Wpj00C>P0ssI2SdqBCvBYQl0ssI200dcD'
    ),
    'alone': (
        'T>t=p0RR90|NsC0{{R>W3I{R&Brc$D*w+^pq5;`H$0`u(XZM}|AI7w`nMU0!+z$oOywE^@1cdml?TMSUnUi#6O^U_VxD2w<R<XxQ'
        'r(u{Y<5=MAE#L>l;s5`kexLv'
    ),
    'small_blocks': (
        '{Wp48S^xk9=GL@E0s#X703iVuc_75@-~lTDWLf|iJSB3}i`Vb9v=Ub^AwHJs6v0&jo`sDY6enDJ2kEi(elTUitU(>Ya94>`w;T~y'
        '4eXfpLW3FYqRI=Rs%Q3N=*uiKp@4nQa*P~NGq-Ak7bE99sgjEg6ZGHdB*6_Z=9d5fXYY$36|Wpj00DpjtO5W4W}Cd^vBYQl0ssI2'
        '00dcD'
    ),
}


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


for name, text in STREAMS.items():
    print(name, lzma.decompress(base64.b85decode(text)) == TEXT[:300])

SETTINGS = [
    dict(),
    dict(preset=0, check=lzma.CHECK_CRC32),
    dict(preset=9 | lzma.PRESET_EXTREME, check=lzma.CHECK_SHA256),
    dict(format=lzma.FORMAT_ALONE),
    dict(format=lzma.FORMAT_RAW, filters=[{'id': lzma.FILTER_LZMA1, 'lc': 1, 'lp': 2, 'pb': 0}]),
    dict(format=lzma.FORMAT_RAW, filters=[{'id': lzma.FILTER_DELTA, 'dist': 3}, {'id': lzma.FILTER_LZMA2}]),
    dict(filters=[{'id': lzma.FILTER_X86}, {'id': lzma.FILTER_LZMA2, 'preset': 3}]),
]
for settings in SETTINGS:
    for data in b'', b'x', TEXT, bytes(70000), bytes(hashlib.sha256(b'%d' % n).digest()[n % 32] for n in range(80000)):
        packed = lzma.compress(data, **settings)
        reading = {key: settings[key] for key in ('format', 'filters') if settings.get('format') == lzma.FORMAT_RAW}
        whole = lzma.decompress(packed, **reading)
        opener = lzma.LZMADecompressor(**reading)
        got, at = b'', 0
        while not opener.eof:
            piece = b''
            if opener.needs_input:
                piece, at = packed[at : at + 101], at + 101
            more = opener.decompress(piece, 3000)
            assert len(more) <= 3000
            got += more
        print(whole == got == data, opener.eof, opener.needs_input, opener.check, len(packed) < len(data) + 200)
    show(lambda: opener.decompress(b''))
packed = lzma.compress(TEXT, filters=[{'id': lzma.FILTER_LZMA2}])
opener = lzma.LZMADecompressor()
print(opener.decompress(packed[:12]), opener.check, opener.needs_input)
print(opener.decompress(packed[12:] + b'more', 10), opener.needs_input, opener.unused_data, opener.eof)
print(opener.decompress(b'', 0), len(opener.decompress(b'')), opener.unused_data, opener.eof)
for at in [*range(12), -1, -5, -12, -13, -20]:
    broken = bytearray(packed)
    broken[at] ^= 0x41
    show(lambda: len(lzma.decompress(bytes(broken))))
