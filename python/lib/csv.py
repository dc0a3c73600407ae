"""Tables as comma-separated text."""

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


Error.__module__ = '_csv'


class Dialect:
    delimiter = ','
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = '\r\n'
    quoting = QUOTE_MINIMAL
    strict = False


class excel(Dialect):
    """Excel's form."""


class excel_tab(excel):
    """Excel's form with tabs."""

    delimiter = '\t'


class unix_dialect(Dialect):
    """The form of Unix tools."""

    lineterminator = '\n'
    quoting = QUOTE_ALL


_dialects = {'excel': excel, 'excel-tab': excel_tab, 'unix': unix_dialect}
_OPTIONS = ('delimiter', 'quotechar', 'escapechar', 'doublequote', 'skipinitialspace', 'lineterminator', 'quoting', 'strict')


def register_dialect(name, dialect=None, **options):
    _dialects[name] = _with(dialect or excel, options)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error('unknown dialect')
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error('unknown dialect')
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def _with(dialect, options):
    if isinstance(dialect, str):
        dialect = get_dialect(dialect)
    made = Dialect()
    for name in _OPTIONS:
        setattr(made, name, options.pop(name) if name in options else getattr(dialect, name))
    if options:
        raise TypeError(f"'{next(iter(options))}' is an invalid keyword argument for this function")
    if not isinstance(made.delimiter, str) or len(made.delimiter) != 1:
        raise TypeError('"delimiter" must be a 1-character string')
    return made


class _Reader:
    def __init__(self, lines, dialect):
        self._lines = iter(lines)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        d = self.dialect
        row, field, state = [], [], 'start'
        numeric = False
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if state == 'quoted' and d.strict:
                    raise Error('unexpected end of data') from None
                if state in ('quoted', 'in', 'quote') or row:
                    self._add(row, field, numeric)
                    return row
                raise
            if not isinstance(line, str):
                raise Error(f'iterator should return strings, not {type(line).__name__} (the file should be opened in text mode)')
            self.line_num += 1
            i = 0
            while i < len(line):
                c = line[i]
                i += 1
                if state == 'quoted':
                    if c == d.escapechar:
                        field.append(line[i:i + 1] or '\n')
                        i += 1
                    elif c == d.quotechar:
                        state = 'quote' if d.doublequote else 'in'
                    else:
                        field.append(c)
                elif state == 'quote' and c == d.quotechar:
                    field.append(c)
                    state = 'quoted'
                elif c in '\r\n':
                    break
                elif c == d.delimiter:
                    self._add(row, field, numeric)
                    field, state, numeric = [], 'start', False
                elif state == 'start' and c == d.quotechar and d.quoting != QUOTE_NONE:
                    state = 'quoted'
                elif state == 'start' and c == ' ' and d.skipinitialspace:
                    pass
                elif state == 'quote' and d.strict:
                    raise Error(f"'{d.delimiter}' expected after '{d.quotechar}'")
                else:
                    if c == d.escapechar:
                        c = line[i:i + 1] or '\n'
                        i += 1
                    if state == 'start':
                        numeric = d.quoting == QUOTE_NONNUMERIC
                    state = 'in'
                    field.append(c)
            if state == 'quoted':
                continue
            if state != 'start' or row:
                self._add(row, field, numeric)
            return row

    def _add(self, row, field, numeric):
        text = ''.join(field)
        row.append(float(text) if numeric else text)


def reader(csvfile, dialect='excel', **options):
    return _Reader(csvfile, _with(dialect, options))


class _Writer:
    def __init__(self, file, dialect):
        self._write = file.write
        self.dialect = dialect

    def _field(self, value, alone):
        d = self.dialect
        text = '' if value is None else repr(value) if isinstance(value, float) else str(value)
        special = any(c in text for c in (d.delimiter, d.quotechar or '', '\r', '\n') if c) or any(c in text for c in d.lineterminator)
        if d.quoting == QUOTE_NONE:
            if special or (d.escapechar and d.escapechar in text):
                if not d.escapechar:
                    raise Error('need to escape, but no escapechar set')
                for c in {d.escapechar: 1, d.delimiter: 1, d.quotechar: 1, '\n': 1, '\r': 1}:
                    if c:
                        text = text.replace(c, d.escapechar + c)
            return text
        quote = d.quoting == QUOTE_ALL or special or (text == '' and alone)
        if d.quoting == QUOTE_NONNUMERIC and not isinstance(value, (int, float)):
            quote = True
        if not quote:
            return text
        if d.doublequote:
            text = text.replace(d.quotechar, d.quotechar * 2)
        elif d.quotechar in text:
            if not d.escapechar:
                raise Error('need to escape, but no escapechar set')
            text = text.replace(d.quotechar, d.escapechar + d.quotechar)
        return d.quotechar + text + d.quotechar

    def writerow(self, row):
        try:
            values = list(row)
        except TypeError:
            raise Error(f'iterable expected, not {type(row).__name__}') from None
        d = self.dialect
        return self._write(d.delimiter.join(self._field(v, len(values) == 1) for v in values) + d.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


def writer(csvfile, dialect='excel', **options):
    return _Writer(csvfile, _with(dialect, options))


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', *args, **kwds):
        self._names = fieldnames
        self.restkey, self.restval = restkey, restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect

    @property
    def fieldnames(self):
        if self._names is None:
            self._names = next(self.reader, None)
        return self._names

    @property
    def line_num(self):
        return self.reader.line_num

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames or []
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        made = dict(zip(names, row))
        if len(row) > len(names):
            made[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            made[name] = self.restval
        return made


class DictWriter:
    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', *args, **kwds):
        if extrasaction.lower() not in ('raise', 'ignore'):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.fieldnames, self.restval, self.extrasaction = fieldnames, restval, extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, row):
        if self.extrasaction == 'raise':
            wrong = [k for k in row if k not in self.fieldnames]
            if wrong:
                raise ValueError('dict contains fields not in fieldnames: ' + ', '.join(repr(k) for k in wrong))
        return [row.get(k, self.restval) for k in self.fieldnames]

    def writerow(self, row):
        return self.writer.writerow(self._row(row))

    def writerows(self, rows):
        self.writer.writerows(map(self._row, rows))
