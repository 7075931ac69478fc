def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


show(abs, -3), show(abs, 'x'), show(abs), show(abs, 1, 2), show(abs, -2**70), show(abs, -2.5)
show(bin, -10), show(bin, 1.5), show(oct, 8), show(hex, 2**70), show(hex, -255), show(hex, True)
show(chr, 97), show(chr, -1), show(chr, 0x110000), show(chr, 'a'), show(chr, 2**40), show(chr, 0x1f600)
show(ord, 'a'), show(ord, b'a'), show(ord, bytearray(b'z')), show(ord, 'ab'), show(ord, 5), show(ord, b'')
show(divmod, 7, 3), show(divmod, 'a', 3), show(divmod, -7, 2.0), show(divmod, 1, 0)
show(pow, 2, 10), show(pow, 2, 10, 1000), show(pow, 2, -1), show(pow, 2, 'x'), show(pow, base=2, exp=3)
show(pow, 2, 3, 0), show(pow, 3, -1, 7), show(pow, 2, 3, 'x')
show(round, 2.5), show(round, 2.567, 2), show(round, 'x'), show(round, 15, -1), show(round, number=1.5, ndigits=None)
show(sum, [1, 2, 3]), show(sum, [1.5, 2]), show(sum, ['a'], ''), show(sum, [[1], [2]], []), show(sum, 3)
show(sum, ['a']), show(sum, [2**60] * 5), show(sum, [True, 2.5, 3]), show(sum, [b'a'], b''), show(sum, [1], start=5)
show(sum, [2**53, 1.0, 1]), show(sum, [0.1] * 10), show(sum, [], 'x')
