"""INI files."""
import re

DEFAULTSECT = "DEFAULT"
MAX_INTERPOLATION_DEPTH = 10
_UNSET = object()
_REFERENCE = re.compile(r"%(%|\(([^)]+)\)s)?")


class Error(Exception):
    def __init__(self, msg=""):
        self.message = msg
        Exception.__init__(self, msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


class NoSectionError(Error):
    def __init__(self, section):
        Error.__init__(self, f"No section: {section!r}")
        self.section = section
        self.args = (section,)


class NoOptionError(Error):
    def __init__(self, option, section):
        Error.__init__(self, f"No option {option!r} in section: {section!r}")
        self.option, self.section = option, section
        self.args = (option, section)


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        place = f"While reading from {source!r} [line {lineno:2d}]: section" if source is not None else "Section"
        Error.__init__(self, f"{place} {section!r} already exists")
        self.section, self.source, self.lineno = section, source, lineno
        self.args = (section, source, lineno)


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        place = f"While reading from {source!r} [line {lineno:2d}]: option" if source is not None else "Option"
        Error.__init__(self, f"{place} {option!r} in section {section!r} already exists")
        self.section, self.option, self.source, self.lineno = section, option, source, lineno
        self.args = (section, option, source, lineno)


class ParsingError(Error):
    def __init__(self, source):
        Error.__init__(self, f"Source contains parsing errors: {source!r}")
        self.source, self.errors, self.args = source, [], (source,)

    def append(self, lineno, line):
        self.errors.append((lineno, line))
        self.message += f"\n\t[line {lineno:2d}]: {line!r}"


class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        Error.__init__(self, f"File contains no section headers.\nfile: {filename!r}, line: {lineno}\n{line!r}")
        self.source, self.lineno, self.line, self.args = filename, lineno, line, (filename, lineno, line)


class InterpolationError(Error):
    def __init__(self, option, section, msg):
        Error.__init__(self, msg)
        self.option, self.section, self.args = option, section, (option, section, msg)


class InterpolationSyntaxError(InterpolationError):
    pass


class InterpolationDepthError(InterpolationError):
    pass


class InterpolationMissingOptionError(InterpolationError):
    def __init__(self, option, section, rawval, reference):
        InterpolationError.__init__(
            self, option, section,
            f"Bad value substitution: option {option!r} in section {section!r} contains an interpolation key "
            f"{reference!r} which is not a valid option name. Raw value: {rawval!r}")
        self.reference, self.args = reference, (option, section, rawval, reference)


class SectionProxy:
    """One section as a mapping."""

    def __init__(self, parser, name):
        self._parser, self._name = parser, name

    @property
    def parser(self):
        return self._parser

    @property
    def name(self):
        return self._name

    def __repr__(self):
        return f"<Section: {self._name}>"

    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not self._parser.remove_option(self._name, key):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def __iter__(self):
        return iter(self._parser._keys(self._name))

    def __len__(self):
        return len(self._parser._keys(self._name))

    def keys(self):
        return self._parser._keys(self._name)

    def values(self):
        return [self[k] for k in self]

    def items(self):
        return [(k, self[k]) for k in self]

    def get(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.get(self._name, option, raw=raw, vars=vars, fallback=fallback)

    def getint(self, option, fallback=None):
        return self._parser.getint(self._name, option, fallback=fallback)

    def getfloat(self, option, fallback=None):
        return self._parser.getfloat(self._name, option, fallback=fallback)

    def getboolean(self, option, fallback=None):
        return self._parser.getboolean(self._name, option, fallback=fallback)


class RawConfigParser:
    BOOLEAN_STATES = {"1": True, "yes": True, "true": True, "on": True,
                      "0": False, "no": False, "false": False, "off": False}
    _interpolates = False

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=("=", ":"),
                 comment_prefixes=("#", ";"), inline_comment_prefixes=None, strict=True,
                 empty_lines_in_values=True, default_section=DEFAULTSECT, interpolation=_UNSET):
        self._sections, self._defaults, self.default_section = {}, {}, default_section
        self._allow_no_value, self._delimiters, self._strict = allow_no_value, delimiters, strict
        self._comments, self._inline = tuple(comment_prefixes or ()), tuple(inline_comment_prefixes or ())
        self._empty_lines = empty_lines_in_values
        if interpolation is None:
            self._interpolates = False
        for key, value in (defaults or {}).items():
            self._defaults[self.optionxform(key)] = None if value is None else str(value)

    def optionxform(self, optionstr):
        return optionstr.lower()

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections)

    def has_section(self, section):
        return section in self._sections

    def add_section(self, section):
        if section == self.default_section:
            raise ValueError(f"Invalid section name: {section!r}")
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = {}

    def _own(self, section):
        if section == self.default_section:
            return self._defaults
        if section not in self._sections:
            raise NoSectionError(section)
        return self._sections[section]

    def _keys(self, section):
        return list(self._own(section)) + [k for k in self._defaults if k not in self._own(section)]

    def options(self, section):
        return self._keys(section)

    def has_option(self, section, option):
        if section and section != self.default_section and section not in self._sections:
            return False
        return self.optionxform(option) in self._keys(section or self.default_section)

    def read(self, filenames, encoding=None):
        done = []
        for name in [filenames] if isinstance(filenames, str) or hasattr(filenames, "__fspath__") else filenames:
            try:
                with open(name, encoding=encoding) as f:
                    self.read_file(f, str(name))
            except FileNotFoundError:
                continue
            done.append(str(name))
        return done

    def read_string(self, string, source="<string>"):
        self.read_file(string.splitlines(True), source)

    def read_dict(self, dictionary, source="<dict>"):
        for section, pairs in dictionary.items():
            if str(section) != self.default_section and str(section) not in self._sections:
                self.add_section(str(section))
            for key, value in pairs.items():
                self.set(str(section), str(key), None if value is None else str(value))

    def read_file(self, f, source=None):
        source = source or getattr(f, "name", "<???>")
        section, values, option, indent, wrong, seen = None, None, None, 0, None, set()
        for number, line in enumerate(f, 1):
            text = line.strip()
            if any(text.startswith(p) for p in self._comments):
                continue
            for prefix in self._inline:
                at = next((i for i in range(len(text)) if text.startswith(prefix, i)
                           and (i == 0 or text[i - 1].isspace())), None)
                if at is not None:
                    text = text[:at].strip()
            if not text:
                if self._empty_lines and option is not None and values[option] is not None:
                    values[option].append("")
                continue
            depth = len(line) - len(line.lstrip())
            if option is not None and depth > indent and values[option] is not None:
                values[option].append(text)
                continue
            indent = depth
            if text[0] == "[" and "]" in text:
                section, option = text[1:text.rindex("]")], None
                if section == self.default_section:
                    values = self._defaults
                elif section not in self._sections:
                    self._sections[section] = {}
                    seen.add(section)
                elif self._strict and section in seen:
                    raise DuplicateSectionError(section, source, number)
                values = self._own(section)
                continue
            if values is None:
                raise MissingSectionHeaderError(source, number, line)
            at = min((i for i in (text.find(d) for d in self._delimiters) if i >= 0), default=-1)
            if at < 0 and not self._allow_no_value or at == 0:
                wrong = wrong or ParsingError(source)
                wrong.append(number, line)
                continue
            option = self.optionxform((text if at < 0 else text[:at]).rstrip())
            if self._strict and (section, option) in seen:
                raise DuplicateOptionError(section, option, source, number)
            seen.add((section, option))
            values[option] = None if at < 0 else [text[at + 1:].strip()]
        for table in (self._defaults, *self._sections.values()):
            for key, value in table.items():
                if isinstance(value, list):
                    table[key] = "\n".join(value).rstrip()
        if wrong:
            raise wrong

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        try:
            table = {**self._defaults, **self._own(section)}
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        table.update({self.optionxform(k): str(v) for k, v in (vars or {}).items()})
        key = self.optionxform(option)
        if key not in table:
            if fallback is _UNSET:
                raise NoOptionError(option, section)
            return fallback
        value = table[key]
        return value if raw or value is None or not self._interpolates else self._filled(section, key, value, table, 1)

    def _filled(self, section, option, value, table, depth):
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(
                option, section,
                f"Recursion limit exceeded in value substitution: option {option!r} in section {section!r} contains "
                f"an interpolation key which cannot be substituted in {MAX_INTERPOLATION_DEPTH} steps. "
                f"Raw value: {value!r}")

        def one(m):
            if m[1] == "%":
                return "%"
            if m[2] is None:
                raise InterpolationSyntaxError(
                    option, section, f"'%' must be followed by '%' or '(', found: {value[m.start():]!r}")
            key = self.optionxform(m[2])
            if key not in table:
                raise InterpolationMissingOptionError(option, section, value, key)
            return self._filled(section, option, table[key], table, depth + 1)
        return _REFERENCE.sub(one, value)

    def _converted(self, section, option, convert, fallback, **options):
        value = self.get(section, option, fallback=_UNSET if fallback is _UNSET else None, **options)
        return fallback if value is None and fallback is not _UNSET else convert(value)

    def getint(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        return self._converted(section, option, int, fallback, raw=raw, vars=vars)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        return self._converted(section, option, float, fallback, raw=raw, vars=vars)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        return self._converted(section, option, self._convert_to_boolean, fallback, raw=raw, vars=vars)

    def _convert_to_boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError(f"Not a boolean: {value}")
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_UNSET, raw=False, vars=None):
        if section is _UNSET:
            return [(name, self[name]) for name in self]
        return [(k, self.get(section, k, raw=raw, vars=vars)) for k in self._keys(section)]

    def set(self, section, option, value=None):
        self._own(section)[self.optionxform(option)] = value

    def remove_option(self, section, option):
        return self._own(section).pop(self.optionxform(option), _UNSET) is not _UNSET

    def remove_section(self, section):
        return self._sections.pop(section, None) is not None

    def __getitem__(self, key):
        if key != self.default_section and key not in self._sections:
            raise KeyError(key)
        return SectionProxy(self, key)

    def __setitem__(self, key, value):
        self._own(key).clear() if key in self else None
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError("Cannot remove the default section.")
        if not self.remove_section(key):
            raise KeyError(key)

    def __contains__(self, key):
        return key == self.default_section or key in self._sections

    def __iter__(self):
        return iter([self.default_section, *self._sections])

    def __len__(self):
        return len(self._sections) + 1

    def keys(self):
        return list(self)

    def values(self):
        return [self[name] for name in self]

    def write(self, fp, space_around_delimiters=True):
        mark = f" {self._delimiters[0]} " if space_around_delimiters else self._delimiters[0]
        for name in self:
            table = self._own(name)
            if name == self.default_section and not table:
                continue
            fp.write(f"[{name}]\n")
            for key, value in table.items():
                fp.write(key + ("" if value is None else mark + str(value).replace("\n", "\n\t")) + "\n")
            fp.write("\n")


class ConfigParser(RawConfigParser):
    _interpolates = True

    def set(self, section, option, value=None):
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if not isinstance(value, str) and not (self._allow_no_value and value is None):
            raise TypeError("option values must be strings")
        RawConfigParser.set(self, section, option, value)
