"""Exponentials, logarithms and powers of decimals, in integers scaled by a power of ten."""


def _decimal(text_or_int):
    from decimal import Decimal
    return Decimal(text_or_int)


def _scaled(value, places):
    """value * 10**places as an integer, towards minus infinity."""
    shift = value._exponent + places
    return value._signed() * 10 ** shift if shift >= 0 else value._signed() // 10 ** -shift


def _exp_fixed(x, one):
    """e**(x/one) * one. The argument is halved until the series is short, the result squared as often."""
    halvings = max(0, (abs(x) * 256 // one).bit_length())
    guard = 1 << (2 * halvings + 16)
    unit = one * guard
    x = x * guard >> halvings
    total = term = unit
    n = 1
    while term:
        term = term * x // (unit * n)
        if term == -1:
            break
        total += term
        n += 1
    for _ in range(halvings):
        total = total * total // unit
    return total // guard


def _ln_fixed(x, one):
    """ln(x/one) * one for x > 0: Newton's steps on the exponential from a float."""
    from math import log
    size = x.bit_length() - 64
    start = log(x >> size if size > 0 else x << -size) - log(one >> size if size > 0 else one << -size)
    y = int(start * (1 << 60)) * one >> 60
    previous = None
    for _ in range(one.bit_length() + 2):
        if previous is not None and abs(y - previous) <= 1:
            break
        previous = y
        e = _exp_fixed(y, one)
        y += 2 * one * (x - e) // (x + e)
    return y


def _finish(integer, places, context, rounding="ROUND_HALF_EVEN"):
    """A scaled integer as a decimal of the context, correct to its last digit but for ties that never occur."""
    out = _decimal((int(integer < 0), tuple(map(int, str(abs(integer)))), -places))
    rounded = context.copy()
    rounded.rounding = rounding
    return out._fix(rounded)


def exp_of(value, context, rounding="ROUND_HALF_EVEN"):
    if value.is_nan():
        return value
    if value.is_infinite():
        return _decimal(0) if value._negative else value
    if not value:
        return _decimal(1)
    lead = int(abs(value)) * 7 // 16 + 2
    if lead > context.Emax:
        from decimal import Overflow
        return _decimal(0) if value._negative else context.signal(Overflow, Overflow, _decimal("Infinity"))
    places = context.prec + 6 + (lead if value._negative else 0)
    return _finish(_exp_fixed(_scaled(value, places), 10 ** places), places, context, rounding)


def _log_start(value, context):
    """The answer where no series is needed, else None."""
    from decimal import InvalidOperation
    if value.is_nan():
        return value
    if not value:
        return _decimal("-Infinity")
    if value._negative:
        return context.signal(InvalidOperation, InvalidOperation, _decimal("NaN"))
    return value if value.is_infinite() else None


def _ln_places(value, places):
    """ln(value) * 10**places."""
    one = 10 ** places
    shift = value.adjusted()
    mantissa = _scaled(value.scaleb(-shift, _exact(value)), places)
    return _ln_fixed(mantissa, one) + shift * _ln_fixed(10 * one, one)


def _exact(value):
    from decimal import Context
    return Context(prec=max(1, len(str(value._digits))))


def ln_of(value, context):
    known = _log_start(value, context)
    if known is not None:
        return known
    if value == 1:
        return _decimal(0)
    # Near one the logarithm starts with zeros, which cost as many digits.
    places = context.prec + 8 + len(str(abs(value.adjusted())))
    places += max(0, -(value - 1).adjusted()) if value.adjusted() in (-1, 0) else 0
    return _finish(_ln_places(value, places), places, context)


def log10_of(value, context):
    known = _log_start(value, context)
    if known is not None:
        return known
    digits = str(value._digits)
    if digits.rstrip("0") == "1":
        return _decimal(value.adjusted())._fix(context)
    places = context.prec + 10 + (max(0, -(value - 1).adjusted()) if value.adjusted() in (-1, 0) else 0)
    one = 10 ** places
    return _finish(_ln_places(value, places) * one // _ln_fixed(10 * one, one), places, context)


def power_of(base, exponent, context):
    from decimal import InvalidOperation, Inexact, Rounded
    whole = exponent.is_finite() and exponent == exponent.to_integral_value()
    wrong = lambda: context.signal(InvalidOperation, InvalidOperation, _decimal("NaN"))
    if not exponent:
        return _decimal(1) if base else wrong()
    if not base:
        odd = whole and int(exponent) % 2 == 1
        sign = "-" if base._negative and odd else ""
        return _decimal(sign + ("Infinity" if exponent._negative else "0"))
    if base._negative and not whole:
        return wrong()
    if base.is_infinite() or exponent.is_infinite():
        grows = (abs(base) > 1) != exponent._negative
        if abs(base) == 1:
            return _decimal(1)
        sign = "-" if base._negative and whole and int(exponent) % 2 == 1 else ""
        return _decimal(sign + ("Infinity" if grows else "0"))
    if whole and abs(int(exponent)) <= 10000:
        n = int(exponent)
        raised = _decimal((
            int(base._negative and n % 2), tuple(map(int, str(base._digits ** abs(n)))), base._exponent * abs(n)))
        return raised if n > 0 else _inverse(raised)
    places = context.prec + 12 + len(str(int(abs(exponent)))) + abs(base.adjusted())
    ln = _ln_places(abs(base), places)
    product = ln * exponent._digits
    shift = exponent._exponent
    product = product * 10 ** shift if shift >= 0 else product // 10 ** -shift
    raised = exp_of(_decimal((int((product < 0) != exponent._negative), tuple(map(int, str(abs(product)))), -places)),
                    context, context.rounding)
    return raised.copy_negate() if base._negative and int(exponent) % 2 else raised


def _inverse(value):
    from decimal import _divide
    return _divide(_decimal(1), value)
