import hashlib
data = bytes(range(256)) * 5
for name in ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'blake2b', 'blake2s'):
    h = hashlib.new(name)
    for size in (0, 1, 55, 64, 111, 128, 200): h.update(data[:size])
    copy = h.copy(); copy.update(b'more')
    print(name, h.digest_size, h.block_size, h.hexdigest(), copy.hexdigest()[:16])
for name in ('shake_128', 'shake_256'): print(name, hashlib.new(name, data).hexdigest(40))
print(hashlib.blake2b(b'abc', digest_size=20, key=b'kk', salt=b'sa', person=b'pe', fanout=2, depth=3, leaf_size=4, node_offset=5, node_depth=6, inner_size=7, last_node=True).hexdigest())
for attempt in (lambda: hashlib.blake2b(digest_size=65), lambda: hashlib.blake2s(salt=b'x' * 9), lambda: hashlib.blake2b(leaf_size=2 ** 32), lambda: hashlib.blake2b('text')):
    try: attempt()
    except (ValueError, OverflowError, TypeError) as e: print(type(e).__name__, e)
