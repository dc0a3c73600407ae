"""Dates and times of the Gregorian calendar."""
import time as _time
from _datetime_delta import UTC, _offset_text, timedelta, timezone, tzinfo

__all__ = ['date', 'datetime', 'time', 'timedelta', 'timezone', 'tzinfo', 'MINYEAR', 'MAXYEAR', 'UTC']

MINYEAR, MAXYEAR = 1, 9999
_DAYS = ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')
_MONTHS = ('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_days(year, month):
    return 29 if month == 2 and _leap(year) else _LENGTHS[month - 1]


def _before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400


def _ordinal(year, month, day):
    return _before_year(year) + sum(_month_days(year, m) for m in range(1, month)) + day


def _from_ordinal(n):
    year = (n - 1) * 400 // 146097 + 1
    while _before_year(year) >= n:
        year -= 1
    while _before_year(year + 1) < n:
        year += 1
    n -= _before_year(year)
    month = 1
    while n > _month_days(year, month):
        n -= _month_days(year, month)
        month += 1
    return year, month, n


def _check_date(year, month, day):
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'year {year} is out of range')
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    if not 1 <= day <= _month_days(year, month):
        raise ValueError('day is out of range for month')


def _check_time(hour, minute, second, microsecond):
    for name, value, top in (('hour', hour, 23), ('minute', minute, 59), ('second', second, 59), ('microsecond', microsecond, 999999)):
        if not 0 <= value <= top:
            raise ValueError(f'{name} must be in 0..{top}')


def _strftime(value, format, tuple9):
    out, i = [], 0
    while i < len(format):
        ch = format[i]
        if ch == '%' and i + 1 < len(format):
            code = format[i + 1]
            if code == 'f':
                out.append('%06d' % getattr(value, 'microsecond', 0))
            elif code in 'zZ':
                offset = value.utcoffset() if hasattr(value, 'utcoffset') else None
                if code == 'z':
                    out.append('' if offset is None else _offset_text(offset, ''))
                else:
                    out.append((value.tzname() or '') if hasattr(value, 'tzname') else '')
            else:
                out.append(_time.strftime('%' + code, tuple9))
            i += 2
        else:
            out.append(ch)
            i += 1
    return ''.join(out)


class date:
    def __new__(cls, year, month=None, day=None):
        _check_date(year, month, day)
        self = object.__new__(cls)
        self._year, self._month, self._day = year, month, day
        return self

    @classmethod
    def fromtimestamp(cls, t):
        return cls(*_time.localtime(t)[:3])

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, text):
        if not isinstance(text, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            if len(text) == 10 and text[4] == text[7] == '-':
                return cls(int(text[:4]), int(text[5:7]), int(text[8:]))
            if len(text) == 8:
                return cls(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError as e:
            if 'invalid literal' not in str(e):
                raise
        raise ValueError(f'Invalid isoformat string: {text!r}')

    year = property(lambda self: self._year)
    month = property(lambda self: self._month)
    day = property(lambda self: self._day)

    def toordinal(self):
        return _ordinal(self._year, self._month, self._day)

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.toordinal() % 7 or 7

    def isocalendar(self):
        from collections import namedtuple
        year = self._year
        first = _monday(year)
        week, day = divmod(self.toordinal() - first, 7)
        if week < 0:
            year -= 1
            week, day = divmod(self.toordinal() - _monday(year), 7)
        elif week >= 52 and self.toordinal() >= _monday(year + 1):
            year, week = year + 1, 0
        return namedtuple('IsoCalendarDate', 'year week weekday', module='datetime')(year, week + 1, day + 1)

    def _tuple9(self, h=0, m=0, s=0):
        return _time.struct_time((self._year, self._month, self._day, h, m, s, self.weekday(),
                                  self.toordinal() - _before_year(self._year), -1))

    def timetuple(self):
        return self._tuple9()

    def replace(self, year=None, month=None, day=None):
        return type(self)(self._year if year is None else year, self._month if month is None else month,
                          self._day if day is None else day)

    def isoformat(self):
        return '%04d-%02d-%02d' % (self._year, self._month, self._day)

    __str__ = isoformat

    def __repr__(self):
        return f'datetime.{self.__class__.__qualname__}({self._year}, {self._month}, {self._day})'

    def ctime(self):
        return '%s %s %2d 00:00:00 %04d' % (_DAYS[self.weekday()], _MONTHS[self._month - 1], self._day, self._year)

    def strftime(self, format):
        return _strftime(self, format, self.timetuple())

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def __add__(self, other):
        return type(self).fromordinal(self.toordinal() + other.days) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        return timedelta(self.toordinal() - other.toordinal()) if isinstance(other, date) else NotImplemented

    def _key(self):
        return self._year, self._month, self._day

    def _comparable(self, other):
        return isinstance(other, date) and isinstance(other, datetime) == isinstance(self, datetime)

    def __eq__(self, other):
        return self._key() == other._key() if self._comparable(other) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._comparable(other) else NotImplemented

    def __hash__(self):
        return hash(self._key())


def _monday(year):
    """Ordinal of the Monday that begins the year's first ISO week."""
    first = _ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    return first - weekday + (7 if weekday > 3 else 0)


def _clock(h, m, s, us, timespec='auto'):
    if timespec == 'auto':
        timespec = 'microseconds' if us else 'seconds'
    forms = {'hours': '%02d' % h, 'minutes': '%02d:%02d' % (h, m), 'seconds': '%02d:%02d:%02d' % (h, m, s),
             'milliseconds': '%02d:%02d:%02d.%03d' % (h, m, s, us // 1000), 'microseconds': '%02d:%02d:%02d.%06d' % (h, m, s, us)}
    if timespec not in forms:
        raise ValueError('Unknown timespec value')
    return forms[timespec]


def _parse_clock(text):
    import re
    m = re.fullmatch(r'(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?', text)
    if m is None:
        raise ValueError
    h, mi, s, fraction, zone = m.groups()
    tz = None
    if zone == 'Z':
        tz = timezone.utc
    elif zone:
        digits = zone[1:].replace(':', '').ljust(6, '0')
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]), seconds=int(digits[4:]))
        tz = timezone(-offset if zone[0] == '-' else offset) if offset else timezone.utc
    return int(h), int(mi or 0), int(s or 0), int((fraction or '0').ljust(6, '0')[:6]), tz


class time:
    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_time(hour, minute, second, microsecond)
        self = object.__new__(cls)
        self._h, self._m, self._s, self._us, self._tz, self._fold = hour, minute, second, microsecond, tzinfo, fold
        return self

    @classmethod
    def fromisoformat(cls, text):
        try:
            return cls(*_parse_clock(text.removeprefix('T')))
        except ValueError:
            raise ValueError(f'Invalid isoformat string: {text!r}') from None

    hour = property(lambda self: self._h)
    minute = property(lambda self: self._m)
    second = property(lambda self: self._s)
    microsecond = property(lambda self: self._us)
    tzinfo = property(lambda self: self._tz)
    fold = property(lambda self: self._fold)

    def utcoffset(self):
        return None if self._tz is None else self._tz.utcoffset(None)

    def tzname(self):
        return None if self._tz is None else self._tz.tzname(None)

    def isoformat(self, timespec='auto'):
        offset = self.utcoffset()
        return _clock(self._h, self._m, self._s, self._us, timespec) + ('' if offset is None else _offset_text(offset))

    __str__ = isoformat

    def __repr__(self):
        parts = [str(self._h), str(self._m)]
        if self._s or self._us:
            parts.append(str(self._s))
        if self._us:
            parts.append(str(self._us))
        if self._tz is not None:
            parts.append(f'tzinfo={self._tz!r}')
        return f"datetime.{self.__class__.__qualname__}({', '.join(parts)})"

    def strftime(self, format):
        return _strftime(self, format, _time.struct_time((1900, 1, 1, self._h, self._m, self._s, 0, 1, -1)))

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True):
        return type(self)(self._h if hour is None else hour, self._m if minute is None else minute, self._s if second is None else second,
                          self._us if microsecond is None else microsecond, self._tz if tzinfo is True else tzinfo)

    def _key(self):
        offset = self.utcoffset()
        total = ((self._h * 60 + self._m) * 60 + self._s) * 1000000 + self._us
        return total - offset._total if offset else total

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, time) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, time) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if isinstance(other, time) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if isinstance(other, time) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if isinstance(other, time) else NotImplemented

    def __hash__(self):
        return hash(self._key())


class datetime(date):
    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_time(hour, minute, second, microsecond)
        self = date.__new__(cls, year, month, day)
        self._h, self._m, self._s, self._us, self._tz, self._fold = hour, minute, second, microsecond, tzinfo, fold
        return self

    hour = property(lambda self: self._h)
    minute = property(lambda self: self._m)
    second = property(lambda self: self._s)
    microsecond = property(lambda self: self._us)
    tzinfo = property(lambda self: self._tz)
    fold = property(lambda self: self._fold)

    @classmethod
    def fromtimestamp(cls, t, tz=None):
        from math import floor
        whole = floor(t)
        us = round((t - whole) * 1000000)
        if us == 1000000:
            whole, us = whole + 1, 0
        if tz is None:
            return cls(*_time.localtime(whole)[:6], us)
        utc = cls(*_time.gmtime(whole)[:6], us, tz)
        return tz.fromutc(utc)

    @classmethod
    def utcfromtimestamp(cls, t):
        return cls.fromtimestamp(t, timezone.utc).replace(tzinfo=None)

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.utcfromtimestamp(_time.time())

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond,
                   time.tzinfo if tzinfo is True else tzinfo)

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, text):
        try:
            cut = 10 if text[4:5] == '-' else 8
            day = date.fromisoformat(text[:cut])
            return cls(day.year, day.month, day.day, *(_parse_clock(text[cut + 1:]) if text[cut:] else ()))
        except ValueError as e:
            if 'must be' in str(e) or 'out of range' in str(e):
                raise
            raise ValueError(f'Invalid isoformat string: {text!r}') from None

    @classmethod
    def strptime(cls, text, format):
        from _datetime_parse import strptime
        return strptime(cls, text, format)

    def date(self):
        return date(self._year, self._month, self._day)

    def time(self):
        return time(self._h, self._m, self._s, self._us)

    def timetz(self):
        return time(self._h, self._m, self._s, self._us, self._tz)

    def utcoffset(self):
        return None if self._tz is None else self._tz.utcoffset(self)

    def tzname(self):
        return None if self._tz is None else self._tz.tzname(self)

    def dst(self):
        return None if self._tz is None else self._tz.dst(self)

    def _micro(self):
        return ((self.toordinal() * 24 + self._h) * 60 + self._m) * 60000000 + self._s * 1000000 + self._us

    def _utc(self):
        offset = self.utcoffset()
        return self._micro() - (offset._total if offset else 0)

    @classmethod
    def _of(cls, micro, tz):
        seconds, us = divmod(micro, 1000000)
        days, seconds = divmod(seconds, 86400)
        if not 1 <= days <= 3652059:
            raise OverflowError('date value out of range')
        return cls(*_from_ordinal(days), seconds // 3600, seconds % 3600 // 60, seconds % 60, us, tz)

    def timestamp(self):
        if self._tz is None:
            return _time.mktime(self._tuple9(self._h, self._m, self._s)) + self._us / 1000000
        return (self._utc() - _EPOCH) / 1000000

    def timetuple(self):
        return self._tuple9(self._h, self._m, self._s)

    def astimezone(self, tz=None):
        mine = self.utcoffset() or timedelta(0)
        tz = timezone.utc if tz is None else tz
        return tz.fromutc((self - mine).replace(tzinfo=tz))

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        return type(self)(self._year if year is None else year, self._month if month is None else month, self._day if day is None else day,
                          self._h if hour is None else hour, self._m if minute is None else minute, self._s if second is None else second,
                          self._us if microsecond is None else microsecond, self._tz if tzinfo is True else tzinfo)

    def isoformat(self, sep='T', timespec='auto'):
        offset = self.utcoffset()
        return (date.isoformat(self) + sep + _clock(self._h, self._m, self._s, self._us, timespec) +
                ('' if offset is None else _offset_text(offset)))

    def __str__(self):
        return self.isoformat(' ')

    def __repr__(self):
        parts = [self._year, self._month, self._day, self._h, self._m]
        if self._s or self._us:
            parts.append(self._s)
        if self._us:
            parts.append(self._us)
        parts = list(map(str, parts))
        if self._tz is not None:
            parts.append(f'tzinfo={self._tz!r}')
        return f"datetime.{self.__class__.__qualname__}({', '.join(parts)})"

    def ctime(self):
        return '%s %s %2d %02d:%02d:%02d %04d' % (_DAYS[self.weekday()], _MONTHS[self._month - 1], self._day, self._h, self._m, self._s,
                                                  self._year)

    def __add__(self, other):
        return self._of(self._micro() + other._total, self._tz) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if not isinstance(other, datetime):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return timedelta._of(self._utc() - other._utc())

    def _key(self):
        return self._utc()

    def _ordered(self, other):
        if not isinstance(other, datetime):
            return False
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return True

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return NotImplemented
        return (self.utcoffset() is None) == (other.utcoffset() is None) and self._utc() == other._utc()

    def __lt__(self, other):
        return self._utc() < other._utc() if self._ordered(other) else NotImplemented

    def __le__(self, other):
        return self._utc() <= other._utc() if self._ordered(other) else NotImplemented

    def __gt__(self, other):
        return self._utc() > other._utc() if self._ordered(other) else NotImplemented

    def __ge__(self, other):
        return self._utc() >= other._utc() if self._ordered(other) else NotImplemented

    def __hash__(self):
        return hash(self._utc())


_EPOCH = datetime(1970, 1, 1)._micro()
date.min, date.max, date.resolution = date(1, 1, 1), date(9999, 12, 31), timedelta(days=1)
time.min, time.max, time.resolution = time(0, 0), time(23, 59, 59, 999999), timedelta(microseconds=1)
datetime.min, datetime.max, datetime.resolution = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999), timedelta(microseconds=1)
