"""Command lines of scripts."""
import os
import re
import sys

__all__ = ['ArgumentParser', 'ArgumentError', 'ArgumentTypeError', 'BooleanOptionalAction', 'FileType', 'HelpFormatter',
           'ArgumentDefaultsHelpFormatter', 'RawDescriptionHelpFormatter', 'RawTextHelpFormatter', 'MetavarTypeHelpFormatter', 'Namespace',
           'Action', 'ONE_OR_MORE', 'OPTIONAL', 'PARSER', 'REMAINDER', 'SUPPRESS', 'ZERO_OR_MORE']

from _argparse_actions import (ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE, Action, ArgumentError, ArgumentTypeError,
                               BooleanOptionalAction, FileType, _ACTIONS, _HelpAction, _SubParsersAction, _name_of)


class Namespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __eq__(self, other):
        if not isinstance(other, Namespace):
            return NotImplemented
        return vars(self) == vars(other)

    def __contains__(self, key):
        return key in self.__dict__

    def __repr__(self):
        plain, odd = [], {}
        for name, value in self.__dict__.items():
            if name.isidentifier():
                plain.append('%s=%r' % (name, value))
            else:
                odd[name] = value
        if odd:
            plain.append('**%r' % odd)
        return '%s(%s)' % (type(self).__name__, ', '.join(plain))


class _Container:
    def __init__(self, description, prefix_chars, argument_default, conflict_handler):
        self.description, self.prefix_chars = description, prefix_chars
        self.argument_default, self.conflict_handler = argument_default, conflict_handler
        self._actions, self._option_string_actions, self._defaults = [], {}, {}
        self._action_groups, self._mutually_exclusive_groups = [], []
        self._registry = dict(_ACTIONS)

    def register(self, kind, key, value):
        if kind == 'action':
            self._registry[key] = value

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)
        for action in self._actions:
            if action.dest in kwargs:
                action.default = kwargs[action.dest]

    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest)

    def add_argument(self, *args, **kwargs):
        prefix = self.prefix_chars
        if not args or len(args) == 1 and args[0][0] not in prefix:
            if args and 'dest' in kwargs:
                raise ValueError('dest supplied twice for positional argument')
            kwargs = self._positional_kwargs(*args, **kwargs)
        else:
            kwargs = self._optional_kwargs(*args, **kwargs)
        if 'default' not in kwargs:
            dest = kwargs['dest']
            if dest in self._defaults:
                kwargs['default'] = self._defaults[dest]
            elif self.argument_default is not None:
                kwargs['default'] = self.argument_default
        kind = kwargs.pop('action', None)
        action_class = self._registry.get(kind, kind)
        if not callable(action_class):
            raise ValueError('unknown action "%s"' % (action_class,))
        action = action_class(**kwargs)
        if action.type is not None and not callable(action.type):
            raise ValueError('%r is not callable' % (action.type,))
        return self._add_action(action)

    def _positional_kwargs(self, dest, **kwargs):
        if 'required' in kwargs:
            raise TypeError("'required' is an invalid argument for positionals")
        nargs = kwargs.get('nargs')
        if nargs not in (OPTIONAL, ZERO_OR_MORE) or nargs == ZERO_OR_MORE and 'default' not in kwargs:
            kwargs['required'] = True
        return dict(kwargs, dest=dest, option_strings=[])

    def _optional_kwargs(self, *args, **kwargs):
        for option in args:
            if option[0] not in self.prefix_chars:
                raise ValueError('invalid option string %r: must start with a character %r' % (option, self.prefix_chars))
        dest = kwargs.pop('dest', None)
        if dest is None:
            long = [o for o in args if len(o) > 1 and o[1] in self.prefix_chars]
            dest = (long or args)[0].lstrip(self.prefix_chars)
            if not dest:
                raise ValueError('dest= is required for options like %r' % (args[0],))
            dest = dest.replace('-', '_')
        return dict(kwargs, dest=dest, option_strings=list(args))

    def _add_action(self, action):
        parser = getattr(self, '_parser', self)
        conflicts = [o for o in action.option_strings if o in parser._option_string_actions]
        if conflicts:
            if parser.conflict_handler == 'resolve':
                for option in conflicts:
                    other = parser._option_string_actions.pop(option)
                    other.option_strings.remove(option)
                    if not other.option_strings:
                        for holder in [parser, *parser._action_groups]:
                            if other in getattr(holder, '_group_actions', holder._actions):
                                getattr(holder, '_group_actions', holder._actions).remove(other)
                        if other in parser._actions:
                            parser._actions.remove(other)
            else:
                raise ArgumentError(action, 'conflicting option string%s: %s' % ('s' if len(conflicts) > 1 else '', ', '.join(conflicts)))
        parser._actions.append(action)
        action.container = self
        for option in action.option_strings:
            parser._option_string_actions[option] = action
        if parser is self:
            (self._optionals if action.option_strings else self._positionals)._group_actions.append(action)
        else:
            self._group_actions.append(action)
            holder = getattr(self, '_holder', None)
            if holder is not None:
                target = holder if isinstance(holder, _ArgumentGroup) else parser._optionals if action.option_strings else parser._positionals
                target._group_actions.append(action)
        return action

    def add_argument_group(self, title=None, description=None, **kwargs):
        group = _ArgumentGroup(getattr(self, '_parser', self), title, description)
        group._parser._action_groups.append(group)
        return group

    def add_mutually_exclusive_group(self, required=False):
        group = _MutuallyExclusiveGroup(getattr(self, '_parser', self), self, required)
        group._parser._mutually_exclusive_groups.append(group)
        return group


class _ArgumentGroup(_Container):
    def __init__(self, parser, title=None, description=None):
        self._parser, self.title, self.description = parser, title, description
        self.prefix_chars, self.argument_default, self.conflict_handler = parser.prefix_chars, parser.argument_default, parser.conflict_handler
        self._registry, self._defaults = parser._registry, parser._defaults
        self._actions = parser._actions
        self._group_actions = []


class _MutuallyExclusiveGroup(_ArgumentGroup):
    def __init__(self, parser, holder, required):
        super().__init__(parser)
        self._holder, self.required = holder, required

    def add_argument(self, *args, **kwargs):
        if kwargs.get('required'):
            raise ValueError('mutually exclusive arguments must be optional')
        return super().add_argument(*args, **kwargs)


class ArgumentParser(_Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=None, prefix_chars='-',
                 fromfile_prefix_chars=None, argument_default=None, conflict_handler='error', add_help=True, allow_abbrev=True,
                 exit_on_error=True):
        super().__init__(description, prefix_chars, argument_default, conflict_handler)
        self.prog = os.path.basename(sys.argv[0]) if prog is None else prog
        self.usage, self.epilog, self.add_help = usage, epilog, add_help
        if formatter_class is None:
            # Help texts are made by a module of their own, which few runs need.
            def formatter_class(prog):
                import _argparse_help
                return _argparse_help.HelpFormatter(prog)
        self.formatter_class = formatter_class
        self.fromfile_prefix_chars, self.allow_abbrev, self.exit_on_error = fromfile_prefix_chars, allow_abbrev, exit_on_error
        self._positionals = self.add_argument_group('positional arguments')
        self._optionals = self.add_argument_group('options')
        self._subparsers = None
        if add_help:
            dash = '-' if '-' in prefix_chars else prefix_chars[0]
            self.add_argument(dash + 'h', dash * 2 + 'help', action='help', default=SUPPRESS, help='show this help message and exit')
        for parent in parents:
            for action in parent._actions:
                if not isinstance(action, _HelpAction) or not add_help:
                    self._add_action(action)
            self._defaults.update(parent._defaults)

    def __repr__(self):
        return 'ArgumentParser(prog=%r, usage=%r, description=%r, formatter_class=%r, conflict_handler=%r, add_help=%r)' % (
            self.prog, self.usage, self.description, self.formatter_class, self.conflict_handler, self.add_help)

    def add_subparsers(self, *, title=None, description=None, prog=None, parser_class=None, action=None, dest=SUPPRESS, required=False,
                       help=None, metavar=None):
        if self._subparsers is not None:
            self.error('cannot have multiple subparser arguments')
        if title is not None or description is not None:
            self._subparsers = self.add_argument_group(title or 'subcommands', description)
        else:
            self._subparsers = self._positionals
        if prog is None:
            usage = self._formatter().usage_text(self, [a for a in self._actions if not a.option_strings], '')
            prog = (self.prog + ' ' + usage).strip()
        made = _SubParsersAction([], prog, parser_class or type(self), dest, required, help, metavar)
        self._actions.append(made)
        self._subparsers._group_actions.append(made)
        return made

    # --- parsing ---

    def parse_args(self, args=None, namespace=None):
        namespace, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error('unrecognized arguments: %s' % ' '.join(rest))
        return namespace

    def parse_known_args(self, args=None, namespace=None):
        args = list(sys.argv[1:] if args is None else args)
        if namespace is None:
            namespace = Namespace()
        for action in self._actions:
            if action.dest is not SUPPRESS and action.default is not SUPPRESS and not hasattr(namespace, action.dest):
                setattr(namespace, action.dest, action.default)
        for dest, value in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        if not self.exit_on_error:
            rest = self._parse(args, namespace)
        else:
            try:
                rest = self._parse(args, namespace)
            except ArgumentError as e:
                self.error(str(e))
        rest.extend(vars(namespace).pop('_unrecognized_args', ()))
        return namespace, rest

    parse_intermixed_args = parse_args
    parse_known_intermixed_args = parse_known_args

    def convert_arg_line_to_args(self, arg_line):
        return [arg_line]

    def _from_files(self, args):
        out = []
        for arg in args:
            if not arg or arg[0] not in self.fromfile_prefix_chars:
                out.append(arg)
                continue
            try:
                with open(arg[1:]) as file:
                    lines = [a for line in file.read().splitlines() for a in self.convert_arg_line_to_args(line)]
            except OSError as e:
                self.error(str(e))
            out.extend(self._from_files(lines))
        return out

    def _classify(self, arg):
        """(action, option, explicit value) of an option, None of an argument."""
        if not arg or arg[0] not in self.prefix_chars:
            return None
        if arg in self._option_string_actions:
            return self._option_string_actions[arg], arg, None
        if len(arg) == 1:
            return None
        if '=' in arg:
            option, value = arg.split('=', 1)
            if option in self._option_string_actions:
                return self._option_string_actions[option], option, value
        found = self._abbreviations(arg)
        if len(found) > 1:
            self.error('ambiguous option: %s could match %s' % (arg, ', '.join(o for _, o, _ in found)))
        if found:
            return found[0]
        if re.match(r'^-\d+$|^-\d*\.\d+$', arg) and not any(re.match(r'^-\d+$|^-\d*\.\d+$', o) for o in self._option_string_actions):
            return None
        return None if ' ' in arg else (None, arg, None)

    def _abbreviations(self, arg):
        found = []
        if arg[1] in self.prefix_chars:
            if self.allow_abbrev:
                option, _, value = arg.partition('=')
                for name, action in self._option_string_actions.items():
                    if name.startswith(option):
                        found.append((action, name, value if '=' in arg else None))
        else:
            short, rest = arg[:2], arg[2:]
            for name, action in self._option_string_actions.items():
                if name == short:
                    found.append((action, name, rest))
                elif self.allow_abbrev and name.startswith(arg):
                    found.append((action, name, None))
        return found

    def _parse(self, args, namespace):
        if self.fromfile_prefix_chars is not None:
            args = self._from_files(args)
        options, kinds = {}, []
        for i, arg in enumerate(args):
            if arg == '--':
                kinds.append('-')
                kinds.extend('A' * (len(args) - i - 1))
                break
            option = self._classify(arg)
            if option is not None:
                options[i] = option
            kinds.append('A' if option is None else 'O')
        pattern = ''.join(kinds)
        positionals = [a for a in self._actions if not a.option_strings]
        extras, seen, changed = [], set(), set()

        def take(action, values, option=None):
            seen.add(action)
            converted = self._values(action, values)
            if converted is not action.default:
                changed.add(action)
                for group in self._mutually_exclusive_groups:
                    if action in group._group_actions:
                        for other in group._group_actions:
                            if other is not action and other in changed:
                                raise ArgumentError(action, 'not allowed with argument %s' % _name_of(other))
            if converted is not SUPPRESS:
                action(self, namespace, converted, option)

        def take_option(at):
            action, option, value = options[at]
            while True:
                if action is None:
                    extras.append(args[at])
                    return at + 1
                if value is None:
                    count = self._count(action, pattern[at + 1:])
                    take(action, args[at + 1:at + 1 + count], option)
                    return at + 1 + count
                if self._accepts(action, 1):
                    take(action, [value], option)
                    return at + 1
                if self._accepts(action, 0) and value and option[1] not in self.prefix_chars:
                    # Short flags run together: -xvf.
                    take(action, [], option)
                    option = option[0] + value[0]
                    if option not in self._option_string_actions:
                        raise ArgumentError(action, 'ignored explicit argument %r' % value)
                    action, value = self._option_string_actions[option], value[1:] or None
                    continue
                raise ArgumentError(action, 'ignored explicit argument %r' % value)

        def take_positionals(at):
            counts = self._match(positionals, pattern[at:])
            for action, count in zip(positionals[:len(counts)], counts):
                given = args[at:at + count]
                if action.nargs not in (PARSER, REMAINDER) and '--' in given:
                    given.remove('--')
                at += count
                take(action, given)
            del positionals[:len(counts)]
            return at

        at, last = 0, max(options, default=-1)
        while at <= last:
            upcoming = min(i for i in options if i >= at)
            if at != upcoming:
                after = take_positionals(at)
                if after > at:
                    at = after
                    continue
            if at not in options:
                extras.extend(args[at:upcoming])
                at = upcoming
            at = take_option(at)
        at = take_positionals(at)
        extras.extend(args[at:])
        missing = []
        for action in self._actions:
            if action in seen:
                continue
            if action.required:
                missing.append(_name_of(action))
            elif isinstance(action.default, str) and action.default is not SUPPRESS and hasattr(namespace, action.dest) \
                    and getattr(namespace, action.dest) is action.default:
                setattr(namespace, action.dest, self._convert(action, action.default))
        if missing:
            self.error('the following arguments are required: %s' % ', '.join(missing))
        for group in self._mutually_exclusive_groups:
            if group.required and not any(a in changed for a in group._group_actions):
                names = [_name_of(a) for a in group._group_actions if a.help is not SUPPRESS]
                self.error('one of the arguments %s is required' % ' '.join(names))
        return extras

    def _nargs_pattern(self, action):
        nargs = action.nargs
        text = {None: '(-*A-*)', OPTIONAL: '(-*A?-*)', ZERO_OR_MORE: '(-*[A-]*)', ONE_OR_MORE: '(-*A[A-]*)', REMAINDER: '([-AO]*)',
                PARSER: '(-*A[-AO]*)', SUPPRESS: '(-*-*)'}.get(nargs) if not isinstance(nargs, int) else '(-*%s-*)' % '-*'.join('A' * nargs)
        return text.replace('-*', '').replace('-', '') if action.option_strings else text

    def _accepts(self, action, count):
        return re.fullmatch(self._nargs_pattern(action), 'A' * count) is not None

    def _count(self, action, pattern):
        m = re.match(self._nargs_pattern(action), pattern)
        if m is None:
            problems = {None: 'expected one argument', OPTIONAL: 'expected at most one argument', ONE_OR_MORE: 'expected at least one argument'}
            nargs = action.nargs
            raise ArgumentError(action, problems.get(nargs) or 'expected %s argument%s' % (nargs, '' if nargs == 1 else 's'))
        return len(m.group(1))

    def _match(self, actions, pattern):
        for n in range(len(actions), 0, -1):
            m = re.match(''.join(self._nargs_pattern(a) for a in actions[:n]), pattern)
            if m is not None:
                return [len(g) for g in m.groups()]
        return []

    def _convert(self, action, text):
        convert = action.type
        if convert is None:
            return text
        try:
            return convert(text)
        except ArgumentTypeError as e:
            raise ArgumentError(action, str(e))
        except (TypeError, ValueError):
            raise ArgumentError(action, 'invalid %s value: %r' % (getattr(convert, '__name__', repr(convert)), text))

    def _check(self, action, value):
        if action.choices is not None and value not in action.choices:
            raise ArgumentError(action, 'invalid choice: %r (choose from %s)' % (value, ', '.join(map(repr, action.choices))))

    def _values(self, action, given):
        nargs = action.nargs
        if not given and nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str):
                value = self._convert(action, value)
                self._check(action, value)
            return value
        if not given and nargs == ZERO_OR_MORE and not action.option_strings:
            return action.default if action.default is not None else []
        if len(given) == 1 and nargs in (None, OPTIONAL):
            value = self._convert(action, given[0])
            self._check(action, value)
            return value
        if nargs == REMAINDER:
            return [self._convert(action, v) for v in given]
        if nargs == PARSER:
            values = [self._convert(action, v) for v in given]
            self._check(action, values[0])
            return values
        if nargs == SUPPRESS:
            return SUPPRESS
        values = [self._convert(action, v) for v in given]
        for value in values:
            self._check(action, value)
        return values

    # --- output ---

    def _formatter(self):
        return self.formatter_class(prog=self.prog)

    def format_usage(self):
        return self._formatter().format_usage(self)

    def format_help(self):
        return self._formatter().format_help(self)

    def print_usage(self, file=None):
        self._print_message(self.format_usage(), file or sys.stdout)

    def print_help(self, file=None):
        self._print_message(self.format_help(), file or sys.stdout)

    def _print_message(self, message, file=None):
        if message:
            (file or sys.stderr).write(message)

    def exit(self, status=0, message=None):
        if message:
            self._print_message(message, sys.stderr)
        sys.exit(status)

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(2, '%s: error: %s\n' % (self.prog, message))


def __getattr__(name):
    if name.endswith('HelpFormatter'):
        import _argparse_help
        return getattr(_argparse_help, name)
    raise AttributeError(f"module 'argparse' has no attribute {name!r}")
