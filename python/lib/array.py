"""Arrays of one numeric type."""
import struct

_KINDS = {'b': 1, 'B': 1, 'h': 2, 'H': 2, 'i': 4, 'I': 4, 'l': 8, 'L': 8, 'q': 8, 'Q': 8, 'f': 4, 'd': 8, 'u': 4}
typecodes = 'bBuhHiIlLqQfd'


class array:
    def __init__(self, typecode, initializer=(), /):
        if typecode not in _KINDS:
            raise ValueError('bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)')
        self.typecode = typecode
        self.itemsize = _KINDS[typecode]
        self._items = []
        if isinstance(initializer, (bytes, bytearray)):
            self.frombytes(initializer)
        else:
            self.extend(initializer)

    def _kept(self, value):
        code = self.typecode
        if code == 'u':
            if not isinstance(value, str) or len(value) != 1:
                raise TypeError('array item must be unicode character')
            return value
        if code in 'fd':
            if not isinstance(value, (int, float)) and not hasattr(value, '__float__'):
                raise TypeError(f'must be real number, not {type(value).__name__}')
            return struct.unpack('=f', struct.pack('=f', value))[0] if code == 'f' else float(value)
        if not hasattr(type(value), '__index__'):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        value = value.__index__()
        bits = self.itemsize * 8
        low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if code.islower() else (0, (1 << bits) - 1)
        if not low <= value <= high:
            name = {'b': 'signed char', 'B': 'unsigned byte integer', 'h': 'signed short integer', 'H': 'unsigned short'}.get(code)
            if name:
                raise OverflowError(f'{name} is {"greater than maximum" if value > high else "less than minimum"}')
            raise OverflowError('Python int too large to convert to C long' if value > high else 'int too small to convert')
        return value

    def append(self, x, /):
        self._items.append(self._kept(x))

    def extend(self, items, /):
        if isinstance(items, array) and items.typecode != self.typecode:
            raise TypeError('can only extend with array of same kind')
        self._items.extend([self._kept(x) for x in items])

    fromlist = extend

    def insert(self, i, x, /):
        self._items.insert(i, self._kept(x))

    def pop(self, i=-1, /):
        if not self._items:
            raise IndexError('pop from empty array')
        return self._items.pop(i)

    def remove(self, x, /):
        if x not in self._items:
            raise ValueError('array.remove(x): x not in array')
        self._items.remove(x)

    def index(self, x, *bounds):
        if x not in self._items:
            raise ValueError('array.index(x): x not in array')
        return self._items.index(x, *bounds)

    def count(self, x, /):
        return self._items.count(x)

    def reverse(self):
        self._items.reverse()

    def tolist(self):
        return list(self._items)

    def tobytes(self):
        code = {'l': 'q', 'L': 'Q'}.get(self.typecode, self.typecode)
        return struct.pack(f'={len(self._items)}{code}', *self._items)

    def frombytes(self, data, /):
        if len(data) % self.itemsize:
            raise ValueError('bytes length not a multiple of item size')
        code = {'l': 'q', 'L': 'Q'}.get(self.typecode, self.typecode)
        self._items.extend(struct.unpack(f'={len(data) // self.itemsize}{code}', data))

    def byteswap(self):
        size, data = self.itemsize, self.tobytes()
        swapped = b''.join(data[i:i + size][::-1] for i in range(0, len(data), size))
        self._items.clear()
        self.frombytes(swapped)

    def buffer_info(self):
        return id(self), len(self._items)

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __contains__(self, x):
        return x in self._items

    def _made(self, items):
        made = array(self.typecode)
        made._items = items
        return made

    def __getitem__(self, i):
        if isinstance(i, slice):
            return self._made(self._items[i])
        try:
            return self._items[i]
        except IndexError:
            raise IndexError('array index out of range') from None

    def __setitem__(self, i, value):
        if isinstance(i, slice):
            if not isinstance(value, array):
                raise TypeError(f'can only assign array (not "{type(value).__name__}") to array slice')
            self._items[i] = value._items
            return
        if not -len(self._items) <= i < len(self._items):
            raise IndexError('array assignment index out of range')
        self._items[i] = self._kept(value)

    def __delitem__(self, i):
        del self._items[i]

    def __add__(self, other):
        if not isinstance(other, array):
            raise TypeError(f'can only append array (not "{type(other).__name__}") to array')
        return self._made(self._items + other._items)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, n):
        return self._made(self._items * n)

    __rmul__ = __mul__

    def __eq__(self, other):
        return self._items == other._items if isinstance(other, array) else NotImplemented

    def __lt__(self, other):
        return self._items < other._items if isinstance(other, array) else NotImplemented

    __hash__ = None

    def __repr__(self):
        if not self._items:
            return f"array('{self.typecode}')"
        shown = repr(''.join(self._items)) if self.typecode == 'u' else repr(self._items)
        return f"array('{self.typecode}', {shown})"


ArrayType = array
