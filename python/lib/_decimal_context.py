"""decimal's contexts, signals and kinds of rounding."""
from collections import namedtuple

ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR = "ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR"
ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN = "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN"
ROUND_05UP = "ROUND_05UP"
_ROUNDINGS = (
    ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP,
)

DecimalTuple = namedtuple("DecimalTuple", "sign digits exponent", module="decimal")


def rounded_away(whole, rest, unit, rounding, negative):
    """1 if a magnitude `whole` + `rest`/`unit`, 0 < rest < unit, rounds away from zero, else 0."""
    if rounding == ROUND_DOWN:
        return 0
    if rounding == ROUND_UP:
        return 1
    if rounding == ROUND_CEILING:
        return int(not negative)
    if rounding == ROUND_FLOOR:
        return int(negative)
    if rounding == ROUND_05UP:
        return int(whole % 5 == 0)
    if rest * 2 != unit:
        return int(rest * 2 > unit)
    if rounding == ROUND_HALF_EVEN:
        return whole % 2
    return int(rounding == ROUND_HALF_UP)


class DecimalException(ArithmeticError):
    __module__ = "decimal"


class InvalidOperation(DecimalException):
    __module__ = "decimal"


class ConversionSyntax(InvalidOperation):
    __module__ = "decimal"


class DivisionByZero(DecimalException, ZeroDivisionError):
    __module__ = "decimal"


class DivisionImpossible(InvalidOperation):
    __module__ = "decimal"


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    __module__ = "decimal"


class Inexact(DecimalException):
    __module__ = "decimal"


class Rounded(DecimalException):
    __module__ = "decimal"


class Clamped(DecimalException):
    __module__ = "decimal"


class Subnormal(DecimalException):
    __module__ = "decimal"


class Overflow(Inexact, Rounded):
    __module__ = "decimal"


class Underflow(Inexact, Rounded, Subnormal):
    __module__ = "decimal"


class FloatOperation(DecimalException, TypeError):
    __module__ = "decimal"


_SIGNALS = (
    InvalidOperation, FloatOperation, DivisionByZero, Overflow, Subnormal, Underflow, Rounded, Inexact, Clamped,
)


class Context:
    """Precision in digits, rounding, and which signals raise."""
    __module__ = "decimal"

    def __init__(self, prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0,
                 flags=None, traps=None):
        self.prec, self.rounding, self.Emin, self.Emax = prec, rounding, Emin, Emax
        self.capitals, self.clamp = capitals, clamp
        raising = (InvalidOperation, DivisionByZero, Overflow) if traps is None else traps
        self.traps = dict(raising) if isinstance(raising, dict) else {s: s in raising for s in _SIGNALS}
        self.flags = {s: s in (flags or ()) for s in _SIGNALS}

    def __setattr__(self, name, value):
        if name == "prec" and not (isinstance(value, int) and value >= 1):
            raise ValueError("valid range for prec is [1, MAX_PREC]")
        if name == "rounding" and value not in _ROUNDINGS:
            raise TypeError(
                "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        object.__setattr__(self, name, value)

    def signal(self, kind, reason, answer):
        """Raises if `kind` is trapped, naming the reason; else sets its flag and gives `answer`."""
        self.flags[kind] = True
        if self.traps.get(kind):
            raise kind([reason])
        return answer

    def note(self, kind):
        self.signal(kind, kind, None)

    def copy(self):
        other = Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, None, self.traps)
        other.flags = dict(self.flags)
        return other

    __copy__ = copy

    def clear_flags(self):
        self.flags = dict.fromkeys(self.flags, False)

    def clear_traps(self):
        self.traps = dict.fromkeys(self.traps, False)

    def create_decimal(self, value="0"):
        from decimal import Decimal
        return Decimal(value, self)._fix(self)

    def __repr__(self):
        on = lambda table: ", ".join(s.__name__ for s in _SIGNALS if table.get(s))
        return (f"Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, "
                f"capitals={self.capitals}, clamp={self.clamp}, flags=[{on(self.flags)}], traps=[{on(self.traps)}])")


DefaultContext = Context()
BasicContext = Context(9, ROUND_HALF_UP, traps=(
    InvalidOperation, DivisionByZero, Overflow, Underflow, Clamped))
ExtendedContext = Context(9, traps=())
_current = [DefaultContext.copy()]


def getcontext():
    return _current[0]


def setcontext(context):
    _current[0] = context.copy() if context in (DefaultContext, BasicContext, ExtendedContext) else context


class localcontext:
    """`with localcontext() as ctx:` changes a copy of the context for the block."""
    __module__ = "decimal"

    def __init__(self, ctx=None, **changes):
        self.new = (ctx or getcontext()).copy()
        for name, value in changes.items():
            setattr(self.new, name, value)

    def __enter__(self):
        self.saved = getcontext()
        _current[0] = self.new
        return self.new

    def __exit__(self, *exc):
        _current[0] = self.saved
