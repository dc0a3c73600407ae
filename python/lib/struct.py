"""Values packed into bytes."""

_SIZES = {'x': 1, 'c': 1, 'b': 1, 'B': 1, '?': 1, 'h': 2, 'H': 2, 'i': 4, 'I': 4, 'l': 4, 'L': 4, 'q': 8, 'Q': 8, 'n': 8, 'N': 8,
          'P': 8, 'e': 2, 'f': 4, 'd': 8, 's': 1, 'p': 1}


class error(Exception):
    """Packing or unpacking failed."""


error.__module__ = 'struct'


def _parse(fmt):
    """(byte order, fields of (code, count, offset), size in all)."""
    if isinstance(fmt, bytes):
        fmt = fmt.decode()
    native = not fmt or fmt[0] not in '=<>!'
    order = 'big' if fmt and fmt[0] in '>!' else 'little'
    text = fmt[1:] if fmt and fmt[0] in '@=<>!' else fmt
    fields, at, i = [], 0, 0
    while i < len(text):
        if text[i].isspace():
            i += 1
            continue
        start = i
        while i < len(text) and text[i].isdigit():
            i += 1
        if i == len(text):
            raise error('repeat count given without format specifier')
        code = text[i]
        count = int(text[start:i]) if i > start else 1
        i += 1
        if code not in _SIZES or (not native and code in 'nNP'):
            raise error('bad char in struct format')
        size = 8 if native and code in 'lL' else _SIZES[code]
        if native and size > 1:
            at = -(-at // size) * size
        fields.append((code, count, at, size))
        at += count * size
    return order, fields, at


def calcsize(format, /):
    return _parse(format)[2]


def _values(fields):
    return sum(0 if c == 'x' else 1 if c in 'sp' else n for c, n, _, _ in fields)


def _float_bits(value, size):
    """IEEE bits of a float in `size` bytes, ties to even."""
    import math
    width, bias = {2: (10, 15), 4: (23, 127), 8: (52, 1023)}[size]
    sign = 1 if math.copysign(1.0, value) < 0 else 0
    top = 2 * bias + 1
    if math.isnan(value):
        return sign << (size * 8 - 1) | top << width | 1 << (width - 1)
    if math.isinf(value):
        return sign << (size * 8 - 1) | top << width
    value = abs(value)
    if value == 0:
        return sign << (size * 8 - 1)
    fraction, exponent = math.frexp(value)
    exponent = max(exponent - 1, 1 - bias)
    mantissa = round(math.ldexp(value, width - exponent))
    if mantissa >= 2 << width:
        mantissa >>= 1
        exponent += 1
    if exponent > bias:
        raise OverflowError(f'float too large to pack with {"e" if size == 2 else "f"} format')
    biased = exponent + bias if mantissa >= 1 << width else 0
    return sign << (size * 8 - 1) | biased << width | mantissa & (1 << width) - 1


def _bits_float(bits, size):
    import math
    width, bias = {2: (10, 15), 4: (23, 127), 8: (52, 1023)}[size]
    sign = -1.0 if bits >> (size * 8 - 1) else 1.0
    exponent = bits >> width & 2 * bias + 1
    mantissa = bits & (1 << width) - 1
    if exponent == 2 * bias + 1:
        return math.nan if mantissa else sign * math.inf
    if exponent:
        return sign * math.ldexp(mantissa | 1 << width, exponent - bias - width)
    return sign * math.ldexp(mantissa, 1 - bias - width)


def _pack_int(code, value, size, order):
    if not hasattr(type(value), '__index__'):
        raise error('required argument is not an integer')
    value = value.__index__()
    signed = code in 'bhilqn'
    low, high = (-(1 << size * 8 - 1), (1 << size * 8 - 1) - 1) if signed else (0, (1 << size * 8) - 1)
    if not low <= value <= high:
        if code in 'bB':
            raise error(f"{'byte' if code == 'b' else 'ubyte'} format requires {low} <= number <= {high}")
        if code in 'hH':
            raise error(f"{'short' if code == 'h' else 'ushort'} format requires {low} <= number <= {high}")
        raise error(f"'{code}' format requires {low} <= number <= {high}" if size == 4 else 'int too large to convert')
    return value.to_bytes(size, order, signed=signed)


def pack(format, /, *values):
    order, fields, size = _parse(format)
    wanted = _values(fields)
    if len(values) != wanted:
        raise error(f'pack expected {wanted} items for packing (got {len(values)})')
    out = bytearray(size)
    at = 0
    for code, count, offset, width in fields:
        if code == 'x':
            continue
        if code in 'sp':
            data = values[at]
            if not isinstance(data, (bytes, bytearray)):
                raise error(f"argument for '{code}' must be a bytes object")
            if code == 'p':
                data = bytes([min(len(data), count - 1, 255)]) + bytes(data[:count - 1]) if count else b''
            data = bytes(data[:count])
            out[offset:offset + len(data)] = data
            at += 1
            continue
        for k in range(count):
            value = values[at]
            at += 1
            if code == 'c':
                if not isinstance(value, (bytes, bytearray)) or len(value) != 1:
                    raise error('char format requires a bytes object of length 1')
                data = bytes(value)
            elif code == '?':
                data = bytes([1 if value else 0])
            elif code in 'efd':
                if not hasattr(type(value), '__float__') and not hasattr(type(value), '__index__'):
                    raise error('required argument is not a float')
                data = _float_bits(float(value), width).to_bytes(width, order)
            else:
                data = _pack_int(code, value, width, order)
            start = offset + k * width
            out[start:start + width] = data
    return bytes(out)


def unpack(format, buffer, /):
    size = _parse(format)[2]
    if len(buffer) != size:
        raise error(f'unpack requires a buffer of {size} bytes')
    return unpack_from(format, buffer)


def unpack_from(format, /, buffer, offset=0):
    order, fields, size = _parse(format)
    data = bytes(buffer)
    if offset < 0:
        offset += len(data)
    if len(data) - offset < size:
        raise error(f'unpack_from requires a buffer of at least {size + offset} bytes for unpacking {size} bytes at offset '
                    f'{offset} (actual buffer size is {len(data)})')
    out = []
    for code, count, start, width in fields:
        start += offset
        if code == 'x':
            continue
        if code == 's':
            out.append(data[start:start + count])
            continue
        if code == 'p':
            out.append(data[start + 1:start + 1 + min(data[start], count - 1)] if count else b'')
            continue
        for k in range(count):
            piece = data[start + k * width:start + (k + 1) * width]
            if code == 'c':
                out.append(piece)
            elif code == '?':
                out.append(piece != b'\0')
            elif code in 'efd':
                out.append(_bits_float(int.from_bytes(piece, order), width))
            else:
                out.append(int.from_bytes(piece, order, signed=code in 'bhilqn'))
    return tuple(out)


def pack_into(format, buffer, offset, /, *values):
    data = pack(format, *values)
    if len(buffer) - offset < len(data):
        raise error(f'pack_into requires a buffer of at least {len(data) + offset} bytes for packing {len(data)} bytes at offset '
                    f'{offset} (actual buffer size is {len(buffer)})')
    buffer[offset:offset + len(data)] = data


def iter_unpack(format, buffer, /):
    size = calcsize(format)
    if size == 0:
        raise error('cannot iteratively unpack with a struct of length 0')
    if len(buffer) % size:
        raise error(f'iterative unpacking requires a buffer of a multiple of {size} bytes')
    return (unpack_from(format, buffer, i) for i in range(0, len(buffer), size))


class Struct:
    def __init__(self, format):
        self.format = format
        self.size = calcsize(format)

    def pack(self, *values):
        return pack(self.format, *values)

    def unpack(self, buffer, /):
        return unpack(self.format, buffer)

    def unpack_from(self, buffer, offset=0):
        return unpack_from(self.format, buffer, offset)

    def pack_into(self, buffer, offset, /, *values):
        pack_into(self.format, buffer, offset, *values)

    def iter_unpack(self, buffer, /):
        return iter_unpack(self.format, buffer)
