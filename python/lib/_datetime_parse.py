"""datetime.strptime."""
import re
from datetime import _MONTHS, timedelta, timezone

_FULL_MONTHS = ('January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December')
_FULL_DAYS = ('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')
_PATTERNS = {
    'Y': r'\d{4}', 'y': r'\d\d', 'm': r'1[0-2]|0[1-9]|[1-9]', 'd': r'3[01]|[12]\d|0[1-9]|[1-9]| [1-9]', 'H': r'2[0-3]|[01]\d|\d',
    'I': r'1[0-2]|0[1-9]|[1-9]', 'M': r'[0-5]\d|\d', 'S': r'6[01]|[0-5]\d|\d', 'f': r'\d{1,6}', 'p': 'AM|PM',
    'j': r'36[0-6]|3[0-5]\d|[12]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]', 'z': r'[+-]\d\d:?[0-5]\d(?::?[0-5]\d)?|Z', 'Z': 'UTC|GMT',
    'b': '|'.join(_MONTHS), 'B': '|'.join(_FULL_MONTHS), 'a': '|'.join(d[:3] for d in _FULL_DAYS), 'A': '|'.join(_FULL_DAYS),
}
_SHORT = {'T': '%H:%M:%S', 'X': '%H:%M:%S', 'D': '%m/%d/%y', 'x': '%m/%d/%y', 'F': '%Y-%m-%d', 'R': '%H:%M',
          'c': '%a %b %d %H:%M:%S %Y'}


def strptime(cls, text, format):
    whole = format
    for letter, meaning in _SHORT.items():
        whole = whole.replace('%' + letter, meaning)
    out, order, i = '', [], 0
    while i < len(whole):
        ch = whole[i]
        if ch == '%':
            code = whole[i + 1:i + 2]
            i += 2
            if code == '%':
                out += '%'
            elif code in _PATTERNS:
                order.append(code)
                out += '(' + _PATTERNS[code] + ')'
            elif code == '':
                raise ValueError("stray %% in format '%s'" % format)
            else:
                raise ValueError("'%s' is a bad directive in format '%s'" % (code, format))
        elif ch.isspace():
            out += r'\s+'
            i += 1
        else:
            out += re.escape(ch)
            i += 1
    m = re.match(out, text, re.I)
    if m is None:
        raise ValueError('time data %r does not match format %r' % (text, format))
    if m.end() != len(text):
        raise ValueError('unconverted data remains: %s' % text[m.end():])
    found = dict(zip(order, m.groups()))
    year = int(found.get('Y', 1900))
    if 'y' in found:
        year = int(found['y'])
        year += 2000 if year < 69 else 1900
    month, day = int(found.get('m', 1)), int(found.get('d', 1))
    for code, names in (('b', _MONTHS), ('B', _FULL_MONTHS)):
        if code in found:
            month = [n.lower() for n in names].index(found[code].lower()) + 1
    hour = int(found.get('H', 0))
    if 'I' in found:
        hour = int(found['I']) % 12 + (12 if found.get('p', 'AM').upper() == 'PM' else 0)
    tz = None
    if 'z' in found:
        digits = found['z'].replace(':', '')
        if digits == 'Z':
            tz = timezone.utc
        else:
            offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]), seconds=int(digits[5:] or 0))
            tz = timezone(-offset if digits[0] == '-' else offset)
    made = cls(year, month, day, hour, int(found.get('M', 0)), int(found.get('S', 0)), int(found.get('f', '0').ljust(6, '0')), tz)
    if 'j' in found and 'm' not in found:
        made = made.replace(month=1, day=1) + timedelta(int(found['j']) - 1)
    return made
