"""String constants, templates and the formatter class."""

__all__ = ['ascii_letters', 'ascii_lowercase', 'ascii_uppercase', 'capwords', 'digits', 'hexdigits', 'octdigits', 'printable',
           'punctuation', 'whitespace', 'Formatter', 'Template']

whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or ' ').join(word.capitalize() for word in s.split(sep))


class _Chain:
    """Keyword values first, then the mapping."""

    def __init__(self, first, then):
        self.first, self.then = first, then

    def __getitem__(self, key):
        return self.first[key] if key in self.first else self.then[key]


class Template:
    delimiter = '$'
    idpattern = r'(?a:[_a-z][_a-z0-9]*)'
    braceidpattern = None
    flags = 2

    def __init_subclass__(cls):
        super().__init_subclass__()
        cls._compiled = None

    _compiled = None

    def __init__(self, template):
        self.template = template

    @classmethod
    def _expression(cls):
        if cls._compiled is None:
            import re
            own = cls.__dict__.get('pattern')
            if own is None:
                delim = re.escape(cls.delimiter)
                own = (f'{delim}(?:(?P<escaped>{delim})|(?P<named>{cls.idpattern})|'
                       f'{{(?P<braced>{cls.braceidpattern or cls.idpattern})}}|(?P<invalid>))')
            cls._compiled = re.compile(own, cls.flags | re.VERBOSE)
        return cls._compiled

    def _invalid(self, mo):
        at = mo.start('invalid')
        lines = self.template[:at].splitlines(keepends=True)
        lineno, colno = (len(lines), at - len(''.join(lines[:-1]))) if lines else (1, 1)
        raise ValueError('Invalid placeholder in string: line %d, col %d' % (lineno, colno))

    def _substituted(self, mapping, kws, safe):
        mapping = kws if mapping is None else _Chain(kws, mapping) if kws else mapping

        def convert(mo):
            named = mo.group('named') or mo.group('braced')
            if named is not None:
                if not safe:
                    return str(mapping[named])
                try:
                    return str(mapping[named])
                except KeyError:
                    return mo.group()
            if mo.group('escaped') is not None:
                return self.delimiter
            if mo.group('invalid') is not None:
                return mo.group() if safe else self._invalid(mo)
            raise ValueError('Unrecognized named group in pattern', self.pattern)
        return self._expression().sub(convert, self.template)

    def substitute(self, mapping=None, /, **kws):
        return self._substituted(mapping, kws, False)

    def safe_substitute(self, mapping=None, /, **kws):
        return self._substituted(mapping, kws, True)

    def get_identifiers(self):
        found = []
        for mo in self._expression().finditer(self.template):
            named = mo.group('named') or mo.group('braced')
            if named is not None and named not in found:
                found.append(named)
        return found

    def is_valid(self):
        return all(mo.group('invalid') is None for mo in self._expression().finditer(self.template))


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, auto=0):
        if depth < 0:
            raise ValueError('Max string recursion exceeded')
        result = []
        for literal, field, spec, conversion in self.parse(format_string):
            if literal:
                result.append(literal)
            if field is None:
                continue
            if field == '':
                if auto is False:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                field = str(auto)
                auto += 1
            elif field.isdigit():
                if auto:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                auto = False
            obj, key = self.get_field(field, args, kwargs)
            used.add(key)
            obj = self.convert_field(obj, conversion)
            spec, auto = self._vformat(spec, args, kwargs, used, depth - 1, auto)
            result.append(self.format_field(obj, spec))
        return ''.join(result), auto

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion in ('s', 'r', 'a'):
            return {'s': str, 'r': repr, 'a': ascii}[conversion](value)
        raise ValueError('Unknown conversion specifier {0!s}'.format(conversion))

    def parse(self, format_string):
        from _string import formatter_parser
        return formatter_parser(format_string)

    def get_field(self, field_name, args, kwargs):
        from _string import formatter_field_name_split
        first, rest = formatter_field_name_split(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attr, key in rest:
            obj = getattr(obj, key) if is_attr else obj[key]
        return obj, first
