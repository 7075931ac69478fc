import _hashlib
import hashlib
import hmac


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


DATA = b'The quick brown fox' * 20
for name in (
    'md5', 'SHA1', 'sha224', 'sha-256', 'sha384', 'sha512', 'sha512_224', 'SHA512-256', 'SHA-512/224', 'sha3-256', 'sha3_512',
    'blake2b512', 'blake2s', 'md5-sha1',
):
    made = _hashlib.new(name, DATA)
    print(name, made.name, made.digest_size, made.block_size, made.hexdigest(), type(made).__name__)
for name in 'openssl_md5', 'openssl_sha256', 'openssl_sha3_384':
    made = getattr(_hashlib, name)(DATA)
    made.update(b'more')
    print(made.name, made.copy().hexdigest() == made.hexdigest() != hashlib.new(made.name, DATA).hexdigest())
show(lambda: _hashlib.openssl_shake_128(b'a').hexdigest(length=4))
show(lambda: (_hashlib.new('shake128', b'a').digest(5), _hashlib.new('shake256').digest_size))
show(lambda: _hashlib.HASHXOF.__mro__)
show(lambda: _hashlib.HASH())
for name in 'foo', 'SHA512/256', 'SHA3_256', 'BLAKE2B', 'sha0':
    show(lambda: _hashlib.new(name))
show(lambda: _hashlib.new(1))
show(lambda: _hashlib.new())
show(lambda: _hashlib.openssl_md5('a'))
show(lambda: _hashlib.openssl_md5(1))
show(lambda: _hashlib.openssl_shake_128().digest())
show(lambda: _hashlib.openssl_shake_128().hexdigest(-1))
show(lambda: sorted(_hashlib._constructors.values()))
show(lambda: _hashlib.get_fips_mode())

for key in b'', b'k', bytes(200):
    for mod in 'md5', 'sha256', 'sha3_256', _hashlib.openssl_sha512:
        made = _hashlib.hmac_new(key, b'message', mod)
        print(made.name, made.digest_size, made.block_size, made.hexdigest())
show(lambda: _hashlib.hmac_digest(b'k', b'm', 'sha256') == hmac.digest(b'k', b'm', 'sha256'))
show(lambda: hmac.new(b'k', b'm', 'sha1').hexdigest())
show(lambda: _hashlib.hmac_new(b'k'))
show(lambda: _hashlib.hmac_new('k', b'', 'md5'))
show(lambda: _hashlib.hmac_new(b'k', 1, 'md5'))
show(lambda: _hashlib.hmac_new(b'k', b'', 1))
show(lambda: _hashlib.hmac_new(b'k', b'', len))
show(lambda: _hashlib.hmac_new(b'k', b'', 'foo'))
show(lambda: _hashlib.hmac_new(b'k', b'', 'shake_128'))
show(lambda: _hashlib.hmac_new(b'k', None, 'md5').hexdigest())
show(lambda: _hashlib.compare_digest('a', 'b'))
show(lambda: _hashlib.compare_digest(b'ab', bytearray(b'ab')))
show(lambda: _hashlib.compare_digest('é', 'b'))
show(lambda: _hashlib.compare_digest(1, 'b'))

show(lambda: hashlib.pbkdf2_hmac('sha256', b'password', b'salt', 1000).hex())
show(lambda: hashlib.pbkdf2_hmac('md5', b'password' * 20, b'', 3, 50).hex())
show(lambda: _hashlib.pbkdf2_hmac('md5', b'a', b'b', 0))
show(lambda: _hashlib.pbkdf2_hmac('md5', b'a', b'b', 1, 0))
show(lambda: _hashlib.pbkdf2_hmac('foo', b'a', b'b', 1))
show(lambda: _hashlib.pbkdf2_hmac(1, b'a', b'b', 1))
show(lambda: _hashlib.pbkdf2_hmac('md5', b'a', b'b', 1, 'x'))
show(lambda: hashlib.scrypt(b'password', salt=b'NaCl', n=1024, r=8, p=3, dklen=64).hex())
show(lambda: hashlib.scrypt(b'', salt=b'', n=16, r=1, p=1, dklen=20).hex())
show(lambda: _hashlib.scrypt(b'a'))
show(lambda: _hashlib.scrypt(b'a', salt=b'b'))
show(lambda: _hashlib.scrypt(b'a', salt=b'b', n=3, r=1, p=1))
show(lambda: _hashlib.scrypt(b'a', salt=b'b', n=4))
show(lambda: _hashlib.scrypt(b'a', salt=b'b', n=4, r=0, p=1))
show(lambda: _hashlib.scrypt(b'a', salt=b'b', n=4, r=1, p=1, maxmem=-1))
show(lambda: _hashlib.scrypt(b'a', salt=b'b', n=4, r=1, p=1, dklen=0))
show(lambda: _hashlib.scrypt(b'a', salt=b'b', n='x', r=1, p=1))
