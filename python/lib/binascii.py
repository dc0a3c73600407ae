"""Bytes to text and back."""
from zlib import adler32, crc32  # noqa: F401

_ALPHABET = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
_VALUES = {c: i for i, c in enumerate(_ALPHABET)}


class Error(ValueError):
    """The text is not what it should be."""


class Incomplete(Exception):
    """The text is cut short."""


def hexlify(data, sep=None, bytes_per_sep=1):
    text = bytes(data).hex() if sep is None else bytes(data).hex(sep, bytes_per_sep)
    return text.encode()


b2a_hex = hexlify


def unhexlify(hexstr, /):
    text = hexstr if isinstance(hexstr, str) else bytes(hexstr).decode('latin-1')
    if len(text) % 2:
        raise Error('Odd-length string')
    if any(c not in '0123456789abcdefABCDEF' for c in text):
        raise Error('Non-hexadecimal digit found')
    return bytes.fromhex(text)


a2b_hex = unhexlify


def b2a_base64(data, /, *, newline=True):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    data = bytes(data)
    out = bytearray()
    for i in range(0, len(data), 3):
        chunk = data[i:i + 3]
        number = int.from_bytes(chunk + bytes(3 - len(chunk)), 'big')
        text = [_ALPHABET[number >> shift & 63] for shift in (18, 12, 6, 0)]
        out += bytes(text[:len(chunk) + 1]) + b'=' * (3 - len(chunk))
    if newline:
        out += b'\n'
    return bytes(out)


def a2b_base64(data, /, *, strict_mode=False):
    data = data.encode('ascii') if isinstance(data, str) else bytes(data)
    out = bytearray()
    bits = count = pads = 0
    for c in data:
        if c == 61:
            pads += 1
            if count + pads >= 4 and count >= 2:
                break
            continue
        value = _VALUES.get(c)
        if value is None:
            continue
        pads = 0
        bits = bits << 6 | value
        count += 1
        if count == 4:
            out += bits.to_bytes(3, 'big')
            bits = count = 0
    if count:
        if count == 1:
            raise Error('Invalid base64-encoded string: number of data characters '
                        f'({len(out) // 3 * 4 + 1}) cannot be 1 more than a multiple of 4')
        if count + pads < 4:
            raise Error('Incorrect padding')
        out += (bits << 6 * (4 - count)).to_bytes(3, 'big')[:count - 1]
    return bytes(out)
