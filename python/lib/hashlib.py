"""Digests of bytes."""
import _platform

algorithms_guaranteed = {'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'}
algorithms_available = set(algorithms_guaranteed)
_BLOCKS = {'sha384': 128, 'sha512': 128}


class _Hash:
    def __init__(self, name, data=b''):
        self.name = name
        self._data = b''
        self.block_size = _BLOCKS.get(name, 64)
        self.update(data)
        self.digest_size = len(self.digest())

    def update(self, data, /):
        if isinstance(data, str):
            raise TypeError('Strings must be encoded before hashing')
        self._data += bytes(data)

    def digest(self):
        return _platform.digest(self.name, self._data)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        return _Hash(self.name, self._data)

    def __repr__(self):
        return f'<{self.name} _hashlib.HASH object @ {hex(id(self))}>'


def new(name, data=b'', *, usedforsecurity=True):
    if name.lower() not in algorithms_available:
        raise ValueError(f'unsupported hash type {name}')
    return _Hash(name.lower(), data)


def _maker(name):
    def make(string=b'', *, usedforsecurity=True):
        return _Hash(name, string)
    make.__name__ = make.__qualname__ = f'openssl_{name}'
    return make


md5, sha1, sha224 = _maker('md5'), _maker('sha1'), _maker('sha224')
sha256, sha384, sha512 = _maker('sha256'), _maker('sha384'), _maker('sha512')
