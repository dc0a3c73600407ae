"""Bytes as text."""
import binascii

_PLAIN = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
_URL_OUT, _URL_IN = bytes.maketrans(b'+/', b'-_'), bytes.maketrans(b'-_', b'+/')
_B32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'


def _bytes(s):
    return s.encode('ascii') if isinstance(s, str) else bytes(s)


def b64encode(s, altchars=None):
    out = binascii.b2a_base64(s, newline=False)
    return out if altchars is None else out.translate(bytes.maketrans(b'+/', altchars))


def b64decode(s, altchars=None, validate=False):
    s = _bytes(s)
    if altchars is not None:
        s = s.translate(bytes.maketrans(_bytes(altchars), b'+/'))
    if validate and any(c not in _PLAIN and c != 61 for c in s):
        raise binascii.Error('Only base64 data is allowed')
    return binascii.a2b_base64(s)


standard_b64encode, standard_b64decode = b64encode, b64decode


def urlsafe_b64encode(s):
    return b64encode(s).translate(_URL_OUT)


def urlsafe_b64decode(s):
    return b64decode(_bytes(s).translate(_URL_IN))


def b16encode(s):
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _bytes(s)
    if casefold:
        s = s.upper()
    if any(c not in b'0123456789ABCDEF' for c in s):
        raise binascii.Error('Non-base16 digit found')
    return binascii.unhexlify(s)


def b32encode(s):
    out = b''
    for i in range(0, len(s), 5):
        chunk = bytes(s[i:i + 5])
        number = int.from_bytes(chunk + bytes(5 - len(chunk)), 'big')
        text = bytes(_B32[number >> 5 * k & 31] for k in range(7, -1, -1))
        used = -(-len(chunk) * 8 // 5)
        out += text[:used] + b'=' * (8 - used)
    return out


def b32decode(s, casefold=False):
    s = _bytes(s)
    if casefold:
        s = s.upper()
    if len(s) % 8:
        raise binascii.Error('Incorrect padding')
    out = b''
    for i in range(0, len(s), 8):
        chunk = s[i:i + 8].rstrip(b'=')
        number = 0
        for c in chunk + b'A' * (8 - len(chunk)):
            if c not in _B32:
                raise binascii.Error('Non-base32 digit found')
            number = number << 5 | _B32.index(c)
        out += number.to_bytes(5, 'big')[:len(chunk) * 5 // 8]
    return out


def encodebytes(s):
    return b''.join(binascii.b2a_base64(s[i:i + 57]) for i in range(0, len(s), 57))


def decodebytes(s):
    return binascii.a2b_base64(s)
