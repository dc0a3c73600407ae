"""Enumerations whose members are sets of bits."""
import enum
from enum import Enum, ReprEnum, StrEnum, _value_repr, auto


class FlagBoundary(StrEnum):
    __module__ = "enum"
    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=STRICT):
    """Members are sets of bits."""

    __module__ = "enum"

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        try:
            return 2 ** max(last_values).bit_length()
        except Exception:
            raise TypeError("invalid flag value %r" % (max(last_values),)) from None

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        mask, all_bits = cls._flag_mask_, cls._all_bits_
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ mask):
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError(
                    "%r invalid value %r\n    given %s\n  allowed %s" % (cls, value, _bits(value, width), _bits(mask, width))
                )
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
            elif value < 0:
                value += max(all_bits + 1, 2 ** value.bit_length())
        if value < 0:
            value += all_bits + 1
        known = cls._value2member_map_.get(value)
        if known is not None:
            return known
        data = cls._member_type_
        made = object.__new__(cls) if data is object else cls._member_type_.__new__(cls, value)
        made._value_ = value
        names = [m._name_ for m in cls._bits_of(value)]
        rest = value & ~mask
        if names:
            made._name_ = "|".join(names) + ("|%s" % rest if rest else "")
        else:
            made._name_ = None
        return cls._value2member_map_.setdefault(value, made)

    @classmethod
    def _bits_of(cls, value):
        return [m for m in map(cls._member_map_.get, cls._member_names_) if m._value_ & value]

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(
                "unsupported operand type(s) for 'in': %r and %r"
                % (type(other).__qualname__, self.__class__.__qualname__)
            )
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return iter(self._bits_of(self._value_))

    def __len__(self):
        return bin(self._value_).count("1")

    def __bool__(self):
        return bool(self._value_)

    def __repr__(self):
        name, value = self.__class__.__name__, self._value_
        shown = _value_repr(self.__class__._member_type_, value) if self.__class__._member_type_ is not object else repr(value)
        return "<%s: %s>" % (name, shown) if self._name_ is None else "<%s.%s: %s>" % (name, self._name_, shown)

    def __str__(self):
        name = self.__class__.__name__
        return "%s(%r)" % (name, self._value_) if self._name_ is None else "%s.%s" % (name, self._name_)

    def _bits_from(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return NotImplemented

    def __or__(self, other):
        bits = self._bits_from(other)
        return bits if bits is NotImplemented else self.__class__(self._value_ | bits)

    def __and__(self, other):
        bits = self._bits_from(other)
        return bits if bits is NotImplemented else self.__class__(self._value_ & bits)

    def __xor__(self, other):
        bits = self._bits_from(other)
        return bits if bits is NotImplemented else self.__class__(self._value_ ^ bits)

    def __invert__(self):
        if self._boundary_ is KEEP:
            return self.__class__(~self._value_)
        return self.__class__(self._flag_mask_ & ~self._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__


enum._Flag = Flag


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Flags that are ints too."""

    __module__ = "enum"

    __str__ = int.__repr__
    __format__ = int.__format__
    __repr__ = Flag.__repr__
    __contains__ = Flag.__contains__


def _bits(value, width):
    """The number in binary, one's complement for negatives, as flags print it."""
    if value >= 0:
        digits = bin(value + (1 << value.bit_length()))
        sign, body = "0", digits[3:]
    else:
        digits = bin(~value ^ ((1 << value.bit_length()) - 1) + (1 << value.bit_length()))
        sign, body = "1", digits[3:]
    return "0b%s %s" % (sign, body.rjust(width, sign))
