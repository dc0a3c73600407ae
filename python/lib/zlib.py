"""Deflate, and checksums."""
import _platform


class error(Exception):
    pass


def compress(data, /, level=-1, wbits=15):
    return _platform.deflateSync(data, level)


def decompress(data, /, wbits=15, bufsize=16384):
    try:
        return _platform.gunzipSync(data) if wbits > 15 else _platform.inflateSync(data)
    except ValueError as e:
        raise error(f'Error -3 while decompressing data: {e}') from None


def crc32(data, value=0, /):
    crc = value ^ 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xedb88320 if crc & 1 else 0)
    return crc ^ 0xffffffff


def adler32(data, value=1, /):
    a, b = value & 0xffff, value >> 16 & 0xffff
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a
