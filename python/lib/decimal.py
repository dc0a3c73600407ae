"""Decimal numbers: a sign, an integer coefficient and an exponent; every result is rounded to the context's precision."""
from _decimal_context import (
    ROUND_05UP, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP,
    BasicContext, Clamped, Context, ConversionSyntax, DecimalException, DefaultContext, DecimalTuple, DivisionByZero,
    DivisionImpossible, DivisionUndefined, ExtendedContext, FloatOperation, Inexact, InvalidOperation, Overflow,
    Rounded, Subnormal, Underflow, getcontext, localcontext, rounded_away, setcontext,
)
from _decimal_text import format_decimal, parse_decimal
from _decimal_roots import exp_of, ln_of, log10_of, power_of

MAX_PREC, MAX_EMAX, MIN_EMIN = 999999999999999999, 999999999999999999, -999999999999999999


def _shifted(coefficient, places, rounding, negative):
    """The coefficient without its last `places` digits, rounded, and whether anything was lost."""
    unit = 10 ** places
    whole, rest = divmod(coefficient, unit)
    if rest:
        whole += rounded_away(whole, rest, unit, rounding, negative)
    return whole, rest != 0


class Decimal:
    """`_kind` is "" for a number, "F" for an infinity, "n" for NaN, "N" for a signalling one."""
    __slots__ = ("_negative", "_digits", "_exponent", "_kind")

    def __new__(cls, value="0", context=None):
        self = object.__new__(cls)
        if isinstance(value, Decimal):
            parts = value._negative, value._digits, value._exponent, value._kind
        elif isinstance(value, int):
            parts = value < 0, abs(int(value)), 0, ""
        elif isinstance(value, float):
            return cls.from_float(value)
        elif isinstance(value, str):
            parts = parse_decimal(value)
            if parts is None:
                return (context or getcontext()).signal(InvalidOperation, ConversionSyntax, NAN)
        elif isinstance(value, (tuple, list)):
            sign, digits, exponent = value
            kind = exponent if isinstance(exponent, str) else ""
            parts = bool(sign), int("".join(map(str, digits)) or "0"), 0 if kind else exponent, kind
        else:
            raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
        self._negative, self._digits, self._exponent, self._kind = parts
        return self

    @classmethod
    def from_float(cls, value):
        if isinstance(value, int):
            return cls(value)
        if value != value or value in (float("inf"), float("-inf")):
            return cls(repr(value))
        top, bottom = abs(value).as_integer_ratio()
        places = bottom.bit_length() - 1
        negative = str(value)[0] == "-"
        return cls(_make(negative, top * 5 ** places, -places))

    def _fix(self, context=None):
        """Rounded to the context."""
        context = context or getcontext()
        if self._kind:
            return self
        extra = len(str(self._digits)) - context.prec
        if extra <= 0:
            return self._limited(context)
        digits, lost = _shifted(self._digits, extra, context.rounding, self._negative)
        exponent = self._exponent + extra
        if len(str(digits)) > context.prec:
            digits, exponent = digits // 10, exponent + 1
        context.note(Rounded)
        if lost:
            context.note(Inexact)
        return _make(self._negative, digits, exponent)._limited(context)

    def _limited(self, context):
        if self._digits and self.adjusted() > context.Emax:
            answer = _make(self._negative, 0, 0, "F")
            return context.signal(Overflow, Overflow, answer)
        return self

    def is_nan(self):
        return self._kind in ("n", "N")

    def is_qnan(self):
        return self._kind == "n"

    def is_snan(self):
        return self._kind == "N"

    def is_infinite(self):
        return self._kind == "F"

    def is_finite(self):
        return not self._kind

    def is_signed(self):
        return self._negative

    def is_zero(self):
        return not self._kind and self._digits == 0

    def is_normal(self, context=None):
        return not self._kind and self._digits != 0 and self.adjusted() >= (context or getcontext()).Emin

    def is_canonical(self):
        return True

    def canonical(self):
        return self

    def conjugate(self):
        return self

    real = property(lambda self: self)
    imag = property(lambda self: Decimal(0))

    def adjusted(self):
        return 0 if self._kind else self._exponent + len(str(self._digits)) - 1

    def as_tuple(self):
        exponent = self._kind or self._exponent
        digits = () if self.is_nan() and not self._digits else tuple(map(int, str(self._digits)))
        return DecimalTuple(int(self._negative), digits, exponent)

    def as_integer_ratio(self):
        if self._kind:
            if self.is_nan():
                raise ValueError("cannot convert NaN to integer ratio")
            raise OverflowError("cannot convert Infinity to integer ratio")
        from fractions import Fraction
        top = self._signed()
        f = Fraction(top * 10 ** self._exponent) if self._exponent >= 0 else Fraction(top, 10 ** -self._exponent)
        return f.numerator, f.denominator

    def _signed(self):
        return -self._digits if self._negative else self._digits

    def __repr__(self):
        return f"Decimal('{self}')"

    def __str__(self):
        return self._text(False)

    def to_eng_string(self, context=None):
        return self._text(True)

    def _text(self, engineering):
        sign = "-" if self._negative else ""
        if self._kind:
            payload = str(self._digits) if self._digits else ""
            return sign + {"F": "Infinity", "n": "NaN" + payload, "N": "sNaN" + payload}[self._kind]
        digits, exponent = str(self._digits), self._exponent
        left = exponent + len(digits)
        if exponent <= 0 and left > -6:
            point = left
        elif not engineering:
            point = 1
        elif digits == "0":
            point = (left + 1) % 3 - 1
        else:
            point = (left - 1) % 3 + 1
        if point <= 0:
            number = "0." + "0" * -point + digits
        elif point >= len(digits):
            number = digits + "0" * (point - len(digits))
        else:
            number = f"{digits[:point]}.{digits[point:]}"
        return sign + number + ("" if left == point else f"E{left - point:+d}")

    def __format__(self, spec):
        return format_decimal(self, spec, getcontext())

    def __bool__(self):
        return self._kind != "" or self._digits != 0

    def __hash__(self):
        if self._kind == "N":
            raise TypeError("Cannot hash a signaling NaN value.")
        if self._kind:
            return object.__hash__(self) if self._kind == "n" else hash(float(self))
        from fractions import Fraction
        return hash(Fraction(*self.as_integer_ratio()))

    def _compare(self, other, op):
        if isinstance(other, float):
            other = Decimal.from_float(other)
        elif not isinstance(other, Decimal):
            from numbers import Rational
            if isinstance(other, Rational) and not isinstance(other, int):
                self, other = self * other.denominator, Decimal(other.numerator)
            else:
                other = _decimal(other)
        if other is NotImplemented:
            return NotImplemented
        if self.is_nan() or other.is_nan():
            if op in ("==", "!="):
                return op == "!="
            return bool(getcontext().signal(InvalidOperation, InvalidOperation, False))
        order = _order(self, other)
        return {"==": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[op]

    def __eq__(self, other):
        return self._compare(other, "==")

    def __ne__(self, other):
        return self._compare(other, "!=")

    def __lt__(self, other):
        return self._compare(other, "<")

    def __le__(self, other):
        return self._compare(other, "<=")

    def __gt__(self, other):
        return self._compare(other, ">")

    def __ge__(self, other):
        return self._compare(other, ">=")

    def compare(self, other, context=None):
        other = _decimal(other)
        if self.is_nan() or other.is_nan():
            return NAN
        return Decimal(_order(self, other))

    def __neg__(self):
        return (self.copy_negate() if self else self.copy_abs())._fix()

    def __pos__(self):
        return (self if self else self.copy_abs())._fix()

    def __abs__(self):
        return self.copy_abs()._fix()

    def copy_abs(self):
        return _make(False, self._digits, self._exponent, self._kind)

    def copy_negate(self):
        return _make(not self._negative, self._digits, self._exponent, self._kind)

    def copy_sign(self, other, context=None):
        return _make(_decimal(other)._negative, self._digits, self._exponent, self._kind)

    def __add__(self, other):
        return _binary(self, other, _add)

    def __radd__(self, other):
        return _binary(other, self, _add)

    def __sub__(self, other):
        return _binary(self, other, lambda a, b: _add(a, b if b.is_nan() else b.copy_negate()))

    def __rsub__(self, other):
        return _binary(other, self, lambda a, b: _add(a, b if b.is_nan() else b.copy_negate()))

    def __mul__(self, other):
        return _binary(self, other, _multiply)

    def __rmul__(self, other):
        return _binary(other, self, _multiply)

    def __truediv__(self, other):
        return _binary(self, other, _divide)

    def __rtruediv__(self, other):
        return _binary(other, self, _divide)

    def __floordiv__(self, other):
        return _binary(self, other, lambda a, b: _divmod(a, b)[0])

    def __rfloordiv__(self, other):
        return _binary(other, self, lambda a, b: _divmod(a, b)[0])

    def __mod__(self, other):
        return _binary(self, other, lambda a, b: _remainder(a, b))

    def __rmod__(self, other):
        return _binary(other, self, lambda a, b: _remainder(a, b))

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self

    def __pow__(self, other, modulo=None):
        if modulo is not None:
            return Decimal(pow(int(self), int(other), int(modulo)))
        return _binary(self, other, lambda a, b: power_of(a, b, getcontext()))

    def __rpow__(self, other):
        return _binary(other, self, lambda a, b: power_of(a, b, getcontext()))

    def __int__(self):
        if self._kind:
            if self.is_nan():
                raise ValueError("cannot convert NaN to integer")
            raise OverflowError("cannot convert Infinity to integer")
        size = self._digits * 10 ** self._exponent if self._exponent >= 0 else self._digits // 10 ** -self._exponent
        return -size if self._negative else size

    __trunc__ = __int__

    def __float__(self):
        return float(str(self))

    def __complex__(self):
        return complex(float(self))

    def _whole(self, rounding):
        return int(self.to_integral_value(rounding))

    def __floor__(self):
        return self._whole(ROUND_FLOOR)

    def __ceil__(self):
        return self._whole(ROUND_CEILING)

    def __round__(self, n=None):
        if n is None:
            return self._whole(ROUND_HALF_EVEN)
        return self.quantize(_make(False, 1, -n), rounding=ROUND_HALF_EVEN)

    def _rescaled(self, exponent, rounding):
        if self._exponent >= exponent:
            return _make(self._negative, self._digits * 10 ** (self._exponent - exponent), exponent)
        digits, lost = _shifted(self._digits, exponent - self._exponent, rounding, self._negative)
        if lost:
            getcontext().note(Inexact)
        return _make(self._negative, digits, exponent)

    def quantize(self, exp, rounding=None, context=None):
        context, exp = context or getcontext(), _decimal(exp)
        if self._kind or exp._kind:
            if self.is_nan() or exp.is_nan():
                return NAN
            if self._kind and exp._kind:
                return self
            return context.signal(InvalidOperation, InvalidOperation, NAN)
        out = self._rescaled(exp._exponent, rounding or context.rounding)
        if len(str(out._digits)) > context.prec:
            return context.signal(InvalidOperation, InvalidOperation, NAN)
        return out

    def same_quantum(self, other, context=None):
        other = _decimal(other)
        return self._kind == other._kind and (self._kind != "" or self._exponent == other._exponent)

    def to_integral_value(self, rounding=None, context=None):
        if self._kind or self._exponent >= 0:
            return self
        return self._rescaled(0, rounding or (context or getcontext()).rounding)

    to_integral = to_integral_exact = to_integral_value

    def normalize(self, context=None):
        out = self._fix(context)
        if out._kind:
            return out
        if out._digits == 0:
            return _make(out._negative, 0, 0)
        digits = str(out._digits)
        kept = digits.rstrip("0")
        return _make(out._negative, int(kept), out._exponent + len(digits) - len(kept))

    def sqrt(self, context=None):
        context = context or getcontext()
        if self.is_nan() or self.is_zero():
            return self if self._kind else _make(self._negative, 0, self._exponent // 2)
        if self._negative:
            return context.signal(InvalidOperation, InvalidOperation, NAN)
        if self._kind:
            return self
        from math import isqrt
        ideal = self._exponent // 2
        # Two more digits than wanted, from an even exponent; a rest makes the last digit sticky.
        shift = max(0, 2 * (context.prec + 2) - len(str(self._digits)))
        shift += (self._exponent - shift) % 2
        scaled, exponent = self._digits * 10 ** shift, (self._exponent - shift) // 2
        root = isqrt(scaled)
        if root * root == scaled:
            while exponent < ideal and root % 10 == 0:
                root, exponent = root // 10, exponent + 1
        elif root % 5 == 0:
            root += 1
        half_even = context.copy()
        half_even.rounding = ROUND_HALF_EVEN
        return _make(False, root, exponent)._fix(half_even)

    def exp(self, context=None):
        return exp_of(self, context or getcontext())

    def ln(self, context=None):
        return ln_of(self, context or getcontext())

    def log10(self, context=None):
        return log10_of(self, context or getcontext())

    def fma(self, other, third, context=None):
        return _add(_multiply(self, _decimal(other)), _decimal(third))._fix(context)

    def max(self, other, context=None):
        other = _decimal(other)
        return (other if self.is_nan() or (not other.is_nan() and _order(self, other) < 0) else self)._fix(context)

    def min(self, other, context=None):
        other = _decimal(other)
        return (other if self.is_nan() or (not other.is_nan() and _order(self, other) > 0) else self)._fix(context)

    def scaleb(self, other, context=None):
        return _make(self._negative, self._digits, self._exponent + int(other), self._kind)._fix(context)

    def remainder_near(self, other, context=None):
        other = _decimal(other)
        whole = (self / other).to_integral_value(ROUND_HALF_EVEN)
        return (self - whole * other)._fix(context)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return type(self), (str(self),)


def _make(negative, digits, exponent, kind=""):
    self = object.__new__(Decimal)
    self._negative, self._digits, self._exponent, self._kind = negative, digits, exponent, kind
    return self


NAN = _make(False, 0, 0, "n")


def _decimal(value):
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) else NotImplemented


def _binary(a, b, compute):
    a, b = _decimal(a), _decimal(b)
    if a is NotImplemented or b is NotImplemented:
        return NotImplemented
    if a.is_nan() or b.is_nan():
        first = a if a.is_nan() else b
        if "N" in (a._kind, b._kind):
            return getcontext().signal(InvalidOperation, InvalidOperation, NAN)
        return first
    return compute(a, b)._fix()


def _order(a, b):
    """-1, 0 or 1."""
    if a._kind or b._kind:
        x, y = ((-1 if v._negative else 1) if v._kind else 0 for v in (a, b))
    else:
        low = min(a._exponent, b._exponent)
        x, y = (v._signed() * 10 ** (v._exponent - low) for v in (a, b))
    return (x > y) - (x < y)


def _add(a, b):
    if a._kind or b._kind:
        if a._kind and b._kind and a._negative != b._negative:
            return getcontext().signal(InvalidOperation, InvalidOperation, NAN)
        return a if a._kind else b
    low = min(a._exponent, b._exponent)
    total = a._signed() * 10 ** (a._exponent - low) + b._signed() * 10 ** (b._exponent - low)
    negative = total < 0
    if total == 0:
        negative = a._negative and b._negative or (
            a._negative != b._negative and getcontext().rounding == ROUND_FLOOR)
    return _make(negative, abs(total), low)


def _multiply(a, b):
    negative = a._negative != b._negative
    if a._kind or b._kind:
        if not a or not b:
            return getcontext().signal(InvalidOperation, InvalidOperation, NAN)
        return _make(negative, 0, 0, "F")
    return _make(negative, a._digits * b._digits, a._exponent + b._exponent)


def _divide(a, b):
    context, negative = getcontext(), a._negative != b._negative
    if a._kind:
        if b._kind:
            return context.signal(InvalidOperation, InvalidOperation, NAN)
        return _make(negative, 0, 0, "F")
    if b._kind:
        return _make(negative, 0, 0)
    if not b._digits:
        if not a._digits:
            return context.signal(InvalidOperation, DivisionUndefined, NAN)
        return context.signal(DivisionByZero, DivisionByZero, _make(negative, 0, 0, "F"))
    ideal = a._exponent - b._exponent
    if not a._digits:
        return _make(negative, 0, ideal)
    shift = max(0, len(str(b._digits)) - len(str(a._digits)) + context.prec + 1)
    digits, rest = divmod(a._digits * 10 ** shift, b._digits)
    exponent = ideal - shift
    if rest:
        # The last digit only tells the rounding that more follows.
        if digits % 5 == 0:
            digits += 1
    else:
        while exponent < ideal and digits % 10 == 0:
            digits, exponent = digits // 10, exponent + 1
    return _make(negative, digits, exponent)


def _divmod(a, b):
    """Quotient towards zero, and the remainder with the sign of `a`."""
    context, negative = getcontext(), a._negative != b._negative
    if a._kind:
        wrong = context.signal(InvalidOperation, InvalidOperation, NAN)
        return (wrong if b._kind else _make(negative, 0, 0, "F")), wrong
    if b._kind:
        return _make(negative, 0, 0), a
    if not b._digits:
        if not a._digits:
            return (context.signal(InvalidOperation, DivisionUndefined, NAN),) * 2
        return context.signal(DivisionByZero, DivisionByZero, _make(negative, 0, 0, "F")), NAN
    low = min(a._exponent, b._exponent)
    whole, rest = divmod(a._digits * 10 ** (a._exponent - low), b._digits * 10 ** (b._exponent - low))
    if len(str(whole)) > context.prec:
        return (context.signal(InvalidOperation, DivisionImpossible, NAN),) * 2
    return _make(negative, whole, 0), _make(a._negative, rest, low)


def _remainder(a, b):
    if not a._kind and not b._kind and not b._digits:
        wrong = InvalidOperation if a._digits else DivisionUndefined
        return getcontext().signal(InvalidOperation, wrong, NAN)
    return _divmod(a, b)[1]
