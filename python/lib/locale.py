"""Locales: there is the C one."""
LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)


class Error(Exception):
    pass


def setlocale(category, locale=None):
    if locale in (None, '', 'C', 'POSIX', 'C.UTF-8', 'en_US.UTF-8'):
        return 'C'
    raise Error('unsupported locale setting')


def getlocale(category=LC_CTYPE):
    return ('en_US', 'UTF-8')


def getdefaultlocale():
    return ('en_US', 'UTF-8')


def getpreferredencoding(do_setlocale=True):
    return 'UTF-8'


def localeconv():
    return {'decimal_point': '.', 'thousands_sep': '', 'grouping': []}


def format_string(f, val, grouping=False, monetary=False):
    return f % val


def strcoll(a, b):
    return (a > b) - (a < b)


def strxfrm(s):
    return s


def atof(s):
    return float(s)


def atoi(s):
    return int(s)
