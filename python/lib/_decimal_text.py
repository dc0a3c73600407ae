"""Reading decimals from text, and format specifications."""
import re

_NUMBER = re.compile(
    r"\s*([-+])?(?:(\d+)(?:\.(\d*))?(?:[eE]([-+]?\d+))?|\.(\d+)(?:[eE]([-+]?\d+))?|(inf(?:inity)?)|(s?nan)(\d*))\s*",
    re.IGNORECASE)
_SPEC = re.compile(r"(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?(,)?(?:\.(\d+))?([eEfFgGn%])?", re.DOTALL)


def parse_decimal(text):
    """(negative, digits, exponent, kind), or None where the text is no number."""
    m = _NUMBER.fullmatch(text.replace("_", ""))
    if m is None:
        return None
    sign, whole, part, exp, bare, bare_exp, inf, nan, payload = m.groups()
    negative = sign == "-"
    if inf:
        return negative, 0, 0, "F"
    if nan:
        return negative, int(payload or 0), 0, "N" if nan[0] in "sS" else "n"
    part = (bare if whole is None else part) or ""
    return negative, int((whole or "") + part), int(exp or bare_exp or 0) - len(part), ""


def format_decimal(value, spec, context):
    m = _SPEC.fullmatch(spec)
    if m is None:
        raise ValueError("invalid format string")
    fill, align, sign, _, _, zero, width, comma, precision, kind = m.groups()
    if zero and not align:
        fill, align = "0", "="
    negative, body = _unsigned(value, kind, None if precision is None else int(precision), context)
    head = "-" if negative else sign if sign in ("+", " ") else ""
    width, fill, align = int(width or 0), fill or " ", align or ">"
    if comma:
        end = next((i for i, ch in enumerate(body) if not ch.isdigit()), len(body))
        whole = body[:end]
        if fill == "0" and align == "=":
            # Zeros are grouped like other digits.
            while len(head) + len(f"{whole:0>{len(whole) + 1}}") + len(whole) // 3 + len(body) - end <= width:
                whole = "0" + whole
        groups = []
        while len(whole) > 3:
            groups.insert(0, whole[-3:])
            whole = whole[:-3]
        body = ",".join([whole, *groups]) + body[end:]
    space = max(0, width - len(head) - len(body))
    if align == "=":
        return head + fill * space + body
    text = head + body
    if align == "^":
        return fill * (space // 2) + text + fill * (space - space // 2)
    return text + fill * space if align == "<" else fill * space + text


def _unsigned(value, kind, precision, context):
    """Whether the rounded value has a minus sign, and its text without."""
    suffix = ""
    if kind == "%":
        suffix, kind = "%", "f"
        if value.is_finite():
            value = value.scaleb(2, _wide(context, value))
    if not value.is_finite() or (kind is None and precision is None):
        return value._negative, str(value.copy_abs()) + suffix
    rounding = context.rounding
    if precision is not None and kind in ("f", "F"):
        value = value._rescaled(-precision, rounding)
    elif precision is not None and kind in ("e", "E"):
        value = _to_digits(value, precision + 1, rounding)
    elif precision is not None:
        if len(str(value._digits)) > max(precision, 1):
            value = _to_digits(value, max(precision, 1), rounding)
    digits, exponent = str(value._digits), value._exponent
    left = exponent + len(digits)
    if kind in ("e", "E"):
        point = 1 if value._digits or precision is None else 1 - precision
    elif kind in ("f", "F"):
        point = left
    else:
        point = left if exponent <= 0 and left > -6 else 1
    if point <= 0:
        whole, part = "0", "0" * -point + digits
    elif point > len(digits):
        whole, part = digits + "0" * (point - len(digits)), ""
    else:
        whole, part = digits[:point] or "0", digits[point:]
    text = whole + ("." + part if part else "")
    if left != point or kind in ("e", "E"):
        mark = "e" if kind in ("e", "g") else "E"
        text += f"{mark}{left - point:+d}"
    return value._negative, text + suffix


def _wide(context, value):
    wide = context.copy()
    wide.prec = max(wide.prec, len(str(value._digits)))
    return wide


def _to_digits(value, count, rounding):
    if not value._digits:
        return value
    out = value._rescaled(value.adjusted() + 1 - count, rounding)
    return out if len(str(out._digits)) <= count else value._rescaled(value.adjusted() + 2 - count, rounding)
